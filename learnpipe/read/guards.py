"""What is looked at in a zipped workbook before it is parsed, and put right where it can be.

A parser trusts what a file says of itself: how many texts it shares, how wide a sheet is. So the
parts are unpacked within limits and searched as bytes, which costs a small part of parsing them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from learnpipe.ground.findings import Finding, Place
from learnpipe.read.kinds import SAVE_AS, password, refuse
from learnpipe.read.scan import PADDED, Scan, scan

ENTRIES = 20_000
SHEETS = 1_000
UNPACKED = 768 << 20
SMALL = 64 << 20
RATIO = 200
"""A part above 64 MB that shrank to a 200th is no log: text in cells shrinks five- to fiftyfold."""
MERGES = 10_000
ROWS, COLUMNS = 1_048_576, 16_384
AREA = 12_000_000
"""Cells, empty ones too: the parser holds 32 bytes for each of them, twice for a moment."""
HEAD = 4096
SHARED_TEXT_BYTES = 5  # "<si/>", the shortest that can be
NAMED = 3
HARMLESS = ("[Content_Types]", "docProps/", "xl/theme/", "xl/drawings/", "xl/charts/", "xl/styles")
"""Parts that hold no cells, and whose size alone is looked at."""

_UNIQUE = re.compile(rb'\b(?:uniqueCount|count)\s*=\s*["\'](-?\d*)["\']')


@dataclass
class Guarded:
    """A workbook after the look: what to parse, and what is known of each sheet's part.

    ``repaired`` is the whole workbook again where something had to be put right, else None.
    ``notes`` and ``refused`` go by the part's name inside the zip.
    """

    repaired: io.BytesIO | None = None
    notes: dict[str, list[Finding]] = field(default_factory=dict)
    refused: dict[str, Finding] = field(default_factory=dict)
    merges_ignored: set[str] = field(default_factory=set)

    @property
    def speaks(self) -> bool:
        """Whether anything is known of any sheet."""
        return bool(self.refused or self.merges_ignored or any(self.notes.values()))


def look(path: Path, name: str) -> Guarded:
    """Look into a zipped workbook; raises `LearnpipeError` if it must not be parsed at all."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _look(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        problem = "The file is damaged: it was cut short or is not a whole workbook."
        fix = "Copy or download it again; if Excel can open it, save it as a new .xlsx file."
        raise refuse("damaged", name, problem, fix) from error
    except RuntimeError as error:  # zipfile's word for an encrypted part
        raise password(name) from error


def _look(archive: zipfile.ZipFile, name: str) -> Guarded:
    parts = archive.infolist()
    _within_limits(parts, name)
    guarded, changed = Guarded(), dict[str, bytes]()
    for part in parts:
        if not part.filename.lower().endswith(".xml") or part.filename.startswith(HARMLESS):
            continue
        with archive.open(part) as stream:
            head = stream.read(HEAD)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                problem = "The file holds a document type (DOCTYPE), which no spreadsheet has."
                raise refuse("doctype", name, problem, SAVE_AS)
            if b"sst" in head and (repaired := _counted(head, part.file_size)):
                changed[part.filename] = repaired + stream.read()
            sheet = scan(head, stream) if b"worksheet" in head else None
        if sheet is not None:
            _judge(sheet, part.filename, name, guarded)
            if sheet.padded and part.filename not in guarded.refused:
                changed[part.filename] = PADDED.sub(_stripped, archive.read(part))
        elif part.filename == "META-INF/manifest.xml" and _is_locked(archive, part):
            raise password(name)
    if changed:
        guarded.repaired = _rewritten(archive, changed)
    return guarded


def _is_locked(archive: zipfile.ZipFile, manifest: zipfile.ZipInfo) -> bool:
    return b"encryption-data" in archive.read(manifest)


def _within_limits(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > ENTRIES:
        raise refuse("too-large", name, f"The file holds {len(parts):,} parts.", SAVE_AS)
    sheets = sum("/worksheets/" in part.filename and part.filename[-1] != "/" for part in parts)
    if sheets > SHEETS * 2:  # a sheet may have a part for its relations
        problem = f"The workbook has more than {SHEETS:,} sheets."
        fix = "Keep the sheets that are logs, and move them to a workbook of their own."
        raise refuse("too-many-sheets", name, problem, fix)
    read = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".bin"))]
    total = sum(part.file_size for part in read)
    swollen = any(p.file_size > SMALL and p.file_size > RATIO * p.compress_size for p in read)
    if total > UNPACKED or swollen:
        packed = sum(part.compress_size for part in read)
        sizes = f"{_megabytes(packed)} to {_megabytes(total)}"
        problem = f"The file unpacks from {sizes}, more than a log can need."
        fix = (
            "In Excel, delete the empty rows and columns beyond your log (select them, right-click,"
            " Delete), save; or split it into one file a year."
        )
        raise refuse("too-large", name, problem, fix)


def _megabytes(size: int) -> str:
    return f"{max(1, round(size / (1 << 20))):,} MB"


def _counted(head: bytes, size: int) -> bytes | None:
    """The head of the shared texts without a count that cannot be true, or None if all is well."""
    tag_end = head.find(b">", head.find(b"sst"))
    tag = head[:tag_end]
    counts = _UNIQUE.findall(tag)
    most = size // SHARED_TEXT_BYTES + 1
    if all(count.isdigit() and int(count) <= most for count in counts if count):
        # "count" is how often the texts are used, which may well exceed their number
        return None
    return _UNIQUE.sub(b"", tag) + head[tag_end:]


def _judge(sheet: Scan, part: str, name: str, guarded: Guarded) -> None:
    """Put down what a sheet's scan means: that it must not be parsed, or what to say of it."""
    refused = _why_refused(sheet, name)
    if refused is not None:
        guarded.refused[part] = refused
        return
    notes = guarded.notes[part] = []
    if sheet.without_value:
        problem = f"{_cells(sheet.without_value)}: formula with no result stored, read as empty."
        fix = "Open the file in Excel, save it, and run again: Excel stores the results."
        notes.append(Finding("formula-without-value", "note", Place(name), problem, fix))
    if sheet.errors:
        problem = f"{_cells(sheet.errors)}: an error such as #REF! or #N/A, read as empty."
        fix = "Put the formula right, or type the value."
        notes.append(Finding("error-in-cell", "note", Place(name), problem, fix))
    if sheet.merges > MERGES:
        guarded.merges_ignored.add(part)
        problem = f"The sheet has {sheet.merges:,} merged areas; they were ignored."
        fix = "Unmerge the cells (Home > Merge & Centre), and save."
        notes.append(Finding("many-merges", "note", Place(name), problem, fix))


def _why_refused(sheet: Scan, name: str) -> Finding | None:
    if sheet.rows > ROWS or sheet.columns > COLUMNS:
        problem = f"The sheet reaches to {sheet.corner}, beyond the last cell of Excel, XFD1048576."
        return Finding("out-of-range", "stop", Place(name), problem, SAVE_AS)
    if sheet.rows * sheet.columns > AREA:
        problem = (
            f"The sheet reaches to cell {sheet.corner} ({sheet.rows:,} rows by"
            f" {sheet.columns:,} columns), which is too large to be read."
        )
        fix = (
            "In Excel, press Ctrl+End; delete the rows and columns between your log and that cell"
            " (select them, right-click, Delete), and save."
        )
        return Finding("too-large", "stop", Place(name), problem, fix)
    return None


def _cells(names: list[str]) -> str:
    """The first few cells, and how many more there are.

    >>> _cells(["A1"]), _cells(["A1", "A2", "A3", "A4", "A5"])
    ('Cell A1', 'Cells A1, A2, A3 and 2 more')
    """
    shown = ", ".join(names[:NAMED])
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"Cell{'s' if len(names) > 1 else ''} {shown}{more}"


def _stripped(match: re.Match[bytes]) -> bytes:
    return b"<v>" + match.group()[3:-4].strip() + b"</v>"


def _rewritten(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> io.BytesIO:
    """The workbook again, with the changed parts in place of the old, unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in archive.infolist():
            copy.writestr(part.filename, changed.get(part.filename) or archive.read(part))
    target.seek(0)
    return target
