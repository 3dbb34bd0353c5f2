"""The report room: counts → a page. Pure data says what stands where, `paint_*.py` paint it."""
