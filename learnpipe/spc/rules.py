"""Which rules fire at which points: the one implementation, for one series or ten thousand.

Each series lies in one row with an empty cell at its end, so that the table can be read as
one long line: a window that crosses from one series to the next meets the empty cell and
cannot fire.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc.profiles import Profile
from learnpipe.spc.words import Bits, Floats

Mask = npt.NDArray[np.bool_]

SLACK = 1e-12
"""Differences below this share of a chart's size are rounding: such a point is on the line."""


@dataclass(frozen=True)
class Lines:
    """The lines of a chart in y's unit, arrays that broadcast to series by points."""

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    slack: Floats


def _windows(mask: Mask, length: int) -> Mask:
    """Return where `length` cells in a row are set, one cell a window, at its first cell."""
    if mask.size < length:
        return np.zeros(0, dtype=np.bool_)
    starts = mask[: mask.size - length + 1].copy()
    for step in range(1, length):
        starts &= mask[step : mask.size - length + 1 + step]
    return starts


def _spread(starts: Mask, length: int, size: int) -> Mask:
    """Return the cells of the windows that start at the set cells."""
    covered = np.zeros(size, dtype=np.bool_)
    if starts.any():
        for step in range(length):
            covered[step : step + starts.size] |= starts
    return covered


def _two_of_three(side: Mask, beyond: Mask) -> Mask:
    """Return the cells beyond, in a window of three on one side of which two are beyond."""
    same = _windows(side, 3)
    if not same.size:
        return np.zeros_like(beyond)
    first, second, third = beyond[:-2], beyond[1:-1], beyond[2:]
    enough = same & ((first & second) | (first & third) | (second & third))
    return _spread(enough, 3, beyond.size) & beyond


def fired(value: Floats, step: Floats, lines: Lines, profile: Profile | None) -> Bits:
    """Return one byte a point: bit c - 1 set where rule SIGNALS[c] fires.

    value: series by points, present points first, NaN after the last. step: the differences
    from each point to the next, series by (points - 1), in the unit in which a trend is
    judged. profile: None for charts on which only *outside* counts.
    Outside is strictly beyond a limit. A shift is `profile.shift` points in a row strictly on
    one side of the centre, a trend `profile.trend` points strictly rising or falling, each
    point of it flagged; two of three as in `_two_of_three`. (Making Data Count, "Strengthening
    your decisions"; NHSRplotthedots 0.2.2.)
    """
    series, points = value.shape
    size = series * (points + 1)

    def cells(test: Any, left: Floats, right: Any) -> Mask:
        padded = np.zeros((series, points + 1), dtype=np.bool_)
        test(left, right, out=padded[:, : left.shape[1]])
        return padded.reshape(-1)

    slack = lines.slack
    over = cells(np.greater, value, lines.upper + slack)
    under = cells(np.less, value, lines.lower - slack)
    byte: Bits = over.view(np.uint8) | np.left_shift(under.view(np.uint8), np.uint8(1))
    if profile is not None:
        rising = cells(np.greater, step, 0.0)
        falling = cells(np.less, step, 0.0)
        steps = profile.trend - 1
        for bit, moving in ((2, rising), (3, falling)):
            trend = _spread(_windows(moving, steps), steps + 1, size + 1)[:size]
            byte |= np.left_shift(trend.view(np.uint8), np.uint8(bit))
        high = cells(np.greater, value, lines.centre + slack)
        low = cells(np.less, value, lines.centre - slack)
        far_high = cells(np.greater, value, lines.near_upper + slack)
        far_low = cells(np.less, value, lines.near_lower - slack)
        if not profile.outside_counts:
            far_high &= ~over
            far_low &= ~under
        for bit, side, beyond in ((4, high, far_high), (5, low, far_low)):
            byte |= np.left_shift(_two_of_three(side, beyond).view(np.uint8), np.uint8(bit))
        for bit, side in ((6, high), (7, low)):
            shift = _spread(_windows(side, profile.shift), profile.shift, size)
            byte |= np.left_shift(shift.view(np.uint8), np.uint8(bit))
    return byte.reshape(series, points + 1)[:, :points]
