"""The note as a Word document: real styles, British English, nothing personal, same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import docx
import numpy as np
import pytest
from docx.shared import Mm

from learnpipe.report.data.csv_table import CsvTable
from learnpipe.report.sharing import paint_note as painter
from learnpipe.report.sharing.note_shapes import Note, NoteTheme
from learnpipe.report.sharing.paint_note import paint_note
from learnpipe.report.side_process import SideProcess

NOTE = Note(
    "What changed: October 2026",
    "Oak Care. One theme from our logs.",
    (NoteTheme("=Falls & <slips>", "It came up about 10 times.", "Mats\x07 are checked.",
               "We have not yet checked if it helped."),),
    ("Small numbers are told in words, to protect people.",),
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> bytes:
    return paint_note(NOTE)


def test_it_says_what_the_note_says_in_real_styles(made: bytes) -> None:
    paragraphs = docx.Document(io.BytesIO(made)).paragraphs
    assert [(one.style.name if one.style else "", one.text) for one in paragraphs] == [
        ("Title", "What changed: October 2026"),
        ("Normal", "Oak Care. One theme from our logs."),
        ("Heading 1", "=Falls & <slips>"),
        ("List Bullet", "What we noticed: It came up about 10 times."),
        ("List Bullet", "What changed: Mats are checked."),
        ("List Bullet", "How we know: We have not yet checked if it helped."),
        ("Normal", "Small numbers are told in words, to protect people."),
    ]


def test_it_is_british_a4_titled_and_nobody_s(made: bytes) -> None:
    document = docx.Document(io.BytesIO(made))
    about = document.core_properties
    assert (about.title, about.language) == ("What changed: October 2026", "en-GB")
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created == about.modified == dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    page = document.sections[0]
    assert page.page_width == pytest.approx(Mm(210), rel=1e-3)
    assert page.page_height == pytest.approx(Mm(297), rel=1e-3)
    assert b'w:lang w:val="en-GB"' in zipfile.ZipFile(io.BytesIO(made)).read("word/styles.xml")


def test_no_part_tells_of_anybody_or_of_the_template(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = set(parts.namelist())
        inside = b"".join(parts.read(name) for name in sorted(names)).lower()
    assert not {name for name in names if "thumbnail" in name or "custom" in name.lower()}
    assert not any("comments" in name or "people" in name for name in names)
    for word in (b"python-docx", b"macintosh", b"<w:hyperlink", b"<w:instrtext", b"rsidroot"):
        assert word not in inside


def test_text_is_twelve_points_or_more(made: bytes) -> None:
    styles = docx.Document(io.BytesIO(made)).styles
    sizes = [styles[name].font.size.pt for name in ("Title", "Heading 1", "Normal", "List Bullet")]
    assert min(sizes) >= 12


def test_it_is_the_same_on_any_day(made: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))
    assert painter.paint_note(NOTE) == made


def test_a_process_beside_the_run_writes_the_same(made: bytes) -> None:
    beside = SideProcess()
    beside.start()
    beside.begin((), "")
    table = CsvTable("=.csv", {"text": ["=1+1", None, "Zoë"], "figure": np.array([0.5, 2, np.nan])})
    beside.hand_over((), NOTE, [table])
    assert beside.pictures() == beside.others() == []
    assert beside.note() == made
    assert beside.data() == ["text,figure\r\n'=1+1,0.5\r\n,2\r\nZoë,\r\n".encode()]
    beside.end()


def test_without_a_process_it_is_written_here(made: bytes) -> None:
    alone = SideProcess()
    alone.begin((), "")
    with pytest.raises(ValueError, match="no note"):
        alone.note()
    alone.hand_over((), NOTE)
    assert alone.note() == made
