"""Repeats: signals of the same theme (else category) at the same service within 90 days."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Ints = np.ndarray[Any, np.dtype[np.int64]]


def prior_signals(versions: pd.DataFrame, within_days: int) -> Ints:
    """For each version how many earlier signals of its theme and service lie within the days.

    Judged at the end of the signal's own month, with the themes that were known then; day
    ``within_days`` is included, signals of the same day are ordered by ref. Versions that do not
    hold at their own month have −1.

    ``versions``: `service`, `theme_or_category`, `ref`, `day`, `month`, `valid_from`, `valid_to`.
    """
    out = np.full(len(versions), -1, dtype=np.int64)
    usable = (versions["theme_or_category"].notna() & versions["day"].notna()).to_numpy()
    month = versions["month"].to_numpy()
    valid_from, valid_to = versions["valid_from"].to_numpy(), versions["valid_to"].to_numpy()
    out[(valid_from <= month) & (month < valid_to)] = 0
    if not usable.any():
        return out
    group = versions["service"].astype(str) + "\x1f" + versions["theme_or_category"].astype(str)
    group_code = pd.factorize(group)[0].astype(np.int64)
    ref_rank = pd.factorize(versions["ref"].fillna("").astype(str), sort=True)[0].astype(np.int64)
    days = versions["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    # Each version stands in its own month and those after it from which it can still be seen.
    reach = within_days // 28 + 1
    index = np.flatnonzero(usable)
    rows = np.tile(index, reach + 1)
    target = month[rows] + np.repeat(np.arange(reach + 1), len(index))
    seen = (valid_from[rows] <= target) & (target < valid_to[rows])
    rows, target = rows[seen], target[seen]
    place = pd.factorize(group_code[rows] * 100_000 + target)[0].astype(np.int64)
    order = np.lexsort((rows, ref_rank[rows], days[rows], place))
    rows, target, place = rows[order], target[order], place[order]
    span = 1 << 22  # more days than any calendar has
    timeline = place * span + days[rows]
    own = target == month[rows]
    at = np.flatnonzero(own)
    earliest = np.searchsorted(timeline, timeline[at] - within_days, side="left")
    group_start = np.searchsorted(timeline, place[at] * span, side="left")
    out[rows[at]] = at - np.maximum(earliest, group_start)
    return out
