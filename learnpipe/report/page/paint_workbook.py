"""Paints a workbook: the one page, what the other sheets are, and the sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from learnpipe.report import theme
from learnpipe.report.page.paint_page import PAGE_SHEET, paint_beside, paint_page, spark_sheet
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown
from learnpipe.report.shapes import Page, Sheet
from learnpipe.report.sheets.paint_sheets import (
    CONTENTS_SHEET,
    SheetFormats,
    clean,
    paint_contents,
    paint_sheet,
    sheet_names,
)
from learnpipe.report.theme import Palette

CREATED = dt.datetime(2000, 1, 1)
LAID_OUT = Sheet(
    PAGE_SHEET, PAGE_SHEET,
    "The month on one side of A4. It is laid out for print, with merged cells; the sheets behind "
    "it hold its figures as tables.", (),
)  # fmt: skip


def paint_workbook(
    page: Page,
    sheets: Sequence[Sheet],
    charts: Mapping[str, bytes] | Callable[[], Mapping[str, bytes]],
    path: Path,
    *,
    created: dt.datetime = CREATED,
    palette: Palette = theme.MAKING_DATA_COUNT,
    beside: Mapping[str, Breakdown | BeforeAfter] | None = None,
) -> None:
    """Write the workbook to ``path``: the same bytes for the same page, sheets and charts.

    ``charts``: PNG bytes by file name, drawn at `chart_slot(page)`, or what gives them: it is asked
    last, when all other sheets are painted. ``created`` is the date in the file's properties.
    ``beside``: the picture that stands beside the table of a sheet, by the sheet's name.
    """
    behind = (*sheets, spark_sheet(page))
    names = sheet_names([PAGE_SHEET, CONTENTS_SHEET, *(sheet.name for sheet in behind)])
    book = xlsxwriter.Workbook(str(path), _options())
    title = f"{page.provider}: learning and governance, {page.month}"
    book.set_properties({"title": clean(title)[:250], "author": "", "created": created})
    first, contents, *rest = [book.add_worksheet(name) for name in names]
    formats = SheetFormats(book, palette)
    paint_contents(contents, (LAID_OUT, *behind), (names[0], *names[2:]), formats)
    for number, (book_sheet, sheet) in enumerate(zip(rest, behind, strict=True), start=1):
        paint_sheet(book_sheet, sheet, formats, number)
    pictures = charts() if callable(charts) else charts
    for book_sheet, sheet in zip(rest, behind, strict=True):
        picture = (beside or {}).get(sheet.name)
        if picture and picture.file in pictures:
            paint_beside(book_sheet, sheet, picture, pictures[picture.file])
    paint_page(book, first, page, pictures, palette)
    first.activate()
    book.close()


def _options() -> dict[str, Any]:
    """Text stays text, and the workbook's own font is the page's.

    So Excel and LibreOffice measure column widths in the same digits (6 pixels of Arial 8). Made
    anew each time, because xlsxwriter writes into what it is given. Its parts are put together in
    memory, a tenth faster than in files.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": theme.FACE | {"font_size": theme.BODY},
        "default_row_height": 15,
        "default_column_width": 56,
    }
