"""What leaves the building: the tender workbook, the note, and what must stay inside."""
