"""The words of a chart: title, what is plotted, kind of chart, what its markers mean."""

from __future__ import annotations

from learnpipe.report.pictures.paint_axes import known
from learnpipe.report.pictures.paint_canvas import (
    EDGE,
    LINE,
    SIZE,
    Canvas,
    fit,
    fits,
    one_line,
    width,
)
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette

NARROW = 150.0  # below this width a chart is labelled with the fewest words
GAP = 5.0  # points between words and drawing


def paint_words(canvas: Canvas, title: str, subtitle: str, palette: Palette) -> float:
    """Write title and, where there is height, subtitle; the points they take from the top."""
    wide, high = canvas.size
    bold = wide >= NARROW
    room = wide - 2 * EDGE
    size = SIZE if wide < 260 else SIZE + 2
    lines = 2 if bold or high < 80 else 3
    if not fits(title, room, lines, size, bold):
        title = title.partition(" (")[0]  # the reason, which the words before it sum up
    taken = EDGE
    for line in fit(title, room, lines, size, bold):
        canvas.write(EDGE, high - taken, line, palette.text, bold=bold, va="top", size=size)
        taken += size * 1.2
    if subtitle and high >= (85 if bold else 120):
        canvas.write(EDGE, high - taken, one_line(subtitle, room), palette.quiet, va="top")
        taken += LINE
    return taken + GAP


def _meanings(spec: ChartSpec) -> list[str]:
    """The special meanings there are, in the order of the palette's states."""
    shown = {m for m, v in zip(spec.meanings, known(spec.values), strict=False) if v == v}
    return [m for m in ("concern", "improvement", "high", "low") if m in shown]


def paint_notes(
    canvas: Canvas, spec: ChartSpec, palette: Palette, top: float, least: float
) -> float:
    """Write the kind of chart and what its markers mean at the foot; how high that reaches.

    ``top``: up to where there is room; nothing is written where that is below ``least``.
    """
    wide, high = canvas.size
    if high < 110 or top < least:
        return EDGE
    room = wide - 2 * EDGE
    states = [palette.states[meaning] for meaning in _meanings(spec)]
    words = list(dict.fromkeys((s.marker, s.colour, s.word.lower()) for s in states))
    if {"high", "low"} <= set(_meanings(spec)):
        words = [(m, c, "high or low" if w == "high" else w) for m, c, w in words if w != "low"]
    key = sum(width(word) + 18 for _, _, word in words)
    note = spec.note
    if note and not fits(note, room):
        note = note.partition(": ")[0].partition(", ")[0]
    if note and not fits(note, room) and "(" in note:
        note = f"{note.partition('(')[2].partition(')')[0]} chart"
    line = one_line(note, room)
    beside = width(line) + key + 8 <= room
    if line:
        canvas.write(EDGE, EDGE, line, palette.quiet, va="bottom")
    bottom = EDGE + (LINE if line else 0)
    if not words or wide < NARROW:
        return bottom
    x, y = wide - EDGE - key, EDGE + LINE / 2
    if not beside:
        if top - bottom < 90:
            return bottom
        x, y, bottom = EDGE, y + LINE, bottom + LINE
    for marker, colour, word in words:
        canvas.line([x + 5], [y], linestyle="", marker=marker, markersize=5,
                    markerfacecolor=colour, markeredgecolor=palette.text,
                    markeredgewidth=0.5)  # fmt: skip
        canvas.write(x + 11, y, word, palette.quiet, va="center")
        x += width(word) + 18
    return max(bottom, EDGE + LINE)
