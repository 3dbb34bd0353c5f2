"""Clocks: elapsed hours over the clock change, same or next day, days, weeks and working days."""

from __future__ import annotations

import numpy as np
import pytest

from learnpipe.assess.clocks import after_days, after_weeks, after_working_days, hours_clock
from learnpipe.ground.calendar import month_text
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET
from tests.builders import measured

STATES = {MET: "met", NOT_MET: "not met", NO_EVIDENCE: "no evidence"}


def day_clock(start: str, done: str | None, hours: float = 24) -> tuple[str, str, str]:
    """The state of an hour clock, the day and the month in which it falls due."""
    one = hours_clock(
        np.array([start], dtype="datetime64[s]"), np.array([done], dtype="datetime64[s]"), hours
    )
    month = month_text(int(one["due_month"][0]))
    return STATES[int(one["state"][0])], str(one["due_on"][0].astype("datetime64[D]")), month


def working_days(start: str, days: int, nation: str) -> str:
    """The last day of a clock of working days."""
    one = after_working_days(np.array([start], dtype="datetime64[s]"), days, np.array([nation]))
    return str(one[0])


def test_exactly_24_hours_is_in_time():
    assert day_clock("2026-10-05 14:30", "2026-10-06 14:30")[0] == "met"


def test_a_minute_more_than_24_hours_is_late():
    assert day_clock("2026-10-05 14:30", "2026-10-06 14:31")[0] == "not met"


def test_nothing_to_show_is_no_evidence():
    assert day_clock("2026-10-05 14:30", None)[0] == "no evidence"


@pytest.mark.parametrize(
    ("start", "last_in_time", "first_late"),
    [
        # Clocks go forward on 29 March 2026: that night has an hour less, so 24 hours end at 11:00.
        ("2026-03-28 10:00", "2026-03-29 11:00", "2026-03-29 11:01"),
        # Clocks go back on 25 October 2026: an hour more, so 24 hours end at 09:00.
        ("2026-10-24 10:00", "2026-10-25 09:00", "2026-10-25 09:01"),
    ],
)
def test_24_hours_are_elapsed_hours_over_the_clock_change(start, last_in_time, first_late):
    assert day_clock(start, last_in_time)[0] == "met"
    assert day_clock(start, first_late)[0] == "not met"


def test_the_day_after_the_clock_change_has_24_hours_again():
    assert day_clock("2026-03-29 10:00", "2026-03-30 10:00")[0] == "met"
    assert day_clock("2026-03-29 10:00", "2026-03-30 10:01")[0] == "not met"


def test_dates_without_times_are_judged_as_same_or_next_day():
    assert day_clock("2026-10-05", "2026-10-05")[0] == "met"
    assert day_clock("2026-10-05", "2026-10-06")[0] == "met"
    assert day_clock("2026-10-05", "2026-10-07")[0] == "not met"


def test_same_or_next_day_applies_when_only_one_of_the_two_has_a_time():
    assert day_clock("2026-10-05 08:00", "2026-10-06")[0] == "met"
    assert day_clock("2026-10-05 23:50", "2026-10-07")[0] == "not met"
    assert day_clock("2026-10-05", "2026-10-06 23:59")[0] == "met"


def test_it_is_told_which_rows_were_judged_by_the_day():
    start = np.array(["2026-10-05", "2026-10-05 08:00", "2026-10-05"], dtype="datetime64[s]")
    done = np.array(["2026-10-06", "2026-10-06 07:00", "NaT"], dtype="datetime64[s]")

    assert hours_clock(start, done, 24)["by_day"].tolist() == [True, False, False]


def test_a_clock_of_the_last_day_of_a_month_falls_due_in_the_next():
    assert day_clock("2026-10-31 10:00", None)[1:] == ("2026-11-01", "2026-11")
    assert day_clock("2026-10-30 23:59", None)[1:] == ("2026-10-31", "2026-10")
    assert day_clock("2026-10-31", None)[1:] == ("2026-11-01", "2026-11")


def test_the_start_day_is_day_0_and_the_clock_ends_with_the_last_day():
    start = np.array(["2026-10-05 23:59"], dtype="datetime64[s]")

    assert str(after_days(start, 7)[0]) == "2026-10-12"
    assert str(after_weeks(start, 6)[0]) == "2026-11-16"  # 5 October + 42 days


def test_working_days_leave_out_the_weekend():
    assert working_days("2026-10-02 09:00", 5, "England") == "2026-10-09"  # Friday to Friday
    assert working_days("2026-10-05", 5, "England") == "2026-10-12"  # Monday to Monday


def test_a_clock_that_starts_at_the_weekend_counts_monday_as_its_first_day():
    assert working_days("2026-10-03", 1, "England") == "2026-10-05"
    assert working_days("2026-10-04", 1, "England") == "2026-10-05"


def test_a_clock_that_starts_on_a_bank_holiday_counts_the_next_working_day_as_its_first():
    assert working_days("2026-08-31", 1, "England") == "2026-09-01"


@pytest.mark.parametrize(
    ("nation", "start", "next_working_day"),
    [
        # The late summer bank holiday, Monday 31 August 2026, is none in Scotland.
        ("England", "2026-08-28", "2026-09-01"),
        ("Wales", "2026-08-28", "2026-09-01"),
        ("Northern Ireland", "2026-08-28", "2026-09-01"),
        ("Scotland", "2026-08-28", "2026-08-31"),
        # Scotland's own: the first Monday of August, and St Andrew's Day.
        ("Scotland", "2026-07-31", "2026-08-04"),
        ("England", "2026-07-31", "2026-08-03"),
        ("Scotland", "2026-11-27", "2026-12-01"),
        # Easter Monday is a bank holiday everywhere but in Scotland.
        ("Scotland", "2026-04-02", "2026-04-06"),
        ("England", "2026-04-02", "2026-04-07"),
        # Northern Ireland's own: St Patrick's Day, and the Twelfth (a Sunday in 2026, so Monday).
        ("Northern Ireland", "2026-03-16", "2026-03-18"),
        ("England", "2026-03-16", "2026-03-17"),
        ("Northern Ireland", "2026-07-10", "2026-07-14"),
        ("Wales", "2026-07-10", "2026-07-13"),
        # Boxing Day 2026 is a Saturday: its substitute is Monday 28 December.
        ("England", "2026-12-24", "2026-12-29"),
        # 2 January is a bank holiday in Scotland only; 1 January 2026 is a Thursday.
        ("England", "2025-12-31", "2026-01-02"),
        ("Scotland", "2025-12-31", "2026-01-05"),
    ],
)
def test_bank_holidays_are_those_of_the_services_nation(nation, start, next_working_day):
    assert working_days(start, 1, nation) == next_working_day


def test_no_start_has_no_last_day():
    assert working_days("NaT", 5, "England") == "NaT"


TIER_2 = {"severity": "moderate", "occurred_at": "2026-08-24 10:00"}  # a Monday


def test_a_bank_holiday_gives_a_review_another_day_where_it_is_one():
    # Five working days from Monday 24 August: England leaves out 31 August and ends on 1 September.
    # Scotland ends on 31 August.
    got = measured(
        "2026-09",
        {"Oak": "England", "Ben": "Scotland"},
        incidents=[
            {**TIER_2, "service": "Oak", "reviewed_on": "2026-09-01"},
            {**TIER_2, "service": "Ben", "reviewed_on": "2026-09-01"},
        ],
    )

    assert got.counts("reviewed_in_time", "Oak", "2026-09")[:2] == (1, 1)
    assert got.counts("reviewed_in_time", "Ben", "2026-08")[:2] == (0, 1)


def test_a_service_without_a_nation_keeps_englands_bank_holidays():
    got = measured("2026-09", incidents=[{**TIER_2, "reviewed_on": "2026-09-01"}])

    assert got.counts("reviewed_in_time", month="2026-09")[:2] == (1, 1)
