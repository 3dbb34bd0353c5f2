"""From tallies to measurements: values, and where each stands on its chart, for every month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe import spc
from learnpipe.ground.calendar import month_text
from learnpipe.ground.measurements import (
    ALL,
    Durations,
    Line,
    Measures,
    Metric,
    Span,
    Tallies,
    Tally,
)
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import same_words
from learnpipe.measure.lifetimes import median_days
from learnpipe.measure.tiers import tier_tallies, trail_tallies

Array = np.ndarray[Any, Any]
PRINTED_BREAKDOWNS = {
    "incidents": ("signal", "category", "severity", "theme"),
    "complaints": ("theme",),
}
_BOUNDS = {
    "share": (0.0, 1.0),
    "count": (0.0, None),
    "rate": (0.0, None),
    "median_days": (0.0, None),
}


def measures_table(measures: Measures) -> pd.DataFrame:
    """`data/measures.csv`: one row for each metric, service, All, and month."""
    lines, months = measures.value.shape
    names = [month_text(month) for month in measures.span.months]
    meaning = np.array(spc.MEANINGS, dtype=object)[measures.charts.meaning]
    limits = ~np.isnan(measures.charts.centre)
    few = np.array([spc.VARIATIONS[code] == "too few points" for code in measures.charts.variation])
    variation = np.where(few[:, None], "too few points", meaning)
    assurance = np.array([spc.ASSURANCES[code] or "" for code in measures.charts.assurance], object)
    shown = ~np.isnan(measures.value)
    columns = {
        "month": np.tile(np.array(names, dtype=object), lines),
        "service": np.repeat([line.service for line in measures.lines], months),
        "metric": np.repeat([line.key for line in measures.lines], months),
        "due": measures.due.ravel(),
        "met": measures.met.ravel(),
        "no_evidence": measures.no_evidence.ravel(),
        "not_yet_due": measures.not_yet_due.ravel(),
        "value": measures.value.ravel(),
        "unit": np.repeat([line.unit for line in measures.lines], months),
        "centre": np.where(shown, measures.charts.centre, np.nan).ravel(),
        "lower": np.where(shown, measures.charts.lower, np.nan).ravel(),
        "upper": np.where(shown, measures.charts.upper, np.nan).ravel(),
        "variation": np.where(shown, variation, "").ravel(),
        "assurance": np.where(shown & limits, assurance[:, None], "").ravel(),
    }
    return pd.DataFrame(columns)


def measure(
    frames: Mapping[str, pd.DataFrame],
    span: Span,
    metrics: Mapping[str, Metric],
    schemas: Schemas,
    supplied: Sequence[str],
) -> Measures:
    """Count every metric, tier duty and trail record over services and months.

    ``supplied``: the logs there are; a metric without its log is blank with the reason.
    """
    tallies: dict[str, Tallies] = {}
    why_blank: dict[str, str] = {}
    lines: list[Line] = []
    rows: list[_Row] = []
    for key, metric in metrics.items():
        logs = [*metric.logs, *(log for name in metric.needs for log in _logs_of(name, schemas))]
        missing = [log for log in logs if log not in supplied]
        if missing:
            name = schemas.logs[missing[0]].title.lower()
            why_blank[key] = f"no {name} supplied"
            _add(lines, rows, span, key, metric, schemas, None)
            continue
        needed = {name: frames[name][list(columns)] for name, columns in metric.needs.items()}
        tallies[key] = metric.tally(needed, span)
        _add(lines, rows, span, key, metric, schemas, tallies[key][""], tallies[key])
        for part in PRINTED_BREAKDOWNS.get(key, ()):
            for name, tally in tallies[key].items():
                if name.startswith(f"{part}."):
                    label = same_words(name)
                    _add(lines, rows, span, f"{key}.{label}", metric, schemas, tally)
    if "incidents" in supplied:
        parts = {**tier_tallies(frames, span), **trail_tallies(frames, span)}
        if "actions" not in supplied:
            # Without an action log nobody can tell what was done: blank, not "0 of 12".
            of_actions = [key for key in parts if key.endswith(_OF_ACTIONS)]
            why_blank |= dict.fromkeys(of_actions, "no action log supplied")
            parts = {key: tally for key, tally in parts.items() if key not in of_actions}
        for key, tally in parts.items():
            _add(lines, rows, span, key, None, schemas, tally)
        tallies["tiers"] = parts
    return _assemble(span, lines, rows, tallies, why_blank)


_OF_ACTIONS = (".micro_action", ".verified", "trail.action", "trail.verification")


def _logs_of(frame: str, schemas: Schemas) -> tuple[str, ...]:
    """The logs that a judged frame is made of."""
    if frame == "trails":
        return ("incidents", "actions")
    return (frame,) if frame in schemas.logs else ()


@dataclass(frozen=True)
class _Row:
    met: Array
    due: Array
    no_evidence: Array
    not_yet_due: Array
    value: Array


def _add(
    lines: list[Line],
    rows: list[_Row],
    span: Span,
    key: str,
    metric: Metric | None,
    schemas: Schemas,
    tally: Tally | Durations | None,
    parts: Tallies | None = None,
) -> None:
    """Add the lines of one tally: each service in name order, then all of them."""
    kind = metric.kind if metric else "share"
    better = metric.better if metric else "higher"
    unit = metric.unit if metric else "of those due"
    plain = metric is None or key == metric.key
    target = schemas.number(metric.target) if metric and metric.target and plain else None
    covered = None if metric is None else span.covered.get(metric.covers)
    mixed = False
    if kind == "rate" and parts:
        unit, mixed = _rate_unit(parts, unit)
    for at, service in enumerate([*span.services, ALL]):
        own = slice(None) if service == ALL else slice(at, at + 1)
        there = None if covered is None else np.asarray(covered[own].any(axis=0))
        rows.append(
            _row(tally, own, kind, better, there, mixed and service == ALL, span)
        )  # fmt: skip
        lines.append(Line(key, service, kind, unit, better, target))


def _rate_unit(parts: Tallies, unit: str) -> tuple[str, bool]:
    used = [
        name.removeprefix("basis.").replace("_", "-")
        for name, tally in parts.items()
        if name.startswith("basis.") and isinstance(tally, Tally) and tally.due is not None
        and tally.due.any()
    ]  # fmt: skip
    return (f"per 1,000 {used[0]}" if len(used) == 1 else unit), len(used) > 1


def _row(
    tally: Tally | Durations | None,
    own: slice,
    kind: str,
    better: str,
    covered: Array | None,
    blank: bool,
    span: Span,
) -> _Row:
    months = span.shape[1]
    nothing = np.full(months, np.nan)
    if tally is None or blank:
        return _Row(nothing, nothing, nothing, nothing, nothing)
    if isinstance(tally, Durations):
        closed, still_open = tally.closed[own].sum(axis=0), tally.still_open[own].sum(axis=0)
        met, due = closed.sum(axis=-1) * 1.0, (closed + still_open).sum(axis=-1) * 1.0
        gap = _gap(covered, due)
        met, due = np.where(gap, np.nan, met), np.where(gap, np.nan, due)
        return _Row(met, due, nothing, nothing, median_days(closed, still_open))
    met = tally.met[own].sum(axis=0).astype(float)
    due = nothing if tally.due is None else tally.due[own].sum(axis=0).astype(float)
    unknown = nothing if tally.no_evidence is None else tally.no_evidence[own].sum(axis=0) * 1.0
    running = nothing if tally.not_yet_due is None else tally.not_yet_due[own].sum(axis=0) * 1.0
    with np.errstate(invalid="ignore", divide="ignore"):
        if kind == "count":
            met = value = np.where(_gap(covered, met), np.nan, met)
        elif kind == "rate":
            value = np.where(due > 0, met * 1000.0 / due, np.nan)
        else:
            base = due - unknown if better == "lower" else due
            value = np.where(base > 0, met / base, np.nan)
            gap = _gap(covered, due + running)
            met, due, unknown, running = (
                np.where(gap, np.nan, counts) for counts in (met, due, unknown, running)
            )
    return _Row(met, due, unknown, running, value)


def _gap(covered: Array | None, counts: Array) -> Array:
    """The months of which the log says nothing: not covered, and nothing in them."""
    return np.zeros(counts.shape, bool) if covered is None else ~covered & (counts == 0)


def _assemble(
    span: Span,
    lines: list[Line],
    rows: list[_Row],
    tallies: Mapping[str, Tallies],
    why_blank: Mapping[str, str],
) -> Measures:
    def stacked(name: str) -> Array:
        return np.array([getattr(row, name) for row in rows], dtype=float).reshape(len(rows), -1)

    value = stacked("value")
    targets = np.array([np.nan if line.target is None else line.target for line in lines])
    # Neighbouring months of a twelve-month median share most of their actions: no rule holds there.
    overlapping = np.array([line.kind == "median_days" for line in lines])[:, None]
    plotted = np.where(overlapping, np.nan, value)
    charts = spc.xmr_many(plotted, better=[line.better for line in lines], target=targets)
    low = np.array([_BOUNDS[line.kind][0] for line in lines], dtype=float)[:, None]
    high = np.array([_BOUNDS[line.kind][1] or np.inf for line in lines], dtype=float)[:, None]
    charts = _clamped(charts, low, high)
    return Measures(
        span, tuple(lines), stacked("met"), stacked("due"), stacked("no_evidence"),
        stacked("not_yet_due"), value, charts, tallies, why_blank,
        {(line.key, line.service): at for at, line in enumerate(lines)},
    )  # fmt: skip


def _clamped(charts: spc.Batch, low: Array, high: Array) -> spc.Batch:
    """The charts with limits at the bound where the measure cannot pass it."""
    from dataclasses import replace

    names = ("lower", "upper", "near_lower", "near_upper")
    return replace(charts, **{name: np.clip(getattr(charts, name), low, high) for name in names})
