"""The lines of each kind of chart: one phase in, centre, limits and near limits out.

Sources: Montgomery, Introduction to Statistical Quality Control (p, c, u: 7.2 to 7.3; g: p.
319); Laney 2002 for the primes; Nelson 1982 and 1994 for screening and for t; as computed by
qicharts2 0.8.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from learnpipe.spc.limits import mean_range
from learnpipe.spc.profiles import D2
from learnpipe.spc.rules import SLACK, Lines
from learnpipe.spc.words import Floats

POWER = 3.6
"""Gaps to the power of 1/3.6 are near normal where events come at random (Nelson 1994)."""


@dataclass(frozen=True)
class Phase:
    """The present points of one phase; `used` are those its limits come from."""

    value: Floats
    count: Floats
    n: Floats
    used: slice


def _lines(
    centre: float,
    sigma: Floats | float,
    points: int,
    floor: float = -np.inf,
    ceiling: float = np.inf,
) -> Lines:
    """Return centre ± 3 and ± 2 sigma, no further than floor and ceiling, one row."""
    middle = np.full((1, points), centre)
    spread = np.broadcast_to(np.asarray(sigma, dtype=np.float64), (1, points))
    if points < 2:
        spread = np.full((1, points), np.nan)
    lower, upper, near_lower, near_upper = (
        np.clip(middle + times * spread, floor, ceiling) for times in (-3, 3, -2, 2)
    )
    slack = SLACK * (np.abs(middle) + 3 * np.nan_to_num(spread))
    return Lines(middle, lower, upper, near_lower, near_upper, slack)


def _pooled(phase: Phase) -> float:
    """Return events over opportunities of the points used, NaN where there are none."""
    total = phase.n[phase.used].sum()
    return float(phase.count[phase.used].sum() / total) if total > 0 else float("nan")


def _between(phase: Phase, centre: float, sigma: Floats) -> float:
    """Return Laney's sigma z: the mean moving range of the z-scores, screened, over 1.128."""
    away = (phase.value - centre)[phase.used]
    known = sigma[phase.used] > 0
    z = np.divide(away, sigma[phase.used], out=np.zeros_like(away), where=known)
    spread, _ = mean_range(np.diff(z)[None, :], np.array([len(z) - 1]), screen=True)
    return float(spread[0] / D2)


def run(phase: Phase) -> Lines:
    """Return the median and no limits."""
    # Halved first, so that the mean of two huge middle values does not overflow.
    centre = 2 * float(np.median(phase.value[phase.used] / 2)) if len(phase.value) else np.nan
    return _lines(centre, np.nan, len(phase.value))


def p(phase: Phase) -> Lines:
    """Return p̄ ± 3·√(p̄(1 - p̄)/n), within 0 and 1."""
    centre = _pooled(phase)
    return _lines(centre, np.sqrt(centre * (1 - centre) / phase.n), len(phase.n), 0, 1)


def pp(phase: Phase) -> Lines:
    """Return the limits of p widened by sigma z."""
    centre = _pooled(phase)
    sigma = np.sqrt(centre * (1 - centre) / phase.n)
    return _lines(centre, sigma * _between(phase, centre, sigma), len(phase.n), 0, 1)


def u(phase: Phase) -> Lines:
    """Return ū ± 3·√(ū/n), not below 0."""
    centre = _pooled(phase)
    return _lines(centre, np.sqrt(centre / phase.n), len(phase.n), 0)


def up(phase: Phase) -> Lines:
    """Return the limits of u widened by sigma z."""
    centre = _pooled(phase)
    sigma = np.sqrt(centre / phase.n)
    return _lines(centre, sigma * _between(phase, centre, sigma), len(phase.n), 0)


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")


def c(phase: Phase) -> Lines:
    """Return c̄ ± 3·√c̄, not below 0."""
    centre = _mean(phase.value[phase.used])
    return _lines(centre, np.sqrt(centre), len(phase.value), 0)


def g(phase: Phase) -> Lines:
    """Return ḡ ± 3·√(ḡ(ḡ + 1)), not below 0, with the centre drawn at the median."""
    centre = _mean(phase.value[phase.used])
    lines = _lines(centre, np.sqrt(centre * (centre + 1)), len(phase.value), 0)
    middle = run(phase).centre
    return Lines(middle, lines.lower, lines.upper, lines.near_lower, lines.near_upper, lines.slack)


def t(phase: Phase) -> Lines:
    """Return the XmR limits of gap^(1/3.6), screened, taken back by ^3.6; below zero is 0."""
    x = phase.value[phase.used] ** (1 / POWER)
    spread, _ = mean_range(np.diff(x)[None, :], np.array([len(x) - 1]), screen=True)
    lines = _lines(_mean(x), float(spread[0] / D2), len(phase.value), 0)
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
