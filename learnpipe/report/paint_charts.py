"""Paints process-behaviour charts as PNG files, one a chart, drawn at the size they are printed.

matplotlib is imported inside the functions: importing this module is cheap, and nothing global of
matplotlib (pyplot, rcParams) is touched.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from learnpipe.report import theme
from learnpipe.report.paint_fit import shorten, text_width, wrap
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
    top = _words(figure, spec, size, palette)
    note = bool(spec.note) and high >= 150
    bottom = EDGE + LINE + 2 + (LINE if note else 0)
    narrow = wide < NARROW
    marks = _own_marks(spec, palette, high - top - bottom) if narrow else _marks(spec, palette)
    ends = _ends(spec)[:1] if narrow else _ends(spec)
    left = EDGE + 4 + max((_wide(text) for _, text, _ in marks), default=0.0)
    right = EDGE + 4 + max((_wide(text, what == "last") for _, text, what in ends), default=0.0)
    rectangle = (
        left / wide, bottom / high, max(wide - left - right, 20) / wide,
        max(high - top - bottom, 15) / high,
    )  # fmt: skip
    axes = figure.add_axes(rectangle)
    _frame(axes, spec, marks, palette, (wide - left - right, right))
    _series(axes, spec, palette, narrow)
    _labels(axes, ends, max(high - top - bottom, 15), palette)
    if note:
        cut = shorten(spec.note, (wide - 2 * EDGE) / WIDER, SIZE, 1)
        _text(figure, EDGE / wide, EDGE / high, cut, palette.quiet, va="bottom")
    out = BytesIO()
    canvas.print_png(out, metadata={"Software": None}, pil_kwargs={"compress_level": 6})
    return out.getvalue()


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
    title = shorten(spec.title, room, title_size, 2 if bold else 3, bold)
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
    """The axis' range: all that is drawn, from zero unless that would flatten it; a little air."""
    target = () if spec.target is None else (spec.target,)
    drawn = _finite(spec.values, spec.lower, spec.upper, spec.centre, target)
    if not drawn:
        return 0.0, 1.0
    low, high = min(drawn), max(drawn)
    if low >= 0 and low < 0.5 * high:
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
    axes: Any,
    spec: ChartSpec,
    marks: Sequence[tuple[float, str, str]],
    palette: Palette,
    across: tuple[float, float],
) -> None:
    """Axes without a box; months every so many that they do not touch; quiet grid lines."""
    count = len(spec.months)
    axes.set_xlim(-0.5, max(count, 1) - 0.5)
    axes.set_ylim(*_range(spec))
    axes.set_axis_off()
    low = axes.get_ylim()[0]
    for value, text, ink in marks:
        axes.axhline(value, color="#dddddd", linewidth=0.5, zorder=0)
        _text(axes, -0.011, value, text, ink, ha="right", va="center",
              transform=axes.get_yaxis_transform())  # fmt: skip
    axes.axhline(low, color=palette.line, linewidth=0.6, zorder=1)
    if not count:
        return
    room, beside = across
    widest, step = max(_wide(month) for month in spec.months), room / count
    every = next((n for n in (1, 2, 3, 4, 6, 12, 24, 36) if step * n >= widest + 3), count)
    shift = max(0.0, widest / 2 - step / 2 - beside) / step
    # Counted from the latest month, which is the one in question.
    for at in range(count - 1, -1, -every):
        if (at + 0.5) * step < widest / 2 - 4 and at != count - 1:
            break
        x = at - (shift if at == count - 1 else 0.0)
        _text(axes, x, -2.5 / _points_high(axes), spec.months[at], palette.quiet, va="top",
              ha="center", transform=axes.get_xaxis_transform())  # fmt: skip


def _points_high(axes: Any) -> float:
    box = axes.get_position()
    return float(box.height * axes.figure.get_figheight() * 72)


def _series(axes: Any, spec: ChartSpec, palette: Palette, narrow: bool) -> None:
    """Limits dashed, mean solid, target dotted, the line, and a marker shape for each meaning."""
    at = list(range(len(spec.months)))
    for limit in (spec.lower, spec.upper):
        axes.plot(at, _known(limit), color=palette.limits, linewidth=0.8,
                  linestyle=(0, (4, 2)), drawstyle="steps-mid", zorder=2)  # fmt: skip
    axes.plot(at, _known(spec.centre), color=palette.mean, linewidth=0.8, zorder=2,
              drawstyle="steps-mid")  # fmt: skip
    if spec.target is not None:
        axes.axhline(spec.target, color=palette.target, linewidth=1.1, zorder=2,
                     linestyle=(0, (1, 1.2)))  # fmt: skip
    values = _known(spec.values)
    axes.plot(at, values, color=palette.line, linewidth=0.9, zorder=3)
    large = 3.4 if len(at) <= 30 and not narrow else 2.4
    for meaning in dict.fromkeys(spec.meanings):
        state = palette.states.get(meaning, palette.states[""])
        own = [n for n, m in zip(at, spec.meanings, strict=False) if m == meaning]
        special = meaning not in theme.PLAIN
        if narrow and meaning == "common" and len(own) > 1:
            own = [n for n in own if n == at[-1]]
        axes.plot(
            own, [values[n] for n in own], linestyle="", marker=state.marker,
            markersize=large + (1.6 if special else 0), markerfacecolor=state.colour,
            markeredgecolor=palette.text, markeredgewidth=0.5, zorder=5 if special else 4,
            clip_on=False,
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


def _labels(
    axes: Any, ends: Sequence[tuple[float, str, str]], high: float, palette: Palette
) -> None:
    """Write the labels at the right end, moved apart where they would touch."""
    low, top = axes.get_ylim()
    inks: Mapping[str, str] = {
        "last": palette.text, "target": palette.target_ink, "mean": palette.text,
    }  # fmt: skip
    wanted = sorted((((v - low) / (top - low)) * high, text, what) for v, text, what in ends)
    places: list[float] = []
    for y, _, _ in wanted:
        places.append(max(y, places[-1] + LINE if places else -2.0))
    over = places[-1] - high if places else 0.0
    for at in range(len(places) - 1, -1, -1):
        if over <= 0:
            break
        ceiling = high if at == len(places) - 1 else places[at + 1] - LINE
        places[at] = min(places[at], ceiling)
    for y, (_, text, what) in zip(places, wanted, strict=True):
        _text(axes, 1.015, y / high, text, inks[what], bold=what == "last", va="center",
              transform=axes.transAxes)  # fmt: skip
