"""Writing a tiny provider's logs: rows by our names of the fields, headed as blank logs are."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from tests.commands import TOP

Row = Mapping[str, str | int]


def row(**cells: str | int) -> Row:
    """A row of a log: field → what its cell holds; a field left out is an empty cell."""
    return cells


def headers(log: str, rows: Sequence[Row]) -> dict[str, str]:
    """field → header, for the fields that any row fills, in the order of the schema."""
    schema = tomllib.loads((TOP / "schemas" / f"{log}.toml").read_text(encoding="utf-8"))
    used = {name for one in rows for name in one}
    assert used <= set(schema["fields"]), used - set(schema["fields"])
    return {name: field["title"] for name, field in schema["fields"].items() if name in used}


def write_workbook(path: Path, logs: Mapping[str, Sequence[Row]]) -> None:
    """A workbook with one sheet a log; "03/08/2026 09:00" is written as a real date."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for log, rows in logs.items():
        sheet = book.create_sheet(log.replace("_", " ").title())
        named = headers(log, rows)
        sheet.append(list(named.values()))
        for one in rows:
            sheet.append([_cell(one.get(name)) for name in named])
    book.save(path)


def write_text(path: Path, log: str, rows: Sequence[Row]) -> None:
    """A CSV file, its dates as they were typed."""
    named = headers(log, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(named.values())
        writer.writerows([one.get(name, "") for name in named] for one in rows)


def _cell(value: str | int | None) -> object:
    for form in ("%d/%m/%Y %H:%M", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(value), form)
        except ValueError:
            continue
    return value
