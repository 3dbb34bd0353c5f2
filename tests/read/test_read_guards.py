"""Files that would break a reader: each is refused in words a person can act on, or put right."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from parts import GOOD_ROW, TEXTS, open_document, sheet, workbook

from learnpipe.ground.findings import Finding, LearnpipeError
from learnpipe.read.workbooks import read_grids


def refused(path: Path) -> Finding:
    with pytest.raises(LearnpipeError) as caught:
        read_grids(path, path.name)
    (finding,) = caught.value.findings
    assert (finding.severity, finding.place.file) == ("stop", path.name)
    return finding


def row(number: int, *cells: str) -> str:
    inside = "".join(f'<c r="{cell}"><v>1</v></c>' for cell in cells)
    return f'<row r="{number}">{inside}</row>'


@pytest.mark.parametrize(
    ("rows", "code", "corner"),
    [
        (GOOD_ROW + row(1_048_576, "XFD1048576"), "too-large", "cell XFD1048576"),
        (GOOD_ROW + row(2_000, "XFD2000"), "too-large", "cell XFD2000"),
        (row(1, "A1", "XFD1") + row(9_000, "A9000"), "too-large", "cell XFD9000"),
        (GOOD_ROW + row(1, "B1048576", "ZZ1"), "too-large", "cell ZZ1048576"),
        (GOOD_ROW + row(1_048_577, "A1048577"), "out-of-range", "A1048577"),
        (GOOD_ROW + row(4_294_967_299, "A4294967299"), "out-of-range", "A4294967299"),
        (row(1, "A1", "XFE1"), "out-of-range", "XFE1"),
        (row(1, "A1", "ZZZZZZ1"), "out-of-range", "ZZZZZZ1"),
    ],
)
def test_cells_far_away_cost_their_sheet_and_no_other(
    tmp_path: Path, rows: str, code: str, corner: str
) -> None:
    path = workbook(tmp_path / "x.xlsx", sheet(GOOD_ROW), sheet(rows), sheet(GOOD_ROW))
    first, far, third = read_grids(path, "x.xlsx")
    (finding,) = far.findings
    assert (finding.code, finding.severity, finding.place.sheet) == (code, "stop", "S2")
    assert corner in finding.problem and "save" in finding.fix.lower()
    assert (first.cells, far.cells, third.cells) == ([[1.0]], [], [[1.0]])
    assert (first.findings, third.findings) == ((), ())


def test_far_cells_are_found_beyond_the_first_block(tmp_path: Path) -> None:
    rows = "".join(row(n, f"A{n}", f"B{n}") for n in range(1, 20_000))
    path = workbook(tmp_path / "x.xlsx", sheet(rows + row(20_000, "XFD20000")))
    assert (
        "cell XFD20000 (20,000 rows by 16,384" in read_grids(path, "x.xlsx")[0].findings[0].problem
    )


@pytest.mark.parametrize("count", ["4294967295", "100000000", "-1"])
def test_a_false_count_of_texts_is_read_past(tmp_path: Path, count: str) -> None:
    texts = TEXTS.replace("<sst ", f'<sst count="{count}" uniqueCount="{count}" ')
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    path = workbook(tmp_path / "x.xlsx", sheet(rows), texts=texts)
    assert read_grids(path, "x.xlsx")[0].cells == [["one"]]


def test_texts_used_more_often_than_they_stand_are_no_false_count(tmp_path: Path) -> None:
    texts = TEXTS.replace("<sst ", '<sst count="900000" uniqueCount="3" ')
    rows = '<row r="1"><c r="A1" t="s"><v>2</v></c></row>'
    path = workbook(tmp_path / "x.xlsx", sheet(rows), texts=texts)
    assert read_grids(path, "x.xlsx")[0].cells == [["two"]]


def test_a_gibibyte_of_blanks_is_not_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", sheet(GOOD_ROW))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(256):
            part.write(b" " * (1 << 20))
    found = refused(path)
    assert found.code == "too-large"
    assert "unpacks from 1 MB to 256 MB" in found.problem
    assert "delete the empty rows and columns" in found.fix


@pytest.mark.parametrize("part", ["sheet", "texts"])
def test_a_document_type_is_refused(tmp_path: Path, part: str) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    before = entity if part == "sheet" else ""
    texts = entity + TEXTS if part == "texts" else TEXTS
    found = refused(workbook(tmp_path / "x.xlsx", before + sheet(GOOD_ROW), texts=texts))
    assert (found.code, "DOCTYPE" in found.problem, "Save As" in found.fix) == (
        "doctype",
        True,
        True,
    )


def test_five_thousand_sheets_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", *[sheet(GOOD_ROW)] * 5_000)
    found = refused(path)
    assert (found.code, "more than 1,000 sheets" in found.problem) == ("too-many-sheets", True)
    assert found.fix.startswith("Keep the sheets that are logs")


def test_a_million_merges_are_ignored_and_the_cells_are_read(tmp_path: Path) -> None:
    areas = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 1_000_001))
    path = workbook(tmp_path / "x.xlsx", sheet(GOOD_ROW, after=f"<mergeCells>{areas}</mergeCells>"))
    (read,) = read_grids(path, "x.xlsx")
    assert (read.cells, read.merged) == ([[1.0]], ())
    assert [(f.code, f.severity, f.place.sheet) for f in read.findings] == [
        ("many-merges", "note", "S1")
    ]
    assert read.findings[0].problem == "The sheet has 1,000,000 merged areas; they were ignored."


@pytest.mark.parametrize(
    ("name", "raw", "what", "fix"),
    [
        ("x.xlsx", b"<html><table>", "a web page (HTML)", "Save As"),
        ("x.xls", b"\xef\xbb\xbf\r\n<HTML>", "a web page (HTML)", "Save As"),
        ("x.xls", b'<?xml version="1.0"?><?mso-application?>', "an XML file", "Save As"),
        ("x.xlsx", b"ref,date\n1,2\n", "a text file (CSV)", "Rename it to end in .csv"),
        ("x.xls", b"ref\tdate\n", "a text file (CSV)", "Rename it to end in .csv"),
        ("x.xlsx", b"%PDF-1.7\n", "a PDF document", "Save As"),
        ("x.xls", b"\x09\x04\x06\x00rest", "a workbook of Excel 4 or older", "Save As"),
        ("x.ods", b"\0\1\2\0\0\3", "no kind of spreadsheet", "Save As"),
    ],
)  # fmt: skip
def test_what_is_named_a_workbook_and_is_none(
    tmp_path: Path, name: str, raw: bytes, what: str, fix: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    found = refused(tmp_path / name)
    assert (found.code, what in found.problem, fix in found.fix) == ("not-what-it-says", True, True)


def cut_short(path: Path) -> None:
    path.write_bytes(workbook(path, sheet(GOOD_ROW)).read_bytes()[:-200])


def torn(path: Path) -> None:
    raw = bytearray(workbook(path, sheet(GOOD_ROW * 50)).read_bytes())
    place = raw.find(b"sheet1.xml") + 20
    raw[place : place + 20] = bytes(20)
    path.write_bytes(raw)


def a_zip_of_something_else(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


@pytest.mark.parametrize("build", [cut_short, torn, a_zip_of_something_else])
def test_a_damaged_workbook_is_said(tmp_path: Path, build: Callable[[Path], None]) -> None:
    build(tmp_path / "x.xlsx")
    found = refused(tmp_path / "x.xlsx")
    assert (found.code, found.fix.count("Excel")) == ("damaged", 1)


def test_passwords_are_said_for_every_kind(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    old.add_sheet("x").write(0, 0, 1)
    old.save(str(tmp_path / "old.xls"))
    raw = bytearray((tmp_path / "old.xls").read_bytes())
    modern = raw[:2048] + "EncryptedPackage".encode("utf-16-le") + raw[2048:]
    (tmp_path / "new.xlsx").write_bytes(modern)
    start = raw.find(b"\xe1\x00\x02\x00")  # the record after the first becomes FILEPASS
    raw[start] = 0x2F
    raw[start + 1] = 0
    (tmp_path / "old.xls").write_bytes(raw)
    open_document(tmp_path / "x.ods", "", manifest="<manifest:encryption-data/>")
    for name in ("new.xlsx", "old.xls", "x.ods"):
        found = refused(tmp_path / name)
        assert (found.code, found.problem) == ("password", "The file is protected by a password.")
        assert "remove the password (File > Info > Protect Workbook), save" in found.fix


def test_sectors_that_loop_are_refused_or_ended(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    page = old.add_sheet("x")
    for number in range(3_000):
        page.write(number, 0, f"text {number}")
    old.save(str(tmp_path / "x.xls"))
    raw = bytearray((tmp_path / "x.xls").read_bytes())
    table = 512 + 512 * struct.unpack_from("<I", raw, 76)[0]
    for number in range(128):
        (after,) = struct.unpack_from("<I", raw, table + 4 * number)
        if after < 0xFFFFFFF0:
            struct.pack_into("<I", raw, table + 4 * number, max(number - 3, 0))
    (tmp_path / "x.xls").write_bytes(raw)
    assert refused(tmp_path / "x.xls").code == "damaged"


def test_repeated_rows_of_ods_are_not_multiplied(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16383"/>'
    value = '<table:table-cell office:value-type="float" office:value="1"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048575">{empty}</table:table-row>'
    path = open_document(
        tmp_path / "x.ods", f"<table:table-row>{value}{empty}</table:table-row>{tail}"
    )
    assert read_grids(path, "x.ods")[0].cells == [[1.0]]


def test_parts_that_are_not_cells_may_be_large(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", sheet(GOOD_ROW), extra={"xl/media/a.bmp": bytes(80 << 20)})
    assert read_grids(path, "x.xlsx")[0].cells == [[1.0]]


def test_an_ordinary_workbook_says_nothing(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
        page = book.add_worksheet("Log")
        for number in range(2_000):
            page.write_row(number, 0, ["text", number, f"id {number}", True])
        page.write_formula("AB3", "=SUM(B1:B3)", None, 3)
    (read,) = read_grids(tmp_path / "x.xlsx", "x.xlsx")
    assert (read.findings, len(read.cells), read.cells[2][27]) == ((), 2_000, 3)
