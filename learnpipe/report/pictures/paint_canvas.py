"""A blank picture in points, on which lines, shapes and texts are put: the door to matplotlib.

matplotlib is imported inside the functions: importing this module is cheap, and nothing global of
matplotlib (pyplot, rcParams) is touched. Things go straight onto a `Figure`: its axes would take
half of the time.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from learnpipe.report import theme
from learnpipe.report.paint_fit import shorten, wrap

SIZE = theme.SMALL  # points of all text but a title
LINE = SIZE * 1.2
EDGE = 2.0  # points free around a picture
_EM = 1000
_SLACK = 1.02  # glyphs are moved to whole pixels, so lines come out up to this much longer
MISSING = "□"
"""What stands for a character that the charts' font does not have."""


if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Text:
    """A line of text on a picture; ``box`` in points: left, bottom, right, top."""

    text: str
    ink: str
    bold: bool
    size: float
    box: tuple[float, float, float, float]


class Canvas:
    """A picture of ``size`` points, counted from its lower left corner; ``texts`` stand on it."""

    def __init__(self, size: tuple[float, float], dpi: int = theme.DPI, clear: bool = False):
        """Start a blank picture, white or (``clear``) see-through."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.size = size
        wide, high = size
        ground = "none" if clear else "white"
        self.figure = Figure(figsize=(wide / 72, high / 72), dpi=dpi, facecolor=ground)
        self._agg: Any = FigureCanvasAgg(self.figure)
        self._dpi, self._clear = dpi, clear
        self.texts: list[Text] = []

    def line(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """Draw a line through points; where one is not a number it is broken."""
        from matplotlib.lines import Line2D

        wide, high = self.size
        line = Line2D([n / wide for n in x], [n / high for n in y], **look)
        line.set_transform(self.figure.transFigure)
        self.figure.lines.append(line)

    def box(self, left: float, bottom: float, wide: float, high: float, colour: str) -> None:
        """Fill a rectangle."""
        right, top = left + wide, bottom + high
        self.shape([(left, bottom), (right, bottom), (right, top), (left, top)], colour)

    def shape(self, corners: Sequence[tuple[float, float]], colour: str) -> None:
        """Fill a polygon."""
        from matplotlib.patches import Polygon

        parts = [(x / self.size[0], y / self.size[1]) for x, y in corners]
        one = Polygon(parts, closed=True, facecolor=colour, edgecolor="none", zorder=1)
        one.set_transform(self.figure.transFigure)
        self.figure.patches.append(one)

    def write(
        self, x: float, y: float, text: str, ink: str, *, bold: bool = False, size: float = SIZE,
        ha: str = "left", va: str = "baseline",
    ) -> None:  # fmt: skip
        """Write text at a point; ``ha``: which end of it is there, ``va``: its top, center, bottom.

        It is never read as mathematics.
        """
        text = drawable(text, bold)
        if not text:
            return
        wide = _stencil(text, size, bold, self._dpi).shape[1] * 72 / self._dpi
        above, below = _heights(size, bold)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[ha]
        down = {"top": above + below, "center": (above + below) / 2, "bottom": 0.0,
                "baseline": below}[va]  # fmt: skip
        box = (left, y - down, left + wide, y - down + above + below)
        self.texts.append(Text(text, ink, bold, size, box))

    def png(self) -> bytes:
        """The picture as a PNG: the same bytes for the same picture, and nothing beside it."""
        import numpy as np

        self._agg.draw()
        pixels = np.array(self._agg.buffer_rgba())[:, :, : 4 if self._clear else 3]
        for text in self.texts:
            self._print(text, pixels)
        high, wide, depth = pixels.shape
        # The rows as they are: PNG's filters make drawings of lines and letters larger.
        rows = np.zeros((high, 1 + wide * depth), np.uint8)
        rows[:, 1:] = pixels.reshape(high, -1)
        per_metre = round(self._dpi / 0.0254)
        colours = 6 if depth == 4 else 2  # with or without how far it is see-through
        return b"".join(
            (
                b"\x89PNG\r\n\x1a\n",
                _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, colours, 0, 0, 0)),
                _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
                _chunk(b"IDAT", zlib.compress(rows.tobytes(), 4)),
                _chunk(b"IEND", b""),
            )
        )

    def _print(self, text: Text, pixels: Pixels) -> None:
        """Put the letters of a text onto the picture, as far as they are on it."""
        import numpy as np

        stencil = _stencil(text.text, text.size, text.bold, self._dpi)
        scale = self._dpi / 72
        high, wide = stencil.shape
        left = round(text.box[0] * scale)
        base = round((self.size[1] - text.box[1] - _heights(text.size, text.bold)[1]) * scale)
        top = base - _above(text.text, text.size, text.bold, self._dpi)
        skip_left, skip_top = max(-left, 0), max(-top, 0)
        under = pixels[top + skip_top : top + high, left + skip_left : left + wide, :3]
        part = stencil[skip_top:, skip_left:][: under.shape[0], : under.shape[1], None]
        ink = np.array([int(text.ink[at : at + 2], 16) for at in (1, 3, 5)], np.int32)
        under += ((ink - under) * part // 255).astype(np.int16).astype(np.uint8)


def _chunk(name: bytes, data: bytes) -> bytes:
    checked = name + data
    return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))


def width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """The points that a line of text takes in the charts' font."""
    return sum(_advance(character, bold) for character in drawable(text, bold)) * size * _SLACK


def fit(
    text: str, wide: float, lines: int = 1, size: float = SIZE, bold: bool = False
) -> list[str]:
    """The lines of a text in so many points; what is more than ``lines`` is cut with …."""
    cut = shorten(" ".join(text.split()), wide, size, lines, bold, width)
    return wrap(cut, wide, size, bold, width)[:lines] if cut else []


def one_line(text: str, wide: float, bold: bool = False) -> str:
    """A text on one line in so many points, what is more cut with …."""
    return next(iter(fit(text, wide, bold=bold)), "")


def fits(text: str, wide: float, lines: int = 1, size: float = SIZE, bold: bool = False) -> bool:
    """Whether a text takes at most so many lines."""
    return len(wrap(text, wide, size, bold, width)) <= lines


@lru_cache(maxsize=4096)
def drawable(text: str, bold: bool = False) -> str:
    """``text`` on one line, with `MISSING` for what the font does not have.

    Not a letter of another script is guessed at, and no warning is given.
    """
    plain = " ".join(text.split())
    return "".join(one if one == " " or _has(one, bold) else MISSING for one in plain)


@lru_cache(maxsize=2)
def _font_file(bold: bool) -> str:
    from matplotlib.font_manager import FontProperties, findfont

    weight = "bold" if bold else "normal"
    return str(findfont(FontProperties(family=theme.CHART_FONT, weight=weight)))


@lru_cache(maxsize=2)
def _font(bold: bool) -> Any:
    from matplotlib.font_manager import get_font

    return get_font(_font_file(bold))


@lru_cache(maxsize=512)
def _stencil(text: str, size: float, bold: bool, dpi: int) -> Pixels:
    """A line of text as rows of pixels: how much of each its letters cover, 0 to 255.

    Drawn once however often it stands on pictures, which months' names do: to have a `Figure`
    draw each of them would take most of the time.
    """
    import numpy as np

    font = _set(text, size, bold, dpi)
    font.draw_glyphs_to_bitmap(antialiased=True)
    return np.array(font.get_image(), np.int32)


@lru_cache(maxsize=512)
def _above(text: str, size: float, bold: bool, dpi: int) -> int:
    """How many rows of its stencil a text has above its base line."""
    font = _set(text, size, bold, dpi)
    high: float = (font.get_width_height()[1] - font.get_descent()) / 64
    return round(high)


@lru_cache(maxsize=16)
def _heights(size: float, bold: bool) -> tuple[float, float]:
    """The points that letters of a line reach above and below its base line."""
    font = _set("lp", size, bold, 720)
    below = font.get_descent() / 64
    return (font.get_width_height()[1] / 64 - below) / 10, below / 10


def _set(text: str, size: float, bold: bool, dpi: int) -> Any:
    from matplotlib.ft2font import LoadFlags

    font = _font(bold)
    font.set_size(size, dpi)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return font


@lru_cache(maxsize=4096)
def _has(character: str, bold: bool) -> bool:
    return bool(_font(bold).get_char_index(ord(character)))


@lru_cache(maxsize=4096)
def _advance(character: str, bold: bool) -> float:
    """The width of a character in parts of the font's size."""
    from matplotlib.ft2font import LoadFlags

    font = _font(bold)
    font.set_size(_EM, 72)
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / _EM
