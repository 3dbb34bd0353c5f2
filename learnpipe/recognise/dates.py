"""Dates and times as people type them: ISO, then day-first, strictly; nothing is guessed."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from learnpipe.ground.calendar import MONTH_NAMES, declared_month

_TIME = r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?"
_AFTER = rf"(?:[\sT,]+(?:at\s+)?{_TIME}\s*(?:hrs?)?)?"
_YEAR = r"((?:19|20)\d\d|\d\d)"
_ISO = re.compile(
    rf"((?:19|20)\d\d)[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?:[\sT]+{_TIME}\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[\s,.]+", re.I
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})\s*([/.\\-])\s*(\d{{1,2}})\s*\2\s*{_YEAR}{_AFTER}[.,;]?$", re.IGNORECASE
)
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]*(?:of\s+)?([a-z]{{3,9}})\.?[\s,./'’-]*{_YEAR}{_AFTER}$",
    re.IGNORECASE,
)
_NAME_DAY = re.compile(
    rf"([a-z]{{3,9}})\.?[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+((?:19|20)\d\d){_AFTER}$",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    r"\d{1,2}(?:\s*[/.-]\s*\d{1,2}|(?:st|nd|rd|th)?[\s/.-]*(?:of\s+)?([a-z]{3,9}))\.?$",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.-]\s*((?:19|20)\d\d)$")
_COMPACT = re.compile(r"(20\d\d)(0[1-9]|1[0-2])([0-3]\d)$")
_SPACED = re.compile(r"(\d{1,2}) (\d{1,2}) (20\d\d)$")
_ANY_DATE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s-]+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_SLASHED = re.compile(rf"(\d{{1,2}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*{_YEAR}(?!\d)(.*)$")
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\.?$")
_A_TIME = (
    r"(\d{1,2}(?:[:.]\d{2}){1,2}\s*(?:[ap]\.?m\.?|hrs?|hours|h)?"
    r"|\d{1,2}\s*[ap]\.?m\.?|[012]\d[0-5]\d(?:\s*(?:hrs?|hours|h))?)"
)
_TIME_LAST = re.compile(rf"(.+?)[\s,;T@-]+(?:at\s+|@\s*)?\(?{_A_TIME}\)?$", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"{_A_TIME}[\s,;@-]+(?:on\s+)?(.+)$", re.IGNORECASE)
_CLOCK = re.compile(rf"{_TIME}\s*(?:hrs?|hours|o'?clock)?$", re.IGNORECASE)
_BARE_HOUR = re.compile(r"(\d{1,2})\s*([ap])\.?m\.?$", re.IGNORECASE)
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)\s*(?:hrs?|hours)?$", re.IGNORECASE)
_MONTHS = {name.casefold(): n for n, name in enumerate(MONTH_NAMES, 1)}
_MONTHS |= {name[:3]: n for name, n in list(_MONTHS.items())} | {"sept": 9}

_FIGURE = re.compile(r"\d").search
_BEGINS_A_DATE = re.compile(
    r"\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun", re.IGNORECASE
).match
_LONGEST = 60  # characters: what is longer is a sentence
_FIRST_OF_1900S = 30
_EPOCH = dt.date(1970, 1, 1).toordinal()
_NO_DATE = -(1 << 63)  # numpy's NaT
_SERIAL_EPOCH = dt.datetime(1899, 12, 30)
_SERIAL_RANGE = (36_526, 73_050)  # 2000-01-01 to 2099-12-31 as Excel counts days
_COMPACT_RANGE = (20_000_101, 21_000_000)  # 20260325, as databases write it

NOT_A_DATE, NO_YEAR, TWO_DATES, NO_SUCH_DAY = (
    "not-a-date", "date-without-year", "two-dates", "no-such-day",
)  # fmt: skip


def parse_date(cell: object) -> dt.datetime | str:
    """The date and time of a cell, or the code of the finding that says why there is none.

    >>> parse_date("25/3/26"), parse_date("2026-03-25T14:30")
    (datetime.datetime(2026, 3, 25, 0, 0), datetime.datetime(2026, 3, 25, 14, 30))
    >>> parse_date("02/30/2024"), parse_date("13-Sep"), parse_date("TBD")
    ('no-such-day', 'date-without-year', 'not-a-date')
    """
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=None, microsecond=0)
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if _COMPACT_RANGE[0] <= cell < _COMPACT_RANGE[1] and cell == int(cell):
            return _parse_text(str(int(cell)))
        if _SERIAL_RANGE[0] <= cell < _SERIAL_RANGE[1]:
            return _SERIAL_EPOCH + dt.timedelta(seconds=round(cell * 86_400))
        return NOT_A_DATE
    return _parse_text(" ".join(cell.split())) if isinstance(cell, str) else NOT_A_DATE


def parse_month_cell(cell: object) -> dt.datetime | str:
    """The first day of the month in a cell, or the code of the finding that says why not.

    >>> parse_month_cell("Oct 2026"), parse_month_cell("October")
    (datetime.datetime(2026, 10, 1, 0, 0), 'not-a-date')
    """
    if isinstance(cell, str):
        month = declared_month(cell) if len(cell) <= 20 else None
        if month is not None:
            return dt.datetime(month // 12, month % 12 + 1, 1)
        if in_figures := _MONTH_YEAR.match(cell.strip()):
            return _moment(int(in_figures[2]), int(in_figures[1]), 1, (None,) * 4)
    found = parse_date(cell)
    return found if isinstance(found, str) else found.replace(day=1, hour=0, minute=0, second=0)


@lru_cache(maxsize=1 << 14)
def _parse_text(text: str) -> dt.datetime | str:
    if len(text) > _LONGEST or not _FIGURE(text):
        return NOT_A_DATE
    text = _WEEKDAY.sub("", text)
    if not _BEGINS_A_DATE(text):
        return TWO_DATES if len(_ANY_DATE.findall(text)) > 1 else NOT_A_DATE
    read = _parse_day(text)
    if read != NOT_A_DATE:
        return read
    # The time of day, where it is not written as most people do or stands in front.
    for pattern, day, clock in ((_TIME_LAST, 1, 2), (_TIME_FIRST, 2, 1)):
        if (found := pattern.match(text)) and (time := parse_time(found[clock].rstrip("hH"))):
            moment = _parse_day(_WEEKDAY.sub("", found[day]))
            if isinstance(moment, dt.datetime) and moment.time() == dt.time(0):
                return dt.datetime.combine(moment, time)
            if moment in (NO_SUCH_DAY, NO_YEAR):
                return moment
    if len(_ANY_DATE.findall(text)) > 1:
        return TWO_DATES
    return NOT_A_DATE


def _parse_day(text: str) -> dt.datetime | str:
    if found := _ISO.match(text):
        moment = _moment(int(found[1]), int(found[2]), int(found[3]), found.groups()[3:7])
        return _to_uk(moment, found[8]) if isinstance(moment, dt.datetime) else moment
    if found := _DAY_FIRST.match(text):
        return _moment(_year(found[4]), int(found[3]), int(found[1]), found.groups()[4:8])
    if found := _DAY_NAME.match(text):
        if month := _MONTHS.get(found[2].casefold()):
            return _moment(_year(found[3]), month, int(found[1]), found.groups()[3:7])
    elif (found := _NAME_DAY.match(text)) and (month := _MONTHS.get(found[1].casefold())):
        return _moment(int(found[3]), month, int(found[2]), found.groups()[3:7])
    if found := _COMPACT.match(text):
        return _moment(int(found[1]), int(found[2]), int(found[3]), (None,) * 4)
    if found := _SPACED.match(text):
        return _moment(int(found[3]), int(found[2]), int(found[1]), (None,) * 4)
    found = _NO_YEAR.match(text)
    return NO_YEAR if found and (found[1] or "may").casefold() in _MONTHS else NOT_A_DATE


def month_first(cell: object) -> dt.datetime | None:
    """The date of a text in figures read month first, or None; a time behind it is kept.

    >>> month_first("03/25/2026 9am"), month_first("25/03/2026"), month_first("2026-03-25")
    (datetime.datetime(2026, 3, 25, 9, 0), None, None)
    """
    found = _SLASHED.match(" ".join(cell.split())) if isinstance(cell, str) else None
    if found is None:
        return None
    turned = f"{found[3]}{found[2]}{found[1]}{found[2]}{found[4]}{found[5]}"
    read = _parse_text(turned)
    return None if isinstance(read, str) else read


def with_year(text: str, year: int) -> dt.datetime | None:
    """The date of a text without a year, in that year; None where the year has no such day.

    >>> with_year("13-Sep", 2026), with_year("29/2", 2026)
    (datetime.datetime(2026, 9, 13, 0, 0), None)
    """
    bare = _WEEKDAY.sub("", " ".join(text.split())).rstrip(".")
    figures = _DAY_MONTH.match(bare)
    read = _parse_day(f"{figures[1]}/{figures[2]}/{year}" if figures else f"{bare} {year}")
    return None if isinstance(read, str) else read


def swapped(moment: dt.datetime) -> dt.datetime:
    """A date with day and month changed round, where that is a date at all.

    >>> swapped(dt.datetime(2026, 3, 10, 9, 30)), swapped(dt.datetime(2026, 3, 25))
    (datetime.datetime(2026, 10, 3, 9, 30), datetime.datetime(2026, 3, 25, 0, 0))
    """
    return moment.replace(month=moment.day, day=moment.month) if moment.day <= 12 else moment


def _year(text: str) -> int:
    """A year of two digits as Excel reads it: 00 to 29 are 2000 to 2029.

    >>> _year("26"), _year("99")
    (2026, 1999)
    """
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < _FIRST_OF_1900S else 1900)


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> dt.datetime | str:
    hour, minute, second, half = clock
    try:
        moment = dt.datetime(year, month, day)
    except ValueError:
        return NO_SUCH_DAY
    if hour is None or minute is None:
        return moment
    time = _time(int(hour), int(minute), int(second or 0), half)
    return NOT_A_DATE if time is None else dt.datetime.combine(moment, time)


def _to_uk(moment: dt.datetime, zone: str | None) -> dt.datetime:
    if not zone:
        return moment
    from zoneinfo import ZoneInfo

    aware = dt.datetime.fromisoformat(moment.isoformat() + zone.upper().replace("Z", "+00:00"))
    return aware.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)


def _time(hour: int, minute: int, second: int = 0, half: str | None = None) -> dt.time | None:
    if half:
        if not 1 <= hour <= 12:
            if hour > 23 or half.casefold() == "a":
                return None
        else:
            hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return dt.time(hour, minute, second)


def parse_time(cell: object) -> dt.time | None:
    """The time of day in a cell, or None.

    >>> [str(parse_time(t)) for t in ("05:00pm", "10:15am ", "1430", "9.05", 0.5, "noon-ish")]
    ['17:00:00', '10:15:00', '14:30:00', '09:05:00', '12:00:00', 'None']
    """
    if isinstance(cell, dt.datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, dt.time):
        return cell.replace(tzinfo=None, microsecond=0)
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return (
            (dt.datetime.min + dt.timedelta(seconds=seconds)).time()
            if 0 <= seconds < 86_400
            else None
        )
    if isinstance(cell, float) and 0 <= cell < 1:
        return (dt.datetime.min + dt.timedelta(seconds=round(cell * 86_400) % 86_400)).time()
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.split())
    if found := _CLOCK.match(text):
        return _time(int(found[1]), int(found[2]), int(found[3] or 0), found[4])
    if found := _BARE_HOUR.match(text):
        return _time(int(found[1]), 0, 0, found[2])
    if found := _MILITARY.match(text):
        return _time(int(found[1]), int(found[2]))
    return None


def as_seconds(value: dt.date | None) -> int:
    """A moment as numpy's seconds: seven times as fast as numpy's own way of reading it."""
    if value is None:
        return _NO_DATE
    days = (value.toordinal() - _EPOCH) * 86_400
    if isinstance(value, dt.datetime):
        return days + value.hour * 3600 + value.minute * 60 + value.second
    return days
