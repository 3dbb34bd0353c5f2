"""Where the charts of the page stand, and how large they can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from learnpipe.report.shapes import ChartSpec

GAP = 8  # pixels between charts
WORDS_BESIDE, WORDS_ABOVE = 60, 50  # pixels of a chart that its labels take


@dataclass(frozen=True)
class Slot:
    """A chart's place: pixels from the page's top left corner."""

    spec: ChartSpec
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Grid:
    """Charts in so many columns, each of a size in pixels; ``room`` is what is left to draw in."""

    across: int
    width: int
    height: int
    room: float


def best_grid(count: int, width: int, height: int) -> Grid:
    """The columns that leave each chart most room beside its words, for drawings twice as wide.

    >>> best_grid(4, 600, 230).across, best_grid(4, 600, 120).across
    (2, 4)
    """
    grids = []
    for across in range(1, max(count, 1) + 1):
        down = -(-max(count, 1) // across)
        wide = (width - GAP * (across - 1)) // across
        high = (height - GAP * (down - 1)) // down
        room = min((wide - WORDS_BESIDE) / 2, high - WORDS_ABOVE)
        grids.append(Grid(across, max(min(wide, high * 3), 1), max(high, 1), room))
    return max(grids, key=lambda grid: grid.room)


def slots(charts: Sequence[ChartSpec], width: int, top: int, height: int) -> tuple[Slot, ...]:
    """A place for each chart in ``width`` by ``height`` pixels, from ``top`` at the left margin."""
    grid = best_grid(len(charts), width, height)
    return tuple(
        Slot(
            spec,
            (at % grid.across) * (grid.width + GAP),
            top + (at // grid.across) * (grid.height + GAP),
            grid.width,
            grid.height,
        )
        for at, spec in enumerate(charts)
    )
