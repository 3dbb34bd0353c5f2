"""Paints the sheets behind the page: each a real Excel table with its header in the first row."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import Any

from learnpipe.report import theme
from learnpipe.report.paint_fit import text_width
from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.theme import Palette

LONGEST_TEXT = 32_767  # characters in a cell, by Excel's limits
DIGIT, FILTER = 7.5, 24  # pixels of a digit of Arial 10 (rounded up) and of a filter's arrow
ROW, HIGHEST = 17, 540  # pixels of a line of Arial 10, and of the highest row that Excel allows
TIMED = 16.0  # digits of a date with its time
CONTENTS_SHEET = "About these sheets"
FIRST_DATE = dt.date(1900, 3, 1)  # Excel's calendar is right from here on
# Control characters, lone surrogates and non-characters, which XML 1.0 does not allow.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMATS = {
    "text": "@", "long text": "@", "whole": "#,##0", "number": "#,##0.0##", "share": "0%",
    "date": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm", "month": "mmm yyyy",
    "figure": "#,##0;-#,##0;0;@",
}  # fmt: skip


def clean(text: str) -> str:
    """``text`` without what XML does not allow, cut with … to what a cell can hold.

    >>> clean("a" + chr(0) + "b")
    'ab'
    """
    if len(text) < 200 and text.isprintable():  # most cells, told apart fast
        return text
    text = _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    # Excel counts UTF-16 units, of which a rare character takes two.
    if len(text) <= LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le")[: (LONGEST_TEXT - 1) * 2]
    return units.decode("utf-16-le", "ignore") + "…"


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel allows and that differ, for the names that we would like.

    >>> sheet_names(["Did it hold?", "did it hold"])
    ['Did it hold', 'did it hold (2)']
    """
    taken, names = {"history"}, []
    for name in wanted:
        plain = re.sub(r"[\[\]:*?/\\]", "", clean(name)).replace("\n", " ").strip(" '")[:31]
        plain, number = plain or "Sheet", 1
        unique = plain
        while unique.casefold() in taken:
            number += 1
            unique = f"{plain[: 31 - len(f' ({number})')]} ({number})"
        taken.add(unique.casefold())
        names.append(unique)
    return names


class SheetFormats:
    """The formats of the sheets behind the page, each made once."""

    def __init__(self, book: Any, palette: Palette) -> None:
        base = {
            **theme.FACE, "font_size": theme.SHEET_SIZE, "font_color": palette.text,
            "valign": "top", "text_wrap": True, "bottom": 4, "bottom_color": palette.rule,
        }  # fmt: skip
        self.kinds = {
            kind: book.add_format(
                base
                | {"num_format": code, "align": "left" if "text" in kind else "right"}
                | ({"indent": 1} if kind == "figure" else {})
            )
            for kind, code in _FORMATS.items()
        }
        header = base | {
            "bold": True, "font_color": palette.band_text, "bg_color": palette.band,
            "valign": "vcenter",
        }  # fmt: skip
        of_text = book.add_format(header | {"align": "left"})
        # Above its numbers, as far from the edge as the filter's arrow needs.
        of_numbers = book.add_format(header | {"align": "right", "indent": 2})
        self.headers = {kind: of_text if "text" in kind else of_numbers for kind in _FORMATS}
        self.link = book.add_format(base | {"font_color": "#0b4f8a", "underline": 1})


def paint_sheet(book_sheet: Any, sheet: Sheet, formats: SheetFormats, number: int) -> None:
    """Fill a worksheet with one table; ``number`` makes the table's name unique in the workbook."""
    columns = sheet.columns or (SheetColumn("Note", "text", 40),)
    rows: Sequence[Sequence[Cell]] = sheet.rows or ((sheet.empty,),)
    heads = _distinct([clean(column.title).replace("\n", " ") for column in columns])
    lines = [1] * (len(rows) + 1)
    for at, (column, head) in enumerate(zip(columns, heads, strict=True)):
        values = [row[at] if at < len(row) else None for row in rows]
        timed = column.kind == "date" and any(map(_timed, values))
        width = _width(column, head, TIMED if timed else 0.0)
        book_sheet.set_column_pixels(at, at, width)
        lines[0] = max(lines[0], _lines(head, width - FILTER, bold=True))
        _raise(lines, values, width)
    book_sheet.set_default_row(ROW * theme.POINTS_PER_PIXEL)
    for down, count in enumerate(lines):
        if count > 1:
            book_sheet.set_row_pixels(down, min(count * ROW, HIGHEST))
    kinds = formats.kinds
    write_string, write_number = book_sheet.write_string, book_sheet.write_number
    for at, column in enumerate(columns):
        form = kinds[column.kind]
        text_form = form if column.kind in ("month", "figure") and sheet.rows else kinds["text"]
        for down, row in enumerate(rows, start=1):
            value = row[at] if at < len(row) else None
            if value is None or value == "":
                continue
            if type(value) is str:
                write_string(down, at, clean(value), text_form)
            elif type(value) is int and abs(value) < 10**15:
                write_number(down, at, value, form)
            else:
                _write(book_sheet, down, at, value, form, kinds)
    book_sheet.add_table(
        0, 0, len(rows), len(columns) - 1,
        {
            "name": f"table_{number}_{re.sub(r'[^A-Za-z0-9]+', '_', sheet.name).strip('_')}"[:200],
            "style": "Table Style Light 1",
            "banded_rows": False,
            "description": clean(sheet.intro)[:250],
            "columns": [
                {"header": head, "header_format": formats.headers[column.kind]}
                for head, column in zip(heads, columns, strict=True)
            ],
        },
    )  # fmt: skip
    set_up(book_sheet, sheet.title)


def _write(
    book_sheet: Any, row: int, column: int, value: Any, form: Any, kinds: dict[str, Any]
) -> None:
    """Write what is rarer than a text or a whole number, as what it is."""
    if isinstance(value, bool):
        book_sheet.write_string(row, column, "Yes" if value else "No", kinds["text"])
    elif isinstance(value, float) and math.isfinite(value):
        book_sheet.write_number(row, column, value, form)
    elif isinstance(value, dt.date):
        _write_date(book_sheet, row, column, value, form, kinds)
    elif not isinstance(value, float):
        book_sheet.write_string(row, column, clean(str(value)), kinds["text"])


def _write_date(
    book_sheet: Any, row: int, column: int, value: dt.date, form: Any, kinds: dict[str, Any]
) -> None:
    day = value.date() if isinstance(value, dt.datetime) else value
    if day < FIRST_DATE:
        book_sheet.write_string(row, column, f"{day:%d/%m/}{day.year:04}", kinds["text"])
        return
    timed = _timed(value)
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
    if form is not kinds["month"]:
        form = kinds["time"] if timed else kinds["date"]
    book_sheet.write_datetime(row, column, value, form)


def _raise(lines: list[int], values: Sequence[Cell], width: int) -> None:
    """Give the rows of a column as many lines as its texts need."""
    surely_one = int(width / DIGIT / 1.5)  # even of capitals
    for down, value in enumerate(values, start=1):
        if type(value) is str and (len(value) > surely_one or "\n" in value):
            lines[down] = max(lines[down], _lines(value, width))


def _lines(text: str, width: float, bold: bool = False) -> int:
    """About how many lines a text takes: at the end of each, half a long word's room is lost."""
    room = width * theme.POINTS_PER_PIXEL - 4
    total = 0
    for part in text[:4000].split("\n"):
        wide = text_width(part, theme.SHEET_SIZE, bold)
        total += 1 if wide <= room else max(2, math.ceil(wide / max(room - 22, 22)))
    return total


def _timed(value: Cell) -> bool:
    return isinstance(value, dt.datetime) and value.time() != dt.time()


def _width(column: SheetColumn, head: str, least: float) -> int:
    """The column's width in pixels; wide enough for each word of its heading and the filter."""
    word = max((text_width(word, theme.SHEET_SIZE, True) for word in head.split()), default=0)
    pixels = max(max(column.width, least) * DIGIT + 5, word / theme.POINTS_PER_PIXEL + FILTER)
    return round(min(pixels, 100 * DIGIT))


def _distinct(heads: Sequence[str]) -> list[str]:
    """Headings that differ (Excel repairs a table whose headings do not)."""
    seen: dict[str, int] = {}
    out = []
    for head in heads:
        head = head[:250] or "Column"
        count = seen[head.casefold()] = seen.get(head.casefold(), 0) + 1
        out.append(head if count == 1 else f"{head} ({count})")
    return out


def paint_contents(
    book_sheet: Any, sheets: Sequence[Sheet], names: Sequence[str], formats: SheetFormats
) -> None:
    """Fill the sheet that names every sheet, with a link and the sentence that says what it is."""
    columns = (
        SheetColumn("Sheet", "text", 26),
        SheetColumn("What it shows", "long text", 90),
        SheetColumn("Rows", "whole", 8),
    )
    rows = tuple(
        (name, sheet.intro or sheet.title, len(sheet.rows) if sheet.columns else None)
        for sheet, name in zip(sheets, names, strict=True)
    )
    paint_sheet(book_sheet, Sheet(CONTENTS_SHEET, CONTENTS_SHEET, "", columns, rows), formats, 0)
    for down, name in enumerate(names, start=1):
        target = "internal:'{}'!A1".format(name.replace("'", "''"))
        book_sheet.write_url(down, 0, target, formats.link, name, f"Go to the sheet {name}")


def set_up(book_sheet: Any, title: str) -> None:
    """Frozen header, print titles, landscape, one page wide, title above and page number below."""
    book_sheet.freeze_panes(1, 0)
    book_sheet.repeat_rows(0)
    book_sheet.set_landscape()
    book_sheet.set_paper(9)
    book_sheet.fit_to_pages(1, 0)
    book_sheet.set_margins(0.4, 0.4, 0.7, 0.6)
    plain = clean(title).replace("\n", " ")[:100].replace("&", "&&")
    book_sheet.set_header(f'&L&"{theme.FONT},Bold"&12 {plain}')
    book_sheet.set_footer("&RPage &P of &N")
