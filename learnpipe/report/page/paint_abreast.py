"""The small tables of a page without charts: side by side over its whole width."""

from __future__ import annotations

from dataclasses import replace

from learnpipe.report.page.paint_matrix import (
    GAP,
    Cell,
    Placed,
    Room,
    block_of,
    cells_of,
    edges_of,
    filled,
    noted,
)
from learnpipe.report.shapes import Matrix


def abreast(first: Matrix, second: Matrix, room: Room, at: int, note: str) -> Placed | None:
    """Both tables side by side over the whole width, the second from the edge ``at`` on.

    A ``note`` stands under both. None where there is no room for it or for the tables.
    """
    plain = [block_of(replace(matrix, note=""), room.row) for matrix in (first, second)]
    sides = ((0, at - 2 * GAP), (at, room.right))
    pairs = zip(plain, sides, strict=True)
    if any(sum(block.widths) > right - left for block, (left, right) in pairs):
        return None
    longest = max(plain, key=lambda block: len(block.heights)).heights
    heights = [max(block.heights[1] for block in plain) if n == 1 else high
               for n, high in enumerate(longest)]  # fmt: skip
    cells: list[Cell] = []
    for block, (left, right) in zip(plain, sides, strict=True):
        spare = (right - left - sum(block.widths)) // len(block.widths)
        widths = [width + spare for width in block.widths]
        cells += cells_of(block, room.whole(edges_of(widths, right, left)))
    placed = Placed(0, filled(heights, room.height), tuple(cells), len(heights) + 9)
    return noted(placed, note, room)
