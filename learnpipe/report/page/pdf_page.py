"""The one page for the PDF as plain data: boxes and tables in points, as the workbook has them.

The places come from `lay_out`, so both pages look alike and the charts serve both at one size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from typing import Any

from learnpipe.ground.terms import percent
from learnpipe.report import theme
from learnpipe.report.page.paint_layout import GUTTER, HEIGHT, WIDTH, Layout, lay_out
from learnpipe.report.page.paint_matrix import Cell
from learnpipe.report.page.paint_page import SPARK_MONTHS, bar_range
from learnpipe.report.page.paint_row import ICON, ICON_AIR, SPARK, STARTS, points
from learnpipe.report.page.paint_slots import Slot
from learnpipe.report.paint_fit import line_count, shorten
from learnpipe.report.shapes import ChartSpec, Page
from learnpipe.report.sheets.paint_sheets import clean
from learnpipe.report.theme import Palette

MARK = "For the board. Not for publication: small numbers are not suppressed."
TITLE = "Learning and governance page"
HEAD_ROW, FIRST_ROW = 3, 4
AIR = 2.0
"""Points kept free left and right of a text in its cell."""
BAND_AIR = 7.0
_POINT = theme.POINTS_PER_PIXEL
_BAND = (("month", 110.0), ("mark", 152.0), ("page title", 186.0))
"""What stands at the right of the band, outermost first, and its width in points."""
_IN_A_TABLE = ("matrix head left", "matrix head", "matrix label", "matrix cell")
_BREAKS = re.compile("[\t\v\f\x1c-\x1f\x85\u2028\u2029]")
_LONG_WORD = re.compile(r"\S{24}(?=\S)")
Data = dict[str, Any]


def names_free(page: Page, masked: Callable[[str], str]) -> Page:
    """The page without known people, wherever a provider's own words stand on it."""

    def chart(spec: ChartSpec) -> ChartSpec:
        free = ("title", "subtitle", "note", "alt")
        words: dict[str, Any] = {name: masked(getattr(spec, name)) for name in free}
        return replace(spec, **words, phases=tuple((at, masked(why)) for at, why in spec.phases))

    return replace(
        page,
        band=tuple((label, masked(text)) for label, text in page.band),
        rows=tuple(replace(row, sentence=masked(row.sentence)) for row in page.rows),
        charts=tuple(chart(spec) for spec in page.charts),
        foot=tuple(masked(line) for line in page.foot),
    )


def page_data(page: Page, palette: Palette) -> Data:
    """What the PDF shows and where: lengths in points from the page's margin."""
    layout = lay_out(page)
    tops = [0, *accumulate(layout.heights)]
    styles = {name: _style(own) for name, own in theme.cell_styles(palette).items()}
    own = {**styles["meta"], "ink": palette.band_text, "bg": palette.band}
    styles["mark"] = {**own, "bold": True, "align": "right"}
    styles["page title"] = {**styles["page title"], "align": "left"}
    for name in ("provider", "month"):
        styles[name] = {**styles[name], "air": BAND_AIR}
    last = FIRST_ROW + len(page.rows)
    below = [cell for cell in layout.cells if cell.row >= last]
    margin = theme.MARGIN_MM * theme.POINTS_PER_MM
    wide, high = (side * theme.POINTS_PER_MM for side in theme.A4_LANDSCAPE_MM)
    return {
        "title": clean(f"{page.provider}: learning and governance, {page.month}"),
        "mark": MARK,
        "left": (wide - WIDTH * _POINT) / 2,
        "top": max(margin, (high - HEIGHT * _POINT) / 2),
        "air": AIR,
        "strong": theme.STRONG,
        "gutter": GUTTER * _POINT,
        "icon": {
            "size": (ICON - 2 * ICON_AIR) * _POINT, "air": ICON_AIR * _POINT,
            "room": ICON * _POINT - AIR,
        },
        "colours": {"bar": palette.line, "last": palette.band},
        "styles": styles,
        "band": [*_band(page, layout), *(_box(c, tops) for c in layout.cells if c.row == 1)],
        "measures": _measures(page, layout, tops),
        "charts": [_chart(slot) for slot in layout.slots],
        "small": _small([cell for cell in below if cell.style != "foot"], tops),
        "foot": [_box(cell, tops) for cell in below if cell.style == "foot"],
    }  # fmt: skip


def _style(own: Mapping[str, Any]) -> Data:
    """What the template needs of a cell style of the workbook."""
    return {
        "size": own["font_size"], "ink": own["font_color"], "bg": own.get("bg_color"),
        "bold": bool(own.get("bold")), "align": own.get("align", "left"),
        "valign": "top" if own.get("valign") == "top" else "middle",
        "bottom": "dotted" if own.get("bottom") else None, "rule": own.get("bottom_color"),
        "top": own.get("top_color"),
    }  # fmt: skip


def plain(text: str) -> str:
    """A text with the line breaks that are meant, and with places where a long word may break.

    >>> plain("one\\ttwo")
    'one two'
    """
    return _LONG_WORD.sub("\\g<0>\u200b", _BREAKS.sub(" ", clean(text)))


def _text(cell: Cell) -> Data:
    """A cell's text, and how many lines it takes in the workbook."""
    runs = [(face, plain(text)) for face, text in cell.runs if text.strip()]
    bold = any(face in ("bold", "strong") for face, _ in runs)
    room = points(cell.right - cell.left)
    lines = line_count("".join(text for _, text in runs), room, theme.BODY, bold)
    return {"style": cell.style, "runs": runs, "lines": lines}


def _box(cell: Cell, tops: Sequence[int]) -> Data:
    return _text(cell) | {
        "x": cell.left * _POINT, "y": tops[cell.row] * _POINT,
        "width": (cell.right - cell.left) * _POINT,
        "height": (tops[cell.row + 1] - tops[cell.row]) * _POINT,
    }  # fmt: skip


def _band(page: Page, layout: Layout) -> list[Data]:
    """The band, from left to right: provider, the title of the page, whom it is for, month."""
    right = WIDTH * _POINT
    height = layout.heights[0] * _POINT
    texts = {"month": page.month, "mark": MARK.replace(": ", ":\n"), "page title": TITLE}
    boxes: list[Data] = []
    for style, width in (*_BAND, ("provider", right - sum(width for _, width in _BAND))):
        right -= width
        text = texts.get(style) or shorten(page.provider, width - 12, theme.HEADING, 1, bold=True)
        boxes.insert(0, {
            "style": style, "runs": [("", plain(text))], "lines": text.count("\n") + 1,
            "x": right, "y": 0.0, "width": width, "height": height,
        })  # fmt: skip
    boxes[1]["heading"] = 1
    return boxes


def _measures(page: Page, layout: Layout, tops: Sequence[int]) -> Data:
    """The table of metrics: a header and a row a metric, a family's name over all of its rows."""
    rows = _rows(layout, len(page.rows))
    head, *body = rows
    head[0]["runs"] = [("", "Family")]  # a header without a word is none
    for row, edge, icon, _ in layout.icons:
        rows[row - HEAD_ROW][STARTS.index(edge)]["icon"] = icon.file
    for metric, cells in zip(page.rows, body, strict=True):
        if bars := _bars(metric.spark):
            printed = f"{metric.value}{metric.last_value}{metric.target}"
            cells[SPARK]["bars"] = {"bars": bars, "alt": _said(metric.spark, "%" in printed)}
    _span_families(page, rows)
    return {
        "y": tops[HEAD_ROW] * _POINT,
        "columns": [(end - start) * _POINT for start, end in pairwise((*STARTS, WIDTH))],
        "heights": [h * _POINT for h in layout.heights[HEAD_ROW : FIRST_ROW + len(page.rows)]],
        "head": head,
        "rows": body,
    }


def _rows(layout: Layout, metrics: int) -> list[list[Data]]:
    """A cell a column for the header and each metric; the parts of a cell with an icon are one."""
    rows: list[list[Data]] = [[] for _ in range(metrics + 1)]
    for cell in layout.cells:
        at = cell.row - HEAD_ROW
        if not 0 <= at <= metrics:
            continue
        column = bisect_right(STARTS, cell.left) - 1
        if column == len(rows[at]):
            rows[at].append(_text(cell))
        elif cell.runs:
            rows[at][column] |= _text(cell)
    return rows


def _span_families(page: Page, rows: list[list[Data]]) -> None:
    """Let each family's first cell stand for all of its rows, with no rule under its last row."""
    at = 0
    for _, metrics in groupby(page.rows, key=lambda row: row.family):
        for cell in rows[at]:
            cell["last"] = True
        many = len(list(metrics))
        rows[at + 1][0]["rows"] = many
        for row in rows[at + 2 : at + 1 + many]:
            row[0]["covered"] = True
        at += many


def _bars(spark: Sequence[float | None]) -> list[float | None]:
    """How high each month's bar is, of 1; nothing where no month is known."""
    known = [value for value in spark[-SPARK_MONTHS:] if value is not None]
    if not known:
        return []
    base, high = bar_range(known)
    gaps = [None] * (SPARK_MONTHS - len(spark[-SPARK_MONTHS:]))
    bars = [None if v is None else (v - base) / (high - base) for v in spark[-SPARK_MONTHS:]]
    return [*gaps, *(None if bar is None else round(min(max(bar, 0.0), 1.0), 4) for bar in bars)]


def _said(spark: Sequence[float | None], share: bool) -> str:
    """The months of a small chart in words, for those who cannot see it."""
    texts = [
        "none" if value is None else percent(value) if share else f"{value:.4g}"
        for value in spark[-SPARK_MONTHS:]
    ]
    return f"Last {len(texts)} months, oldest first: {', '.join(texts)}."


def _chart(slot: Slot) -> Data:
    return {
        "file": slot.spec.file, "alt": clean(slot.spec.alt) or clean(slot.spec.title),
        "x": slot.x * _POINT, "y": slot.y * _POINT,
        "width": slot.width * _POINT, "height": slot.height * _POINT,
    }  # fmt: skip


def _small(cells: Sequence[Cell], tops: Sequence[int]) -> list[Data]:
    """The small tables: each begins with its title; lines of text between them stand alone."""
    groups: list[list[Cell]] = []
    for cell in cells:
        if cell.style == "matrix title" or cell.style == "plain" or not groups:
            groups.append([])
        groups[-1].append(cell)
    return [_one_small(group, tops) for group in groups]


def _one_small(cells: Sequence[Cell], tops: Sequence[int]) -> Data:
    boxes = [_box(cell, tops) for cell in cells if cell.style in ("matrix title", "plain")]
    for box in boxes:
        if box["style"] == "matrix title":
            box["heading"] = 2
    small: Data = {
        "boxes": boxes,
        "notes": [_box(cell, tops) for cell in cells if cell.style == "note"],
    }
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.style in _IN_A_TABLE:
            by_row.setdefault(cell.row, []).append(cell)
    if len(by_row) < 2:
        return small
    heads = next(iter(by_row.values()))
    drawn = [[_text(cell) for cell in row] for row in by_row.values()]
    small["table"] = {
        "columns": [(cell.right - cell.left) * _POINT for cell in heads],
        "heights": [(tops[row + 1] - tops[row]) * _POINT for row in by_row],
        "head": drawn[0],
        "rows": drawn[1:],
    }
    return small | {"x": heads[0].left * _POINT, "y": tops[heads[0].row] * _POINT}
