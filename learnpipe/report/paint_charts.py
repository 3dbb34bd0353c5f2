"""Paints process-behaviour charts as PNG files, one a chart, drawn at the size they are printed.

matplotlib is imported inside the functions: importing this module is cheap, and nothing global of
matplotlib (pyplot, rcParams) is touched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from learnpipe.report import theme
from learnpipe.report.paint_fit import line_count, shorten, text_width, wrap
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette

SIZE = theme.SMALL  # points of all text but the title
LINE = SIZE * 1.2
EDGE = 2.0  # points free around the picture
NARROW = 150.0  # below this width a chart is labelled with the fewest words
# DejaVu Sans is wider than Arial, in which `text_width` measures.
WIDER, WIDER_BOLD = 1.16, 1.21


def paint_charts(
    specs: Iterable[ChartSpec],
    folder: Path,
    size: tuple[float, float] = theme.CHART_SIZE,
    palette: Palette = theme.MAKING_DATA_COUNT,
) -> None:
    """Write one PNG a chart into ``folder``; ``size`` in points, as printed at 200 dots an inch."""
    for spec in specs:
        (folder / spec.file).write_bytes(paint_chart(spec, size, palette))


def paint_chart(
    spec: ChartSpec,
    size: tuple[float, float] = theme.CHART_SIZE,
    palette: Palette = theme.MAKING_DATA_COUNT,
) -> bytes:
    """The chart's PNG: the same bytes for the same chart."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    wide, high = size
    figure = Figure(figsize=(wide / 72, high / 72), dpi=theme.DPI, facecolor="white")
    canvas: Any = FigureCanvasAgg(figure)
    top = high - _words(figure, spec, size, palette)
    note = bool(spec.note) and high >= 150
    bottom = EDGE + LINE + 2 + (LINE if note else 0)
    narrow = wide < NARROW
    marks = _own_marks(spec, palette, top - bottom) if narrow else _marks(spec, palette)
    ends = _ends(spec)[:1] if narrow else _ends(spec)
    left = EDGE + 4 + max((_wide(text) for _, text, _ in marks), default=0.0)
    right = EDGE + 4 + max((_wide(text, what == "last") for _, text, what in ends), default=0.0)
    plot = _Plot(figure, size, left, max(wide - right, left + 20), bottom, max(top, bottom + 15),
                 _range(spec), max(len(spec.months), 1))  # fmt: skip
    _frame(plot, spec, marks, palette)
    _series(plot, spec, palette, narrow)
    _labels(plot, ends, palette)
    if note:
        cut = shorten(spec.note, (wide - 2 * EDGE) / WIDER, SIZE, 1)
        plot.write(EDGE, EDGE, cut, palette.quiet, va="bottom")
    out = BytesIO()
    canvas.print_png(out, metadata={"Software": None}, pil_kwargs={"compress_level": 4})
    return out.getvalue()


@dataclass(frozen=True)
class _Plot:
    """Where months and values fall on the picture, in points from its lower left corner.

    Lines go straight onto the figure: matplotlib's axes would take half of the time.
    """

    figure: Any
    size: tuple[float, float]
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
        self.raw([self.x(n) for n in at], [self.y(v) for v in values], **look)

    def raw(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """Draw a line through points of the picture."""
        from matplotlib.lines import Line2D

        wide, high = self.size
        line = Line2D([n / wide for n in x], [n / high for n in y], **look)
        line.set_transform(self.figure.transFigure)
        self.figure.lines.append(line)

    def write(self, x: float, y: float, text: str, colour: str, **more: Any) -> None:
        """Write text at points of the picture."""
        _text(self.figure, x / self.size[0], y / self.size[1], text, colour, **more)


def _wide(text: str, bold: bool = False) -> float:
    return text_width(text, SIZE, bold) * (WIDER_BOLD if bold else WIDER)


def _text(
    holder: Any, x: float, y: float, text: str, colour: str, *, bold: bool = False, **more: Any
) -> None:
    holder.text(
        x, y, text, fontsize=more.pop("size", SIZE), color=colour, fontfamily=theme.CHART_FONT,
        fontweight="bold" if bold else "normal", parse_math=False, **more,
    )  # fmt: skip


def _words(figure: Any, spec: ChartSpec, size: tuple[float, float], palette: Palette) -> float:
    """Write title and, where there is height, subtitle; the points they take from the top."""
    wide, high = size
    bold = wide >= NARROW
    room = (wide - 2 * EDGE) / (WIDER_BOLD if bold else WIDER)
    title_size = SIZE if wide < 260 else SIZE + 2
    lines = 2 if bold or high < 80 else 3
    title = spec.title
    if line_count(title, room, title_size, bold) > lines:
        title = title.partition(" (")[0]  # the reason, which the words before it sum up
    title = shorten(title, room, title_size, lines, bold)
    taken = EDGE
    for line in wrap(title, room, title_size, bold):
        y = 1 - taken / high
        _text(figure, EDGE / wide, y, line, palette.text, bold=bold, va="top", size=title_size)
        taken += title_size * 1.2
    if spec.subtitle and high >= 85 and bold:
        cut = shorten(spec.subtitle, (wide - 2 * EDGE) / WIDER, SIZE, 1)
        _text(figure, EDGE / wide, 1 - taken / high, cut, palette.quiet, va="top")
        taken += LINE
    return taken + 5


def _known(values: Sequence[float | None]) -> list[float]:
    return [math.nan if v is None else float(v) for v in values]


def _finite(*series: Sequence[float | None]) -> list[float]:
    return [v for values in series for v in values if v is not None and math.isfinite(v)]


def _range(spec: ChartSpec) -> tuple[float, float]:
    """The axis' range: all that is drawn, from zero if that is near; a little air."""
    target = () if spec.target is None else (spec.target,)
    drawn = _finite(spec.values, spec.lower, spec.upper, spec.centre, target)
    if not drawn:
        return 0.0, 1.0
    low, high = min(drawn), max(drawn)
    if 0 <= low < 0.25 * high:
        low = 0.0
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return (low - air * (low != 0 or high == 0), high + air)


def _as_text(value: float, spec: ChartSpec, step: float = 0.0) -> str:
    if spec.percent:
        return f"{value * 100:.0f}%"
    if step:
        return f"{value:,.{max(0, -math.floor(math.log10(step)))}f}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _marks(spec: ChartSpec, palette: Palette) -> list[tuple[float, str, str]]:
    """Two to four round numbers for the y axis: value, text, colour."""
    low, high = _range(spec)
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
        (n * step, _as_text(n * step, spec, step), palette.quiet) for n in range(first, last + 1)
    ]


def _own_marks(spec: ChartSpec, palette: Palette, high: float) -> list[tuple[float, str, str]]:
    """The target and the mean as the y axis' only numbers, the mean where there is room for both.

    Without either, the round numbers.
    """
    centre = _finite(spec.centre)
    marks = [(v, _as_text(v, spec), palette.text) for v in centre[-1:]]
    if spec.target is not None:
        low, top = _range(spec)
        marks = [m for m in marks if abs(m[0] - spec.target) / (top - low) * high >= LINE]
        marks.append((spec.target, _as_text(spec.target, spec), palette.target_ink))
    return marks or _marks(spec, palette)


def _frame(
    plot: _Plot, spec: ChartSpec, marks: Sequence[tuple[float, str, str]], palette: Palette
) -> None:
    """No box; quiet grid lines; months every so many that they do not touch."""
    for value, text, ink in marks:
        y = plot.y(value)
        plot.raw([plot.left, plot.right], [y, y], color="#dddddd", linewidth=0.5, zorder=0)
        plot.write(plot.left - 2, y, text, ink, ha="right", va="center")
    plot.raw([plot.left, plot.right], [plot.bottom] * 2, color=palette.line, linewidth=0.6)
    if not spec.months:
        return
    widest = max(_wide(month) for month in spec.months)
    every = next(
        (n for n in (1, 2, 3, 4, 6, 12, 24, 36) if plot.step * n >= widest + 3), plot.months
    )
    # Counted from the latest month, which is the one in question.
    for at in range(plot.months - 1, -1, -every):
        x = min(plot.x(at), plot.size[0] - widest / 2)
        if x < widest / 2 and at != plot.months - 1:
            break
        plot.write(x, plot.bottom - 2.5, spec.months[at], palette.quiet, ha="center", va="top")


def _series(plot: _Plot, spec: ChartSpec, palette: Palette, narrow: bool) -> None:
    """Limits dashed, mean solid, target dotted, the line, and a marker shape for each meaning."""
    at = list(range(len(spec.months)))
    for limit in (spec.lower, spec.upper):
        if _finite(limit):
            plot.line(at, _known(limit), color=palette.limits, linewidth=0.8,
                      linestyle=(0, (4, 2)), drawstyle="steps-mid", zorder=2)  # fmt: skip
    if _finite(spec.centre):
        plot.line(at, _known(spec.centre), color=palette.mean, linewidth=0.8, zorder=2,
                  drawstyle="steps-mid")  # fmt: skip
    if spec.target is not None:
        plot.raw([plot.left, plot.right], [plot.y(spec.target)] * 2, color=palette.target,
                 linewidth=1.1, zorder=2, linestyle=(0, (1, 1.2)))  # fmt: skip
    values = _known(spec.values)
    plot.line(at, values, color=palette.line, linewidth=0.9, zorder=3)
    large = min(3.4, max(1.8, plot.step * 0.7))
    for meaning in dict.fromkeys(spec.meanings):
        state = palette.states.get(meaning, palette.states[""])
        own = [n for n, m in zip(at, spec.meanings, strict=False) if m == meaning]
        special = meaning not in theme.PLAIN
        if narrow and meaning == "common" and len(own) > 1:
            own = [n for n in own if n == at[-1]]
        plot.line(
            own, [values[n] for n in own], linestyle="", marker=state.marker,
            markersize=large * (1.45 if special else 1), markerfacecolor=state.colour,
            markeredgecolor=palette.text, markeredgewidth=0.5, zorder=5 if special else 4,
        )  # fmt: skip


def _ends(spec: ChartSpec) -> list[tuple[float, str, str]]:
    """What is labelled at the right end: value, text, what it is; the last point first."""
    ends: list[tuple[float, str, str]] = []
    known = [(n, v) for n, v in enumerate(spec.values) if v is not None and math.isfinite(v)]
    if known:
        ends.append((known[-1][1], _as_text(known[-1][1], spec), "last"))
    if spec.target is not None:
        ends.append((spec.target, f"target {_as_text(spec.target, spec)}", "target"))
    centre = _finite(spec.centre)
    if centre:
        ends.append((centre[-1], f"mean {_as_text(centre[-1], spec)}", "mean"))
    return ends


def _labels(plot: _Plot, ends: Sequence[tuple[float, str, str]], palette: Palette) -> None:
    """Write the labels at the right end, moved apart where they would touch."""
    inks = {"last": palette.text, "target": palette.target_ink, "mean": palette.text}
    wanted = sorted((plot.y(value), text, what) for value, text, what in ends)
    places: list[float] = []
    for y, _, _ in wanted:
        places.append(max(y, places[-1] + LINE if places else plot.bottom - 2))
    ceiling = plot.top
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], ceiling)
        ceiling = places[at] - LINE
    for y, (_, text, what) in zip(places, wanted, strict=True):
        plot.write(plot.right + 3, y, text, inks[what], bold=what == "last", va="center")
