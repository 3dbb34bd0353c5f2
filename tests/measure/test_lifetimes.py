"""Kaplan–Meier on histograms of whole days, against a table by hand and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from learnpipe.measure.lifetimes import median_days, median_limits, survival

DAYS = st.lists(st.integers(0, 40), max_size=30)


def histogram(days: list[int]) -> np.ndarray:
    return np.bincount(np.array(days, dtype=np.int64), minlength=61)


def test_the_curve_by_hand():
    # 6 actions: closed on days 2, 4, 4; still open after 3, 5 and 5 days.
    # Day 2: 6 at risk, 1 closes: 5/6. Day 4: 4 at risk (one left on day 3), 2 close: 5/6 × 2/4.
    curve = survival(histogram([2, 4, 4]), histogram([3, 5, 5]))

    assert curve[[1, 2, 3, 4, 60]] == pytest.approx([1, 5 / 6, 5 / 6, 5 / 12, 5 / 12])


def test_an_action_still_open_on_the_day_another_closes_is_at_risk_that_day():
    # Both stand at day 5: 2 at risk, 1 closes.
    assert survival(histogram([5]), histogram([5]))[5] == 0.5


def test_the_median_is_the_first_day_on_which_half_or_fewer_are_open():
    assert median_days(histogram([3, 9]), histogram([])) == 3  # exactly half
    assert median_days(histogram([3, 9, 12]), histogram([])) == 9


def test_no_median_where_more_than_half_are_still_open():
    assert np.isnan(median_days(histogram([3]), histogram([20, 20])))


def test_no_actions_have_no_median():
    assert np.isnan(median_days(histogram([]), histogram([])))


def test_all_closed_on_day_0():
    assert median_days(histogram([0, 0]), histogram([])) == 0


def test_many_histograms_at_once_are_as_one_by_one():
    closed = np.stack([histogram([1, 2]), histogram([]), histogram([7, 8, 9])])
    still_open = np.stack([histogram([5]), histogram([5]), histogram([])])

    assert median_days(closed, still_open).tolist() == pytest.approx([2, np.nan, 8], nan_ok=True)


@given(DAYS, DAYS)
def test_the_curve_is_scipys(closed, still_open):
    if not closed and not still_open:
        return
    curve = ecdf(CensoredData(uncensored=closed, right=still_open)).sf

    assert survival(histogram(closed), histogram(still_open)) == pytest.approx(
        curve.evaluate(np.arange(61))
    )


@given(DAYS, DAYS)
def test_the_curve_never_rises(closed, still_open):
    curve = survival(histogram(closed), histogram(still_open))

    assert (np.diff(curve) <= 0).all()
    assert 0 <= curve[-1] <= curve[0] <= 1


# The interval of the median


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(DAYS, DAYS)
def test_the_limits_are_where_scipys_log_log_curves_reach_a_half(closed, still_open):
    if not closed:
        return
    curve = ecdf(CensoredData(uncensored=closed, right=still_open)).sf
    interval = curve.confidence_interval(0.95, method="log-log")
    expected = []
    for limit in (interval.low, interval.high):
        below = limit.probabilities <= 0.5 + 1e-9
        expected.append(float(limit.quantiles[below][0]) if below.any() else np.nan)
    found = median_limits(histogram(closed), histogram(still_open))

    assert [float(one) for one in found] == pytest.approx(expected, nan_ok=True)


def test_one_closed_action_tells_no_limits():
    low, high = median_limits(histogram([10]), histogram([]))

    assert np.isnan(low)
    assert np.isnan(high)
