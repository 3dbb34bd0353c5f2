"""Complaints acknowledged within 3 working days of being received."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, measured, with_standards

INCIDENT = {"occurred_at": "2026-08-01 09:00"}
MET, LATE, NOTHING_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING, NOT_ASKED = (0, 0, 0, 1), (0, 0, 0, 0)


def complaint(received_on: str, acknowledged_on: str | None, **more: Any) -> dict[str, Any]:
    return {
        "kind": "complaint", "received_on": received_on, "acknowledged_on": acknowledged_on, **more,
    }  # fmt: skip


def got_of(*rows: dict[str, Any], month: str = "2026-10", **more: Any) -> Got:
    return measured(month, incidents=[INCIDENT], feedback=list(rows), **more)


def counts(received_on: str, acknowledged_on: str | None, **more: Any) -> tuple[Any, ...]:
    return got_of(complaint(received_on, acknowledged_on), **more).counts("acknowledged_in_time")


def test_the_third_working_day_is_in_time_and_the_fourth_is_not() -> None:
    # Monday 5 October: 6, 7, Thursday 8.
    assert counts("2026-10-05", "2026-10-08") == MET
    assert counts("2026-10-05", "2026-10-09") == LATE


def test_a_weekend_does_not_count() -> None:
    # Thursday 1 October: Friday 2, Monday 5, Tuesday 6.
    assert counts("2026-10-01", "2026-10-06") == MET
    assert counts("2026-10-01", "2026-10-07") == LATE


def test_received_at_the_weekend_the_first_day_is_monday() -> None:
    # Saturday 3 October: Monday 5, 6, Wednesday 7.
    assert counts("2026-10-03", "2026-10-07") == MET
    assert counts("2026-10-03", "2026-10-08") == LATE


def test_the_bank_holidays_of_the_services_nation_do_not_count() -> None:
    # Thursday 27 August: Friday 28, (31 August, a holiday in England), 1, Wednesday 2 September.
    assert counts("2026-08-27", "2026-09-02", month="2026-09") == MET
    scotland = {"month": "2026-09", "nations": {"Oak": "Scotland"}}
    assert counts("2026-08-27", "2026-09-02", **scotland) == LATE
    assert counts("2026-08-27", "2026-09-01", **scotland) == MET


def test_an_empty_cell_is_no_evidence() -> None:
    assert counts("2026-10-05", None) == NOTHING_SHOWN


def test_three_days_that_end_after_the_month_are_not_yet_due() -> None:
    # Wednesday 28 October: 29, 30, Monday 2 November; done on the day, counts in November.
    got = got_of(complaint("2026-10-28", "2026-10-28"), month="2026-11")
    assert got.counts("acknowledged_in_time", month="2026-10") == STILL_RUNNING
    assert got.counts("acknowledged_in_time") == MET


def test_three_days_that_end_on_the_last_working_day_are_due() -> None:
    # Tuesday 27 October: 28, 29, Friday 30.
    assert counts("2026-10-27", None) == NOTHING_SHOWN


def test_concerns_and_compliments_have_no_clock() -> None:
    rows = [complaint("2026-10-05", None, kind=kind) for kind in ("concern", "compliment")]
    assert got_of(*rows).counts("acknowledged_in_time") == NOT_ASKED


def test_a_complaint_without_a_date_starts_no_clock() -> None:
    row = {"kind": "complaint", "acknowledged_on": "2026-10-05", "snapshot": "2026-10"}
    got = got_of(row)
    assert got.counts("acknowledged_in_time") == NOT_ASKED
    assert got.row("complaints").value == 1


def test_an_acknowledgement_that_a_later_file_shows_counts_when_it_fell_due() -> None:
    case = complaint("2026-09-07", None, ref="C1")
    later = {**case, "acknowledged_on": "2026-09-09", "snapshot": "2026-10"}
    got = got_of({**case, "snapshot": "2026-09"}, later)
    assert got.counts("acknowledged_in_time", month="2026-09") == MET
    assert got.counts("acknowledged_in_time") == NOT_ASKED


def test_the_days_are_a_setting() -> None:
    changed = with_standards(acknowledge_working_days=1)
    assert counts("2026-10-05", "2026-10-07", schemas=changed) == LATE


def test_services_and_all() -> None:
    got = got_of(
        complaint("2026-10-05", "2026-10-06"), complaint("2026-10-05", None, service="Elm")
    )
    assert got.counts("acknowledged_in_time", "Oak") == MET
    assert got.counts("acknowledged_in_time", "Elm") == NOTHING_SHOWN
    assert got.counts("acknowledged_in_time") == (1, 2, 1, 0)


def test_without_a_feedback_log_it_is_blank_with_the_reason() -> None:
    one = measured(incidents=[INCIDENT]).row("acknowledged_in_time")
    assert (one.value, one.due, one.why_blank) == (None, None, "no feedback log supplied")
