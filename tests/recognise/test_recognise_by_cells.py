"""What a column's cells say of its header: times that are dates, groups, keys under a log."""

from __future__ import annotations

import pytest
from grids import understood

DAYS = range(1, 5)


def test_a_time_with_whole_dates_is_the_date() -> None:
    rows = [f"{day} | Theft | {day}/10/2026 14:05" for day in DAYS]
    got = understood("Incident ID | Incident type | Incident time", *rows)
    assert got.told("occurred_at")[0] == "2026-10-01 14:05"


def test_a_time_with_whole_dates_leaves_the_date_to_a_column_that_says_so() -> None:
    rows = [f"{day} | {day}/10/2026 | Theft | {day}/10/2026 14:05" for day in DAYS]
    got = understood("Incident ID | Date of incident | Incident type | Incident time", *rows)
    assert (got.fields["B"], got.column("Incident time").field) == ("occurred_at", None)


def test_parts_of_the_day_are_no_times() -> None:
    rows = [
        f"{day} | {day}/10/2026 | Fall | {part}" for day, part in zip(DAYS, "MLAE", strict=True)
    ]
    got = understood("Ref | Date of incident | Category | Time of day", *rows)
    assert got.field_of("Time of day") is None
    assert got.column("Time of day").contradicted


def test_few_words_over_and_over_are_the_category_where_there_is_no_other() -> None:
    header = "Incident ID | Date | Violation type | Status"
    words = ["Speed", "Walkway", "Speed", "Walkway"]
    rows = [f"{n} | {n}/10/2026 | {word} | Open" for n, word in zip(DAYS, words, strict=True)]
    assert understood(header, *rows).field_of("Violation type") == "category"
    each_its_own = [f"{n} | {n}/10/2026 | Case {n * 71} | Open" for n in DAYS]
    assert understood(header, *each_its_own).log is None


def test_of_two_unsure_texts_the_one_with_the_name_of_the_field_is_taken() -> None:
    rows = [
        f"{n} | Nobody had read the plan | Read it aloud at noon | Ann | {n}/10/2026" for n in DAYS
    ]
    got = understood("Ref | Description | Remediation action plan | Owner | Due date", *rows)
    assert got.field_of("Remediation action plan") == "action"
    assert got.field_of("Description") is None


def test_the_exact_place_beats_the_place() -> None:
    rows = [f"{n} | {n}/10/2026 | Fall | North | By the kiln" for n in DAYS]
    got = understood(
        "Ref | Date of incident | Category | Location | Exact incident location", *rows
    )
    assert got.field_of("Exact incident location") == "location"
    assert got.asked["Location"] == ("location",)


def test_half_a_known_header_names_no_service() -> None:
    rows = [f"{n} | {n}/10/2026 | Fall | Crane" for n in DAYS]
    got = understood("Ref | Date of incident | Category | Property / Zeugma affected", *rows)
    assert got.field_of("Property / Zeugma affected") is None


@pytest.mark.parametrize(
    "header, field",
    [
        ("Name of person making this report", "reported_by"),
        ("Name of injured pupil", "person_affected"),
        ("Resident details", "person_affected"),
    ],
)
def test_words_that_add_nothing(header: str, field: str) -> None:
    rows = [f"{n} | {n}/10/2026 | Fall | Ann Example" for n in DAYS]
    assert understood(f"Ref | Date of incident | Category | {header}", *rows).field_of(header) == (
        field
    )


def test_who_owns_a_remediation_owns_the_action() -> None:
    rows = [f"Lay a mat in room {n} | Ann Example | {n}/10/2026" for n in DAYS]
    got = understood("Corrective action | Remediation owner | Due date", *rows)
    assert got.field_of("Remediation owner") == "owner"


def test_a_key_to_codes_under_a_log_is_set_aside() -> None:
    rows = [f"{n} | {n}/10/2026 | S" for n in DAYS]
    got = understood(
        "Ref | Date of incident | Type of error", *rows,
        "D = Wrong product | E = Out of date | F = Wrong form",
    )  # fmt: skip
    assert got.counts == (4, 1, 0)


def test_a_table_of_which_nothing_is_known_still_has_a_header_row() -> None:
    rows = [f"Ann Example | {n} | Lift" for n in DAYS]
    got = understood("A table of something", "", "Zeugma | Quark | Gizmo", *rows)
    assert (got.log, got.header_row) == (None, 3)
    assert understood("A list without a header", *rows).header_row is None
