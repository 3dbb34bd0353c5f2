"""Paints a blank log: help above each header, a real table below it, drop-downs and dates."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from learnpipe.report import theme
from learnpipe.report.blank.blank_logs import (
    BlankColumn,
    BlankLog,
    answer_text,
    error_text,
    help_text,
)
from learnpipe.report.paint_fit import text_width
from learnpipe.report.theme import MAKING_DATA_COUNT as COLOURS

TITLE_ROW, HELP_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3
LAST_ROW = 5000
"""Rows down to which drop-downs and formats reach; the table itself grows as it is filled."""
FIRST_ROWS = 25
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
CREATED = dt.datetime(2000, 1, 1)
HOW_TO, LISTS = "How to fill it in", "Lists"
LONGEST_LIST = 255  # characters of a drop-down's own list, by Excel's limits
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
_HELP_SIZE, _HELP_LINES, _HEADER_LINES = 9, 5, 2
_FILTER = 24  # pixels of a filter's arrow
_PIXELS = {
    "text": 150, "long text": 300, "date": 100, "date and time": 135, "month": 90, "whole": 90,
    "number": 90, "list": 120,
}  # fmt: skip
_CODES = {"date": "dd/mm/yyyy", "date and time": "dd/mm/yyyy hh:mm", "month": "mmm yyyy",
          "whole": "#,##0", "number": "#,##0.##"}  # fmt: skip
_HOW_TO_WIDTHS = (220, 100, 420, 420)
_TIPS = (
    "Type below the headers; the table grows as you go. One row is {row}.",
    "Only the columns marked NEEDED must be filled. Leave empty what you do not know yet: "
    "no TBC, no N/A.",
    "Dates are typed day first, such as 26/03/2026; with the time where you know it: "
    "26/03/2026 14:30.",
    "Columns may be moved, added or deleted, and the file renamed: learnpipe reads the headers.",
    "When you have filled some rows in: learnpipe check FOLDER says what is wrong, in which cell.",
)


def paint_blank_log(log: BlankLog) -> bytes:
    """The workbook of a blank log; the same bytes for the same log."""
    stream = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "default_format_properties": {**theme.FACE, "font_size": theme.SHEET_SIZE},
    }  # fmt: skip
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": log.title, "author": "", "created": CREATED})
    sheet, how_to = book.add_worksheet(log.title[:31]), book.add_worksheet(HOW_TO)
    sources = _paint_lists(book, log.columns)
    _paint_log(book, sheet, log, sources)
    _paint_how_to(book, how_to, log)
    sheet.activate()
    book.close()
    return stream.getvalue()


def _paint_lists(book: Any, columns: Sequence[BlankColumn]) -> dict[str, Any]:
    """The source of each drop-down: its words, or where they stand if Excel has no room for them.

    Words with a comma would fall apart in a drop-down's own list.
    """
    sources: dict[str, Any] = {}
    listed = [column for column in columns if column.choices]
    for column in listed:
        words = list(column.choices)
        if len(",".join(words)) <= LONGEST_LIST and not any("," in word for word in words):
            sources[column.field] = words
    long = [column for column in listed if column.field not in sources]
    if long:
        # One below another: a sheet with one column is never taken for a log.
        sheet = book.add_worksheet(LISTS)
        sheet.set_column_pixels(0, 0, 420)
        head = book.add_format({**theme.FACE, "bold": True})
        top = 0
        for column in long:
            sheet.write_string(top, 0, f"Choices for {column.header}", head)
            for down, word in enumerate(column.choices, start=top + 1):
                sheet.write_string(down, 0, word)
            sources[column.field] = f"={LISTS}!$A${top + 2}:$A${top + 1 + len(column.choices)}"
            top += len(column.choices) + 2
    return sources


def _paint_log(book: Any, sheet: Any, log: BlankLog, sources: dict[str, Any]) -> None:
    for at, column in enumerate(log.columns):
        seldom = {"level": 1, "hidden": True} if column.seldom else {}
        width = _width(column, help_text(column))
        sheet.set_column_pixels(at, at, width, _cells(book, column), seldom)
        _validate(sheet, at, column, sources)
    if any(column.seldom for column in log.columns):
        sheet.set_column_pixels(len(log.columns), len(log.columns), 60, None, {"collapsed": True})
    begins = _paint_help(book, sheet, log)
    for down, row in enumerate(log.rows, start=FIRST_ROW):
        for at, column in enumerate(log.columns):
            if column.field in row:
                sheet.write_string(down, at, row[column.field], _cells(book, column))
    header = book.add_format({**theme.FACE, "bold": True, "font_color": COLOURS.band_text,
                              "bg_color": COLOURS.band, "text_wrap": True, "valign": "vcenter",
                              "left": 1, "left_color": COLOURS.rule})  # fmt: skip
    sheet.add_table(
        HEADER_ROW, 0, max(FIRST_ROW + FIRST_ROWS, FIRST_ROW + len(log.rows)) - 1,
        len(log.columns) - 1,
        {"name": f"{log.log}_log", "style": "Table Style Light 1", "banded_rows": True,
         "description": f"One row is {log.row}."[:250],
         "columns": [{"header": column.header, "header_format": header}
                     for column in log.columns]},
    )  # fmt: skip
    sheet.freeze_panes(FIRST_ROW, 1)
    _set_up_print(sheet, log, begins[1:])


def _paint_help(book: Any, sheet: Any, log: BlankLog) -> list[int]:
    """The title and the help above the headers; gives the columns where another part begins.

    What the next columns are about stands in the help of the first of them: a row of such words
    alone would look like a header.
    """
    band = book.add_format({**theme.FACE, "bold": True, "font_size": 11, "bg_color": COLOURS.head,
                            "valign": "vcenter"})  # fmt: skip
    quiet = {**theme.FACE, "font_size": _HELP_SIZE, "font_color": COLOURS.quiet}
    small = book.add_format(quiet)
    bold = book.add_format({**theme.FACE, "bold": True, "font_size": theme.SHEET_SIZE})
    helping = book.add_format(
        {**quiet, "text_wrap": True, "valign": "top", "bg_color": COLOURS.paper}
    )
    begins: list[int] = []
    about, lines, header_lines = "", 1, 1
    for at, column in enumerate(log.columns):
        said, width = help_text(column), _width(column, help_text(column))
        sheet.write_blank(TITLE_ROW, at, None, band)
        if column.about == about:
            sheet.write_string(HELP_ROW, at, said, helping)
        else:
            sheet.write_rich_string(HELP_ROW, at, bold, column.about, small, f"\n{said}", helping)
            begins.append(at)
        more = int(column.about != about)
        lines = max(lines, _lines(said, width, _HELP_SIZE) + more)
        header_lines = max(
            header_lines, _lines(column.header, width - _FILTER, theme.SHEET_SIZE, True)
        )
        about = column.about
    sheet.write_string(TITLE_ROW, 0, f"{log.title}: one row is {log.row}", band)
    sheet.set_row_pixels(TITLE_ROW, 24)
    sheet.set_row_pixels(HELP_ROW, lines * 15 + 6)
    sheet.set_row_pixels(HEADER_ROW, header_lines * 17 + 8)
    return begins


def _cells(book: Any, column: BlankColumn) -> Any:
    """The format of a column's cells; text stays text, so that 001 keeps its zeros."""
    form: dict[str, Any] = {**theme.FACE, "valign": "top", "text_wrap": "text" in column.answer}
    form["num_format"] = _CODES.get(column.answer, "@" if "text" in column.answer else "General")
    return book.add_format(form)


def _validate(sheet: Any, at: int, column: BlankColumn, sources: dict[str, Any]) -> None:
    """What may be typed into a column, and the message beside each of its cells."""
    rule: dict[str, Any] = {
        "input_title": _cut(column.header, LONGEST_TITLE),
        "input_message": _cut(help_text(column), LONGEST_MESSAGE),
        "validate": "any",
    }
    if column.answer == "list":
        rule |= {"validate": "list", "source": sources[column.field]}
    elif column.answer in ("date", "date and time", "month"):
        rule |= {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    elif column.answer in ("whole", "number"):
        whole = column.answer == "whole"
        rule |= {"validate": "integer" if whole else "decimal", "criteria": "between",
                 "minimum": column.low or 0, "maximum": column.high}  # fmt: skip
    if rule["validate"] != "any":
        rule |= {"error_title": "Please check", "error_message": error_text(column)}
        # A service that opens tomorrow is no mistake; another answer could not be read.
        rule["error_type"] = "warning" if column.field == "service" else "stop"
    sheet.data_validation(FIRST_ROW, at, LAST_ROW, at, rule)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _width(column: BlankColumn, said: str) -> int:
    """Pixels of a column: wide enough for its answers, its header's words and its help."""
    words = max(text_width(word, theme.SHEET_SIZE, True) for word in column.header.split())
    width = max(_PIXELS[column.answer], math.ceil(words / theme.POINTS_PER_PIXEL) + _FILTER)
    if column.choices:
        longest = max(text_width(word, theme.SHEET_SIZE) for word in column.choices)
        width = max(width, min(math.ceil(longest / theme.POINTS_PER_PIXEL) + 30, 260))
    while (
        _lines(said, width, _HELP_SIZE) > _HELP_LINES
        or _lines(column.header, width - _FILTER, theme.SHEET_SIZE, True) > _HEADER_LINES
    ):
        width += 10
    return width


def _lines(text: str, pixels: float, size: float, bold: bool = False) -> int:
    """How many lines a text takes in a column, its words kept whole."""
    room, lines, used = pixels * theme.POINTS_PER_PIXEL - 6, 1, 0.0
    for word in text.split():
        wide = text_width(word + " ", size, bold)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        used += wide
    return lines


def _set_up_print(sheet: Any, log: BlankLog, breaks: Sequence[int]) -> None:
    """A4 landscape with the header on each sheet; a long log breaks where a group begins."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.7, 0.6)
    sheet.repeat_rows(HEADER_ROW)
    if breaks:
        sheet.repeat_columns(0)
        sheet.set_v_pagebreaks(list(breaks))
        sheet.set_print_scale(70)
    else:
        sheet.fit_to_pages(1, 0)
    sheet.set_header(f'&L&"{theme.FONT},Bold"&12 {log.title}')
    sheet.set_footer("&RPage &P of &N")


def _paint_how_to(book: Any, sheet: Any, log: BlankLog) -> None:
    title = book.add_format({**theme.FACE, "bold": True, "font_size": 14})
    wrapped = book.add_format({**theme.FACE, "text_wrap": True, "valign": "top"})
    header = book.add_format({**theme.FACE, "bold": True, "font_color": COLOURS.band_text,
                              "bg_color": COLOURS.band})  # fmt: skip
    sheet.write_string(0, 0, log.title, title)
    for down, tip in enumerate(_TIPS, start=1):
        sheet.write_string(down, 0, tip.format(row=log.row))
    if any(column.seldom for column in log.columns):
        sheet.write_string(
            len(_TIPS) + 1, 0, "Columns seldom needed are folded away at the right: click the +."
        )
    top = len(_TIPS) + 3
    for down, column in enumerate(log.columns, start=top + 1):
        texts = (column.header, column.needed, column.help, answer_text(column))
        for at, text in enumerate(texts):
            sheet.write_string(down, at, text, wrapped)
        lines = max(
            _lines(text, wide, theme.SHEET_SIZE)
            for text, wide in zip(texts, _HOW_TO_WIDTHS, strict=True)
        )
        sheet.set_row_pixels(down, lines * 17 + 4)
    heads = ("Header", "Needed?", "What to put in it", "Answers")
    sheet.add_table(
        top, 0, top + len(log.columns), len(heads) - 1,
        {"name": f"{log.log}_help", "style": "Table Style Light 1", "autofilter": False,
         "description": "What each column of the log is for.",
         "columns": [{"header": head, "header_format": header} for head in heads]},
    )  # fmt: skip
    for at, pixels in enumerate(_HOW_TO_WIDTHS):
        sheet.set_column_pixels(at, at, pixels)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
