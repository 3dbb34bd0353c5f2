"""The recognise room: which sheet is which log, which column which field, what a cell means.

It works on plain lists and numpy arrays and does without pandas, so that it can run in the child
process that read the file, whose start must be quick.
"""

from collections.abc import Callable, Mapping, Sequence

from learnpipe.ground.tables import Grid, Recognised
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.records import settle_crosses
from learnpipe.recognise.sheet import recognise as recognise_sheet

__all__ = ["Knowledge", "recognise", "recognise_file"]


def recognise_file(
    grids: Sequence[Grid], know: Knowledge, settings: Callable[[Grid], Mapping[str, str]]
) -> tuple[Recognised, ...]:
    """Understand all sheets of one file; ``settings`` maps headers of a sheet to fields."""
    return settle_crosses([recognise_sheet(grid, know, settings(grid)) for grid in grids])


def recognise(grid: Grid, know: Knowledge, settings: Mapping[str, str]) -> Recognised:
    """Understand a sheet that is alone in its file."""
    return recognise_file([grid], know, lambda _: settings)[0]
