"""Paints marked copies that have to be made anew, and the list alone where there is no copy."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from learnpipe.ground.tables import Cell, Grid, letter_of
from learnpipe.report import theme
from learnpipe.report.marked import marked
from learnpipe.report.marked.marked import Job
from learnpipe.report.marked.marked_safety import refuse_if_large
from learnpipe.report.sheets.paint_sheets import FIRST_DATE, clean, sheet_names

CREATED = dt.datetime(2000, 1, 1)
LONGEST_SHEET = 31
FREEZE_DOWN_TO = 12
"""A header further down would fill the screen if it were frozen."""
SAMPLE_ROWS = 300
NARROWEST, WIDEST = 8.0, 45.0  # characters
_FORMATS = {"text": "@", "number": "General", "date": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm",
            "clock": "hh:mm", "span": "[h]:mm"}  # fmt: skip
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "header": {"bold": True, "bg_color": theme.MAKING_DATA_COUNT.head},
    "fix": {"bg_color": theme.MARK_TO_FIX},
    "look": {"bg_color": theme.MARK_TO_LOOK},
}


def paint_list(job: Job, why: str) -> bytes:
    """The findings of one log in a workbook of their own; ``why`` there is no copy, in half a
    sentence."""
    target = io.BytesIO()
    with _book(target) as book:
        _paint_list(book, book.add_worksheet(marked.LIST_SHEET), job, {}, job.advice(why_list=why))
    return target.getvalue()


def paint_anew(job: Job, grids: Sequence[Grid]) -> bytes:
    """A new workbook of a log's values with its marks; raises `NotCopied` if it is too large.

    Every cell stands where it stood, so that what is said of E14 is true of E14.
    """
    refuse_if_large(sum(len(row) for grid in grids for row in grid.cells))
    target = io.BytesIO()
    with _book(target) as book:
        names = sheet_names([marked.LIST_SHEET, *(grid.sheet or "Log" for grid in grids)])
        shown = {grid.sheet: name for grid, name in zip(grids, names[1:], strict=True)}
        front = book.add_worksheet(names[0])
        formats = _Formats(book)
        for grid in grids:
            sheet = book.add_worksheet(shown[grid.sheet])
            _paint_grid(sheet, grid, job, formats)
            if grid.hidden:
                sheet.hide()
        _paint_marks(book, shown, {grid.sheet: grid for grid in grids}, job, formats)
        links = {sheet: name for sheet, name in shown.items() if sheet not in job.hidden}
        _paint_list(book, front, job, links, job.advice(anew=True))
    return target.getvalue()


def _book(target: io.BytesIO) -> Any:
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "default_format_properties": theme.FACE | {"font_size": theme.SHEET_SIZE},
        },
    )
    book.set_properties({"title": "", "author": "", "created": CREATED})
    return book


class _Formats:
    """The formats of a workbook by kind of value and by style, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str], Any] = {}

    def get(self, kind: str, style: str) -> Any:
        """The format of one kind of value in one style."""
        if (kind, style) not in self._made:
            ink = {"font_color": theme.MARK_INK} if style != "plain" else {}
            self._made[kind, style] = self._book.add_format(
                {**theme.FACE, "font_size": theme.SHEET_SIZE, "valign": "top",
                 "num_format": _FORMATS[kind], **_STYLES[style], **ink}
            )  # fmt: skip
        return self._made[kind, style]


def _paint_grid(sheet: Any, grid: Grid, job: Job, formats: _Formats) -> None:
    """All cells of a sheet, each as the kind of value that it is."""
    header = job.header_rows.get(grid.sheet)
    for down, row in enumerate(grid.cells):
        style = "header" if down + 1 == header else "plain"
        for across, value in enumerate(row):
            if value is not None:
                _write(sheet, down, across, value, style, formats)
    width = max(map(len, grid.cells), default=0)
    for across, wide in enumerate(_widths(grid, width)):
        sheet.set_column(across, across, wide)
    if width:
        cells = f"A1:{letter_of(width - 1)}{len(grid.cells)}"
        sheet.ignore_errors({"number_stored_as_text": cells})
    if header and header <= FREEZE_DOWN_TO:
        sheet.freeze_panes(header, 0)


def _write(sheet: Any, down: int, across: int, value: Cell, style: str, formats: _Formats) -> None:
    """One value; what Excel has no kind for stands as text, and text is never a formula."""
    if isinstance(value, bool):
        sheet.write_boolean(down, across, value, formats.get("number", style))
    elif isinstance(value, (int, float)) and math.isfinite(value):
        sheet.write_number(down, across, value, formats.get("number", style))
    elif isinstance(value, dt.timedelta):
        sheet.write_datetime(down, across, value, formats.get("span", style))
    elif isinstance(value, dt.time):
        sheet.write_datetime(down, across, value, formats.get("clock", style))
    elif isinstance(value, dt.date) and _day(value) >= FIRST_DATE:
        timed = isinstance(value, dt.datetime) and value.time() != dt.time()
        sheet.write_datetime(down, across, value, formats.get("time" if timed else "date", style))
    else:
        sheet.write_string(down, across, clean(str(value)), formats.get("text", style))


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _widths(grid: Grid, width: int) -> list[float]:
    """A width for each column, by what stands in its first rows."""
    longest = [NARROWEST] * width
    for row in grid.cells[:SAMPLE_ROWS]:
        for across, value in enumerate(row):
            if value is not None:
                size = 16 if isinstance(value, dt.date) else len(str(value)) * 1.1
                longest[across] = min(max(longest[across], size), WIDEST)
    return longest


def _paint_marks(
    book: Any,
    shown: dict[str | None, str],
    grids: dict[str | None, Grid],
    job: Job,
    formats: _Formats,
) -> None:
    """Colour the cells of the job, and comment the first of them."""
    for number, ((name, row, letter), marks) in enumerate(job.by_cell().items()):
        if name not in shown:
            continue
        sheet = book.get_worksheet_by_name(shown[name])
        cell = f"{letter}{row}"
        style = "look" if marked.worst(marks) == "note" else "fix"
        down, across = _corner(sheet, cell)
        value = _value(grids[name], down, across)
        if value is None:
            sheet.write_blank(cell, None, formats.get("text", style))
        else:
            _write(sheet, down, across, value, style, formats)
        if number < marked.MOST_COMMENTS:
            words = clean(marked.comment_of(marks))
            sheet.write_comment(
                cell, words,
                {"author": marked.AUTHOR, "width": 330, "font_name": theme.FONT, "font_size": 9,
                 "height": 24 + 17 * marked.comment_lines(words)},
            )  # fmt: skip


def _corner(sheet: Any, cell: str) -> tuple[int, int]:
    from xlsxwriter.utility import xl_cell_to_rowcol

    down, across = xl_cell_to_rowcol(cell)
    return int(down), int(across)


def _value(grid: Grid, down: int, across: int) -> Cell:
    row = grid.cells[down] if down < len(grid.cells) else []
    return row[across] if across < len(row) else None


def _paint_list(
    book: Any,
    sheet: Any,
    job: Job,
    links: dict[str | None, str],
    advice: Sequence[str],
) -> None:
    """The list of findings, its cells linked to where they stand if ``links`` has their sheet."""
    palette = theme.MAKING_DATA_COUNT
    base = {**theme.FACE, "font_size": theme.SHEET_SIZE, "font_color": theme.MARK_INK}
    line = base | {"valign": "top", "text_wrap": True, "num_format": "@",
                   "bottom": 1, "bottom_color": palette.rule}  # fmt: skip
    title = book.add_format(base | {"font_size": theme.HEADING, "bold": True})
    plain = book.add_format(base)
    head = book.add_format(
        base | {"bold": True, "font_color": palette.band_text, "bg_color": palette.band}
    )
    link = book.add_format(line | {"font_color": theme.LINK, "underline": 1})
    cell = book.add_format(line)
    fills = {
        "note": book.add_format(line | {"bg_color": theme.MARK_TO_LOOK}),
        "fix": book.add_format(line | {"bg_color": theme.MARK_TO_FIX}),
    }
    sheet.write_string(0, 0, clean(job.title), title)
    for at, words in enumerate(advice, start=1):
        sheet.write_string(at, 0, clean(words), plain)
    top = row = len(advice) + 2
    for at, words in enumerate(marked.HEADS):
        sheet.write_string(top, at, words, head)
        sheet.set_column(at, at, marked.WIDTHS[at])
    for mark, texts in job.rows():
        row += 1
        if mark.sheet is None and mark.at:  # a text file has no sheets; its copy has one
            texts = (links.get(None, ""), *texts[1:])
        sheet.set_row(row, marked.line_height(texts))
        for at, words in enumerate(texts):
            form = fills["note" if mark.severity == "note" else "fix"] if at == 2 else cell
            sheet.write_string(row, at, clean(words), form)
        if mark.sheet in links and (mark.at or mark.sheet is not None):
            place = f"{mark.at[1]}{mark.at[0]}" if mark.at else "A1"
            target = f"internal:{marked.target_of(links[mark.sheet], place)}"
            sheet.write_url(row, 1, target, link, texts[1], f"Go to {place}")
    heads = [{"header": words, "header_format": head} for words in marked.HEADS]
    look = {"name": marked.LIST_TABLE, "style": None, "columns": heads}
    sheet.add_table(top, 0, max(row, top + 1), len(marked.HEADS) - 1, look)
    sheet.freeze_panes(top + 1, 0)
    sheet.hide_gridlines(2)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.activate()
