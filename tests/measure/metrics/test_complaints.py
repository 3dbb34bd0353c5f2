"""Complaints received in the month."""

from __future__ import annotations

from typing import Any

from tests.builders import measured

INCIDENT = {"occurred_at": "2026-08-01 09:00"}


def heard(received_on: str, kind: str | None = "complaint", **more: Any) -> dict[str, Any]:
    return dict(received_on=received_on, kind=kind, **more)


def test_complaints_count_and_concerns_and_compliments_do_not() -> None:
    rows = [heard("2026-10-02", kind) for kind in ("complaint", "concern", "compliment")]
    assert measured(incidents=[INCIDENT], feedback=rows).counts("complaints") == (
        1, None, None, None,
    )  # fmt: skip


def test_what_the_log_does_not_call_anything_is_a_complaint() -> None:
    got = measured(incidents=[INCIDENT], feedback=[heard("2026-10-02", None)])
    assert got.row("complaints").value == 1


def test_the_last_day_of_the_month_is_in_it() -> None:
    rows = [heard("2026-10-31"), heard("2026-11-01")]
    assert measured(incidents=[INCIDENT], feedback=rows).row("complaints").value == 1


def test_a_covered_month_without_complaints_is_a_zero_and_an_uncovered_one_a_gap() -> None:
    rows = [heard("2026-09-02"), heard("2026-10-02", "compliment")]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert got.row("complaints").value == 0
    august = got.row("complaints", month="2026-08")
    assert (august.value, august.why_blank) == (None, "not covered by the log")


def test_without_a_feedback_log_it_is_blank_with_the_reason() -> None:
    one = measured(incidents=[INCIDENT]).row("complaints")
    assert (one.value, one.why_blank) == (None, "no feedback log supplied")


def test_a_complaint_in_two_months_files_is_one_complaint() -> None:
    rows = [
        heard("2026-09-20", ref="C1", snapshot="2026-09"),
        heard("2026-09-20", ref="C1", snapshot="2026-10"),
    ]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert (got.row("complaints", month="2026-09").value, got.row("complaints").value) == (1, 0)


def test_a_month_keeps_what_its_own_file_called_it() -> None:
    # A complaint in September's file; October's calls it a concern.
    rows = [
        heard("2026-09-20", ref="C1", snapshot="2026-09"),
        heard("2026-09-20", "concern", ref="C1", snapshot="2026-10"),
    ]
    september = measured("2026-09", incidents=[INCIDENT], feedback=rows)
    october = measured("2026-10", incidents=[INCIDENT], feedback=rows)
    assert september.row("complaints").value == 1
    assert october.row("complaints", month="2026-09").value == 1


def test_themes_are_told_apart() -> None:
    rows = [
        heard("2026-10-02", theme="Food"),
        heard("2026-10-03", theme="food"),
        heard("2026-10-04", theme="Laundry"),
    ]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert got.row("complaints.theme.food").value == 2
    assert got.row("complaints.theme.laundry").value == 1


def test_services_add_up_to_all() -> None:
    rows = [heard("2026-10-02"), heard("2026-10-03", service="Elm"), heard("2026-10-04")]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert [got.row("complaints", name).value for name in ("Elm", "Oak", "All")] == [1, 2, 3]
