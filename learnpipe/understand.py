"""One file → its sheets as understood. It runs in the child process that may die of the file."""

from __future__ import annotations

from pathlib import Path

from learnpipe.context import Context
from learnpipe.ground.tables import Recognised
from learnpipe.read.workbooks import read_grids
from learnpipe.recognise import Knowledge, recognise_file

_known: dict[int, Knowledge] = {}


def understand_file(path: str, name: str, context: Context) -> tuple[Recognised, ...]:
    """Every sheet of one file as understood. Raises `LearnpipeError` where the file is refused."""
    if id(context) not in _known:
        _known.clear()
        _known[id(context)] = Knowledge.of(context.schemas, context.settings.dates_for)
    know = _known[id(context)]
    grids = read_grids(Path(path), name)
    return recognise_file(grids, know, lambda grid: context.settings.columns_for(name, grid.sheet))
