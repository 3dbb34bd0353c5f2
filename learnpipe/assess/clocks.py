"""Clocks: when a duty falls due, and in which state it is then.

Day clocks: the start day is day 0 and they end with the last day. Hour clocks are elapsed hours of
UK time; where either moment has no time of day, 24 hours are judged as "same or next day".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from learnpipe.ground.calendar import NO_MONTH, add_working_days, from_utc, months_of, to_utc
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET

Dates = np.ndarray[Any, Any]


def days_of(moments: Dates) -> Dates:
    """The days of moments."""
    return np.asarray(moments).astype("datetime64[D]")


def after_days(start: Dates, days: int) -> Dates:
    """The last day of a clock of calendar days."""
    return days_of(start) + np.timedelta64(int(days), "D")


def after_weeks(start: Dates, weeks: float) -> Dates:
    """The last day of a clock of weeks."""
    return after_days(start, round(weeks * 7))


def after_months(start: Dates, months: int) -> Dates:
    """The last day of a clock of calendar months: the same day, else the last of a shorter month.

    >>> after_months(np.array(["2026-01-31", "2026-09-30"], dtype="datetime64[D]"), 1).astype(str)
    array(['2026-02-28', '2026-10-30'], dtype='<U28')
    """
    start = days_of(start)
    month = start.astype("datetime64[M]")
    wanted = (month + np.timedelta64(int(months), "M")).astype("datetime64[D]") + (
        start - month.astype("datetime64[D]")
    )
    after = (month + np.timedelta64(int(months) + 1, "M")).astype("datetime64[D]")
    shorter: Dates = np.minimum(wanted, after - np.timedelta64(1, "D"))
    return shorter


def after_working_days(start: Dates, days: int, nations: Dates) -> Dates:
    """The last day of a clock of working days, by the nation of each row."""
    start = days_of(start)
    out = np.full(start.shape, np.datetime64("NaT"), dtype="datetime64[D]")
    for nation in np.unique(nations):
        own = nations == nation
        out[own] = add_working_days(start[own], int(days), str(nation))
    return out


def state_by_day(last_day: Dates, done: Dates, log_says_open: Dates | None = None) -> Dates:
    """The state of duties when they fall due, by day: met, not met or no evidence.

    What is not done is *no evidence* where the log has nothing to show, *not met* where it says
    that the thing was late or is open.
    """
    done = days_of(done)
    shown = ~np.isnat(done)
    state = np.where(shown, np.where(done <= last_day, MET, NOT_MET), NO_EVIDENCE)
    if log_says_open is not None:
        state = np.where(~shown & log_says_open, NOT_MET, state)
    return state


def counted_month(
    case: Dates, due_month: Dates, valid_from: Dates, valid_to: Dates, asked: Dates
) -> Dates:
    """The month in which each version's duty counts, `NO_MONTH` where it does not: once a case.

    A duty counts when its clock runs out under the version that holds then. Where a later version
    shortens the clock so that it has run out already, it counts in the month of that version;
    what has counted does not count again when a later version lengthens it. Versions stand in the
    order of their cases and months.
    """
    month = np.maximum(due_month, valid_from)
    counts = asked & (due_month != NO_MONTH) & (month < valid_to)
    seen = np.flatnonzero(counts)
    _, first = np.unique(np.asarray(case)[seen], return_index=True)
    out = np.full(len(month), NO_MONTH, dtype=np.int64)
    out[seen[first]] = month[seen[first]]
    return out


def hours_clock(start: Dates, done: Dates, hours: float) -> Mapping[str, Dates]:
    """An hour clock: `due_on` (the day on which it runs out), `due_month` and `state`.

    Exactly the last minute is in time. Without a time of day the clock runs to the end of the
    day that the hours reach ("same or next day" for 24).
    """
    start = np.asarray(start).astype("datetime64[s]")
    done = np.asarray(done).astype("datetime64[s]")
    timed_start = start != start.astype("datetime64[D]")
    timed_done = np.isnat(done) | (done != done.astype("datetime64[D]"))
    limit = np.timedelta64(round(hours * 3600), "s")
    last_day = days_of(start) + np.timedelta64(int(np.ceil(hours / 24)), "D")
    with np.errstate(invalid="ignore"):
        in_hours = to_utc(done) - to_utc(start) <= limit
    exact = timed_start & timed_done
    shown = ~np.isnat(done)
    in_time = np.where(exact, in_hours, days_of(done) <= last_day)
    runs_out = np.where(
        timed_start, from_utc(to_utc(start) + limit), last_day.astype("datetime64[s]")
    )
    due_on = np.where(np.isnat(start), np.datetime64("NaT"), days_of(runs_out))
    due_month = months_of(runs_out)
    return {
        "due_on": due_on,
        "due_month": np.where(np.isnat(start), -1, due_month),
        "state": np.where(shown, np.where(in_time, MET, NOT_MET), NO_EVIDENCE),
        "by_day": ~exact & shown,
    }
