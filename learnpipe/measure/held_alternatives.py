"""Which small counts would have led to the verdict that a change has: for hiding them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.measure.held import rate_ratios, verdicts

Array = np.ndarray[Any, Any]
_BY_INTERVAL = {"came back": ("worse", "no clear change", "too few to tell")}
"""What the interval says of a change that came back: anything but that it held."""


def small_alternatives(held: pd.DataFrame, most: int) -> pd.DataFrame:
    """How many counts from 1 to ``most`` in place of `before`, and of `after`, give the verdict.

    One row a change, with the index of ``held`` (rows of `did_it_hold`). Where it is one, the
    verdict and the other count together tell the hidden count.
    """
    before, after = (held[name].to_numpy(np.int64) for name in ("before", "after"))
    days = [held[name].to_numpy(np.int64) for name in ("before_days", "after_days")]
    verdict = held["verdict"].to_numpy(object)
    out = {"before": np.zeros(len(held), np.int64), "after": np.zeros(len(held), np.int64)}
    if held.empty:
        return pd.DataFrame(out, held.index)
    for number in range(1, most + 1):
        instead = np.full(len(held), number)
        for name, pair in (("before", (instead, after)), ("after", (before, instead))):
            found = _verdicts(pair, days)
            same = found == verdict
            for told, by_interval in _BY_INTERVAL.items():
                same |= (verdict == told) & np.isin(found, by_interval)
            out[name] += same | np.isin(verdict, ("too early", "no theme"))
    return pd.DataFrame(out, held.index)


def _verdicts(counts: tuple[Array, Array], days: list[Array]) -> Array:
    _, low, high = rate_ratios(counts[0], days[0], counts[1], days[1])
    return verdicts(counts[0], days[0], counts[1], days[1], low, high)
