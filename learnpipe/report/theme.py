"""Colours, fonts, sizes, marker shapes and words: how everything we paint looks.

Colours of the states are those of NHS England's *Making Data Count*; the other palette is the
Government Analysis Function's accessible one. No state is told by colour alone: each has its own
marker shape, text symbol and word, and text takes a darker shade (at least 4.5:1 on white and on
the state's tint).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

# Excel for Windows and Mac has Arial; LibreOffice has Liberation Sans, of the same widths.
FONT = "Arial"
# Without this Excel puts the theme's own font in place of the named one.
FACE = {"font_name": FONT, "font_scheme": "none"}
# Ships inside matplotlib, so a picture has the same bytes on every machine.
CHART_FONT = "DejaVu Sans"
# Points as printed. Nothing on the page is smaller than SMALL.
SMALL, BODY, STRONG, HEADING = 8, 8, 9, 14
# Behind the page: sheets are read on a screen.
SHEET_SIZE = 10

MARGIN_MM = 7.0
A4_LANDSCAPE_MM = (297.0, 210.0)
POINTS_PER_MM = 72 / 25.4
# A screen pixel of Excel, in which columns and rows are measured.
POINTS_PER_PIXEL = 0.75
DPI = 200
# Points, for a picture that is not on the page (slides, bids).
CHART_SIZE = (320.0, 180.0)

# Behind cells of marked copies: what must be put right, and what is only to be looked at.
MARK_TO_FIX, MARK_TO_LOOK, MARK_INK = "#f8bd91", "#ffeb99", "#1a1a1a"
LINK = "#0b4f8a"

# Meanings that call for nothing: not set in bold, not tinted.
PLAIN = ("common", "too few points", "", "hit and miss")

Marker = Literal["o", "s", "^", "D", "."]


@dataclass(frozen=True)
class State:
    """How one meaning looks: ``colour`` of marks, ``ink`` of text, ``tint`` behind text.

    ``marker`` is its shape in charts, ``symbol`` the like in text, ``word`` its name.
    """

    colour: str
    ink: str
    tint: str
    marker: Marker
    symbol: str
    word: str


@dataclass(frozen=True)
class Palette:
    """The colours of a report; ``states`` by meaning, ``assurance`` by word."""

    name: str
    states: Mapping[str, State]
    assurance: Mapping[str, State]
    target: str
    target_ink: str
    mean: str = "#000000"
    limits: str = "#595959"
    line: str = "#767676"
    text: str = "#1a1a1a"
    quiet: str = "#4a4a4a"
    band: str = "#12436d"
    band_text: str = "#ffffff"
    head: str = "#dfe6ec"
    paper: str = "#f3f5f7"
    rule: str = "#b4bcc4"


def _states(
    common: tuple[str, str, str],
    improvement: tuple[str, str, str],
    concern: tuple[str, str, str],
    neither: tuple[str, str, str],
) -> dict[str, State]:
    return {
        "common": State(*common, "o", "○", "Common cause"),
        "improvement": State(*improvement, "s", "■", "Improvement"),
        "concern": State(*concern, "^", "▲", "Concern"),
        "high": State(*neither, "D", "◊", "High"),
        "low": State(*neither, "D", "◊", "Low"),
        "too few points": State(*common, "o", "–", "Too few points"),
        "": State(*common, "o", "", ""),
    }


def _assurance(states: Mapping[str, State]) -> dict[str, State]:
    good, bad, plain = states["improvement"], states["concern"], states["common"]
    return {
        "met": State(good.colour, good.ink, good.tint, "s", "✓", "met"),
        "missed": State(bad.colour, bad.ink, bad.tint, "^", "✗", "missed"),
        "hit and miss": State(plain.colour, plain.ink, "#ffffff", "o", "?", "hit and miss"),
    }


_MDC = _states(
    ("#a6a6a6", "#4a4a4a", "#ffffff"),
    ("#00b0f0", "#00547a", "#e2f5fd"),
    ("#e46c0a", "#8f3f00", "#fdeee1"),
    ("#490092", "#490092", "#f1e8f9"),
)
_CONTRAST = _states(
    ("#3d3d3d", "#3d3d3d", "#ffffff"),
    ("#12436d", "#12436d", "#e3ecf4"),
    ("#801650", "#801650", "#f7e6ef"),
    ("#a285d1", "#5b3d8c", "#f1ecf9"),
)
MAKING_DATA_COUNT = Palette("making data count", _MDC, _assurance(_MDC), "#de1b1b", "#b01414")
HIGH_CONTRAST = Palette(
    "high contrast", _CONTRAST, _assurance(_CONTRAST), "#f46a25", "#8f3f00", line="#3d3d3d"
)
PALETTES = {p.name: p for p in (MAKING_DATA_COUNT, HIGH_CONTRAST)}


def palette_named(name: str) -> Palette:
    """The palette of a name in the settings; the usual one for none."""
    return PALETTES.get(name, MAKING_DATA_COUNT)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance), 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def cell_styles(palette: Palette) -> dict[str, dict[str, Any]]:
    """The page's cell styles by name, as xlsxwriter's format properties."""
    base: dict[str, Any] = {
        **FACE, "font_size": BODY, "font_color": palette.text,
        "text_wrap": True, "valign": "vcenter",
    }  # fmt: skip
    row = base | {"bottom": 4, "bottom_color": palette.rule}
    band = base | {"bg_color": palette.band, "font_color": palette.band_text, "bold": True}
    head = base | {"bg_color": palette.head, "bold": True}
    family = row | {"bold": True, "font_color": palette.band, "valign": "top"}
    styles = {
        "provider": band | {"font_size": HEADING, "text_wrap": False, "indent": 1},
        "page title": band | {"font_size": 11, "align": "center", "text_wrap": False},
        "month": band | {"font_size": HEADING, "align": "right", "text_wrap": False, "indent": 1},
        "meta": base | {"bg_color": palette.paper},
        "head": head,
        "head right": head | {"align": "right"},
        "head centre": head | {"align": "center"},
        "family": family,
        "family rest": family | {"bottom": 0},
        "metric": row,
        "number": row | {"align": "right"},
        "spark": row,
        "centre": row | {"align": "center"},
        "sentence": row,
        "matrix title": base | {"bold": True, "text_wrap": False, "font_color": palette.band},
        "matrix head": head | {"align": "center"},
        "matrix head left": head,
        "matrix label": row,
        "matrix cell": row | {"align": "center"},
        "note": base | {"font_color": palette.quiet},
        "foot": base | {"font_color": palette.quiet, "top": 1, "top_color": palette.rule},
        "plain": base,
    }
    for group, states in (("variation", palette.states), ("assurance", palette.assurance)):
        for meaning, state in states.items():
            special = meaning not in PLAIN
            centred = {"align": "center"} if group == "assurance" else {}
            styles[f"{group} {meaning}"] = row | centred | {
                "font_color": state.ink, "bg_color": state.tint, "bold": special,
            }  # fmt: skip
    for name in list(styles):
        styles[f"{name}, first"] = styles[name] | {"top": 1, "top_color": palette.band}
    return styles
