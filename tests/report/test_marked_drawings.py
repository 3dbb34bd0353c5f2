"""Pictures, charts and shapes are in the copy as they were in the log."""

from __future__ import annotations

import io
import struct
import zlib
from xml.etree import ElementTree

import pytest
import xlsxwriter
from marked_logs import COMMENTED, LATE, LOG, job_for, opened, parts_of

from learnpipe.report.marked.marked_copy import marked_copy

DRAWINGS = ("xl/drawings/drawing", "xl/charts/", "xl/media/")


def picture() -> io.BytesIO:
    """A PNG of one red dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    dot = zlib.compress(b"\0\xff\0\0")
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", dot), chunk(b"IEND", b""))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


@pytest.fixture(scope="module")
def before() -> bytes:
    """A log with a logo, a text box, a chart, a table and comments; a chart on the next sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    log, trend = book.add_worksheet(LOG), book.add_worksheet("Trend")
    log.write_column("A1", ["Ref", "1", "2", "3"])
    log.write_column("B1", ["Count", 4, 5, 6])
    log.add_table("A1:B4", {"columns": [{"header": "Ref"}, {"header": "Count"}]})
    log.write_comment("B3", "Ask Sam", {"author": "Jo"})
    log.insert_image("D1", "logo.png", {"image_data": picture(), "description": "Our logo"})
    log.insert_textbox("D9", "Read me first")
    for sheet, kind in ((log, "column"), (trend, "line")):
        chart = book.add_chart({"type": kind})
        chart.add_series({"values": "='Jo''s log'!$B$2:$B$4"})
        sheet.insert_chart("F1", chart)
    book.close()
    return target.getvalue()


@pytest.fixture(scope="module")
def after(before: bytes) -> bytes:
    return marked_copy(before, job_for(before, LATE, COMMENTED))


def test_each_part_of_the_drawings_is_the_same_to_the_byte(before: bytes, after: bytes) -> None:
    old = {name: body for name, body in parts_of(before).items() if name.startswith(DRAWINGS)}
    new = {name: body for name, body in parts_of(after).items() if name.startswith(DRAWINGS)}
    assert len(old) == 5, "two drawings, two charts, a picture"
    assert new == old


@pytest.mark.parametrize(("sheet", "drawing"), [(2, "drawing1"), (3, "drawing2")])
def test_each_sheet_leads_to_its_own_drawing(sheet: int, drawing: str, after: bytes) -> None:
    parts = parts_of(after)
    xml = ElementTree.fromstring(parts[f"xl/worksheets/sheet{sheet}.xml"])
    tags = [part.tag.rpartition("}")[2] for part in xml]
    (tied,) = xml.findall("{*}drawing")
    relations = ElementTree.fromstring(parts[f"xl/worksheets/_rels/sheet{sheet}.xml.rels"])
    targets = {one.get("Id"): one.get("Target") for one in relations}
    assert targets[next(iter(tied.attrib.values()))] == f"/xl/drawings/{drawing}.xml"
    after_it = tags[tags.index("drawing") + 1 :]
    assert after_it == (["legacyDrawing", "tableParts"] if sheet == 2 else [])


def test_the_kinds_of_the_parts_are_declared_once(after: bytes) -> None:
    types = ElementTree.fromstring(parts_of(after)["[Content_Types].xml"])
    said = [one.get("PartName") or one.get("Extension") for one in types]
    assert len(said) == len(set(said))
    wanted = {"png", "/xl/charts/chart1.xml", "/xl/charts/chart2.xml", "/xl/drawings/drawing1.xml"}
    assert wanted <= set(said)


def test_another_program_finds_pictures_and_charts_again(after: bytes) -> None:
    book = opened(after)
    assert [len(book[LOG]._images), len(book[LOG]._charts)] == [1, 1]
    assert len(book["Trend"]._charts) == 1
    assert book[LOG]["B3"].comment is not None and book[LOG]["C5"].comment is not None


def test_a_copy_marked_again_still_has_them(after: bytes, before: bytes) -> None:
    again = marked_copy(after, job_for(after, LATE))
    old = {name: body for name, body in parts_of(before).items() if name.startswith(DRAWINGS)}
    new = {name: body for name, body in parts_of(again).items() if name.startswith(DRAWINGS)}
    assert new == old
    assert opened(again).sheetnames == ["To fix", LOG, "Trend"]
