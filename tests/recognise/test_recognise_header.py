"""Where the header stands, and which log a sheet is."""

from __future__ import annotations

import pytest
from grids import INCIDENTS, Row, understood

FALL = "1 | 3/10/2026 | 4/10/2026 | Falls | Low harm | Open"
MEDS = "2 | 13/10/2026 | 14/10/2026 | Medicines | No harm | Closed"
MAPPED = {
    "A": "ref", "B": "occurred_at", "C": "reported_at", "D": "category", "E": "severity",
    "F": "status",
}  # fmt: skip

ABOVE: dict[str, list[Row]] = {
    "nothing": [],
    "titles and advice": ["Alder House", "Incident log 2026", "Please fill in each column", []],
    "a key of one column": ["Key", "Low | minor first aid", "Severe | hospital", []],
    "a key that looks like a header": ["Status | Severity", "Open | Low", "Closed | Severe", []],
    "label and value": ["Home: | Alder House", "Month: | October 2026"],
    "labels that are headers": ["Service | Alder House", "Date reported | 3/10/2026", []],
    "labels with a colon in one cell": ["Reported by: Ann Example", "Date: 3/10/2026"],
    "a blank first row": [[]],
    "many rows": [*(f"Line {at}" for at in range(17)), []],
}


@pytest.mark.parametrize("above", ABOVE.values(), ids=list(ABOVE))
def test_the_header_is_found_under_what_stands_above_it(above: list[Row]) -> None:
    got = understood(*above, INCIDENTS, FALL, MEDS)
    assert (got.log, got.header_row, got.counts) == ("incidents", len(above) + 1, (2, 0, 0))
    assert got.fields == MAPPED
    assert got.rows == [len(above) + 2, len(above) + 3]


def test_a_blank_first_column_is_no_part_of_the_table() -> None:
    got = understood([], f"| {INCIDENTS}", f"| {FALL}")
    assert (got.header_row, got.fields["B"], got.fields["G"]) == (2, "ref", "status")


def test_blank_rows_after_the_header_and_between_records() -> None:
    got = understood(INCIDENTS, [], FALL, [], MEDS)
    assert (got.header_row, got.rows, got.counts) == (1, [3, 5], (2, 0, 2))


def test_a_group_row_above_the_header_is_no_part_of_it() -> None:
    got = understood(
        " | When || What | Outcome |", INCIDENTS, FALL, MEDS, merged=[(0, 1, 0, 2), (0, 4, 0, 5)]
    )
    assert (got.header_row, got.fields, got.counts) == (2, MAPPED, (2, 0, 0))


def test_a_header_of_two_merged_rows_is_read_as_one() -> None:
    got = understood(
        "Ref | Incident || Category | Closed |",
        " | Date | Time || Date | By",
        "1 | 3/10/2026 | 10:00 | Falls | 5/10/2026 | Ann Example",
        merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3), (0, 4, 0, 5)],
    )
    assert got.header_row == 2
    assert got.column("Incident / Date").letter == "B"
    assert got.records == [
        {
            "ref": "1", "occurred_at": "2026-10-03 10:00", "category": "Falls",
            "closed_on": "2026-10-05", "signed_off_by": "Ann Example",
        }
    ]  # fmt: skip


def test_both_rows_of_a_merged_header_repeated_below_are_set_aside() -> None:
    header = ["Ref | Incident || Category | Closed |", " | Date | Time || Date | By"]
    record = "1 | 3/10/2026 | 10:00 | Falls | 5/10/2026 | Ann Example"
    got = understood(*header, record, *header, record, merged=[(0, 1, 0, 2), (0, 4, 0, 5)])
    assert (got.header_row, got.rows, got.counts) == (2, [3, 6], (2, 2, 0))


def test_a_header_of_three_merged_rows_is_read_as_one() -> None:
    got = understood(
        "Incident |||| Closure |",
        "When || What || Closed |",
        "Date | Time | Category | Severity | Date | By",
        "3/10/2026 | 10:00 | Falls | Low | 5/11/2026 | Ann Example",
        merged=[(0, 0, 0, 3), (0, 4, 0, 5), (1, 0, 1, 1), (1, 2, 1, 3), (1, 4, 1, 5)],
    )
    assert (got.header_row, got.counts) == (3, (1, 0, 0))
    assert got.column("Incident / What / Severity").field == "severity"
    assert got.told("category") == ["Falls"]
    assert got.told("closed_on") == ["2026-11-05"]


SCORES = "Ref | Date of incident | Category | Initial || Final |"
MERGED = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6)]


@pytest.mark.parametrize("merged", [MERGED, []], ids=["merged", "typed beside blanks"])
def test_sub_headers_that_we_do_not_know_are_part_of_the_header(
    merged: list[tuple[int, int, int, int]],
) -> None:
    got = understood(
        SCORES, "||| Score | Date | Score | Date",
        "1 | 3/10/2026 | Falls | 3 | 5/11/2026 | 4 | 6/11/2026", merged=merged,
    )  # fmt: skip
    assert (got.header_row, got.rows, got.counts) == (2, [3], (1, 0, 0))
    assert [one.header for one in got.table.columns] == [
        "Ref", "Date of incident", "Category",
        "Initial / Score", "Initial / Date", "Final / Score", "Final / Date",
    ]  # fmt: skip
    assert got.told("occurred_at") == ["2026-10-03"]


def test_a_merged_header_is_one_column_and_goes_by_its_first_letter() -> None:
    """A template grid: each column of the log spans ten of the sheet, and nothing is filled in."""
    spans = [(0, at, 0, at + 9) for at in (0, 10, 20)]
    header = (10 * "|").join(["Date of incident", "Category", "Severity"])
    got = understood(header + 9 * "|", [], [None] * 30, merged=spans)
    assert got.fields == {"A": "occurred_at", "K": "category", "U": "severity"}
    assert got.counts == (0, 0, 2)


def test_the_header_repeated_below_is_not_chosen_but_set_aside() -> None:
    got = understood(INCIDENTS, FALL, INCIDENTS, MEDS, INCIDENTS.upper())
    assert (got.header_row, got.rows, got.counts) == (1, [2, 4], (2, 2, 0))


def test_a_record_below_the_header_is_not_joined_to_it() -> None:
    """The words of a record, beside its numbers, look as little like data as a header does."""
    got = understood(
        "Risk ID | Description | Category | Likelihood | Impact | Risk score | Controls | Owner",
        ["R1", "Fire", "Safety", 3, 4, 12, "Alarms", "Ann Example"],
    )
    assert (got.log, got.header_row) == (None, 1)
    assert got.table.why == "looks like a risk register, which is no log of ours"


LOGS: dict[str, list[Row]] = {
    "incidents": ["Ref | Date of incident | Category", "1 | 3/10/2026 | Falls"],
    "actions": ["Ref | Action required | Owner | Due date", "1 | Fix it | Ann Example | 3/10/2026"],
    "feedback": ["Date received | Complaint or compliment | Theme", "3/10/2026 | Complaint | Food"],
    "training": ["Topic | Date delivered | Minutes | Attended", ["Falls", "3/10/2026", 15, 8]],
    "observations": [
        "Date of observation | Behaviour observed | Staff observed | Result",
        "3/10/2026 | Handwashing | Ann Example | Pass",
    ],
    "supervisions": [
        "Staff member | Date of supervision | Theme discussed | Action captured",
        "Ann Example | 3/10/2026 | Falls | Yes",
    ],
    "activity": ["Home | Month | Bed days | Headcount", ["Alder House", "Oct 2026", 620, 30]],
    "micro_tests": [
        "Theme | Start date | End date | Measure | Stop rule",
        "Falls | 3/10/2026 | 17/10/2026 | Falls a week | Stop at three",
    ],
    "case_samples": [
        "Case | Sampled on | In records | In practice", "INC-1 | 3/10/2026 | Yes | No",
    ],
    "commentary": [
        "Metric | Month | Why it moved | What next",
        "Incidents | Oct 2026 | Wet floors | Mats laid",
    ],
    "services": ["Service | Also known as | Nation", "Alder House | Alder; AH | England"],
}  # fmt: skip


@pytest.mark.parametrize("log", LOGS)
def test_each_log_is_known_by_its_headers(log: str) -> None:
    got = understood("A title above", [], *LOGS[log])
    assert (got.log, got.header_row, got.counts) == (log, 3, (1, 0, 0))


@pytest.mark.parametrize("header", ["Service | Nation", "Service | Also known as"])
def test_a_list_of_services_may_have_no_more_than_it_needs(header: str) -> None:
    got = understood(header, "Alder House | England", "Oak Lodge | England")
    assert (got.log, got.counts) == ("services", (2, 0, 0))


def test_a_log_with_yes_and_no_for_its_only_answers_keeps_its_records() -> None:
    got = understood("Case | In records | In practice", "A1 | yes | no", ["A2", False, False], "A3")
    assert (got.log, got.rows, got.counts) == ("case_samples", [2, 3], (2, 0, 1))
    assert got.told("in_records") == ["yes", "no"]


def test_cells_decide_between_two_logs_with_the_same_headers() -> None:
    """Nothing but the headers that only one log has says which it is."""
    both = "Ref | Service | Theme | Status"
    assert understood(f"{both} | Date received | Upheld?", "1 ||||").log == "feedback"
    assert understood(f"{both} | Owner | Due date", "1 ||||").log == "actions"


@pytest.mark.parametrize(
    "file, sheet, month",
    [
        ("Incidents Oct 2026.xlsx", "Log", "2026-10"),
        ("Incidents 2026.xlsx", "October", "2026-10"),
        ("Incidents Sept 2026.xlsx", "October 2026", "2026-10"),
        ("Incidents 2026.xlsx", "Log", None),
        ("Incidents.csv", None, None),
    ],
)
def test_the_month_that_a_sheet_or_its_file_declares(
    file: str, sheet: str | None, month: str | None
) -> None:
    period = understood(INCIDENTS, FALL, file=file, sheet=sheet).sheet.period
    assert (None if period is None else f"{period // 12}-{period % 12 + 1:02}") == month
