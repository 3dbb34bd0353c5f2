"""Dates as people type them: every day in every accepted form, and what is refused and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from grids import understood

from learnpipe.recognise.dates import parse_date, parse_month_cell, parse_time

DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=at) for at in range(1461)]  # 2024 to 2027
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def ordinal(day: int) -> str:
    """A day as 1st, 2nd, 3rd, 4th … 11th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if day in (11, 12, 13) else ending}"


FORMS: dict[str, Callable[[dt.date], object]] = {
    "2026-03-05": lambda d: d.isoformat(),
    "2026/03/05": lambda d: f"{d:%Y/%m/%d}",
    "2026.3.5": lambda d: f"{d.year}.{d.month}.{d.day}",
    "2026-03-05 00:00:00": lambda d: f"{d:%Y-%m-%d} 00:00:00",
    "2026-03-05T09:30": lambda d: f"{d:%Y-%m-%d}T09:30",
    "5/3/2026": lambda d: f"{d.day}/{d.month}/{d.year}",
    "05/03/2026": lambda d: f"{d:%d/%m/%Y}",
    "5/3/26": lambda d: f"{d.day}/{d.month}/{d:%y}",
    " 5 / 3 / 2026 ": lambda d: f" {d.day} / {d.month} / {d.year} ",
    "05.03.2026": lambda d: f"{d:%d.%m.%Y}",
    "5.3.26": lambda d: f"{d.day}.{d.month}.{d:%y}",
    "05-03-2026 00:00": lambda d: f"{d:%d-%m-%Y} 00:00",
    "5-3-26": lambda d: f"{d.day}-{d.month}-{d:%y}",
    "05/03/2026 9:30": lambda d: f"{d:%d/%m/%Y} 9:30",
    "05/03/2026 at 09.30 hrs": lambda d: f"{d:%d/%m/%Y} at 09.30 hrs",
    "05-03-2026 00:00:00.000": lambda d: f"{d:%d-%m-%Y} 00:00:00.000",
    "05/03/2026 9am": lambda d: f"{d:%d/%m/%Y} 9am",
    "5/3/26 @ 0930hrs": lambda d: f"{d.day}/{d.month}/{d:%y} @ 0930hrs",
    "9am on 5/3/26": lambda d: f"9am on {d.day}/{d.month}/{d:%y}",
    "09:30 05/03/2026": lambda d: f"09:30 {d:%d/%m/%Y}",
    "5\\3\\2026": lambda d: f"{d.day}\\{d.month}\\{d.year}",
    "5/3/2026.": lambda d: f"{d.day}/{d.month}/{d.year}.",
    "05 03 2026": lambda d: f"{d:%d %m %Y}",
    "20260305": lambda d: f"{d:%Y%m%d}",
    "20260305 as a number": lambda d: float(f"{d:%Y%m%d}"),
    "2026-03-05T09:30:00.000+0000": lambda d: f"{d:%Y-%m-%d}T09:30:00.000+0000",
    "2026-03-05 09:30:00+00": lambda d: f"{d:%Y-%m-%d} 09:30:00+00",
    "March-5-2026": lambda d: f"{MONTHS[d.month - 1]}-{d.day}-{d.year}",
    "5th March 2026 at 2.30 pm": lambda d: (
        f"{ordinal(d.day)} {MONTHS[d.month - 1]} {d.year} at 2.30 pm"
    ),
    "5 March 2026": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "5 MAR 2026": lambda d: f"{d.day} {MONTHS[d.month - 1][:3].upper()} {d.year}",
    "5-Mar-26": lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d:%y}",
    "5/Mar/2026": lambda d: f"{d.day}/{MONTHS[d.month - 1][:3]}/{d.year}",
    "05Mar2026": lambda d: f"{d:%d}{MONTHS[d.month - 1][:3]}{d.year}",
    "5th March 2026": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1]} {d.year}",
    "5th of March 2026": lambda d: f"{ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    "5th Mar. '26": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1][:3]}. '{d:%y}",
    "March 5, 2026": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "Mar 5th 2026": lambda d: f"{MONTHS[d.month - 1][:3]} {ordinal(d.day)} {d.year}",
    "Thursday, 5 March, 2026": lambda d: (
        f"{WEEKDAYS[d.weekday()]}, {d.day} {MONTHS[d.month - 1]}, {d.year}"
    ),
    "Thu 5/3/2026": lambda d: f"{WEEKDAYS[d.weekday()][:3]} {d.day}/{d.month}/{d.year}",
    "Thu. 5 Mar 26": lambda d: (
        f"{WEEKDAYS[d.weekday()][:3]}. {d.day} {MONTHS[d.month - 1][:3]} {d:%y}"
    ),
    "Thursday, March 5, 2026": lambda d: (
        f"{WEEKDAYS[d.weekday()]}, {MONTHS[d.month - 1]} {d.day}, {d.year}"
    ),
    "5↵March↵2026": lambda d: f"{d.day}\n{MONTHS[d.month - 1]}\n{d.year}",
    "a true date": lambda d: d,
    "a true date with a time": lambda d: dt.datetime(d.year, d.month, d.day, 9, 30),
    "Excel's number of the day": lambda d: (d - dt.date(1899, 12, 30)).days,
    "the same with a time": lambda d: (d - dt.date(1899, 12, 30)).days + 9.5 / 24,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_day_of_four_years_comes_back_right(form: str) -> None:
    typed = FORMS[form]
    wrong = [
        typed(day)
        for day in DAYS
        if not isinstance(found := parse_date(typed(day)), dt.datetime) or found.date() != day
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text, minute",
    [
        ("25/03/2026 14:30", "14:30"), ("25/03/2026 2:30pm", "14:30"),
        ("25/03/2026, 2.30 p.m.", "14:30"), ("25/03/2026 at 14.30", "14:30"),
        ("25/03/2026 12:00am", "00:00"), ("25/03/2026 12:00pm", "12:00"),
        ("2026-03-25T14:30:59.999", "14:30"), ("2026-03-25 14:30Z", "14:30"),
        ("2026-07-25T14:30:00Z", "15:30"),  # summer time: an hour ahead of the zone Z
        ("2026-07-25T14:30:00+01:00", "14:30"), ("25 March 2026 23:59", "23:59"),
        ("25/03/2026 9am", "09:00"), ("9am on 3/4/26", "09:00"), ("25/03/2026 1430", "14:30"),
        ("25/03/2026 (2.30 pm)", "14:30"), ("14:30h, 25 March 2026", "14:30"),
        ("2026-07-25 14:30:00+00", "15:30"), ("25/3/26 @ 0905 hrs", "09:05"),
    ],
)  # fmt: skip
def test_the_time_of_day_beside_a_date(text: str, minute: str) -> None:
    found = parse_date(text)
    assert isinstance(found, dt.datetime)
    assert f"{found:%H:%M}" == minute


REFUSED = {
    "no-such-day": [
        "30/2/2026", "29/02/2026", "31/6/2026", "31-Apr-2026", "00/01/2026", "13/13/2026",
        "2026-02-30", "2026-13-01", "02/30/2024", "04/13/2024", "Feb 30, 2026",
    ],
    "date-without-year": ["13-Sep", "13/9", "13 September", "1st Oct", "1st of October", "5 Sept."],
    "two-dates": [
        "26/12/2025 & 27/12/2025", "26/12/2025 27/12/2025", "1/2/2026, 3/2/2026",
        "1/5/26 to 3/5/26", "2026-01-02 / 2026-01-03", "5 March 2026 and 6 March 2026",
    ],
    "not-a-date": [
        "TBD", "Daily", "Immediate", "ongoing", "Friday", "14/02/20226", "14/02/226", "9-Nove-07",
        "2026", "12/2026", "20261340", 20261340.0, float("inf"), "9am",
        "26/12/25?", "c. 26/12/2025", "25/03/2026 25:00", "1 Foo 2026",
        "14 days", "20 mg", "44196", 0, 1, 3.5, 36525, 73050, -1, True, False, None,
        dt.time(10), dt.timedelta(days=1),
    ],
}  # fmt: skip


@pytest.mark.parametrize("code, cell", [(code, cell) for code in REFUSED for cell in REFUSED[code]])
def test_what_is_refused_says_why(code: str, cell: object) -> None:
    assert parse_date(cell) == code


def test_a_leap_day_is_a_day_in_its_year_only() -> None:
    assert parse_date("29/2/2024") == dt.datetime(2024, 2, 29)
    assert parse_date("29/2/2025") == "no-such-day"


def test_what_is_refused_stands_at_its_cell_and_is_empty() -> None:
    got = understood(
        "Ref | Date of incident | Category",
        "1 | 30/2/2026 | Falls", "2 | 13-Sep | Falls", "3 | TBD | Falls", "4 | 3/10/2026 | Falls",
        "5 | 1/2/26 & 2/2/26 | Falls", "6 | N/A | Falls", "7 | DD/MM/YYYY | Falls",
        "8 | 4/10/2026 | Falls", "9 | 5/12/2026 | Falls", "10 | 8/11/2025 | Falls",
    )  # fmt: skip
    assert got.unread == [
        (2, "occurred_at", "no-such-day"), (3, "occurred_at", "date-without-year"),
        (4, "occurred_at", "not-a-date"), (6, "occurred_at", "two-dates"),
    ]  # fmt: skip
    assert got.told("occurred_at") == [
        None, None, None, "2026-10-03", None, None, None, "2026-10-04", "2026-12-05", "2025-11-08",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text, time",
    [
        ("05:00pm", "17:00"), ("10:15am ", "10:15"), ("1430", "14:30"), ("0905 hrs", "09:05"),
        ("9.05", "09:05"), ("9am", "09:00"), ("12 pm", "12:00"), ("14:30 hours", "14:30"),
        ("10 o'clock", None), ("noon-ish", None), ("25:00", None), ("2561", None), ("am", None),
    ],
)  # fmt: skip
def test_times_in_a_column_of_their_own(text: str, time: str | None) -> None:
    found = parse_time(text)
    assert (found and f"{found:%H:%M}") == time


def test_true_times_however_excel_keeps_them() -> None:
    half_past_nine = [
        dt.time(9, 30), dt.datetime(1899, 12, 31, 9, 30), dt.timedelta(hours=9.5), 9.5 / 24,
    ]  # fmt: skip
    assert {parse_time(cell) for cell in half_past_nine} == {dt.time(9, 30)}
    assert [parse_time(cell) for cell in (dt.timedelta(hours=25), 1.5, 7, None)] == [None] * 4


@pytest.mark.parametrize(
    "cell",
    [
        "Oct 2026", "October 2026", "Oct-26", "10/2026", "10 / 2026", "2026-10", "1/10/2026",
        "31/10/2026", dt.datetime(2026, 10, 31, 9, 30),
    ],
)  # fmt: skip
def test_months_however_typed(cell: object) -> None:
    assert parse_month_cell(cell) == dt.datetime(2026, 10, 1)


@pytest.mark.parametrize("cell", ["October", "Oct", "2026", "Q3 2026", "winter", 10])
def test_a_month_without_a_year_is_none(cell: object) -> None:
    assert isinstance(parse_month_cell(cell), str)


def year_of(typed: str, *others: str, file: str = "log.xlsx") -> str | None:
    """What a date without a year was read as, among rows of other dates."""
    rows = [f"{at} | {other} | Falls" for at, other in enumerate(others, 2)]
    got = understood("Ref | Date of incident | Category", f"1 | {typed} | Falls", *rows, file=file)
    codes = [code for row, _, code in got.unread if row == 2]
    told = got.told("occurred_at")[0]
    assert codes == (["date-without-year"] if told is None else ["year-from-sheet"])
    return told  # type: ignore[no-any-return]


AUTUMN = ("2/9/2026", "30/9/2026", "14/10/2026", "1/11/2026")


@pytest.mark.parametrize(
    "typed, others, read",
    [
        ("13-Sep", AUTUMN, "2026-09-13"),
        ("13/9", AUTUMN, "2026-09-13"),
        ("13th of September", AUTUMN, "2026-09-13"),
        ("28-Dec", ("5/1/2026", "20/1/2026", "9/2/2026"), "2025-12-28"),  # the year before
        ("13-Sep", ("5/1/2026", "20/1/2026", "9/2/2026"), None),  # near none of them
        ("13-Sep", ("2/9/2025", "14/10/2025", "2/9/2026", "1/11/2026"), None),  # two years fit
        ("29-Feb", ("1/2/2024", "8/3/2026", "9/3/2026"), "2024-02-29"),  # the one leap year of them
        ("29-Feb", AUTUMN, None),
    ],
)  # fmt: skip
def test_a_date_without_a_year_is_read_where_one_year_fits(
    typed: str, others: tuple[str, ...], read: str | None
) -> None:
    assert year_of(typed, *others) == read


def test_the_declared_month_may_tell_the_year() -> None:
    assert year_of("13-Sep", "soon", file="incidents 2026-09.xlsx") == "2026-09-13"
    assert year_of("13-Mar", "soon", file="incidents 2026-09.xlsx") is None


def test_a_year_that_breaks_the_order_of_its_row_is_none() -> None:
    """Raised on 1 January 2026, it was not due in the November before; the next one is far off."""
    got = understood(
        "Ref | Action | Owner | Raised on | Due on",
        "1 | Mend the rail | Ann Example | 1/1/2026 | 13-Nov",
        "2 | Mend the step | Ann Example | 1/9/2025 | 30/9/2025",
        "3 | Mend the lamp | Ann Example | 2/1/2026 | 30/1/2026",
    )
    assert got.unread == [(2, "due_on", "date-without-year")]


def test_the_dates_of_the_row_choose_between_two_years() -> None:
    """Two years of a log: the action was raised on 1 September 2025, so it was due that month."""
    got = understood(
        "Ref | Action | Owner | Raised on | Due on",
        "1 | Mend the rail | Ann Example | 1/9/2025 | 13-Sep",
        "2 | Mend the step | Ann Example | 1/9/2024 | 30/9/2024",
        "3 | Mend the lamp | Ann Example | 2/9/2026 | 30/9/2026",
        "4 | Mend the door | Ann Example | 20/12/2025 | 13-Jan",  # not before it was raised
        "5 | Mend the gate | Ann Example || 13-Sep",
    )
    assert got.told("due_on") == ["2025-09-13", "2024-09-30", "2026-09-30", "2026-01-13", None]
    assert got.unread == [
        (2, "due_on", "year-from-sheet"), (5, "due_on", "year-from-sheet"),
        (6, "due_on", "date-without-year"),
    ]  # fmt: skip
