"""A workbook as the parts of its zip, and the zip's bytes: no clock has a part in them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from learnpipe.report.marked.marked_drawings import TYPES_PART

ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class _Parts(dict[str, bytes]):
    """What openpyxl takes for a zip: its parts by name, until all are there."""

    def writestr(self, name: str, data: bytes | str) -> None:
        """Add one part."""
        self[name] = data.encode() if isinstance(data, str) else data

    def namelist(self) -> list[str]:
        """The names of the parts so far."""
        return list(self)

    def close(self) -> None:
        """Nothing is open."""


class _Writer(ExcelWriter):
    """Writes sheets in memory: a file elsewhere could outlive a process that is ended."""

    _archive: _Parts

    def write_worksheet(self, ws: Any) -> None:
        """Add the part of one sheet."""
        levels = [column.outlineLevel or 0 for column in ws.column_dimensions.values()]
        ws.column_dimensions.max_outline = max(levels, default=0) or None  # else known too late
        ws._drawing = SpreadsheetDrawing()
        writer: Any = WorksheetWriter(ws, out=io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.out.getvalue())
        self.manifest.append(ws)


def written(book: Workbook) -> dict[str, bytes]:
    """The parts of a workbook by name; a drawing of openpyxl's own is not among them."""
    parts = _Parts()
    _Writer(book, parts).save()  # type: ignore[arg-type]
    return parts


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip, the same bytes for the same parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != TYPES_PART, name)):
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), parts[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
