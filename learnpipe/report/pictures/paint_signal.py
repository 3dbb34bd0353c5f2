"""What fired, written beside the points that it is about: where nothing else is drawn."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from learnpipe.report import theme
from learnpipe.report.pictures.paint_axes import Plot, known
from learnpipe.report.pictures.paint_canvas import LINE, width
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette


def named_phases(spec: ChartSpec) -> list[tuple[int, str]]:
    """Where on the chart limits begin anew, and why."""
    return [(at, why) for at, why in spec.phases if 0 < at < len(spec.months)]


def paint_signal(plot: Plot, spec: ChartSpec, palette: Palette) -> None:
    """Write what fired beside the points that it is about, where nothing else is drawn."""
    values = known(spec.values)
    last = max(n for n, v in enumerate(values) if math.isfinite(v))
    meaning = spec.meanings[last]
    if meaning in theme.PLAIN:
        return
    start = last
    while start and (spec.meanings[start - 1] == meaning or math.isnan(values[start - 1])):
        start -= 1
    text, wide = spec.signal, width(spec.signal)
    free = (plot.right - plot.left - wide - 4, plot.top - plot.bottom - LINE - 4)
    if min(free) <= 0:
        return
    about = (start + last) / 2
    near = plot.x(about) - wide / 2, plot.y(float(np.nanmean(values[start : last + 1]))) - LINE / 2
    x, y = np.meshgrid(
        np.linspace(plot.left + 2, plot.left + 2 + free[0], 24),
        np.linspace(plot.bottom + 2, plot.bottom + 2 + free[1], 24),
    )
    blocked = _crossed(plot, spec, x, y, wide)
    if blocked.all():
        return
    far = np.where(blocked, np.inf, (x - near[0]) ** 2 + (y - near[1]) ** 2)
    best = np.unravel_index(int(far.argmin()), far.shape)
    plot.canvas.write(float(x[best]), float(y[best]) + LINE / 2, text, palette.states[meaning].ink,
                      va="center")  # fmt: skip


def _crossed(
    plot: Plot, spec: ChartSpec, x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], wide: float
) -> np.ndarray[Any, Any]:
    """Whether a text with its lower left corner at x, y would cover something that is drawn."""
    blocked = np.zeros(x.shape, bool)
    right, top = x + wide, y + LINE
    if spec.target is not None:
        at = plot.y(spec.target)
        blocked |= (y - 1 < at) & (at < top + 1)
    for month, _ in named_phases(spec):
        across = plot.x(month - 0.5)
        blocked |= (x - 3 < across) & (across < right + 3)
    for level in (spec.centre, spec.lower, spec.upper):
        for month, value in enumerate(known(level)):
            if value == value:
                beside = (right < plot.x(month - 0.5)) | (x > plot.x(month + 0.5))
                blocked |= ~beside & (y - 1 < plot.y(value)) & (plot.y(value) < top + 1)
    values = np.array(known(spec.values))
    there = np.flatnonzero(np.isfinite(values))
    steps = np.arange(0, len(values) - 1 + 1e-9, 0.2)
    drawn = np.interp(steps, there, values[there])
    for across, up in zip(map(plot.x, steps.tolist()), map(plot.y, drawn.tolist()), strict=True):
        blocked |= (x - 4 < across) & (across < right + 4) & (y - 4 < up) & (up < top + 4)
    return blocked
