"""Paints a process-behaviour or run chart of months: limits, signals, phases, target and words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from learnpipe.report import theme
from learnpipe.report.pictures.paint_axes import (
    BELOW,
    Plot,
    apart,
    as_text,
    finite,
    known,
    own_marks,
    paint_frame,
    round_marks,
    value_range,
)
from learnpipe.report.pictures.paint_canvas import EDGE, LINE, SIZE, Canvas, one_line, width
from learnpipe.report.pictures.paint_signal import named_phases, paint_signal
from learnpipe.report.pictures.paint_words import GAP, NARROW, paint_notes, paint_words
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette

FEWEST = 6  # months with a value that make a chart; fewer are shown as numbers
DRAWING, NUMBERS = 90.0, 40.0  # points of height that leave room for a note under them
LEAST_HIGH = 15.0  # points of height to draw in
LEAST_WIDE = 22.0  # points to draw in; where there are fewer, the numbers at the left make room
_CENTRES = {"run": "median", "g": "median"}


def paint_process(canvas: Canvas, spec: ChartSpec, palette: Palette) -> None:
    """Paint the chart in the size of the canvas; what has too few points is shown as numbers."""
    wide, high = canvas.size
    narrow = wide < NARROW
    under = spec.unit if narrow else spec.subtitle
    top = high - paint_words(canvas, spec.title, under, palette)
    few = len(finite(spec.values)) < FEWEST
    bottom = paint_notes(canvas, spec, palette, top, NUMBERS if few else DRAWING)
    if few:
        _paint_numbers(canvas, spec, palette, (bottom, top))
        return
    bottom += BELOW + LINE
    say_why = bool(named_phases(spec)) and not narrow and top - LINE >= bottom + LEAST_HIGH
    top = max(top - LINE * say_why, bottom + LEAST_HIGH)
    values = value_range(spec)
    marks = own_marks(spec, palette, top - bottom) if narrow else round_marks(spec, palette)
    marks = apart(marks, values, top - bottom)
    ends = _ends(spec, palette, narrow, top - bottom)
    right = wide - EDGE - 4 - max(end.wide for end in ends)
    left = EDGE + 4 + max((width(text) for _, text, _ in marks), default=0.0)
    if right - left < LEAST_WIDE:
        marks, left = [], EDGE
    plot = Plot(canvas, left, max(right, left + 1), bottom, top, values, len(spec.months))
    paint_frame(plot, spec.months, marks, palette)
    _paint_phases(plot, spec, palette, say_why)
    _paint_series(plot, spec, palette, narrow)
    _paint_ends(plot, ends, top + (0 if say_why else GAP))
    if spec.signal and not narrow:
        paint_signal(plot, spec, palette)


def _paint_numbers(
    canvas: Canvas, spec: ChartSpec, palette: Palette, between: tuple[float, float]
) -> None:
    """The months and their values as a small table, the latest as far as there is room."""
    bottom, top = between
    told = [(m, as_text(v, spec)) for m, v in zip(spec.months, known(spec.values), strict=False)
            if math.isfinite(v)]  # fmt: skip
    if not told:
        canvas.write(EDGE, top - LINE, "No value yet", palette.quiet, va="top")
        return
    first = max(width(month) for month, _ in told) + 8
    second = first + max(width(value, SIZE, True) for _, value in told)
    beside = EDGE + second <= canvas.size[0] - EDGE
    down = LINE if beside else 2 * LINE  # else the value stands under its month
    room = max(int((top - bottom - 2) / down), 1)
    for row, (month, value) in enumerate(told[-room:]):
        y = top - 2 - row * down
        canvas.write(EDGE, y, month, palette.quiet, va="top")
        x, under, ends = (EDGE + second, y, "right") if beside else (EDGE, y - LINE, "left")
        canvas.write(x, under, value, palette.text, bold=True, va="top", ha=ends)


def _paint_phases(plot: Plot, spec: ChartSpec, palette: Palette, say_why: bool) -> None:
    """An upright line where limits begin anew and, where there is room, above the drawing why."""
    if not (phases := named_phases(spec)):
        return
    ends = [plot.x(at - 0.5) for at, _ in phases[1:]] + [plot.canvas.size[0] - EDGE]
    for (at, why), end in zip(phases, ends, strict=True):
        x = plot.x(at - 0.5)
        plot.canvas.line([x, x], [plot.bottom, plot.top + (LINE - 1) * say_why],
                         color=palette.quiet, linewidth=0.7, zorder=1)  # fmt: skip
        room = end - x - 6
        if say_why and room >= 30:
            line = one_line(why, room)
            plot.canvas.write(x + 3, plot.top + LINE, line, palette.quiet, va="top")


def _phase_slices(spec: ChartSpec) -> list[slice]:
    starts = sorted({0, *(at for at, _ in named_phases(spec))})
    return [slice(*ends) for ends in zip(starts, [*starts[1:], len(spec.months)], strict=True)]


def _paint_series(plot: Plot, spec: ChartSpec, palette: Palette, narrow: bool) -> None:
    """Limits dashed, centre solid, target dotted, the line, and a marker shape for each meaning.

    Limits and centre are drawn phase by phase: nothing crosses where limits begin anew.
    """
    at = np.arange(len(spec.months))
    looks = (
        (spec.lower, palette.limits, (0, (4, 2))),
        (spec.upper, palette.limits, (0, (4, 2))),
        (spec.centre, palette.mean, "-"),
    )
    for series, colour, style in looks:
        drawn = known(series)
        for part in _phase_slices(spec):
            own = [v for v in drawn[part] if v == v]
            if own:
                edges = [x for n in at[part] for x in (n - 0.5, n + 0.5)]
                heights = [v for v in drawn[part] for _ in range(2)]
                plot.line(edges, heights, color=colour, linewidth=0.8, linestyle=style, zorder=2)
    if spec.target is not None:
        plot.across(spec.target, color=palette.target, linewidth=1.1, zorder=2,
                    linestyle=(0, (1, 1.2)))  # fmt: skip
    values = known(spec.values)
    plot.line(list(at), values, color=palette.line, linewidth=0.9, zorder=3)
    large = min(3.4, max(1.8, plot.step * 0.7))
    for meaning in dict.fromkeys(spec.meanings):
        state = palette.states.get(meaning, palette.states[""])
        own_at = [n for n, m in enumerate(spec.meanings) if m == meaning]
        special = meaning not in theme.PLAIN
        if narrow and meaning == "common" and len(own_at) > 1:
            own_at = [n for n in own_at if n == len(values) - 1]
        plot.line(
            own_at, [values[n] for n in own_at], linestyle="", marker=state.marker,
            markersize=large * (1.45 if special else 1), markerfacecolor=state.colour,
            markeredgecolor=palette.text, markeredgewidth=0.5, zorder=5 if special else 4,
        )  # fmt: skip


@dataclass(frozen=True)
class _End:
    """A label at the right end: the value it stands at, its lines as (text, ink, bold)."""

    value: float
    lines: tuple[tuple[str, str, bool], ...]

    @property
    def wide(self) -> float:
        """The points that its longest line takes."""
        return max(width(text, SIZE, bold) for text, _, bold in self.lines)

    @property
    def high(self) -> float:
        """The points that its lines take."""
        return LINE * len(self.lines)


def _ends(spec: ChartSpec, palette: Palette, narrow: bool, high: float) -> list[_End]:
    """What is labelled at the right end, the last point first; as many as there is height for."""
    last = max(n for n, v in enumerate(known(spec.values)) if math.isfinite(v))
    value = known(spec.values)[last]
    meaning = spec.meanings[last] if last < len(spec.meanings) else ""
    state = palette.states.get(meaning, palette.states[""])
    words = "usual range" if meaning == "common" else state.word.lower()
    lines = [(as_text(value, spec), palette.text, True)]
    if words and not narrow and high >= 2 * LINE:
        lines.append((words, state.ink, False))
    ends = [_End(value, tuple(lines))]
    centre = finite(spec.centre)
    if narrow:
        return ends
    if spec.target is not None:
        text = f"target {as_text(spec.target, spec)}"
        ends.append(_End(spec.target, ((text, palette.target_ink, False),)))
    if centre:
        text = f"{_CENTRES.get(spec.kind, 'mean')} {as_text(centre[-1], spec)}"
        ends.append(_End(centre[-1], ((text, palette.text, False),)))
    while len(ends) > 1 and sum(end.high for end in ends) > high:
        ends.pop()
    return ends


def _paint_ends(plot: Plot, ends: Sequence[_End], ceiling: float) -> None:
    """Write the labels at the right end up to ``ceiling``, moved apart where they would touch."""
    ordered = sorted(ends, key=lambda end: end.value)
    feet: list[float] = []  # the lower edge of each label
    floor = plot.bottom - BELOW
    for end in ordered:
        feet.append(max(plot.y(end.value) - end.high / 2, floor))
        floor = feet[-1] + end.high
    for at in range(len(feet) - 1, -1, -1):
        feet[at] = min(feet[at], ceiling - ordered[at].high)
        ceiling = feet[at]
    for foot, end in zip(feet, ordered, strict=True):
        for up, (text, ink, bold) in enumerate(reversed(end.lines)):
            y = foot + (up + 0.5) * LINE
            plot.canvas.write(plot.right + 3, y, text, ink, bold=bold, va="center")
