"""Kaplan–Meier medians of many histograms of whole days at once."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def survival(closed: Array, still_open: Array) -> Array:
    """The share not yet closed after each whole day: the Kaplan–Meier estimate.

    ``closed``, ``still_open``: counts, last axis days from 0. An action censored on a day is at
    risk on that day. Source: Kaplan and Meier (1958), J. Am. Stat. Assoc. 53, 457.

    >>> survival(np.array([0, 1, 1]), np.array([0, 1, 0])).tolist()  # 3 at risk; 1 closes, 1 leaves
    [1.0, 0.6666666666666667, 0.0]
    """
    leaving = closed + still_open
    total = leaving.sum(axis=-1, keepdims=True)
    at_risk = total - np.cumsum(leaving, axis=-1) + leaving
    hazard = np.divide(closed, at_risk, out=np.zeros(closed.shape), where=at_risk > 0)
    product: Array = np.cumprod(1.0 - hazard, axis=-1)
    return product


def median_days(closed: Array, still_open: Array) -> Array:
    """The first day on which half or fewer are still open; NaN where that day is not reached.

    >>> float(median_days(np.array([0, 1, 1]), np.array([0, 1, 0])))
    2.0
    """
    low = survival(closed, still_open) <= 0.5 + 1e-12
    reached = low.any(axis=-1)
    return np.where(reached, low.argmax(axis=-1), np.nan)
