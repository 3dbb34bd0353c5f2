"""Which pictures a report has, and where each goes once it is painted."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pages
import pytest
import typical_charts as typical

from learnpipe.report import theme
from learnpipe.report.page.paint_layout import chart_slot
from learnpipe.report.page.paint_workbook import paint_workbook
from learnpipe.report.page.picture_set import PictureSet, page_icons
from learnpipe.report.pictures.icons import Icon, assurance_icon, variation_icon
from learnpipe.report.shapes import Sheet, SheetColumn
from learnpipe.report.sharing.note_shapes import Note
from learnpipe.report.side_process import SideProcess, paint_jobs

PAGE = pages.page(14)
PICTURES = PictureSet(PAGE, {"Themes": typical.THEMES})
# openpyxl leaves sparklines unread, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")


def test_charts_are_painted_for_slides_and_for_the_page() -> None:
    """Letters stand for the pictures that a painter would give back, in the order of the jobs."""
    shared = (*PAGE.charts[:2], typical.THEMES)
    others = PICTURES.others(shared)
    painted = [f"{at}".encode() for at in range(len(PICTURES.jobs))]
    painted_later = [f"later {at}".encode() for at in range(len(others))]
    files = PICTURES.files(shared, painted, painted_later)
    book = PICTURES.in_workbook(painted)
    assert list(files) == [one.file for one in shared]
    known = (*PICTURES.jobs, *others), (*painted, *painted_later)
    sizes = {png: size for (_, size), png in zip(*known, strict=True)}
    names = [chart.file for chart in PAGE.charts]
    assert {sizes[files[name]] for name in names[:2]} == {theme.CHART_SIZE}
    assert {sizes[book[name]] for name in names} == {chart_slot(PAGE)}
    assert files["themes.png"] == book["themes.png"]  # painted once for both
    assert {icon.file for icon in page_icons(PAGE)} <= set(book)


def test_a_painter_without_a_process_paints_the_same() -> None:
    jobs = PICTURES.jobs[:1]
    alone, beside = SideProcess(), SideProcess()
    beside.start()
    note = Note("What changed", "", (), ())
    later = PICTURES.others(PAGE.charts[:1])
    for painter in (alone, beside):
        painter.begin(jobs, "high contrast")
        painter.hand_over(later, note)
    assert alone.pictures() == beside.pictures() == paint_jobs(jobs, "high contrast")
    assert alone.others() == beside.others() == paint_jobs(later, "high contrast")
    beside.end()


def test_icons_follow_meaning_and_side() -> None:
    assert variation_icon("concern", "Concern: high") == Icon("variation", "concern", "H")
    assert variation_icon("improvement", "Improvement: low") == Icon(
        "variation", "improvement", "L"
    )
    assert variation_icon("common", "Usual range") == Icon("variation", "common")
    assert variation_icon("low", "Low") == Icon("variation", "low", "L")
    assert assurance_icon("missed") == Icon("assurance", "missed")
    # Nothing is said, so there is no icon.
    assert variation_icon("too few points", "Too few points") is None
    assert variation_icon("", "") is None
    assert assurance_icon("") is None


def test_a_picture_stands_right_of_its_table_with_its_text_and_only_the_table_prints(
    tmp_path: Path,
) -> None:
    themes = Sheet(
        "Themes", "Themes", "By size.", (SheetColumn("Theme"), SheetColumn("Signals", "whole")),
        (("falls", 3), ("skin", 2)),
    )  # fmt: skip
    path = tmp_path / "book.xlsx"
    painted = PICTURES.in_workbook(paint_jobs(PICTURES.jobs, ""))
    paint_workbook(PAGE, (themes,), painted, path, beside=PICTURES.beside)
    sheet = openpyxl.load_workbook(path)["Themes"]
    (picture,) = sheet._images
    # Table in columns A and B, one free, the picture from D2.
    assert (picture.anchor._from.col, picture.anchor._from.row) == (3, 1)
    assert sheet.print_area == "'Themes'!$A$1:$B$3"
    with zipfile.ZipFile(path) as parts:
        drawn = [parts.read(n) for n in parts.namelist() if n.startswith("xl/drawings/drawing")]
    assert any(typical.THEMES.alt.encode() in part for part in drawn)
