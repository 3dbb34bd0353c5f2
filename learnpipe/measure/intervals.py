"""95 % intervals of shares."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
_Z = 1.959963984540054
"""The 97.5 % quantile of the standard normal distribution."""


def wilson(met: Array, due: Array) -> tuple[Array, Array]:
    """The 95 % Wilson score intervals of met ÷ due, NaN where nothing is due.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209.

    >>> low, high = wilson(np.array([8.0, 0.0]), np.array([10.0, 0.0]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.49, nan], [0.943, nan])
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        share, spread = met / due, _Z * _Z / due
        centre = (share + spread / 2) / (1 + spread)
        half = np.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
        known = due > 0
        # None and all end at 0 and 1 exactly, which floats miss by a hair: 10 of 10 is no "99%".
        low = np.where(met == 0, 0.0, np.maximum(centre - half, 0.0))
        high = np.where(met == due, 1.0, np.minimum(centre + half, 1.0))
    low, high = np.where(known, low, np.nan), np.where(known, high, np.nan)
    return low, high
