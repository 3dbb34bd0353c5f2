"""Words in headers that say a thing twice, say nothing, or stand for another one."""

from __future__ import annotations

import pytest
from grids import understood

DAYS = range(1, 5)


@pytest.mark.parametrize(
    "header, cell, field",
    [
        ("Date of accident or dangerous occurrence", "{}/10/2026", "occurred_at"),
        ("incident_dtim", "{}/10/2026 09:00", "occurred_at"),
        ("event/incident date", "{}/10/2026", "occurred_at"),
        ("Date of critical incident", "{}/10/2026", "occurred_at"),
    ],
)
def test_the_date_of_an_incident(header: str, cell: str, field: str) -> None:
    rows = [f"{day} | Fall | {cell.format(day)}" for day in DAYS]
    assert understood(f"Ref | Category | {header}", *rows).field_of(header) == field


@pytest.mark.parametrize(
    "header, cell, field",
    [
        ("Nature of accident or dangerous occurrence", "Fall", "category"),
        ("inc_type_cd", "FALL", "category"),
        ("Notes (what happened)", "Slipped in the hall", "summary"),
        ("Describe event or incident", "Slipped in the hall", "summary"),
        ("WHAT HAPPENED & WHERE", "Slipped in the hall", "summary"),
    ],
)
def test_what_happened(header: str, cell: str, field: str) -> None:
    rows = [f"{day} | {day}/10/2026 | Low | {cell}" for day in DAYS]
    assert understood(f"Ref | Date of incident | Severity | {header}", *rows).field_of(header) == (
        field
    )


@pytest.mark.parametrize(
    "header, cell, field",
    [
        ("inc_status_cd", "OPEN", "status"),
        ("Location at time of fall", "Lounge", "location"),
        ("Clients/Residents Involved", "Ann Example", "person_affected"),
        ("Individual(s) concerned", "Ann Example", "person_affected"),
        ("What happened & where", "Lounge", None),
        ("Explain what immediate action was taken", "Rang the family", "immediate_action"),
        ("Cause/Zeugma", "Wet floor", None),
        ("Home/Manager name", "Ann Example", None),
        ("Outcome (what happened next)", "Went home", None),
    ],
)
def test_what_else_is_told_of_it(header: str, cell: str, field: str | None) -> None:
    rows = [f"{day} | {day}/10/2026 | Fall | {cell}" for day in DAYS]
    assert understood(f"Ref | Date of incident | Category | {header}", *rows).field_of(header) == (
        field
    )


def test_a_date_beside_the_date_of_the_report_is_that_of_the_incident() -> None:
    rows = [f"{day}/10/2026 | 14:05 | Fall | {day + 1}/10/2026" for day in DAYS]
    got = understood("date | time | category | reportedDate", *rows)
    assert got.told("occurred_at")[0] == "2026-10-01 14:05"
    assert got.told("reported_at")[0] == "2026-10-02"
    other = understood("Logged | Category | Date of incident | Date", *[
        f"{day + 1}/10/2026 | Fall | {day}/10/2026 | {day + 2}/10/2026" for day in DAYS
    ])  # fmt: skip
    assert other.field_of("Date") is None


@pytest.mark.parametrize(
    "header, cell, field",
    [
        ("Hazard category", "Slips", "category"),
        ("CloseCallDescription", "Slipped in the hall", "summary"),
        ("Principal incident type", "Fall", "category"),
        ("Final narrative", "Slipped in the hall", "summary"),
        ("OVR category", "Falls", "category"),
    ],
)
def test_kinds_of_incident_and_words_that_only_rank(header: str, cell: str, field: str) -> None:
    rows = [f"{day} | {day}/10/2026 | Low | {cell}" for day in DAYS]
    assert understood(f"Ref | Date of incident | Severity | {header}", *rows).field_of(header) == (
        field
    )


@pytest.mark.parametrize("header", ["Date of crash", "Date of close call", "Spill date"])
def test_the_date_of_a_kind_of_incident_is_its_date(header: str) -> None:
    rows = [f"{day} | Leak | {day}/10/2026 | {day}/9/2026" for day in DAYS]
    got = understood(f"Ref | Category | {header} | Date of delivery", *rows)
    assert got.field_of(header) == "occurred_at"


@pytest.mark.parametrize(
    "header, field", [("Date reported on QqX", "reported_at"), ("Date QX closed", "closed_on")]
)
def test_letters_that_name_a_system_add_nothing_to_a_date(header: str, field: str) -> None:
    rows = [f"{day} | Fall | {day}/9/2026 | {day}/10/2026" for day in DAYS]
    got = understood(f"Ref | Category | Date of incident | {header}", *rows)
    assert got.field_of(header) == field


def test_the_number_of_falls_is_no_reference() -> None:
    rows = [f"{day}/10/2026 | Fall | {day}" for day in DAYS]
    got = understood("Date of incident | Category | Number of hazards", *rows)
    assert got.field_of("Number of hazards") is None


def test_a_state_beside_a_city_is_no_status() -> None:
    rows = [f"{day} | {day}/10/2026 | Fall | Tampa | FL | 1 Elm Way" for day in DAYS]
    got = understood("Ref | Date of incident | Category | City | State | Address1", *rows)
    assert not {"D", "E", "F"} & got.fields.keys()
    alone = understood(
        "Ref | Date of incident | Category | State",
        *[f"{n} | {n}/10/2026 | Fall | Open" for n in DAYS],
    )
    assert alone.field_of("State") == "status"


def test_incident_over_ids_is_its_reference() -> None:
    rows = [f"Lay a mat in room {n} | Ann Example | {n}/10/2026 | INC-00{n}" for n in DAYS]
    got = understood("Action | Owner | Due date | Incident", *rows)
    assert got.told("incident_ref") == [f"INC-00{n}" for n in DAYS]


def test_a_complaint_in_sentences_is_the_summary() -> None:
    rows = [f"{n}/10/2026 | Cold food again at lunch | Apology given" for n in DAYS]
    got = understood("Date | Complaint | Outcome", *rows, file="complaints.xlsx")
    assert (got.log, got.field_of("Complaint")) == ("feedback", "summary")
