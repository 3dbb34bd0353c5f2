"""Small sheets for tests: rows of cells as a person would type them, and how they are understood.

    got = understood(["Ref", "Date of incident", "Category"], [1, "3/10/2026", "Fall"])
    got.log, got.fields  ->  "incidents", {"A": "ref", "B": "occurred_at", "C": "category"}

A row is a list of cells; a text such as ``"Ref | Date"`` is short for a row of texts, in which
nothing between two strokes is an empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from learnpipe.ground.schemas import Schemas, load_schemas
from learnpipe.ground.tables import Cell, ColumnRead, Grid, Recognised, Table
from learnpipe.recognise import Knowledge, recognise

Row = str | Sequence[Cell]
INCIDENTS = "Ref | Date of incident | Date reported | Category | Severity | Status"


@cache
def knowledge() -> Knowledge:
    """What recognising goes by: the built-in schemas, looked up once."""
    return Knowledge.of(load_schemas())


def cells(row: Row) -> list[Cell]:
    """The cells of a row."""
    if isinstance(row, str):
        return [part.strip() or None for part in row.split("|")]
    return list(row)


def grid(
    *rows: Row,
    file: str = "log.xlsx",
    sheet: str | None = "Log",
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Grid:
    """A sheet of some rows, the first of them Excel's row 1."""
    return Grid(file, sheet, [cells(row) for row in rows], merged=tuple(merged))


@dataclass(frozen=True)
class Got:
    """A sheet as it was understood, with short ways to ask."""

    sheet: Recognised

    @property
    def table(self) -> Table:
        """Its first table."""
        return self.sheet.tables[0]

    @property
    def log(self) -> str | None:
        """Which log it is."""
        return self.table.log

    @property
    def header_row(self) -> int | None:
        """The lowest row of its header, as Excel counts."""
        return self.table.header_row

    @property
    def fields(self) -> dict[str, str]:
        """Letter → field, of the columns that were mapped."""
        return {one.letter: one.field for one in self.table.columns if one.field}

    @property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """Header → candidates, of the columns that are asked about."""
        return {one.header: one.candidates for one in self.table.columns if one.candidates}

    def field_of(self, header: str) -> str | None:
        """The field of the (first) column with this header."""
        return self.column(header).field

    def column(self, header: str) -> ColumnRead:
        """The (first) column with this header."""
        return next(one for one in self.table.columns if one.header == header)

    def told(self, field: str) -> list[Any]:
        """A field's values: dates as texts (to the minute), empty as None."""
        return [plain(value) for value in self.table.data[field]]

    @property
    def unread(self) -> list[tuple[int, str, str]]:
        """(Excel row, field, code) of the cells that could not be read."""
        return [(one.row, one.field, one.code) for one in self.table.unread]

    @property
    def rows(self) -> list[int]:
        """The Excel rows of its records."""
        return [] if self.table.rows is None else [int(row) for row in self.table.rows]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Records, set aside, blank; with all that was read, they add up."""
        table = self.table
        assert table.read == table.records + table.set_aside + table.blank
        return table.records, table.set_aside, table.blank

    @property
    def records(self) -> list[dict[str, Any]]:
        """Each record as field → value, without what is empty."""
        columns = {name: self.told(name) for name in sorted(self.table.data)}
        return [
            {name: column[at] for name, column in columns.items() if column[at] is not None}
            for at in range(self.table.records)
        ]


def plain(value: Any) -> Any:
    """A value as a test writes it."""
    if isinstance(value, np.datetime64):
        if np.isnat(value):
            return None
        text = str(value.astype("datetime64[m]")).replace("T", " ")
        return text.removesuffix(" 00:00")
    if isinstance(value, float):
        return None if np.isnan(value) else float(value)
    return value


def understood(
    *rows: Row,
    settings: Mapping[str, str] | None = None,
    file: str = "log.xlsx",
    sheet: str | None = "Log",
    merged: Sequence[tuple[int, int, int, int]] = (),
    schemas: Schemas | None = None,
) -> Got:
    """Some rows as the recognise room understands them; ``settings``: header → field."""
    one = grid(*rows, file=file, sheet=sheet, merged=merged)
    know = Knowledge.of(schemas) if schemas else knowledge()
    return Got(recognise(one, know, settings or {}))
