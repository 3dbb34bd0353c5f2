"""The tables of a sheet: one, or several side by side or one below the other.

A table is found by its header; what stands above, below and beside it is looked through in the
same way. Further tables are cut out of the grid with their place kept, so that rows and letters
stay those of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from learnpipe.ground.tables import Cell, Grid, Table
from learnpipe.recognise.beside import side_by_side
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.decide import Decision, decide
from learnpipe.recognise.header_rows import (
    Header,
    Told,
    could_head,
    header_at,
    header_rows,
    is_blank,
    plain_header,
    rows_after_gaps,
)
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.masks import Columns, between_rows, only_columns, outside
from learnpipe.recognise.reading import read_records
from learnpipe.recognise.tallies import fit_the_log, tally_below

_WEAK = 3.0
MOST_TABLES = 16
"""No more tables are looked for on one sheet."""


@dataclass(frozen=True)
class _By:
    """What the tables of one sheet are recognised by; ``told``: normal header → field."""

    know: Knowledge
    settings: Mapping[str, str]
    told: Told


@dataclass(frozen=True)
class _Area:
    """A part of a sheet from row ``start`` on; at ``most`` so many tables are looked for in it."""

    grid: Grid
    start: int
    most: int

    def below(self, row: int) -> _Area:
        """What of it stands from a row on."""
        part = between_rows(self.grid, row, len(self.grid.cells))
        return _Area(part, row, self.most - 1)


def find_tables(grid: Grid, know: Knowledge, settings: Mapping[str, str]) -> tuple[Table, ...]:
    """The tables of a sheet, logs first, each in the order in which they are read."""
    told = {normal(header): name for header, name in settings.items()}
    found = _tables(_By(know, settings, told), _Area(grid, 0, MOST_TABLES))
    if not found:
        head = plain_header(grid, 0)
        return (Table(None, _why_nothing(grid), None if head is None else head + 1),)
    if len(found) > 1:
        found = [table for table in found if table.log] + [t for t in found if not t.log]
    return tuple(found)


def _why_nothing(grid: Grid) -> str:
    if all(map(is_blank, grid.cells)):
        return "empty"
    return "no row of it looks like the header of a log"


def _tables(by: _By, area: _Area) -> list[Table]:
    """The tables of an area, in the order of their rows."""
    grid = area.grid
    headers = header_rows(by.know, grid, by.told, area.start)
    further = _further_headers(by, area, headers)
    rows = {header.row for header in headers}
    headers += [header for header in further if header.row not in rows]
    headers.sort(key=lambda header: (-header.strength, header.row))
    if not headers:
        return []
    stops = {header.row: _next(grid, header, further) for header in headers}
    if area.most > 1 and (parts := side_by_side(by.know, grid, headers[0], by.settings, stops)):
        return _apart(by, area, parts)
    decision = decide(by.know, grid, headers, by.settings, stops)
    if decision is None:
        return []
    if decision.header is None:
        return [Table(None, decision.why, None)]
    stop = stops[decision.header.row]
    if decision.mapping is None or not decision.is_log:
        row = _first_of_its_kind(grid, decision.header) + 1
        table = Table(None, decision.why, row, decision.columns())
        return [table, *(_tables(by, area.below(stop)) if area.most > 1 else ())]
    return _log(by, area, decision, decision.header, decision.mapping, stop)


def _first_of_its_kind(grid: Grid, header: Header) -> int:
    """The top of the rows as wide as a weak header, which then is a row of that table's values."""
    row = header.row
    if header.strength < _WEAK:
        if (head := plain_header(grid, 0)) is not None and head < header.top:
            return head
        wide = 0.8 * _filled(grid.cells[row])
        while row > 0 and _filled(grid.cells[row - 1]) >= wide:
            row -= 1
    return row


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _further_headers(by: _By, area: _Area, headers: list[Header]) -> list[Header]:
    """Rows below the first likely header, after a gap, which leave little doubt that they are one.

    Most of their texts are known headers; a column of short words hardly ever is.
    """
    first = min((header.row for header in headers), default=area.start - 1)
    rows = rows_after_gaps(area.grid, first + 1)
    found = [header_at(by.know, area.grid, by.told, at) for at in rows]
    return [one for one in found if one.known >= 2 and 2 * one.known > sum(map(bool, one.texts))]


def _next(grid: Grid, header: Header, further: Iterable[Header]) -> int:
    """The row where a table ends: where the next begins with its titles, not its header again."""
    stop = min(
        (one.top for one in further if one.top > header.row and not _again(header, one)),
        default=len(grid.cells),
    )
    return _without_titles(grid, header.row + 1, stop) if stop < len(grid.cells) else stop


def _without_titles(grid: Grid, first: int, stop: int) -> int:
    """``stop``, or the first of the titles (one text a row) that stand right above it."""
    while stop > first and _is_title(grid.cells[stop - 1]):
        stop -= 1
    return stop


def _is_title(row: Sequence[Cell]) -> bool:
    return _filled(row) == 1 and any(isinstance(cell, str) for cell in row)


def _again(header: Header, other: Header) -> bool:
    """Whether another row repeats most of a header, or of one of its rows, in the same columns."""
    words = [{normal(part) for part in (text, *text.split(" / "))} for text in header.texts]
    told = [at for at, text in enumerate(other.texts) if text]
    same = sum(at < len(words) and normal(other.texts[at]) in words[at] for at in told)
    return same >= 0.6 * len(told)


def _log(
    by: _By, area: _Area, decision: Decision, header: Header, mapping: ColumnMap, stop: int
) -> list[Table]:
    """A log, with the tables above, below and beside it.

    What stands between it and the next log below counts as its own rows, set aside or blank.
    """
    grid, end = area.grid, len(area.grid.cells)
    below: list[Table] = []
    if area.most > 1:
        stop = _without_gap(by, grid, header, mapping, stop)
    if stop < end and area.most > 1:
        below = _tables(by, area.below(stop))
    if not any(table.log for table in below) and fit_the_log(
        by.know, mapping, grid.cells[stop + 1 :]
    ):
        stop, below = end, []
    if stop == end:
        stop = tally_below(by.know, grid, header, mapping)
    part = between_rows(grid, area.start, stop)
    table = read_records(by.know, part, header, mapping, decision.columns())
    following = min((t.header_row or end for t in below if t.log), default=end)
    table = _reaching(table, grid, following)
    most = area.most - 1 - len(below)
    above = _above(by, area, header, most)
    beside = _beside(by, _Area(part, area.start, most), header)
    return [*above, table, *beside, *_worth_listing(grid, below)]


def _reaching(table: Table, grid: Grid, stop: int) -> Table:
    """A log with the rows between its own last one and ``stop`` counted as set aside or blank."""
    rows = grid.cells[(table.header_row or 0) + table.read : stop]
    aside = sum(not is_blank(row) for row in rows)
    return replace(
        table,
        read=table.read + len(rows),
        set_aside=table.set_aside + aside,
        blank=table.blank + len(rows) - aside,
    )


def _above(by: _By, area: _Area, header: Header, most: int) -> list[Table]:
    """The tables above a header; a key or titles are none."""
    if most < 1 or header.top - area.start < 2:
        return []
    stop = _without_titles(area.grid, area.start, header.top)
    part = between_rows(area.grid, area.start, stop)
    found = _worth_listing(part, _tables(by, _Area(part, area.start, most)))
    last = max((table.header_row or 0 for table in found if table.log), default=None)
    return [
        _reaching(table, area.grid, header.row + 1)
        if table.log and table.header_row == last
        else table
        for table in found
    ]


def _beside(by: _By, area: _Area, header: Header) -> list[Table]:
    """The tables left and right of a header's columns, whose own headers stand elsewhere."""
    out: list[Table] = []
    if area.most > 0:
        for columns in outside(area.grid, *header.span):
            part = only_columns(area.grid, columns)
            out += _worth_listing(part, _tables(by, _Area(part, area.start, area.most)))
    return out


def _worth_listing(grid: Grid, tables: list[Table]) -> list[Table]:
    """Logs with records, and what is none but has two columns that we know and rows of its own."""
    return [
        table
        for table in tables
        if (table.log and table.records)
        or (
            not table.log
            and (
                sum(bool(one.candidates) for one in table.columns) >= 2 or "looks like" in table.why
            )
            and not all(map(is_blank, grid.cells[table.header_row or 0 :]))
        )
    ]


def _without_gap(by: _By, grid: Grid, header: Header, mapping: ColumnMap, stop: int) -> int:
    """The row where another log's header stands among the records, with no gap before it."""
    schema = by.know.schemas.logs[mapping.log]
    dated = [at for at, name in mapping.fields.items() if schema.fields[name].dated]
    for at in range(header.row + 1, stop if dated else 0):
        row = grid.cells[at]
        if (
            len(row) > dated[0]
            and type(cell := row[dated[0]]) is str
            and not cell[:1].isdigit()
            and could_head(row)
        ):
            other = header_at(by.know, grid, by.told, at)
            known = other.known >= 3 and 2 * other.known > sum(map(bool, other.texts))
            if known and other.row == at and not _again(header, other):
                return at
    return stop


def _apart(by: _By, area: _Area, parts: list[Columns]) -> list[Table]:
    """The tables of parts that stand side by side; rows that only a list beside fills are aside."""
    grids = [only_columns(area.grid, columns) for columns in parts]
    most = area.most - len(parts) + 1
    found = [_tables(by, _Area(part, area.start, most)) for part in grids]
    lists = [
        part for part, tables in zip(grids, found, strict=True) if not any(t.log for t in tables)
    ]
    out: list[Table] = []
    for part, tables in zip(grids, found, strict=True):
        for table in tables:
            out.append(_settled(part, table, lists) if table.log else table)
            if table.log:
                lists = []
    return out


def _settled(part: Grid, table: Table, lists: list[Grid]) -> Table:
    """A log beside others: it ends with its own rows, or those of the lists beside it."""
    first = table.header_row or 0
    last = first + table.read
    aside = sum(
        is_blank(part.cells[at]) and any(not is_blank(one.cells[at]) for one in lists)
        for at in range(first, last)
    )
    tail = 0
    if last == len(part.cells):
        for at in range(last - 1, first - 1, -1):
            if not is_blank(part.cells[at]) or any(not is_blank(one.cells[at]) for one in lists):
                break
            tail += 1
    return replace(
        table,
        read=table.read - tail,
        blank=table.blank - tail - aside,
        set_aside=table.set_aside + aside,
    )
