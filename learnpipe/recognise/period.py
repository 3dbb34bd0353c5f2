"""The month that a sheet declares by its name, or its file by its own."""

from __future__ import annotations

import re

from learnpipe.ground.calendar import declared_month
from learnpipe.ground.tables import Grid

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def declared_period(grid: Grid) -> int | None:
    """The month number that the sheet's name declares, or the file's, or both together."""
    name = grid.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    period = (declared_month(grid.sheet) if grid.sheet else None) or declared_month(name)
    years = set(_YEAR.findall(name))
    if period is None and grid.sheet and len(years) == 1:
        period = declared_month(f"{grid.sheet} {years.pop()}")
    return period
