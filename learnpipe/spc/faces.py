"""What a finished chart holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from learnpipe.spc.rules import SLACK
from learnpipe.spc.runs import Runs, figures
from learnpipe.spc.words import Floats


@dataclass(frozen=True, eq=False)
class Chart:
    """One control chart: arrays and tuples with one entry a point; arrays are read-only.

    value: what is plotted (measurement, rate, count or gap; NaN is a month without data).
    centre, lower, upper and the near lines at two thirds of the limits: NaN where there is
    none. signal: words of `SIGNALS` or None. meaning: words of `MEANINGS`. variation: the
    meaning of the last phase's last present point, or "too few points" where that phase has
    no limits (on a run chart: no point). assurance: the target against the last phase's
    limits (against its last present point's, where they vary). runs: the Anhøj figures of
    the last phase. phase: 0-based phase of each point.
    """

    kind: str
    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    signal: tuple[str | None, ...]
    meaning: tuple[str, ...]
    variation: str
    assurance: str | None
    runs: Runs
    phase: npt.NDArray[np.intp]
    better: str
    target: float | None

    def __post_init__(self) -> None:
        """Lock the arrays."""
        for name in ("value", "centre", "lower", "upper", "near_lower", "near_upper", "phase"):
            getattr(self, name).setflags(write=False)

    def __len__(self) -> int:
        """Return the number of points, missing months included."""
        return len(self.value)


def assurance_codes(
    target: Floats, lower: Floats, upper: Floats, slack: Floats, better: npt.NDArray[np.intp]
) -> npt.NDArray[np.int8]:
    """Return indices into ASSURANCES: the target against the limits, one a series.

    A target beyond a limit is always met or always missed, depending on which side is
    better; one between the limits or on one of them is hit and miss. None without a target
    or limits, or where neither side is better. (Making Data Count.)
    """
    codes = np.full(target.shape, 3, dtype=np.int8)
    above, below = target > upper + slack, target < lower - slack
    codes[np.where(better == 0, below, above)] = 1
    codes[np.where(better == 0, above, below)] = 2
    codes[np.isnan(target) | np.isnan(upper) | np.isnan(lower) | (better == 2)] = 0
    return codes


def runs_of(value: Floats, centre: Floats, upper: Floats) -> Runs:
    """Return the Anhøj figures of one phase about its centre; a point within rounding of the
    centre is on it."""
    with np.errstate(over="ignore"):
        away, half = value - centre, upper - centre
    slack = SLACK * np.abs(centre) + SLACK * np.nan_to_num(half, posinf=0.0)
    return figures(np.where(np.abs(away) <= slack, 0.0, np.sign(away)))
