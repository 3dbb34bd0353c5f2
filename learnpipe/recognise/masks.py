"""Parts of a sheet with their place kept: cells outside are empty, rows and letters the same."""

from __future__ import annotations

from dataclasses import replace

from learnpipe.ground.tables import Grid

Columns = frozenset[int]


def between_rows(grid: Grid, start: int, stop: int) -> Grid:
    """The grid from row ``start`` up to but not including ``stop``."""
    if start == 0 and stop >= len(grid.cells):
        return grid
    return replace(grid, cells=[[]] * start + grid.cells[start:stop])


def only_columns(grid: Grid, columns: Columns) -> Grid:
    """The grid with no other columns than these."""
    merged = tuple(area for area in grid.merged if area[1] in columns)
    last = max(columns, default=-1) + 1
    wanted = [at in columns for at in range(last)]
    cells = [
        [cell if wanted[at] else None for at, cell in enumerate(row[:last])] for row in grid.cells
    ]
    return replace(grid, cells=cells, merged=merged)


def outside(grid: Grid, first: int, after: int) -> list[Columns]:
    """The columns left of ``first`` and from ``after`` on, where two or more of them hold cells."""
    out = []
    width = max(map(len, grid.cells), default=0)
    for span in (range(first), range(after, width)):
        if len(span) < 2:
            continue
        start, stop = span.start, span.stop
        filled = {
            at + start
            for row in grid.cells
            for at, cell in enumerate(row[start:stop])
            if cell is not None
        }
        if len(filled) > 1:
            out.append(frozenset(filled))
    return out
