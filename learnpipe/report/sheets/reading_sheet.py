"""The sheet *How it was read*: each file, sheet and column, and the field it was taken for."""

from __future__ import annotations

from learnpipe.report.facts import Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn


def reading_rows(facts: Facts) -> Sheet:
    """The sheet *How it was read*."""
    rows: list[tuple[Cell, ...]] = []
    lines = {(line.file, line.sheet): line for line in facts.ledger}
    for file in facts.files:
        for sheet in file.sheets:
            line = lines.get((sheet.file, sheet.sheet))
            for table in sheet.tables:
                log = facts.schemas.logs[table.log].title if table.log else "no log"
                why = f"{table.why}; hidden sheet" if sheet.hidden else table.why
                counts = (line.read, line.used) if line and table.log else (None, None)
                if not table.columns:
                    rows.append((sheet.file, sheet.sheet, log, why, table.header_row, *counts,
                                 None, None, None, None))  # fmt: skip
                for column in table.columns:
                    field = column.field.replace("_", " ") if column.field else None
                    asked = ", ".join(column.candidates) if not column.field else None
                    rows.append((sheet.file, sheet.sheet, log, why, table.header_row, *counts,
                                 column.letter, column.header, field, asked or None))  # fmt: skip
        if not file.sheets:
            why = file.findings[0].problem if file.findings else "nothing in it"
            if file.duplicate_of:
                why = f"an exact copy of {file.duplicate_of}"
            rows.append((file.file, None, "not included", why, *(None,) * 7))
    return Sheet(
        "How it was read", "How it was read",
        "Each file, sheet and column, and the field that it was understood as. An empty field was "
        "left alone; what it might be can be settled in learnpipe.toml.",
        (
            SheetColumn("File", width=36), SheetColumn("Sheet", width=18),
            SheetColumn("Log", width=18), SheetColumn("Why", "long text", 40),
            SheetColumn("Header row", "whole", 8), SheetColumn("Rows read", "whole", 8),
            SheetColumn("Rows used", "whole", 8), SheetColumn("Column", width=8),
            SheetColumn("Header", width=34), SheetColumn("Field", width=24),
            SheetColumn("Might be", width=24),
        ),
        tuple(rows),
    )  # fmt: skip
