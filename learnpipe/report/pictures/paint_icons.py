"""Paints the icons of variation and assurance: rings and discs that differ in shape, not only hue.

Filled means look here: a concern and a target that will be missed are discs, all else are rings.
H and L say on which side of usual the latest months are, arrows the same where neither is better;
a line with dots about it is common cause.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from learnpipe.report.pictures.icons import Icon
from learnpipe.report.pictures.paint_canvas import Canvas
from learnpipe.report.theme import Palette, State, contrast

ICON_DPI = 300
_GROUND = "#ffffff"
_H = (((-0.32, -0.5), (-0.32, 0.5)), ((0.32, -0.5), (0.32, 0.5)), ((-0.32, 0), (0.32, 0)))
_L = (((-0.26, 0.5), (-0.26, -0.5), (0.32, -0.5)),)
_TICK = (((-0.5, 0.0), (-0.15, -0.4), (0.5, 0.45)),)
_CROSS = (((-0.4, -0.4), (0.4, 0.4)), ((-0.4, 0.4), (0.4, -0.4)))
_ASKING = (
    ((-0.3, 0.28), (-0.24, 0.46), (-0.08, 0.57), (0.1, 0.57), (0.26, 0.46), (0.31, 0.28),
     (0.24, 0.1), (0.06, -0.05), (0.0, -0.22)),
)  # fmt: skip
_FULL_STOP = ((0.0, -0.56),)
_UP = (((0.0, -0.55), (0.0, 0.55)), ((-0.36, 0.18), (0.0, 0.55), (0.36, 0.18)))
_DOWN = tuple(tuple((x, -y) for x, y in stroke) for stroke in _UP)
_LEVEL = (((-0.7, 0.0), (0.7, 0.0)),)
# Low, high, low, high: two above and one below would look like a face.
_DOTS = ((-0.6, -0.36), (-0.2, 0.4), (0.2, -0.4), (0.6, 0.36))
_VARIATION = {
    ("improvement", "H"): _H, ("improvement", "L"): _L, ("concern", "H"): _H, ("concern", "L"): _L,
    ("high", "H"): _UP, ("low", "L"): _DOWN,
}  # fmt: skip


def paint_icon(canvas: Canvas, icon: Icon, palette: Palette) -> None:
    """Paint the icon over the whole canvas."""
    states = palette.states if icon.group == "variation" else palette.assurance
    state = states[icon.meaning]
    worrying = icon.meaning in ("concern", "missed")
    _ring(canvas, state, worrying)
    inks = (palette.text, _GROUND) if worrying else (palette.text,)
    ink = max(inks, key=lambda one: contrast(one, state.colour))
    if icon.group == "variation":
        shape = _VARIATION.get((icon.meaning, icon.side))
        _strokes(canvas, shape or _LEVEL, ink if shape else state.ink, 1.3 if shape else 0.6)
        if not shape:
            _dots(canvas, _DOTS, state.ink, 1.6)
    elif icon.meaning == "hit and miss":
        _strokes(canvas, _ASKING, state.ink, 1.2)
        _dots(canvas, _FULL_STOP, state.ink, 1.6)
    else:
        _strokes(canvas, _TICK if icon.meaning == "met" else _CROSS, ink, 1.5)


def _ring(canvas: Canvas, state: State, filled: bool) -> None:
    wide, high = canvas.size
    thick = 0.8 if filled else 1.4
    far = min(wide, high) / 2 - thick / 2 - 0.2
    turns = [2 * math.pi * n / 48 for n in range(48)]
    corners = [(wide / 2 + far * math.cos(t), high / 2 + far * math.sin(t)) for t in turns]
    canvas.shape(corners, state.colour if filled else _GROUND)
    x, y = zip(*corners, corners[0], corners[1], strict=False)
    canvas.line(x, y, color=state.ink if filled else state.colour, linewidth=thick, zorder=2)


def _strokes(
    canvas: Canvas, strokes: Sequence[Sequence[tuple[float, float]]], ink: str, thick: float
) -> None:
    for stroke in strokes:
        x, y = zip(*(_placed(canvas, point) for point in stroke), strict=True)
        canvas.line(x, y, color=ink, linewidth=thick, zorder=3, solid_joinstyle="round",
                    solid_capstyle="round")  # fmt: skip


def _dots(canvas: Canvas, dots: Sequence[tuple[float, float]], ink: str, across: float) -> None:
    x, y = zip(*(_placed(canvas, dot) for dot in dots), strict=True)
    canvas.line(x, y, linestyle="", marker="o", markersize=across, markerfacecolor=ink,
                markeredgewidth=0, zorder=4)  # fmt: skip


def _placed(canvas: Canvas, point: tuple[float, float]) -> tuple[float, float]:
    """A point of the unit circle on the canvas, a little inside the ring."""
    wide, high = canvas.size
    far = min(wide, high) / 2 - 1.8
    return wide / 2 + point[0] * far, high / 2 + point[1] * far
