"""Where everything of the page stands, in screen pixels of 0.75 points: arithmetic, no painting.

The table of metrics spans the page. Under it the charts stand left and the two small tables right.
What the rows leave of the height goes to the charts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from learnpipe.report import theme
from learnpipe.report.page.paint_abreast import abreast
from learnpipe.report.page.paint_matrix import Cell, Placed, Room, Runs, place
from learnpipe.report.page.paint_row import (
    COLUMNS,
    FAMILY,
    ICON,
    SENTENCE,
    SPARK,
    STARTS,
    TARGET,
    VARIATION,
    flat,
    points,
    row_bold,
    row_icons,
    row_room,
    row_texts,
)
from learnpipe.report.page.paint_slots import GAP, Slot, best_grid, slots
from learnpipe.report.paint_fit import ELLIPSIS, line_count, shorten, text_width
from learnpipe.report.pictures.icons import Icon
from learnpipe.report.shapes import MetricRow, Page

# A4 landscape inside 7 mm margins is 1,070 by 740 pixels: about 1 % is left for rounding.
WIDTH, HEIGHT = 1064, 734
GUTTER = 7  # pixels free left and right of a sparkline
BAND, RULE = 29, 4
LOWEST = 126  # pixels for charts and small tables


@dataclass(frozen=True)
class Layout:
    """The page as cells on a grid: ``edges`` of its columns and ``heights`` of its rows (pixels).

    ``sparks``: row, edge and index of the metric of each sparkline. ``icons``: row, edge and what
    each icon is, with its words.
    """

    edges: tuple[int, ...]
    heights: tuple[int, ...]
    cells: tuple[Cell, ...]
    sparks: tuple[tuple[int, int, int], ...]
    slots: tuple[Slot, ...]
    icons: tuple[tuple[int, int, Icon, str], ...]


@dataclass(frozen=True)
class Density:
    """Row heights by lines in pixels, how many lines a sentence, the band and the foot may take.

    ``room``: what each chart must have left to draw in, in pixels. ``notes``: where the notes of
    the small tables stand: each under its own, in what is left under both, or in the foot.
    """

    one: int
    line: int
    matrix_row: int
    room: float
    sentence_lines: int
    band_lines: int
    foot_lines: int = 3
    notes: Literal["own", "under", "foot"] = "own"

    def height(self, lines: int) -> int:
        """The height of a row with so many lines."""
        return self.one + self.line * (lines - 1)


DENSITIES = (
    Density(19, 13, 16, 85, 3, 3),
    Density(17, 12, 15, 72, 3, 3),
    Density(16, 12, 14, 50, 3, 3),
    Density(16, 12, 14, 50, 3, 3, notes="under"),
    Density(15, 12, 14, 30, 3, 3, notes="under"),
    Density(15, 12, 14, 30, 3, 3, 4, notes="foot"),
    Density(15, 12, 14, 30, 2, 2, notes="under"),
    Density(15, 12, 14, 30, 2, 2, 3, notes="foot"),
    Density(15, 12, 14, 30, 2, 2, 2, notes="foot"),
)
NO_CHARTS = "No charts yet: there are too few months to draw."


@lru_cache(maxsize=4)  # asked for by the workbook, the pictures and the PDF
def lay_out(page: Page) -> Layout:
    """The page's layout: the roomiest that leaves enough for charts; text is cut only at the last.

    A page of 18 rows with two lines each, two lines of band and two of foot always fits.
    """
    for density in DENSITIES:
        heights = _heights(page, density)
        left = HEIGHT - sum(heights)
        if left < LOWEST:
            continue
        small = _small(page, density, left)
        if small is None:
            continue
        fits = sum(small.heights) <= left
        if fits and not page.charts:
            return _arrange(page, density, heights, small)
        beside = sum(small.heights[: small.beside])
        if fits and best_grid(len(page.charts), small.left - GAP, beside).room >= density.room:
            return _arrange(page, density, heights, small)
    small = _small(page, density, max(left, LOWEST))
    assert small is not None  # notes in the foot always find their place
    return _arrange(page, density, heights, small)


def _small(page: Page, density: Density, height: int) -> Placed | None:
    """The small tables in place; None where their notes do not fit under both."""
    tiers, trail = page.tiers, page.trail
    if density.notes != "own":
        tiers, trail = replace(tiers, note=""), replace(trail, note="")
    solid = (STARTS[SPARK] + GUTTER, STARTS[TARGET] - GUTTER)
    room = Room(height, density.matrix_row, WIDTH, STARTS, solid)
    if not page.charts:
        note = "" if density.notes == "foot" else " ".join(_notes(page))
        if placed := abreast(tiers, trail, room, STARTS[SENTENCE], note):
            return placed
    return place(
        tiers,
        trail,
        room,
        lambda width, high: best_grid(len(page.charts), width - GAP, high).room,
        density.room,
        " ".join(_notes(page)) if density.notes == "under" else "",
    )


def _notes(page: Page) -> list[str]:
    notes = (page.tiers.note, page.trail.note, "" if page.charts else NO_CHARTS)
    return [note for note in notes if note]


def chart_slot(page: Page) -> tuple[float, float]:
    """The size in points at which the page's charts are to be drawn."""
    slots = lay_out(page).slots
    if not slots:
        return theme.CHART_SIZE
    return slots[0].width * theme.POINTS_PER_PIXEL, slots[0].height * theme.POINTS_PER_PIXEL


def _heights(page: Page, density: Density) -> list[int]:
    """Title, meta, rule, header, one a metric, rule, foot."""
    meta = _meta_lines(_meta(page, density.band_lines))
    foot = min(line_count(_foot(page, density), points(WIDTH), theme.SMALL), density.foot_lines)
    rows = [density.height(_lines(row, density)) for row in page.rows]
    return [
        BAND, density.height(meta) + 3, RULE, density.height(1) + 1, *rows,
        2 * RULE, RULE, density.height(foot) + 2,
    ]  # fmt: skip


def _lines(row: MetricRow, density: Density) -> int:
    return max(
        line_count(flat(runs), row_room(row, at), theme.BODY, row_bold(row, at))
        for at, runs in enumerate(row_texts(row, density.sentence_lines))
    )


def _meta(page: Page, lines: int) -> Runs:
    """The band's facts in a line or more; of what is too long, the longest are cut."""
    facts = [
        [label, text] for label, text in page.band if label.casefold() not in ("provider", "month")
    ]
    while True:
        runs: list[tuple[str, str]] = []
        for label, text in facts:
            runs += [("bold", f"{label}: "), ("", f"{text}     ")]
        longest = max(facts, key=lambda fact: len(fact[1]), default=None)
        whole = _meta_lines(tuple(runs)) <= lines
        if whole or longest is None or len(longest[1]) < 10:
            return tuple(runs) or (("", " "),)
        longest[1] = longest[1][: len(longest[1]) * 9 // 10].rstrip(" ,…") + ELLIPSIS


def _meta_lines(runs: Runs) -> int:
    """How many lines the band's facts take: labels in bold, the rest not."""
    text = flat(runs)
    mixed = sum(text_width(part, theme.SMALL, face == "bold") for face, part in runs)
    share = max(mixed / text_width(text, theme.SMALL), 1.0) if text else 1.0
    return line_count(text, points(WIDTH) / share, theme.SMALL)


def _foot(page: Page, density: Density) -> str:
    """The foot's lines one after the other, what must not be lost first."""
    notes = _notes(page) if density.notes == "foot" else ()
    return "  ·  ".join(line.strip() for line in (*page.foot, *notes) if line.strip())


def _arrange(page: Page, density: Density, heights: list[int], small: Placed) -> Layout:
    top, first = sum(heights[:-2]), len(heights) - 2
    cells = [*_band(page, density), *_table(page, density), *small.cells_from(first)]
    foot = shorten(_foot(page, density), points(WIDTH), theme.SMALL, density.foot_lines)
    cells.append(Cell(first + len(small.heights) + 1, 0, WIDTH, (("", foot),), "foot"))
    spark = STARTS[SPARK] + GUTTER
    return Layout(
        tuple(sorted({0, WIDTH, *(x for cell in cells for x in (cell.left, cell.right))})),
        (*heights[:-2], *small.heights, *heights[-2:]),
        tuple(cells),
        tuple((4 + at, spark, at) for at in range(len(page.rows))),
        slots(page.charts, small.left - GAP, top, sum(small.heights[: small.beside])),
        tuple(
            (4 + at, STARTS[column], *icon)
            for at, row in enumerate(page.rows)
            for column, icon in row_icons(row).items()
        ),
    )


def _band(page: Page, density: Density) -> list[Cell]:
    provider = shorten(page.provider, points(STARTS[VARIATION]) - 12, theme.HEADING, 1, bold=True)
    right = WIDTH - 200
    return [
        Cell(0, 0, STARTS[VARIATION], (("", provider),), "provider"),
        Cell(0, STARTS[VARIATION], right, (("", "Learning and governance page"),), "page title"),
        Cell(0, right, WIDTH, (("", page.month),), "month"),
        Cell(1, 0, WIDTH, _meta(page, density.band_lines), "meta"),
    ]


def _table(page: Page, density: Density) -> list[Cell]:
    starts = (*STARTS, WIDTH)
    heads = {"number": "head right", "spark": "head centre", "assurance": "head centre"}
    cells = [
        Cell(3, starts[at], starts[at + 1], (("", title),), heads.get(kind, "head"))
        for at, (kind, title, _) in enumerate(COLUMNS)
    ]
    for index, row in enumerate(page.rows):
        new = index == 0 or page.rows[index - 1].family != row.family
        last = index + 1 == len(page.rows) or page.rows[index + 1].family != row.family
        texts = list(row_texts(row, density.sentence_lines))
        if not new:
            texts[FAMILY] = ()
        styles = [kind for kind, _, _ in COLUMNS]
        styles[FAMILY] = "family" if last else "family rest"
        styles[TARGET] = f"assurance {row.assurance}" if row.assurance else "centre"
        styles[VARIATION] = f"variation {row.variation}"
        for at in range(len(COLUMNS)):
            left, right = starts[at], starts[at + 1]
            style = f"{styles[at]}, first" if new else styles[at]
            parts = [(left, right)]
            if at == SPARK:
                inner = left + GUTTER, right - GUTTER
                parts = [(left, inner[0]), inner, (inner[1], right)]
            elif at in row_icons(row):
                cells.append(Cell(4 + index, left, left + ICON, (), style))
                parts = [(left + ICON, right)]
            cells += [Cell(4 + index, *part, texts[at], style) for part in parts]
    return cells
