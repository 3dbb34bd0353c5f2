"""The charts of all lines: many of one kind at once, and nothing crosses a phase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from learnpipe import spc
from learnpipe.ground.charted import Charted
from learnpipe.ground.measurements import Line
from learnpipe.ground.settings import Rebase
from learnpipe.measure.chart_gaps import Gaps, chart_days, chart_gaps
from learnpipe.measure.chart_kinds import ENOUGH, chart_kinds

Array = np.ndarray[Any, Any]
_PER = 1000.0
"""Rates are per thousand, and the limits of their chart too."""


def chart_lines(
    lines: Sequence[Line],
    plotted: Array,
    met: Array,
    base: Array,
    phases: Mapping[int, tuple[Rebase, ...]],
    first: int,
    events: Array | None = None,
) -> Charted:
    """The chart of each line, of the kind that suits it.

    ``plotted``, ``met``, ``base``: as for `chart_kinds`. ``phases``: where the limits of a line
    begin anew, in order of time; ``first``: the first month's number. ``events``: 2 × events, the
    line and the day of each, of the lines that count the days since the last one.
    """
    kinds, why = chart_kinds(lines, plotted, met, base)
    better = np.array([line.better for line in lines], dtype=object)
    target = np.array([np.nan if line.target is None else line.target for line in lines], float)
    out = _nothing(plotted, kinds, why, phases)
    starts = {at: tuple(one.month - first for one in own) for at, own in phases.items()}
    for at, months in starts.items():
        for month in months:
            out.phase[at, month:] += 1
    for kind, rebase, rows in _alike(kinds, starts):
        batch = _batch(kind, rows, plotted, met, base, better, target, rebase)
        scale = _PER if kind == "up" else 1.0
        for name in ("centre", "lower", "upper"):
            getattr(out, name)[rows] = getattr(batch, name) * scale
        out.signal[rows], out.meaning[rows] = batch.signal, batch.meaning
        if kind != "run":
            out.variation[rows], out.assurance[rows] = batch.variation, batch.assurance
    _stop_at_bounds(out, lines)
    out.limited[:] = ~np.isnan(out.upper)
    found = _rare(out, np.flatnonzero(kinds == "g"), better)
    if events is not None and events.size:
        found |= _dated(out, events, first, better)
    return _with_gaps(out, found)


def _nothing(
    plotted: Array,
    kinds: Array,
    why: Callable[[int], str],
    phases: Mapping[int, tuple[Rebase, ...]],
) -> Charted:
    """Charts of which nothing is known but their kind: too few points, no lines."""
    lines, shape = len(plotted), plotted.shape
    few = spc.VARIATIONS.index("too few points")
    return Charted(
        value=plotted,
        centre=np.full(shape, np.nan),
        lower=np.full(shape, np.nan),
        upper=np.full(shape, np.nan),
        signal=np.zeros(shape, dtype=np.int8),
        meaning=np.zeros(shape, dtype=np.int8),
        variation=np.full(lines, few, dtype=np.int8),
        assurance=np.zeros(lines, dtype=np.int8),
        limited=np.zeros(shape, dtype=bool),
        phase=np.zeros(shape, dtype=np.intp),
        kind=kinds,
        why=why,
        gaps={},
        rebased=phases,
    )


def _stop_at_bounds(out: Charted, lines: Sequence[Line]) -> None:
    """Draw limits at the bound where the measure cannot pass it: none is below zero."""
    share = np.array([line.kind == "share" for line in lines], dtype=bool)
    for limit in (out.lower, out.upper):
        np.clip(limit, 0.0, np.where(share, 1.0, np.inf)[:, None], out=limit)


def _rare(out: Charted, rows: Array, better: Array) -> dict[int, Gaps]:
    """The charts of counts that are mostly zero."""
    words = [str(word) for word in better[rows]]
    found = chart_gaps(out.value[rows], out.phase[rows], words) if rows.size else []
    # Their own reason tells why it is no chart of months; this one what the points are.
    return {
        at: replace(one, why=f"{out.why(at)}, {one.why}")
        for at, one in zip(rows.tolist(), found, strict=True)
    }


def _dated(out: Charted, events: Array, first: int, better: Array) -> dict[int, Gaps]:
    """The charts of events whose days are known."""
    at, day = events
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    inside = (month >= first) & (month < first + out.value.shape[1])
    rows, line = np.unique(at[inside], return_inverse=True)
    words = [str(word) for word in better[rows]]
    found = chart_days(line, day[inside], month[inside] - first, out.phase[rows], words)
    return dict(zip(rows.tolist(), found, strict=True))


def _with_gaps(out: Charted, found: Mapping[int, Gaps]) -> Charted:
    """The charts put in that have one point an event."""
    gaps = {}
    for at, one in found.items():
        out.kind[at], out.variation[at] = one.kind, one.variation
        if one.points is not None:
            gaps[at] = one.points
            out.signal[at], out.meaning[at], out.limited[at] = one.by_month(out.value.shape[1])
    told = out.why
    return replace(
        out, gaps=gaps, why=lambda line: found[line].why if line in found else told(line)
    )


def _alike(
    kinds: Array, starts: Mapping[int, tuple[int, ...]]
) -> Iterable[tuple[str, tuple[int, ...], Array]]:
    """The lines of one kind and the same phases, that are charted at once."""
    plain = np.ones(len(kinds), dtype=bool)
    plain[list(starts)] = False
    for kind in ("xmr", "pp", "up", "run"):
        rows = np.flatnonzero((kinds == kind) & plain)
        if rows.size:
            yield kind, (), rows
        for at, own in starts.items():
            if kinds[at] == kind:
                yield kind, own, np.array([at])


def _batch(
    kind: str,
    rows: Array,
    plotted: Array,
    met: Array,
    base: Array,
    better: Array,
    target: Array,
    rebase: tuple[int, ...],
) -> spc.Batch:
    """The charts of some lines of one kind; those of rates are per one, not per thousand."""
    words, aims, value = better[rows].tolist(), target[rows], plotted[rows]
    if kind == "run":
        return spc.chart_many("run", value, better=words, rebase=rebase)
    if kind == "xmr":
        return spc.xmr_many(value, better=words, target=aims, rebase=rebase)
    there = ~np.isnan(value)
    return spc.chart_many(
        kind,
        np.where(there, met[rows], np.nan),
        n=np.where(there, base[rows], np.nan),
        better=words,
        target=aims / _PER if kind == "up" else aims,
        rebase=rebase,
        at_least=ENOUGH,
    )
