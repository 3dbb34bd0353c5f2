"""Ages of what stands at a month's end, in whole days, the day itself being day 0."""

from __future__ import annotations

import pytest

from learnpipe.ground.calendar import parse_month
from learnpipe.measure.ages import BANDS, UNKNOWN
from tests.builders import Got, Row, measured, with_standards

SINCE_MAY = [{"occurred_at": "2026-05-03 10:00"}]
NAMES = (*(name for name, _, _ in BANDS), UNKNOWN)


def ages(*actions: Row, metric: str = "actions_open", month: str = "2026-10") -> list[float | None]:
    """How many there are in each band: under 30, 30, 60, 90 days or more, age not known."""
    kept = {"raised_on": "2026-10-31", "completed_on": "2026-10-31", "status": "closed"}
    got = measured("2026-10", incidents=SINCE_MAY, actions=[kept, *actions])
    return [got.row(f"{metric}.{name}", month=month).value for name in NAMES]


@pytest.mark.parametrize(
    ("raised", "band"),
    [
        # As at 00:00 on 1 November 2026: 31 October is 1 day ago, 3 October 29, 2 October 30.
        ("2026-10-31", 0), ("2026-10-03", 0), ("2026-10-02", 1), ("2026-09-03", 1),
        ("2026-09-02", 2), ("2026-08-04", 2), ("2026-08-03", 3), ("2026-05-03", 3),
    ],
)  # fmt: skip
def test_the_edges_of_the_bands_of_open_actions(raised, band):
    assert ages({"raised_on": raised, "status": "open"}) == [int(n == band) for n in range(5)]


def test_overdue_actions_age_from_their_due_date():
    late = {"raised_on": "2026-06-01", "due_on": "2026-10-02", "status": "open"}

    assert ages(late, metric="actions_overdue") == [0, 1, 0, 0, 0]


def test_without_a_date_the_age_is_not_known():
    assert ages({"due_on": "2026-09-02", "status": "open"}) == [0, 0, 0, 0, 1]


def test_an_action_grows_older_month_by_month_until_it_is_done():
    old = {"raised_on": "2026-08-03", "completed_on": "2026-10-20"}

    assert [ages(old, month=f"2026-{month}") for month in ("08", "09", "10")] == [
        [1, 0, 0, 0, 0],  # 29 days by 1 September
        [0, 1, 0, 0, 0],  # 59 days by 1 October
        [0, 0, 0, 0, 0],
    ]


def test_the_ages_add_up_to_all_that_is_open():
    months = ("05", "07", "09", "10")
    rows = [{"raised_on": f"2026-{month}-05", "status": "open"} for month in months]

    assert sum(ages(*rows, {"due_on": "2026-10-01"})) == 5


# The first months of a log


def plotted(months: int) -> list[bool]:
    """Which of the months from May to October stand on the chart of open actions."""
    got: Got = measured(
        "2026-10", schemas=with_standards(stock_settles_months=months), incidents=SINCE_MAY,
        actions=[{"raised_on": f"2026-{month}-05", "status": "open"} for month in ("06", "10")],
    )  # fmt: skip
    charts, line = got.measures.charts, got.measures.position("actions_open")
    assert got.row("actions_open", month="2026-06").value == 1  # the figure itself is told
    assert got.measures.span.first == parse_month("2026-05")
    return [bool(value == value) for value in charts.value[line]]


def test_the_first_months_of_a_log_are_left_out_of_the_chart_of_what_stands():
    # The log begins in June: with three months to fill, the chart begins in September.
    assert plotted(3) == [False, False, False, False, True, True]
    assert plotted(0) == [False, True, True, True, True, True]


@pytest.mark.parametrize(
    ("days", "left_out"),
    [
        (90, 3),  # 90 ÷ 30.4 = 2.96 months, rounded up
        (60, 2),
        (91, 3),
        (92, 4),
    ],
)
def test_repeats_are_charted_from_when_the_log_knows_what_came_before(days, left_out):
    # One fall a month since May: from June on each repeats the one before, and the first cannot.
    rows = [{"occurred_at": f"2026-{month}-10 09:00", "theme": "falls"}
            for month in ("05", "06", "07", "08", "09", "10")]  # fmt: skip
    got: Got = measured("2026-10", schemas=with_standards(repeat_days=days), incidents=rows)
    line = got.measures.position("repeat_rate")

    assert list(got.measures.value[line]) == [0, 1, 1, 1, 1, 1]  # the figures are told all the same
    assert [bool(one != one) for one in got.measures.charts.value[line]] == [
        *[True] * left_out, *[False] * (6 - left_out),
    ]  # fmt: skip


@pytest.mark.parametrize("metric", ["repeat_after_verified", "compliments_linked"])
def test_what_follows_a_verified_change_is_charted_after_six_months(metric):
    # 180 days ÷ 30.4 = 5.9 months: of seven months, the last alone.
    months = ("04", "05", "06", "07", "08", "09", "10")
    got: Got = measured(
        "2026-10",
        incidents=[{"occurred_at": f"2026-{month}-10 09:00", "theme": "falls"} for month in months],
        feedback=[{"received_on": f"2026-{month}-10", "kind": "compliment", "theme": "falls"}
                  for month in months],
        actions=[{"raised_on": "2026-04-12"}],
    )  # fmt: skip
    line = got.measures.position(metric)

    assert [bool(one != one) for one in got.measures.charts.value[line]] == [*[True] * 6, False]
