"""One sheet: its tables as they were understood, and the month that it declares."""

from __future__ import annotations

from collections.abc import Mapping

from learnpipe.ground.tables import Grid, Recognised
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.period import declared_period
from learnpipe.recognise.tables import find_tables


def recognise(grid: Grid, know: Knowledge, settings: Mapping[str, str]) -> Recognised:
    """Understand one sheet: its logs, their headers, their columns, their records.

    ``settings`` maps headers of this sheet to fields, as a provider decided.
    """
    tables = find_tables(grid, know, settings)
    return Recognised(
        grid.file, grid.sheet, grid.hidden, tables, declared_period(grid), None, grid.findings
    )
