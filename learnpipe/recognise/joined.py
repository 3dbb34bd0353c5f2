"""Headers of several rows: what merged cells say, and the parts of each column's header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learnpipe.ground.tables import Grid


@dataclass(frozen=True)
class Merged:
    """What a cell of a merged area says; ``first`` is the area's first column."""

    text: str
    first: int


def merged_texts(grid: Grid, start: int, rows: int) -> dict[tuple[int, int], Merged]:
    """The text of each merged area, for all of its cells, in ``rows`` rows from ``start`` on."""
    out = {}
    stop = min(start + rows, len(grid.cells))
    for top, left, bottom, right in grid.merged:
        if not start <= top < stop or left >= len(grid.cells[top]):
            continue
        text = grid.cells[top][left]
        if isinstance(text, str) and right - left < 60:
            for row in range(top, min(bottom, stop) + 1):
                for column in range(left, right + 1):
                    out[(row, column)] = Merged(text, left)
    return out


def row_texts(
    grid: Grid, row: int, merged: Mapping[tuple[int, int], Merged], lowest: bool = False
) -> list[str]:
    """A row's texts; of a merged area in the ``lowest`` row of a header, its first column's."""
    cells = grid.cells[row]
    width = max(len(cells), 1 + max((c for r, c in merged if r == row), default=-1))
    out = []
    for at in range(width):
        cell = cells[at] if at < len(cells) else None
        if cell is None and (area := merged.get((row, at))) is not None:
            out.append(area.text.strip() if not lowest or area.first == at else "")
        else:
            out.append("" if cell is None else str(cell).strip())
    return out


def starts_of(merged: Mapping[tuple[int, int], Merged], row: int, width: int) -> frozenset[int]:
    """The columns in which a text of this row starts."""
    return frozenset(
        at for at in range(width) if (area := merged.get((row, at))) is None or area.first == at
    )


def spread(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Group names over the columns after them up to the next, as people type them unmerged."""
    out, last = [], ""
    for at, text in enumerate(lower):
        own = upper[at] if at < len(upper) else ""
        last = own or last
        out.append(own or (last if text else ""))
    return out if sum(map(bool, upper)) >= 2 else list(upper)


def join(levels: Sequence[Sequence[str]], starts: frozenset[int]) -> list[tuple[str, ...]]:
    """Each column's header in parts; under a group's later columns what the lower rows say."""
    out: list[tuple[str, ...]] = []
    for at in range(max(map(len, levels))):
        parts = [level[at] for level in levels if at < len(level) and level[at]]
        lowest = levels[-1][at] if at < len(levels[-1]) else ""
        if len(parts) == 1 and at not in starts and not lowest:
            parts = []
        out.append(tuple(dict.fromkeys(parts)) or ("",))
    return out
