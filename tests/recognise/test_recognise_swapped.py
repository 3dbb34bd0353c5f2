"""Day and month that Excel changed round: asked where the signs are strong, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from grids import Got, cells, grid, knowledge
from hypothesis import given
from hypothesis import strategies as st

from learnpipe.recognise import Knowledge, recognise

HEADER = "Ref | Date of incident | Date reported | Category | Summary"


def excel_us(day: dt.date) -> dt.date | str:
    """What stands in a cell when a day is typed day first into an Excel set up the US way."""
    return day.replace(day=day.month, month=day.day) if day.day <= 12 else f"{day:%d/%m/%Y}"


def excel_uk_of_us(day: dt.date) -> dt.date | str:
    """What stands in a cell when a day is typed month first into an Excel set up the UK way."""
    return day.replace(day=day.month, month=day.day) if day.day <= 12 else f"{day:%m/%d/%Y}"


def log(
    dates: Sequence[Any], file: str = "log.xlsx", set_as: str | None = None, header: str = HEADER
) -> Got:
    """An incident log of some dates of incidents; ``set_as`` is what the settings say of them."""
    rows = [[f"A{at}", date, None, "Falls", "He slipped"] for at, date in enumerate(dates)]
    base = knowledge()
    orders = {"Date of  Incident": set_as} if set_as else {}
    know = Knowledge(base.schemas, base.index, base.reader, lambda file, sheet: orders)
    return Got(recognise(grid(cells(header), *rows, file=file), know, {}))


def asked(got: Got) -> list[tuple[int, str]]:
    """The Excel row and code of each question about a column's dates."""
    return [(row, code) for row, _, code in got.unread]


def told(got: Got) -> tuple[str, ...]:
    """The texts of the only finding."""
    (one,) = got.table.unread
    return one.told


def days(*when: str) -> list[dt.date]:
    """Days of October 2026, or as day-month."""
    parts = [(*map(int, one.split("-")), 10)[:2] for one in when]
    return [dt.date(2026, month, day) for day, month in parts]


OCTOBER = days("1", "2", "3", "5", "7", "8", "9", "12", "14", "16", "19", "21", "24", "27", "30")
YEAR = days(
    "2-1", "15-1", "3-2", "20-2", "5-3", "28-3", "1-4", "14-4", "6-5", "19-5", "4-6", "23-6",
    "9-7", "17-7", "11-8", "13-8", "2-9", "30-9", "8-10", "25-10",
)  # fmt: skip


@pytest.mark.parametrize("typed", [OCTOBER, OCTOBER[::-1], YEAR], ids=["month", "back", "year"])
def test_true_dates_up_to_the_12th_beside_texts_from_the_13th_are_asked(
    typed: list[dt.date],
) -> None:
    got = log([excel_us(day) for day in typed])
    assert [code for _, code in asked(got)] == ["swapped-dates"]


def test_the_question_shows_both_readings_and_nothing_is_changed() -> None:
    got = log([excel_us(day) for day in OCTOBER])
    # Typed 1 October, read as 10 January: the first of eight that are dates both ways.
    assert told(got) == (
        "Date of incident", "10 January 2026", "1 October 2026",
        "8 dates lie outside October 2026 as they stand, and none when swapped",
        '"Date of incident" = "swapped"',
    )  # fmt: skip
    assert got.told("occurred_at")[:2] == ["2026-01-10", "2026-02-10"]


def test_with_the_setting_the_column_is_read_swapped_and_a_note_says_so() -> None:
    got = log([excel_us(day) for day in OCTOBER], set_as="swapped")
    assert got.told("occurred_at") == [day.isoformat() for day in OCTOBER]
    assert asked(got) == [(2, "dates-as-set")]
    assert told(got) == (
        "Date of incident", "10 January 2026", "1 October 2026", "8 cells", "swapped"
    )  # fmt: skip


def test_a_swapped_time_of_day_stays() -> None:
    got = log([dt.datetime(2026, 3, 10, 9, 30), dt.date(2026, 10, 13)], set_as="swapped")
    assert got.told("occurred_at") == ["2026-10-03 09:30", "2026-10-13"]


def test_set_to_stay_as_it_stands_it_is_not_asked_again() -> None:
    got = log([excel_us(day) for day in OCTOBER], set_as="as it stands")
    assert (got.unread, got.told("occurred_at")[0]) == ([], "2026-01-10")


def test_dates_outside_the_month_that_the_file_declares_are_asked() -> None:
    typed = days("1", "2", "3", "5", "7")  # all of them dates both ways, none as text
    got = log([excel_us(day) for day in typed], file="incidents 2026-10.xlsx")
    assert asked(got) == [(2, "swapped-dates")]
    assert asked(log([excel_us(day) for day in typed])) == []  # nothing else tells


def test_where_only_some_are_swapped_each_is_asked_by_itself() -> None:
    """Two people keep the log; one of their computers swaps."""
    mixed = [day if at % 2 else excel_us(day) for at, day in enumerate(OCTOBER)]
    got = log(mixed, file="incidents 2026-10.xlsx")
    rows = [at + 2 for at, day in enumerate(OCTOBER) if not at % 2 and day.day <= 12]
    assert asked(got) == [(row, "swapped-dates") for row in rows]
    assert [one.told[2] for one in got.table.unread] == [
        "1 October 2026", "3 October 2026", "7 October 2026", "9 October 2026"
    ]  # fmt: skip
    assert {one.told[-1] for one in got.table.unread} == {""}  # no setting for the whole column


def test_true_dates_out_of_order_are_asked_where_swapping_puts_them_in_order() -> None:
    """Days after the 12th were picked from a calendar and are right."""
    got = log([day if day.day > 12 else excel_us(day) for day in YEAR])
    assert [code for _, code in asked(got)] == ["swapped-dates"]


def test_due_dates_may_lie_ahead() -> None:
    """1 November, 1 December and 1 January are due dates; swapped they would be in January."""
    raised = [dt.date(2027, 1, day) for day in (13, 14, 15, 18, 19, 20)]
    due = [dt.date(2027, month, 1) for month in (3, 4, 5)] * 2
    rows = [
        [at, "Mend the rail", "Ann Example", *both]
        for at, both in enumerate(zip(raised, due, strict=True))
    ]
    one = grid("Ref | Action | Owner | Raised on | Due on", *rows)
    assert Got(recognise(one, knowledge(), {})).unread == []


US = days("5-1", "25-1", "3-2", "28-2", "17-3", "30-4", "9-5", "22-6", "13-7", "8-8")


def test_texts_month_first_throughout_are_one_question() -> None:
    got = log([f"{day:%m/%d/%Y}" for day in US])
    # 25 January is the first that is a day only month first.
    assert asked(got) == [(3, "month-first-dates")]
    assert told(got) == (
        "Date of incident", "25 January 2026",
        "6 of its 10 texts are dates only month first, none only day first",
        '"Date of incident" = "month first"',
    )  # fmt: skip
    assert got.told("occurred_at")[:2] == ["2026-05-01", None]


def test_columns_in_question_are_settled_by_one_set_of_lines() -> None:
    """A section stands only once in a settings file: whichever is pasted holds both columns."""
    typed = [f"{day:%m/%d/%Y}" for day in US]
    rows = [[f"A{at}", day, day, "Falls", "He slipped"] for at, day in enumerate(typed)]
    asked = Got(recognise(grid(HEADER, *rows), knowledge(), {})).table.unread
    lines = '"Date of incident" = "month first"\n"Date reported" = "month first"'
    assert [(one.field, one.told[-1]) for one in asked] == [
        ("occurred_at", lines), ("reported_at", lines)
    ]  # fmt: skip


def test_with_the_setting_texts_are_read_month_first() -> None:
    got = log([f"{day:%m/%d/%Y} 9am" for day in US], set_as="month first")
    assert got.told("occurred_at") == [f"{day.isoformat()} 09:00" for day in US]
    assert asked(got) == [(2, "dates-as-set")]


def test_texts_month_first_beside_true_dates_that_a_uk_excel_made_of_them() -> None:
    typed = [excel_uk_of_us(day) for day in (*US, *OCTOBER)]
    got = log(typed)
    assert [code for _, code in asked(got)] == ["month-first-dates"]
    assert told(got)[-1] == '"Date of incident" = "month first, swapped"'
    put_right = log(typed, set_as="month first, swapped")
    assert put_right.told("occurred_at") == [day.isoformat() for day in (*US, *OCTOBER)]


def test_a_single_slip_among_day_first_texts_is_a_finding_of_its_own() -> None:
    got = log([*(f"{day:%d/%m/%Y}" for day in OCTOBER), "10/31/2026"])
    assert asked(got) == [(17, "no-such-day")]


def test_what_was_reported_on_the_first_of_the_next_month_is_no_sign() -> None:
    """1 February would be 2 January, in the month that the file declares."""
    january = [dt.date(2026, 1, day) for day in range(13, 30)]
    reported = [dt.date(2026, 2, 1) if day.day % 4 == 0 else day for day in january]
    rows = [[f"A{at}", day, day, "Falls", "He slipped"] for at, day in enumerate(reported)]
    one = grid(HEADER, *rows, file="incidents 2026-01.xlsx")
    assert Got(recognise(one, knowledge(), {})).unread == []


def test_reviews_on_the_first_of_later_months_are_no_sign() -> None:
    """The month that the file declares is that of the incidents, not of what followed."""
    header = "Ref | Date of incident | Date reviewed | Category | Summary"
    days = [dt.date(2026, 1, day) for day in range(13, 31)]
    reviewed = [dt.date(2026, 2 + at % 4, 1) if at % 3 == 0 else day for at, day in enumerate(days)]
    rows = [[f"A{at}", day, reviewed[at], "Falls", "Slipped"] for at, day in enumerate(days)]
    one = grid(header, *rows, file="incidents 2026-01.xlsx")
    assert Got(recognise(one, knowledge(), {})).unread == []


def test_a_year_in_order_is_right_however_it_was_typed() -> None:
    """True dates up to the 12th and texts from then on, but swapped they would be in no order."""
    year = [dt.date(2026, month, day) for month in range(1, 13) for day in (month % 9 + 1, 20)]
    assert no_question([day if day.day <= 12 else f"{day:%d/%m/%Y}" for day in year])


def test_a_handful_of_dates_may_split_at_the_12th_by_chance() -> None:
    true = [dt.date(2026, month, 10) for month in (3, 4, 5)]
    assert no_question([*true, "13/10/2026", "14/10/2026", "15/10/2026"])


def test_one_text_that_is_day_first_beyond_doubt_keeps_the_column_day_first() -> None:
    got = log(["01/25/2026", "02/26/2026", "03/27/2026", "28/04/2026", "1/2/2026", "3/4/2026"])
    assert asked(got) == [(row, "no-such-day") for row in (2, 3, 4)]


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
TYPED = st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%Y-%m-%d"])


def no_question(dates: Sequence[Any]) -> bool:
    """Whether a log with these dates is read without one about day and month."""
    return not {code for _, code in asked(log(dates))} & {"swapped-dates", "month-first-dates"}


@given(st.lists(DAYS, min_size=1, max_size=60), st.booleans())
def test_true_dates_in_order_are_never_asked(dates: list[dt.date], back: bool) -> None:
    assert no_question(sorted(dates, reverse=back))


@given(st.lists(DAYS, min_size=1, max_size=60), TYPED)
def test_texts_alone_are_never_asked(dates: list[dt.date], form: str) -> None:
    assert no_question([f"{day:{form}}" for day in dates])


@given(st.data(), st.lists(DAYS, min_size=1, max_size=60))
def test_a_mixture_of_true_dates_and_texts_of_all_days_is_never_asked(
    data: st.DataObject, dates: list[dt.date]
) -> None:
    dates = sorted([*dates, dt.date(2026, 1, 31), dt.date(2026, 8, 1)])
    true = [data.draw(st.booleans()) or day.day > 28 for day in dates]
    assert no_question(
        [day if one else f"{day:%d/%m/%Y}" for day, one in zip(dates, true, strict=True)]
    )


def test_a_month_typed_in_true_dates_up_to_the_12th_and_as_text_from_then_on() -> None:
    """Somebody else took over on the 13th: the dates are in order as they stand."""
    month = [dt.date(2026, 10, day) for day in range(1, 32)]
    assert no_question([day if day.day <= 12 else f"{day:%d/%m/%Y}" for day in month])


def test_first_days_of_months_after_a_busy_january_are_what_they_are() -> None:
    january = [dt.date(2026, 1, day) for day in range(13, 32)]
    assert no_question([*january, *(dt.date(2026, month, 1) for month in range(3, 9))])
