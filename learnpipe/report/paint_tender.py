"""Paints the tender workbook: a cover, then one table a sheet, and charts that Excel draws.

No link, comment, hidden sheet, author or other trace of who made it, and of names only those that
Excel itself needs to repeat a heading on each printed page.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from learnpipe.report import theme
from learnpipe.report.paint_sheets import SheetFormats, clean, paint_sheet, sheet_names
from learnpipe.report.tender import Tender
from learnpipe.report.tender_charts import Points
from learnpipe.report.tender_cover import TILE_COLUMNS, Cover, cover
from learnpipe.report.tender_sheets import FIGURES, tender_sheets
from learnpipe.report.theme import Palette

CREATED = dt.datetime(2000, 1, 1)
COVER, CHARTS = "Cover", "Charts"
_TILE = 168  # pixels: six tiles fill an A4 page on its side
_CHART, _GAP = (500, 290), 16  # pixels; two beside each other fill an A4 page on its side
_ROWS_A_PAGE = 2  # of charts
_LINE = 17


def paint_tender(tender: Tender, path: Path, palette: Palette = theme.MAKING_DATA_COUNT) -> None:
    """Write the workbook to ``path``: the same bytes for the same tender."""
    sheets = tender_sheets(tender)
    book = xlsxwriter.Workbook(
        str(path),
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": theme.FACE | {"font_size": theme.SHEET_SIZE},
        },
    )
    title = f"{tender.provider}: evidence of learning, {tender.period}"
    book.set_properties(
        {"title": clean(title)[:250], "author": "", "created": CREATED, "language": "en-GB"}
    )
    names = sheet_names([COVER, CHARTS, *(sheet.name for sheet in sheets)])
    first, charts, *rest = [book.add_worksheet(name) for name in names]
    _paint_cover(book, first, cover(tender), palette)
    formats = SheetFormats(book, palette)
    for number, (book_sheet, sheet) in enumerate(zip(rest, sheets, strict=True), start=1):
        paint_sheet(book_sheet, sheet, formats, number)
    figures = names[2 + [sheet.name for sheet in sheets].index(FIGURES)]
    _paint_charts(book, charts, figures, tender, palette)
    first.activate()
    book.close()


def _paint_cover(book: Any, sheet: Any, told: Cover, palette: Palette) -> None:
    """The cover: title, the six steps of the loop as tiles, what it is, what it cannot say."""
    face = {**theme.FACE, "font_color": palette.text, "valign": "vcenter"}
    band = face | {"bg_color": palette.band, "font_color": palette.band_text}
    looks = {
        "title": band | {"font_size": 22, "bold": True, "indent": 1},
        "subtitle": band | {"font_size": 12, "indent": 1},
        "heading": face | {"font_size": 13, "bold": True, "font_color": palette.band},
        "text": face | {"font_size": 11},
        "step": face | {"font_size": 12, "bold": True, "bg_color": palette.head, "indent": 1,
                        "top": 5, "top_color": palette.band},
        "figure": face | {"font_size": 24, "bold": True, "font_color": palette.band, "indent": 1,
                          "bg_color": palette.paper},
        "bound": face | {"font_size": 14, "bold": True, "font_color": palette.band, "indent": 1,
                         "bg_color": palette.paper},
        "small": face | {"font_size": 10, "text_wrap": True, "valign": "top", "indent": 1,
                         "bg_color": palette.paper, "align": "left"},
    }  # fmt: skip
    styles = {name: book.add_format(look) for name, look in looks.items()}
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, TILE_COLUMNS - 1, _TILE)
    row = 0
    for text, style, height in ((told.title, "title", 44), (told.subtitle, "subtitle", 26)):
        sheet.set_row_pixels(row, height)
        sheet.write_string(row, 0, clean(text), styles[style])
        for column in range(1, TILE_COLUMNS):
            sheet.write_blank(row, column, None, styles[style])
        row += 1
    row = _tiles(sheet, told, styles, row + 1)
    for heading, lines in told.parts:
        sheet.set_row_pixels(row, 28)
        sheet.write_string(row, 0, clean(heading), styles["heading"])
        row += 1
        for line in lines:
            sheet.set_row_pixels(row, _LINE + 2)
            sheet.write_string(row, 0, clean(line), styles["text"])
            row += 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&RPage &P of &N")


def _tiles(sheet: Any, told: Cover, styles: dict[str, Any], row: int) -> int:
    """The steps of the loop side by side; the row after them."""
    for down, height in enumerate((26, 44, 66)):
        sheet.set_row_pixels(row + down, height)
    for column, tile in enumerate(told.tiles):
        sheet.write_string(row, column, clean(tile.step), styles["step"])
        large = styles["figure" if len(tile.figure) <= 6 else "bound"]
        sheet.write_string(row + 1, column, clean(tile.figure), large)
        sheet.write_string(row + 2, column, clean(tile.told), styles["small"])
    return row + 4


def _paint_charts(book: Any, sheet: Any, figures: str, tender: Tender, palette: Palette) -> None:
    """The charts, two to a row, drawn from the figures on a sheet of their own."""
    look = {**theme.FACE, "font_color": palette.band, "font_size": 14, "bold": True}
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, 0, 2 * _CHART[0] + _GAP)
    sheet.set_row_pixels(0, 30)
    sheet.write_string(0, 0, clean(f"Charts, {tender.period}, all services"),
                       book.add_format(look))  # fmt: skip
    plain = book.add_format({**theme.FACE, "font_size": 11, "font_color": palette.text})
    told = "Each is drawn by month where no point is a small number, else by quarter"
    if not tender.points:
        told = "None can be drawn without showing a small number"
    sheet.write_string(1, 0, f"{told} (sheet {figures}).", plain)
    deep = _CHART[1] + _GAP
    rows = (len(tender.points) + 1) // 2
    for down in range(rows):
        sheet.set_row_pixels(2 + down, deep)
    first, name = 1, figures.replace("'", "''")
    for at, one in enumerate(tender.points):
        last = first + len(one.values) - 1
        chart = _chart(book, name, (first, last), one, palette)
        sheet.insert_chart(
            2 + at // 2, 0, chart,
            {"x_offset": at % 2 * (_CHART[0] + _GAP), "y_offset": _GAP // 2,
             "description": clean(one.alt)[:1000], "object_position": 3},
        )  # fmt: skip
        first = last + 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_h_pagebreaks(range(2 + _ROWS_A_PAGE, 2 + rows, _ROWS_A_PAGE))
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&RPage &P of &N")


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
    inside = {"position": "inside_end", "font": font | {"color": "#ffffff", "bold": True}}
    labels = {"value": True, "num_format": "0%" if one.percent else "0",
              **({"position": "above", "font": font} if monthly else inside)}  # fmt: skip
    chart.add_series(
        {"name": one.title, "categories": cells.format("C", "C"),
         "values": cells.format(column, column), "data_labels": labels, **look}
    )  # fmt: skip
    if one.target is not None:
        goal = book.add_chart({"type": "line"})
        goal.add_series(
            {"name": f"Target {one.target:.0%}", "categories": cells.format("C", "C"),
             "values": cells.format("F", "F"),
             "line": {"color": palette.target_ink, "width": 1.5, "dash_type": "dash"},
             "marker": {"type": "none"}}
        )  # fmt: skip
        chart.combine(goal)
    chart.set_title(
        {"name": f"{one.title}, by {one.by}", "overlay": False,
         "name_font": font | {"size": 12, "bold": True}}
    )  # fmt: skip
    low = {"min": 0, "max": 1, "major_unit": 0.25} if one.percent else {"min": 0}
    chart.set_y_axis(
        {**low, "num_format": "0%" if one.percent else "0", "num_font": font,
         "major_gridlines": {"visible": True, "line": {"color": "#dddddd", "width": 0.5}},
         "line": {"none": True}}
    )  # fmt: skip
    chart.set_x_axis({"num_font": font, "line": {"color": palette.line}})
    legend = {"position": "bottom", "font": font} if one.target is not None else {"none": True}
    chart.set_legend(legend)
    chart.set_size({"width": _CHART[0], "height": _CHART[1]})
    return chart
