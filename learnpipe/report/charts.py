"""Which charts matter most this month, and what each says."""

from __future__ import annotations

import numpy as np

from learnpipe import spc
from learnpipe.ground.calendar import month_name
from learnpipe.ground.measurements import ALL, Measures, Metric
from learnpipe.report.figures import reason_text, value_text
from learnpipe.report.sentences import Reading, read_last_point
from learnpipe.report.shapes import ChartSpec

MOST_POINTS = 24
_LEAST_POINTS = 6
_RANK = {"concern": 0, "improvement": 1, "high": 2, "low": 2}


def choose_charts(
    metrics: list[Metric], measures: Measures, month: int, most: int
) -> tuple[ChartSpec, ...]:
    """The charts of the page: fired concerns first, then improvements, then missed targets.

    Equal ones stand in the order of the page, so the choice is stable when nothing changed.
    """
    ranked = []
    for order, metric in enumerate(metrics):
        line = measures.position(metric.key)
        if line is None or metric.kind == "median_days" or (~np.isnan(measures.value[line])).sum() < _LEAST_POINTS:
            continue
        if measures.at(metric.key, ALL, month).value is None:
            continue
        reading = read_last_point(measures.charts, line, spc)
        missed = spc.ASSURANCES[measures.charts.assurance[line]] == "missed"
        rank = _RANK.get(reading.meaning, 3 if missed else 4)
        ranked.append((rank, order, metric, line, reading))
    ranked.sort(key=lambda one: one[:2])
    return tuple(_spec(metric, measures, line, reading) for _, _, metric, line, reading in ranked[:most])


def _spec(metric: Metric, measures: Measures, line: int, reading: Reading) -> ChartSpec:
    charts, one = measures.charts, measures.lines[line]
    first = max(0, measures.span.shape[1] - MOST_POINTS)
    months = [month_name(month, short=True) for month in measures.span.months][first:]
    meanings = [spc.MEANINGS[code] for code in charts.meaning[line]][first:]
    title = _title(metric, reading)
    percent = metric.kind == "share"
    few = reading.meaning == "too few points"
    note = (
        "Fewer than 13 points: no limits are drawn"
        if few
        else "Process behaviour chart (XmR), Making Data Count rules"
    )
    values = _tuple(charts.value[line, first:])
    return ChartSpec(
        key=metric.key,
        title=title,
        subtitle=f"{metric.title}, {one.unit}, all services, by month",
        note=note,
        months=tuple(months),
        values=values,
        centre=_tuple(charts.centre[line, first:]),
        lower=_tuple(charts.lower[line, first:]),
        upper=_tuple(charts.upper[line, first:]),
        meanings=tuple(meanings),
        target=one.target,
        percent=percent,
        unit=one.unit,
        alt=_alt(metric, months, values, one.target, charts, line, title),
        file=f"{metric.key}.png",
    )


def _tuple(numbers: np.ndarray) -> tuple[float | None, ...]:  # type: ignore[type-arg]
    return tuple(None if np.isnan(number) else float(number) for number in numbers)


def _title(metric: Metric, reading: Reading) -> str:
    why = reason_text(reading.signal, reading.run)
    words = {
        "concern": "worse than usual",
        "improvement": "better than usual",
        "high": "higher than usual",
        "low": "lower than usual",
        "common": "within its usual range",
        "too few points": "too few months to judge",
    }[reading.meaning]
    return f"{metric.title}: {words}" + (f" ({why})" if why else "")


def _alt(
    metric: Metric,
    months: list[str],
    values: tuple[float | None, ...],
    target: float | None,
    charts: spc.Batch,
    line: int,
    title: str,
) -> str:
    told = [(month, value) for month, value in zip(months, values, strict=True) if value is not None]
    text = (
        f"Line chart of {metric.title.lower()}, {told[0][0]} to {told[-1][0]}. {title}. "
        f"Latest: {value_text(metric.kind, told[-1][1])}"
    )
    centre, lower, upper = (
        float(getattr(charts, name)[line, -1]) for name in ("centre", "lower", "upper")
    )
    if not np.isnan(centre):
        text += (
            f"; average {value_text(metric.kind, centre)}, limits "
            f"{value_text(metric.kind, lower)} to {value_text(metric.kind, upper)}"
        )
    if target is not None:
        text += f"; target {value_text(metric.kind, target)}"
    return text + "."
