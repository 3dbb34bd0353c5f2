"""Workbooks as people keep them: cells where Excel shows them, with the values Excel shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from parts import GOOD_ROW, open_document, sheet, workbook

from learnpipe.read.workbooks import read_grids


def leading_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Log")
        page.write("D3", "here")
        page.write("F5", 7)
        page.write("H9", None, book.add_format({"bold": True}))


def leading_xls(path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Log")
    page.write(2, 3, "here")
    page.write(4, 5, 7)
    book.save(str(path))


def leading_ods(path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    page = Table(name="Log")
    for row in range(5):
        line = TableRow()
        for column in range(6):
            cell = TableCell()
            if (row, column) == (2, 3):
                cell = TableCell(valuetype="string")
                cell.addElement(P(text="here"))
            elif (row, column) == (4, 5):
                cell = TableCell(valuetype="float", value=7)
            line.addElement(cell)
        page.addElement(line)
    document.spreadsheet.addElement(page)
    document.save(str(path))


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_leading_empty_rows_and_columns_keep_their_place(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"log.{suffix}"
    {"xlsx": leading_xlsx, "xls": leading_xls, "ods": leading_ods}[suffix](path)
    (read,) = read_grids(path, path.name)
    filled = {
        (row, column): value
        for row, cells in enumerate(read.cells)
        for column, value in enumerate(cells)
        if value is not None
    }
    assert filled == {(2, 3): "here", (4, 5): 7}
    assert (read.sheet, len(read.cells), max(map(len, read.cells))) == ("Log", 5, 6)


def test_hidden_sheets_charts_and_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Log")
        page.merge_range("B1:D1", "Incident")
        page.merge_range("A3:B3", "below all values")
        page.write_row("A2", ["ref", "seen", "told", "done"])
        book.add_worksheet("Lists").hide()
        book.add_worksheet("Deep").very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Log!$A$2:$A$3"})
        book.add_chartsheet("Chart").set_chart(chart)
    grids = read_grids(path, "log.xlsx")
    assert [(g.sheet, g.hidden, bool(g.cells)) for g in grids] == [
        ("Log", False, True),
        ("Lists", True, False),
        ("Deep", True, False),
        ("Chart", False, False),
    ]
    assert grids[0].merged == ((0, 1, 0, 3), (2, 0, 2, 1))


def test_merged_cells_of_xls(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Log")
    page.write_merge(0, 1, 1, 2, "Incident")
    page.write(4, 4, "x")
    book.save(str(tmp_path / "log.xls"))
    assert read_grids(tmp_path / "log.xls", "log.xls")[0].merged == ((0, 1, 1, 2),)


def test_a_merged_area_ends_with_the_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", sheet(
        '<row r="2"><c r="B2"><v>1</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="C9:D9"/></mergeCells>',
    ))  # fmt: skip
    assert read_grids(path, "x.xlsx")[0].merged == ((0, 0, 1, 1),)


def test_values_come_as_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        forms = [
            {"num_format": form} for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm")
        ]
        values = (
            dt.date(2024, 2, 29),
            dt.datetime(2024, 2, 29, 13, 5),
            dt.time(10, 30),
            dt.timedelta(1.5),
        )
        for column, (value, form) in enumerate(zip(values, forms, strict=True)):
            page.write_datetime(0, column, value, book.add_format(form))
        page.write_row("E1", [True, "001", 1.5, "NA", " "])
    assert read_grids(path, "log.xlsx")[0].cells == [[*values, True, "001", 1.5, "NA", " "]]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_dates_counted_from_1904_are_right(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"log.{suffix}"
    if suffix == "xlsx":
        with xlsxwriter.Workbook(path, {"date_1904": True}) as modern:
            form = modern.add_format({"num_format": "dd/mm/yyyy"})
            modern.add_worksheet().write_datetime("A1", dt.datetime(2024, 2, 29), form)
    else:
        old = xlwt.Workbook()
        old.dates_1904 = True
        old.add_sheet("x").write(
            0, 0, dt.date(2024, 2, 29), xlwt.easyxf(num_format_str="dd/mm/yyyy")
        )
        old.save(str(path))
    assert read_grids(path, path.name)[0].cells == [[dt.date(2024, 2, 29)]]


def test_a_length_of_time_in_ods(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="time" office:time-value="PT31H12M00S"/>'
    path = open_document(tmp_path / "x.ods", f"<table:table-row>{cell}</table:table-row>")
    assert read_grids(path, "x.ods")[0].cells == [[dt.timedelta(hours=31, minutes=12)]]


def test_empty_rows_and_columns_at_the_end_are_cut(tmp_path: Path) -> None:
    rows = GOOD_ROW.replace("</row>", '<c r="E1" s="0"/></row><row r="9"><c r="B9" s="0"/></row>')
    path = workbook(tmp_path / "x.xlsx", sheet(rows))
    assert read_grids(path, "x.xlsx")[0].cells == [[1.0]]


def test_a_dimension_that_lies_changes_nothing(tmp_path: Path) -> None:
    for said in ("A1", "A1:XFD1048576", "C9:D10"):
        rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        path = workbook(tmp_path / "x.xlsx", sheet(rows, before=f'<dimension ref="{said}"/>'))
        assert read_grids(path, "x.xlsx")[0].cells == [[1.0, 2.0]]


def test_blanks_around_values_are_read_past(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="s"><v> 2 </v></c><c r="B1" t="s"><v>\n1\n</v></c>'
        '<c r="C1"><v> 5.5</v></c><c r="D1"><v>7 </v></c></row>'
    )
    path = workbook(tmp_path / "x.xlsx", sheet(rows))
    assert read_grids(path, "x.xlsx")[0].cells == [["two", "one", 5.5, 7.0]]


def test_formulas_without_a_result_and_errors_are_said(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f>1</f><v></v></c><c r="C1"><f>1</f><v/></c>'
        '<c r="D1"><f>1</f></c><c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><f>2</f><v>2</v></c>'
        '<c r="G1"><f t="shared" si="0"/></c><c r="H1" t="e"><v>#REF!</v></c></row>'
    )
    path = workbook(tmp_path / "x.xlsx", sheet(GOOD_ROW), sheet(rows))
    clean, odd = read_grids(path, "x.xlsx")
    assert (clean.findings, odd.cells) == ((), [[None] * 5 + [2.0]])
    assert [(f.code, f.severity, str(f.place)) for f in odd.findings] == [
        ("formula-without-value", "note", 'x.xlsx, sheet "S2"'),
        ("error-in-cell", "note", 'x.xlsx, sheet "S2"'),
    ]
    assert odd.findings[0].problem.startswith("Cells A1, B1, C1 and 2 more: formula with no result")
    assert odd.findings[0].fix.startswith("Open the file in Excel, save it")
    assert odd.findings[1].problem.startswith("Cell H1: an error such as #REF!")


def test_a_workbook_under_another_workbooks_suffix_is_read(tmp_path: Path) -> None:
    leading_xlsx(tmp_path / "really.xls")
    leading_xls(tmp_path / "old.xlsx")
    for name in ("really.xls", "old.xlsx"):
        assert read_grids(tmp_path / name, name)[0].cells[2][3] == "here"


@pytest.mark.parametrize("rows", [65_536, 1_048_576])
def test_a_sheet_that_ends_where_excel_does_is_noted(tmp_path: Path, rows: int) -> None:
    far = f'{GOOD_ROW}<row r="{rows}"><c r="A{rows}"><v>1</v></c></row>'
    (read,) = read_grids(workbook(tmp_path / "x.xlsx", sheet(far)), "x.xlsx")
    assert (len(read.cells), [f.code for f in read.findings]) == (rows, ["may-be-cut-off"])
    assert f"row {rows:,}" in read.findings[0].problem


def test_a_missing_file_is_not_swallowed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_grids(tmp_path / "none.xlsx", "none.xlsx")
