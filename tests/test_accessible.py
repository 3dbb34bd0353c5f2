"""The Analysis Function's checklist for spreadsheets, over every sheet that we write.

Source: Government Analysis Function, "Releasing statistics in spreadsheets" and its checklist:
one marked table a sheet, one row of distinct headings, no merged cells, no empty rows, nothing
hidden, a title in the file's properties, pictures with alternative text, text that can be read.
The one page, the cover, the charts and the lists behind drop-downs are laid out and no tables.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from learnpipe.report.marked.marked import LIST_SHEET
from tests.commands import learnpipe
from tests.conftest import SampleRun

LAID_OUT = {"One page", "Cover", "Charts", "Lists"}
SMALLEST = {"One page": 6.0, "blank log": 9.0}
"""Points on the sheet. The page's own test holds it to 8 as printed; in a blank log the help above
the headings has 9. All else has 10."""
EVERYWHERE = 10.0
CONTRAST = 4.5
MARKED = ("incidents 2026-10.xlsx", "*.csv.xlsx")
"""A copy of a workbook, and one that had to be made anew."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_WORD = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True)
class Written:
    """A workbook that we wrote, and those of its sheets that are ours."""

    path: Path
    kind: str
    book: Workbook

    @property
    def sheets(self) -> Iterator[Worksheet]:
        """Our sheets: of a marked copy, the list of findings alone."""
        for sheet in self.book.worksheets:
            if self.kind != "marked" or sheet.title == LIST_SHEET:
                yield sheet

    @property
    def tables(self) -> Iterator[Worksheet]:
        """Our sheets that are not laid out for the eye."""
        return (sheet for sheet in self.sheets if sheet.title not in LAID_OUT)


@pytest.fixture(scope="module")
def workbooks(sample_run: SampleRun, tmp_path_factory: pytest.TempPathFactory) -> list[Written]:
    fresh = tmp_path_factory.mktemp("fresh") / "logs"
    assert learnpipe("init", fresh).returncode == 0
    found = [
        *((path, "month") for path in sorted(sample_run.folder.glob("*.xlsx"))),
        *((path, "blank log") for path in sorted(fresh.glob("*.xlsx"))),
        *(
            (path, "marked")
            for name in MARKED
            for path in (sample_run.output / "checked").rglob(name)
        ),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says what it leaves unread
        return [Written(path, kind, openpyxl.load_workbook(path)) for path, kind in found]


def said(one: Written, sheet: Worksheet, what: object = "") -> str:
    return f"{one.path.name} / {sheet.title} {what}".strip()


def test_there_is_something_of_each_kind(workbooks: list[Written]) -> None:
    assert {one.kind for one in workbooks} == {"month", "blank log", "marked"}
    assert all([*one.sheets] for one in workbooks)


def test_each_sheet_is_one_marked_table(workbooks: list[Written]) -> None:
    assert [
        said(one, sheet, len(sheet.tables))
        for one in workbooks for sheet in one.tables if len(sheet.tables) != 1
    ] == []  # fmt: skip


def test_no_cells_are_merged(workbooks: list[Written]) -> None:
    merged = [
        said(one, sheet) for one in workbooks for sheet in one.tables if sheet.merged_cells.ranges
    ]
    assert merged == []


def test_a_table_begins_in_the_first_column_and_ends_with_the_sheet(
    workbooks: list[Written],
) -> None:
    wrong = []
    for one in workbooks:
        for sheet in one.tables:
            (table,) = sheet.tables.values()
            left, top, right, bottom = range_boundaries(table.ref)
            beside = sheet.max_column > right or sheet.max_row > bottom
            if left != 1 or beside or (one.kind == "month" and top != 1):
                wrong.append(said(one, sheet, table.ref))
    assert wrong == []


def test_headings_are_distinct_and_there(workbooks: list[Written]) -> None:
    wrong = []
    for one in workbooks:
        for sheet in one.tables:
            (table,) = sheet.tables.values()
            _, top, right, _ = range_boundaries(table.ref)
            heads = [sheet.cell(top, column).value for column in range(1, right + 1)]
            plain = [str(head).casefold().strip() for head in heads if head]
            if len(plain) != len(heads) or len(set(plain)) != len(plain):
                wrong.append(said(one, sheet, heads))
            if [column.name for column in table.tableColumns] != [str(head) for head in heads]:
                wrong.append(said(one, sheet, "the table's own headings differ"))
    assert wrong == []


def test_no_row_is_empty(workbooks: list[Written]) -> None:
    wrong = []
    for one in workbooks:
        if one.kind == "blank log":
            continue  # to be filled in
        for sheet in one.tables:
            (table,) = sheet.tables.values()
            top = range_boundaries(table.ref)[1]
            rows = sheet.iter_rows(min_row=top, values_only=True)
            for number, row in enumerate(rows, start=top):
                if all(cell is None for cell in row):
                    wrong.append(said(one, sheet, number))
    assert wrong == []


def test_headings_stay_in_sight_and_are_printed_on_every_page(workbooks: list[Written]) -> None:
    wrong = [
        said(one, sheet)
        for one in workbooks
        for sheet in one.tables
        if one.kind == "month" and not (sheet.freeze_panes == "A2" and sheet.print_title_rows)
    ]
    assert wrong == []


def test_nothing_is_hidden(workbooks: list[Written]) -> None:
    wrong = []
    for one in workbooks:
        for sheet in one.sheets:
            sizes = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
            # Columns of a blank log that few need are folded away under a +, which opens them.
            hidden = any(size.hidden and not size.outlineLevel for size in sizes)
            if sheet.sheet_state != "visible" or hidden:
                wrong.append(said(one, sheet))
    assert wrong == []


def test_sheets_have_names_that_say_something(workbooks: list[Written]) -> None:
    for one in workbooks:
        names = one.book.sheetnames
        assert len({name.casefold() for name in names}) == len(names)
        assert not [name for name in names if re.fullmatch(r"(?i)sheet ?\d*", name)]


def test_the_properties_name_the_file_and_nobody(workbooks: list[Written]) -> None:
    for one in workbooks:
        if one.kind != "marked":  # where they are the provider's own
            about = one.book.properties
            assert about.title, one.path
            assert (about.creator or "", about.lastModifiedBy or "") == ("", "")
            assert not (about.description or about.keywords or about.subject)


def test_every_picture_has_its_text(workbooks: list[Written], sample_run: SampleRun) -> None:
    files = [one.path for one in workbooks if one.kind == "month"]
    files += sample_run.folder.glob("*.docx")
    pictures, silent = 0, []
    for path in files:
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if ".rels" in name or not re.search(r"drawings/|word/document\.xml", name):
                    continue
                tree = ElementTree.fromstring(parts.read(name))
                for mark in (*tree.iter(f"{_DRAWING}cNvPr"), *tree.iter(f"{_WORD}docPr")):
                    pictures += 1
                    told = mark.get("descr", "")
                    decorative = [one.get("val") for one in mark.iter(_DECORATIVE)]
                    if len(told) < 10 and decorative != ["1"]:
                        silent.append((path.name, mark.get("name"), told))
    assert pictures > 5
    assert silent == []


def test_user_text_is_never_a_formula_and_links_stay_inside(workbooks: list[Written]) -> None:
    wrong = []
    for one in workbooks:
        for sheet in one.sheets:
            for row in sheet.iter_rows():
                for cell in row:
                    link = cell.hyperlink
                    if cell.data_type == "f" or (link is not None and link.target):
                        wrong.append(said(one, sheet, cell.coordinate))
                    if link is not None and one.path.name.startswith("tender"):
                        wrong.append(said(one, sheet, cell.coordinate))
    assert wrong == []


def test_text_is_large_enough_and_stands_out_from_its_ground(workbooks: list[Written]) -> None:
    wrong = set()
    for one in workbooks:
        for sheet in one.sheets:
            looked: set[int] = set()
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is None or cell.style_id in looked:
                        continue
                    looked.add(cell.style_id)
                    font, fill = cell.font, cell.fill
                    ground = colour(fill.fgColor) if fill.fill_type == "solid" else (1.0, 1.0, 1.0)
                    seen = contrast(colour(font.color) if font.color else (0.0, 0.0, 0.0), ground)
                    least = SMALLEST.get(sheet.title, SMALLEST.get(one.kind, EVERYWHERE))
                    if (font.size or 11) < least or seen < CONTRAST:
                        wrong.add(said(one, sheet, (cell.coordinate, font.size, round(seen, 1))))
    assert wrong == set()


def colour(of: object) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1; a theme's colour is its black or white."""
    rgb = getattr(of, "rgb", None)
    if not isinstance(rgb, str):
        return (1.0, 1.0, 1.0) if getattr(of, "theme", 1) == 0 else (0.0, 0.0, 0.0)
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (2, 4, 6))
    return red, green, blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast ratio of two colours. Source: WCAG 2.2, relative luminance."""
    light = []
    for channels in (one, other):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        light.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(light) + 0.05) / (min(light) + 0.05)
