"""Where everything of the page stands, in screen pixels of 0.75 points: arithmetic, no painting.

The table of metrics spans the page. Under it the charts stand left and the two small tables right,
in columns cut out of the wide sentence column. What the rows leave of the height goes to the charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from learnpipe.report import paint_matrix as matrix
from learnpipe.report import theme
from learnpipe.report.paint_fit import line_count, shorten
from learnpipe.report.paint_matrix import Cell, Runs
from learnpipe.report.shapes import ChartSpec, MetricRow, Page

# A4 landscape inside 7 mm margins is 1,070 by 740 pixels: about 1 % is left for rounding.
WIDTH, HEIGHT = 1056, 732
COLUMNS = (
    ("family", "", 64),
    ("metric", "Measure", 140),
    ("number", "This month", 62),
    ("number", "Last month", 72),
    ("spark", "Twelve months", 74),
    ("number", "Target", 48),
    ("variation", "Variation", 88),
    ("assurance", "Against target", 56),
    ("sentence", "Why it moved, and what we are doing next", 452),
)
SENTENCE_AT = sum(width for _, _, width in COLUMNS[:-1])
PAD = 4.5  # points that Excel keeps free inside a cell, left and right together
GAP = 8
BAND, RULE, FEW = 30, 4, 14


@dataclass(frozen=True)
class Slot:
    """A chart's place: pixels from the page's top left corner."""

    spec: ChartSpec
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Layout:
    """The page as cells on a grid: ``edges`` of its columns and ``heights`` of its rows (pixels).

    ``sparks``: row, edge and index of the metric of each sparkline.
    """

    edges: tuple[int, ...]
    heights: tuple[int, ...]
    cells: tuple[Cell, ...]
    sparks: tuple[tuple[int, int, int], ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Density:
    """Row heights by lines, and what must be left for charts and small tables, in pixels."""

    one: int
    line: int
    matrix_row: int
    bottom: int
    sentence_lines: int
    band_lines: int

    def height(self, lines: int) -> int:
        """The height of a row with so many lines."""
        return self.one + self.line * (lines - 1)


DENSITIES = (
    Density(19, 13, 16, 270, 3, 3),
    Density(17, 12, 15, 210, 3, 3),
    Density(16, 12, 14, 190, 2, 3),
    Density(15, 12, 14, 128, 2, 3),
    Density(15, 12, 14, 120, 2, 2),
)


def lay_out(page: Page) -> Layout:
    """The page's layout: the roomiest that leaves enough for charts; text is cut only at the last.

    A page of 18 rows with two lines each, three lines of band and two of foot always fits.
    """
    for density in DENSITIES:
        heights = _heights(page, density)
        if HEIGHT - sum(heights) >= density.bottom:
            break
    return _arrange(page, density, heights)


def chart_slot(page: Page) -> tuple[float, float]:
    """The size in points at which the page's charts are to be drawn."""
    slots = lay_out(page).slots
    if not slots:
        return theme.CHART_SIZE
    return slots[0].width * theme.POINTS_PER_PIXEL, slots[0].height * theme.POINTS_PER_PIXEL


def sentence(row: MetricRow) -> Runs:
    """What stands beside a metric, *Draft* and the reason for a blank first."""
    text = row.sentence.strip()
    reason = row.why_blank.strip().rstrip(".")
    if reason and reason.casefold() not in text.casefold():
        text = f"{reason[:1].upper()}{reason[1:]}. {text}".strip()
    if not row.drafted or not text:
        return (("", text),)
    text = text.removeprefix("Draft:").strip()
    return (("italic", "Draft: "), ("", text))


def _points(pixels: int) -> float:
    return pixels * theme.POINTS_PER_PIXEL - PAD


def _heights(page: Page, density: Density) -> list[int]:
    """Title, meta, rule, header, one a metric, rule, foot."""
    meta = min(line_count(_flat(_meta(page)), _points(WIDTH), theme.SMALL), density.band_lines)
    foot = min(line_count(_foot(page), _points(WIDTH), theme.SMALL), density.band_lines)
    rows = [density.height(_lines(row, density)) for row in page.rows]
    return [
        BAND, density.height(meta) + 3, RULE, density.height(1) + 1, *rows,
        2 * RULE, RULE, density.height(foot) + 2,
    ]  # fmt: skip


def _lines(row: MetricRow, density: Density) -> int:
    words = [
        line_count(_cut(text, column, density), _points(COLUMNS[column][2]), size, bold)
        for column, text, size, bold in (
            (1, row.title, theme.BODY, False),
            (2, _flat(_this_month(row)), theme.STRONG, False),
            (3, _last_month(row), theme.BODY, False),
            (5, row.target, theme.BODY, False),
            (6, _flat(_variation(row)), theme.BODY, True),
            (7, _flat(_assurance(row)), theme.BODY, True),
            (8, _flat(sentence(row)), theme.BODY, False),
        )
    ]
    return max(words)


def _cut(text: str, column: int, density: Density) -> str:
    lines = density.sentence_lines if column == 8 else 2
    return shorten(text, _points(COLUMNS[column][2]), theme.BODY, lines)


def _flat(runs: Runs) -> str:
    return "".join(text for _, text in runs)


def _meta(page: Page) -> Runs:
    runs: list[tuple[str, str]] = []
    for label, text in page.band:
        if label.casefold() in ("provider", "month"):
            continue
        runs += [("bold", f"{label}: "), ("", f"{text}     ")]
    return tuple(runs)


def _foot(page: Page) -> str:
    return "  ·  ".join(line.strip() for line in page.foot)


def _this_month(row: MetricRow) -> Runs:
    if not row.value:
        return (("", row.counts or "no value"),)
    return (("strong", row.value), *((("", f"\n{row.counts}"),) if row.counts else ()))


def _last_month(row: MetricRow) -> str:
    return f"{row.last_value} {row.last_note}".strip()


def _variation(row: MetricRow) -> Runs:
    symbol = theme.MAKING_DATA_COUNT.states[row.variation].symbol
    return (("", f"{symbol} {row.variation_words}".strip()),)


def _assurance(row: MetricRow) -> Runs:
    if row.assurance not in theme.MAKING_DATA_COUNT.assurance:
        return (("", row.assurance),)
    state = theme.MAKING_DATA_COUNT.assurance[row.assurance]
    return (("", f"{state.symbol} {state.word}"),)


def _arrange(page: Page, density: Density, heights: list[int]) -> Layout:
    top = sum(heights[:-2])
    left_over = max(HEIGHT - sum(heights), density.bottom)
    small = matrix.place(page, left_over, density.matrix_row, SENTENCE_AT, WIDTH, _starts())
    first = len(heights) - 2
    cells = [*_band(page, density), *_table(page, density), *small.cells_from(first)]
    foot_at = first + len(small.heights) + 1
    foot = shorten(_foot(page), _points(WIDTH), theme.SMALL, density.band_lines)
    cells.append(Cell(foot_at, 0, WIDTH, (("", foot),), "foot"))
    edges = sorted({0, WIDTH, *_starts(), *(x for c in cells for x in (c.left, c.right))})
    return Layout(
        tuple(edges),
        (*heights[:-2], *small.heights, *heights[-2:]),
        tuple(cells),
        tuple((4 + at, _starts()[4], at) for at in range(len(page.rows))),
        _slots(page.charts, small.left - GAP, top, sum(small.heights)),
    )


def _starts() -> tuple[int, ...]:
    return tuple(sum(width for _, _, width in COLUMNS[:at]) for at in range(len(COLUMNS)))


def _band(page: Page, density: Density) -> list[Cell]:
    starts = _starts()
    meta = _meta(page)
    room, lines = _points(WIDTH), density.band_lines
    if line_count(_flat(meta), room, theme.SMALL) > lines:
        meta = (("", shorten(_flat(meta), room, theme.SMALL, lines)),)
    provider = shorten(page.provider, _points(starts[6]), theme.HEADING, 1, bold=True)
    return [
        Cell(0, 0, starts[6], (("", provider),), "provider"),
        Cell(0, starts[6], starts[8] + 140, (("", "Learning and governance page"),), "page title"),
        Cell(0, starts[8] + 140, WIDTH, (("", page.month),), "month"),
        Cell(1, 0, WIDTH, meta or (("", " "),), "meta"),
    ]


def _table(page: Page, density: Density) -> list[Cell]:
    starts = (*_starts(), WIDTH)
    styles = {"number": "head right", "spark": "head centre"}
    cells = [
        Cell(3, starts[at], starts[at + 1], (("", title),), styles.get(kind, "head"))
        for at, (kind, title, _) in enumerate(COLUMNS)
    ]
    before = ""
    for index, row in enumerate(page.rows):
        new = row.family != before
        before = row.family
        last = index + 1 == len(page.rows) or page.rows[index + 1].family != row.family
        runs: tuple[tuple[Runs, str], ...] = (
            ((("", row.family if new else ""),), "family" if last or new else "family rest"),
            ((("", row.title),), "metric"),
            (_this_month(row), "number"),
            ((("", _last_month(row)),), "number"),
            ((("", ""),), "spark"),
            ((("", row.target),), "number"),
            (_variation(row), f"variation {row.variation}"),
            (_assurance(row), f"assurance {row.assurance}" if row.assurance else "metric"),
            (sentence(row), "sentence"),
        )
        for at, (text, style) in enumerate(runs):
            cut = _shortened(text, at, density)
            style = f"{style}, first" if new else style
            cells.append(Cell(4 + index, starts[at], starts[at + 1], cut, style))
    return cells


def _shortened(runs: Runs, column: int, density: Density) -> Runs:
    text = _flat(runs)
    cut = _cut(text, column, density)
    if cut == text:
        return runs
    if len(runs) > 1 and cut.startswith(runs[0][1]):
        return (runs[0], ("", cut.removeprefix(runs[0][1])))
    return (("", cut),)


def _slots(charts: Sequence[ChartSpec], width: int, top: int, height: int) -> tuple[Slot, ...]:
    """The charts in the grid (columns by rows) that draws them largest, for a shape of 9 to 5."""
    count = len(charts)
    if not count or width < 100:
        return ()
    size = {
        across: (
            (width - GAP * (across - 1)) // across,
            (height - GAP * (-(-count // across) - 1)) // -(-count // across),
        )
        for across in range(1, count + 1)
    }
    across = max(size, key=lambda n: min(size[n][0] / 1.8, size[n][1]))
    wide, high = size[across]
    wide = min(wide, high * 3)
    return tuple(
        Slot(spec, (at % across) * (wide + GAP), top + (at // across) * (high + GAP), wide, high)
        for at, spec in enumerate(charts)
    )
