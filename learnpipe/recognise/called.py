"""What a sheet calls itself: its name, its titles or its file's name may say which log it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath

from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Grid
from learnpipe.recognise.header_rows import Header
from learnpipe.recognise.header_words import normal

CALLED = 1.5
"""What a name says for its log: as much as one and a half headers that no other log has."""

_TITLES = 12  # rows above a header
_IN_A_ROW = 2  # cells; a row with more of them is a record or another header
_LONGEST_TITLE = 60  # longer texts are instructions, which speak of all kinds of things


def logs_called(schemas: Schemas, grid: Grid, header: Header) -> tuple[str, ...]:
    """The logs whose name a sheet bears, in its titles or its own name, else in its file's name.

    "Actions from incidents" names two: its columns have to decide.
    """
    own = _named(schemas, (grid.sheet or "", *titles_above(grid, header)))
    return own or _named(schemas, (PurePath(grid.file).stem,))


def titles_above(grid: Grid, header: Header) -> list[str]:
    """The short texts that stand alone, or in twos, in the rows right above a header."""
    above = grid.cells[max(0, header.top - _TITLES) : header.top]
    return [
        cell
        for row in above
        if sum(cell is not None for cell in row) <= _IN_A_ROW
        for cell in row
        if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE
    ]


def _named(schemas: Schemas, texts: Iterable[str]) -> tuple[str, ...]:
    said = [normal(text, hints=True) for text in texts]
    return tuple(
        log
        for log, schema in schemas.logs.items()
        if schema.called and any(map(beginning_with(schema.called).search, said))
    )


@lru_cache
def beginning_with(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds a word that is one of these or begins as one does, in any case."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
