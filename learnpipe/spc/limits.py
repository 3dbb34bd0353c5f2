"""Mean, mean moving range and limits of individual values, for many series at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from learnpipe.spc.profiles import SCREEN, Profile
from learnpipe.spc.rules import SLACK, Lines
from learnpipe.spc.words import Floats

Order = npt.NDArray[np.intp]


def present_first(value: Floats) -> tuple[Floats, Order, Order | None]:
    """Return each row's present points in order with NaN after them, their number, and where
    each came from (None if nothing moved).

    A missing month is no point: it neither breaks a run nor makes one, and the moving range
    across it is that of its present neighbours, the only two values there are to compare.
    Leaving such ranges out instead (as R's `diff` does) would drop evidence, and with every
    second month missing would leave no limits at all.
    """
    missing = np.isnan(value)
    if not missing.any():
        return value, np.full(value.shape[0], value.shape[1], dtype=np.intp), None
    origin = np.argsort(missing, axis=1, kind="stable")
    number = value.shape[1] - missing.sum(axis=1)
    return np.take_along_axis(value, origin, axis=1), number, origin


def mean_of(value: Floats, number: Order) -> Floats:
    """Return the mean of the first `number` cells of each row, NaN where there are none."""
    if value.shape[1] and number.size and number.min() >= value.shape[1]:
        return np.asarray(value.mean(axis=1))
    total = np.where(np.arange(value.shape[1]) < number[:, None], value, 0.0).sum(axis=1)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def mean_range(step: Floats, number: Order, screen: bool) -> tuple[Floats, Floats]:
    """Return the mean moving range of each row as screened, and as it was before.

    step: differences between neighbours, series by (points - 1); number: how many of them
    exist. Screened once: ranges of 3.267 means or more are left out (Nelson 1982).

    >>> steps = np.array([[1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 8.0]])  # mean 2, 8 > 3.267 * 2
    >>> [float(a[0]) for a in mean_range(steps, np.array([7]), screen=True)]
    [1.0, 2.0]
    """
    ranges = np.abs(step)
    mean = mean_of(ranges, number)
    if not screen:
        return mean, mean
    kept = ranges < (SCREEN * mean)[:, None]
    left = np.count_nonzero(kept, axis=1)
    total = np.where(kept, ranges, 0.0).sum(axis=1)
    # All ranges zero: nothing is strictly below zero, and the mean of them is zero.
    return np.where(left > 0, total / np.maximum(left, 1), mean), mean


def individual_lines(
    value: Floats, step: Floats, number: Order, profile: Profile, screen: bool, baseline: int | None
) -> Lines:
    """Return the lines of each series, one column: mean ± k mean moving ranges.

    value: present points first; number: how many. Limits come from the first `baseline`
    points where given. NaN throughout under `profile.at_least` points, and no limits on fewer
    than two. Near lines lie at two thirds. (Montgomery, Introduction to Statistical Quality
    Control, 6.33; k = 3/d2.)
    """
    first = value.shape[1] if baseline is None else baseline
    used = np.minimum(number, first)
    centre = mean_of(value[:, :first], used)
    spread, unscreened = mean_range(step[:, : first - 1], used - 1, screen)
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
