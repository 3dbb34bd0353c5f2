"""Wilson's interval of a share, against a value by hand and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from learnpipe.measure.intervals import wilson
from tests.builders import measured


def limits(met: int, due: int) -> tuple[float, float]:
    low, high = wilson(np.array([float(met)]), np.array([float(due)]))
    return float(low[0]), float(high[0])


def test_none_of_ten_by_hand():
    # 0 of 10: from 0 to z² ÷ (n + z²) = 3.8415 ÷ 13.8415 = 0.2775.
    assert limits(0, 10) == (0, pytest.approx(0.2775, abs=1e-4))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_it_is_scipys(counts):
    met, due = counts
    interval = binomtest(met, due).proportion_ci(0.95, method="wilson")

    assert limits(met, due) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_nothing_due_has_no_interval():
    assert np.isnan(limits(0, 0)).all()


def test_a_measured_share_carries_its_interval():
    rows = [{"occurred_at": "2026-10-03 10:00", "triaged_at": f"2026-10-03 {hour}:00"}
            for hour in ("11", "12")]  # fmt: skip
    one = measured(incidents=[*rows, {"occurred_at": "2026-10-03 10:00"}]).row("triaged_in_time")
    interval = binomtest(2, 3).proportion_ci(0.95, method="wilson")

    assert (one.low, one.high) == pytest.approx((interval.low, interval.high))


def test_where_lower_is_better_the_unknown_are_left_out_of_the_interval_too():
    words = ("severe", "low", None)
    rows = [{"occurred_at": "2026-10-03 10:00", "severity": word} for word in words]
    one = measured(incidents=rows).row("harm_rate")
    interval = binomtest(1, 2).proportion_ci(0.95, method="wilson")

    assert (one.low, one.high) == pytest.approx((interval.low, interval.high))


@pytest.mark.parametrize("due", range(1, 60))
def test_none_and_all_end_at_nought_and_one_exactly(due):
    # Rounded down, as the pages do, 0.9999999 would be printed as 99% beside a share of 100%.
    assert limits(0, due)[0] == 0
    assert limits(due, due)[1] == 1
