"""Mean, mean moving range and limits of individual values, for many series at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc.profiles import SCREEN, Profile
from learnpipe.spc.rules import SLACK, Lines
from learnpipe.spc.words import Bits, Floats

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

    def pack_months(self, values: Floats) -> Floats:
        """Return points by series, the present points first, 0 after them."""
        months = np.zeros(values.shape[::-1])
        months.T[self.first] = values[self.there]
        return months

    def unpack(self, packed: Any, empty: Any) -> Any:
        """Return what stands present points first where it belongs, `empty` in other months."""
        spread = np.full_like(packed, empty)
        spread[self.there] = packed[self.first]
        return spread

    def unpack_few(self, bits: Bits) -> Bits:
        """Return the bytes where they belong, series by points; many series are all 0.

        bits: points by series, present points first.
        """
        spread = np.zeros(self.there.shape, dtype=np.uint8)
        some = np.flatnonzero(np.bitwise_or.reduce(bits, axis=0))
        spread[some] = self._of(some).unpack(np.ascontiguousarray(bits.T)[some], 0)
        return spread

    def _of(self, series: Order) -> Packing:
        return Packing(self.there[series], self.first[series])

    def last(self) -> Order:
        """Return where the last present point of each series is, the last place for none."""
        points = self.there.shape[1]
        last = np.full(len(self.there), points - 1, dtype=np.intp)
        open_end = np.flatnonzero(~self.there[:, -1])
        last[open_end] -= np.argmax(self.there[open_end, ::-1], axis=1)
        return last


def packing_of(value: Floats) -> tuple[Order, Packing | None]:
    """Return the number of each row's present points, and how to put them first (None if they
    are all there).

    A missing month is no point: it neither breaks a run nor makes one, and the moving range
    across it is that of its present neighbours, the only two values there are to compare.
    Leaving such ranges out instead (as R's `diff` does) would drop evidence, and with every
    second month missing would leave no limits at all.
    """
    points = value.shape[1]
    there = ~np.isnan(value)
    if there.all():
        return np.full(value.shape[0], points, dtype=np.intp), None
    # A product with ones counts along short rows several times as fast as a sum.
    number = (there.astype(np.float32) @ np.ones(points, dtype=np.float32)).astype(np.intp)
    first = np.tri(points + 1, points, -1, dtype=np.bool_).take(number, axis=0)
    return number, Packing(there, first)


def first_ones(points: int, number: Order) -> Bits:
    """Return, points by series, a byte of ones for the first `number` points of each series."""
    small = np.min_scalar_type(points)  # a comparison of bytes takes a sixth of the time
    own = np.arange(points, dtype=small)[:, None] < number.astype(small)
    return np.asarray(own.view(np.uint8) * np.uint8(255))


def mean_of(value: Floats, number: Order) -> Floats:
    """Return the mean of the first `number` cells of each column, NaN where there are none.

    value: points by series: columns add up much faster than rows.
    """
    if len(value) and number.size and number.min() >= len(value):
        return np.asarray(value.mean(axis=0))
    own = np.arange(len(value), dtype=np.int32)[:, None] < number.astype(np.int32)
    total = np.where(own, value, 0.0).sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def ranges_of(step: Floats) -> Floats:
    """Return the moving ranges of steps from point to point, 0 where there is no step (NaN)."""
    ranges = np.abs(step)
    np.copyto(ranges, 0.0, where=np.isnan(ranges))
    return ranges


def mean_range(ranges: Floats, number: Order, screen: bool) -> tuple[Floats, Floats]:
    """Return the mean moving range of each series as screened, and as it was before.

    ranges: absolute differences of neighbours, (points - 1) by series, those there are first, 0
    after them; number: how many there are. Screened once: ranges of 3.267 means or more are left
    out (Nelson 1982).

    >>> ranges = np.array([[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 8.0]]).T  # mean 2, 8 > 3.267 * 2
    >>> [float(a[0]) for a in mean_range(ranges, np.array([7]), screen=True)]
    [1.0, 2.0]
    """
    mean = np.where(number > 0, ranges.sum(axis=0) / np.maximum(number, 1), np.nan)
    if not screen:
        return mean, mean
    kept = ranges < SCREEN * mean
    # The zeros after the last range are below the mean, but are no ranges.
    left = np.count_nonzero(kept, axis=0) - (len(ranges) - np.maximum(number, 0))
    total = np.where(kept, ranges, 0.0).sum(axis=0)
    # All ranges zero: nothing is strictly below zero, and the mean of them is zero.
    return np.where(left > 0, total / np.maximum(left, 1), mean), mean


def individual_lines(
    month: Floats, number: Order, profile: Profile, screen: bool, baseline: int | None
) -> Lines:
    """Return the lines of each series, one column: mean ± k mean moving ranges.

    month: points by series, present points first, 0 after them; number: how many. Limits come
    from the first `baseline` points where given. NaN throughout under `profile.at_least` points,
    and no limits on fewer than two. Near lines lie at two thirds. (Montgomery, Introduction to
    Statistical Quality Control, 6.33; k = 3/d2.)
    """
    first = len(month) if baseline is None else baseline
    used = np.minimum(number, first)
    own = month[:first]
    centre = np.where(used > 0, own.sum(axis=0) / np.maximum(used, 1), np.nan)
    ranges = own[1:] - own[:-1]
    np.abs(ranges, out=ranges)
    ends = np.flatnonzero((used > 0) & (used < len(own)))
    ranges[used[ends] - 1, ends] = 0.0  # from the last point into nothing is no step
    spread, unscreened = mean_range(ranges, used - 1, screen)
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
