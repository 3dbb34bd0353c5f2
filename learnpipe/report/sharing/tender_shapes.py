"""The tender workbook as it is painted: a cover, tables and drawings, as pure data."""

from __future__ import annotations

from dataclasses import dataclass

from learnpipe.report.figures import value_text
from learnpipe.report.shapes import Sheet

TILE_COLUMNS = 6
"""One for each step of the loop."""


@dataclass(frozen=True)
class Points:
    """One drawing: a measure by month or quarter. ``values`` are shares, or counts."""

    key: str
    title: str
    by: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    percent: bool
    target: float | None

    @property
    def nought(self) -> str:
        """A value of nothing, as printed."""
        return value_text("share" if self.percent else "count", 0.0)

    @property
    def alt(self) -> str:
        """What it shows, in words."""
        kind = "share" if self.percent else "count"
        told = ", ".join(
            f"{label} {value_text(kind, value)}"
            for label, value in zip(self.labels, self.values, strict=True)
        )
        return f"{self.title}, all services, by {self.by}: {told}."


@dataclass(frozen=True)
class Tile:
    """One step of the loop: its name, its figure in large, and what that is of."""

    step: str
    figure: str
    told: str


@dataclass(frozen=True)
class Cover:
    """What the cover says; the parts are paragraphs under a heading."""

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class TenderBook:
    """The whole workbook; ``figures`` is the sheet of which the charts are drawn.

    ``not_drawn``: what is not drawn with the reason, (title, reason).
    """

    title: str
    period: str
    cover: Cover
    sheets: tuple[Sheet, ...]
    figures: str
    points: tuple[Points, ...]
    not_drawn: tuple[tuple[str, str], ...]
