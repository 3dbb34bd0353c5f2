"""The letter x in a yes/no column: a tick or a cross, as the whole file says, else asked."""

from __future__ import annotations

from typing import Any

import pytest
from grids import knowledge

from learnpipe.ground.tables import Grid
from learnpipe.recognise import recognise_file

HEADER = ["Ref", "Date of incident", "Summary", "Safeguarding Y/N"]


def sheet(name: str, *marks: Any) -> Grid:
    rows = [[f"A{n}", "03/10/2026", "Slipped in the hall", mark] for n, mark in enumerate(marks)]
    return Grid("log.xlsx", name, [list(HEADER), *rows])


def read(*sheets: Grid) -> tuple[list[list[str | None]], int]:
    found = recognise_file(sheets, knowledge(), lambda _: {})
    tables = [one.tables[0] for one in found]
    asked = sum(one.code == "unclear-mark" for table in tables for one in table.unread)
    return [table.data["safeguarding"].tolist() for table in tables], asked


@pytest.mark.parametrize(
    ("marks", "meant", "asked"),
    [
        (("✓", "x", "x"), ["yes", "no", "no"], 0),  # beside ticks, every row marked: a cross
        (("x", None, None), ["yes", None, None], 0),  # alone among empty cells: a tick
        (("x", "no", "no"), ["yes", "no", "no"], 0),  # beside a no: a tick
        (("x", "x", "x"), [None, None, None], 3),  # all or none? asked
        (("yes", "no", "x"), ["yes", "no", None], 1),  # beside both words: asked
        (("✓", None, None, "x"), ["yes", None, None, None], 1),  # mostly empty: asked
    ],
)
def test_what_an_x_means(marks: tuple[Any, ...], meant: list[str | None], asked: int) -> None:
    assert read(sheet("Oct", *marks)) == ([meant], asked)


def test_the_sheets_of_a_file_are_taken_together() -> None:
    both = read(sheet("Sept", "✓", "x"), sheet("Oct", "x", "x"))
    assert both == ([["yes", "no"], ["no", "no"]], 0)
