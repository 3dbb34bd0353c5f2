"""Tables as strangers keep them: what they are by all that is in them, and are not."""

from __future__ import annotations

import pytest
from grids import Row, understood

DAYS = range(1, 5)


def test_a_service_with_its_name_alone_is_a_record() -> None:
    got = understood(
        "Service | Also known as | Nation",
        "Alder House | Alder | England", "Birch Court", "Cedar",
        "Names as they stand with the regulator, see the folder for letters.",
    )  # fmt: skip
    assert got.told("service") == ["Alder House", "Birch Court", "Cedar"]
    assert got.counts == (3, 1, 0)


def test_a_row_of_group_names_above_a_header_is_no_table_of_its_own() -> None:
    got = understood(
        "Category | Severity | Status | Reported by", "",
        "Ref | Date of incident | Category | Severity | Status | Cause",
        "1 | 3/10/2026 | Fall | Low | Open | Wet floor",
    )  # fmt: skip
    assert [table.log for table in got.sheet.tables] == ["incidents"]


@pytest.mark.parametrize(
    "header, row",
    [
        ("Date | Compliment | Received from", "{}/10/2026 | Thank you for your kindness | Niece"),
        ("Date received | Received from | Method | Compliment",
         "{}/10/2026 | Niece | Card | Thank you for your kindness"),
    ],
)  # fmt: skip
def test_a_list_of_compliments_is_a_feedback_log(header: str, row: str) -> None:
    got = understood(header, *[row.format(day) for day in DAYS], file="list.xlsx")
    assert (got.log, got.field_of("Compliment")) == ("feedback", "summary")


def test_grievances_are_feedback_though_they_name_the_incident() -> None:
    got = understood(
        "Wing | IncidentDate | GrievanceDate | Complaint | ReceivedDate | FinalDecision",
        *[
            f"B | {day}/9/2026 | {day}/9/2026 | Cold food again | 7/10/2026 | Upheld"
            for day in DAYS
        ],
    )
    assert (got.log, got.field_of("ReceivedDate")) == ("feedback", "received_on")


def test_a_number_in_front_tells_what_the_rows_are() -> None:
    header = "{} | Subject | Type | Status | Resident Name | Location | Incident Date | Created At"
    row = "7{0} | Noise at night | Noise | Open | Ann Example | Hall | {0}/10/2026 | {0}/10/2026"
    rows = [row.format(day) for day in DAYS]
    assert understood(header.format("Complaint Number"), *rows).log == "feedback"
    assert understood(header.format("Incident Number"), *rows).log == "incidents"


def test_when_beside_who_is_the_date_by_which_it_is_due() -> None:
    rows = [f"Lay a mat in room {day} | Ann Example | {day}/10/2026" for day in DAYS]
    assert understood("Action | Who | When", *rows).field_of("When") == "due_on"
    two = [f"{row} | 9/10/2026" for row in rows]
    assert understood("Action | Who | When | Seen", *two).field_of("When") is None


def test_rooms_may_be_numbers() -> None:
    rows: list[Row] = [[day, f"{day}/10/2026", "Fall", 100 + day] for day in DAYS]
    got = understood("Ref | Date of incident | Category | Room", *rows)
    assert got.told("location") == ["101", "102", "103", "104"]


@pytest.mark.parametrize(
    "header, row",
    [
        ("Milestone | Due Date | Status | Owner", "Go-live | {}/10/2026 | Open | Ann Example"),
        ("Deliverable | Owner | Due Date | Status", "Report | Ann Example | {}/10/2026 | Open"),
        ("Staff member | Course | Due date | Completed | Status",
         "Ann Example | Fire | {}/10/2026 | 9/10/2026 | Done"),
        ("Equipment | Inspection type | Due date | Completed | Status",
         "Hoist | LOLER | {}/10/2026 | 9/10/2026 | Done"),
        ("Policy | Owner | Review due | Status", "Fire | Ann Example | {}/10/2026 | Current"),
    ],
)  # fmt: skip
def test_what_is_due_is_no_action_where_nothing_speaks_of_one(header: str, row: str) -> None:
    rows = [row.format(day) for day in DAYS]
    assert understood(header, *rows, file="list.xlsx", sheet="Sheet1").log is None


def test_a_name_that_speaks_of_actions_makes_what_is_due_an_action_log() -> None:
    rows = [f"Report | Ann Example | {day}/10/2026 | Open" for day in DAYS]
    header = "Deliverable | Owner | Due Date | Status"
    assert understood(header, *rows, file="list.xlsx", sheet="Sheet1").log is None
    assert understood(header, *rows, file="list.xlsx", sheet="Action tracker").log == "actions"


def test_food_thrown_away_is_no_incident_though_it_was_burnt() -> None:
    header = "Date | Category | Description | Quantity | Cost | Status"
    rows: list[Row] = [[f"{n}/10/2026", "Rice", "Burnt rice", 2 + n, 9 + n, "Open"] for n in DAYS]
    assert understood(header, *rows, file="list.xlsx", sheet="Sheet1").log is None


@pytest.mark.parametrize(
    "header, field",
    [
        ("Status of recommendation", "status"),
        ("Recommendation priority", "priority"),
        ("Closure status", "status"),
    ],
)
def test_the_word_for_a_row_adds_nothing_to_its_headers(header: str, field: str) -> None:
    cell = "High" if field == "priority" else "Open"
    rows = [f"Lay a mat in room {day} | Ann Example | {day}/10/2026 | {cell}" for day in DAYS]
    assert understood(f"Action | Owner | Due date | {header}", *rows).field_of(header) == field


@pytest.mark.parametrize("header", ["Severity 1 - 4", "Severity 1-4", "severity 1 to 4"])
def test_a_scale_behind_a_header_does_not_matter(header: str) -> None:
    got = understood(f"Ref | Date of incident | Category | {header}", "1 | 3/10/2026 | Fall | Low")
    assert got.field_of(header) == "severity"


def test_date_and_time_of_something_is_its_date() -> None:
    got = understood("Ref | Date & time incident occurred | Category", "1 | 3/10/2026 14:30 | Fall")
    assert got.told("occurred_at") == ["2026-10-03 14:30"]


def test_both_sides_of_a_stroke_are_asked_where_the_whole_says_nothing() -> None:
    got = understood(
        "Ref | Date of incident | What happened | Reason/Category",
        *[f"{day} | 3/10/2026 | Fell on the wet floor | Slip" for day in DAYS],
    )
    assert got.asked["Reason/Category"] == ("cause", "category")


def test_a_column_without_a_cell_asks_nothing() -> None:
    header = "Ref | Date of incident | Category | Area"
    assert understood(header, "1 | 3/10/2026 | Fall | Hall").asked == {"Area": ("location",)}
    assert understood(header, "1 | 3/10/2026 | Fall").asked == {}


def test_a_short_word_with_another_first_letter_is_no_slip() -> None:
    """ "Some" is not "home"."""
    got = understood("Ref | Date of incident | Category | Some", "1 | 3/10/2026 | Fall | Hall")
    assert got.field_of("Some") is None
