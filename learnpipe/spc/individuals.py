"""XmR charts of many series at once, and of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc import arguments
from learnpipe.spc.batches import Batch
from learnpipe.spc.faces import Chart, assurance_codes
from learnpipe.spc.limits import Order, first_ones, individual_lines, packing_of
from learnpipe.spc.profiles import PROFILES, Profile
from learnpipe.spc.rules import Lines, fired
from learnpipe.spc.words import (
    BETTER,
    TOO_FEW,
    Bits,
    Floats,
    decide,
)

HUGE = 1e150
"""Series beyond this are computed in a smaller unit, so that no sum overflows."""

BLOCK = 2500
"""So many series are judged at once: what is made on the way then stays near the processor. No
power of two: the points of one series would then drive one another out of its cache."""


def _shrink(value: Floats) -> tuple[Floats, Floats | None]:
    """Return the series, huge ones divided by a power of two, and that power (None: all 1)."""
    if not value.size or not value.shape[1]:
        return value, None
    highest, lowest = (float(least.reduce(value, axis=None)) for least in (np.fmax, np.fmin))
    if not max(highest, -lowest) >= HUGE:  # also where all is missing
        return value, None
    top = np.nan_to_num(np.abs(value)).max(axis=1, keepdims=True)
    if top.max() < HUGE:
        return value, None
    power = np.where(top < HUGE, 0, np.frexp(top)[1])
    return np.ldexp(value, -power), power


def _phase(
    value: Floats, profile: Profile, screen: bool, baseline: int | None
) -> tuple[Lines, Bits, Order]:
    """Return lines, fired rules and the position of the last point of each series, for one
    phase: it is handed no other point, so nothing can cross."""
    blocks = [
        _block(value[start : start + BLOCK], profile, screen, baseline)
        for start in range(0, max(len(value), 1), BLOCK)
    ]
    if len(blocks) == 1:
        return blocks[0]
    lines = (np.concatenate([getattr(one[0], f.name) for one in blocks]) for f in fields(Lines))
    return (
        Lines(*lines),
        np.concatenate([one[1] for one in blocks]),
        np.concatenate([one[2] for one in blocks]),
    )


def _block(
    value: Floats, profile: Profile, screen: bool, baseline: int | None
) -> tuple[Lines, Bits, Order]:
    number, packing = packing_of(value)
    month = np.ascontiguousarray(value.T) if packing is None else packing.pack_months(value)
    lines = individual_lines(month, number, profile, screen, baseline)
    there = None if packing is None else first_ones(len(month), number)
    bits = fired(month, None, lines, profile, there)
    none = np.isnan(lines.upper[:, 0])
    if none.any():
        bits[:, none] = 0
    if packing is None:
        return lines, np.ascontiguousarray(bits.T), np.maximum(number - 1, 0)
    return lines, packing.unpack_few(bits), packing.last()


def many(
    kind: str,
    value: Floats,
    *,
    better: npt.NDArray[np.intp],
    target: Floats,
    profile: Profile,
    baseline: int | None = None,
    spans: Sequence[tuple[int, int]],
    bounds: tuple[float, float] = (-np.inf, np.inf),
) -> Batch:
    """Return the XmR charts of checked series: see `xmr_many`."""
    small, power = _shrink(value)
    parts = [_phase(small[:, a:b], profile, profile.screen, baseline) for a, b in spans]
    lines, bits, last = parts[-1]

    def drawn(name: str) -> Floats:
        columns = [getattr(part[0], name) for part in parts]
        line = columns[0] if len(parts) == 1 else np.concatenate(columns, axis=1)
        if power is not None:
            with np.errstate(over="ignore"):
                line = np.ldexp(line, power)
        if name != "centre" and bounds != (-np.inf, np.inf):
            line = np.clip(line, *bounds)
        return line

    every = bits if len(parts) == 1 else np.concatenate([part[1] for part in parts], axis=1)
    signal, meaning = decide(every, better, profile)
    without = np.isnan(lines.upper[:, 0])
    variation = np.full(len(value), TOO_FEW, dtype=np.int8)
    if value.shape[1]:
        at_last = meaning[np.arange(len(value)), spans[-1][0] + last]
        variation = np.where(without, variation, at_last)
    scaled = target if power is None else np.ldexp(target, -power[:, 0])
    return Batch(
        kind=kind,
        value=value,
        lines=Lines(*(drawn(f.name) for f in fields(Lines))),
        fired=every,
        signal=signal,
        meaning=meaning,
        variation=variation,
        assurance=assurance_codes(
            scaled, lines.lower[:, 0], lines.upper[:, 0], lines.slack[:, 0], better
        ),
        phase=np.repeat(np.arange(len(spans)), [b - a for a, b in spans]),
        better=better,
        target=target,
    )


def xmr_many(
    Y: Any,
    *,
    better: str | Sequence[str] = "lower",
    target: Any = None,
    profile: str = "mdc",
    screen: bool | None = None,
    baseline: int | None = None,
    rebase: Iterable[int] = (),
    shift: int | None = None,
    trend: int | None = None,
    bounds: tuple[float | None, float | None] = (None, None),
) -> Batch:
    """Return the XmR charts of many series as one `Batch`, all at once.

    Y: series by points in order of time, NaN for a month without data. better: one word for
    all series or one each; target: one number, one each (NaN: none) or None. The rest as in
    `xmr`, the same for all series. Raises ValueError saying which argument and why.

    >>> batch = xmr_many([[1, 3, 1, 3], [5, 5, 5, 5]], profile="nhsr", target=6)
    >>> batch.upper[:, 0].tolist()  # 2 + 2.66 * 2 and 5 + 2.66 * 0
    [7.32, 5.0]
    >>> from learnpipe import spc
    >>> [spc.ASSURANCES[code] for code in batch.assurance]
    ['hit and miss', 'met']
    """
    value = arguments.numbers(Y, "Y", dimensions=2)
    return many(
        "xmr",
        value,
        better=arguments.directions(better, len(value)),
        target=arguments.targets(target, len(value)),
        profile=_settings(profile, screen, shift, trend),
        baseline=arguments.baseline_points(baseline),
        spans=arguments.phase_spans(rebase, value.shape[1]),
        bounds=arguments.bounds_of(bounds, value),
    )


def xmr(
    y: Any,
    better: str = "lower",
    target: float | None = None,
    profile: str = "mdc",
    screen: bool | None = None,
    baseline: int | None = None,
    rebase: Iterable[int] = (),
    *,
    shift: int | None = None,
    trend: int | None = None,
    bounds: tuple[float | None, float | None] = (None, None),
) -> Chart:
    """Return the XmR chart (process behaviour chart) of one series.

    y: one number a point in order of time, NaN for a month without data (skipped by runs,
    trends and moving ranges: see `limits.packing_of`). better: higher, lower or neither.
    profile: mdc or nhsr; screen, shift, trend: None for the profile's own. baseline: limits
    come from the first N points of each phase, N ≥ 12. rebase: 0-based positions where a
    phase starts; nothing crosses phases, and each needs the profile's number of points for
    limits. bounds: lowest and highest value possible; lines are drawn no further.
    Raises ValueError saying which argument and why. (Making Data Count; NHSRplotthedots.)

    >>> chart = xmr([4, 6] * 7, better="higher", target=12)
    >>> float(chart.centre[0]), round(float(chart.upper[0]), 3)  # 5 + 3 / 1.128 * 2
    (5.0, 10.319)
    >>> chart.variation, chart.assurance
    ('common', 'missed')
    >>> xmr([4, 6]).variation
    'too few points'
    """
    value = arguments.numbers(y, "y")[None, :]
    return many(
        "xmr",
        value,
        better=arguments.directions(arguments.chosen(better, "better", BETTER), 1),
        target=np.array([arguments.single_target(target)]),
        profile=_settings(profile, screen, shift, trend),
        baseline=arguments.baseline_points(baseline),
        spans=arguments.phase_spans(rebase, value.shape[1]),
        bounds=arguments.bounds_of(bounds, value),
    ).chart(0)


def _settings(profile: str, screen: Any, shift: Any, trend: Any) -> Profile:
    """Return the profile with the caller's settings in it; raises ValueError."""
    rules = PROFILES[arguments.chosen(profile, "profile", PROFILES)]
    if screen is not None:
        if not isinstance(screen, bool | np.bool_):
            raise ValueError(f"screen: expected True, False or None, got {screen!r}")
        rules = replace(rules, screen=bool(screen))
    if shift is not None:
        rules = replace(rules, shift=arguments.whole(shift, "shift", 2))
    if trend is not None:
        rules = replace(rules, trend=arguments.whole(trend, "trend", 2))
    return rules
