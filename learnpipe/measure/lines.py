"""The figures of one tally: each service in name order, then all of them, for every month."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from learnpipe.ground.calendar import month_end
from learnpipe.ground.measurements import Part
from learnpipe.ground.tallies import Durations, LastDays, Span, Tally
from learnpipe.measure.intervals import wilson
from learnpipe.measure.lifetimes import median_days, median_limits

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Block:
    """Arrays of lines × months, NaN where there is none; ``plotted`` is what the chart is made of.

    ``low`` to ``high`` is the 95 % interval of the value.
    """

    met: Array
    due: Array
    no_evidence: Array
    not_yet_due: Array
    value: Array
    low: Array
    high: Array
    plotted: Array

    def blank_the_last(self) -> None:
        """Nothing for all services together: what does not add up."""
        for one in fields(self):
            getattr(self, one.name)[-1] = np.nan

    def limit(self, name: str) -> Block:
        """A limit of the interval as a value of its own, which is not plotted."""
        value, nothing = getattr(self, name), np.full(self.value.shape, np.nan)
        return replace(self, value=value, low=nothing, high=nothing, plotted=nothing)


FIGURES = tuple(one.name for one in fields(Block) if one.name != "plotted")


def block(
    span: Span,
    tally: Tally | Durations | LastDays | None,
    part: Part,
    covered: Array | None,
    settles: int,
) -> Block:
    """The figures of a tally. ``covered``: services × months of its log; None: always covered.

    ``settles``: the months at a log's start that are not plotted.
    """
    shape = (span.shape[0] + 1, span.shape[1])
    if tally is None:
        return Block(*(np.full(shape, np.nan) for _ in fields(Block)))
    there = np.ones(shape, dtype=bool) if covered is None else _or_all(covered)
    if isinstance(tally, Durations):
        return _medians(tally, there)
    if isinstance(tally, LastDays):
        return _days_since(tally, there, span)
    met, due, unknown, running = (
        np.full(shape, np.nan) if counts is None else _and_all(counts)
        for counts in (tally.met, tally.due, tally.no_evidence, tally.not_yet_due)
    )
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    if part.kind == "count":
        met = value = np.where(there | (met != 0), met, np.nan)
    elif part.kind == "rate":
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where(due > 0, met * 1000.0 / due, np.nan)
    else:
        base = due - unknown if part.better == "lower" else due
        with np.errstate(invalid="ignore", divide="ignore"):
            value = np.where(base > 0, met / base, np.nan)
        low, high = wilson(met, base)
        gap = ~there & (due + running == 0)
        met, due, unknown, running = (
            np.where(gap, np.nan, counts) for counts in (met, due, unknown, running)
        )
    plotted = np.where(_settling(there, settles), np.nan, value) if settles else value.copy()
    return Block(met, due, unknown, running, value, low, high, plotted)


def _medians(tally: Durations, there: Array) -> Block:
    """Medians are not plotted: neighbouring months share most actions, so no rule holds."""
    closed, still_open = _and_all(tally.closed), _and_all(tally.still_open)
    met, due = closed.sum(axis=-1), (closed + still_open).sum(axis=-1)
    gap = ~there & (due == 0)
    nothing = np.full(met.shape, np.nan)
    low, high = median_limits(closed, still_open)
    return Block(
        np.where(gap, np.nan, met), np.where(gap, np.nan, due), nothing, nothing.copy(),
        median_days(closed, still_open), low, high, nothing.copy(),
    )  # fmt: skip


def _days_since(tally: LastDays, there: Array, span: Span) -> Block:
    """Days from the last event to each month's end; not plotted, for each event is a point."""
    last = np.concatenate([tally.last, tally.last.max(axis=0, initial=-1, keepdims=True)])
    ends = np.array([month_end(month) for month in span.months]).astype("datetime64[D]")
    since = ends.astype(np.int64) - last
    met, nothing = _and_all(tally.met), np.full(last.shape, np.nan)
    return Block(
        np.where(there | (met > 0), met, np.nan), nothing, nothing.copy(), nothing.copy(),
        np.where((last >= 0) & there, since, np.nan), nothing.copy(), nothing.copy(),
        nothing.copy(),
    )  # fmt: skip


def _settling(there: Array, months: int) -> Array:
    """The first months of each line that its log covers: what came before it is not known."""
    first = np.where(there.any(axis=1), there.argmax(axis=1), there.shape[1])
    settling: Array = np.arange(there.shape[1]) < first[:, None] + months
    return settling


def _and_all(counts: Array) -> Array:
    """Services, and their sum."""
    return np.concatenate([counts, counts.sum(axis=0, keepdims=True)]).astype(float)


def _or_all(covered: Array) -> Array:
    """Services, and whether any of them is covered."""
    return np.concatenate([covered, covered.any(axis=0, keepdims=True)])
