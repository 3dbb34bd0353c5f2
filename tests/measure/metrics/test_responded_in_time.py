"""Complaints answered within 28 days of being received."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, measured

INCIDENT = {"occurred_at": "2026-08-01 09:00"}
MET, LATE, NOTHING_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING, NOT_ASKED = (0, 0, 0, 1), (0, 0, 0, 0)


def complaint(received_on: str, responded_on: str | None, **more: Any) -> dict[str, Any]:
    return {"kind": "complaint", "received_on": received_on, "responded_on": responded_on, **more}


def got_of(*rows: dict[str, Any], month: str = "2026-10") -> Got:
    return measured(month, incidents=[INCIDENT], feedback=list(rows))


def counts(received_on: str, responded_on: str | None, **more: Any) -> tuple[Any, ...]:
    return got_of(complaint(received_on, responded_on, **more)).counts("responded_in_time")


def test_day_28_is_in_time_and_day_29_is_not() -> None:
    # 15 September + 28 days = 13 October.
    assert counts("2026-09-15", "2026-10-13") == MET
    assert counts("2026-09-15", "2026-10-14") == LATE


def test_weekends_and_bank_holidays_count() -> None:
    # 10 August + 28 days = 7 September, over the holiday of 31 August.
    got = got_of(complaint("2026-08-10", "2026-09-08"), month="2026-09")
    assert got.counts("responded_in_time") == LATE


def test_day_28_on_the_last_day_of_the_month_is_due_in_it() -> None:
    assert counts("2026-10-03", None) == NOTHING_SHOWN  # 31 October
    assert counts("2026-10-04", None) == STILL_RUNNING  # 1 November


def test_an_early_answer_counts_in_the_month_it_fell_due() -> None:
    got = got_of(complaint("2026-10-20", "2026-10-21"), month="2026-11")
    assert got.counts("responded_in_time", month="2026-10") == STILL_RUNNING
    assert got.counts("responded_in_time") == MET


def test_no_answer_is_not_met_where_the_log_says_it_is_open() -> None:
    assert counts("2026-09-15", None, status="open") == LATE
    assert counts("2026-09-15", None, status="in progress") == LATE


def test_no_answer_is_no_evidence_where_the_log_says_it_is_closed_or_nothing() -> None:
    assert counts("2026-09-15", None, status="closed") == NOTHING_SHOWN
    assert counts("2026-09-15", None) == NOTHING_SHOWN


def test_an_answer_after_the_months_end_is_not_met_in_it() -> None:
    met, due, _, running = counts("2026-09-15", "2026-11-03")
    assert (met, due, running) == (0, 1, 0)


def test_the_status_is_the_one_that_stood_when_it_fell_due() -> None:
    # Due 5 September: open in September's file, closed without a date in October's.
    case = complaint("2026-08-08", None, ref="C1")
    got = got_of(
        {**case, "status": "open", "snapshot": "2026-09"},
        {**case, "status": "closed", "snapshot": "2026-10"},
    )
    assert got.counts("responded_in_time", month="2026-09") == LATE


def test_a_concern_has_no_clock() -> None:
    thanks = complaint("2026-10-02", None, kind="compliment")  # the log covers October
    got = got_of(complaint("2026-09-15", None, kind="concern"), thanks)
    assert got.counts("responded_in_time") == NOT_ASKED
    assert got.row("responded_in_time").why_blank == "nothing fell due"


def test_a_month_that_the_log_does_not_reach_is_a_gap() -> None:
    got = got_of(complaint("2026-08-03", "2026-08-04"), month="2026-11")
    one = got.row("responded_in_time")
    assert (one.value, one.due, one.why_blank) == (None, None, "not covered by the log")


def test_services_and_all() -> None:
    got = got_of(
        complaint("2026-09-15", "2026-09-16"),
        complaint("2026-09-15", "2026-10-30", service="Elm"),
        complaint("2026-09-15", None, service="Elm"),
    )
    assert got.counts("responded_in_time", "Oak") == MET
    assert got.counts("responded_in_time", "Elm") == (0, 2, 1, 0)
    assert got.counts("responded_in_time") == (1, 3, 1, 0)


def test_without_a_feedback_log_it_is_blank_with_the_reason() -> None:
    one = measured(incidents=[INCIDENT]).row("responded_in_time")
    assert (one.value, one.due, one.why_blank) == (None, None, "no feedback log supplied")


def test_the_ombudsmans_twelve_weeks_are_a_second_line():
    # 8 August 2026 + 28 days = 5 September; + 84 days = 31 October.
    late = complaint("2026-08-08", "2026-10-31")
    later = complaint("2026-08-08", "2026-11-01")
    got = measured("2026-10", incidents=[{"occurred_at": "2026-08-03 10:00"}],
                   feedback=[late, later, complaint("2026-10-30", None)])  # fmt: skip

    assert got.counts("responded_in_time", month="2026-09")[:2] == (0, 2)
    assert got.counts("responded_in_time.within_12_weeks", month="2026-09")[1:] == (0, 0, 2)
    assert got.counts("responded_in_time.within_12_weeks")[:2] == (1, 2)
