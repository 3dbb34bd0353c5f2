"""What is drawn for people outside: by month where no point is small, else by quarter, else not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_name
from learnpipe.ground.measurements import ALL
from learnpipe.report.facts import Facts
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.sharing.suppress import DUE, MET, Sharing
from learnpipe.report.sharing.tender_figures import MONTHS
from learnpipe.report.sharing.tender_shapes import Points

DRAWN = (
    "incidents", "repeat_rate", "triaged_in_time", "reviewed_in_time", "closed_in_time",
    "verified", "notes_shared", "reporter_told", "observation_pass_rate", "supervision_coverage",
)  # fmt: skip
QUARTER = 3
SMALL = "a point of it, even by quarter, would be a small number"
NOTHING = "there is a quarter with nothing to count"
FLAT = "{nought} in every {by}: a chart would show nothing"


def drawn_points(
    facts: Facts, sharing: Sharing
) -> tuple[tuple[Points, ...], tuple[tuple[str, str], ...]]:
    """The drawings, and what is not drawn with the reason: (title, reason)."""
    drawn, left = [], []
    first, last = facts.month - MONTHS + 1, facts.month
    months = [(month, month) for month in range(first, last + 1)]
    quarters = [(month, month + QUARTER - 1) for month in range(first, last + 1, QUARTER)]
    for key in DRAWN:
        one = sharing.series.get(key)
        if one is None:
            continue
        title, counted = facts.metrics[key].title, one.due is None
        why = SMALL
        for by, ranges in (("month", months), ("quarter", quarters)):
            if _empty(sharing, key, ranges):
                why = NOTHING
            elif sharing.points(key, ranges, counted):
                points = _points(key, title, by, ranges, facts, sharing)
                why = "" if any(points.values) else FLAT.format(nought=points.nought, by=by)
                if not why:
                    drawn.append(points)
                break
            else:
                why = SMALL
        if why:
            left.append((title, why))
    return tuple(drawn), tuple(left)


def _empty(sharing: Sharing, key: str, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether there is a point without anything to count: a gap is no zero."""
    one = sharing.series[key]
    if one.due is not None:
        return any(one.total(DUE, *months) == 0 for months in ranges)
    start = ranges[0][0] - one.first
    return start < 0 or bool(np.isnan(one.met[start:]).any())


def _points(
    key: str, title: str, by: str, ranges: Sequence[tuple[int, int]], facts: Facts,
    sharing: Sharing,
) -> Points:  # fmt: skip
    one, metric = sharing.series[key], facts.metrics[key]
    labels = [
        month_name(begin, short=True)
        if begin == end
        else f"{month_name(begin, short=True)[:3]}–{month_name(end, short=True)}"
        for begin, end in ranges
    ]
    values = [
        one.total(MET, *months) / (one.total(DUE, *months) if one.due is not None else 1)
        for months in ranges
    ]
    target = facts.schemas.number(metric.target) if metric.target else None
    return Points(
        key, title, by, tuple(labels), tuple(values), one.due is not None,
        target if one.due is not None else None,
    )  # fmt: skip


def shared_charts(
    charts: Sequence[ChartSpec], facts: Facts, sharing: Sharing
) -> tuple[tuple[ChartSpec, ...], tuple[tuple[str, str], ...]]:
    """Those of the page's charts that may be files of their own, and the others with the reason.

    A chart of one service stays inside: with that of all it would tell of the others.
    """
    out: list[ChartSpec] = []
    left: list[tuple[str, str]] = []
    span = facts.judged.span
    for chart in map(partial(_names_free, facts=facts), charts):
        if any(facts.doubtful(reason) for _, reason in chart.phases):
            left.append((chart.title, "the reason for its new limits may hold a name"))
            continue
        one = sharing.series.get(chart.key)
        if chart.file != f"{chart.key}.png" or chart.kind == "g":
            left.append((chart.title, "it is of one service, or of single events"))
            continue
        if one is None:  # how many stand at a month's end: nothing follows from two of them
            safe = _is_stock(chart.key, facts) and not any(
                value is not None and sharing.small(round(value)) for value in chart.values
            )
            if safe:
                out.append(chart)
            else:
                left.append((chart.title, "a month of it is a small number"))
            continue
        there = [
            month for month, value in zip(
                range(span.last - len(chart.months) + 1, span.last + 1), chart.values, strict=True
            ) if value is not None
        ]  # fmt: skip
        if sharing.points(chart.key, [(month, month) for month in there], one.due is None):
            out.append(chart)
        else:
            left.append((chart.title, "a month of it is a small number"))
    return tuple(out), tuple(left)


def _names_free(chart: ChartSpec, facts: Facts) -> ChartSpec:
    """A chart without known people: the reasons for new limits are a provider's own words."""
    masked = facts.masked
    return replace(
        chart,
        title=masked(chart.title),
        subtitle=masked(chart.subtitle),
        note=masked(chart.note),
        alt=masked(chart.alt),
        phases=tuple((at, masked(reason)) for at, reason in chart.phases),
    )


def _is_stock(key: str, facts: Facts) -> bool:
    line = facts.measures.position(key)
    return line is not None and facts.measures.lines[line].stock


def shared_themes(
    facts: Facts, sharing: Sharing, themes: pd.DataFrame
) -> tuple[pd.DataFrame, int] | None:
    """The themes of the last twelve months that may be drawn, and the signals of all others.

    None where they may not be drawn at all. Needed: `theme`, `last_12_months`.
    """
    counts = themes.groupby("theme")["last_12_months"].sum()
    counts = counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable")
    keys = {name: f"incidents.theme.{str(name).casefold()}" for name in counts.index}
    window = ((facts.month - MONTHS + 1, facts.month),)
    told = [
        name for name in counts.index
        if keys[name] in sharing.series and sharing.may(keys[name], (MET,), window)
        and sharing.series[keys[name]].total(MET, *window[0]) == counts[name]
    ]  # fmt: skip
    rest = int(counts.sum() - counts[told].sum())
    while told and sharing.small(rest):
        rest += int(counts[told.pop()])
    if len(told) < 2:
        return None
    for name in told:
        sharing.note(keys[name], (MET,), window)
    numbers = [int(counts[name]) for name in told]
    return pd.DataFrame({"theme": told, "service": ALL, "last_12_months": numbers}), rest
