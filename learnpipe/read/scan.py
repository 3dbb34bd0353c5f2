"""One quick look over a sheet's XML, as bytes: how far its cells reach, and what is odd in it.

What a sheet says of its own size may be a lie, and what a formula gave may be missing. The look
goes through the part in blocks, so that it costs little memory, and about a
fifth of the time of parsing a large sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

from learnpipe.ground.tables import letter_of

BLOCK = 1 << 18
NEAR = 1 << 13
LONGEST = 8 << 20
"""A stretch without any tag is carried on to the next block up to this length."""

_CELL = re.compile(rb" r=[\"']([A-Z]{1,9})(\d{1,20})")
_ROW = re.compile(rb"row\b[^>]*? r=[\"'](\d{1,20})")
_FORMULA = re.compile(rb"<f[ >/]")
_NO_VALUE = re.compile(rb"<f(?:\s[^>]*/>|[^>]*>[^<]*</f>|/>)(?:<v\s*/>|<v>\s*</v>)?</c>")
_ERROR = re.compile(rb' t="e"')
_PADDED_IN_FRONT = re.compile(rb"<v>\s")
PADDED = re.compile(rb"<v>(?:\s+[^<\s]+\s*|[^<\s]+\s+)</v>")


@dataclass
class Scan:
    """What a look over one sheet found; ``rows`` and ``columns`` count from 1.

    ``without_value`` names the cells whose formula has no result stored, ``errors`` those that
    hold an Excel error such as ``#REF!``. ``padded``: values have blanks around them.
    """

    rows: int = 0
    columns: int = 0
    without_value: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    merges: int = 0
    padded: bool = False

    @property
    def corner(self) -> str:
        """The cell in the far corner, as Excel would name it."""
        return f"{letter_of(max(self.columns, 1) - 1)}{max(self.rows, 1)}"


def scan(head: bytes, stream: IO[bytes]) -> Scan:
    """Look over one sheet's XML: its head, and the rest of it.

    Columns are exact; rows are those of the last row of each block, which is enough for rows in
    order. Rows out of order are left to the memory limit, and blanks around values are looked
    for in the first and last block: what pads values pads them all.
    """
    found, carried, in_rows, first = Scan(), head, True, True
    beyond = _CELL
    while block := stream.read(BLOCK):
        block = carried + block
        cut = _cut(block, in_rows)
        if in_rows:
            beyond = _reach(block, cut, beyond, found)
            _note_cells(block, cut, found)
            if first:
                found.padded, first = _is_padded(block), False
            in_rows = block.find(b"</sheetData", cut) < 0
        if not in_rows:
            found.merges += block.count(b"<mergeCell ", 0, cut)
        carried = block[cut:]
    _reach(carried, len(carried), beyond, found)
    _note_cells(carried, len(carried), found)
    found.padded = found.padded or _is_padded(carried)
    found.merges += carried.count(b"<mergeCell ")
    return found


def _is_padded(block: bytes) -> bool:
    """Whether values have blanks in front of them anywhere, or behind them near the start."""
    return bool(_PADDED_IN_FRONT.search(block) or PADDED.search(block, 0, NEAR))


def _cut(block: bytes, in_rows: bool) -> int:
    """Where a block may be cut: before its last cell, or before its last tag."""
    cut = block.rfind(b"<c ") if in_rows else -1
    if cut <= 0:
        cut = block.rfind(b"<")
    return cut if cut > 0 or len(block) < LONGEST else len(block)


def _reach(block: bytes, end: int, beyond: re.Pattern[bytes], found: Scan) -> re.Pattern[bytes]:
    """Widen ``found`` by the cells of a block; returns the search for cells further right."""
    last_row = _ROW.search(block, max(block.rfind(b"row ", 0, end), 0), end)
    if last_row is not None:
        found.rows = max(found.rows, int(last_row.group(1)))
    if not found.columns and (last := _CELL.search(block, end)):  # a first guess saves steps
        found.columns = number_of(last.group(1))
        beyond = _beyond(found.columns)
    cell = beyond.search(block, 0, end)
    while cell is not None:
        found.columns = max(found.columns, number_of(cell.group(1)))
        found.rows = max(found.rows, int(cell.group(2)))
        beyond = _beyond(found.columns)
        cell = beyond.search(block, cell.end(), end)
    return beyond


def _note_cells(block: bytes, end: int, found: Scan) -> None:
    """Add a block's formulas without a result, and its errors, to ``found``."""
    if _FORMULA.search(block, 0, end):
        for match in _NO_VALUE.finditer(block, 0, end):
            tag = block[max(block.rfind(b"<c ", 0, match.start()), 0) : match.start()]
            if b't="str"' not in tag or b"<v" not in match.group():  # an empty text is a result
                found.without_value.append(_name_in(tag))
    for match in _ERROR.finditer(block, 0, end):
        found.errors.append(_name_in(block[max(block.rfind(b"<", 0, match.start()), 0) :][:200]))


def _name_in(tag: bytes) -> str:
    cell = _CELL.search(tag)
    return (cell.group(1) + cell.group(2)).decode() if cell else "?"


def number_of(letters: bytes) -> int:
    """The 1-based number of a column's letters.

    >>> number_of(b"A"), number_of(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _beyond(column: int) -> re.Pattern[bytes]:
    """A search for a cell further right than a 1-based column.

    >>> [bool(_beyond(28).search(b'<c r="%s7"' % c)) for c in (b"Z", b"AB", b"AC", b"BA", b"AAA")]
    [False, False, True, True, True]
    """
    letters = letter_of(column - 1).encode()
    choices = [b"[A-Z]{%d,9}" % (len(letters) + 1)]
    for place, letter in enumerate(letters):
        if letter < ord("Z"):
            rest = len(letters) - place - 1
            choices.append(letters[:place] + b"[%c-Z]" % (letter + 1) + b"[A-Z]{%d}" % rest)
    return re.compile(rb" r=[\"'](%s)(\d{1,20})" % b"|".join(choices))
