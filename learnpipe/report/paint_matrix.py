"""Where the two small tables of the page stand, under the sentences: in pixels of 0.75 points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from learnpipe.report import theme
from learnpipe.report.paint_fit import line_count, narrowest, shorten
from learnpipe.report.shapes import Matrix, Page

PAD = 6.0  # points free inside a cell, left and right together
GAP = 6
Runs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the page: its row, left and right edge (pixels), runs of (face, text), style."""

    row: int
    left: int
    right: int
    runs: Runs
    style: str


@dataclass(frozen=True)
class Placed:
    """Small tables in place: their left edge, the heights of their rows, cells by row from 0."""

    left: int
    heights: tuple[int, ...]
    cells: tuple[Cell, ...]

    def cells_from(self, row: int) -> tuple[Cell, ...]:
        """The cells with their rows counted from ``row``."""
        return tuple(replace(cell, row=cell.row + row) for cell in self.cells)


@dataclass(frozen=True)
class Block:
    """One small table: column widths and row heights in pixels, texts row by row."""

    matrix: Matrix
    widths: tuple[int, ...]
    heights: tuple[int, ...]


def place(
    page: Page, height: int, row: int, sentence: int, right: int, starts: Sequence[int]
) -> Placed:
    """Tier compliance and evidence trail, flush right in ``height`` pixels, ``row`` a line.

    One above the other where there is height for it, else side by side. Edges left of
    ``sentence`` fall on ``starts``, the edges of the columns above.
    """
    tiers = _block(page.tiers, row)
    stacked = [tiers, _block(_turned(page.trail), row)]
    if sum(sum(block.heights) for block in stacked) + GAP <= height:
        return _stack(stacked, height, sentence, right, starts)
    return _beside([tiers, _block(page.trail, row)], height, row, sentence, right, starts)


def _turned(matrix: Matrix) -> Matrix:
    """The table with rows as columns, when that makes it lower."""
    if len(matrix.rows) <= len(matrix.columns):
        return matrix
    return Matrix(
        matrix.title,
        tuple(label for label, _ in matrix.rows),
        tuple(
            (column, tuple(texts[at] if at < len(texts) else "" for _, texts in matrix.rows))
            for at, column in enumerate(matrix.columns)
        ),
        matrix.note,
    )


def _block(matrix: Matrix, row: int) -> Block:
    size = theme.SMALL
    label = max((narrowest(text, size, 1) for text, _ in matrix.rows), default=60.0)
    widths = [_pixels(min(label, 130.0))]
    for at, title in enumerate(matrix.columns):
        texts = [texts[at] for _, texts in matrix.rows if at < len(texts)]
        wide = max((narrowest(text, size, 1) for text in texts), default=20.0)
        widths.append(_pixels(min(max(wide, narrowest(title, size, 2, bold=True)), 110.0)))
    two = any(
        line_count(title, width * theme.POINTS_PER_PIXEL - PAD, size, bold=True) > 1
        for title, width in zip(matrix.columns, widths[1:], strict=True)
    )
    heights = [row + 1, row + 12 if two else row, *(row for _ in matrix.rows)]
    if matrix.note:
        heights.append(row)
    return Block(matrix, tuple(widths), tuple(heights))


def _pixels(points: float) -> int:
    return int((points + PAD) / theme.POINTS_PER_PIXEL) + 1


def _cells(block: Block, edges: Sequence[int], note_right: int) -> list[Cell]:
    """The cells of one small table from row 0, with its note if there is one."""
    matrix, left, right = block.matrix, edges[0], edges[-1]
    cells = [Cell(0, left, right, (("", matrix.title),), "matrix title")]
    cells.append(Cell(1, left, edges[1], (("", ""),), "matrix head left"))
    for at, title in enumerate(matrix.columns, start=1):
        cells.append(Cell(1, edges[at], edges[at + 1], (("", title),), "matrix head"))
    for down, (label, texts) in enumerate(matrix.rows, start=2):
        room = (edges[1] - left) * theme.POINTS_PER_PIXEL - PAD + 2
        fits = shorten(label, room, theme.SMALL, 1)
        cells.append(Cell(down, left, edges[1], (("", fits),), "matrix label"))
        for at in range(len(matrix.columns)):
            text = texts[at] if at < len(texts) else ""
            cells.append(Cell(down, edges[at + 1], edges[at + 2], (("", text),), "matrix cell"))
    if matrix.note:
        room = (note_right - left) * theme.POINTS_PER_PIXEL - PAD + 2
        note = shorten(matrix.note, room, theme.SMALL, 1)
        cells.append(Cell(len(matrix.rows) + 2, left, note_right, (("", note),), "note"))
    return cells


def _edges(widths: Sequence[int], right: int, left: int) -> list[int]:
    """The edges of columns flush right; the first column takes what is left over."""
    edges = [right]
    for width in reversed(widths[1:]):
        edges.append(edges[-1] - width)
    return [left, *reversed(edges)]


def _snapped(left: int, sentence: int, starts: Sequence[int]) -> int:
    if left >= sentence:
        return left
    return max((start for start in starts if start <= left), default=0)


def _stack(
    blocks: Sequence[Block], height: int, sentence: int, right: int, starts: Sequence[int]
) -> Placed:
    """One above the other, columns spread over the same width."""
    across = max(len(block.widths) for block in blocks)
    widths = [
        max(block.widths[at] if at < len(block.widths) else 0 for block in blocks)
        for at in range(across)
    ]
    left = _snapped(right - sum(widths), sentence, starts)
    edges = _edges(widths, right, left)
    cells, heights = [], []
    for number, block in enumerate(blocks):
        own = edges[: len(block.widths) + 1]
        cells += Placed(0, (), tuple(_cells(block, own, right))).cells_from(len(heights))
        heights += list(block.heights)
        if number + 1 < len(blocks):
            heights.append(GAP)
    return Placed(left, _filled(heights, height), tuple(cells))


def _beside(
    blocks: Sequence[Block],
    height: int,
    row: int,
    sentence: int,
    right: int,
    starts: Sequence[int],
) -> Placed:
    """Side by side; header rows are as high as the higher one."""
    second = _edges(blocks[1].widths, right, right - sum(blocks[1].widths))
    middle = second[0] - GAP
    left = _snapped(middle - sum(blocks[0].widths), sentence, starts)
    first = _edges(blocks[0].widths, middle, left)
    longest = max(len(block.heights) for block in blocks)
    heights = [
        max(block.heights[at] if at < len(block.heights) else row for block in blocks)
        for at in range(longest)
    ]
    cells = [*_cells(blocks[0], first, middle), *_cells(blocks[1], second, right)]
    return Placed(left, _filled(heights, height), tuple(cells))


def _filled(heights: list[int], height: int) -> tuple[int, ...]:
    """The rows' heights, and blank rows to fill up (a row of Excel is at most 546 pixels high)."""
    rest = height - sum(heights)
    while rest > 0:
        heights = [*heights, min(rest, 400)]
        rest -= heights[-1]
    return tuple(heights)
