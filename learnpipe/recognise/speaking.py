"""Whether a table speaks of what its log is about, or only has columns that any table may have."""

from __future__ import annotations

import re
from functools import lru_cache

from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Cell, Grid
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.header_rows import Header
from learnpipe.recognise.knowledge import Samples

_OF_CELLS = 0.2
_TITLES = 12
_MANY, _WIDE = 2, 6


def speaks_of(
    schema: Schema, grid: Grid, header: Header, mapping: ColumnMap, samples: Samples
) -> bool:
    """Whether a field of its own, a word in a header, title or name, or its cells tell the log.

    A date, a type and a description are found in a list of orders as well.
    """
    if not schema.speaking or any(
        name not in schema.common for name in (*mapping.fields.values(), *mapping.ticks.values())
    ):
        return True
    if len(mapping.fields) >= _WIDE and len(mapping.fields) == sum(map(bool, header.texts)):
        return True  # no column in it is foreign
    find = _pattern(schema.speaking).search
    above = grid.cells[max(0, header.top - _TITLES) : header.top]
    titles = [cell for row in above for cell in row if isinstance(cell, str)]
    if any(map(find, (grid.file, grid.sheet or "", *header.texts, *titles))):
        return True

    def told_of(cell: Cell) -> bool:
        return isinstance(cell, str) and find(cell) is not None

    if sum(samples.are_numbers(at) for at in _others(header, mapping)) >= _MANY:
        return False  # amounts of something, such as food that was thrown away
    for at, name in mapping.fields.items():
        if schema.fields[name].kind in ("text", "choice"):
            told = samples.told(at)
            if told and sum(map(told_of, told)) >= max(1, _OF_CELLS * len(told)):
                return True
    return False


def _others(header: Header, mapping: ColumnMap) -> list[int]:
    """The columns whose headers are not known at all."""
    return [
        at
        for at, text in enumerate(header.texts)
        if text and mapping.field_at(at) is None and at not in mapping.candidates
    ]


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these words or beginnings of words; in names of files words may touch figures."""
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
