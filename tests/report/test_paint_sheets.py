"""The sheets behind the page: real tables, text that stays text, dates and shares as such."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pages
import pytest
from openpyxl import Workbook

from learnpipe.report.page.paint_workbook import paint_workbook
from learnpipe.report.shapes import Sheet, SheetColumn
from learnpipe.report.sheets.paint_sheets import LONGEST_TEXT, clean, sheet_names

# openpyxl leaves sparklines unread, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    paint_workbook(pages.page(13), pages.sheets(), {}, path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def test_order_of_sheets(book: Workbook) -> None:
    assert book.sheetnames == [
        "One page", "About these sheets", "All measures", "Did it hold", "Sparkline data",
    ]  # fmt: skip


def test_each_is_a_real_table(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A1:")
        assert table.autoFilter is not None
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.merged_cells.ranges
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P" in sheet.oddFooter.right.text


def test_cells_are_what_they_are(book: Workbook) -> None:
    sheet = book["All measures"]
    kinds = [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]]
    day = dt.datetime(2026, 10, 31)
    assert kinds == [
        ("Oak House", "s", "@"), ("=cmd|' /C calc'!A0", "s", "@"), (27, "n", "#,##0"),
        (0.85, "n", "0%"), (3.25, "n", "#,##0.0##"), (day, "d", "dd/mm/yyyy"),
        (day, "d", "mmm yyyy"),
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]][:3] == ["+44 20", "https://example.org/x", 0]
    assert [cell.value for cell in sheet[4]][:2] == ["007", "bell  and lone "]
    assert sheet["E4"].value is None
    assert len(sheet["B5"].value) == LONGEST_TEXT
    assert sheet["B5"].value.endswith("…")
    assert sheet["F5"].value == dt.datetime(2026, 10, 31, 14, 30)


def test_an_empty_table_says_so(book: Workbook) -> None:
    assert book["Did it hold"]["A2"].value == "Nothing to show"


def test_no_formulas_and_links_only_inside(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        names = parts.namelist()
        sheets = [parts.read(name).decode() for name in names if "worksheets/sheet" in name]
    assert not any("<f>" in sheet for sheet in sheets)
    assert not [name for name in names if "externalLink" in name]
    assert "http://example" not in "".join(sheets)


def test_contents_lead_to_every_sheet(book: Workbook) -> None:
    sheet = book["About these sheets"]
    others = [name for name in book.sheetnames if name != sheet.title]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == others
    assert "laid out for print" in sheet["B2"].value
    assert sheet["A3"].hyperlink.location == "'All measures'!A1"
    assert sheet["B3"].value == "Every measure of every service."


def test_rare_characters_count_twice() -> None:
    assert len(clean("😀" * 20_000).encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_names_that_excel_allows() -> None:
    assert sheet_names(["a/b", "History", "x" * 40, "X" * 40, "", "'q'"]) == [
        "ab", "History (2)", "x" * 31, "X" * 27 + " (2)", "Sheet", "q",
    ]  # fmt: skip


def test_same_headings_are_told_apart(tmp_path: Path) -> None:
    twice = Sheet("T", "T", "", (SheetColumn("On"), SheetColumn("on")), (("a", "b"),))
    paint_workbook(pages.page(13), (twice,), {}, tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["T"]
    assert [cell.value for cell in sheet[1]] == ["On", "on (2)"]


def test_five_thousand_rows_are_quick(tmp_path: Path) -> None:
    columns = tuple(SheetColumn(f"c{n}", "text" if n % 2 else "whole") for n in range(8))
    rows = tuple(tuple(f"v{r % 90}" if n % 2 else r for n in range(8)) for r in range(5_000))
    big = Sheet("Big", "Big", "", columns, rows)
    start = time.process_time()
    paint_workbook(pages.page(13), (), {}, tmp_path / "small.xlsx")
    without = time.process_time() - start
    start = time.process_time()
    paint_workbook(pages.page(13), (big,), {}, tmp_path / "big.xlsx")
    # Quadratic work would take minutes; a slow machine may take a second or two.
    assert time.process_time() - start - without < 3


def test_long_text_is_given_the_lines_it_needs(tmp_path: Path) -> None:
    columns = (SheetColumn("A", "text", 10), SheetColumn("What counts", "long text", 40))
    rows = (("short", "short"), ("long", "word " * 60), ("lines", "one\ntwo"))
    paint_workbook(pages.page(13), (Sheet("T", "T", "", columns, rows),), {}, tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["T"]
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[0] is None or heights[0] < 15
    assert heights[1] >= 7 * 12.75
    assert heights[2] == 2 * 12.75


def test_importing_the_painter_loads_no_matplotlib() -> None:
    code = (
        "import sys, learnpipe.report.page.paint_workbook\n"
        "import learnpipe.report.pictures.paint_charts\n"
        "sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
