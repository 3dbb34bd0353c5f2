"""Control charts of any kind, of one series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

import numpy as np

from learnpipe.spc import arguments
from learnpipe.spc.faces import Chart, assurance_codes, runs_of
from learnpipe.spc.individuals import many
from learnpipe.spc.kinds import LINES, Phase
from learnpipe.spc.profiles import CHARTS, Profile
from learnpipe.spc.rules import Lines, fired
from learnpipe.spc.words import (
    ASSURANCES,
    BETTER,
    MEANINGS,
    SIGNALS,
    VARIATIONS,
    Bits,
    Floats,
    decide,
    spell,
)

KINDS = ("run", "i", "p", "pp", "u", "up", "c", "g", "t")
_NEED_N = ("p", "pp", "u", "up")
_MAY_HAVE_N = ("run", "i")
_COUNTS = ("p", "pp", "u", "up", "c")


def _points(kind: str, y: Any, n: Any) -> tuple[Floats, Floats, Floats]:
    """Return plotted values, counts and denominators, NaN together; raises ValueError."""
    count = arguments.numbers(y, "y").copy()
    if kind in _NEED_N and n is None:
        raise ValueError(f"n: a {kind} chart needs a denominator for each point")
    if n is not None and kind not in (*_NEED_N, *_MAY_HAVE_N):
        raise ValueError(f"n: a {kind} chart takes no denominator")
    if kind in _COUNTS:
        arguments.counts(count, "y", kind)
    if kind in ("g", "t"):
        arguments.gaps(count, kind)
    if n is None:
        return count, count, np.ones_like(count)
    below = arguments.denominators(n, count, kind)
    none = np.isnan(count) | np.isnan(below) | (below == 0)
    count[none] = np.nan
    below = np.where(none, np.nan, below)
    with np.errstate(over="ignore"):
        value = count / below
    if np.isinf(value).any():
        raise ValueError("n: so small that y / n is infinite")
    return value, count, below


def _phase(
    kind: str, value: Floats, count: Floats, n: Floats, baseline: int | None
) -> tuple[Lines, Bits]:
    """Return the lines and fired rules of one phase, one row, NaN and 0 at missing months."""
    here = np.flatnonzero(~np.isnan(value))
    lines = LINES[kind](Phase(value[here], count[here], n[here], slice(baseline)))
    row = value[here][None, :]
    profile: Profile | None = None
    step = np.zeros((1, 0))
    if kind in _NEED_N:
        profile = CHARTS
        # Counts are compared where limits vary by how far each lies from the centre in its
        # own sigma; in a chart whose sigma is constant that is the order of the values.
        reach = _sigma(kind, lines, n[here])
        away = row - lines.centre
        step = np.diff(np.divide(away, reach, out=np.sign(away), where=reach > 0))
    bits = np.zeros((1, len(value)), dtype=np.uint8)
    bits[:, here] = fired(row, step, lines, profile)

    wide = np.full((len(fields(Lines)), 1, len(value)), np.nan)
    for row_of, field in zip(wide, fields(Lines), strict=True):
        line = getattr(lines, field.name)
        if here.size and (profile is None or field.name == "centre"):
            row_of[:] = line[0, 0]
        row_of[:, here] = line
    return Lines(*wide), bits


def _sigma(kind: str, lines: Lines, n: Floats) -> Floats:
    """Return a sigma for each point, up to a factor common to all (which keeps their order)."""
    centre = lines.centre
    return np.asarray(np.sqrt(centre * (1 - centre if kind in ("p", "pp") else 1) / n))


def chart(
    kind: str,
    y: Any,
    n: Any = None,
    better: str = "lower",
    target: float | None = None,
    baseline: int | None = None,
    rebase: Iterable[int] = (),
) -> Chart:
    """Return the control chart of one series.

    kind: run, i (individuals), p and u (shares and rates of counts), pp and up (Laney's
    primes), c (counts), g (events or days between, 0 or more), t (time between, above 0).
    y: one number a point in order of time, NaN for a month without data; counts where there
    is an n, which p, pp, u and up need and run and i may have. A point with n of 0 is a month
    without data. better, target, baseline and rebase as in `xmr`. Limits from two points on.
    Signals: i, p, pp, u, up by the `mdc` rules, trends on z-scores where limits vary; g, t, c
    and run by *outside*, with the Anhøj figures in `.runs`. Moving ranges are screened once.
    Raises ValueError saying which argument and why. Formulas and sources: `kinds`.

    >>> c = chart("c", [4, 4, 3, 5])
    >>> float(c.centre[0]), float(c.lower[0]), float(c.upper[0])  # 4 ± 3 * √4, floored at 0
    (4.0, 0.0, 10.0)
    >>> chart("u", [4, 4], n=[1, 4]).upper.round(3).tolist()  # 1.6 + 3 * √(1.6 / n)
    [5.395, 3.497]
    """
    arguments.chosen(kind, "kind", KINDS)
    value, count, below = _points(kind, y, n)
    spans = arguments.phase_spans(rebase, len(value))
    direction = arguments.directions(arguments.chosen(better, "better", BETTER), 1)
    aim = np.array([arguments.single_target(target)])
    first = arguments.baseline_points(baseline)
    if kind == "i":
        return many(
            "i",
            value[None, :],
            better=direction,
            target=aim,
            profile=CHARTS,
            baseline=first,
            spans=spans,
        ).chart(0)

    parts = [_phase(kind, value[a:b], count[a:b], below[a:b], first) for a, b in spans]
    bits = np.concatenate([part[1] for part in parts], axis=1)
    signal, meaning = decide(bits, direction, CHARTS)
    whole = Lines(
        *(
            np.concatenate([getattr(part[0], f.name) for part in parts], axis=1)
            for f in fields(Lines)
        )
    )
    start = spans[-1][0]
    present = start + np.flatnonzero(~np.isnan(value[start:]))
    judged = present.size > (0 if kind == "run" else 1)
    at = slice(present[-1], present[-1] + 1) if judged else slice(0)
    assured = assurance_codes(
        aim[: 1 if judged else 0],
        whole.lower[0, at],
        whole.upper[0, at],
        whole.slack[0, at],
        direction[: 1 if judged else 0],
    )
    return Chart(
        kind=kind,
        value=value,
        centre=whole.centre[0],
        lower=whole.lower[0],
        upper=whole.upper[0],
        near_lower=whole.near_lower[0],
        near_upper=whole.near_upper[0],
        signal=spell(signal[0], SIGNALS),
        meaning=spell(meaning[0], MEANINGS),
        variation=MEANINGS[meaning[0, present[-1]]] if judged else VARIATIONS[-1],
        assurance=ASSURANCES[assured[0]] if judged else None,
        runs=runs_of(value[start:], whole.centre[0, start:], whole.upper[0, start:]),
        phase=np.repeat(np.arange(len(spans)), [b - a for a, b in spans]),
        better=better,
        target=None if target is None else float(aim[0]),
    )
