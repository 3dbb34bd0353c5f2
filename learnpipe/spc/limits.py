"""Mean, mean moving range and limits of individual values, for many series at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc.profiles import SCREEN, Profile
from learnpipe.spc.rules import SLACK, Lines
from learnpipe.spc.words import Floats

Mask = npt.NDArray[np.bool_]
Order = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Packing:
    """Where points stand with missing months between them, and with all of those at the end."""

    there: Mask
    first: Mask

    def pack(self, values: Floats) -> Floats:
        """Return the present points first, NaN after them."""
        packed = np.full(values.shape, np.nan)
        packed[self.first] = values[self.there]
        return packed

    def unpack(self, packed: Any, empty: Any) -> Any:
        """Return what stands present points first where it belongs, `empty` in other months."""
        spread = np.full_like(packed, empty)
        spread[self.there] = packed[self.first]
        return spread

    def last(self) -> Order:
        """Return where the last present point of each series is, the last place for none."""
        return np.asarray(self.there.shape[1] - 1 - np.argmax(self.there[:, ::-1], axis=1))


def present_first(value: Floats) -> tuple[Floats, Order, Packing | None]:
    """Return each row's present points in order with NaN after them, their number, and how
    they were packed (None if nothing moved).

    A missing month is no point: it neither breaks a run nor makes one, and the moving range
    across it is that of its present neighbours, the only two values there are to compare.
    Leaving such ranges out instead (as R's `diff` does) would drop evidence, and with every
    second month missing would leave no limits at all.
    """
    points = value.shape[1]
    there = ~np.isnan(value)
    if there.all():
        return value, np.full(value.shape[0], points, dtype=np.intp), None
    number = np.count_nonzero(there, axis=1)
    first = np.arange(points, dtype=np.int32) < number.astype(np.int32)[:, None]
    packing = Packing(there, first)
    return packing.pack(value), number, packing


def mean_of(value: Floats, number: Order) -> Floats:
    """Return the mean of the first `number` cells of each column, NaN where there are none.

    value: points by series: columns add up much faster than rows.
    """
    if len(value) and number.size and number.min() >= len(value):
        return np.asarray(value.mean(axis=0))
    own = np.arange(len(value), dtype=np.int32)[:, None] < number.astype(np.int32)
    total = np.where(own, value, 0.0).sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def mean_range(step: Floats, number: Order, screen: bool) -> tuple[Floats, Floats]:
    """Return the mean moving range of each series as screened, and as it was before.

    step: differences between neighbours, (points - 1) by series, NaN where there are none;
    number: how many there are. Screened once: ranges of 3.267 means or more are left out
    (Nelson 1982).

    >>> steps = np.array([[1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 8.0]]).T  # mean 2, 8 > 3.267 * 2
    >>> [float(a[0]) for a in mean_range(steps, np.array([7]), screen=True)]
    [1.0, 2.0]
    """
    # Of nothing and zero the greater is zero: nothing adds nothing.
    ranges = np.fmax(np.abs(step), 0.0)
    mean = np.where(number > 0, ranges.sum(axis=0) / np.maximum(number, 1), np.nan)
    if not screen:
        return mean, mean
    kept = np.abs(step) < SCREEN * mean
    left = np.count_nonzero(kept, axis=0)
    total = np.where(kept, ranges, 0.0).sum(axis=0)
    # All ranges zero: nothing is strictly below zero, and the mean of them is zero.
    return np.where(left > 0, total / np.maximum(left, 1), mean), mean


def individual_lines(
    month: Floats, number: Order, profile: Profile, screen: bool, baseline: int | None
) -> Lines:
    """Return the lines of each series, one column: mean ± k mean moving ranges.

    month: points by series, present points first; number: how many. Limits come from the first
    `baseline` points where given. NaN throughout under `profile.at_least` points, and no limits
    on fewer than two. Near lines lie at two thirds. (Montgomery, Introduction to Statistical
    Quality Control, 6.33; k = 3/d2.)
    """
    first = len(month) if baseline is None else baseline
    used = np.minimum(number, first)
    own = month[:first]
    centre = mean_of(own, used)
    spread, unscreened = mean_range(own[1:] - own[:-1], used - 1, screen)
    if profile.at_least > 2:
        centre = np.where(number >= profile.at_least, centre, np.nan)
    half = profile.k * spread
    near = half * (2 / 3)
    slack = SLACK * (np.abs(centre) + np.nan_to_num(unscreened))
    return Lines(
        *(
            line[:, None]
            for line in (centre, centre - half, centre + half, centre - near, centre + near, slack)
        )
    )
