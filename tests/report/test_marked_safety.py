"""What openpyxl would lose is known before a copy is made, and said in plain words."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from marked_logs import LATE, LOG, full_log, job_for, with_parts

from learnpipe.report.marked import marked_safety
from learnpipe.report.marked.marked_copy import marked_copy
from learnpipe.report.marked.marked_safety import NotCopied, refuse_if_damaged

SHEET = "xl/worksheets/sheet1.xml"
END = b"</worksheet>"


def why(body: bytes) -> str:
    """Why a workbook is not copied; empty if it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            refuse_if_damaged(archive)
    except NotCopied as reason:
        return str(reason)
    return ""


def made_with(what: str) -> bytes:
    """A workbook with something that xlsxwriter can make and openpyxl cannot keep."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet(LOG)
    sheet.write_column("A1", [1, 2, 3])
    match what:
        case "button":
            sheet.insert_button("C1", {"caption": "Go"})
        case "sparkline":
            sheet.add_sparkline("C1", {"range": "A1:A3"})
        case "data bar":
            sheet.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
        case "spill":
            sheet.write_dynamic_array_formula("C1", "=UNIQUE(A1:A3)")
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("button", "buttons or boxes"),
        ("sparkline", "small charts in cells"),
        ("data bar", "colour rules of a newer Excel"),
        ("spill", "formulas that spill over several cells"),
    ],
)
def test_what_a_program_makes_is_seen(what: str, words: str) -> None:
    said = why(made_with(what))
    assert said.startswith("the log holds ") and said.endswith(", which a copy would lose")
    assert words in said


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/chartsheets/sheet1.xml", "charts on sheets of their own"),
        ("xl/pivotTables/pivotTable1.xml", "pivot tables"),
        ("xl/slicers/slicer1.xml", "slicers"),
        ("xl/ctrlProps/ctrlProp1.xml", "buttons or boxes"),
        ("xl/threadedComments/threadedComment1.xml", "comment threads"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("xl/connections.xml", "links to a database or query"),
        ("xl/featurePropertyBag/featurePropertyBag.xml", "tick boxes in cells"),
        ("xl/vbaProjectSignature.bin", "signed macros"),
        ("_xmlsignatures/sig1.xml", "a digital signature"),
        ("docMetadata/LabelInfo.xml", "a sensitivity label"),
    ],
)
def test_a_part_that_would_be_left_out_is_named(part: str, words: str) -> None:
    assert words in why(with_parts(full_log(), {part: b"<any/>"}))


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst>', "colour rules"),
        (b'<x:extLst><x:ext xmlns:y="u" uri="{0}"/></x:extLst>', "features of a newer Excel"),
        (b'<protectedRanges><protectedRange name="a"/></protectedRanges>', "areas that may be"),
        (b'<legacyDrawingHF r:id="rId3"/>', "pictures in its headers"),
        (b'<picture r:id="rId3"/>', "a background picture"),
        (b"<oleObjects/>", "embedded files"),
    ],
)
def test_a_tag_that_would_be_left_out_is_named(xml: bytes, words: str) -> None:
    assert words in why(with_parts(full_log(), {SHEET: (END, xml + END)}))


def test_a_password_against_changes_and_an_advanced_filter_are_named() -> None:
    name = b'<definedName name="_xlnm.Criteria" localSheetId="0">Lists!$A$1</definedName>'
    body = with_parts(
        full_log(),
        {"xl/workbook.xml": (b"<definedNames>", b"<fileSharing/><definedNames>" + name)},
    )
    assert "a password or advice against changing it and an advanced filter" in why(body)


def test_a_log_with_all_that_openpyxl_keeps_is_copied() -> None:
    assert why(full_log()) == ""


def test_how_a_mac_shows_its_window_is_no_loss() -> None:
    mac = b'<extLst><ext uri="http://schemas.microsoft.com/office/mac/excel/2008/main"/></extLst>'
    body = with_parts(full_log(), {SHEET: (END, mac + END)})
    assert why(body) == ""
    assert marked_copy(body, job_for(body, LATE))


def test_a_text_in_a_cell_that_names_a_tag_is_no_tag() -> None:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "<picture /> <ext uri='{0}'>"
    book.save(target)
    assert why(target.getvalue()) == ""


def test_a_log_with_very_many_cells_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    body = full_log()
    assert why(body) == ""
    monkeypatch.setattr(marked_safety, "MOST_CELLS", 100)
    assert why(body) == "the log has more than 100 cells, too many to be copied"


def test_a_day_beyond_the_calendar_is_not_turned_into_an_error() -> None:
    """openpyxl would write #VALUE! in its place."""
    body = with_parts(full_log(), {SHEET: (b"<v>46085.3958333", b"<v>9946085.3958333")})
    with pytest.raises(NotCopied, match="something that a copy would lose"):
        marked_copy(body, job_for(body, LATE))
