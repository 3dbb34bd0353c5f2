"""Paints the charts of the tender workbook, which Excel draws from the figures on a sheet."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from learnpipe.report import theme
from learnpipe.report.paint_fit import wrap
from learnpipe.report.sharing.tender_shapes import Points, TenderBook
from learnpipe.report.sheets.paint_sheets import clean
from learnpipe.report.theme import Palette

WIDE = 1008  # pixels of an A4 page on its side, between its margins
_HIGH = 690
_CHART, _GAP = (498, 186), 10  # pixels: two beside each other, three rows a page
_HEADING, _LINE = 30, 19
_TEXT = 11.0
_AXIS = 8.5  # points: twelve months stand in one line, and nothing is under 8 as printed
_ROOM = 1.15
"""How far above the highest value there can be an axis goes, so that words clear the title."""
_NEAR = 0.12
"""Of the axis: a label so near to the target's line, or a column so low, leaves no room for it."""
_LABEL = (0.03, 0.15)
"""Of the axis: from where to where a label reaches above or below its point."""


def across(text: str, look: dict[str, Any]) -> list[str]:
    """A text in lines that fit across the page in a cell style: nothing is merged or cut."""
    room = (WIDE - 24) * theme.POINTS_PER_PIXEL
    return wrap(clean(text), room, float(look["font_size"]), bool(look.get("bold")))


def set_up_side(sheet: Any, high: int) -> None:
    """A4 on its side, one page wide and at most ``high`` pages high (0: as many as it takes)."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, high)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&RPage &P of &N")


def paint_charts(book: Any, sheet: Any, figures: str, told: TenderBook, palette: Palette) -> None:
    """The charts, two to a row, drawn from the figures on a sheet of their own."""
    look = {**theme.FACE, "font_color": palette.band, "font_size": 14, "bold": True}
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, 0, WIDE)
    sheet.set_row_pixels(0, _HEADING)
    sheet.write_string(0, 0, clean(f"Charts, {told.period}, all services"),
                       book.add_format(look))  # fmt: skip
    plain = {**theme.FACE, "font_size": _TEXT, "font_color": palette.text}
    text = book.add_format(plain)
    lines = [line for said in _said(told, figures) for line in across(said, plain)]
    for row, line in enumerate(lines, start=1):
        sheet.set_row_pixels(row, _LINE)
        sheet.write_string(row, 0, line, text)
    top = 1 + len(lines)
    deep = _CHART[1] + _GAP
    rows = (len(told.points) + 1) // 2
    for down in range(rows):
        sheet.set_row_pixels(top + down, deep)
    first, name = 1, figures.replace("'", "''")
    for at, one in enumerate(told.points):
        last = first + len(one.values) - 1
        chart = _chart(book, name, (first, last), one, palette)
        sheet.insert_chart(
            top + at // 2, 0, chart,
            {"x_offset": at % 2 * (_CHART[0] + _GAP), "y_offset": _GAP,
             "description": clean(one.alt)[:1000], "object_position": 3},
        )  # fmt: skip
        first = last + 1
    sheet.print_area(0, 0, top + max(rows, 1) - 1, 0)
    sheet.set_h_pagebreaks(_breaks(top, rows, (_HIGH - _HEADING - _LINE * len(lines)) // deep))
    set_up_side(sheet, 0)


def _breaks(top: int, rows: int, first: int) -> list[int]:
    """Before which rows a page ends: the first page has the words above its charts too."""
    whole = _HIGH // (_CHART[1] + _GAP)
    return list(range(top + max(first, 1), top + rows, whole))


def _said(told: TenderBook, figures: str) -> list[str]:
    """How the charts are drawn, and what is not drawn and why."""
    said = []
    if told.points:
        said = ["Each is drawn by month where no point is a small number, else by quarter "
                f"(sheet {figures})."]  # fmt: skip
    reasons = groupby(sorted(told.not_drawn, key=lambda one: one[1]), key=lambda one: one[1])
    left = [f"{', '.join(title for title, _ in group)} ({why})" for why, group in reasons]
    if left:
        said.append(f"Not drawn: {'; '.join(left)}.")
    return said or ["There is nothing to draw yet."]


def _chart(book: Any, sheet: str, rows: tuple[int, int], one: Points, palette: Palette) -> Any:
    """A line by month or columns by quarter, with the target dashed."""
    monthly = one.by == "month"
    chart = book.add_chart({"type": "line" if monthly else "column"})
    column = "E" if one.percent else "D"
    cells = f"='{sheet}'!${{}}${rows[0] + 1}:${{}}${rows[1] + 1}"
    look = (
        {"line": {"color": palette.band, "width": 2.25},
         "marker": {"type": "circle", "size": 6, "fill": {"color": palette.band},
                    "border": {"color": palette.band}}}
        if monthly else {"fill": {"color": palette.band}, "gap": 80}
    )  # fmt: skip
    font = {"name": theme.FONT, "size": 9, "color": palette.text}
    place = label_place(one)
    inside = place == "inside_end"
    labels = {"value": True, "num_format": "0%" if one.percent else "#,##0", "position": place,
              "font": font | ({"color": "#ffffff", "bold": True} if inside else {}),
              # On paper of its own a number can be read even on the target's line.
              **({} if inside else {"fill": {"color": "#ffffff"}})}  # fmt: skip
    chart.add_series(
        {"name": one.title, "categories": cells.format("C", "C"),
         "values": cells.format(column, column), "data_labels": labels, **look}
    )  # fmt: skip
    if one.target is not None:
        chart.combine(_goal(book, cells, one, font | {"color": palette.target_ink}, palette))
    chart.set_title(
        {"name": f"{one.title}, by {one.by}", "overlay": False,
         "name_font": font | {"size": 11, "bold": True}}
    )  # fmt: skip
    # Each point says its number: a scale and lines across would only say it again.
    chart.set_y_axis(
        {"min": 0, "max": _ROOM * _top(one), "visible": False,
         "major_gridlines": {"visible": False}}
    )  # fmt: skip
    chart.set_x_axis({"num_font": font | {"size": _AXIS}, "line": {"color": palette.line}})
    chart.set_legend({"none": True})
    chart.set_size({"width": _CHART[0], "height": _CHART[1]})
    return chart


def _goal(book: Any, cells: str, one: Points, font: dict[str, Any], palette: Palette) -> Any:
    """The target as a dashed line, told where the drawing is furthest below it."""
    goal = book.add_chart({"type": "line"})
    inside = one.values[1:-1]  # at either end the words would run over the edge
    lowest = 1 + inside.index(min(inside))
    told: list[Any] = [{"delete": True}] * len(one.values)
    told[lowest] = {"value": f"target {one.target:.0%}"}
    goal.add_series(
        {"name": f"Target {one.target:.0%}", "categories": cells.format("C", "C"),
         "values": cells.format("F", "F"),
         "line": {"color": palette.target_ink, "width": 1.5, "dash_type": "dash"},
         "marker": {"type": "none"},
         "data_labels": {"value": True, "position": "above", "font": font, "custom": told}}
    )  # fmt: skip
    return goal


def _top(one: Points) -> float:
    return 1.0 if one.percent else max(one.values)


def label_place(one: Points) -> str:
    """Where a drawing's numbers can be read: clear of the target's line, in a column or above it.

    >>> label_place(Points("k", "Triaged", "month", ("Oct 26",), (0.82,), True, target=0.9))
    'below'
    >>> label_place(Points("k", "Triaged", "quarter", ("Aug–Oct 26",), (0.04,), True, target=0.9))
    'outside_end'
    """
    top = _ROOM * _top(one)
    if one.by != "month":
        return "inside_end" if min(one.values) >= _NEAR * top else "outside_end"
    near, far = (reach * top for reach in _LABEL)
    line = one.target if one.target is not None else -top
    above = sum(value + near < line < value + far for value in one.values)
    below = sum(value - far < line < value - near or value < far for value in one.values)
    return "below" if below < above else "above"
