"""What a workbook holds that would be lost if it were copied by openpyxl: better no copy, then.

The parts of the zip are looked at by name, the sheets by the tags in them: openpyxl writes again
what it knows, and leaves out without a word whatever else there was.
"""

from __future__ import annotations

import re
import zipfile

from learnpipe.ground.terms import list_words

MOST_CELLS = 200_000
MOST_BYTES = 96 << 20
"""Of all XML, unpacked: more would not fit into the memory that one file may have."""
PARTS = (
    ("xl/chartsheets/", "charts on sheets of their own"),
    ("xl/pivot", "pivot tables"),
    ("xl/slicer", "slicers"),
    ("xl/timeline", "timelines"),
    ("xl/ctrlProps/", "buttons or boxes"),
    ("xl/activeX/", "buttons or boxes"),
    ("xl/threadedComments/", "comment threads"),
    ("xl/embeddings/", "embedded files"),
    ("xl/connections", "links to a database or query"),
    ("xl/queryTables/", "links to a database or query"),
    ("xl/model/", "a data model"),
    ("xl/metadata", "formulas that spill over several cells"),
    ("xl/richData/", "linked data types"),
    ("xl/featurePropertyBag/", "tick boxes in cells"),
    ("xl/revisions/", "tracked changes"),
    ("xl/macrosheets/", "old macro sheets"),
    ("xl/dialogsheets/", "dialogue sheets"),
    ("xl/webextensions/", "add-ins"),
    ("xl/vbaProjectSignature", "signed macros"),
    ("customUI", "buttons of its own in the ribbon"),
    ("_xmlsignatures/", "a digital signature"),
    ("docMetadata/", "a sensitivity label"),
)
TAGS = (
    ("protectedRanges", "areas that may be edited under protection"),
    ("customSheetViews", "custom views"),
    ("dataConsolidate", "consolidated data"),
    ("legacyDrawingHF", "pictures in its headers"),
    ("picture", "a background picture"),
    ("oleObjects", "embedded files"),
    ("controls", "buttons or boxes"),
)
EXTENSIONS = {
    "78C0D931-6437-407D-A8EE-F0AAD7539E65": "colour rules of a newer Excel",
    "B025F937-C7B1-47D3-B67F-A62EFF666E3E": "colour rules of a newer Excel",
    "05C60535-1F16-4FD2-B633-F4F36F0B64E0": "small charts in cells",
    "A8765BA9-456A-4DAB-B4F3-ACF838C121DE": "slicers",
    "3A4CF648-6AED-40F4-86FF-DC5316D8AED3": "slicers",
}
NEWER = "features of a newer Excel"
NOT_LOST = (
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}",  # drop-downs, which we carry over ourselves
    "HTTP://SCHEMAS.MICROSOFT.COM/OFFICE/MAC/EXCEL/2008/MAIN",  # how a Mac shows the window
)
_EXTENSION = re.compile(rb"<(?:\w+:)?ext\b[^>]*?\buri=[\"']([^\"']+)")
_TAG = re.compile(rb"<(?:\w+:)?(%s)[\s/>]" % b"|".join(tag.encode() for tag, _ in TAGS))
_ODD_NAME = re.compile(rb"_xlnm\.(?!Print_Area|Print_Titles|_FilterDatabase)")
_SHAPE = re.compile(rb"ObjectType=[\"'](?!Note[\"'])")


class NotCopied(Exception):
    """Why a workbook is not copied, as half a sentence."""


def refuse_if_damaged(archive: zipfile.ZipFile) -> None:
    """Raise `NotCopied` if a copy by openpyxl would lose something, or would take too much."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".vml")))
    if size > MOST_BYTES:
        raise NotCopied(_too_large())
    lost: dict[str, None] = {}
    cells = 0
    for part in parts:
        name = part.filename
        lost.update((words, None) for start, words in PARTS if name.startswith(start))
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            xml = archive.read(part)
            cells += xml.count(b"<c ") + xml.count(b":c ")
            lost.update(dict.fromkeys(_lost_of_sheet(xml)))
        elif name.startswith("xl/tables/"):
            lost.update(dict.fromkeys(_lost_of_sheet(archive.read(part))))
        elif name.endswith(".vml") and _SHAPE.search(archive.read(part)):
            lost["buttons or boxes"] = None
        elif name == "xl/workbook.xml":
            lost.update(dict.fromkeys(_lost_of_book(archive.read(part))))
    if lost:
        holds = list_words(tuple(lost)[:4])
        raise NotCopied(f"the log holds {holds}, which a copy would lose")
    if cells > MOST_CELLS:
        raise NotCopied(_too_large())


def refuse_if_large(cells: int) -> None:
    """Raise `NotCopied` if there are more cells than a copy is made of."""
    if cells > MOST_CELLS:
        raise NotCopied(_too_large())


def _too_large() -> str:
    return f"the log has more than {MOST_CELLS:,} cells, too many to be copied"


def _lost_of_sheet(xml: bytes) -> list[str]:
    found = [dict(TAGS)[match.decode()] for match in _TAG.findall(xml)]
    uris = [uri.decode().upper() for uri in _EXTENSION.findall(xml)]
    return found + [EXTENSIONS.get(uri.strip("{}"), NEWER) for uri in uris if uri not in NOT_LOST]


def _lost_of_book(xml: bytes) -> list[str]:
    found = []
    if b"purl.oclc.org/ooxml" in xml:
        found.append("the strict form of Excel's format")
    if re.search(rb"<(?:\w+:)?fileSharing\b", xml):
        found.append("a password or advice against changing it")
    if _ODD_NAME.search(xml):
        found.append("an advanced filter")
    return found
