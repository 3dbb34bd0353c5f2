"""Twelve typical pictures against references, and what a greyscale print of them still tells.

`pytest tests/report/test_paint_typical.py --refresh-golden` draws the references in
tests/report/pictures anew: look at each of them before it is committed.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import typical_charts as typical
from PIL import Image

from learnpipe.report import theme
from learnpipe.report.page.picture_set import Picture
from learnpipe.report.pictures.icons import Icon
from learnpipe.report.pictures.paint_charts import paint_chart
from learnpipe.report.theme import Palette

KEPT = Path(__file__).parent / "pictures"
FAR = 1.5
"""Of 255: the root mean square by which pixels may differ, as letters do between versions."""
HALF = 2
"""References are kept at half the size of the pictures."""


def pixels(png: bytes, mode: str = "RGB") -> np.ndarray:
    picture = Image.open(BytesIO(png))
    white = Image.new("RGBA", picture.size, "white")
    return np.asarray(Image.alpha_composite(white, picture.convert("RGBA")).convert(mode), float)


def smaller(png: bytes) -> bytes:
    """The picture at the size in which references are kept."""
    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").reduce(HALF).save(out, "PNG", optimize=True)
    return out.getvalue()


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.sqrt(((one - other) ** 2).mean()))


@pytest.mark.parametrize("name", typical.TYPICAL)
def test_the_picture_is_the_one_that_was_looked_at(name: str, refresh_golden: bool) -> None:
    painted = smaller(paint_chart(*typical.TYPICAL[name]))
    path = KEPT / f"{name.replace(' ', '-')}.png"
    if refresh_golden:
        path.write_bytes(painted)
    kept, now = pixels(path.read_bytes()), pixels(painted)
    assert kept.shape == now.shape
    assert apart(kept, now) < FAR


def test_no_reference_is_left_over() -> None:
    names = {f"{name.replace(' ', '-')}.png" for name in typical.TYPICAL}
    assert {path.name for path in KEPT.iterdir()} == names


def test_one_point_that_means_something_else_is_a_difference() -> None:
    meanings = typical.CONCERN.meanings
    other = replace(typical.CONCERN, meanings=(*meanings[:3], "concern", *meanings[4:]))
    one, now = (pixels(smaller(paint_chart(spec))) for spec in (typical.CONCERN, other))
    assert apart(one, now) > FAR


@pytest.mark.parametrize("palette", theme.PALETTES.values(), ids=list(theme.PALETTES))
def test_a_greyscale_print_tells_concern_from_improvement(palette: Palette) -> None:
    """A concern is a dark disc, an improvement a ring: the middle of one is grey, of one white."""

    def middle(icon: Icon) -> float:
        grey = pixels(paint_chart(icon, icon.size, palette), "L")
        high, wide = grey.shape
        # Beside the letter, inside the ring.
        return float(grey[high // 2 - 3 : high // 2 + 3, wide // 5 : wide // 4].mean())

    for bad, good in (
        (Icon("variation", "concern", "H"), Icon("variation", "improvement", "H")),
        (Icon("variation", "concern", "L"), Icon("variation", "improvement", "L")),
        (Icon("assurance", "missed"), Icon("assurance", "met")),
    ):
        assert middle(good) > 240
        assert middle(bad) < 160


@pytest.mark.parametrize("palette", theme.PALETTES.values(), ids=list(theme.PALETTES))
def test_all_icons_differ_in_greyscale(palette: Palette) -> None:
    icons = [
        Icon("variation", "common"),
        *(Icon("variation", "improvement", side) for side in "HL"),
        *(Icon("variation", "concern", side) for side in "HL"),
        Icon("variation", "high", "H"), Icon("variation", "low", "L"),
        *(Icon("assurance", word) for word in ("met", "missed", "hit and miss")),
    ]  # fmt: skip
    grey = [pixels(paint_chart(icon, icon.size, palette), "L") for icon in icons]
    for at, one in enumerate(grey):
        assert all(apart(one, other) > 15 for other in grey[at + 1 :])


@pytest.mark.parametrize("name", ["concern", "improvement", "themes"])
def test_same_picture_same_bytes(name: str) -> None:
    spec, size, palette = typical.TYPICAL[name]
    again: Picture = replace(spec)  # type: ignore[type-var]
    assert paint_chart(spec, size, palette) == paint_chart(again, size, palette)
