"""Two facts in one column: told by its header, and split only where every cell can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Cell
from learnpipe.recognise.knowledge import Knowledge, Samples
from learnpipe.recognise.values import fits

_BETWEEN_HEADERS = re.compile(r"\s*(?:[/&+,;\n]|\band\b)\s*", re.IGNORECASE)
_BETWEEN_FACTS = ("\n", " / ", ";", " - ", " – ", "|", ",", "/")
_TYPED = ("date", "datetime", "month", "choice", "yes_no", "number")
_FEWEST = 3


@dataclass(frozen=True)
class TwoFacts:
    """The fields of the text before and after ``mark`` in each cell of a column."""

    first: str
    second: str
    mark: str


def facts_in_header(know: Knowledge, schema: Schema, header: str) -> tuple[str, ...]:
    """The two fields that a header surely names, one on each side of a stroke, comma or "and"."""
    if not _BETWEEN_HEADERS.search(header):
        return ()
    parts = [part for part in _BETWEEN_HEADERS.split(header.strip()) if part]
    if len(parts) != 2:
        return ()
    found = [
        {hit.field for hit in know.index.find(part, mend=False)
         if hit.log == schema.log and hit.role == "sure" and hit.score > 0.95}
        for part in parts
    ]  # fmt: skip
    names = tuple(min(fields) for fields in found if len(fields) == 1)
    return names if len(set(names)) == 2 else ()


def split_of(
    know: Knowledge, schema: Schema, names: Sequence[str], samples: Samples, at: int
) -> TwoFacts | None:
    """How a column splits into two fields, if each of its cells does and nothing else could be.

    One of the two must be of a kind whose cells can be told from any text.
    """
    told = samples.told(at)
    kinds = [schema.fields[name].kind for name in names]
    if len(told) < _FEWEST or not set(kinds) & set(_TYPED):
        return None
    for mark in _BETWEEN_FACTS:
        parts = [parted(cell, mark) for cell in told]
        if not all(parts):
            continue
        for first, second in (names, names[::-1]):
            before, after = (fits(know.reader, schema.fields[name]) for name in (first, second))
            if all(part and before(part[0]) == 1 and after(part[1]) == 1 for part in parts):
                return TwoFacts(first, second, mark)
    return None


def parted(cell: Cell, mark: str) -> tuple[str, str] | None:
    """The two texts of a cell in which a mark stands once between them."""
    if not isinstance(cell, str) or cell.count(mark) != 1:
        return None
    first, _, second = cell.partition(mark)
    return (first.strip(), second.strip()) if first.strip() and second.strip() else None
