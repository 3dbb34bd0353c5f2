"""Spreadsheet files become grids of cells, as they are: nothing guessed, nothing moved."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import python_calamine as calamine

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.tables import Cell, Grid
from learnpipe.read.guards import Guarded, look
from learnpipe.read.kinds import SAVE_AS, form_of, password, refuse
from learnpipe.read.text import read_text, trimmed

CUT_OFF = (65_536, 1_048_576)
"""Rows that old and new Excel can hold: a sheet that ends exactly there may have been cut."""
MANY_SHEETS = 1_000
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2}(?:\.\d+)?)S")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_grids(path: Path, name: str) -> list[Grid]:
    """Every sheet of a workbook, or the one of a text file; cell A1 is always ``cells[0][0]``.

    A sheet that must not be parsed is an empty grid with a stop finding. Raises `LearnpipeError`
    if the file as a whole is refused.
    """
    form = form_of(path, name)
    if form == "text":
        return [_checked(grid) for grid in read_text(path, name)]
    guarded = look(path, name) if form == "zip" else Guarded()
    if form == "compound" and ENCRYPTED in path.read_bytes():
        raise password(name)
    try:
        with _opened(path, form, guarded) as book:
            return _grids(book, path, name, guarded)
    except calamine.PasswordError as error:
        raise password(name) from error
    except calamine.CalamineError as error:
        raise _damaged(name) from error


def _opened(path: Path, form: str, guarded: Guarded) -> calamine.CalamineWorkbook:
    """The workbook; by its bytes where its name says another kind than they do."""
    if guarded.repaired is not None:
        return calamine.CalamineWorkbook.from_filelike(guarded.repaired)
    if (path.suffix.lower() == ".xls") == (form == "compound"):
        return calamine.CalamineWorkbook.from_path(path)
    with open(path, "rb") as file:
        return calamine.CalamineWorkbook.from_filelike(file)


def _grids(book: calamine.CalamineWorkbook, path: Path, name: str, guarded: Guarded) -> list[Grid]:
    if len(book.sheet_names) > MANY_SHEETS:
        problem = f"The workbook has {len(book.sheet_names):,} sheets."
        fix = "Keep the sheets that are logs, and move them to a workbook of their own."
        raise refuse("too-many-sheets", name, problem, fix)
    parts = _parts(path) if guarded.speaks else {}
    return [
        _grid(book, index, name, guarded, parts.get(metadata.name, ""))
        for index, metadata in enumerate(book.sheets_metadata)
    ]


def _grid(
    book: calamine.CalamineWorkbook, index: int, name: str, guarded: Guarded, part: str
) -> Grid:
    """One sheet; an empty grid if it is a chart, is refused, or cannot be parsed."""
    metadata = book.sheets_metadata[index]
    hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
    place = Place(name, metadata.name)
    refused = guarded.refused.get(part)
    if refused is not None:
        return Grid(name, metadata.name, [], hidden, findings=(replace(refused, place=place),))
    if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
        return Grid(name, metadata.name, [], hidden)
    try:
        sheet = book.get_sheet_by_index(index)
    except calamine.CalamineError:
        problem = "The sheet is damaged and could not be read."
        damaged = Finding("damaged", "stop", place, problem, SAVE_AS)
        return Grid(name, metadata.name, [], hidden, findings=(damaged,))
    cells = _cells(sheet, path_suffix=posixpath.splitext(name)[1].lower())
    merged = () if part in guarded.merges_ignored else _merged(sheet, cells)
    notes = tuple(replace(note, place=place) for note in guarded.notes.get(part, ()))
    return _checked(Grid(name, metadata.name, cells, hidden, merged, notes))


def _cells(sheet: calamine.CalamineSheet, path_suffix: str) -> list[list[Cell]]:
    if sheet.start is None:
        return []
    rows = sheet.to_python(skip_empty_area=False)
    cells: list[list[Cell]] = [
        [value or (None if value == "" else value) for value in row] for row in rows
    ]
    if path_suffix == ".ods":
        cells = [[_duration(value) for value in row] for row in cells]
    return trimmed(cells)


def _duration(value: Cell) -> Cell:
    """A length of time, which the parser leaves as OpenDocument writes it.

    >>> str(_duration("PT31H12M00S")), _duration("PTSD"), _duration(3)
    ('1 day, 7:12:00', 'PTSD', 3)
    """
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    hours, minutes, seconds = match.groups()
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))


def _merged(
    sheet: calamine.CalamineSheet, cells: list[list[Cell]]
) -> tuple[tuple[int, int, int, int], ...]:
    """The merged areas, as far as they reach into the cells."""
    height, width = len(cells), len(cells[0]) if cells else 0
    areas = sheet.merged_cell_ranges or []
    return tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in areas
        if top < height and left < width
    )


def _checked(grid: Grid) -> Grid:
    """The grid with a note if it ends exactly where a program may have cut it off."""
    if len(grid.cells) not in CUT_OFF:
        return grid
    problem = f"The sheet ends at row {len(grid.cells):,}, where exports are cut off: is it whole?"
    fix = "Compare its last row with the system it came from; if rows are missing, export in parts."
    place = Place(grid.file, grid.sheet)
    return replace(
        grid, findings=(*grid.findings, Finding("may-be-cut-off", "note", place, problem, fix))
    )


def _damaged(name: str) -> LearnpipeError:
    problem = "The file is damaged or is not a whole workbook."
    fix = "If Excel can open it, save it as a new .xlsx file and use that; else copy it again."
    return refuse("damaged", name, problem, fix)


def _parts(path: Path) -> dict[str, str]:
    """The part of the zip that holds each sheet, by the sheet's name."""
    from defusedxml.ElementTree import fromstring  # costs more to import than it is needed

    try:
        with zipfile.ZipFile(path) as archive:
            book = fromstring(archive.read("xl/workbook.xml"))
            relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ValueError, SyntaxError):
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    parts: dict[str, str] = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            identity = next((v for k, v in sheet.items() if k.endswith("}id")), None)
            target = targets.get(identity, "")
            parts[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", target))[1:]
    return parts
