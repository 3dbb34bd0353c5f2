"""Small workbooks built by hand, as no spreadsheet program would write them."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TEXTS = f'<sst xmlns="{MAIN}"><si><t>zero</t></si><si><t>one</t></si><si><t>two</t></si></sst>'
GOOD_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet's XML around its rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(
    path: Path, *sheets: str, texts: str = TEXTS, extra: dict[str, bytes] | None = None
) -> Path:
    """An .xlsx of the sheets' XML, named S1, S2 and so on."""
    numbers = range(1, len(sheets) + 1)
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    shared = f'<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    top = f'<Relationship Id="b" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    opening = f'<Relationships xmlns="{PACKAGE}/relationships">'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", f"{opening}{top}</Relationships>")
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", book)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f"{opening}{relations}{shared}</Relationships>"
        )
        archive.writestr("xl/sharedStrings.xml", texts)
        for number, xml in zip(numbers, sheets, strict=True):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
        for name, body in (extra or {}).items():
            archive.writestr(name, body)
    return path


def open_document(path: Path, rows: str, manifest: str = "") -> Path:
    """An .ods of one sheet's rows."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{part}="{urn}:{part}:1.0"' for part in ("office", "table", "text"))
    table = f'<table:table table:name="S1">{rows}</table:table>'
    inside = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        body = f"<office:document-content {spaces}>{inside}</office:document-content>"
        archive.writestr("content.xml", body)
    return path
