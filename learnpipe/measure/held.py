"""Did it hold? For each verified change: signals of its theme before it and since, as counts.

Changes are usually made after a cluster, so they look better than they are: the sheet says so.
"""

from __future__ import annotations

from functools import cache
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.schemas import Schemas

VERDICTS = ("held", "no clear change", "worse", "came back", "too few to tell", "too early")


def did_it_hold(
    actions: pd.DataFrame, cases: pd.DataFrame, month: int, schemas: Schemas
) -> pd.DataFrame:
    """One row a verified change, in the order of completion.

    Signals of the change's theme at its service in the weeks before its completion and since, up
    to the as-at: `before`, `before_days`, `after`, `after_days`, `ratio`, `low`, `high` (95 %
    conditional exact interval of the rate ratio), `verdict`, `at_first` (the verdict at 8 weeks).
    """
    as_at = month_end(month).astype("datetime64[D]")
    number = schemas.number
    rows = actions[(actions["valid_from"] <= month) & (month < actions["valid_to"])]
    verified = rows["verify_by"].isin(["re-audit", "sampling", "observation"])
    rows = rows[
        verified
        & rows["theme"].notna()
        & (rows["verified_on"] < pd.Timestamp(as_at))
        & (rows["completed_on"] < pd.Timestamp(as_at))
    ].sort_values(["completed_on", "source", "row"], kind="stable")
    days_of = _days_by_theme(cases)
    out = []
    before_days = round(number("held_weeks_before") * 7)
    longest, first_look = (
        round(number(name) * 7) for name in ("held_weeks_after", "held_first_weeks")
    )
    for row in rows.itertuples():
        done = np.datetime64(row.completed_on, "D")
        theme = _plain(row.theme)
        days = days_of.get((row.service, theme), np.array([], dtype="datetime64[D]"))
        after_days = min(longest, int((as_at - done).astype(int)) - 1)
        before = int(((days >= done - before_days) & (days < done)).sum())
        since = (days > done) & (days < as_at)
        after = int((since & (days <= done + after_days)).sum())
        early = int((since & (days <= done + first_look)).sum())
        verdict, ratio, low, high = _verdict(before, before_days, after, after_days, first_look)
        at_first = _verdict(before, before_days, early, first_look, first_look)[0]
        if at_first == "held" and verdict not in ("held", "too early") and after_days > first_look:
            verdict = "came back"
        out.append(
            {
                "source": row.source, "row": row.row, "service": row.service, "theme": row.theme,
                "action": row.action, "completed_on": row.completed_on,
                "verified_on": row.verified_on, "verify_by": row.verify_by, "before": before,
                "before_days": before_days, "after": after, "after_days": after_days,
                "ratio": ratio, "low": low, "high": high, "at_first": at_first,
                "verdict": verdict,
            }
        )  # fmt: skip
    return pd.DataFrame(out, columns=_COLUMNS)


_COLUMNS = [
    "source", "row", "service", "theme", "action", "completed_on", "verified_on", "verify_by",
    "before", "before_days", "after", "after_days", "ratio", "low", "high", "at_first", "verdict",
]  # fmt: skip


def _plain(theme: Any) -> str:
    return " ".join(str(theme).casefold().split())


def _days_by_theme(cases: pd.DataFrame) -> dict[tuple[str, str], np.ndarray[Any, Any]]:
    known = cases[cases["day"].notna() & cases["theme_or_category"].notna()]
    return {
        (str(service), str(theme)): own.to_numpy().astype("datetime64[D]")
        for (service, theme), own in known.groupby(["service", "theme_or_category"])["day"]
    }


def _verdict(
    before: int, before_days: int, after: int, after_days: int, first_look: int
) -> tuple[str, float | None, float | None, float | None]:
    if after_days < first_look:
        return "too early", None, None, None
    total = before + after
    if not _could_tell(total, before_days, after_days):
        return "too few to tell", None, None, None
    ratio, low, high = rate_ratio(before, before_days, after, after_days)
    verdict = "held" if high < 1 else "worse" if low > 1 else "no clear change"
    return verdict, ratio, low, high


def _could_tell(total: int, before_days: int, after_days: int) -> bool:
    """Whether any split of the total could give an interval that leaves out 1."""
    if total == 0:
        return False
    return (
        rate_ratio(total, before_days, 0, after_days)[2] < 1
        or rate_ratio(0, before_days, total, after_days)[1] > 1
    )


@cache
def rate_ratio(
    before: int, before_exposure: float, after: int, after_exposure: float
) -> tuple[float, float, float]:
    """The rate since over the rate before, with its 95 % conditional exact interval.

    Given the total, the count since is binomial with p = r·e₂ / (r·e₂ + e₁); Clopper–Pearson
    limits of p give those of r. Source: Przyborowski and Wilenski (1940), Biometrika 31, 313.

    >>> ratio, low, high = rate_ratio(10, 100, 0, 100)
    >>> ratio, low, round(high, 3)  # 1 − 0.025^(1/10) = 0.3085; 0.3085 / 0.6915 = 0.446
    (0.0, 0.0, 0.446)
    """
    total = before + after
    low = 0.0 if after == 0 else _solve(total, after, upper=False)
    high = 1.0 if before == 0 else _solve(total, after, upper=True)
    scale = before_exposure / after_exposure

    def odds(p: float) -> float:
        return float("inf") if p >= 1 else p / (1 - p) * scale

    ratio = float("inf") if before == 0 else after / before * scale
    return ratio, odds(low), odds(high)


def _solve(total: int, count: int, upper: bool) -> float:
    """The Clopper–Pearson limit: p at which the tail beyond the count is 2.5 %."""
    low, high = 0.0, 1.0
    for _ in range(60):
        p = (low + high) / 2
        if upper:
            tail = sum(comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(count + 1))
            low, high = (p, high) if tail > 0.025 else (low, p)
        else:
            below = sum(comb(total, k) * p**k * (1 - p) ** (total - k) for k in range(count))
            low, high = (p, high) if 1 - below < 0.025 else (low, p)
    return (low + high) / 2
