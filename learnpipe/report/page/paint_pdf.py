"""Prints the one page as a PDF through typst: A4 landscape, tagged (PDF/UA-1), always alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from learnpipe.report.page.pdf_page import page_data
from learnpipe.report.shapes import Page
from learnpipe.report.theme import Palette

TEMPLATE = Path(__file__).with_name("page.typ")
PRINTED = 946_684_800
"""2000-01-01 in UTC, in seconds: the date in the file's properties, on whatever day it is made."""


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with matplotlib, and no others: the same on every machine."""
    place = find_spec("matplotlib")
    folders = list(place.submodule_search_locations or ()) if place else []
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(folder) / "mpl-data" / "fonts" / "ttf" for folder in folders],
    )


def paint_pdf(page: Page, pictures: Mapping[str, bytes], palette: Palette) -> bytes:
    """The page as a PDF; ``pictures``: PNG bytes of its charts and icons by file name.

    Raises `typst.TypstError` if the page could not be made to PDF/UA-1.
    """
    return typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={
            "page": json.dumps(page_data(page, palette)),
            "pictures": json.dumps({name: list(png) for name, png in pictures.items()}),
        },
        pdf_standards=["ua-1"],
        timestamp=PRINTED,
    )
