"""Where the words of a full page, and of one without charts, find their place."""

from __future__ import annotations

import re
from dataclasses import replace

import pages
import pytest

from learnpipe.report.page.paint_layout import DENSITIES, NO_CHARTS, WIDTH, lay_out
from learnpipe.report.shapes import Page


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words(page: Page, style: str = "") -> str:
    """What the page says, or what stands in cells of a style, squeezed."""
    cells = (cell for cell in lay_out(page).cells if cell.style.startswith(style))
    return squeezed("".join(text for cell in cells for _, text in cell.runs))


@pytest.mark.parametrize("rows", [(13,), (15,), (16, 2), (18,)])
def test_version_and_fingerprint_are_never_cut(rows: tuple[int, ...]) -> None:
    page = pages.busy(*rows)
    full = replace(page, foot=(page.foot[0], *page.foot[1:] * 3))
    assert "inputs8f1c22ab90de" in words(full, "foot")
    told = replace(full, tiers=replace(page.tiers, note="A note of many words. " * 60))
    assert "inputs8f1c22ab90de" in words(told, "foot")


@pytest.mark.parametrize("long", range(6, 19))
def test_what_counts_as_not_met_is_said_on_every_page(long: int) -> None:
    assert squeezed(pages.busy(long).tiers.note) in words(pages.busy(long))


def test_a_note_fills_what_is_left_under_the_tables_before_it_fills_the_foot() -> None:
    page = pages.busy(15)
    layout = lay_out(page)
    (note,) = (cell for cell in layout.cells if cell.style == "note")
    last = max(cell.row for cell in layout.cells if cell.style.startswith("matrix"))
    assert (note.runs[0][1], note.row) == (page.tiers.note, last + 1)
    assert squeezed(page.tiers.note) in words(pages.busy(18), "foot")


def test_counts_are_told_in_words_while_there_is_room() -> None:
    assert "5of9" in words(pages.busy(15), "matrix cell")


def test_without_charts_the_tables_take_their_place_and_it_is_said() -> None:
    page = replace(pages.page(12), charts=())
    plain = replace(page.tiers, rows=page.tiers.rows[:2], columns=page.tiers.columns[:4])
    rows = tuple((label, texts[:4]) for label, texts in plain.rows)
    layout = lay_out(replace(page, tiers=replace(plain, rows=rows)))
    titles = [cell for cell in layout.cells if cell.style == "matrix title"]
    assert titles[0].left == 0
    assert titles[-1].right == WIDTH
    assert titles[0].row == titles[-1].row
    assert NO_CHARTS in "".join(text for cell in layout.cells for _, text in cell.runs)


def test_the_band_is_as_high_as_its_lines() -> None:
    # 790 points hold these facts, of which the labels alone are bold; all in bold, they do not.
    logs = "2 of 11 (not supplied: feedback log, micro-training log, practice observation log, "
    logs += "supervision log, activity log and commentary log)"
    services = ("Services covered", "Alder House")
    band = (("As at", "00:00 on 01/11/2026"), services, ("Logs supplied", logs))
    page = replace(pages.page(4), band=band)
    assert lay_out(page).heights[1] == DENSITIES[0].height(1) + 3


def test_a_tier_s_number_stays_beside_its_word() -> None:
    # With six rows the table stands on its side: the tiers are its headings.
    heads = [text for cell in lay_out(pages.busy(6)).cells if cell.style == "matrix head"
             for _, text in cell.runs]  # fmt: skip
    assert [text for text in heads if text.startswith("Tier")] == [f"Tier {n}" for n in range(5)]
