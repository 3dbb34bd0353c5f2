"""Drawings on sheets (pictures, charts, shapes) are carried over as they are, part by part.

openpyxl writes pictures and charts again as far as it understands them, and loses the rest. So it
is not shown them: their parts go into the copy untouched, and the sheets are tied to them again.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from openpyxl.packaging.manifest import Manifest
from openpyxl.packaging.relationship import get_dependents
from openpyxl.reader.workbook import WorkbookParser
from openpyxl.xml.functions import fromstring

BOOK_PART = "xl/workbook.xml"
TYPES_PART = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OUR_ID = "rIdDrawing"
_DRAWING = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*/relationships/drawing[\"'][^>]*>")
_AFTER_DRAWING = re.compile(rb"<(?:legacyDrawing|tableParts)\b|</worksheet>")


class WithoutDrawings(zipfile.ZipFile):
    """A workbook's zip that does not tell which drawings its sheets have."""

    def read(self, name: Any, pwd: bytes | None = None) -> bytes:
        """The bytes of one part."""
        body = super().read(name, pwd)
        told = str(getattr(name, "filename", name))
        return _DRAWING.sub(b"", body) if told.startswith("xl/worksheets/_rels/") else body


def relations_of(part: str) -> str:
    """The part that holds what a part leads to.

    >>> relations_of("xl/worksheets/sheet1.xml")
    'xl/worksheets/_rels/sheet1.xml.rels'
    """
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by the sheet's name."""
    parser: Any = WorkbookParser(archive, BOOK_PART, keep_links=False)
    parser.parse()
    names = set(archive.namelist())
    found = ((sheet.name, relation.target) for sheet, relation in parser.find_sheets())
    return {name: part for name, part in found if part in names}


def carry_drawings(
    archive: zipfile.ZipFile, parts: dict[str, bytes], new_parts: Mapping[str, str]
) -> None:
    """Put the drawings of ``archive`` into the ``parts`` of its copy.

    ``new_parts`` has the part of each sheet in the copy, by the sheet's name.
    """
    carried: dict[str, bytes] = {}
    for sheet, old_part in sheet_parts(archive).items():
        if sheet not in new_parts:
            continue
        for drawing in _related(archive, old_part, "/drawing"):
            _tie(parts, new_parts[sheet], drawing)
            _collect(archive, drawing, carried)
    if carried:
        parts.update(carried)
        _declare(archive, parts, carried)


def _related(archive: zipfile.ZipFile, part: str, kind: str = "") -> Iterator[str]:
    """The parts inside the workbook that a part leads to, of one kind or of all."""
    relations, names = relations_of(part), set(archive.namelist())
    if relations in names:
        for relation in get_dependents(archive, relations):
            inside = relation.TargetMode != "External" and relation.target in names
            if inside and relation.Type.endswith(kind):
                yield relation.target


def _collect(archive: zipfile.ZipFile, part: str, carried: dict[str, bytes]) -> None:
    """Add a part, its relations, and all that it leads to."""
    if part in carried:
        return
    carried[part] = archive.read(part)
    relations = relations_of(part)
    if relations in archive.namelist():
        carried[relations] = archive.read(relations)
    for other in _related(archive, part):
        _collect(archive, other, carried)


def _tie(parts: dict[str, bytes], sheet: str, drawing: str) -> None:
    """Let a sheet of the copy lead to its drawing; the schema wants the tag in its place."""
    xml = parts[sheet]
    tail = xml.rindex(b"</sheetData>") if b"</sheetData>" in xml else 0
    place = _AFTER_DRAWING.search(xml, tail)
    assert place is not None, "every sheet has an end"
    tag = f'<drawing xmlns:r="{OFFICE}" r:id="{OUR_ID}"/>'.encode()
    parts[sheet] = xml[: place.start()] + tag + xml[place.start() :]
    relations = relations_of(sheet)
    one = f'<Relationship Id="{OUR_ID}" Type="{OFFICE}/drawing" Target={quoteattr("/" + drawing)}/>'
    empty = f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
    closing = b"</Relationships>"
    before = parts.get(relations, empty)
    parts[relations] = before.replace(closing, one.encode() + closing)


def _declare(
    archive: zipfile.ZipFile, parts: dict[str, bytes], carried: Mapping[str, bytes]
) -> None:
    """Say of what kind each part is that was carried over, as the log itself says."""
    kinds: Any = Manifest
    old = kinds.from_tree(fromstring(archive.read(TYPES_PART)))
    new = kinds.from_tree(fromstring(parts[TYPES_PART]))
    said = []
    for one in old.Override:
        if one.PartName[1:] in carried:
            name, kind = quoteattr(one.PartName), quoteattr(one.ContentType)
            said.append(f"<Override PartName={name} ContentType={kind}/>")
    known = {one.Extension.lower() for one in new.Default}
    needed = {posixpath.splitext(name)[1][1:].lower() for name in carried}
    for one in old.Default:
        if one.Extension.lower() in needed - known:
            extension, kind = quoteattr(one.Extension), quoteattr(one.ContentType)
            said.append(f"<Default Extension={extension} ContentType={kind}/>")
    closing = b"</Types>"
    parts[TYPES_PART] = parts[TYPES_PART].replace(closing, "".join(said).encode() + closing)
