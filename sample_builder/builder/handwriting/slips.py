"""Slips of the pen: which cell was written how, kept so that a test can look it up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from builder.handwriting.paper import Cell, Sheet, letter
from builder.stories.provider import Record, rng


def same(value: Any) -> Cell:
    """Write the value as it is."""
    written: Cell = value
    return written


@dataclass(frozen=True)
class Column:
    """One column of a log: the service's own header, our field, and how the value is written."""

    header: str
    field: str
    write: Callable[[Any], Cell] = same


@dataclass(frozen=True)
class Slip:
    """One kind of slip: `count` cells of `field`, among the records that fit, written otherwise.

    `readable` is "yes" where a careful person gets the truth from the cell, "ask" where two
    readings are possible, "no" where the cell cannot be known.
    """

    kind: str
    field: str
    write: Callable[[Record], Cell]
    count: int
    fits: Callable[[Record], bool] = bool
    readable: str = "yes"


@dataclass(frozen=True)
class Mess:
    """One place where the mess sits: `cell` as in Excel (a whole row: `7:7`, a file: None)."""

    kind: str
    file: str
    sheet: str | None = None
    cell: str | None = None
    log: str | None = None
    record: str | None = None
    field: str | None = None
    written: str | None = None
    readable: str = "yes"


@dataclass
class Notebook:
    """What the builder notes while it writes: every slip, and the rows where each record stands."""

    mess: list[Mess] = field(default_factory=list)
    rows: dict[tuple[str, str], list[tuple[str, str | None, int]]] = field(default_factory=dict)

    def note(self, kind: str, file: str, sheet: str | None = None, row: int | None = None) -> None:
        """Note a kind of mess about a file, a sheet or a whole row."""
        self.mess.append(Mess(kind, file, sheet, f"{row}:{row}" if row else None))


Chosen = dict[tuple[str, str], Slip]


def choose(slips: Sequence[Slip], records: Iterable[Record], what: str) -> Chosen:
    """Which cell (record, field) gets which slip; no cell gets two."""
    pool = list(records)
    chosen: Chosen = {}
    for slip in slips:
        free = [
            record
            for record in pool
            if record.get(slip.field) is not None
            and (record["_id"], slip.field) not in chosen
            and slip.fits(record)
        ]
        if len(free) < slip.count:
            raise ValueError(f"{what}: only {len(free)} records fit the slip {slip.kind!r}")
        for record in rng("slip", what, slip.kind, slip.field).sample(free, slip.count):
            chosen[record["_id"], slip.field] = slip
    return chosen


@dataclass
class Clerk:
    """Writes the records of one log into sheets of one file, with the slips chosen for them."""

    notebook: Notebook
    log: str
    columns: Sequence[Column]
    chosen: Chosen
    final: dict[str, Record]

    def cells(self, record: Record) -> list[Cell]:
        """The record's cells, one a column."""
        return [self._cell(record, column)[0] for column in self.columns]

    def add(self, sheet: Sheet, file: str, record: Record, left: int = 0) -> int:
        """Add the record as a row, `left` columns in, and note its slips; returns the row."""
        written = [self._cell(record, column) for column in self.columns]
        row = sheet.add(*([None] * left), *(cell for cell, _ in written))
        name = sheet.name or None
        for index, (cell, slip) in enumerate(written):
            if slip is not None:
                self.notebook.mess.append(
                    Mess(slip.kind, file, name, f"{letter(index + left)}{row}", self.log,
                         record["_id"], slip.field, str(cell), slip.readable)
                )  # fmt: skip
        self.notebook.rows.setdefault((self.log, record["_id"]), []).append((file, name, row))
        return row

    def _cell(self, record: Record, column: Column) -> tuple[Cell, Slip | None]:
        value = record.get(column.field)
        slip = self.chosen.get((record["_id"], column.field))
        if slip is not None and value == self.final[record["_id"]].get(column.field):
            return slip.write(record), slip
        return (None if value is None else column.write(value)), None


def by_id(records: Iterable[Record]) -> dict[str, Record]:
    """The records by their own identity."""
    return {record["_id"]: record for record in records}


def uk(value: date, pattern: str = "%d/%m/%Y") -> str:
    """A date as text, the day first.

    >>> uk(date(2025, 12, 26))
    '26/12/2025'
    """
    return value.strftime(pattern)


def short(value: date) -> str:
    """A date as text without leading zeros and century.

    >>> short(date(2026, 3, 25))
    '25/3/26'
    """
    return f"{value.day}/{value.month}/{value.year % 100:02d}"


def mapping(words: dict[Any, Cell]) -> Callable[[Any], Cell]:
    """A writer that puts one word for another and leaves the rest."""
    return lambda value: words.get(value, value)
