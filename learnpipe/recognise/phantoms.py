"""Pre-numbered rows that wait to be filled in: no records, however their defaults look."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Cell

_FEWEST = 5
_LONGEST = 25  # characters of a default; more than that somebody wrote
_LAST_NUMBER = re.compile(r"(\d+)\D*$")


def waiting_rows(
    schema: Schema,
    fields: Mapping[int, str],
    body: Sequence[Sequence[Cell]],
    records: Sequence[int],
    says: Callable[[Cell], bool],
) -> int:
    """How many of the last records only wait to be filled in: numbered on, and all else the same.

    That is certain only for a run at the end of the table, in which each row has the next number
    of the row above, no row tells a date, and whatever else is in them is short and stands in
    every row alike. ``says``: whether a cell holds anything but a zero or a placeholder.
    """
    ref = next((at for at, name in fields.items() if schema.fields[name].kind == "ref"), None)
    if ref is None or len(records) < _FEWEST:
        return 0
    dated = [at for at, name in fields.items() if schema.fields[name].dated]
    last = _rest(body[records[-1]], ref)
    if any(isinstance(cell, str) and len(cell) > _LONGEST for cell in last):
        return 0
    found, number = 1, _number(body[records[-1]], ref)
    for position in reversed(records[:-1]):
        row = body[position]
        above = _number(row, ref)
        if number is None or above != number - 1 or _rest(row, ref) != last:
            break
        if _tells(row, dated, says):
            break
        found, number = found + 1, above
    return found if found >= _FEWEST else 0


def _tells(row: Sequence[Cell], dated: Sequence[int], says: Callable[[Cell], bool]) -> bool:
    return any(at < len(row) and says(row[at]) for at in dated)


def _rest(row: Sequence[Cell], ref: int) -> list[Cell]:
    """A row without its number and without the empty cells at its end."""
    out = [None if at == ref else cell for at, cell in enumerate(row)]
    while out and out[-1] is None:
        out.pop()
    return out


def _number(row: Sequence[Cell], ref: int) -> int | None:
    """The number at the end of a row's reference, or None."""
    cell = row[ref] if ref < len(row) else None
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if cell == int(cell) else None
    found = _LAST_NUMBER.search(cell) if isinstance(cell, str) else None
    return int(found[1]) if found else None
