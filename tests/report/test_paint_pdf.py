"""The page as a PDF: the same figures, one tagged A4 side, nothing under 8 points, same bytes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_reading import reader, sizes, squeezed, tags, words

from learnpipe.report.page.paint_pdf import paint_pdf
from learnpipe.report.page.pdf_page import MARK, names_free
from learnpipe.report.page.picture_set import PictureSet
from learnpipe.report.shapes import Page
from learnpipe.report.side_process import SideProcess, paint_jobs, print_page
from learnpipe.report.theme import HIGH_CONTRAST, MAKING_DATA_COUNT

PAGES = {
    "ordinary": pages.page(14),
    "fullest": pages.fullest(),
    "first month": pages.first_month(),
    "one service": pages.page(13, services=1),
    "forty services": pages.page(16, services=40),
    "no rows": replace(pages.page(14), rows=(), charts=()),
    "endless sentences": pages.page(18, pages.LONG * 9, services=40),
}
LEAST = 8.0


def printed(page: Page) -> bytes:
    return paint_pdf(page, {}, MAKING_DATA_COUNT)


@pytest.fixture(scope="module")
def all_printed() -> dict[str, bytes]:
    return {name: printed(page) for name, page in PAGES.items()}


@pytest.fixture(scope="module")
def whole() -> bytes:
    """The ordinary page with its charts and icons."""
    page = PAGES["ordinary"]
    jobs = PictureSet(page, {}).on_the_page
    return print_page(page, jobs, paint_jobs(jobs, ""), "")


@pytest.mark.parametrize("name", PAGES)
def test_it_is_one_a4_side_and_no_letter_is_under_8_points(
    name: str, all_printed: dict[str, bytes]
) -> None:
    pdf = all_printed[name]
    sides = reader(pdf).pages
    assert len(sides) == 1
    millimetres = [float(side) / 72 * 25.4 for side in sides[0].mediabox[2:]]
    assert millimetres == pytest.approx([297, 210], abs=0.1)
    assert min(sizes(pdf)) >= LEAST


def test_an_icon_stands_clear_of_the_rules_of_its_row() -> None:
    # A row of one line is at its lowest 15 pixels high, 11.25 points; an icon has 12 elsewhere.
    page = pages.busy(14, 4)
    jobs = PictureSet(page, {}).on_the_page
    (side,) = reader(print_page(page, jobs, paint_jobs(jobs, ""), "")).pages
    drawn = [part for part, kind in side.get_contents().operations if kind == b"cm"]
    squares = {round(float(cm[0]), 2) for cm in drawn if cm[0] == abs(cm[3]) and 5 < cm[0] < 20}
    assert squares == {9.75, 12.0}


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_of_the_page_stands_in_its_text(
    name: str, all_printed: dict[str, bytes]
) -> None:
    page, said = PAGES[name], words(all_printed[name])
    figures = [page.provider, page.month, MARK, page.tiers.title.split(",")[0]]
    for row in page.rows:
        figures += [row.family, row.title, row.counts, row.value, row.last_value, row.last_note]
        figures += [row.target, row.variation_words, row.assurance, row.sentence[:40]]
    for _, texts in (*page.tiers.rows, *page.trail.rows):
        figures += texts
    # The fullest pages print "3/4" for "3 of 4" in the small tables, as the workbook does.
    short = said.replace("/", "of")
    assert [text for text in figures if squeezed(text) not in said + short] == []


def test_a_sentence_is_whole_where_it_fits_and_else_cut_with_an_ellipsis(
    all_printed: dict[str, bytes],
) -> None:
    for row in PAGES["ordinary"].rows:
        assert squeezed(row.sentence) in words(all_printed["ordinary"])
    assert "…" not in words(all_printed["ordinary"])
    assert words(all_printed["endless sentences"]).count("…") >= 18


def test_text_from_a_log_is_text_and_never_markup() -> None:
    text = '#panic("x") *b* _i_ $x^2$ `r` @ref <lab> // c /* d */ \\u{41} ~ -- =cmd()'
    page = pages.page(14, text)
    assert words(printed(page)).count(squeezed(text)) == len(page.rows)


@pytest.mark.parametrize(
    "text",
    [
        *("Łukasz Ŵyn, Siân", "हिन्दी ਪੰਜਾਬੀ বাংলা", "עברית العربية", "中文 😀"),
        *("a\tb\u2028c", "\ue000\u0378\ufdd0", "nul\0 bell\x07 \ud800", "x" * 500),
    ],
)
def test_every_character_can_be_printed(text: str) -> None:
    page = replace(pages.page(14, text), provider=text, foot=(text,))
    pdf = printed(page)
    assert len(reader(pdf).pages) == 1
    assert min(sizes(pdf)) >= LEAST


@settings(max_examples=8)
@given(st.lists(st.text(max_size=300), min_size=18, max_size=18))
def test_whatever_the_logs_say_it_is_one_side(texts: list[str]) -> None:
    page = pages.page(18)
    rows = [replace(row, sentence=text) for row, text in zip(page.rows, texts, strict=True)]
    page = replace(page, rows=tuple(rows), provider=texts[0], foot=tuple(texts[:3]))
    pdf = printed(page)
    assert len(reader(pdf).pages) == 1
    assert min(sizes(pdf)) >= LEAST


def test_a_screen_reader_gets_headings_tables_with_headers_and_a_text_for_each_picture(
    whole: bytes,
) -> None:
    page, tree = PAGES["ordinary"], tags(whole)
    assert [len(list(tree.all(kind))) for kind in ("H1", "H2", "Table")] == [1, 2, 3]
    measures, *small = tree.all("Table")
    assert len(list(measures.all("TH"))) == 8
    assert len(list(measures.all("TR"))) == 1 + len(page.rows)
    assert all(list(table.all("TH")) for table in small)
    alts = [figure.alt for figure in tree.all("Figure")]
    assert [alt for alt in alts if alt in {chart.alt for chart in page.charts}] == [
        chart.alt for chart in page.charts
    ]
    # 0.82 is printed as 82%, and the third month has no value.
    months = [alt for alt in alts if alt.startswith("Last 12 months, oldest first: 80%, 82%, none")]
    assert len(months) == len(page.rows)
    assert len(alts) == len(months) + len(page.charts)


def test_it_says_its_title_and_language_and_that_it_is_pdf_ua_and_nothing_of_anybody(
    whole: bytes,
) -> None:
    pdf = reader(whole)
    assert pdf.root_object["/Lang"] == "en-GB"
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.root_object["/Metadata"].get_data().decode()
    about = {key: str(value) for key, value in (pdf.metadata or {}).items()}
    assert about.pop("/Creator").startswith("Typst")
    assert about == {
        "/Title": "Willow & Oak Care Ltd: learning and governance, October 2026",
        "/Subject": MARK,
        "/CreationDate": "D:20000101000000Z",
        "/ModDate": "D:20000101000000Z",
    }


def test_no_font_comes_from_the_machine(whole: bytes) -> None:
    fonts = reader(whole).pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].split("+")[1] for font in fonts}
    assert names == {"DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"}


def test_the_palette_of_the_settings_is_the_palette_of_the_pdf() -> None:
    page = PAGES["ordinary"]
    assert paint_pdf(page, {}, HIGH_CONTRAST) != paint_pdf(page, {}, MAKING_DATA_COUNT)


def test_the_bytes_are_the_same_in_another_process_and_when_that_fails() -> None:
    page = PAGES["one service"]
    jobs = PictureSet(page, {}).jobs
    made = []
    for start, kill in ((True, False), (False, False), (True, True)):
        painter = SideProcess()
        if start:
            painter.start()
        painter.begin(jobs, "", page)
        painter.pictures()
        if kill:
            painter.end()
        made.append(painter.document())
        painter.end()
    assert made[0] == made[1] == made[2]


def test_a_name_is_nowhere_on_the_names_free_page() -> None:
    name = "Agnes Plumtree"
    page = pages.page(13, f"{name} fell; next: ask {name}.")
    chart = replace(
        page.charts[0], title=f"At {name}'s flat", subtitle=name, note=name, alt=name,
        phases=((5, f"{name} left"),),
    )  # fmt: skip
    page = replace(
        page, band=(*page.band, ("Services covered", f"{name}'s flat")), charts=(chart,),
        foot=(f"Bank holidays of England for {name}'s flat.",),
    )  # fmt: skip
    free = names_free(page, lambda text: text.replace(name, "[name]"))
    assert name not in repr(free)
    jobs = PictureSet(page, {}).jobs
    pdf = print_page(free, jobs, paint_jobs(jobs, ""), "")
    assert "AgnesPlumtree" not in words(pdf)
    assert "[name]fell" in words(pdf)
    assert not any("Plumtree" in tag.alt for tag in tags(pdf).all("Figure"))


def test_a_chart_that_was_painted_is_not_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGES["one service"]
    jobs = PictureSet(page, {}).jobs
    pictures = paint_jobs(jobs, "")
    asked: list[object] = []
    monkeypatch.setattr(
        "learnpipe.report.side_process.paint_jobs", lambda jobs, palette: asked.extend(jobs) or []
    )
    print_page(page, jobs, pictures, "")
    assert asked == []


def test_typst_is_loaded_only_to_print() -> None:
    code = "import sys, learnpipe.report.page.pdf_page; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
