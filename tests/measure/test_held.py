"""Did it hold? The exact interval against scipy, and each verdict on counts worked by hand.

The change is completed on 1 April 2026. The 182 days before it are 1 October to 31 March, the 182
days since 2 April to 30 September: equal exposures, where 6 signals are the fewest that can tell
(all on one side: 1 − 0.025^(1/6) = 0.459 < 0.5; of 5 it is 0.522).
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binomtest

from learnpipe.ground.schemas import load_schemas
from learnpipe.measure.held import did_it_hold, rate_ratio
from tests.builders import Row, judged

DONE = dt.date(2026, 4, 1)
CHANGE = {"service": "Oak", "theme": "Falls", "raised_on": "2026-03-01", "completed_on": str(DONE),
          "verify_by": "sampling", "verified_on": "2026-05-10"}  # fmt: skip
# Another theme shows that the log was kept from September 2025 to the as-at.
KEPT = [
    {"service": "Oak", "theme": "Laundry", "occurred_at": "2025-09-01 10:00"},
    {"service": "Oak", "theme": "Laundry", "occurred_at": "2026-10-31 10:00"},
]


def days_after(*offsets: int, **facts: str) -> list[Row]:
    """A signal of the theme so many days after the change was completed (before: negative)."""
    told = {"service": "Oak", "theme": "Falls", **facts}
    return [{"occurred_at": f"{DONE + dt.timedelta(days=n)} 10:00", **told} for n in offsets]


def held(*signals: Row, change: dict[str, Any] | None = None, month: str = "2026-10") -> pd.Series:
    """The one row of a verified change, among these signals."""
    table = table_of(*signals, change=change, month=month)
    assert len(table) == 1
    return table.iloc[0]


def table_of(
    *signals: Row, change: dict[str, Any] | None = None, month: str = "2026-10"
) -> pd.DataFrame:
    one = judged(month, incidents=[*KEPT, *signals], actions=[{**CHANGE, **(change or {})}])
    return did_it_hold(one.frames["actions"], one.frames["cases"], one.span, load_schemas())


# The rate ratio and its interval


def test_the_ratio_of_two_rates_with_unequal_exposures():
    # 10 in 100 days before, 2 in 40 since: 0.05 ÷ 0.1.
    assert rate_ratio(10, 100, 2, 40)[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("before", "before_days", "after", "after_days"),
    [
        (10, 182, 2, 182), (10, 182, 2, 60), (1, 182, 1, 182), (3, 182, 17, 90), (40, 182, 41, 182),
        (900, 182, 1100, 182),
    ],
)  # fmt: skip
def test_the_interval_is_scipys_clopper_pearson_of_the_split(
    before, before_days, after, after_days
):
    exact = binomtest(after, before + after).proportion_ci(0.95, method="exact")
    scale = before_days / after_days
    _, low, high = rate_ratio(before, before_days, after, after_days)

    assert low == pytest.approx(exact.low / (1 - exact.low) * scale)
    assert high == pytest.approx(exact.high / (1 - exact.high) * scale)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(56, 182))
def test_the_limits_are_quantiles_of_the_beta_distribution(before, after, after_days):
    if before + after == 0:
        return
    _, low, high = rate_ratio(before, 182, after, after_days)
    lower = beta.ppf(0.025, after, before + 1) if after else 0.0
    upper = beta.ppf(0.975, after + 1, before) if before else 1.0

    assert low == pytest.approx(lower / (1 - lower) * 182 / after_days)
    if before:
        assert high == pytest.approx(upper / (1 - upper) * 182 / after_days)
    else:
        assert math.isinf(high)


def test_the_ratio_turned_round_has_the_interval_turned_round():
    _, low, high = rate_ratio(12, 182, 5, 91)
    _, low_back, high_back = rate_ratio(5, 91, 12, 182)

    assert (low_back, high_back) == pytest.approx((1 / high, 1 / low))


# The verdicts


def test_six_before_and_none_since_held():
    row = held(*days_after(-10, -20, -30, -40, -50, -60))

    assert (row["before"], row["after"], row["verdict"]) == (6, 0, "held")
    assert (row["before_days"], row["after_days"]) == (182, 182)
    assert row["high"] == pytest.approx(0.4593 / 0.5407, abs=1e-3)


def test_none_before_and_six_since_is_worse():
    assert held(*days_after(100, 110, 120, 130, 140, 150))["verdict"] == "worse"


def test_three_before_and_three_since_is_no_clear_change():
    row = held(*days_after(-10, -20, -30, 100, 110, 120))

    assert (row["ratio"], row["verdict"]) == (1, "no clear change")


def test_five_in_all_are_too_few_to_tell_even_if_none_came_since():
    row = held(*days_after(-10, -20, -30, -40, -50))

    assert (row["before"], row["after"], row["verdict"]) == (5, 0, "too few to tell")
    assert pd.isna(row["ratio"])


def test_no_signal_at_all_is_too_few_to_tell():
    assert held()["verdict"] == "too few to tell"


def test_it_held_at_8_weeks_and_came_back():
    # At 8 weeks 14 in 182 days and 0 in 56: (1 − 0.025^(1/14)) = 0.232, odds 0.302 × 182/56 = 0.98.
    # After 26 weeks 14 and 14.
    row = held(*days_after(*range(-140, 0, 10)), *days_after(*range(57, 127, 5)))

    assert (row["before"], row["after"]) == (14, 14)
    assert (row["at_first"], row["verdict"]) == ("held", "came back")


def test_what_held_at_8_weeks_and_still_does_is_held():
    row = held(*days_after(*range(-140, 0, 10)))

    assert (row["at_first"], row["verdict"]) == ("held", "held")


def test_before_8_weeks_it_is_too_early():
    # As at 1 November: 5 September + 56 days = 31 October, the last day there is.
    signals = days_after(*range(-20, 0))
    early = {"completed_on": "2026-09-06", "verified_on": "2026-10-20"}
    just = {"completed_on": "2026-09-05", "verified_on": "2026-10-20"}

    assert held(*signals, change=early)["verdict"] == "too early"
    assert held(*signals, change=just)["after_days"] == 56
    assert held(*signals, change=just)["verdict"] != "too early"


# What counts


def test_the_days_before_and_since_are_counted_to_the_day():
    # Day −182 and day 182 are in; −183 and 183 are not; the day of completion is on neither side.
    row = held(*days_after(-183, -182, -1, 0, 1, 182, 183))

    assert (row["before"], row["after"]) == (2, 2)


def test_other_themes_and_other_services_do_not_count():
    other = [*days_after(-5, theme="Laundry"), *days_after(-5, service="Elm")]
    row = held(*days_after(-5), *other)

    assert row["before"] == 1


def test_a_theme_counts_however_it_is_spelt():
    assert held(*days_after(-5, theme=" FALLS"))["before"] == 1


def test_a_change_without_a_theme_goes_by_the_category_of_its_incident():
    incident = {"ref": "I1", "service": "Oak", "category": "falls",
                "occurred_at": "2026-03-01 10:00"}  # fmt: skip
    row = held(incident, change={"theme": None, "incident_ref": "I1"})

    assert (row["theme"], row["before"]) == ("falls", 1)


def test_signals_after_the_as_at_do_not_count():
    # As at 1 July: 2 April to 30 June is 90 days.
    row = held(*days_after(10, 89, 90, 91, 100), month="2026-06")

    assert (row["after"], row["after_days"]) == (3, 90)


def test_days_before_the_log_began_do_not_count_as_days_without_signals():
    # The log begins in January: 90 days before 1 April.
    one = judged(
        "2026-10",
        incidents=[KEPT[1], *days_after(-90)],
        actions=[CHANGE],
    )
    row = did_it_hold(
        one.frames["actions"], one.frames["cases"], one.span, load_schemas()
    ).iloc[0]  # fmt: skip

    assert (row["before"], row["before_days"]) == (1, 90)


# Which changes


@pytest.mark.parametrize("method", ["re-audit", "sampling", "observation"])
def test_every_verified_change_is_listed(method):
    assert len(table_of(change={"verify_by": method})) == 1


@pytest.mark.parametrize(
    "not_verified",
    [
        {"verify_by": "other"},
        {"verify_by": None},
        {"verified_on": None},
        {"verified_on": "2026-11-01"},  # after the as-at
        {"verified_on": "2026-03-31"},  # before it was completed
        {"completed_on": None},
        {"status": "cancelled"},
    ],
)
def test_a_change_that_is_not_verified_is_not_listed(not_verified):
    assert table_of(change=not_verified).empty


def test_changes_stand_in_the_order_of_their_completion():
    later = {**CHANGE, "completed_on": "2026-04-20", "theme": "Laundry"}
    one = judged("2026-10", incidents=KEPT, actions=[later, CHANGE])
    table = did_it_hold(one.frames["actions"], one.frames["cases"], one.span, load_schemas())

    assert table["theme"].tolist() == ["Falls", "Laundry"]
