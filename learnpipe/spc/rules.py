"""Which rules fire at which points: the one implementation, for one series or ten thousand.

Inside, a month of all series lies in one row, and what holds at a point is one byte, whose bits are
those of the rules: so one step along the rows tests a window for all rules and series at once, and
no window can cross from one series to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from learnpipe.spc.profiles import Profile
from learnpipe.spc.words import Bits, Floats

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


def _windows(mask: Bits, have: int, length: int) -> Bits:
    """Return the bits set in each of `length` rows on end, one row a window, at its first row.

    mask: the same for `have` rows on end.
    """
    while have < length:
        more = min(have, length - have)
        mask = mask[:-more] & mask[more:] if len(mask) > more else mask[:0]
        have += more
    return mask


def _spread(starts: Bits, length: int, points: int) -> Bits:
    """Return the bits at all rows of the windows of `length` that start with them."""
    covered = np.zeros((points + length - 1, starts.shape[1]), dtype=np.uint8)
    covered[length - 1 : length - 1 + len(starts)] = starts
    have = 1
    while have < length:
        more = min(have, length - have)
        covered = covered[:-more] | covered[more:]
        have += more
    return covered


def _two_of_three(side: Bits, beyond: Bits) -> Bits:
    """Return the bits beyond, in a window of three on one side of which two are beyond."""
    same = _windows(side, 1, 3)
    if not len(same):
        return np.zeros_like(beyond)
    first, second, third = beyond[:-2], beyond[1:-1], beyond[2:]
    enough = same & ((first & second) | (third & (first | second)))
    return _spread(enough, 3, len(beyond)) & beyond


def fired(
    month: Floats,
    step: Floats | None,
    lines: Lines,
    profile: Profile | None,
    there: Bits | None = None,
) -> Bits:
    """Return one byte a point, points by series: bit c - 1 set where rule SIGNALS[c] fires.

    month: points by series, present points first, NaN after the last, or anything where `there`
    has a byte of ones for each point and 0 after the last. step: the differences
    from each point to the next in the unit in which a trend is judged, (points - 1) by series,
    or None where that is the unit of the values. lines: as in all charts series by points, or by
    one. profile: None for charts on which only *outside*
    counts. Outside is strictly beyond a limit. A shift is `profile.shift` points in a row strictly
    on one side of the centre, a trend `profile.trend` points strictly rising or falling, each
    point of it flagged; two of three as in `_two_of_three`. (Making Data Count, "Strengthening
    your decisions"; NHSRplotthedots 0.2.2.)
    """
    points, series = month.shape
    slack = lines.slack.T
    room = np.empty((points, series), dtype=np.bool_)

    def mark(into: Bits, bits: int, test: Any, left: Floats, right: Any) -> None:
        """Set bits wherever the test holds."""
        held = test(left, right, out=room[: len(left)]).view(np.uint8)
        into[: len(left)] |= np.multiply(held, np.uint8(bits), out=held)

    byte = np.zeros((points, series), dtype=np.uint8)
    mark(byte, 1, np.greater, month, lines.upper.T + slack)
    mark(byte, 2, np.less, month, lines.lower.T - slack)
    if there is not None:
        byte &= there
    if profile is None or not points:
        return byte
    side, beyond, trail = (np.zeros((points, series), dtype=np.uint8) for _ in range(3))
    # Each side in two bits: one to go with *beyond*, one for a shift.
    mark(side, 16 | 64, np.greater, month, lines.centre.T + slack)
    mark(side, 32 | 128, np.less, month, lines.centre.T - slack)
    mark(beyond, 16, np.greater, month, lines.near_upper.T + slack)
    mark(beyond, 32, np.less, month, lines.near_lower.T - slack)
    if not profile.outside_counts:
        beyond &= ~(byte * np.uint8(16))
    if step is None:
        mark(trail, 4, np.greater, month[1:], month[:-1])
        mark(trail, 8, np.less, month[1:], month[:-1])
    else:
        mark(trail, 4, np.greater, step, 0.0)
        mark(trail, 8, np.less, step, 0.0)
    if there is not None:
        side &= there
        trail[:-1] &= there[1:]
    byte |= _two_of_three(side, beyond)
    shifts = _windows(side, 1, profile.shift) & np.uint8(64 | 128)
    trends = _windows(trail, 1, profile.trend - 1)[: max(points - profile.trend + 1, 0)]
    if profile.shift == profile.trend:
        byte |= _spread(shifts | trends, profile.shift, points)
    else:
        byte |= _spread(shifts, profile.shift, points)
        byte |= _spread(trends, profile.trend, points)
    return byte
