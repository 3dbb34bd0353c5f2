"""Paints themes by size, and changes with the rate before and since."""

from __future__ import annotations

import math

from learnpipe.report.pictures.paint_axes import GRID
from learnpipe.report.pictures.paint_canvas import EDGE, LINE, SIZE, Canvas, one_line, width
from learnpipe.report.pictures.paint_words import paint_words
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown, Change
from learnpipe.report.theme import Palette

_MEANS = {"held": "improvement", "worse": "concern", "came back": "concern"}


def paint_breakdown(canvas: Canvas, spec: Breakdown, palette: Palette) -> None:
    """Level bars, the largest above: name, bar, count with its share, and the share so far."""
    wide, high = canvas.size
    top = high - paint_words(canvas, spec.title, spec.subtitle, palette)
    canvas.write(EDGE, EDGE, one_line(spec.note, wide - 2 * EDGE), palette.quiet, va="bottom")
    bars = [*spec.bars, *([spec.rest] if spec.rest else [])]
    whole = sum(count for _, count in bars)
    names = [one_line(name, wide * 0.42) for name, _ in bars]
    left = EDGE + max(map(width, names)) + 6
    texts = [f"{count:,} ({_share(count, whole)})" for _, count in bars]
    so_far = width("100%") + 4
    room = wide - EDGE - so_far - left - max(map(width, texts)) - 8
    most = max(count for _, count in bars)
    step = (top - EDGE - LINE - 3) / len(bars)
    reached = 0
    for down, ((_, count), name, text) in enumerate(zip(bars, names, texts, strict=True)):
        y = top - (down + 0.5) * step
        reached += count
        long = max(room * count / most, 0.5)
        rest = down >= len(spec.bars)
        colour = GRID if rest else palette.band if down < spec.vital else palette.rule
        canvas.box(left, y - step * 0.36, long, step * 0.72, colour)
        canvas.write(left - 4, y, name, palette.text, va="center", ha="right")
        canvas.write(left + long + 3, y, text, palette.text, va="center")
        canvas.write(wide - EDGE, y, _share(reached, whole), palette.quiet, va="center", ha="right")


def _share(part: int, whole: int) -> str:
    return f"{part / whole * 100:.0f}%"


def paint_before_after(canvas: Canvas, spec: BeforeAfter, palette: Palette) -> None:
    """A row a change: what and where, the rate before (ring) and since (its verdict's marker)."""
    wide, high = canvas.size
    top = high - paint_words(canvas, spec.title, spec.subtitle, palette)
    canvas.write(EDGE, EDGE, one_line(spec.note, wide - 2 * EDGE), palette.quiet, va="bottom")
    left, right = wide * 0.7, wide - EDGE - 10
    bottom = EDGE + 2 * LINE + 6
    largest = max(max(one.before, one.after) for one in spec.changes)
    step_size = _round_step(largest / 3)
    most = max(largest, step_size)
    for number in range(int(most / step_size + 1e-9) + 1):
        value = number * step_size
        x = left + value / most * (right - left)
        canvas.line([x, x], [bottom, top], color=GRID, linewidth=0.5, zorder=0)
        canvas.write(x, bottom - 2, f"{value:g}", palette.quiet, va="top", ha="center")
    step = (top - bottom) / len(spec.changes)
    for down, one in enumerate(spec.changes):
        y = top - (down + 0.5) * step
        _paint_change(canvas, one, palette, (left, right, y), most)


def _round_step(about: float) -> float:
    """The round number next to ``about`` or above it: one, two or five of its power of ten.

    >>> _round_step(0.7), _round_step(4.0)
    (1.0, 5.0)
    """
    size = 10.0 ** math.floor(math.log10(about)) if about > 0 else 1.0
    return next(m * size for m in (1, 2, 5, 10) if m * size >= about * 0.999)


def _paint_change(
    canvas: Canvas, one: Change, palette: Palette, place: tuple[float, float, float], most: float
) -> None:
    left, right, y = place
    state = palette.states[_MEANS.get(one.verdict, "common")]
    room = left - EDGE - 12
    verdict = one_line(one.verdict, room)
    name = one_line(one.label, room - width(verdict, SIZE, True) - 8)
    canvas.write(EDGE, y + LINE / 2, name, palette.text, va="center")
    ink = state.ink if one.verdict in _MEANS else palette.quiet
    canvas.write(left - 12, y + LINE / 2, verdict, ink, bold=True, va="center", ha="right")
    canvas.write(EDGE, y - LINE / 2, one_line(one.told, room), palette.quiet, va="center")
    before, after = (left + n / most * (right - left) for n in (one.before, one.after))
    canvas.line([before, after], [y, y], color=palette.line, linewidth=1.2, zorder=2)
    canvas.line([before], [y], linestyle="", marker="o", markersize=5, markerfacecolor="white",
                markeredgecolor=palette.text, markeredgewidth=0.8, zorder=3)  # fmt: skip
    canvas.line([after], [y], linestyle="", marker=state.marker, markersize=5.5, zorder=4,
                markerfacecolor=state.colour, markeredgecolor=palette.text,
                markeredgewidth=0.5)  # fmt: skip
