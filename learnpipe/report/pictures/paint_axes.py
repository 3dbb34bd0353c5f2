"""The frame of a chart of months: which range and round numbers it shows, and where they stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from learnpipe.report.pictures.paint_canvas import LINE, Canvas, width
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette

GRID = "#dddddd"
BELOW = 5.0  # points from the axis down to its months
Mark = tuple[float, str, str]
"""A number of the y axis: value, text, ink."""


@dataclass(frozen=True)
class Plot:
    """Where months and values fall on a picture, in points from its lower left corner."""

    canvas: Canvas
    left: float
    right: float
    bottom: float
    top: float
    values: tuple[float, float]
    months: int

    @property
    def step(self) -> float:
        """The points from a month to the next."""
        return (self.right - self.left) / self.months

    def x(self, month: float) -> float:
        """The points from the left of a month, from 0."""
        return self.left + (month + 0.5) * self.step

    def y(self, value: float) -> float:
        """The points from below of a value."""
        low, high = self.values
        return self.bottom + (value - low) / (high - low) * (self.top - self.bottom)

    def line(self, at: Sequence[float], values: Sequence[float], **look: Any) -> None:
        """Draw a line through values at months; where a value is not a number it is broken."""
        self.canvas.line([self.x(n) for n in at], [self.y(v) for v in values], **look)

    def across(self, value: float, **look: Any) -> None:
        """Draw a level line over the whole plot."""
        self.canvas.line([self.left, self.right], [self.y(value)] * 2, **look)


def finite(*series: Sequence[float | None]) -> list[float]:
    """The values that are numbers."""
    return [v for values in series for v in values if v is not None and math.isfinite(v)]


def known(values: Sequence[float | None]) -> list[float]:
    """The values with NaN for what is missing."""
    return [math.nan if v is None else float(v) for v in values]


def value_range(spec: ChartSpec) -> tuple[float, float]:
    """The axis' range: all that is drawn, from zero if that is near; a little air."""
    target = () if spec.target is None else (spec.target,)
    drawn = finite(spec.values, spec.lower, spec.upper, spec.centre, target)
    if not drawn:
        return 0.0, 1.0
    low, high = min(drawn), max(drawn)
    if 0 <= low < 0.25 * high:
        low = 0.0
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return (low - air * (low != 0 or high == 0), high + air)


def as_text(value: float, spec: ChartSpec, step: float = 0.0) -> str:
    """A value as it is printed on the chart; ``step`` is the distance of round numbers."""
    if spec.percent:
        return f"{value * 100:.0f}%"
    if step:
        return f"{value:,.{max(0, -math.floor(math.log10(step)))}f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def round_marks(spec: ChartSpec, palette: Palette) -> list[Mark]:
    """Two to four round numbers for the y axis."""
    low, high = value_range(spec)
    if spec.percent:
        high = min(high, 1.0 + 1e-9)
    rough = (high - low) / 3
    size = 10 ** math.floor(math.log10(rough))
    step = next(m * size for m in (1, 2, 5, 10) if m * size >= rough * 0.8)
    if spec.percent:
        step = max(step, 0.01)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [
        (n * step, as_text(n * step, spec, step), palette.quiet) for n in range(first, last + 1)
    ]


def own_marks(spec: ChartSpec, palette: Palette, high: float) -> list[Mark]:
    """The target and the centre as the y axis' only numbers, the centre where there is room.

    Without either, the round numbers.
    """
    centre = finite(spec.centre)
    marks = [(v, as_text(v, spec), palette.text) for v in centre[-1:]]
    if spec.target is not None:
        low, top = value_range(spec)
        marks = [m for m in marks if abs(m[0] - spec.target) / (top - low) * high >= LINE]
        marks.append((spec.target, as_text(spec.target, spec), palette.target_ink))
    return marks or round_marks(spec, palette)


def apart(marks: Sequence[Mark], values: tuple[float, float], high: float) -> list[Mark]:
    """The marks, of those whose texts would touch on an axis ``high`` points long only some."""
    room = (values[1] - values[0]) / high * LINE
    kept: list[Mark] = []
    for mark in sorted(marks):
        if not kept or mark[0] - kept[-1][0] >= room * 0.999:
            kept.append(mark)
    return kept


def paint_frame(plot: Plot, months: Sequence[str], marks: Sequence[Mark], palette: Palette) -> None:
    """No box; quiet grid lines; months every so many that they do not touch."""
    for value, text, ink in marks:
        plot.across(value, color=GRID, linewidth=0.5, zorder=0)
        plot.canvas.write(plot.left - 2, plot.y(value), text, ink, ha="right", va="center")
    axis = [plot.bottom] * 2
    plot.canvas.line([plot.left, plot.right], axis, color=palette.line, linewidth=0.6)
    if not months:
        return
    widest = max(map(width, months))
    every = next(
        (n for n in (1, 2, 3, 4, 6, 12, 24, 36) if plot.step * n >= widest + 3), plot.months
    )
    # Counted from the latest month, which is the one in question.
    before = math.inf
    for at in range(plot.months - 1, -1, -every):
        x = max(min(plot.x(at), plot.canvas.size[0] - widest / 2), widest / 2)
        if x + widest / 2 > before:
            break
        before = x - widest / 2
        plot.canvas.write(x, plot.bottom - BELOW, months[at], palette.quiet, ha="center", va="top")
