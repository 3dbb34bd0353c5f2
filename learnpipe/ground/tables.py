"""The shapes in which spreadsheets walk through the house, from bytes to merged logs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from learnpipe.ground.findings import Finding, Place

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from learnpipe.ground.measurements import Span

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


def letter_of(index: int) -> str:
    """Excel's letter for a 0-based column.

    >>> [letter_of(i) for i in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(frozen=True)
class Grid:
    """One sheet as it is: ``cells[r][c]`` is Excel row r + 1, column c + 1 (from A1, always).

    ``sheet`` is None for a text file. ``merged`` holds 0-based (first row, first column, last
    row, last column). ``findings`` are about the sheet as it was read (cut off, formulas without
    values). Rows may be of unequal length; what is beyond their end is empty.
    """

    file: str
    sheet: str | None
    cells: list[list[Cell]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ColumnRead:
    """How one column was understood: ``field`` is ours, or None; ``candidates`` when unsure.

    ``contradicted``: its header names a field that its cells rule out.
    """

    letter: str
    header: str
    field: str | None
    sure: bool
    candidates: tuple[str, ...] = ()
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be turned into its field's kind, or not without a word about it.

    ``code`` names the finding, ``told`` are the texts that it puts into its sentences.
    """

    row: int
    field: str
    raw: str
    code: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table of a sheet: which log it is and why, and its records as typed columns.

    ``header_row`` is the 1-based lowest row of the header. ``rows`` are the Excel rows of the
    records, ``data`` one array a field, as long as ``rows``: datetime64[s] for dates, float for
    numbers, object (str or None) for the rest. ``read = len(rows) + set_aside + blank``.
    ``supplied``: field → the word that its name says for all records, as no column does.
    """

    log: str | None
    why: str
    header_row: int | None
    columns: tuple[ColumnRead, ...] = ()
    rows: np.ndarray[Any, Any] | None = None
    data: dict[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    read: int = 0
    set_aside: int = 0
    blank: int = 0
    supplied: Mapping[str, str] = field(default_factory=dict)

    @property
    def records(self) -> int:
        """How many rows hold a record."""
        return 0 if self.rows is None else len(self.rows)


@dataclass(frozen=True)
class Recognised:
    """One sheet as it was understood; its first table is the one that speaks for the sheet."""

    file: str
    sheet: str | None
    hidden: bool
    tables: tuple[Table, ...]
    period: int | None = None
    service: str | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def log(self) -> str | None:
        """The log of the first table that is one."""
        return next((table.log for table in self.tables if table.log), None)


@dataclass(frozen=True)
class ReadFile:
    """What became of one file: its sheets as understood, or the reason why it is not included."""

    file: str
    sha256: str
    sheets: tuple[Recognised, ...] = ()
    findings: tuple[Finding, ...] = ()
    duplicate_of: str | None = None

    @property
    def included(self) -> bool:
        """Whether the file could be read at all."""
        return not any(finding.severity == "stop" for finding in self.findings)


@dataclass(frozen=True)
class Source:
    """One table that became rows of a log; ``number`` is what the frames carry in ``source``.

    ``period`` is the month (a month number) that the file, sheet or rows declare.
    """

    number: int
    log: str
    file: str
    sheet: str | None
    period: int
    letters: dict[str, str]
    declared: int | None = None
    duplicate: bool = False

    def place(self, row: int | None = None, field: str | None = None) -> Place:
        """The place of a row, or of a row's field, in this table."""
        letter = self.letters.get(field) if field else None
        return Place(self.file, self.sheet, None if row is None else int(row), letter)


@dataclass(frozen=True)
class LedgerLine:
    """What became of the rows of one sheet: ``read = used + superseded + set_aside + blank``."""

    file: str
    sheet: str | None
    log: str | None
    header_row: int | None
    read: int
    used: int
    superseded: int
    set_aside: int
    blank: int


@dataclass(frozen=True)
class Evidence:
    """All logs, joined over their sheets and checked: one frame a log, and what was found.

    Each frame carries ``source`` (the number of a `Source`) and ``row`` (the Excel row) beside
    its fields, through to the end.
    """

    logs: dict[str, pd.DataFrame]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Judged:
    """The judged frames of one report, the span they cover, and what merging superseded.

    ``superseded`` counts rows by source number. ``undated`` counts, by log, rows that no month
    can be given to.
    """

    month: int
    span: Span
    frames: Mapping[str, pd.DataFrame]
    superseded: Mapping[int, int]
    undated: Mapping[str, int]
    findings: tuple[Finding, ...]
