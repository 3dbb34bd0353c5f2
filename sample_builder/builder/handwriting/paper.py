"""Sheets of cells, and files that come out with the same bytes on every day and machine."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf import table, text
from odf.opendocument import OpenDocumentSpreadsheet


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the spreadsheet program saved beside it."""

    text: str
    value: float | str


Cell = str | float | date | time | Formula | None


@dataclass
class Sheet:
    """A sheet: rows of cells from A1, merged ranges (0-based, inclusive), hidden or not."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    bold: set[int] = field(default_factory=set)

    def add(self, *cells: Cell) -> int:
        """Add one row and return its Excel row number."""
        self.rows.append(list(cells))
        return len(self.rows)

    def header(self, *cells: Cell) -> int:
        """Add one row in bold and return its Excel row number."""
        self.bold.add(len(self.rows))
        return self.add(*cells)


def letter(column: int) -> str:
    """Excel's letter of a 0-based column.

    >>> letter(0), letter(27)
    ('A', 'AB')
    """
    return (letter(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def write_xlsx(path: Path, sheets: list[Sheet], saved: date, from_1904: bool = False) -> None:
    """Write a workbook whose properties say that it was saved on `saved`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"date_1904": from_1904, "default_date_format": "dd/mm/yyyy"}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": datetime.combine(saved, time(9)), "author": "Hazelbrook Care"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    clock = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    hours = book.add_format({"num_format": "hh:mm"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.set_column(0, 60, 15)
        if sheet.hidden:
            page.hide()
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                if isinstance(cell, Formula):
                    page.write_formula(r, c, cell.text, None, cell.value)
                elif isinstance(cell, datetime):
                    page.write_datetime(r, c, cell, clock)
                elif isinstance(cell, time):
                    page.write_datetime(r, c, cell, hours)
                elif isinstance(cell, date):
                    page.write_datetime(r, c, datetime.combine(cell, time()))
                elif isinstance(cell, str):
                    page.write_string(r, c, cell, bold if r in sheet.bold else None)
                else:
                    page.write(r, c, cell)
        for top, left, bottom, right in sheet.merged:
            cells = sheet.rows[top]
            page.merge_range(top, left, bottom, right, cells[left], bold)
    book.close()


def write_xls(path: Path, sheets: list[Sheet]) -> None:
    """Write an old Excel 97 workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlwt.Workbook(encoding="utf-8")
    days = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    clock = xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                if isinstance(cell, datetime):
                    page.write(r, c, cell, clock)
                elif isinstance(cell, date):
                    page.write(r, c, cell, days)
                else:
                    page.write(r, c, cell)
    book.save(str(path))


def write_ods(path: Path, sheets: list[Sheet]) -> None:
    """Write an OpenDocument spreadsheet, its zip entries dated 1980."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = OpenDocumentSpreadsheet()
    for sheet in sheets:
        page = table.Table(name=sheet.name)
        for row in sheet.rows:
            line = table.TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            page.addElement(line)
        book.spreadsheet.addElement(page)
    raw = io.BytesIO()
    book.write(raw)
    path.write_bytes(_dated_1980(raw.getvalue()))


def _ods_cell(cell: Cell) -> Any:
    if cell is None:
        return table.TableCell()
    if isinstance(cell, date):
        made = table.TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, int | float):
        made = table.TableCell(valuetype="float", value=str(cell))
    else:
        made = table.TableCell(valuetype="string")
    made.addElement(text.P(text=str(cell)))
    return made


def _dated_1980(raw: bytes) -> bytes:
    """The same zip with every entry dated 1 January 1980, in the same order.

    >>> raw = io.BytesIO()
    >>> with zipfile.ZipFile(raw, "w") as pack:
    ...     pack.writestr("a.xml", "<a/>")
    >>> zipfile.ZipFile(io.BytesIO(_dated_1980(raw.getvalue()))).infolist()[0].date_time[0]
    1980
    """
    sealed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(sealed, "w") as new:
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fresh.compress_type = entry.compress_type
            fresh.create_system = 3
            new.writestr(fresh, old.read(entry))
    return sealed.getvalue()
