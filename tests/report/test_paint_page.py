"""The page as painted: one A4 side, nothing under 8 points, no text lost, same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import openpyxl
import pages
import pytest

from learnpipe.report import theme
from learnpipe.report.page.paint_layout import HEIGHT, WIDTH, lay_out
from learnpipe.report.page.paint_page import bar_range
from learnpipe.report.page.paint_row import sentence
from learnpipe.report.page.paint_workbook import paint_workbook
from learnpipe.report.page.picture_set import PictureSet
from learnpipe.report.shapes import Page
from learnpipe.report.side_process import paint_jobs

PAGES = {
    "ordinary": pages.page(14),
    "fullest": pages.fullest(),
    "first month": pages.first_month(),
    "one service": pages.page(13, services=1),
    "forty services": pages.page(16, services=40),
    "six charts": replace(pages.page(15), charts=tuple(map(pages.chart, (4, 2, 6, 7, 11, 15)))),
    "no charts": replace(pages.page(15), charts=()),
}
# openpyxl leaves sparklines unread, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")
office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice"
)


def painted(page: Page, folder: Path, sheets: bool = True) -> Path:
    pictures = PictureSet(page, {})
    charts = pictures.in_workbook(paint_jobs(pictures.jobs, ""))
    path = folder / "page.xlsx"
    paint_workbook(page, pages.sheets() if sheets else (), charts, path)
    return path


def said(*command: object) -> str:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, timeout=120, check=True
    )
    return done.stdout.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every page as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("printed")
    books = []
    for name, page in PAGES.items():
        own = folder / name.replace(" ", "-")
        own.mkdir()
        books.append(painted(page, own).rename(folder / f"{own.name}.xlsx"))
    said("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless",
         "--convert-to", "pdf", "--outdir", folder, *books)  # fmt: skip
    return {name: folder / f"{name.replace(' ', '-')}.pdf" for name in PAGES}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def has_arial() -> bool:
    found = said("fc-match", "Arial") if shutil.which("fc-match") else ""
    return "Arial" in found or "Liberation" in found


@pytest.mark.parametrize("name", PAGES)
def test_layout_is_one_side(name: str) -> None:
    layout = lay_out(PAGES[name])
    paper = [mm - 2 * theme.MARGIN_MM for mm in theme.A4_LANDSCAPE_MM]
    points = [mm * theme.POINTS_PER_MM for mm in paper]
    assert layout.edges[-1] == WIDTH <= points[0] / theme.POINTS_PER_PIXEL
    assert sum(layout.heights) <= HEIGHT <= points[1] / theme.POINTS_PER_PIXEL
    assert all(0 < height < 546 for height in layout.heights)
    assert all(slot.width >= 90 and slot.height >= 75 for slot in layout.slots)
    assert len(layout.slots) == len(PAGES[name].charts)


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_overlaps_another(name: str) -> None:
    layout = lay_out(PAGES[name])
    for row in range(len(layout.heights)):
        spans = sorted((c.left, c.right) for c in layout.cells if c.row == row)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("name", PAGES)
def test_charts_stand_clear_of_cells_and_paper(name: str) -> None:
    layout = lay_out(PAGES[name])
    tops = [sum(layout.heights[:at]) for at in range(len(layout.heights) + 1)]
    for slot in layout.slots:
        for cell in layout.cells:
            apart = (
                cell.left >= slot.x + slot.width
                or cell.right <= slot.x
                or tops[cell.row] >= slot.y + slot.height
                or tops[cell.row + 1] <= slot.y
            )
            assert apart, (slot.spec.key, cell)


@pytest.mark.parametrize("name", PAGES)
def test_sentences_are_whole(name: str) -> None:
    page = PAGES[name]
    shown = squeezed("".join(text for c in lay_out(page).cells for _, text in c.runs))
    for row in page.rows:
        assert squeezed(row.sentence) in shown
        assert squeezed(row.title) in shown


def test_an_icon_stands_clear_of_the_rules_of_its_row(tmp_path: Path) -> None:
    page = pages.page(18, services=40)
    low = min(lay_out(page).heights[4:22])
    with zipfile.ZipFile(painted(page, tmp_path)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    icons = re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"/>', drawing)[len(page.charts) :]
    assert low < 18
    assert min(int(high) for _, high in icons) / 9525 <= low - 2  # EMU to pixels


def test_more_than_fits_is_cut_with_an_ellipsis() -> None:
    page = pages.page(18, "word " * 200)
    layout = lay_out(page)
    assert sum(layout.heights) <= HEIGHT
    assert any(text.endswith("…") for c in layout.cells for _, text in c.runs)


def test_a_drafted_sentence_says_so_and_a_blank_says_why() -> None:
    row = pages.metric(0, "More falls.", drafted=True)
    assert sentence(row) == (("italic", "Draft: "), ("", "More falls."))
    blank = replace(row, sentence="", drafted=False, why_blank="no feedback log supplied")
    assert sentence(blank) == (("", "No feedback log supplied."),)


def test_small_changes_are_not_blown_up() -> None:
    base, high = bar_range([0.90, 0.92])
    assert (0.90 - base) / (high - base) > 0.85
    assert bar_range([0.0, 0.0]) == (0.0, 1.0)
    assert bar_range([0.0, 4.0]) == (0.0, 4.0)


def test_same_page_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        painted(PAGES["ordinary"], tmp_path / name)
    assert (tmp_path / "a/page.xlsx").read_bytes() == (tmp_path / "b/page.xlsx").read_bytes()


def test_every_picture_has_alt_text_and_no_author_is_named(tmp_path: Path) -> None:
    path = painted(PAGES["ordinary"], tmp_path)
    with zipfile.ZipFile(path) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
        core = parts.read("docProps/core.xml").decode()
    alts = re.findall(r'descr="([^"]*)"', drawing)
    charts = [spec.alt for spec in PAGES["ordinary"].charts]
    assert alts[: len(charts)] == charts
    rows = PAGES["ordinary"].rows
    words = [row.variation_words for row in rows if row.variation != "too few points"]
    assert [alt for alt in alts[len(charts) :] if not alt.startswith("Target")] == words
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
    assert "2000-01-01T00:00:00Z" in core


def test_an_icon_is_embedded_once_however_often_it_stands_on_the_page(tmp_path: Path) -> None:
    page = PAGES["ordinary"]
    with zipfile.ZipFile(painted(page, tmp_path)) as parts:
        media = [name for name in parts.namelist() if name.startswith("xl/media/")]
        sizes = sorted(parts.getinfo(name).file_size for name in media)
        drawn = parts.read("xl/drawings/drawing1.xml").count(b"<xdr:pic>")
    kinds = {(row.variation, row.variation_words[-4:]) for row in page.rows if row.variation}
    kinds -= {("too few points", "ints")}
    targets = {row.assurance for row in page.rows if row.assurance}
    assert len(media) == len(page.charts) + len(kinds) + len(targets)
    assert drawn > len(media)
    assert sizes[len(kinds) + len(targets) - 1] < 3_000  # an icon is small


def test_the_page_is_set_up_for_print(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(painted(PAGES["ordinary"], tmp_path))
    sheet = book["One page"]
    assert book.sheetnames[0] == "One page"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_area
    sizes = {cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value}
    assert min(sizes) >= 8


def test_arial_is_arial_and_not_the_theme_font(tmp_path: Path) -> None:
    with zipfile.ZipFile(painted(PAGES["ordinary"], tmp_path)) as parts:
        fonts = parts.read("xl/styles.xml") + parts.read("xl/sharedStrings.xml")
    assert set(re.findall(rb'<(?:name|rFont) val="([^"]*)"', fonts)) == {b"Arial"}
    assert b"<scheme" not in fonts


def test_a_missing_picture_leaves_its_place_free(tmp_path: Path) -> None:
    paint_workbook(PAGES["ordinary"], (), {}, tmp_path / "page.xlsx")
    assert openpyxl.load_workbook(tmp_path / "page.xlsx")


@office
@pytest.mark.parametrize("name", PAGES)
def test_prints_on_one_a4_side(name: str, printed: dict[str, Path]) -> None:
    text = said("pdftotext", "-layout", printed[name], "-")
    first, second = text.split("\f")[:2]
    assert "Learning and governance page" in first
    assert "What it shows" in second
    size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", said("pdfinfo", printed[name]))
    assert size is not None
    assert [round(float(side)) for side in size.groups()] == [842, 595]


@office
@pytest.mark.parametrize("name", PAGES)
def test_prints_at_true_size_and_loses_no_text(name: str, printed: dict[str, Path]) -> None:
    if not has_arial():
        pytest.skip("no font with Arial's widths on this machine")
    heights = {
        float(high) - float(low)
        for low, high in re.findall(
            r'<word xMin="[\d.]+" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"',
            said("pdftotext", "-bbox", "-l", 1, printed[name], "-"),
        )
    }
    # A word's box is as high as ascent and descent: 1.117 times Arial's size. Symbols that Arial
    # lacks come from other fonts, none of them lower.
    assert min(heights) >= 8 * 1.1
    shown = squeezed(said("pdftotext", "-l", 1, printed[name], "-"))
    words = {squeezed(word) for row in PAGES[name].rows for word in row.sentence.split()}
    assert all(word in shown for word in words)
    for row in PAGES[name].rows:
        assert squeezed(row.sentence)[-20:] in shown
