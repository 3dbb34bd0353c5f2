"""Months, UK time and working days.

A *month number* is ``year * 12 + month - 1``: months can be subtracted, sorted and used as array
positions. Times are naive UK local times; the report is as at 00:00 on the first of the next
month, exclusive.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    pass

Dates = np.ndarray[Any, Any]

NO_MONTH = -1
MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
_MONTH_OF = {name[:3].casefold(): n for n, name in enumerate(MONTH_NAMES, 1)}
_NATION_CODES = {
    "England": "ENG",
    "Wales": "WLS",
    "Scotland": "SCT",
    "Northern Ireland": "NIR",
}
NATIONS = tuple(_NATION_CODES)


def month_number(year: int, month: int) -> int:
    """The month number of a year and month.

    >>> month_number(2026, 10)
    24321
    """
    return year * 12 + month - 1


def parse_month(text: str) -> int:
    """The month number of ``YYYY-MM``; raises ValueError for anything else.

    >>> month_text(parse_month("2026-10"))
    '2026-10'
    """
    found = re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", text.strip())
    if not found:
        raise ValueError(f'"{text}" is not a month. Write it as year and month, such as 2026-10.')
    return month_number(int(found[1]), int(found[2]))


def month_text(month: int) -> str:
    """The month as ``YYYY-MM``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_name(month: int, short: bool = False) -> str:
    """The month as people say it.

    >>> month_name(24321), month_name(24321, short=True)
    ('October 2026', 'Oct 26')
    """
    name = MONTH_NAMES[month % 12]
    return f"{name[:3]} {month // 12 % 100:02d}" if short else f"{name} {month // 12}"


def month_start(month: int) -> np.datetime64:
    """00:00 on the first of the month."""
    return np.datetime64(month_text(month), "s")


def month_end(month: int) -> np.datetime64:
    """00:00 on the first of the next month: the as-at moment, itself not included."""
    return month_start(month + 1)


def months_of(dates: Dates) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Month numbers of an array of dates; `NO_MONTH` where there is none.

    >>> months_of(np.array(["2026-10-31T23:59:59", "NaT"], dtype="datetime64[s]")).tolist()
    [24321, -1]
    """
    dates = np.asarray(dates)
    months = dates.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    months[np.isnat(dates)] = NO_MONTH
    return months


def declared_month(text: str) -> int | None:
    """The one month that a file or sheet name declares, or None.

    >>> [declared_month(t) and month_text(declared_month(t)) for t in
    ...  ("incidents 2026-10.xlsx", "Sept 24", "Log_OCT2026", "202610", "2024-25 plan", "10.2026")]
    ['2026-10', '2024-09', '2026-10', '2026-10', None, '2026-10']
    """
    found: set[int] = set()
    for pattern, year, month in _MONTH_PATTERNS:
        for match in pattern.finditer(text):
            word = match[month].casefold()
            number = _MONTH_OF[word[:3]] if word[0].isalpha() else int(word)
            years = int(match[year])
            if 1 <= number <= 12:
                found.add(month_number(years if years > 99 else 2000 + years, number))
        if found:
            break
    return found.pop() if len(found) == 1 else None


_NAMES = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), year, month)
    for pattern, year, month in (
        (rf"(?<![a-z]){_NAMES}[\s_.,'’-]*((?:20)?\d\d)(?!\d)", 2, 1),
        (rf"(?<!\d)((?:20)\d\d)[\s_.-]*{_NAMES}(?![a-z])", 1, 2),
        (r"(?<!\d)(20\d\d)[-_. ](0[1-9]|1[0-2])(?![\d])", 1, 2),
        (r"(?<!\d)(0[1-9]|1[0-2])[-_. ](20\d\d)(?!\d)", 2, 1),
        (r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)", 1, 2),
    )
)


def to_utc(local: Dates) -> Dates:
    """UK local times as UTC, so that elapsed hours are true over the clock changes.

    A time that happens twice is read as the first; one that does not exist as the hour after it.
    Source: Summer Time Act 1972 as amended: clocks go forward at 01:00 UTC on the last Sunday of
    March and back at 01:00 UTC on the last Sunday of October.

    >>> span = to_utc(np.array(["2026-03-28T10:00", "2026-03-29T11:00"], dtype="datetime64[s]"))
    >>> int((span[1] - span[0]) / np.timedelta64(1, "h"))
    24
    """
    local = np.asarray(local).astype("datetime64[s]")
    forward, back = _clock_changes(local)
    summer = (local >= forward + _HOUR) & (local < back + _HOUR)
    missing = (local >= forward) & (local < forward + _HOUR)
    return np.where(summer, local - _HOUR, np.where(missing, forward, local))


def from_utc(moments: Dates) -> Dates:
    """UTC as UK local times.

    >>> from_utc(np.array(["2026-03-29T00:59", "2026-03-29T01:00"], dtype="datetime64[s]")).astype(
    ...     "datetime64[m]").astype(str).tolist()
    ['2026-03-29T00:59', '2026-03-29T02:00']
    """
    moments = np.asarray(moments).astype("datetime64[s]")
    forward, back = _clock_changes(moments)
    return np.where((moments >= forward) & (moments < back), moments + _HOUR, moments)


_HOUR = np.timedelta64(3600, "s")


def _clock_changes(moments: Dates) -> tuple[Dates, Dates]:
    """01:00 UTC on the last Sundays of March and October of each moment's year."""
    years = moments.astype("datetime64[Y]")
    return _last_sunday(years, 3) + _HOUR, _last_sunday(years, 10) + _HOUR


def _last_sunday(years: Dates, month: int) -> Dates:
    last_day = (years.astype("datetime64[M]") + np.timedelta64(month, "M")).astype("datetime64[D]")
    last_day = last_day - np.timedelta64(1, "D")
    weekday = (last_day.astype(np.int64) + 3) % 7
    since_sunday = ((weekday + 1) % 7).astype("timedelta64[D]")
    sundays: Dates = (last_day - since_sunday).astype("datetime64[s]")
    return sundays


def bank_holidays(nation: str, first_year: int, last_year: int) -> Dates:
    """The bank holidays of a nation, as days. Source: the `holidays` library, after gov.uk."""
    return np.concatenate([_of_year(nation, year) for year in range(first_year, last_year + 1)])


@cache
def _of_year(nation: str, year: int) -> Dates:
    import holidays

    found = holidays.country_holidays("GB", subdiv=_NATION_CODES[nation], years=year)
    return np.array(sorted(found), dtype="datetime64[D]")


def add_working_days(days: Dates, count: int, nation: str) -> Dates:
    """The last day of a clock of working days; the start day is day 0, whatever day it is.

    >>> start = np.array(["2026-08-28", "2026-08-29"], dtype="datetime64[D]")
    >>> add_working_days(start, 1, "England").astype(str).tolist()  # 31 August is a bank holiday
    ['2026-09-01', '2026-09-01']
    >>> add_working_days(start, 1, "Scotland").astype(str).tolist()
    ['2026-08-31', '2026-08-31']
    """
    days = np.asarray(days).astype("datetime64[D]")
    known = ~np.isnat(days)
    out = np.full(days.shape, np.datetime64("NaT"), dtype="datetime64[D]")
    if known.any():
        years = days[known].astype("datetime64[Y]").astype(int) + 1970
        closed = bank_holidays(nation, int(years.min()), int(years.max()) + 1)
        out[known] = np.busday_offset(days[known], count, roll="backward", holidays=closed)
    return out


def nation_of(text: str) -> str | None:
    """The nation that a text names, or None."""
    wanted = text.strip().casefold()
    return next((nation for nation in NATIONS if nation.casefold() == wanted), None)
