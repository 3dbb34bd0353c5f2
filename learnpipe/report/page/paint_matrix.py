"""Where the two small tables of the page stand, under the sentences: in pixels of 0.75 points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from learnpipe.report import theme
from learnpipe.report.paint_fit import line_count, narrowest, shorten, wrap
from learnpipe.report.shapes import Matrix

PAD = 5.0  # points free inside a cell, left and right together
GAP = 6
NEAR = 16
LINE = 12
SHORT_LABEL = 34.0  # points
SHORT_HEAD = 6  # characters of a heading that stays in one line ("Tier 3")
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
    """Small tables in place: left edge, heights of their rows, cells by row from 0.

    ``beside``: how many of the rows stand beside the charts; others take the whole width.
    """

    left: int
    heights: tuple[int, ...]
    cells: tuple[Cell, ...]
    beside: int

    def cells_from(self, row: int) -> tuple[Cell, ...]:
        """The cells with their rows counted from ``row``."""
        return tuple(replace(cell, row=cell.row + row) for cell in self.cells)


@dataclass(frozen=True)
class Block:
    """One small table: column widths and row heights in pixels."""

    matrix: Matrix
    widths: tuple[int, ...]
    heights: tuple[int, ...]


@dataclass(frozen=True)
class Room:
    """Where the small tables may stand: ``height`` pixels, flush ``right``, ``row`` a line.

    ``starts``: edges of the columns above, on which the left edge falls where one is near.
    ``solid``: from where to where no edge may fall, for a cell above that must stay whole.
    """

    height: int
    row: int
    right: int
    starts: Sequence[int]
    solid: tuple[int, int] = (0, 0)

    def whole(self, edges: Sequence[int]) -> list[int]:
        """The edges, those inside `solid` moved to its nearer end."""
        low, high = self.solid
        return [
            edge if not low < edge < high else low if edge - low < high - edge else high
            for edge in edges
        ]

    def snapped(self, left: int) -> int:
        """The left edge on an edge above, if one is near, and outside `solid`."""
        if self.solid[0] < left < self.solid[1]:
            return self.solid[0]
        return max((at for at in self.starts if left - NEAR <= at <= left), default=left)


def place(
    tiers: Matrix, trail: Matrix, room: Room, worth: Callable[[int, int], float], enough: float,
    note: str = "",
) -> Placed | None:  # fmt: skip
    """Both small tables where they leave the charts most ``worth`` (of width and height).

    Either way round, one above the other or side by side; where that leaves less than ``enough``,
    in shorter words and with the trail in one line, if no note has to stand beside them. None
    where no way leaves room for a ``note``.
    """
    wide, tall = sorted((trail, turned(trail)), key=lambda matrix: len(matrix.rows))
    ways = []
    for first in (tiers, turned(tiers)):
        block = block_of(first, room.row)
        ways += [_stack([block, block_of(wide, room.row)], room),
                 _beside([block, block_of(tall, room.row)], room)]  # fmt: skip

    def value(way: Placed) -> float:
        if sum(way.heights) > room.height:
            return float(room.height - sum(way.heights)) - 1000
        return worth(way.left, sum(way.heights[: way.beside]))

    noteless = not (note or tiers.note or trail.note)
    if max(map(value, ways)) < enough and len(wide.rows) == 1 and noteless:
        ways.append(_strip(block_of(_brief(tiers), room.row, SHORT_LABEL), wide, room))
    told = [with_note for way in ways if (with_note := noted(way, note, room))]
    return max(told, key=value, default=None)


def noted(placed: Placed, note: str, room: Room) -> Placed | None:
    """The tables with a note in what is left under them; None where there is no room for it."""
    if not note:
        return placed
    used = max(cell.row for cell in placed.cells) + 1
    lines = line_count(note, inner_points(room.right - placed.left), theme.SMALL)
    height = room.row + LINE * (lines - 1)
    free = sum(placed.heights[used:]) - height
    if free < 0:
        return None
    cell = Cell(used, placed.left, room.right, (("", note),), "note")
    heights = filled([*placed.heights[:used], height], sum(placed.heights))
    return replace(placed, heights=heights, cells=(*placed.cells, cell))


def turned(matrix: Matrix) -> Matrix:
    """The table with rows as columns."""
    return Matrix(
        matrix.title,
        tuple(label for label, _ in matrix.rows),
        tuple(
            (column, tuple(texts[at] if at < len(texts) else "" for _, texts in matrix.rows))
            for at, column in enumerate(matrix.columns)
        ),
        matrix.note,
    )


def _brief(matrix: Matrix) -> Matrix:
    """The table with "3/4" for "3 of 4"."""
    rows = tuple(
        (label, tuple(text.replace(" of ", "/").replace(" ?", "?") for text in texts))
        for label, texts in matrix.rows
    )
    return replace(matrix, rows=rows)


def _pixels(points: float) -> int:
    return int((points + PAD) / theme.POINTS_PER_PIXEL) + 1


def inner_points(pixels: int) -> float:
    """The points that a cell of so many pixels has for its text."""
    return pixels * theme.POINTS_PER_PIXEL - PAD + 1


def block_of(matrix: Matrix, row: int, longest_label: float = 130.0) -> Block:
    """A small table at its own widths, its rows ``row`` pixels high."""
    size = theme.SMALL
    label = max((narrowest(text, size, 1) for text, _ in matrix.rows), default=60.0)
    widths = [_pixels(min(label, longest_label))]
    for at, title in enumerate(matrix.columns):
        texts = [texts[at] for _, texts in matrix.rows if at < len(texts)]
        wide = max((narrowest(text, size, 1) for text in texts), default=20.0)
        most = 1 if len(title) <= SHORT_HEAD else 2
        head = narrowest(title.replace("-", "- "), size, most, bold=True)
        widths.append(_pixels(min(max(wide, head), 110.0)))
    pairs = zip(matrix.columns, widths[1:], strict=True)
    lines = max((_head(title, width).count("\n") for title, width in pairs), default=0)
    heights = [row + 1, row + LINE * lines, *(row for _ in matrix.rows)]
    if matrix.note:
        heights.append(row + LINE * (line_count(matrix.note, inner_points(sum(widths)), size) - 1))
    return Block(matrix, tuple(widths), tuple(heights))


def _head(title: str, pixels: int) -> str:
    """A heading in the lines it takes; it may also break after a hyphen."""
    if line_count(title, inner_points(pixels), theme.SMALL, bold=True) == 1:
        return title
    lines = wrap(title.replace("-", "- "), inner_points(pixels), theme.SMALL, bold=True)
    return "\n".join(line.replace("- ", "-") for line in lines)


def _title(title: str, pixels: int) -> str:
    """The title, up to its comma where the whole is too long."""
    for text in (title, title.split(",")[0]):
        if line_count(text, inner_points(pixels), theme.SMALL, bold=True) == 1:
            return text
    return shorten(title, inner_points(pixels), theme.SMALL, 1, bold=True)


def cells_of(block: Block, edges: Sequence[int]) -> list[Cell]:
    """The cells of one small table from row 0, with its note if there is one."""
    matrix, left, right = block.matrix, edges[0], edges[-1]
    cells = [Cell(0, left, right, (("", _title(matrix.title, right - left)),), "matrix title")]
    cells.append(Cell(1, left, edges[1], (("", ""),), "matrix head left"))
    for at, title in enumerate(matrix.columns, start=1):
        text = _head(title, edges[at + 1] - edges[at])
        cells.append(Cell(1, edges[at], edges[at + 1], (("", text),), "matrix head"))
    for down, (label, texts) in enumerate(matrix.rows, start=2):
        fits = shorten(label, inner_points(edges[1] - left), theme.SMALL, 1)
        cells.append(Cell(down, left, edges[1], (("", fits),), "matrix label"))
        for at in range(len(matrix.columns)):
            text = texts[at] if at < len(texts) else ""
            cells.append(Cell(down, edges[at + 1], edges[at + 2], (("", text),), "matrix cell"))
    if matrix.note:
        down = len(matrix.rows) + 2
        cells.append(Cell(down, left, right, (("", matrix.note),), "note"))
    return cells


def edges_of(widths: Sequence[int], right: int, left: int) -> list[int]:
    """The edges of columns flush right; the first column takes what is left over."""
    edges = [right]
    for width in reversed(widths[1:]):
        edges.append(edges[-1] - width)
    return [left, *reversed(edges)]


def _stack(blocks: Sequence[Block], room: Room) -> Placed:
    """One above the other; columns are shared where both have as many, near enough."""
    left = room.snapped(room.right - max(sum(block.widths) for block in blocks))
    cells: list[Cell] = []
    heights: list[int] = []
    shared = _shared(blocks)
    if shared:
        left = room.snapped(room.right - sum(shared))
    for number, block in enumerate(blocks):
        own = shared[: len(block.widths)] if shared else block.widths
        edges = room.whole(edges_of(own, room.right - sum(shared[len(own) :]), left))
        cells += Placed(0, (), tuple(cells_of(block, edges)), 0).cells_from(len(heights))
        heights += list(block.heights)
        if number + 1 < len(blocks):
            heights.append(GAP)
    return Placed(left, filled(heights, room.height), tuple(cells), len(heights) + 9)


def _shared(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Column widths that serve all blocks, if that takes little more than the widest of them."""
    across = max(len(block.widths) for block in blocks)
    widths = tuple(
        max(block.widths[at] if at < len(block.widths) else 0 for block in blocks)
        for at in range(across)
    )
    return widths if sum(widths) <= max(sum(b.widths) for b in blocks) + 3 * NEAR else ()


def _beside(blocks: Sequence[Block], room: Room) -> Placed:
    """Side by side; header rows are as high as the higher one."""
    second = edges_of(blocks[1].widths, room.right, room.right - sum(blocks[1].widths))
    middle = second[0] - GAP
    left = room.snapped(middle - sum(blocks[0].widths))
    longest = max(len(block.heights) for block in blocks)
    heights = [
        max(block.heights[at] if at < len(block.heights) else room.row for block in blocks)
        for at in range(longest)
    ]
    mine = cells_of(blocks[0], room.whole(edges_of(blocks[0].widths, middle, left)))
    other = cells_of(blocks[1], second)
    # The second title may need more room than its narrow table has: it takes it from the first's.
    title = blocks[1].matrix.title.split(",")[0]
    edge = room.right - _pixels(narrowest(title, theme.SMALL, 1, True))
    edge = max(edge, left + _pixels(narrowest(mine[0].runs[0][1], theme.SMALL, 1, True)))
    if edge < second[0]:
        text = _title(blocks[1].matrix.title, room.right - edge)
        mine[0] = replace(mine[0], right=edge)
        other[0] = replace(other[0], left=edge, runs=(("", text),))
    return Placed(left, filled(heights, room.height), (*mine, *other), len(heights) + 9)


def _strip(block: Block, trail: Matrix, room: Room) -> Placed:
    """The first table beside the charts, the other as one line of text over the whole width."""
    left = room.snapped(room.right - sum(block.widths))
    cells = cells_of(block, room.whole(edges_of(block.widths, room.right, left)))
    above = filled(list(block.heights), room.height - room.row - 2)
    texts = trail.rows[0][1]
    pairs = zip(trail.columns, texts, strict=False)
    items = "  ·  ".join(f"{column} {text}" for column, text in pairs)
    title = trail.title.split(",")[0].rstrip(":") + ":  "
    items = shorten(items, inner_points(room.right) - narrowest(title, theme.SMALL, 1, True),
                    theme.SMALL, 1)  # fmt: skip
    line = Cell(len(above) + 1, 0, room.right, (("bold", title), ("", items)), "plain")
    return Placed(left, (*above, 2, room.row), (*cells, line), len(above))


def filled(heights: Sequence[int], height: int) -> tuple[int, ...]:
    """The rows' heights, and blank rows to fill up (a row of Excel is at most 546 pixels high)."""
    out = list(heights)
    while sum(out) < height:
        out.append(min(height - sum(out), 400))
    return tuple(out)
