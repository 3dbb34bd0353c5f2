"""The marks in a copy: colours, comments, and the list in front with its links."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_logs import (
    BAD_SEVERITY,
    COMMENTED,
    FILE,
    LATE,
    LOG,
    full_log,
    job_for,
    opened,
)

from learnpipe.ground.findings import Finding, Place
from learnpipe.report import theme
from learnpipe.report.marked import marked
from learnpipe.report.marked.marked_copy import marked_copy
from learnpipe.report.sheets.paint_sheets import clean

FOUND = (BAD_SEVERITY, LATE, COMMENTED)


@pytest.fixture(scope="module")
def before() -> bytes:
    return full_log()


@pytest.fixture(scope="module")
def after(before: bytes) -> bytes:
    return marked_copy(before, job_for(before, *FOUND))


def test_the_bad_cell_is_coloured_and_says_what_to_do(after: bytes) -> None:
    cell = opened(after)[LOG]["C5"]
    assert cell.fill.fgColor.rgb == f"FF{theme.MARK_TO_FIX[1:]}"
    assert cell.font.color.rgb == f"FF{theme.MARK_INK[1:]}", "white text would not show"
    assert cell.comment is not None and cell.comment.author == "learnpipe"
    assert cell.comment.text == (
        'Read as empty: "lowish" is not a severity.\nType low.\n\n'
        "Please look: It is late.\nLook at the date."
    )


def test_a_note_alone_has_the_other_colour(after: bytes) -> None:
    assert opened(after)[LOG]["B6"].fill.fgColor.rgb == f"FF{theme.MARK_TO_LOOK[1:]}"


def test_the_comment_that_was_there_stays_in_front(after: bytes) -> None:
    comment = opened(after)[LOG]["B6"].comment
    assert comment is not None and comment.author == "Jo"
    assert comment.text == (
        "Ask Sam about this\n\n— learnpipe —\nPlease look: An odd day.\nCheck it."
    )


def test_the_first_sheet_lists_the_findings_the_worst_first(after: bytes) -> None:
    sheet = opened(after).worksheets[0]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert sheet.title == "To fix"
    assert [row[0] for row in rows[:2]] == [
        "To fix in march.xlsx",
        "3 findings: 1 read as empty, 2 to look at.",
    ]
    assert rows[4:] == [
        ["Sheet", "Cell", "What it means", "What is wrong", "What to do"],
        [LOG, "C5", "Read as empty", '"lowish" is not a severity.', "Type low."],
        [LOG, "C5", "Please look", "It is late.", "Look at the date."],
        [LOG, "B6", "Please look", "An odd day.", "Check it."],
    ]


def test_each_line_links_to_its_cell_also_where_the_sheet_has_a_quote(after: bytes) -> None:
    sheet = opened(after).worksheets[0]
    links = [sheet.cell(row, 2).hyperlink for row in (6, 7, 8)]
    assert [link and link.location for link in links] == [
        "'Jo''s log'!C5", "'Jo''s log'!C5", "'Jo''s log'!B6",
    ]  # fmt: skip


def test_the_file_opens_at_the_list_with_no_other_sheet_selected(after: bytes) -> None:
    book = opened(after)
    assert book.active is not None and book.active.title == "To fix"
    selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
    assert selected == ["To fix"]


def test_a_name_that_is_taken_is_not_used_again() -> None:
    book = opened(full_log())
    book.create_sheet("TO FIX")
    body = io.BytesIO()
    book.save(body)
    marked_book = opened(marked_copy(body.getvalue(), job_for(body.getvalue(), LATE)))
    assert marked_book.sheetnames == ["To fix (2)", LOG, "Lists", "Old", "TO FIX"]


def test_text_that_looks_like_a_formula_stays_text(before: bytes) -> None:
    bad = Finding(
        "odd", "note", Place(FILE, LOG, 5, "C"), '=HYPERLINK("http://x.example")', "#N/A @SUM"
    )
    sheet = opened(marked_copy(before, job_for(before, bad))).worksheets[0]
    assert (sheet["D6"].value, sheet["D6"].data_type) == ('=HYPERLINK("http://x.example")', "s")
    assert (sheet["E6"].value, sheet["E6"].data_type) == ("#N/A @SUM", "s")
    assert sheet["D6"].hyperlink is None


def test_a_finding_without_a_cell_is_listed_and_linked_to_what_it_has(before: bytes) -> None:
    found = (
        Finding("a", "note", Place(FILE, LOG), "The sheet ends early.", "Look."),
        Finding("b", "note", Place(FILE, LOG, 7), "An odd row.", "Look."),
        Finding("c", "note", Place(FILE, LOG, None, "E"), "An odd column.", "Look."),
        Finding("d", "note", Place(FILE), "An odd file.", "Look."),
    )
    book = opened(marked_copy(before, job_for(before, *found)))
    front, log = book.worksheets[0], book[LOG]
    lines = [
        (row[1].value, row[1].hyperlink and row[1].hyperlink.location, row[3].value)
        for row in front.iter_rows(min_row=6)
    ]
    assert lines == [
        ("whole file", None, "An odd file."),
        ("whole sheet", "'Jo''s log'!A1", "The sheet ends early."),
        ("column E", "'Jo''s log'!E3", "An odd column."),
        ("row 7", "'Jo''s log'!A7", "An odd row."),
    ]
    assert log["A7"].comment is not None and log["E3"].comment is not None


def test_a_hidden_sheet_stays_hidden_and_is_not_linked_to() -> None:
    book = opened(full_log())
    book[LOG].sheet_state = "hidden"
    body = io.BytesIO()
    book.save(body)
    job = job_for(body.getvalue(), LATE, hidden=True)
    after = opened(marked_copy(body.getvalue(), job))
    assert after[LOG].sheet_state == "hidden"
    assert after.worksheets[0]["A6"].value == f"{LOG} (hidden)"
    assert after.worksheets[0]["B6"].hyperlink is None


def test_a_cell_inside_merged_cells_is_marked_in_their_corner(before: bytes) -> None:
    odd = Finding("odd", "note", Place(FILE, LOG, 1, "C"), "An odd title.", "Look.")
    log = opened(marked_copy(before, job_for(before, odd)))[LOG]
    assert log["A1"].comment is not None
    assert log["A1"].value == "Incidents of the north"


def test_beyond_a_thousand_cells_are_coloured_without_a_comment(before: bytes) -> None:
    many = [
        Finding("odd", "note", Place(FILE, LOG, row, "G"), "Odd.", "Look.")
        for row in range(10, 10 + marked.MOST_COMMENTS + 1)
    ]
    book = opened(marked_copy(before, job_for(before, *many)))
    last = book[LOG].cell(9 + len(many), 7)
    assert last.comment is None and last.fill.fgColor.rgb == f"FF{theme.MARK_TO_LOOK[1:]}"
    assert "Cells after the first 1,000" in str(book.worksheets[0]["A4"].value)


def test_the_list_is_a_table_whose_name_nothing_else_has(after: bytes) -> None:
    book = opened(after)
    assert [*book.worksheets[0].tables] == ["To_fix_by_learnpipe"]
    book.worksheets[0].title = "Kept from last month"  # no longer known as a list of ours
    body = io.BytesIO()
    book.save(body)
    again = opened(marked_copy(body.getvalue(), job_for(body.getvalue(), LATE)))
    assert [*again.worksheets[0].tables] == ["To_fix_by_learnpipe1"]
    assert again.worksheets[0].tables["To_fix_by_learnpipe1"].ref == "A5:E6"


def test_a_copy_marked_again_has_one_list_and_no_old_remarks(before: bytes, after: bytes) -> None:
    again = opened(marked_copy(after, job_for(after, LATE)))
    assert again.sheetnames == ["To fix", LOG, "Lists", "Old"]
    log = again[LOG]
    assert log["C5"].comment is not None and "lowish" not in log["C5"].comment.text
    assert log["B6"].comment is not None and log["B6"].comment.text == "Ask Sam about this"


@settings(max_examples=30)
@given(st.text(min_size=1, max_size=60))
def test_whatever_a_log_says_comes_back_as_text(said: str) -> None:
    """Also control characters, halves of characters, and what looks like a formula or an error."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = LOG
    body = io.BytesIO()
    book.save(body)
    bad = Finding("odd", "note", Place(FILE, LOG, 1, "A"), said, said)
    sheet = opened(marked_copy(body.getvalue(), job_for(body.getvalue(), bad))).worksheets[0]
    assert (sheet["D6"].value or "") == clean(said)
    assert sheet["D6"].data_type not in ("f", "e") and sheet["D6"].hyperlink is None
