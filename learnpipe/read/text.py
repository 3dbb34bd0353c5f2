"""Text files (.csv, .tsv) become grids in which every value stays text: ``001`` stays ``001``."""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections import Counter
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.tables import Cell, Grid

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 1 << 18
SAMPLE_ROWS = 500
TEXT_BYTES = 256 << 20
CELL_CHARACTERS = 32_767  # what a cell of Excel holds
FIELD_CHARACTERS = 2**31 - 1
UTF_16_SHARE = 0.3
"""From this share of NULs at odd (or even) places on, bytes are taken for UTF-16 without a mark."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(path: Path, name: str) -> list[Grid]:
    """The one grid of a text file; raises `LearnpipeError` if it is no text or cannot be used."""
    if path.stat().st_size > TEXT_BYTES:
        fix = "Split it, for example into one file a year."
        raise _stop("too-large", name, "The file is larger than 256 MB.", fix)
    text, findings = decode(path.read_bytes(), name)
    separator, body = _declared_separator(text)
    separator = separator or find_separator(body, path.suffix.lower() == ".tsv")
    return [Grid(name, None, trimmed(_cells(body, separator, name)), findings=findings)]


def decode(raw: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file's bytes: by its mark, else UTF-8, else Windows-1252 (Excel's "CSV")."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), ()
            except UnicodeDecodeError:
                return raw.decode(encoding, "replace"), (_unreadable_characters(name),)
    if b"\0" in raw[:SAMPLE_CHARACTERS]:
        raw = _from_unmarked_utf_16(raw, name)
    if b"\0" in raw:
        problem = "The file holds NUL bytes, so it is not a text file or it is damaged."
        raise _stop("not-text", name, problem, "Export the log again, as .xlsx or as CSV UTF-8.")
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), ()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace"), (_unreadable_characters(name),)


def _from_unmarked_utf_16(raw: bytes, name: str) -> bytes:
    """UTF-16 without a mark as UTF-8, told by where its NULs stand; other bytes as they are."""
    sample = raw[:SAMPLE_CHARACTERS]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[start::2]
        if half.count(0) > UTF_16_SHARE * len(half) and half.count(0) == sample.count(0):
            try:
                return raw.decode(encoding).encode()
            except UnicodeDecodeError:
                break
    return raw


def _unreadable_characters(name: str) -> Finding:
    problem = "Some characters could not be read and stand as � instead."
    fix = 'In Excel, save it as "CSV UTF-8 (Comma delimited)" or as .xlsx.'
    return Finding("unreadable-characters", "note", Place(name), problem, fix)


def _declared_separator(text: str) -> tuple[str | None, str]:
    """The separator that a first line ``sep=;`` declares, and the text below that line.

    Excel does not show that line, so the rows are counted from the one after it.
    """
    first, ending, rest = text.partition("\n")
    declared = first.strip("\r").strip('"')
    if ending and declared[:4].lower() == "sep=" and len(declared) == len("sep=") + 1:
        return declared[-1], rest
    return None, text


def find_separator(text: str, prefer_tab: bool = False) -> str:
    """The separator by which most rows have the same number of fields, quotes respected.

    Each candidate scores the share of rows with its commonest width (above one), times the
    logarithm of that width; without any, a tab or a comma.
    """
    cut = text[:SAMPLE_CHARACTERS]
    if len(text) > SAMPLE_CHARACTERS:
        cut = cut[: cut.rfind("\n") + 1] or cut
    order = ("\t", *SEPARATORS) if prefer_tab else SEPARATORS
    return max(order, key=lambda separator: _score(cut, separator))


def _score(text: str, separator: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(row):
                widths[len(row)] += 1
            if widths.total() == SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    return max(count * math.log(width) for width, count in several.items()) / widths.total()


def _cells(text: str, separator: str, name: str) -> list[list[Cell]]:
    """The cells of the text; raises if a quotation mark is opened and never closed."""
    csv.field_size_limit(FIELD_CHARACTERS)
    odd_quotes = text.count('"') % 2 == 1
    # an encoded copy read line by line takes a quarter of the memory of a StringIO
    lines = io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="")
    cells: list[list[Cell]] = []
    row: list[str] = []
    for row in csv.reader(lines, delimiter=separator):
        cells.append([value or None for value in row])
        if sum(map(len, row)) > CELL_CHARACTERS and max(map(len, row)) > CELL_CHARACTERS:
            raise _unclosed(name, len(cells))
    if odd_quotes and any("\n" in value for value in row):
        raise _unclosed(name, len(cells))
    return cells


def _unclosed(name: str, row: int) -> LearnpipeError:
    problem = "A quotation mark opens in this row and never closes: the rows below run together."
    fix = "Close or remove it, or export the log again as .xlsx."
    return LearnpipeError(Finding("unclosed-quote", "stop", Place(name, row=row), problem, fix))


def trimmed(cells: list[list[Cell]]) -> list[list[Cell]]:
    """The cells without empty rows at the end and without empty cells at the end of all rows.

    >>> trimmed([["a", None, None], [], ["b"], [None]])
    [['a'], [], ['b']]
    """
    width, height = 0, 0
    for number, row in enumerate(cells, start=1):
        end = len(row)
        while end > width and row[end - 1] is None:
            end -= 1
        width = max(width, end)
        if any(value is not None for value in row):
            height = number
    return [row[:width] if len(row) > width else row for row in cells[:height]]


def _stop(code: str, name: str, problem: str, fix: str) -> LearnpipeError:
    return LearnpipeError(Finding(code, "stop", Place(name), problem, fix))
