"""The lines of each kind of chart: one phase of many series in, centre, limits and
near limits out.

Sources: Montgomery, Introduction to Statistical Quality Control (p, c, u: 7.2 to 7.3; g: p.
319); Laney 2002 for the primes; Nelson 1982 and 1994 for screening and for t; as computed by
qicharts2 0.8.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from learnpipe.spc.limits import mean_of, mean_range, ranges_of
from learnpipe.spc.profiles import D2
from learnpipe.spc.rules import SLACK, Lines
from learnpipe.spc.words import Floats

POWER = 3.6
"""Gaps to the power of 1/3.6 are near normal where events come at random (Nelson 1994)."""

Many = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Phase:
    """One phase: series by points, present points first, NaN after them.

    number: how many points each series has; used: of how many its limits come.
    """

    value: Floats
    count: Floats
    n: Floats
    number: Many
    used: Many

    def of_those_used(self, values: Floats) -> Floats:
        """Return the values, NaN at points that the limits do not come from."""
        return np.where(np.arange(values.shape[1]) < self.used[:, None], values, np.nan)


def _lines(
    phase: Phase,
    centre: Floats,
    sigma: Floats,
    floor: float = -np.inf,
    ceiling: float = np.inf,
) -> Lines:
    """Return centre ± 3 and ± 2 sigma, no further than floor and ceiling.

    centre: one a series; sigma: series by points, or by one where it is the same at all.
    """
    middle = centre[:, None]
    spread = np.where(phase.number[:, None] < 2, np.nan, sigma)
    lower, upper, near_lower, near_upper = (
        np.clip(middle + times * spread, floor, ceiling) for times in (-3, 3, -2, 2)
    )
    slack = SLACK * (np.abs(middle) + 3 * np.nan_to_num(spread))
    return Lines(middle, lower, upper, near_lower, near_upper, slack)


def _pooled(phase: Phase) -> Floats:
    """Return events over opportunities of the points used, NaN where there are none."""
    events, total = (
        np.nan_to_num(phase.of_those_used(part)).sum(axis=1) for part in (phase.count, phase.n)
    )
    return np.asarray(np.divide(events, total, out=np.full(total.shape, np.nan), where=total > 0))


def _between(phase: Phase, centre: Floats, sigma: Floats) -> Floats:
    """Return Laney's sigma z: the mean moving range of the z-scores, screened, over 1.128."""
    away = phase.value - centre[:, None]
    z = np.divide(away, sigma, out=np.zeros_like(away), where=sigma > 0)
    step = np.diff(phase.of_those_used(z).T, axis=0)
    spread, _ = mean_range(ranges_of(step), phase.used - 1, screen=True)
    return spread[:, None] / D2


def _median(phase: Phase) -> Floats:
    """Return the median of the points used, NaN where there are none."""
    # Halved first, so that the mean of two huge middle values does not overflow.
    halves = np.sort(phase.of_those_used(phase.value / 2), axis=1)
    if not halves.shape[1]:
        return np.full(len(halves), np.nan)
    last = np.maximum(phase.used, 1)[:, None]
    both = (np.take_along_axis(halves, at, axis=1) for at in ((last - 1) // 2, last // 2))
    lower, upper = both
    # An odd number has one middle value; so has a single point, whose neighbour is not there.
    return np.asarray((lower + np.where(last % 2 == 1, lower, upper))[:, 0])


def run(phase: Phase) -> Lines:
    """Return the median and no limits."""
    return _lines(phase, _median(phase), np.full((len(phase.number), 1), np.nan))


def binomial_sigma(centre: Floats, n: Floats) -> Floats:
    """Return √(p̄(1 - p̄)/n)."""
    middle = centre[:, None]
    return np.asarray(np.sqrt(middle * (1 - middle) / n))


def poisson_sigma(centre: Floats, n: Floats) -> Floats:
    """Return √(ū/n)."""
    return np.asarray(np.sqrt(centre[:, None] / n))


def p(phase: Phase) -> Lines:
    """Return p̄ ± 3·√(p̄(1 - p̄)/n), within 0 and 1."""
    centre = _pooled(phase)
    return _lines(phase, centre, binomial_sigma(centre, phase.n), 0, 1)


def pp(phase: Phase) -> Lines:
    """Return the limits of p widened by sigma z."""
    centre = _pooled(phase)
    sigma = binomial_sigma(centre, phase.n)
    return _lines(phase, centre, sigma * _between(phase, centre, sigma), 0, 1)


def u(phase: Phase) -> Lines:
    """Return ū ± 3·√(ū/n), not below 0."""
    centre = _pooled(phase)
    return _lines(phase, centre, poisson_sigma(centre, phase.n), 0)


def up(phase: Phase) -> Lines:
    """Return the limits of u widened by sigma z."""
    centre = _pooled(phase)
    sigma = poisson_sigma(centre, phase.n)
    return _lines(phase, centre, sigma * _between(phase, centre, sigma), 0)


def c(phase: Phase) -> Lines:
    """Return c̄ ± 3·√c̄, not below 0."""
    centre = mean_of(phase.value.T, phase.used)
    return _lines(phase, centre, np.sqrt(centre)[:, None], 0)


def g(phase: Phase) -> Lines:
    """Return ḡ ± 3·√(ḡ(ḡ + 1)), not below 0, with the centre drawn at the median."""
    mean = mean_of(phase.value.T, phase.used)
    lines = _lines(phase, mean, np.sqrt(mean * (mean + 1))[:, None], 0)
    middle = _median(phase)[:, None]
    return Lines(middle, lines.lower, lines.upper, lines.near_lower, lines.near_upper, lines.slack)


def t(phase: Phase) -> Lines:
    """Return the XmR limits of gap^(1/3.6), screened, taken back by ^3.6; below zero is 0."""
    x = phase.of_those_used(phase.value) ** (1 / POWER)
    spread, _ = mean_range(ranges_of(np.diff(x.T, axis=0)), phase.used - 1, screen=True)
    lines = _lines(phase, mean_of(x.T, phase.used), spread[:, None] / D2, 0)
    with np.errstate(over="ignore"):
        centre, upper = lines.centre**POWER, lines.upper**POWER
        return Lines(
            centre,
            lines.lower**POWER,
            upper,
            lines.near_lower**POWER,
            lines.near_upper**POWER,
            SLACK * (centre + np.nan_to_num(upper, posinf=0.0)),
        )


LINES: dict[str, Callable[[Phase], Lines]] = {
    "run": run,
    "p": p,
    "pp": pp,
    "u": u,
    "up": up,
    "c": c,
    "g": g,
    "t": t,
}
