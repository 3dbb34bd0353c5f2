"""Charts as painted: size, same bytes, nothing in the file but the picture, shapes by meaning."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib
import pages
import pytest

from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import PALETTES, load_settings
from learnpipe.report import theme
from learnpipe.report.page.paint_page import png_size
from learnpipe.report.pictures.paint_canvas import _font_file
from learnpipe.report.pictures.paint_charts import paint_chart, paint_charts
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.side_process import paint_jobs

SIZES = [theme.CHART_SIZE, (210.0, 90.0), (95.0, 84.0), (70.0, 60.0)]


def chunks(picture: bytes) -> list[str]:
    at, found = 8, []
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        found.append(picture[at + 4 : at + 8].decode())
        at += length + 12
    return found


@pytest.mark.parametrize("size", SIZES)
def test_drawn_at_the_size_it_is_printed(size: tuple[float, float]) -> None:
    wide, high, dpi = png_size(paint_chart(pages.chart(4), size))
    assert round(dpi) == theme.DPI == 200
    assert (wide / dpi * 72, high / dpi * 72) == pytest.approx(size, abs=0.5)


def test_nothing_in_the_file_but_the_picture() -> None:
    assert set(chunks(paint_chart(pages.chart(4)))) == {"IHDR", "pHYs", "IDAT", "IEND"}


def test_same_chart_same_bytes(tmp_path: Path) -> None:
    specs = [pages.chart(4), pages.chart(2)]
    paint_charts(specs, tmp_path)
    first = [(tmp_path / spec.file).read_bytes() for spec in specs]
    paint_charts(specs, tmp_path)
    assert first == [(tmp_path / spec.file).read_bytes() for spec in specs]


def test_nothing_global_is_touched() -> None:
    code = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy();"
        "import pages; from learnpipe.report.pictures.paint_charts import paint_chart;"
        "paint_chart(pages.chart(4));"
        "sys.exit('matplotlib.pyplot' in sys.modules or matplotlib.rcParams != before)"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": paths}
    assert subprocess.run([sys.executable, "-c", code], env=environment).returncode == 0


def bare(values: tuple[float | None, ...]) -> ChartSpec:
    none = (None,) * len(values)
    return replace(
        pages.chart(4), values=values, centre=none, lower=none, upper=none, target=None,
        months=tuple(f"Oct {n}" for n in range(len(values))), percent=False,
        meanings=("too few points",) * len(values),
    )  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [(), (None,), (0.0,), (0.0, 0.0), (1e9, None, 3.0), (-2.0, 5.0), (1e-9, 2e-9), (5.0,) * 60],
    ids=["nothing", "gap", "zero", "zeros", "large", "negative", "tiny", "sixty"],
)
@pytest.mark.parametrize("size", SIZES)
def test_any_series_can_be_drawn(
    values: tuple[float | None, ...], size: tuple[float, float]
) -> None:
    assert paint_chart(bare(values), size).startswith(b"\x89PNG")


def test_text_is_never_mathematics() -> None:
    spec = replace(pages.chart(4), title="Cost $x^2$ and $\\frac{", subtitle="$a", note="$b$")
    assert paint_chart(spec).startswith(b"\x89PNG")


@pytest.mark.parametrize("palette", theme.PALETTES.values(), ids=list(theme.PALETTES))
def test_states_differ_by_shape_and_text_can_be_read(palette: theme.Palette) -> None:
    looks = {
        (state.marker, state.symbol)
        for meaning, state in palette.states.items()
        if meaning in ("common", "improvement", "concern", "high")
    }
    assert len(looks) == 4
    assert all(a[0] != b[0] and a[1] != b[1] for a, b in combinations(looks, 2))
    assert len({s.symbol for s in palette.assurance.values()}) == 3
    for state in (*palette.states.values(), *palette.assurance.values()):
        assert theme.contrast(state.ink, state.tint) >= 4.5
        assert theme.contrast(state.ink, "#ffffff") >= 4.5
    for ink in (palette.text, palette.quiet, palette.target_ink, palette.band):
        assert theme.contrast(ink, palette.paper) >= 4.5
    assert theme.contrast(palette.band_text, palette.band) >= 4.5
    assert theme.contrast(palette.line, "#ffffff") >= 3


def test_the_colours_are_a_setting_and_each_name_has_its_palette(tmp_path: Path) -> None:
    assert set(PALETTES) == set(theme.PALETTES)
    file = tmp_path / "learnpipe.toml"
    file.write_text('palette = "high contrast"\n')
    chosen = load_settings(file, load_schemas()).palette
    assert theme.palette_named(chosen) is theme.HIGH_CONTRAST
    jobs = [(pages.chart(4), theme.CHART_SIZE)]
    assert paint_jobs(jobs, chosen) == [paint_chart(pages.chart(4), palette=theme.HIGH_CONTRAST)]
    assert theme.palette_named(load_settings(None, load_schemas()).palette).name == PALETTES[0]


def test_colours_that_there_are_not_are_an_error_that_names_the_key(tmp_path: Path) -> None:
    file = tmp_path / "learnpipe.toml"
    file.write_text('palette = "high contrst"\n')
    with pytest.raises(LearnpipeError) as error:
        load_settings(file, load_schemas())
    (finding,) = error.value.findings
    assert finding.problem == 'palette: "high contrst" is not known here.'
    assert finding.fix == 'Did you mean "high contrast"?'


@pytest.mark.parametrize("palette", theme.PALETTES.values(), ids=list(theme.PALETTES))
def test_no_style_of_the_page_is_small(palette: theme.Palette) -> None:
    styles = theme.cell_styles(palette)
    assert min(style["font_size"] for style in styles.values()) >= 8
    for style in styles.values():
        paper = style.get("bg_color", "#ffffff")
        assert theme.contrast(style["font_color"], paper) >= 4.5


def test_the_font_ships_with_the_library_that_draws() -> None:
    own = Path(matplotlib.get_data_path())
    assert all(Path(_font_file(bold)).is_relative_to(own) for bold in (False, True))
