"""Kaplan–Meier medians, and their intervals, of many histograms of whole days at once."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
_Z = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""


def survival(closed: Array, still_open: Array) -> Array:
    """The share not yet closed after each whole day: the Kaplan–Meier estimate.

    ``closed``, ``still_open``: counts, last axis days from 0. An action censored on a day is at
    risk on that day. Source: Kaplan and Meier (1958), J. Am. Stat. Assoc. 53, 457.

    >>> survival(np.array([0, 1, 1]), np.array([0, 1, 0])).tolist()  # 3 at risk; 1 closes, 1 leaves
    [1.0, 0.6666666666666667, 0.0]
    """
    at_risk = _at_risk(closed, still_open)
    hazard = np.divide(closed, at_risk, out=np.zeros(closed.shape), where=at_risk > 0)
    product: Array = np.cumprod(1.0 - hazard, axis=-1)
    return product


def median_days(closed: Array, still_open: Array) -> Array:
    """The first day on which half or fewer are still open; NaN where that day is not reached.

    >>> float(median_days(np.array([0, 1, 1]), np.array([0, 1, 0])))
    2.0
    """
    return _first_day_of_half(survival(closed, still_open))


def median_limits(closed: Array, still_open: Array) -> tuple[Array, Array]:
    """The 95 % interval of the median: the days on which the limits of the curve reach a half.

    The limits of S are S^exp(±z·√V ÷ ln S), the log-log interval, with Greenwood's
    V = Σ d ÷ (n·(n − d)) of d closed among n at risk. NaN where a limit does not reach a half: no
    limit is known then.
    Sources: Greenwood (1926), Rep. Public Health Med. Subj. 33; Brookmeyer and Crowley (1982),
    Biometrics 38, 29.

    >>> closed = np.zeros(41)
    >>> closed[[5, 10, 15, 20, 25, 30, 35, 40]] = 1  # at risk 8, 7 … 1; the median is 20 days
    >>> [float(limit) for limit in median_limits(closed, np.zeros(41))]
    [5.0, 35.0]
    """
    at_risk, share = _at_risk(closed, still_open), survival(closed, still_open)
    rest = at_risk * (at_risk - closed)
    terms = np.divide(closed, rest, out=np.zeros(closed.shape), where=rest > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.exp(_Z * np.sqrt(np.cumsum(terms, axis=-1)) / -np.log(share))
        known = (share > 0) & (share < 1)
        low = np.where(known, share**power, 1.0)
        high = np.where(known, share ** (1 / power), 1.0)
    return _first_day_of_half(low), _first_day_of_half(high)


def _at_risk(closed: Array, still_open: Array) -> Array:
    leaving = closed + still_open
    after: Array = leaving.sum(axis=-1, keepdims=True) - np.cumsum(leaving, axis=-1) + leaving
    return after


def _first_day_of_half(curve: Array) -> Array:
    low = curve <= 0.5 + 1e-12
    reached = low.any(axis=-1)
    return np.where(reached, low.argmax(axis=-1), np.nan)
