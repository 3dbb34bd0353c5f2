"""The Anhøj rules: a longest run too long or crossings too few are not chance.

Sources: Anhøj and Olesen 2014 (10.1371/journal.pone.0113825); Schilling 2012 for the longest
run; Chen 2010 for the crossings; as in qicharts2 0.8.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from learnpipe.spc.arguments import numbers
from learnpipe.spc.words import Floats


@dataclass(frozen=True)
class Runs:
    """The Anhøj figures; `useful` is the number of points off the centre line."""

    longest: int
    longest_max: int
    crossings: int
    crossings_min: int
    useful: int
    signal: bool


def longest_allowed(useful: int) -> int:
    """Return round(log2 n) + 3, the longest run chance allows in n useful points.

    >>> longest_allowed(24)  # log2 24 = 4.58, rounds to 5
    8
    """
    return round(math.log2(useful)) + 3 if useful > 0 else 0


@lru_cache(maxsize=4096)
def fewest_allowed(useful: int) -> int:
    """Return the 5 % quantile of Binomial(n - 1, ½), the fewest crossings chance allows.

    >>> fewest_allowed(6)  # of 32 sequences 1 has no crossing (3 %), 1 + 5 at most one (19 %)
    1
    """
    if useful < 2:
        return 0
    tosses = useful - 1
    step = np.arange(1, tosses + 1)
    log_ways = np.concatenate(([0.0], np.cumsum(np.log((tosses - step + 1) / step))))
    chance = np.cumsum(np.exp(log_ways - tosses * math.log(2)))
    return int(np.argmax(chance >= 0.05))


def figures(side: Floats) -> Runs:
    """Return the Anhøj figures for sides of the centre: above 0, below 0; 0 and NaN are not
    useful and neither break a run nor cross."""
    useful = side[np.isfinite(side) & (side != 0)] > 0
    if not useful.size:
        return Runs(0, 0, 0, 0, 0, False)
    turns = np.flatnonzero(useful[1:] != useful[:-1]) + 1
    longest = int(np.diff(np.concatenate(([0], turns, [useful.size]))).max())
    longest_max, crossings_min = longest_allowed(useful.size), fewest_allowed(useful.size)
    signal = longest > longest_max or turns.size < crossings_min
    return Runs(longest, longest_max, turns.size, crossings_min, useful.size, signal)


def anhoej(y: Any, centre: float) -> Runs:
    """Return the Anhøj figures of a series about a centre line; raises ValueError for what
    are not numbers.

    >>> anhoej([1, 1, 2, 3, 1], 2)  # the 2 is not useful: - - + -
    Runs(longest=2, longest_max=5, crossings=2, crossings_min=0, useful=4, signal=False)
    """
    return figures(np.sign(numbers(y, "y") - numbers([centre], "centre")[0]))
