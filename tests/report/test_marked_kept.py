"""A marked copy opened again: everything that was in the log is in it, to the byte the same."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from marked_logs import (
    BAD_SEVERITY,
    COMMENTED,
    LATE,
    LOG,
    full_log,
    job_for,
    opened,
    parts_of,
    with_parts,
)
from openpyxl.cell.rich_text import CellRichText
from openpyxl.workbook.protection import WorkbookProtection
from python_calamine import CalamineWorkbook

from learnpipe.ground.findings import Finding, Place
from learnpipe.report.marked.marked_copy import MACRO_TYPE, PLAIN_TYPE, marked_copy

FOUND = (BAD_SEVERITY, LATE, COMMENTED)
KEPT_OF_A_SHEET = (
    "sheetViews/sheetView/pane", "sheetFormatPr", "cols", "sheetProtection", "autoFilter",
    "mergeCells", "conditionalFormatting", "dataValidations", "pageMargins", "pageSetup",
    "headerFooter/oddHeader", "rowBreaks",
)  # fmt: skip


@pytest.fixture(scope="module")
def before() -> bytes:
    return full_log()


@pytest.fixture(scope="module")
def after(before: bytes) -> bytes:
    return marked_copy(before, job_for(before, *FOUND))


def values(body: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name(sheet).to_python()


def elements(xml: bytes, path: str) -> list[ElementTree.Element]:
    steps = "/".join("{*}" + step for step in path.split("/"))
    return ElementTree.fromstring(xml).findall(steps)


def lost(before: ElementTree.Element, after: ElementTree.Element) -> list[str]:
    """What an element said, and does not say any more; it may say more than before."""
    tag = before.tag.rpartition("}")[2]
    gone = [
        f"{tag} {name}={value!r} is {after.get(name)!r}"
        for name, value in before.items()
        if after.get(name) != value
    ]
    if (before.text or "") != (after.text or ""):
        gone.append(f"{tag} {before.text!r} is {after.text!r}")
    if len(before) != len(after):
        gone.append(f"{tag}: {len(before)} parts are {len(after)}")
    return gone + [one for pair in zip(before, after, strict=False) for one in lost(*pair)]


@pytest.mark.parametrize("tag", KEPT_OF_A_SHEET)
def test_the_settings_of_the_sheet_are_as_before(tag: str, before: bytes, after: bytes) -> None:
    old = elements(parts_of(before)["xl/worksheets/sheet1.xml"], tag)
    new = elements(parts_of(after)["xl/worksheets/sheet2.xml"], tag)
    assert len(old) == len(new) > 0
    assert [one for pair in zip(old, new, strict=True) for one in lost(*pair)] == []


@pytest.mark.parametrize("sheet", [LOG, "Lists", "Old"])
def test_every_value_is_as_before(sheet: str, before: bytes, after: bytes) -> None:
    old, new = values(before, sheet), values(after, sheet)
    if sheet == LOG:  # what formulas gave is worked out again by Excel
        assert len(old[3]) == 5
        old, new = ([[*row[:3], *row[4:]] for row in rows] for rows in (old, new))
    assert old == new


def test_formulas_rich_text_formats_and_heights_are_as_before(before: bytes, after: bytes) -> None:
    old, new = opened(before, rich_text=True)[LOG], opened(after, rich_text=True)[LOG]
    assert [cell.value for cell in new["D"]] == [cell.value for cell in old["D"]]
    assert isinstance(new["E7"].value, CellRichText) and new["E7"].value == old["E7"].value
    assert new["B7"].number_format == old["B7"].number_format == "dd/mm/yyyy"
    assert new.row_dimensions[3].height == old.row_dimensions[3].height == 30.75
    assert (new["C7"].protection.locked, new["A7"].protection.locked) == (False, True)
    assert new["C7"].fill.fgColor.rgb == old["C7"].fill.fgColor.rgb == "FF12436D"
    assert new["E41"].hyperlink is not None
    assert new["E41"].hyperlink.target == "https://example.org/policy"


def test_names_tables_and_properties_are_as_before(after: bytes) -> None:
    book = opened(after)
    assert {name: one.value for name, one in book.defined_names.items()} == {
        "Severities": "Lists!$A$1:$A$3"
    }
    assert (book[LOG].print_area, book[LOG].print_title_rows) == ("'Jo''s log'!$A$1:$E$40", "$3:$3")
    assert book["Lists"].tables["Homes"].ref == "C1:D4"
    assert book["Old"].sheet_state == "hidden"
    assert (book.properties.title, book.properties.creator) == ("North", "Jo")
    assert book.custom_doc_props["Owner"].value == "Jo"


def test_the_protection_of_sheet_and_workbook_survives() -> None:
    book = opened(full_log())
    book.security = WorkbookProtection(workbookPassword="secret", lockStructure=True)
    body = io.BytesIO()
    book.save(body)
    after = opened(marked_copy(body.getvalue(), job_for(body.getvalue(), LATE)))
    assert after.security is not None and after.security.lockStructure
    assert after.security.workbookPassword == book.security.workbookPassword
    assert after[LOG].protection.sheet and after[LOG].protection.password == "DAA7"


def test_the_days_of_a_1904_workbook_stay_the_same_days() -> None:
    body = full_log(date_1904=True)
    after = marked_copy(body, job_for(body, LATE))
    assert values(after, LOG)[3][1] == values(body, LOG)[3][1] == dt.datetime(2026, 3, 4, 9, 30)
    assert b"date1904" in parts_of(after)["xl/workbook.xml"]


def test_drop_downs_that_look_into_another_sheet_are_kept(before: bytes) -> None:
    """Excel keeps them in an extension of the sheet, which openpyxl leaves out."""
    choice = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.'
        b'microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" xmlns:xm='
        b'"http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" '
        b'allowBlank="1" showErrorMessage="1" error="Choose one"><x14:formula1><xm:f>Lists!$A$1:'
        b"$A$3</xm:f></x14:formula1><xm:sqref>A4:A20 A30</xm:sqref></x14:dataValidation>"
        b"</x14:dataValidations></ext></extLst></worksheet>"
    )
    body = with_parts(before, {"xl/worksheets/sheet1.xml": (b"</worksheet>", choice)})
    log = opened(marked_copy(body, job_for(body, LATE)))[LOG]
    assert len(log.data_validations.dataValidation) == 3
    kept = log.data_validations.dataValidation[-1]
    assert (str(kept.sqref), kept.type, kept.formula1) == ("A4:A20 A30", "list", "Lists!$A$1:$A$3")
    assert (kept.allowBlank, kept.showErrorMessage, kept.error) == (True, True, "Choose one")
    assert not kept.showInputMessage


def macro_log() -> bytes:
    """A log with a macro project, as Excel ties it in."""
    office = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    relation = b'<Relationship Id="rId99" Target="vbaProject.bin" Type="%s"/>' % office
    kind = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    body = with_parts(
        full_log(),
        {
            "xl/vbaProject.bin": b"the macros",
            "xl/_rels/workbook.xml.rels": (b"</Relationships>", relation + b"</Relationships>"),
            "[Content_Types].xml": (b"</Types>", kind + b"</Types>"),
        },
    )
    return with_parts(body, {"[Content_Types].xml": (PLAIN_TYPE, MACRO_TYPE)})


def test_macros_are_kept_and_comments_with_them() -> None:
    body = macro_log()
    parts = parts_of(marked_copy(body, job_for(body, COMMENTED, LATE)))
    assert parts["xl/vbaProject.bin"] == b"the macros"
    assert b"macroEnabled.main" in parts["[Content_Types].xml"]
    assert b"vbaProject.bin" in parts["xl/_rels/workbook.xml.rels"]
    vml = [part for name, part in parts.items() if name.endswith(".vml")]
    assert [part.count(b'ObjectType="Note"') for part in vml] == [2]


def test_a_macro_workbook_without_macros_keeps_its_kind(before: bytes) -> None:
    moved = Finding("late", "note", Place("march.xlsm", LOG, 5, "C"), "It is late.", "Look.")
    job = job_for(before, moved, file="march.xlsm")
    parts = parts_of(marked_copy(before, job))
    assert b"macroEnabled.main" in parts["[Content_Types].xml"]
    assert b"vbaProject" not in parts["xl/_rels/workbook.xml.rels"]


# The same bytes


def test_the_same_log_and_findings_give_the_same_bytes_in_another_process(
    before: bytes, after: bytes, tmp_path: Path
) -> None:
    (tmp_path / "log.xlsx").write_bytes(before)
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "from marked_logs import *; from learnpipe.report.marked.marked_copy import marked_copy\n"
        "body = open(sys.argv[1], 'rb').read()\n"
        "job = job_for(body, BAD_SEVERITY, LATE, COMMENTED)\n"
        "sys.stdout.buffer.write(marked_copy(body, job))"
    )
    here = Path(__file__).resolve()
    words = [str(tmp_path / "log.xlsx"), str(here.parent), str(here.parents[2])]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, check=True,
        env={"PYTHONHASHSEED": "5", "TZ": "Asia/Tokyo"},
    )  # fmt: skip
    assert done.stdout == after


def test_no_clock_has_a_part_in_the_bytes(after: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts_of(after)["docProps/core.xml"]
    assert core.count(b"2026-01-01") == 2, "created and modified as the log has them"


def test_a_log_without_properties_gets_no_date_of_today(before: bytes) -> None:
    bare = with_parts(before, {"docProps/core.xml": None})
    core = parts_of(marked_copy(bare, job_for(bare, LATE)))["docProps/core.xml"]
    assert core.count(b"2000-01-01") == 2
