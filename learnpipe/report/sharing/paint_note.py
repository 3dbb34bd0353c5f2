"""Paints the "what changed" note as a Word document: real styles, nothing personal in any part."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from learnpipe.report import theme
from learnpipe.report.sharing.note_shapes import Note

CREATED = dt.datetime(2000, 1, 1)
LANGUAGE = "en-GB"
_SIZES = {"Title": 24.0, "Heading 1": 15.0, "Normal": 12.0, "List Bullet": 12.0}
_USED = {*_SIZES, "List", "Default Paragraph Font", "Normal Table", "No List"}
_FOREIGN = (
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>learnpipe</Application></Properties>'
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold


@cache
def blank() -> bytes:
    """A document without a word, in our styles: made once, before there is a note to paint."""
    document = docx.Document()
    _forget(document)
    _style(document)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paint_note(note: Note) -> bytes:
    """The note as a `.docx`: the same bytes for the same note, on any day."""
    document = docx.Document(io.BytesIO(blank()))
    document.core_properties.title = _plain(note.title)[:250]
    document.add_paragraph(_plain(note.title), style="Title")
    document.add_paragraph(_plain(note.intro))
    for one in note.themes:
        document.add_paragraph(_plain(one.title), style="Heading 1")
        for step, told in one.points:
            point = document.add_paragraph(style="List Bullet")
            point.add_run(f"{step}: ").bold = True
            point.add_run(_plain(told))
    for at, line in enumerate(note.closing):
        document.add_paragraph(_plain(line)).paragraph_format.space_before = Pt(0 if at else 10)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _forget(document: Any) -> None:
    """Keep none of what the template says of whoever made it; the language is ours."""
    about = document.core_properties
    about.language = LANGUAGE
    about.author = about.comments = about.last_modified_by = ""
    about.created = about.modified = CREATED
    package, main = document.part.package, document.part
    for holder, kinds in ((package, (_THUMBNAIL,)), (main, _FOREIGN)):
        rels = holder.rels
        for key in [key for key, rel in rels.items() if rel.reltype in kinds]:
            del rels[key]
    for rel in package.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            rel.target_part._blob = _APP
    settings = document.settings.element
    for name in ("w:themeFontLang", "w:rsids", "w:savePreviewPicture"):
        for element in settings.findall(qn(name)):
            settings.remove(element)


def _style(document: Any) -> None:
    """Sizes, colours and language of the styles that are used; the others are taken out."""
    styles = document.styles
    for style in list(styles):
        if style.name not in _USED:
            style.element.getparent().remove(style.element)
    for latent in styles.element.findall(qn("w:latentStyles")):
        styles.element.remove(latent)
    usual = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    usual.find(qn("w:lang")).set(qn("w:val"), LANGUAGE)
    colour = RGBColor.from_string(theme.MAKING_DATA_COUNT.band.lstrip("#").upper())
    for name, size in _SIZES.items():
        style = styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in list(fonts.attrib):
            del fonts.attrib[kind]
        style.font.name, style.font.size = theme.FONT, Pt(size)
        if name in ("Title", "Heading 1"):
            style.font.color.rgb, style.font.bold = colour, True
        style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 0)
        style.paragraph_format.space_after = Pt(4 if name in ("Heading 1", "List Bullet") else 10)
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break


def _plain(text: str) -> str:
    """A text without what XML does not allow."""
    return "".join(
        letter for letter in text
        if letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"
    )  # fmt: skip


def _timeless(document: bytes) -> bytes:
    """The document's zip with one date on all its parts, whenever it was made."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as made,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in made.infolist():
            entry = zipfile.ZipInfo(part.filename, _FIRST_DAY)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(entry, made.read(part))
    return buffer.getvalue()
