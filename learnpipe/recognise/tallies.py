"""What stands under a log without being of it: a tally, told from records by its cells."""

from __future__ import annotations

from collections.abc import Sequence

from learnpipe.ground.tables import Cell, Grid
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.header_rows import Header, is_blank
from learnpipe.recognise.knowledge import Knowledge

_LONGEST, _WIDEST = 60, 3


def fit_the_log(know: Knowledge, mapping: ColumnMap, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether at least half of the rows have a date where the log has its dates."""
    dated = _dated(know, mapping)
    told = [row for row in rows if not is_blank(row)]
    fitting = sum(any(_is_date(row, at) for at in dated) for row in told)
    return bool(told) and 2 * fitting >= len(told)


def tally_below(know: Knowledge, grid: Grid, header: Header, mapping: ColumnMap) -> int:
    """The row where tallies and keys begin under a log, each after a gap; else the grid's end.

    Each row of a tally has a label and a number or two, no date, and no number where the log has
    one; each of a key two or three texts, one of them among the dates or none among the log's own
    texts. So they can be no records of a log whose records are wider.
    """
    end = len(grid.cells)
    dated = _dated(know, mapping)
    if not dated or len(mapping.fields) <= _WIDEST:
        return end
    schema = know.schemas.logs[mapping.log]
    kinds = {at: schema.fields[name].kind for at, name in mapping.fields.items()}
    numbers = {at for at, kind in kinds.items() if kind == "number"}
    texts = {at for at, kind in kinds.items() if kind in ("text", "person")}
    stop = end
    while (start := _block_above(grid, header.row, stop)) < stop:
        block = [row for row in grid.cells[start:stop] if not is_blank(row)]
        if not (block and _is_list(block, dated, numbers, texts)):
            break
        stop = start
    return stop


def _block_above(grid: Grid, first: int, stop: int) -> int:
    """The first row of the last block before ``stop``, if a blank row of the table is above it."""
    at = stop
    while at > first + 1 and is_blank(grid.cells[at - 1]):
        at -= 1
    while at > first + 1 and not is_blank(grid.cells[at - 1]):
        at -= 1
        if stop - at > _LONGEST:
            return stop
    return at if at > first + 1 else stop


def _is_list(
    block: Sequence[Sequence[Cell]], dated: Sequence[int], numbers: set[int], texts: set[int]
) -> bool:
    """Whether all rows of a block are those of one tally or key, under its title and header."""
    filled = [[at for at, cell in enumerate(row) if cell is not None] for row in block]
    first = min(columns[0] for columns in filled)
    kinds = []
    for row, columns in zip(block, filled, strict=True):
        label = row[columns[0]]
        wide = len(columns) > _WIDEST or columns[-1] - first >= 2 * _WIDEST
        if (
            wide
            or columns[0] != first
            or not isinstance(label, str)
            or label[:1].isdigit()
            or any(_is_date(row, at) for at in dated)
        ):
            return False
        others = columns[1:]
        if any(_is_count(row[at]) for at in others) and not numbers.intersection(columns):
            kinds.append("tally")
        elif not all(isinstance(row[at], str) for at in others):
            return False
        elif any(at in dated for at in others) or (
            others and not texts.intersection(columns) and not any(map(str.isdigit, label))
        ):
            kinds.append("key")
        elif kinds and others:
            return False
    return "tally" in kinds or kinds.count("key") > 1


def _is_count(cell: Cell) -> bool:
    if isinstance(cell, str):
        return cell.strip().rstrip("%").replace(".", "", 1).isdigit()
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _dated(know: Knowledge, mapping: ColumnMap) -> list[int]:
    schema = know.schemas.logs[mapping.log]
    return [at for at, name in mapping.fields.items() if schema.fields[name].dated]


def _is_date(row: Sequence[Cell], at: int) -> bool:
    return at < len(row) and not isinstance(parse_date(row[at]), str)
