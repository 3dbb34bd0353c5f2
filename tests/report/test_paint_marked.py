"""Copies made anew from .xls, .xlsb, .ods and text, and the list where there is no copy."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from marked_logs import LATE

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.tables import Cell, ColumnRead, Grid, ReadFile, Recognised, Table
from learnpipe.report import theme
from learnpipe.report.marked import marked_safety
from learnpipe.report.marked.marked import Job, jobs
from learnpipe.report.marked.marked_safety import NotCopied
from learnpipe.report.marked.paint_marked import paint_anew, paint_list

FILE = "march.ods"
COLUMNS = tuple(ColumnRead(letter, letter, None, True) for letter in "AB")


def job(*findings: Finding, sheet: str | None = "Log", hidden: bool = False) -> Job:
    table = Table("incidents", "by its headers", 2, COLUMNS)
    read = ReadFile(FILE, "00", (Recognised(FILE, sheet, hidden, (table,)),))
    (made,) = jobs([read], findings)
    return made


def note(row: int, letter: str, sheet: str | None = "Log", problem: str = "Odd.") -> Finding:
    return Finding("odd", "note", Place(FILE, sheet, row, letter), problem, "Look.")


def anew(cells: list[list[Cell]], *findings: Finding, **grid: Any) -> openpyxl.Workbook:
    made = paint_anew(job(*findings), [Grid(FILE, "Log", cells, **grid)])
    return openpyxl.load_workbook(io.BytesIO(made))


def test_every_value_stands_where_it_stood_and_is_what_it_was() -> None:
    day, moment = dt.datetime(2026, 3, 1), dt.datetime(2026, 3, 1, 9, 30)
    rows: list[list[Cell]] = [["Title"], ["Ref", "Date"], ["001", day], [2.5, moment], [True]]
    log = anew([*rows, [None, dt.timedelta(hours=31)], [dt.time(9, 30)]], note(3, "A"))["Log"]
    assert [[cell.value for cell in row] for row in log.iter_rows(max_row=5)] == [
        ["Title", None], ["Ref", "Date"], ["001", day], [2.5, moment], [True, None],
    ]  # fmt: skip
    assert (log["B3"].number_format, log["B4"].number_format) == ("dd/mm/yyyy", "dd/mm/yyyy hh:mm")
    assert (log["B6"].value, log["A7"].value) == (dt.timedelta(hours=31), dt.time(9, 30))


def test_the_bad_cells_are_coloured_and_commented_empty_ones_too() -> None:
    log = anew([[], ["Ref"], ["001", "x"]], note(3, "B"), note(9, "A"))["Log"]
    for cell in (log["B3"], log["A9"]):
        assert cell.fill.fgColor.rgb == f"FF{theme.MARK_TO_LOOK[1:].upper()}"
        assert cell.comment is not None and cell.comment.text == "Please look: Odd.\nLook."
    assert log["B3"].value == "x"


def test_the_list_links_to_the_cells() -> None:
    front = anew([[], ["Ref"], ["001"]], note(3, "A")).worksheets[0]
    assert front["A1"].value == "To fix in march.ods"
    assert "holds the values of march.ods alone" in str(front["A3"].value)
    assert front["B6"].value == "A3" and front["B6"].hyperlink is not None
    assert front["B6"].hyperlink.location == "'Log'!A3"


def test_what_people_typed_is_never_a_formula_or_a_link() -> None:
    typed = ["=1+1", "+SUM(A1)", "-2", "@x", "http://x.example", "mailto:a@b.example"]
    book = anew([[], list(typed)], note(2, "A", problem="=1+1"))
    cells = [*book["Log"][2], book.worksheets[0]["D6"]]
    assert [cell.value for cell in cells] == [*typed, "=1+1"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * 7


def test_a_text_file_has_no_sheet_but_its_copy_has_one() -> None:
    made = paint_anew(job(note(2, "A", None), sheet=None), [Grid(FILE, None, [[], ["Ref"]])])
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["To fix", "Log"]
    assert [cell.value for cell in book.worksheets[0][6]][:2] == ["Log", "A2"]


def test_sheet_names_that_excel_does_not_allow_are_made_such() -> None:
    grids = [Grid(FILE, "March/April: all the homes of the north", []), Grid(FILE, "To fix", [])]
    found = Finding("odd", "note", Place(FILE, grids[0].sheet, 3, "A"), "Odd.", "Look.")
    book = openpyxl.load_workbook(io.BytesIO(paint_anew(job(found), grids)))
    assert book.sheetnames == ["To fix", "MarchApril all the homes of the", "To fix (2)"]
    link = book.worksheets[0]["B6"].hyperlink
    assert link is not None and link.location == "'MarchApril all the homes of the'!A3"


def test_a_hidden_sheet_stays_hidden() -> None:
    book = anew([["Ref"]], note(1, "A"), hidden=True)
    assert book["Log"].sheet_state == "hidden"


def test_a_list_alone_says_why_and_has_no_links() -> None:
    body = paint_list(job(note(3, "A")), "the log holds charts, which a copy would lose")
    book = openpyxl.load_workbook(io.BytesIO(body))
    front = book.worksheets[0]
    assert book.sheetnames == ["To fix"]
    assert str(front["A3"].value).startswith(
        "This is the list alone: the log holds charts, which a copy would lose. Put them right in"
    )
    assert [cell.value for cell in front[6]] == ["Log", "A3", "Please look", "Odd.", "Look."]
    assert front["B6"].hyperlink is None


def test_too_many_cells_are_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marked_safety, "MOST_CELLS", 3)
    with pytest.raises(NotCopied, match="more than 3 cells"):
        anew([[1, 2], [3, 4]], note(1, "A"))


def test_the_same_again_gives_the_same_bytes() -> None:
    grids = [Grid(FILE, "Log", [[], ["Ref"], ["001", dt.datetime(2026, 3, 1)]])]
    assert paint_anew(job(note(3, "A")), grids) == paint_anew(job(note(3, "A")), grids)


def test_findings_of_another_file_have_no_place_here() -> None:
    assert [mark.problem for mark in job(note(3, "A"), LATE).marks] == ["Odd."]
