"""Did it hold? For each verified change: signals of its theme before it and since, as counts.

Changes are usually made after a cluster, so they look better than they are: the sheet says so.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end, months_of
from learnpipe.ground.measurements import Span
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import VERIFYING, same_words

Array = np.ndarray[Any, Any]
_TAIL = 0.025
_HALVINGS = 46
"""Enough for limits to 1e-13, the last digit that a page could ever show."""
_KNOWN: dict[tuple[int, int], tuple[float, float]] = {}


def did_it_hold(
    actions: pd.DataFrame,
    cases: pd.DataFrame,
    span: Span,
    schemas: Schemas,
    activity: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a verified change, in the order of completion, as at the end of the span.

    Signals of the change's theme (else category) at its service in the weeks before its completion
    and since, up to the as-at: `before`, `before_days`, `after`, `after_days`, `ratio`, `low`,
    `high` (95 % conditional exact interval of the rate ratio, by days), `verdict`, `at_first` (the
    verdict at 8 weeks); `before_per_1000`, `after_per_1000` of the service's `basis` (such as
    bed_days) where the ``activity`` of all those months is known. A change without theme and
    category has nothing to be counted by: its verdict is "no theme".
    Days that the incident log does not cover count on neither side: what was not logged then is
    no sign that nothing happened.
    """
    month = span.last
    as_at = month_end(month).astype("datetime64[D]")
    number = schemas.number
    rows = actions[(actions["valid_from"] <= month) & (month < actions["valid_to"])]
    rows = rows.assign(theme=rows["theme"].where(rows["theme"].notna(), rows["category"]))
    verified = rows["verify_by"].isin(VERIFYING)
    rows = rows[
        verified
        & (rows["status"] != "cancelled")
        & (rows["verified_on"].dt.normalize() >= rows["completed_on"].dt.normalize())
        & (rows["verified_on"] < pd.Timestamp(as_at))
        & (rows["completed_on"] < pd.Timestamp(as_at))
    ].sort_values(["completed_on", "source", "row"], kind="stable")
    longest_before, longest, first_look = (
        round(number(f"held_{name}") * 7) for name in ("weeks_before", "weeks_after", "first_weeks")
    )
    done = rows["completed_on"].to_numpy().astype("datetime64[D]")
    covered_from, covered_to = _covered(rows, span)
    before_days = np.clip((done - covered_from).astype(np.int64), 0, longest_before)
    after_days = np.minimum(longest, (np.minimum(as_at, covered_to) - done).astype(np.int64) - 1)
    before, after, early = _counts(rows, cases, done, before_days, after_days, first_look)
    ratio, low, high = rate_ratios(before, before_days, after, after_days)
    verdict = verdicts(before, before_days, after, after_days, low, high)
    first_days = np.full(len(rows), first_look)
    _, first_low, first_high = rate_ratios(before, before_days, early, first_days)
    at_first = verdicts(before, before_days, early, first_days, first_low, first_high)
    came_back = (at_first == "held") & (verdict != "held") & (after_days > first_look)
    verdict = np.where(came_back, "came back", verdict)
    verdict = np.where(rows["theme"].isna(), "no theme", verdict)
    early_days = (after_days < first_look) & (after_days >= 0) & rows["theme"].notna().to_numpy()
    unclear = early_days | np.isin(verdict, ("too few to tell", "no theme"))
    at_first = np.where(rows["theme"].isna(), "no theme", at_first)
    rates = _rates(rows, activity, span, done, (before, before_days), (after, after_days))
    table = rows[["source", "row", "service", "theme", "action", "completed_on", "verified_on",
                  "verify_by"]].reset_index(drop=True)  # fmt: skip
    held: pd.DataFrame = table.assign(
        before=before,
        before_days=before_days,
        after=after,
        after_days=np.maximum(after_days, 0),
        ratio=np.where(unclear, np.nan, ratio),
        low=np.where(unclear, np.nan, low),
        high=np.where(unclear, np.nan, high),
        at_first=np.where(early_days, "too early", at_first),
        verdict=np.where(early_days, "too early", verdict),
        **rates,
    )
    return held


def _rates(
    rows: pd.DataFrame,
    activity: pd.DataFrame | None,
    span: Span,
    done: Array,
    before: tuple[Array, Array],
    after: tuple[Array, Array],
) -> dict[str, Array]:
    """Signals for each 1,000 of the service's activity, before the change and since.

    A month's activity is spread evenly over its days; where a month is missing there is no rate.
    """
    if activity is None or activity.empty:
        nothing = np.full(len(rows), np.nan)
        return {"before_per_1000": nothing, "after_per_1000": nothing,
                "basis": np.full(len(rows), None)}  # fmt: skip
    known = activity[activity["exposure"].fillna(0) > 0]
    exposure = span.count(known["at"], known["month"], weights=known["exposure"])
    at = rows["at"].to_numpy()
    day = np.timedelta64(1, "D")

    def rate(counted: Array, start: Array, days: Array) -> Array:
        stop = start + np.maximum(days, 0) * day
        amount, missing = (
            _up_to(table, span, at, stop) - _up_to(table, span, at, start)
            for table in (exposure, (exposure <= 0).astype(float))
        )
        there = (days > 0) & (missing < 1e-9) & (amount > 0)
        return np.where(there, counted * 1000 / np.where(there, amount, 1), np.nan)

    basis = known.drop_duplicates("service").set_index("service")["basis"]
    return {
        "before_per_1000": rate(before[0], done - before[1] * day, before[1]),
        "after_per_1000": rate(after[0], done + day, after[1]),
        "basis": rows["service"].map(basis).to_numpy(object),
    }


def _up_to(table: Array, span: Span, at: Array, until: Array) -> Array:
    """What a table of services × months adds up to from its start to the start of each day."""
    months = months_of(until)
    column = np.clip(months - span.first, 0, table.shape[1])
    total = np.pad(np.cumsum(table, axis=1), ((0, 0), (1, 0)))
    month = until.astype("datetime64[M]")
    length = ((month + np.timedelta64(1, "M")).astype("datetime64[D]") - month).astype(np.int64)
    part = (until - month).astype(np.int64) / length
    own: Array = np.pad(table, ((0, 0), (0, 1)))[at, column]
    found: Array = total[at, column] + own * part
    return found


def _covered(rows: pd.DataFrame, span: Span) -> tuple[Array, Array]:
    """The first day that the incident log covers for each row, and the one after its last."""
    covered = span.covered["incidents"]
    any_month = covered.any(axis=1)
    first = np.where(any_month, span.first + covered.argmax(axis=1), span.last + 1)
    last = np.where(any_month, span.last - covered[:, ::-1].argmax(axis=1), span.first - 1)
    at = rows["at"].to_numpy()
    months = np.stack([first[at], last[at] + 1]) - 1970 * 12
    days = months.astype("datetime64[M]").astype("datetime64[D]")
    return days[0], days[1]


def _counts(
    rows: pd.DataFrame,
    cases: pd.DataFrame,
    done: Array,
    before_days: Array,
    after_days: Array,
    first_look: int,
) -> tuple[Array, Array, Array]:
    """Signals of each change's theme at its service before it, since it, and in the first weeks."""
    known = cases[cases["day"].notna() & cases["theme_or_category"].notna()]
    plain = {raw: same_words(str(raw)) for raw in rows["theme"].unique()}
    wanted = rows["service"].astype(str) + "\x1f" + rows["theme"].map(plain).astype(str)
    stands = known["service"].astype(str) + "\x1f" + known["theme_or_category"].astype(str)
    codes, _names = pd.factorize(pd.concat([stands, wanted]))
    span = 1 << 22  # more days than any calendar has
    day = known["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    line = np.sort(codes[: len(known)] * span + day)
    start = codes[len(known) :] * span + done.astype(np.int64)

    def between(first: Array, last: Array) -> Array:
        return np.searchsorted(line, last, "right") - np.searchsorted(line, first, "left")

    return (
        between(start - before_days, start - 1),
        between(start + 1, start + np.maximum(after_days, 0)),
        between(start + 1, start + np.clip(after_days, 0, first_look)),
    )


def verdicts(
    before: Array, before_days: Array, after: Array, after_days: Array, low: Array, high: Array
) -> Array:
    """held, worse, too few to tell or no clear change, by the interval of the rate ratio.

    Too few: even if all signals had come before, or all since, the interval would hold 1. With all
    n on one side Clopper and Pearson's limit of the share is 0.025^(1/n), so no search is needed.
    """
    total = before + after
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.divide(before_days, after_days)
        all_but = _TAIL ** (1 / total)  # 0 where there is no signal at all
        could_hold = (1 - all_but) / all_but * scale < 1
        could_worsen = all_but / (1 - all_but) * scale > 1
    few = ~(could_hold | could_worsen) | (total == 0) | (before_days <= 0) | (after_days <= 0)
    return np.select(
        [few, high < 1, low > 1], ["too few to tell", "held", "worse"], "no clear change"
    ).astype(object)


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
    found = rate_ratios(np.array([before]), before_exposure, np.array([after]), after_exposure)
    return float(found[0][0]), float(found[1][0]), float(found[2][0])


def rate_ratios(
    before: Array, before_exposure: Array | float, after: Array, after_exposure: Array | float
) -> tuple[Array, Array, Array]:
    """`rate_ratio` of many pairs of counts at once; nan where there is no exposure or no signal."""
    pairs, which = np.unique(np.stack([before, after]), axis=1, return_inverse=True)
    low, high = _limits(pairs[1], pairs.sum(axis=0))
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.divide(before_exposure, after_exposure)
        odds_low, odds_high = (p[which.ravel()] / (1 - p[which.ravel()]) for p in (low, high))
        return after / before * scale, odds_low * scale, odds_high * scale


def _limits(count: Array, total: Array) -> tuple[Array, Array]:
    """The limits of `_clopper_pearson`; those of the same counts are sought once."""
    pairs = list(zip(count.tolist(), total.tolist(), strict=True))
    if new := [pair for pair in pairs if pair not in _KNOWN]:
        low, high = _clopper_pearson(*np.array(new).T)
        _KNOWN.update(zip(new, zip(low.tolist(), high.tolist(), strict=True), strict=True))
    known = np.array([_KNOWN[pair] for pair in pairs]).reshape(-1, 2)
    return known[:, 0], known[:, 1]


def _clopper_pearson(count: Array, total: Array) -> tuple[Array, Array]:
    """The 95 % limits of a binomial p, by halving the interval in which each must lie.

    Source: Clopper and Pearson (1934), Biometrika 26, 404: each tail holds 2.5 %.
    """
    k = np.arange(int(total.max(initial=0)) + 1)
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, len(k) + 1)))])
    rest = total[:, None] - k
    ways = np.where(
        rest >= 0,
        factorial[total][:, None] - factorial[k] - factorial[np.maximum(rest, 0)],
        -np.inf,
    )

    def limit(included: Array, upper: bool) -> Array:
        bottom, top = np.zeros(len(total)), np.ones(len(total))
        terms = np.where(included, ways, -np.inf)
        for _ in range(_HALVINGS):
            p = (bottom + top) / 2
            logs = terms + k * np.log(p)[:, None] + np.maximum(rest, 0) * np.log1p(-p)[:, None]
            below = np.exp(logs).sum(axis=1)
            higher = below > _TAIL if upper else 1 - below < _TAIL
            bottom, top = np.where(higher, p, bottom), np.where(higher, top, p)
        return (bottom + top) / 2

    low = np.where(count > 0, limit(k < count[:, None], upper=False), 0.0)
    high = np.where(count < total, limit(k <= count[:, None], upper=True), 1.0)
    return low, high
