"""Paints the one page on the first sheet of the workbook: A4 landscape at its true size."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from learnpipe.report import theme
from learnpipe.report.page.paint_layout import Layout, lay_out
from learnpipe.report.page.paint_matrix import Cell
from learnpipe.report.page.paint_row import ICON, ICON_AIR
from learnpipe.report.page.paint_slots import Slot
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown
from learnpipe.report.shapes import Page, Sheet, SheetColumn
from learnpipe.report.sheets.paint_sheets import clean
from learnpipe.report.theme import Palette

PAGE_SHEET = "One page"
SPARK_SHEET = "Sparkline data"
SPARK_MONTHS = 12


class Formats:
    """xlsxwriter formats by style and by face of a run, each made once."""

    def __init__(self, book: Any, palette: Palette) -> None:
        self._book, self._styles = book, theme.cell_styles(palette)
        self._made: dict[tuple[str, str], Any] = {}

    def cell(self, style: str) -> Any:
        """The format of a cell."""
        return self._format(style, "cell", self._styles[style])

    def run(self, style: str, face: str) -> Any:
        """The format of a run of text in a cell: ``face`` is "", italic, bold or strong."""
        own = self._styles[style]
        font = {key: own[key] for key in own if key.startswith("font_") or key == "bold"}
        faces: dict[str, dict[str, Any]] = {
            "": {}, "italic": {"italic": True}, "bold": {"bold": True},
            "strong": {"bold": True, "font_size": theme.STRONG},
        }  # fmt: skip
        return self._format(style, f"run {face}", font | faces[face])

    def _format(self, style: str, face: str, properties: dict[str, Any]) -> Any:
        key = (style, face)
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def spark_sheet(page: Page) -> Sheet:
    """The numbers behind the small bars, a row a metric: what a screen reader can read."""
    ago = range(SPARK_MONTHS - 1, 0, -1)
    heads = [f"{n} month{'s' if n > 1 else ''} before" for n in ago] + ["This month"]
    return Sheet(
        SPARK_SHEET,
        "Sparkline data",
        "The last twelve months of each metric: the numbers behind the small bars of the page.",
        (SheetColumn("Measure", "text", 44), *(SheetColumn(h, "number", 10) for h in heads)),
        tuple((row.title, *_twelve(row.spark)) for row in page.rows),
    )


def _twelve(spark: tuple[float | None, ...]) -> tuple[float | None, ...]:
    last = tuple(None if v is None else round(v, 6) for v in spark[-SPARK_MONTHS:])
    return (None,) * (SPARK_MONTHS - len(last)) + last


def paint_page(
    book: Any, sheet: Any, page: Page, charts: Mapping[str, bytes], palette: Palette
) -> None:
    """Fill ``sheet`` with the page; ``charts`` are PNG bytes by file name, icons too."""
    layout = lay_out(page)
    _set_up(sheet, layout)
    formats = Formats(book, palette)
    columns = {edge: at for at, edge in enumerate(layout.edges)}
    for cell in layout.cells:
        _paint_cell(sheet, formats, cell, columns)
    for row, edge, index in layout.sparks:
        _paint_spark(sheet, palette, (row, columns[edge]), index, page.rows[index].spark)
    for slot in layout.slots:
        if slot.spec.file in charts:
            _paint_chart(sheet, slot, charts[slot.spec.file])
    for row, edge, icon, words in layout.icons:
        if icon.file in charts:
            place = (row, columns[edge], layout.heights[row])
            _paint_icon(sheet, place, charts[icon.file], words)


def _set_up(sheet: Any, layout: Layout) -> None:
    sheet.hide_gridlines(2)
    for at, (left, right) in enumerate(zip(layout.edges, layout.edges[1:], strict=False)):
        sheet.set_column_pixels(at, at, right - left)
    for at, height in enumerate(layout.heights):
        sheet.set_row_pixels(at, height)
    sheet.set_landscape()
    sheet.set_paper(9)
    inches = theme.MARGIN_MM / 25.4
    sheet.set_margins(inches, inches, inches, inches)
    sheet.center_horizontally()
    sheet.print_area(0, 0, len(layout.heights) - 1, len(layout.edges) - 2)
    # The page is laid out to the true size of the paper; this only guards against a stray printer.
    sheet.fit_to_pages(1, 1)


def _paint_cell(sheet: Any, formats: Formats, cell: Cell, columns: Mapping[int, int]) -> None:
    first, last = columns[cell.left], columns[cell.right] - 1
    form = formats.cell(cell.style)
    runs = [(face, clean(text)) for face, text in cell.runs if text]
    if last > first:
        sheet.merge_range(cell.row, first, cell.row, last, "", form)
    if not runs:
        sheet.write_blank(cell.row, first, None, form)
    elif len(runs) == 1:
        own = formats.cell(cell.style) if runs[0][0] == "" else None
        if own is not None:
            sheet.write_string(cell.row, first, runs[0][1], own)
        else:
            _rich(sheet, formats, cell, first, [*runs, ("", " ")])
    else:
        _rich(sheet, formats, cell, first, runs)


def _rich(
    sheet: Any, formats: Formats, cell: Cell, column: int, runs: list[tuple[str, str]]
) -> None:
    parts: list[Any] = []
    for face, text in runs:
        parts += [formats.run(cell.style, face), text]
    sheet.write_rich_string(cell.row, column, *parts, formats.cell(cell.style))


def _paint_spark(
    sheet: Any,
    palette: Palette,
    at: tuple[int, int],
    index: int,
    spark: tuple[float | None, ...],
) -> None:
    known = [value for value in spark[-SPARK_MONTHS:] if value is not None]
    if not known:
        return
    last = chr(ord("A") + SPARK_MONTHS)
    base, high = bar_range(known)
    # Bars, because LibreOffice (7.4) prints small lines so thin that they vanish.
    sheet.add_sparkline(
        *at,
        {
            "range": f"'{SPARK_SHEET}'!$B${index + 2}:${last}${index + 2}",
            "type": "column",
            "series_color": palette.line,
            "last_point": True,
            "last_color": palette.band,
            "min": base,
            "max": round(high + (high - base) * 0.25, 6),
        },
    )


def bar_range(known: Sequence[float]) -> tuple[float, float]:
    """Where the bars of a small chart start and end.

    The lowest bar is about half as high as the highest when months differ by a quarter or more;
    when they differ less, all bars are about as high: small changes are not blown up.

    >>> bar_range([0.9, 0.8])
    (0.575, 0.9)
    """
    low, high = min(known), max(known)
    spread = max(high - low, 0.25 * abs(high))
    base = max(0.0, low - spread) if low >= 0 else low - spread
    return round(base, 6), high if high > base else base + 1


def _paint_chart(sheet: Any, slot: Slot, picture: bytes) -> None:
    wide, high, dpi = png_size(picture)
    scale = min(slot.width / (wide * 96 / dpi), slot.height / (high * 96 / dpi))
    sheet.insert_image(
        0, 0, slot.spec.file,
        {
            "image_data": BytesIO(picture),
            "x_offset": slot.x, "y_offset": slot.y, "x_scale": scale, "y_scale": scale,
            "description": clean(slot.spec.alt) or clean(slot.spec.title),
            "object_position": 2,
        },
    )  # fmt: skip


def paint_beside(sheet: Any, table: Sheet, spec: Breakdown | BeforeAfter, picture: bytes) -> None:
    """Put a picture right of a sheet's table; only the table is printed."""
    wide, _, dpi = png_size(picture)
    scale = spec.size[0] / theme.POINTS_PER_PIXEL / (wide * 96 / dpi)
    columns = len(table.columns)
    sheet.insert_image(
        1, columns + 1, spec.file,
        {
            "image_data": BytesIO(picture), "x_scale": scale, "y_scale": scale,
            "description": clean(spec.alt), "object_position": 3,
        },
    )  # fmt: skip
    sheet.print_area(0, 0, max(len(table.rows), 1), columns - 1)


def _paint_icon(sheet: Any, place: tuple[int, int, int], picture: bytes, words: str) -> None:
    """Put an icon at the left of its cell, half-way down; ``place``: row, column, row height."""
    row, column, height = place
    size = min(ICON - 2 * ICON_AIR, height - 2)
    wide, _, dpi = png_size(picture)
    scale = size / (wide * 96 / dpi)
    sheet.insert_image(
        row, column, "icon",
        {
            "image_data": BytesIO(picture), "x_offset": (ICON - size) // 2,
            "y_offset": (height - size) // 2,
            "x_scale": scale, "y_scale": scale, "description": clean(words), "object_position": 1,
        },
    )  # fmt: skip


def png_size(picture: bytes) -> tuple[int, int, float]:
    """Width and height in pixels, and dots an inch (96 where it does not say), of a PNG."""
    wide, high = struct.unpack(">II", picture[16:24])
    at = picture.find(b"pHYs", 0, 2000)
    if at < 0:
        return wide, high, 96.0
    return wide, high, struct.unpack(">I", picture[at + 4 : at + 8])[0] * 0.0254
