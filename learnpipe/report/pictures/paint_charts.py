"""Paints charts as PNG files, one a chart, drawn at the size they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from learnpipe.report import theme
from learnpipe.report.pictures.icons import Icon
from learnpipe.report.pictures.paint_bars import paint_before_after, paint_breakdown
from learnpipe.report.pictures.paint_canvas import Canvas
from learnpipe.report.pictures.paint_icons import ICON_DPI, paint_icon
from learnpipe.report.pictures.paint_process import paint_process
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown, Picture
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette


def paint_charts(
    specs: Iterable[ChartSpec],
    folder: Path,
    size: tuple[float, float] = theme.CHART_SIZE,
    palette: Palette = theme.MAKING_DATA_COUNT,
) -> None:
    """Write one PNG a chart into ``folder``; ``size`` in points, as printed at 200 dots an inch."""
    for spec in specs:
        (folder / spec.file).write_bytes(paint_chart(spec, size, palette))


def draw_chart(
    spec: Picture,
    size: tuple[float, float] = theme.CHART_SIZE,
    palette: Palette = theme.MAKING_DATA_COUNT,
) -> Canvas:
    """The picture on its canvas, not yet a file."""
    if isinstance(spec, Icon):
        canvas = Canvas(size, ICON_DPI, clear=True)
        paint_icon(canvas, spec, palette)
        return canvas
    canvas = Canvas(size)
    if isinstance(spec, Breakdown):
        paint_breakdown(canvas, spec, palette)
    elif isinstance(spec, BeforeAfter):
        paint_before_after(canvas, spec, palette)
    else:
        paint_process(canvas, spec, palette)
    return canvas


def paint_chart(
    spec: Picture,
    size: tuple[float, float] = theme.CHART_SIZE,
    palette: Palette = theme.MAKING_DATA_COUNT,
) -> bytes:
    """The picture's PNG: the same bytes for the same picture."""
    return draw_chart(spec, size, palette).png()
