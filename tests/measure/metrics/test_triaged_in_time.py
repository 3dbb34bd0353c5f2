"""Triage within 24 elapsed hours of UK time, counted in the month in which the hours run out."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, measured

MET, LATE, NOTHING_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING = (0, 0, 0, 1)


def triage(
    reported_at: str | None, triaged_at: str | None, month: str = "2026-10", **more: Any
) -> Got:
    row = {"occurred_at": reported_at, "reported_at": reported_at, "triaged_at": triaged_at, **more}
    return measured(month, incidents=[row])


def counts(reported_at: str, triaged_at: str | None, month: str = "2026-10") -> tuple[Any, ...]:
    return triage(reported_at, triaged_at, month).counts("triaged_in_time")


def test_exactly_24_hours_is_in_time_and_a_minute_more_is_not() -> None:
    assert counts("2026-10-05 10:00", "2026-10-06 10:00") == MET
    assert counts("2026-10-05 10:00", "2026-10-06 10:01") == LATE


def test_nothing_in_the_cell_is_no_evidence_and_counts_as_not_met() -> None:
    got = triage("2026-10-05 10:00", None)
    assert got.counts("triaged_in_time") == NOTHING_SHOWN
    assert got.row("triaged_in_time").value == 0


def test_the_clock_starts_when_it_was_reported() -> None:
    got = triage("2026-10-05 10:00", "2026-10-06 09:00", occurred_at="2026-10-03 10:00")
    assert got.counts("triaged_in_time") == MET


def test_without_a_report_time_the_clock_starts_when_it_happened() -> None:
    got = triage(None, "2026-10-06 09:00", occurred_at="2026-10-05 10:00")
    assert got.counts("triaged_in_time") == MET
    got = triage(None, "2026-10-06 11:00", occurred_at="2026-10-05 10:00")
    assert got.counts("triaged_in_time") == LATE


def test_in_spring_24_hours_end_at_11_oclock() -> None:
    # 10:00 GMT on 28 March is 11:00 BST on 29 March, 24 hours later.
    assert counts("2026-03-28 10:00", "2026-03-29 11:00", "2026-03") == MET
    assert counts("2026-03-28 10:00", "2026-03-29 11:01", "2026-03") == LATE


def test_in_autumn_24_hours_end_at_9_oclock() -> None:
    # 10:00 BST on 24 October is 09:00 GMT on 25 October, 24 hours later.
    assert counts("2026-10-24 10:00", "2026-10-25 09:00") == MET
    assert counts("2026-10-24 10:00", "2026-10-25 09:01") == LATE


def test_a_clock_that_runs_over_the_months_end_is_not_yet_due() -> None:
    # 31 October 00:01 runs to 1 November 00:01; what was done before counts in November.
    got = triage("2026-10-31 00:01", "2026-10-31 08:00", "2026-11")
    assert got.counts("triaged_in_time", month="2026-10") == STILL_RUNNING
    assert got.counts("triaged_in_time") == MET


def test_a_clock_that_runs_out_in_the_last_minute_of_the_month_is_due_in_it() -> None:
    assert counts("2026-10-30 23:59", None) == NOTHING_SHOWN


def test_the_long_last_day_of_october_2027_still_ends_in_october() -> None:
    # Clocks go back on 31 October 2027: 00:30 BST + 24 h = 23:30 GMT of the same day.
    assert counts("2027-10-31 00:30", "2027-10-31 23:30", "2027-10") == MET
    assert counts("2027-10-31 00:30", "2027-10-31 23:31", "2027-10") == LATE


def test_dates_without_times_are_judged_as_same_or_next_day() -> None:
    assert counts("2026-10-05", "2026-10-05") == MET
    assert counts("2026-10-05", "2026-10-06") == MET
    assert counts("2026-10-05", "2026-10-07") == LATE


def test_one_date_without_a_time_is_enough_to_judge_by_days() -> None:
    # 23:00 on the 6th would be 37 hours; the log cannot say so.
    assert counts("2026-10-05 10:00", "2026-10-06") == MET
    assert counts("2026-10-05", "2026-10-06 23:00") == MET
    assert counts("2026-10-05", "2026-10-07 00:30") == LATE


def test_a_date_without_time_on_the_last_day_falls_due_in_the_next_month() -> None:
    assert counts("2026-10-31", None) == STILL_RUNNING


def test_every_tier_is_triaged_and_an_unknown_one_too() -> None:
    at, done = "2026-10-05 10:00", "2026-10-05 12:00"
    rows = [{"occurred_at": at, "triaged_at": done, "tier": tier} for tier in [*"01234", None]]
    assert measured(incidents=rows).counts("triaged_in_time") == (6, 6, 0, 0)


def test_triage_shown_only_by_a_later_file_counts_in_the_month_it_fell_due() -> None:
    case = {"ref": "1", "occurred_at": "2026-09-10 10:00"}
    rows = [
        {**case, "snapshot": "2026-09"},
        {**case, "triaged_at": "2026-09-10 15:00", "snapshot": "2026-10"},
    ]
    assert measured(incidents=rows).counts("triaged_in_time", month="2026-09") == MET


def test_a_row_without_a_date_starts_no_clock() -> None:
    got = measured(incidents=[{"category": "falls", "snapshot": "2026-10"}])
    one = got.row("triaged_in_time")
    assert (one.value, one.due, one.why_blank) == (None, 0, "nothing fell due")


def test_services_and_all() -> None:
    at = "2026-10-05 10:00"
    got = measured(
        incidents=[
            {"service": "Oak", "occurred_at": at, "triaged_at": "2026-10-05 11:00"},
            {"service": "Oak", "occurred_at": at, "triaged_at": "2026-10-09 11:00"},
            {"service": "Elm", "occurred_at": at},
        ]
    )
    assert got.counts("triaged_in_time", "Oak") == (1, 2, 0, 0)
    assert got.counts("triaged_in_time", "Elm") == NOTHING_SHOWN
    assert got.counts("triaged_in_time") == (1, 3, 1, 0)
