"""A workbook copied with everything in it, its bad cells marked and a list of them in front.

openpyxl is the one library that reads a workbook whole and writes it again. What it does not know
is carried over beside it, or the log is not copied (see `marked_safety`).
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Sequence
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.utils import column_index_from_string
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from learnpipe.report import theme
from learnpipe.report.marked import marked
from learnpipe.report.marked.marked import Job, Mark
from learnpipe.report.marked.marked_choices import keep_choices
from learnpipe.report.marked.marked_drawings import TYPES_PART, WithoutDrawings, carry_drawings
from learnpipe.report.marked.marked_safety import NotCopied, refuse_if_damaged
from learnpipe.report.marked.marked_write import written, zipped
from learnpipe.report.sheets.paint_sheets import clean

MACROS = "xl/vbaProject.bin"
OLDEST = dt.datetime(2000, 1, 1)
BELOW = "\n\n— learnpipe —\n"
"""Stands between a person's own comment and ours."""
LONGEST_COMMENT = 4_000
HARMLESS = ("no stylesheet", "no default style", "extension is not supported")
"""What openpyxl may say as it reads; extensions were looked at before."""
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def marked_copy(body: bytes, job: Job) -> bytes:
    """The workbook again with the job's marks; raises `NotCopied` if it would be damaged."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        refuse_if_damaged(archive)
        names = archive.namelist()
        book = _opened(body, archive)
        keep_choices(archive, book)
        _settle_comments(book)
        _mark(book, job)
        _put_in_front(book, job)
        book.calculation = book.calculation or CalcProperties()
        book.calculation.fullCalcOnLoad = True
        parts = written(book)
        carry_drawings(archive, parts, {sheet.title: sheet.path[1:] for sheet in book.worksheets})
    if job.file.lower().endswith(".xlsm") and MACROS not in names:
        parts[TYPES_PART] = parts[TYPES_PART].replace(PLAIN_TYPE, MACRO_TYPE)
    return zipped(parts)


def _opened(body: bytes, archive: zipfile.ZipFile) -> Workbook:
    """The workbook as openpyxl reads it, apart from its drawings."""
    names = archive.namelist()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        reader = ExcelReader(io.BytesIO(body), keep_vba=MACROS in names, rich_text=True)
        reader.archive.close()
        reader.archive = WithoutDrawings(io.BytesIO(body))
        reader.read()
    if any(not any(words in str(one.message) for words in HARMLESS) for one in told):
        raise NotCopied("the log holds something that a copy would lose")
    book = reader.wb
    core = archive.read("docProps/core.xml") if "docProps/core.xml" in names else b""
    for stamp in ("created", "modified"):
        if stamp.encode() not in core:
            setattr(book.properties, stamp, OLDEST)
    return book


def _settle_comments(book: Workbook) -> None:
    """Give each comment the room it needs, and take out what an earlier copy of ours said."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if isinstance(cell, Cell) and cell.comment is not None:
                theirs = cell.comment.text.partition(BELOW)[0]
                author = cell.comment.author
                cell.comment = None if author == marked.AUTHOR else _comment(theirs, author)
    for sheet in list(book.worksheets):
        if _is_our_list(sheet) and len(book.worksheets) > 1:
            book.remove(sheet)


def _is_our_list(sheet: Worksheet) -> bool:
    first = str(sheet["A1"].value or "")
    return sheet.title.startswith(marked.LIST_SHEET) and first.startswith(f"{marked.LIST_SHEET} in")


def _mark(book: Workbook, job: Job) -> None:
    """Colour the cells of the job, and comment the first of them."""
    fills = {kind: _fill(theme.MARK_TO_FIX) for kind in ("stop", "blank")}
    fills["note"] = _fill(theme.MARK_TO_LOOK)
    ink = Color(rgb=f"FF{theme.MARK_INK[1:]}")
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for number, ((name, row, letter), marks) in enumerate(job.by_cell().items()):
        sheet = sheets.get(name or "")
        if sheet is None:
            continue
        cell = _cell(sheet, row, column_index_from_string(letter))
        cell.fill = fills[marked.worst(marks)]
        font: Any = copy(cell.font)
        font.color = ink
        cell.font = font
        if number < marked.MOST_COMMENTS:
            ours = marked.comment_of(marks)
            if cell.comment is None:
                cell.comment = _comment(ours, marked.AUTHOR)
            else:
                theirs = cell.comment
                cell.comment = _comment(f"{theirs.text}{BELOW}{ours}", theirs.author)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell; of merged cells the one in the corner, which is all that can be seen of them."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[return-value]


def _comment(text: str, author: str) -> Comment:
    text = clean(text)[:LONGEST_COMMENT]
    return Comment(text, author, height=24 + 17 * marked.comment_lines(text), width=330)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=f"FF{colour[1:]}")


def _put_in_front(book: Workbook, job: Job) -> None:
    """Add the list of findings as the first sheet, and show that sheet when the file is opened."""
    targets = {sheet.title for sheet in book.worksheets} - job.hidden
    sheet = book.create_sheet(marked.free_sheet_name(book.sheetnames), 0)
    text = Font(name=theme.FONT, size=theme.SHEET_SIZE, color=f"FF{theme.MARK_INK[1:]}")
    _write(sheet, 1, 1, job.title, Font(name=theme.FONT, size=theme.HEADING, bold=True))
    row = 2
    for line in job.advice():
        _write(sheet, row, 1, line, text)
        row += 1
    row += 1
    _head(sheet, row)
    top = row
    for mark, texts in job.rows():
        row += 1
        _line(sheet, row, mark, texts, text, mark.sheet in targets)
    for at, width in enumerate(marked.WIDTHS):
        sheet.column_dimensions["ABCDE"[at]].width = width
    sheet.add_table(Table(displayName=_table_name(book), ref=f"A{top}:E{row}"))
    sheet.freeze_panes = f"A{top + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _open_at_the_list(book)


def _table_name(book: Workbook) -> str:
    """A name for the list that no table or range of the log has, nor an earlier list kept in it."""
    taken = {name.casefold() for sheet in book.worksheets for name in sheet.tables}
    taken |= {name.casefold() for name in book.defined_names}
    names = (f"{marked.LIST_TABLE}{number or ''}" for number in range(len(taken) + 1))
    return next(name for name in names if name.casefold() not in taken)


def _head(sheet: Worksheet, row: int) -> None:
    palette = theme.MAKING_DATA_COUNT
    font = Font(
        name=theme.FONT, size=theme.SHEET_SIZE, bold=True, color=f"FF{palette.band_text[1:]}"
    )
    for at, head in enumerate(marked.HEADS, start=1):
        _write(sheet, row, at, head, font).fill = _fill(palette.band)


def _line(
    sheet: Worksheet, row: int, mark: Mark, texts: Sequence[str], font: Font, linked: bool
) -> None:
    """One finding; its cell is a link to where it stands, unless that sheet is hidden."""
    sheet.row_dimensions[row].height = marked.line_height(texts)
    rule = Border(bottom=Side("thin", color=f"FF{theme.MAKING_DATA_COUNT.rule[1:]}"))
    for at, words in enumerate(texts, start=1):
        cell = _write(sheet, row, at, words, font)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.border = rule
    colour = theme.MARK_TO_LOOK if mark.severity == "note" else theme.MARK_TO_FIX
    sheet.cell(row, 3).fill = _fill(colour)
    if mark.sheet is not None and linked:
        place = f"{mark.at[1]}{mark.at[0]}" if mark.at else "A1"
        cell = _cell(sheet, row, 2)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate, location=marked.target_of(mark.sheet, place),
            tooltip=f"Go to {place}",
        )  # fmt: skip
        cell.font = Font(
            name=theme.FONT, size=theme.SHEET_SIZE, color=f"FF{theme.LINK[1:]}", underline="single"
        )


def _write(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> Cell:
    """Write a text that stays text, whatever it begins with."""
    cell: Any = sheet.cell(row, column)
    cell.value = clean(text)
    cell.data_type = "s"
    cell.font = font
    cell.number_format = "@"
    return cell  # type: ignore[no-any-return]


def _open_at_the_list(book: Workbook) -> None:
    """Select the first sheet alone: of sheets selected together, all would take what is typed."""
    for sheet in book.worksheets:
        for view in sheet.views.sheetView:
            view.tabSelected = False
    book.worksheets[0].sheet_view.tabSelected = True
    book.active = 0
    for number, view in enumerate(book.views):
        view.firstSheet = 0
        if number:
            view.activeTab = (view.activeTab or 0) + 1
