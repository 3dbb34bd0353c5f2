"""Control charts of any kind, of one series or of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc import arguments
from learnpipe.spc.batches import Batch
from learnpipe.spc.faces import Chart, assurance_codes
from learnpipe.spc.individuals import many
from learnpipe.spc.kinds import LINES, Phase, binomial_sigma, poisson_sigma
from learnpipe.spc.limits import Order, packing_of
from learnpipe.spc.profiles import CHARTS
from learnpipe.spc.rules import Lines, fired
from learnpipe.spc.words import BETTER, TOO_FEW, Bits, Floats, decide

KINDS = ("run", "i", "p", "pp", "u", "up", "c", "g", "t")
RATIOS = ("p", "pp", "u", "up")
_MAY_HAVE_N = ("run", "i")
_COUNTS = ("p", "pp", "u", "up", "c")
_FIELDS = fields(Lines)


def _points(kind: str, y: Any, n: Any, name: str) -> tuple[Floats, Floats, Floats]:
    """Return plotted values, counts and denominators, NaN together; raises ValueError."""
    dimensions = 1 if name == "y" else 2
    count = arguments.numbers(y, name, dimensions).copy()
    if kind in RATIOS and n is None:
        raise ValueError(f"n: a {kind} chart needs a denominator for each point")
    if n is not None and kind not in (*RATIOS, *_MAY_HAVE_N):
        raise ValueError(f"n: a {kind} chart takes no denominator")
    if kind in _COUNTS:
        arguments.counts(count, name, kind)
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
    kind: str, value: Floats, count: Floats, n: Floats, baseline: int | None, at_least: int
) -> tuple[Lines, Bits, Order, Order]:
    """Return the lines and fired rules of one phase, how many points each series has, and
    where its last one is."""
    points = value.shape[1]
    number, packing = packing_of(value)
    packed = value if packing is None else packing.pack(value)
    if packing is not None:
        count, n = packing.pack(count), packing.pack(n)
    used = np.minimum(number, points if baseline is None else baseline)
    lines = LINES[kind](Phase(packed, count, n, number, used))
    if kind != "run" and (few := number < at_least).any():
        lines = Lines(*(np.where(few[:, None], np.nan, getattr(lines, f.name)) for f in _FIELDS))
    step = None
    if kind in RATIOS:
        # Counts are compared where limits vary by how far each lies from the centre in its
        # own sigma; in a chart whose sigma is constant that is the order of the values.
        sigma = binomial_sigma if kind in ("p", "pp") else poisson_sigma
        reach = sigma(lines.centre[:, 0], n)
        away = packed - lines.centre
        step = np.diff(np.divide(away, reach, out=np.sign(away), where=reach > 0).T, axis=0)
    bits = np.ascontiguousarray(fired(packed.T, step, lines, CHARTS if kind in RATIOS else None).T)
    if packing is None:
        return lines, bits, number, np.maximum(number - 1, 0)
    # What is the same at all points is one column, and holds in missing months too.
    spread = (getattr(lines, field.name) for field in _FIELDS)
    lines = Lines(
        *(one if one.shape[1] < points else packing.unpack(one, np.nan) for one in spread)
    )
    return lines, packing.unpack(bits, 0), number, packing.last()


def _judged(
    kind: str,
    points: tuple[Floats, Floats, Floats],
    *,
    better: npt.NDArray[np.intp],
    target: Floats,
    baseline: int | None,
    spans: Sequence[tuple[int, int]],
    at_least: int,
) -> Batch:
    """Return the charts of checked series: see `chart_many`."""
    value, count, n = points
    if kind == "i":
        return many(
            "i",
            value,
            better=better,
            target=target,
            profile=replace(CHARTS, at_least=at_least),
            baseline=baseline,
            spans=spans,
        )
    parts = [_phase(kind, value[:, a:b], count[:, a:b], n[:, a:b], baseline, at_least)
             for a, b in spans]  # fmt: skip
    whole = Lines(
        *(
            np.concatenate(
                [
                    np.broadcast_to(getattr(part[0], f.name), (len(value), b - a))
                    for part, (a, b) in zip(parts, spans, strict=True)
                ],
                axis=1,
            )
            for f in _FIELDS
        )
    )
    bits = np.concatenate([part[1] for part in parts], axis=1)
    signal, meaning = decide(bits, better, CHARTS)
    number, last = parts[-1][2], spans[-1][0] + parts[-1][3]
    enough = number >= (1 if kind == "run" else at_least)
    variation = np.full(len(value), TOO_FEW, dtype=np.int8)
    assurance = np.zeros(len(value), dtype=np.int8)
    if value.shape[1]:
        at = np.arange(len(value)), last
        variation = np.where(enough, meaning[at], variation)
        assurance = assurance_codes(
            np.where(enough, target, np.nan),
            whole.lower[at],
            whole.upper[at],
            whole.slack[at],
            better,
        )
    return Batch(
        kind=kind,
        value=value,
        lines=whole,
        by_point=True,
        fired=bits,
        signal=signal,
        meaning=meaning,
        variation=variation,
        assurance=assurance,
        phase=np.repeat(np.arange(len(spans)), [b - a for a, b in spans]),
        better=better,
        target=target,
    )


def chart_many(
    kind: str,
    Y: Any,
    n: Any = None,
    *,
    better: str | Sequence[str] = "lower",
    target: Any = None,
    baseline: int | None = None,
    rebase: Iterable[int] = (),
    at_least: int = 2,
) -> Batch:
    """Return the control charts of many series of one kind as one `Batch`, all at once.

    Y: series by points in order of time, NaN for a month without data; n: denominators of the
    same shape, as in `chart`. better: one word for all series or one each; target: one number,
    one each (NaN: none) or None. at_least: points that a phase needs for limits. The rest as in
    `chart`. Raises ValueError saying which argument and why.

    >>> batch = chart_many("u", [[4, 4], [9, 9]], n=[[1, 4], [9, 9]])
    >>> batch.upper.round(3).tolist()  # 1.6 + 3 * √(1.6 / n) and 1 + 3 * √(1 / 9)
    [[5.395, 3.497], [2.0, 2.0]]
    """
    arguments.chosen(kind, "kind", KINDS)
    points = _points(kind, Y, n, "Y")
    return _judged(
        kind,
        points,
        better=arguments.directions(better, len(points[0])),
        target=arguments.targets(target, len(points[0])),
        baseline=arguments.baseline_points(baseline),
        spans=arguments.phase_spans(rebase, points[0].shape[1]),
        at_least=arguments.whole(at_least, "at_least", 2),
    )


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
    value, count, below = _points(kind, y, n, "y")
    return _judged(
        kind,
        (value[None, :], count[None, :], below[None, :]),
        better=arguments.directions(arguments.chosen(better, "better", BETTER), 1),
        target=np.array([arguments.single_target(target)]),
        baseline=arguments.baseline_points(baseline),
        spans=arguments.phase_spans(rebase, len(value)),
        at_least=2,
    ).chart(0)
