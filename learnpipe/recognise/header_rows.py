"""Header rows: which rows of a sheet could be a table's header, alone or joined with those above.

Rows and columns are 0-based here, as in a grid's cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from learnpipe.ground.tables import Cell, Grid
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.hits import Hit
from learnpipe.recognise.joined import Merged, join, merged_texts, row_texts, spread, starts_of
from learnpipe.recognise.knowledge import Knowledge

HEADER_ROWS = 40
"""In so many rows of a table's area its header is looked for."""
_ADDRESS = frozenset(("city", "town", "county", "country", "zip", "zip code", "postcode"))
"""Beside one of these headers a state is a part of an address, and no status."""
_PART_OF_ADDRESS = re.compile(r"(?:state|address)(?: (?:line|no))? ?\d?$")
_NO_DOUBT = 6.0
_LONGEST_ABOVE_A_GAP = 60
_LEAST_WIDE = 3

Told = Mapping[str, str]
Names = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Header:
    """A candidate for a header: its rows, texts, what they may stand for, the logs they name.

    ``row`` is the lowest of its rows, ``top`` the highest. ``known`` counts the columns whose
    header is surely that of a field of the log it names best, or that the settings name.
    """

    top: int
    row: int
    names: Names
    texts: list[str]
    hits: list[tuple[Hit, ...]]
    strength: float
    logs: tuple[str, ...]
    known: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """Its first column and the one after its last."""
        filled = [at for at, text in enumerate(self.texts) if text]
        return (filled[0], filled[-1] + 1) if filled else (0, 0)


def header_rows(know: Knowledge, grid: Grid, told: Told, start: int = 0) -> list[Header]:
    """Rows that may be the header of a table, the strongest first; rows of one header joined.

    ``told``: normal header → field, as the settings say. ``start``: the first row of the area.
    """
    out: list[Header] = []
    merged = merged_texts(grid, start, HEADER_ROWS)
    alone: dict[int, float] = {}
    best: Header | None = None
    for at in range(start, min(start + HEADER_ROWS, len(grid.cells))):
        # Below a header that leaves no doubt stand its records, perhaps itself again.
        if best and best.strength >= _NO_DOUBT and at > best.row + 3:
            break
        if not _may_be_header(grid.cells[at], strict=bool(best and best.strength >= 2)):
            continue
        chosen, alone[at] = _read(know, grid, merged, told, at, start, alone)
        if chosen.strength >= 1.0:
            parts = range(chosen.top, at)
            out = [*(header for header in out if header.row not in parts), chosen]
            if best is None or chosen.strength > best.strength:
                best = chosen
    strongest = best.strength if best else 0.0
    out = [header for header in out if header.strength >= strongest / 2]
    return sorted(out, key=lambda header: (-header.strength, header.row))


def header_at(know: Knowledge, grid: Grid, told: Told, at: int) -> Header:
    """The header that this row would be, with the rows above it if that says more."""
    start = max(0, at - 2)
    merged = merged_texts(grid, start, HEADER_ROWS)
    alone = {
        above: weigh(know, told, above, above, [(t,) for t in row_texts(grid, above, {})]).strength
        for above in range(start, at)
        if _may_be_header(grid.cells[above], strict=True)
    }
    return _read(know, grid, merged, told, at, start, alone)[0]


def rows_after_gaps(grid: Grid, start: int) -> list[int]:
    """Rows in which a further table's header may stand: texts alone, soon after a blank row."""
    out: list[int] = []
    blank = [at for at in range(start, len(grid.cells)) if is_blank(grid.cells[at])]
    for at in blank:
        for below in range(at + 1, min(at + 4, len(grid.cells))):
            row = grid.cells[below]
            if is_blank(row):
                break
            if below not in out[-4:] and could_head(row):
                out.append(below)
    return out


def plain_header(grid: Grid, start: int) -> int | None:
    """The row that heads a table of which no header is known: three texts or more over data."""
    for at in range(start, min(start + HEADER_ROWS, len(grid.cells))):
        row = grid.cells[at]
        filled = [column for column, cell in enumerate(row) if cell is not None]
        if len(filled) < _LEAST_WIDE or any(map(_starts_with_figure, row)) or not could_head(row):
            continue
        below = [one for one in grid.cells[at + 1 : at + 4] if not is_blank(one)]
        data = any(
            _starts_with_figure(one[column]) for one in below for column in filled
            if column < len(one)
        )  # fmt: skip
        wide = all(2 * sum(cell is not None for cell in one) >= len(filled) for one in below)
        return at if data and wide else None
    return None


def _starts_with_figure(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or cell[:1].isdigit())


def is_blank(row: Sequence[Cell]) -> bool:
    """Whether a row holds nothing at all."""
    return not row or (row[0] is None and not any(cell is not None for cell in row))


def could_head(row: Sequence[Cell]) -> bool:
    """Whether a row's cells are all short texts, two or more, as a header's are."""
    told = 0
    for cell in row:
        if cell is None:
            continue
        if not isinstance(cell, str) or len(cell) > _LONGEST_ABOVE_A_GAP or is_data(cell):
            return False
        told += 1
    return told >= 2


def is_data(cell: Cell) -> bool:
    """Whether a cell is none of a header's: a number, a date, or a date as text."""
    if not isinstance(cell, str):
        return cell is not None
    return cell[:1].isdigit() and (cell.isdigit() or not isinstance(parse_date(cell), str))


def _may_be_header(row: Sequence[Cell], strict: bool) -> bool:
    """``strict``: no cell of it is data, once a likely header stands above."""
    cells = [cell for cell in row if cell is not None]
    if len(cells) < 2:
        return False
    if strict:
        return not any(map(is_data, cells))
    return sum(map(is_data, cells)) <= len(cells) // 3


def _read(
    know: Knowledge,
    grid: Grid,
    merged: Mapping[tuple[int, int], Merged],
    told: Told,
    at: int,
    start: int,
    strengths: Mapping[int, float],
) -> tuple[Header, float]:
    """A row as a header, joined with those above where that says more; and its own strength.

    A joined header must say more than its lower row alone, or the title above is no part of it;
    and more than its upper rows alone (``strengths``), or the row below is a record. Under merged
    group names it need only say as much: they tell its columns apart. Rows that are tied to each
    other are one header whatever they say.
    """
    own = row_texts(grid, at, {})
    chosen = alone = weigh(know, told, at, at, [(text,) for text in own])
    lower = row_texts(grid, at, merged, lowest=True)
    levels = [lower]
    above = 0.0
    for top in range(at - 1, max(start, at - 3) - 1, -1):
        if not any(grid.cells[top]) or any(map(is_data, grid.cells[top])):
            break
        above = max(above, strengths.get(top, 0.0))
        over = row_texts(grid, top, merged)
        starts = starts_of(merged, top, len(over))
        tied = _tied(know, grid, top, at, own, over)
        groups = {text for text in over if text}
        lone = next((c for c, text in enumerate(over) if text), 0)
        if not tied and len([t for t in over if t]) == 1 and lone < len(own) - 2 and own[lone]:
            break  # a title over the first column's header
        grouped = len(groups) > 1 and any(t and c not in starts for c, t in enumerate(over))
        named = spread(over, lower)
        for group in (over, named) if named != over else (over,):
            names = join([group, *levels], starts)
            if [" / ".join(parts) for parts in names] in (own, chosen.texts):
                continue
            reading = weigh(know, told, at, top, names)
            needed = max(chosen.strength, above)
            if tied:
                chosen = replace(reading, strength=max(reading.strength, needed + 0.01))
            elif reading.strength > needed or (
                grouped and group is over and reading.strength >= chosen.strength > above
            ):
                chosen = reading
        levels = [over, *levels]
    return chosen, alone.strength


def _tied(
    know: Knowledge, grid: Grid, top: int, at: int, own: Sequence[str], over: Sequence[str]
) -> bool:
    """Whether two rows are one header: merged down, or the lower one only fills the upper's gaps.

    The lower row of the second kind starts to the right of the upper one and has header words
    alone, which no record has.
    """
    if any(
        first <= top and last >= at and left < len(over) and over[left] and right - left < 3
        for first, left, last, right in grid.merged
    ):
        return True
    said = [column for column, text in enumerate(own) if text]
    first = next((column for column, text in enumerate(over) if text), 0)
    return (
        top == at - 1
        and len(said) >= 2
        and said[0] > first
        and any(column >= len(over) or not over[column] for column in said)
        and all(set(normal(own[column]).split()) <= know.index.vocabulary for column in said)
    )


def weigh(know: Knowledge, told: Told, row: int, top: int, names: Names) -> Header:
    """What a row says as a header; slips of the pen are only looked for where something is known.

    ``names``: for each column its header's parts, from the upper row to the lower.
    """
    hits = [_find(know, parts, mend=False) for parts in names]
    texts = [" / ".join(filter(None, parts)) for parts in names]
    known, width = sum(bool(found) for found in hits), sum(map(bool, texts))
    if known and known < width and width >= 3:
        hits = [
            found or _find(know, parts, mend=True) for parts, found in zip(names, hits, strict=True)
        ]
    if not _ADDRESS.isdisjoint(texts_of := [normal(text) for text in texts]):
        hits = [
            () if _PART_OF_ADDRESS.match(text) else found
            for text, found in zip(texts_of, hits, strict=True)
        ]
    by_log: dict[str, float] = {}
    sure: dict[str, int] = {}
    said = [text for text, found in zip(texts, hits, strict=True) if found]
    again = 2 * len(set(said)) <= len(said)
    for at, (text, found) in enumerate(zip(texts, hits, strict=True)):
        if again and text in texts[:at]:
            continue  # a row of the same few words over and over, as records have
        if told and text and (name := told.get(normal(text))) is not None:
            for log, schema in know.schemas.logs.items():
                if name in schema.fields:
                    by_log[log] = by_log.get(log, 0.0) + 1.0
                    sure[log] = sure.get(log, 0) + 1
            continue
        worth: dict[str, float] = {}
        for hit in found:
            own = hit.score if hit.role == "sure" else 0.5
            worth[hit.log] = max(own, worth.get(hit.log, 0.0))
        for log, own in worth.items():
            by_log[log] = by_log.get(log, 0.0) + own
            sure[log] = sure.get(log, 0) + (own > 0.5)
    marks = know.index.not_a_log(texts_of)[1]
    most = max(by_log.values(), default=0.0)
    likely = [log for log in by_log if by_log[log] >= most / 2]
    logs = tuple(sorted(likely, key=lambda log: -by_log[log]))
    return Header(
        top,
        row,
        names,
        texts,
        hits,
        max(most, float(marks)),
        logs,
        max([*sure.values(), marks], default=0),
    )


def _find(know: Knowledge, parts: Sequence[str], mend: bool) -> tuple[Hit, ...]:
    """The fields of a header: by all its parts, else by a group and the lowest, else the lowest."""
    if len(parts) == 1:
        found = know.index.find(parts[0], mend) if parts[0] else ()
        return found or (know.index.sides(parts[0]) if mend else ())
    lowest = parts[-1]
    ways = [parts, *((group, lowest) for group in parts[-2::-1]), (lowest,)]
    for way in dict.fromkeys(" / ".join(filter(None, way)) for way in ways):
        if way and (found := know.index.find(way, mend)):
            return found
    return ()
