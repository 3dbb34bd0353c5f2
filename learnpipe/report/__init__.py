"""The report room: counts → a page. `page.py` says what stands where, `paint_*.py` paint it."""
