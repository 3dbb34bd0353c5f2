"""Where the values of all lines stand on their charts: what icons, tables and pictures share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from learnpipe.ground.settings import Rebase
from learnpipe.ground.tallies import Numbers


@dataclass(frozen=True, eq=False)
class Points:
    """The points of one chart in order of time.

    ``at``: the month of each, counted from the first of the span. ``value`` and the lines are
    floats, NaN where there is none; ``signal`` and ``meaning`` codes of the spc room. ``unit``: of
    a value that is a gap between events, "months" or "days"; else "".
    """

    at: Numbers
    value: Numbers
    centre: Numbers
    lower: Numbers
    upper: Numbers
    signal: Numbers
    meaning: Numbers
    phase: Numbers
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Charted:
    """The charts of all lines: arrays of lines × months unless said otherwise.

    ``kind``: one a line: "xmr", "pp", "up", "g", "t", "run", or "" where there are too few points
    for any chart; ``why`` tells the reason for a line. ``centre``, ``lower`` and ``upper`` are in
    the value's unit, NaN where there are none. ``signal``, ``meaning``; ``variation`` and
    ``assurance`` (one a line) are codes of the spc room. ``limited``: whether a month was judged
    against limits. ``phase``: 0-based. ``gaps``: for the lines whose chart has one point an event
    instead of one a month, those points; their ``meaning`` in a month is that of the latest one.
    ``rebased``: the settings behind the phases of a line.
    """

    value: Numbers
    centre: Numbers
    lower: Numbers
    upper: Numbers
    signal: Numbers
    meaning: Numbers
    variation: Numbers
    assurance: Numbers
    limited: Numbers
    phase: Numbers
    kind: Numbers
    why: Callable[[int], str]
    gaps: Mapping[int, Points]
    rebased: Mapping[int, tuple[Rebase, ...]]

    def points(self, line: int) -> Points:
        """The points of a line's chart: its months, or its events."""
        if line in self.gaps:
            return self.gaps[line]
        return Points(
            np.arange(self.value.shape[1]),
            *(
                getattr(self, name)[line]
                for name in ("value", "centre", "lower", "upper", "signal", "meaning", "phase")
            ),
        )
