"""Days to close: the Kaplan–Meier median over the actions raised in the last twelve months."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from tests.builders import Got, Row, measured, with_standards

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
AS_AT = dt.date(2026, 11, 1)


def of(*actions: Row, month: str = "2026-10") -> Got:
    return measured(month, incidents=SINCE_AUGUST, actions=list(actions))


def raised(days_before: int, took: int | None = None, **facts: str) -> Row:
    """An action raised so many days before the as-at, and completed so many days later."""
    start = AS_AT - dt.timedelta(days=days_before)
    done = None if took is None else str(start + dt.timedelta(days=took))
    return {"raised_on": str(start), "completed_on": done, **facts}


def median(*actions: Row, month: str = "2026-10") -> float | None:
    return of(*actions).row("days_to_close", month=month).value


def test_all_closed_the_median_is_the_day_by_which_half_were_done():
    # 10, 20, 30 days: two of three are done on day 20.
    assert median(raised(60, 10), raised(60, 20), raised(60, 30)) == 20


def test_open_actions_count_as_at_least_so_many_days():
    # 5 at risk; day 10: 4/5; day 20: 3/5; day 40 (3 at risk): 3/5 × 2/3 = 0.4, half or fewer.
    # The mean of the closed ones, 23 days, would flatter.
    closed = [raised(60, 10), raised(60, 20), raised(60, 40)]

    assert median(*closed, raised(60), raised(60)) == 40


def test_an_open_action_leaves_when_it_has_been_open_no_longer():
    # Raised 15 days ago and open: at risk on day 10, not on day 20. 3/4 after day 10, then
    # 2 at risk on day 20: 3/4 × 1/2 = 0.375.
    assert median(raised(60, 10), raised(60, 20), raised(60, 30), raised(15)) == 20


def test_fewer_than_half_closed_has_no_median_and_says_so():
    one = of(raised(60, 10), raised(60), raised(60)).row("days_to_close")

    assert (one.value, one.met, one.due) == (None, 1, 3)
    assert one.why_blank == "fewer than half are closed"


def test_due_is_the_cohort_and_met_the_closed_ones():
    assert of(raised(60, 10), raised(60)).counts("days_to_close") == (1, 2, None, None)


def test_closed_on_the_day_it_was_raised_took_no_days():
    assert median(raised(60, 0)) == 0


def test_an_action_closed_on_3_november_is_open_in_october():
    closed = {"raised_on": "2026-10-01", "completed_on": "2026-11-03"}

    assert of(closed).counts("days_to_close")[:2] == (0, 1)


def test_the_cohort_is_of_twelve_months():
    # October 2026 looks back to 1 November 2025.
    assert of({"raised_on": "2025-11-01"}).counts("days_to_close")[1] == 1
    before = [{"raised_on": "2025-10-31"}, {"raised_on": "2026-10-31"}]
    assert of(*before).counts("days_to_close")[1] == 1


def test_cancelled_actions_are_left_out():
    assert of(raised(60, 10), raised(60, status="cancelled")).counts("days_to_close")[1] == 1


def test_an_action_closed_without_a_date_has_no_days_to_count():
    assert of(raised(60, 10), raised(60, status="closed")).counts("days_to_close")[1] == 1


def test_an_action_cancelled_in_november_belongs_to_octobers_cohort():
    row = {"ref": "A1", "raised_on": "2026-10-01"}
    got = of(
        {**row, "snapshot": "2026-10", "status": "open"},
        {**row, "snapshot": "2026-11", "status": "cancelled"},
    )

    assert got.counts("days_to_close")[1] == 1


def test_an_action_in_two_months_files_counts_once():
    row = raised(60, 10, ref="A1")
    got = of({**row, "snapshot": "2026-09"}, {**row, "snapshot": "2026-10"})

    assert got.counts("days_to_close")[:2] == (1, 1)


def test_each_month_is_as_at_its_own_end():
    # Raised 10 August, done 10 October: open for 22 and 52 days, then closed after 61.
    got = of({"raised_on": "2026-08-10", "completed_on": "2026-10-10"}, {"raised_on": "2026-10-31"})
    months = ("2026-08", "2026-09", "2026-10")

    assert [got.counts("days_to_close", month=month)[:2] for month in months] == [
        (0, 1), (0, 1), (1, 2)
    ]  # fmt: skip


def test_the_median_of_all_is_of_all_actions_and_not_of_the_services_medians():
    # Oak: 10, 10, 10. Elm: 50. All: 10, 10, 10, 50.
    got = of(*[raised(60, 10, service="Oak")] * 3, raised(60, 50, service="Elm"))
    values = [got.row("days_to_close", name).value for name in ("Oak", "Elm", "All")]

    assert values == [10, 50, 10]


def test_no_action_raised_in_twelve_months_is_blank_with_the_reason():
    one = of({"raised_on": "2024-10-01", "completed_on": "2024-10-05"}, {"due_on": "2026-10-05"})

    assert one.row("days_to_close").why_blank == "no actions raised in that time"


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("days_to_close").why_blank == "no action log supplied"


def test_the_interval_of_the_median_stands_beside_it():
    # 5, 10 … 40 days: the median is 20; the log-log limits reach a half on days 5 and 35.
    got = of(*[raised(60, days) for days in range(5, 45, 5)])
    one = got.row("days_to_close")

    assert (one.value, one.low, one.high) == (20, 5, 35)
    limits = [got.row(f"days_to_close.{name}").value for name in ("lower_95", "upper_95")]
    assert limits == [5, 35]


def test_the_share_closed_within_30_days_is_of_those_that_began_so_long_ago():
    # 60 days ago: one closed after 30 days, one after 31, one open; 29 days ago: not yet due.
    got = of(raised(60, 30), raised(60, 31), raised(60), raised(29, 2), raised(29))

    assert got.counts("days_to_close.within_30") == (1, 3, 0, 2)
    assert got.counts("days_to_close.within_60") == (2, 3, 0, 2)
    assert got.counts("days_to_close.within_90") == (0, 0, 0, 5)


def test_the_thirtieth_day_has_run_out_by_the_month_end_that_lies_30_days_after():
    assert of(raised(30)).counts("days_to_close.within_30")[:2] == (0, 1)
    assert of(raised(29)).counts("days_to_close.within_30")[:2] == (0, 0)


def test_without_the_day_it_was_raised_it_counts_from_the_report_of_its_incident():
    got = measured(
        "2026-10",
        incidents=[{"ref": "I1", "occurred_at": "2026-08-01 10:00", "reported_at": "2026-08-03"}],
        actions=[{"incident_ref": "I1", "completed_on": "2026-08-13"}],
    )

    assert got.row("days_to_close", month="2026-08").value == 10


def test_how_far_it_looks_back_is_a_setting():
    schemas = with_standards(days_to_close_months=3)
    got = measured(
        "2026-10", schemas=schemas, incidents=SINCE_AUGUST,
        actions=[{"raised_on": "2026-07-31"}, {"raised_on": "2026-08-01"}],
    )  # fmt: skip

    assert got.counts("days_to_close")[1] == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 360), st.none() | st.integers(0, 400)), min_size=1, max_size=25
    )
)
def test_it_is_the_median_of_scipys_kaplan_meier_curve(ages):
    """Each action: its age at the as-at, and the days it took (open if longer than its age)."""
    closed = [took for age, took in ages if took is not None and took < age]
    still_open = [age for age, took in ages if took is None or took >= age]
    curve = ecdf(CensoredData(uncensored=closed, right=still_open)).sf
    reached = curve.quantiles[curve.probabilities <= 0.5 + 1e-9]
    expected = float(reached[0]) if len(reached) else None

    assert median(*[raised(age, took) for age, took in ages]) == expected


def test_scipy_agrees_on_the_example():
    curve = ecdf(CensoredData(uncensored=[10, 20, 40], right=[60, 60])).sf

    assert curve.evaluate([9, 10, 20, 40]) == pytest.approx(np.array([1, 0.8, 0.6, 0.4]))
