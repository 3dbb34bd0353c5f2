"""Paints the tender workbook: a cover, then one table a sheet, and charts that Excel draws.

No link, comment, hidden sheet, author or other trace of who made it, and of names only those that
Excel itself needs to repeat a heading on each printed page.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter

from learnpipe.report import theme
from learnpipe.report.shapes import Sheet
from learnpipe.report.sharing.paint_tender_charts import across, paint_charts, set_up_side
from learnpipe.report.sharing.tender_shapes import TILE_COLUMNS, Cover, TenderBook
from learnpipe.report.sheets.paint_sheets import SheetFormats, clean, paint_sheet, sheet_names
from learnpipe.report.theme import Palette

CREATED = dt.datetime(2000, 1, 1)
COVER, CHARTS = "Cover", "Charts"
_TILE = 168  # pixels: six tiles fill an A4 page on its side
_LINE = 19


def paint_tender(told: TenderBook, palette: Palette = theme.MAKING_DATA_COUNT) -> bytes:
    """The workbook's bytes: the same for the same tender."""
    body = io.BytesIO()
    book = xlsxwriter.Workbook(
        body,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": theme.FACE | {"font_size": theme.SHEET_SIZE},
        },
    )
    book.set_properties(
        {"title": clean(told.title)[:250], "author": "", "created": CREATED, "language": "en-GB"}
    )
    names = sheet_names([COVER, CHARTS, *(sheet.name for sheet in told.sheets)])
    first, charts, *rest = [book.add_worksheet(name) for name in names]
    _paint_cover(book, first, told.cover, palette)
    formats = SheetFormats(book, palette)
    for number, (book_sheet, sheet) in enumerate(zip(rest, told.sheets, strict=True), start=1):
        paint_sheet(book_sheet, sheet, formats, number)
        _rule_blanks(book_sheet, sheet, formats)
    figures = names[2 + [sheet.name for sheet in told.sheets].index(told.figures)]
    paint_charts(book, charts, figures, told, palette)
    first.activate()
    book.close()
    return body.getvalue()


def _paint_cover(book: Any, sheet: Any, told: Cover, palette: Palette) -> None:
    """The cover: title, the six steps of the loop as tiles, what it is, what it cannot say."""
    face = {**theme.FACE, "font_color": palette.text, "valign": "vcenter"}
    band = face | {"bg_color": palette.band, "font_color": palette.band_text}
    looks: dict[str, dict[str, Any]] = {
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
        for line in across(text, looks[style]):
            sheet.set_row_pixels(row, height)
            sheet.write_string(row, 0, line, styles[style])
            for column in range(1, TILE_COLUMNS):
                sheet.write_blank(row, column, None, styles[style])
            row += 1
    row = _tiles(sheet, told, styles, row + 1)
    for heading, paragraphs in told.parts:
        sheet.set_row_pixels(row, 28)
        sheet.write_string(row, 0, clean(heading), styles["heading"])
        row += 1
        for line in (line for text in paragraphs for line in across(text, looks["text"])):
            sheet.set_row_pixels(row, _LINE)
            sheet.write_string(row, 0, line, styles["text"])
            row += 1
    # What runs past the last column would shrink the whole page to fit.
    sheet.print_area(0, 0, row - 1, TILE_COLUMNS - 1)
    set_up_side(sheet, 1)


def _rule_blanks(book_sheet: Any, sheet: Sheet, formats: SheetFormats) -> None:
    """Draw the rule under cells without a word too, so that a row can be followed across."""
    for down, row in enumerate(sheet.rows, start=1):
        for at, column in enumerate(sheet.columns):
            if at >= len(row) or row[at] is None or row[at] == "":
                book_sheet.write_blank(down, at, None, formats.kinds[column.kind])


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
