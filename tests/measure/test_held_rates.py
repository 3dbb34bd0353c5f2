"""Did it hold: per 1,000 where there is activity, and the whole tally of verified changes.

The change is completed on 1 April 2026: 182 days before it are 1 October to 31 March, 182 days
since 2 April to 30 September.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from learnpipe.ground.frames import counted_in_order
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.terms import VERDICTS
from learnpipe.measure.held import did_it_hold
from tests.builders import Row, judged

CHANGE = {"theme": "Falls", "completed_on": "2026-04-01", "raised_on": "2026-03-01",
          "verify_by": "sampling", "verified_on": "2026-05-10"}  # fmt: skip
KEPT = [{"theme": "Laundry", "occurred_at": f"{day} 10:00"} for day in ("2025-09-01", "2026-10-31")]
FALLS = [{"theme": "Falls", "occurred_at": f"2026-0{month}-15 10:00"} for month in (1, 2, 3, 7)]
MONTHS = pd.period_range("2025-09", "2026-10", freq="M")


def activity(**other: float | None) -> list[Row]:
    """31 bed-days on each day of a month: 31 × its days; other months as given."""
    usual = {month: 31.0 * month.days_in_month for month in MONTHS}
    return [
        {"month": f"{month}-01", "bed_days": other.get(f"m{month.month}", usual[month])}
        for month in MONTHS
    ]


def held(*actions: Row, bed_days: list[Row] | None = None) -> pd.DataFrame:
    one = judged(incidents=[*KEPT, *FALLS], actions=list(actions), activity=bed_days or activity())
    frames = one.frames
    return did_it_hold(
        frames["actions"], frames["cases"], one.span, load_schemas(), frames["activity"]
    )


def test_per_thousand_bed_days_before_and_since():
    # 182 days × 31 = 5,642 bed-days on either side: 3 ÷ 5.642 = 0.532 and 1 ÷ 5.642 = 0.177.
    row = held(CHANGE).iloc[0]

    assert (row["before"], row["after"], row["basis"]) == (3, 1, "bed_days")
    assert row["before_per_1000"] == pytest.approx(3 / 5.642)
    assert row["after_per_1000"] == pytest.approx(1 / 5.642)


def test_a_month_that_lies_partly_in_the_days_counts_by_its_days():
    # Completed on 16 April: 16 October to 15 April. October has 3,100 bed-days, 16 of its 31 days
    # count: 1,600; the rest, 1 November to 15 April, has 166 days × 31 = 5,146.
    row = held({**CHANGE, "completed_on": "2026-04-16"}, bed_days=activity(m10=3100.0)).iloc[0]

    assert row["before_per_1000"] == pytest.approx(3 / 6.746)


def test_where_a_month_of_activity_is_missing_there_is_no_rate():
    row = held(CHANGE, bed_days=activity(m2=None)).iloc[0]

    assert np.isnan(row["before_per_1000"])
    assert row["after_per_1000"] == pytest.approx(1 / 5.642)


def test_a_change_without_theme_and_category_is_in_the_tally_as_no_theme():
    table = held(CHANGE, {**CHANGE, "theme": None})

    assert counted_in_order(table["verdict"], VERDICTS) == {"too few to tell": 1, "no theme": 1}
    (nameless,) = table[table["verdict"] == "no theme"].to_dict("records")
    assert np.isnan(nameless["ratio"])
    assert nameless["at_first"] == "no theme"


def test_the_tally_counts_every_verified_change():
    table = held(*[{**CHANGE, "completed_on": f"2026-0{month}-01"} for month in (1, 3, 4)],
                 {**CHANGE, "completed_on": "2026-09-20", "verified_on": "2026-10-01"})  # fmt: skip

    assert sum(counted_in_order(table["verdict"], VERDICTS).values()) == len(table) == 4
