"""What a header says beside its field, and what its cells are, decide where words alone do not."""

from __future__ import annotations

import pytest
from grids import understood

DAYS = (3, 9, 14, 20)
BASE = "Date of incident | What happened"
ROWS = [f"{day}/10/2026 | Slipped on the wet floor" for day in DAYS]


def field_of(header: str, *cells: str, beside: str = BASE) -> str | None:
    """The field of one more column of an incident log, with these cells over and over."""
    rows = [f"{row} | {cells[at % len(cells)]}" for at, row in enumerate(ROWS)]
    return understood(f"{beside} | {header}", *rows).field_of(header)


@pytest.mark.parametrize("room", ["Room no", "Room"])
def test_of_two_places_the_one_called_location_is_taken(room: str) -> None:
    rows = [f"{day}/10/2026 | Slipped on the wet floor | {day} | Lounge" for day in DAYS]
    got = understood(f"{BASE} | {room} | Location of fall", *rows)
    assert (got.field_of("Location of fall"), got.field_of(room)) == ("location", None)


def test_of_two_groups_the_one_called_category_is_taken() -> None:
    rows = [f"{day}/10/2026 | Slipped on the floor | Patient incident | Falls" for day in DAYS]
    got = understood(f"{BASE} | Incident type | Category", *rows)
    assert (got.field_of("Category"), got.field_of("Incident type")) == ("category", None)


def test_dates_under_a_yes_or_no_are_its_dates() -> None:
    for header in ("Parents informed (date/time)", "Date parents informed", "Parents informed"):
        assert field_of(header, "4/10/2026", "10/10/2026") == "families_told_on"
    assert field_of("Parents informed", "Yes", "No") is None
    assert field_of("LADO informed", "4/10/2026", "10/10/2026") == "safeguarding_on"


def test_answers_in_brackets_that_are_no_status_make_no_status() -> None:
    assert field_of("Status (employee/customer)", "Employee", "Customer") is None
    assert field_of("Status (open/closed)", "Open", "Closed") == "status"
    assert field_of("Severity (L/M/H)", "Low", "Moderate") == "severity"


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Date reported to line manager", "4/10/2026", "reported_at"),
        ("Action taken by DSL", "Rang her mother", "immediate_action"),
        ("Learning for the scheme", "Look at the floor first", "lesson"),
        ("Incident reported by staff", "Ann Example", None),
        ("Date reported to police", "4/10/2026", None),
    ],
)
def test_to_whom_and_by_whom_in_the_house_adds_nothing(
    header: str, cells: str, field: str | None
) -> None:
    assert field_of(header, cells) == field


def test_the_first_side_of_a_stroke_tells() -> None:
    assert field_of("Lessons learned / zorp", "Look at the floor first") == "lesson"


def test_letters_before_a_capital_word_are_a_word() -> None:
    assert field_of("RIDDORReportable", "Yes", "No") == "riddor"


def test_another_word_is_no_slip_of_the_pen() -> None:
    assert field_of("Treated by", "Ann Example") is None  # created by
    assert field_of("Date noticed", "4/10/2026") is None  # notified


def test_crosses_are_no_text_and_no_number() -> None:
    rows = [f"{day}/10/2026 | Slipped on the wet floor | x |" for day in DAYS]
    got = understood(f"{BASE} | Location | Injury no", *rows)
    assert (got.field_of("Location"), got.field_of("Injury no")) == (None, None)
    assert field_of("Incident no", "A", "A") is None


def test_a_footnote_is_no_reference() -> None:
    rows = [f"Z/{day} | {row}" for day, row in zip(DAYS, ROWS, strict=True)]
    got = understood(f"Zorp ref | {BASE}", *rows, "Source: the office")
    assert got.field_of("Zorp ref") == "ref"


def test_a_record_of_figures_is_no_part_of_the_header_above() -> None:
    rows = [f"{n} | 1 | 3/10/2026 | 30" for n in (100, 101, 102)]
    assert understood("zorp | force | date | limit", *rows).header_row == 1


def test_a_date_of_two_readings_dates_a_log_that_has_no_other() -> None:
    rows = [f"{day}/10/2026 | Fall | Bruise on the left arm" for day in DAYS]
    got = understood("Date spotted | Category | What happened", *rows)
    assert (got.log, got.field_of("Date spotted")) == ("incidents", "occurred_at")


def test_the_date_of_what_a_row_is_is_when_it_happened() -> None:
    rows = [f"{day}/10/2026 | 21/10/2026 | Neglect" for day in DAYS]
    got = understood("Date of concern | Date reported | Incident type", *rows)
    assert got.field_of("Date of concern") == "occurred_at"


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("Learning we took from it", "Look at the floor first", "lesson"),
        ("Date fixed by contractor", "4/10/2026", "closed_on"),
        ("Where in the park", "Pond", "location"),
        ("Immediate steps by the warden", "Sign put up", "immediate_action"),
        ("Learning needs", "Floor care course", None),
        ("Where else", "Pond", None),
        ("Area (clinical, admin)", "Clinical", None),
        ("Where in the park", "3", None),
    ],
)
def test_words_tell_a_header_that_nobody_listed(header: str, cells: str, field: str | None) -> None:
    assert field_of(header, cells) == field


def test_words_in_two_headers_tell_neither() -> None:
    rows = [f"{row} | Pond | Gate" for row in ROWS]
    got = understood(f"{BASE} | Where in the park | Where by the map", *rows)
    assert "location" not in got.fields.values()


def test_a_header_that_lists_its_answers_is_the_category() -> None:
    rows = [f"{day}/10/2026 | Percy Madeup | {'Missed' if day > 9 else 'Late'}" for day in DAYS]
    got = understood("Date of incident | Client | Missed / late", *rows)
    assert (got.log, got.field_of("Missed / late")) == ("incidents", "category")
    rows = [f"{day}/10/2026 | Slipped | {'Un' * (day > 9)}witnessed" for day in DAYS]
    got = understood(f"{BASE} | Witnessed / Unwitnessed", *rows)
    assert got.field_of("Witnessed / Unwitnessed") is None


def test_the_only_clock_is_the_time_of_the_date() -> None:
    rows = [f"{row} | 0{day % 10}:15" for day, row in zip(DAYS, ROWS, strict=True)]
    got = understood(f"{BASE} | Log time", *rows)
    assert got.told("occurred_at")[0] == "2026-10-03 03:15"
    assert (
        understood(f"{BASE} | Time ambulance called", *rows).field_of("Time ambulance called")
        is None
    )


def test_how_many_people_are_no_person() -> None:
    assert field_of("Patients affected", "3", "1") is None
    assert field_of("Patient", "1043", "1044") == "person_affected"


def test_the_number_of_a_month_is_none_of_a_row() -> None:
    rows = [f"{day} | {row}" for day, row in zip(DAYS, ROWS, strict=True)]
    assert understood(f"Month no. | {BASE}", *rows).field_of("Month no.") is None


@pytest.mark.parametrize(
    "header",
    [
        "Date risk assessment reviewed",
        "Date care plan reviewed",
        "Date sensor mat reviewed",
        "Medication review completed",
        "Date MUST reviewed",
        "Medication review due",
        "Date reported to GP",
        "Date of last fall recorded",
    ],
)
def test_dates_of_other_things_are_none_of_the_incident(header: str) -> None:
    assert field_of(header, "4/10/2026", "10/10/2026") is None


@pytest.mark.parametrize("header", ["Safeguarding considered", "Safeguarding training"])
def test_that_a_concern_was_considered_does_not_make_it_one(header: str) -> None:
    assert field_of(header, "Yes", "No") is None


@pytest.mark.parametrize("header", ["Time last seen", "Time since last fall", "Shift time"])
def test_another_time_is_not_that_of_the_incident(header: str) -> None:
    assert field_of(header, "09:00", "10:30") is None
