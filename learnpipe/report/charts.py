"""Which charts matter most this month, and what each says."""

from __future__ import annotations

from typing import Any

import numpy as np

from learnpipe import spc
from learnpipe.ground.calendar import month_name
from learnpipe.ground.measurements import ALL, Measures, Metric
from learnpipe.report.figures import reason_text, value_text
from learnpipe.report.sentences import Reading, read_last_point
from learnpipe.report.shapes import ChartSpec

MOST_POINTS = 24
_LEAST_POINTS = 6
_RANK = {"concern": 0, "improvement": 2, "high": 3, "low": 3}
_SERVICE_CONCERN, _MISSED, _REST = 1, 4, 5


def choose_charts(
    metrics: list[Metric], measures: Measures, month: int, most: int
) -> tuple[ChartSpec, ...]:
    """The charts of the page: fired concerns first, then improvements, then missed targets.

    Where the services together show nothing and one of them a concern, that service's chart
    stands (of several, the one whose signal is longest). Equal ones stand in the order of the
    page, so the choice is stable when nothing changed.
    """
    ranked = []
    for order, metric in enumerate(metrics):
        if metric.kind == "median_days":
            continue
        line = _plottable(measures, metric.key, ALL, month)
        if line is None:
            continue
        reading = read_last_point(measures.charts, line, spc)
        missed = spc.ASSURANCES[measures.charts.assurance[line]] == "missed"
        rank = _RANK.get(reading.meaning, _MISSED if missed else _REST)
        if reading.meaning != "concern" and (own := _service_concern(measures, metric, month)):
            ranked.append((_SERVICE_CONCERN, order, metric, *own))
        ranked.append((rank, order, metric, line, reading))
    ranked.sort(key=lambda one: one[:2])
    return tuple(
        _spec(metric, measures, line, reading) for _, _, metric, line, reading in ranked[:most]
    )


def _plottable(measures: Measures, key: str, service: str, month: int) -> int | None:
    """The line of a metric and service, if it has points enough and one for this month."""
    line = measures.position(key, service)
    if line is None or measures.at(key, service, month).value is None:
        return None
    return line if (~np.isnan(measures.value[line])).sum() >= _LEAST_POINTS else None


def _service_concern(measures: Measures, metric: Metric, month: int) -> tuple[int, Reading] | None:
    """The service whose chart shows a concern that has lasted longest, if any does."""
    found = []
    for service in measures.span.services:
        line = _plottable(measures, metric.key, service, month)
        if line is not None:
            reading = read_last_point(measures.charts, line, spc)
            if reading.meaning == "concern":
                found.append((-reading.run, service, line, reading))
    return min(found)[2:] if found else None


def _spec(metric: Metric, measures: Measures, line: int, reading: Reading) -> ChartSpec:
    charts, one = measures.charts, measures.lines[line]
    first = max(0, measures.span.shape[1] - MOST_POINTS)
    months = [month_name(month, short=True) for month in measures.span.months][first:]
    alone = one.service != ALL
    name = f"{metric.title} at {one.service}" if alone else metric.title
    title = _title(name, reading)
    few = reading.meaning == "too few points"
    values = _tuple(charts.value[line, first:])
    place = measures.span.services.index(one.service) + 1 if alone else 0
    return ChartSpec(
        key=metric.key,
        title=title,
        subtitle=f"{name}, {one.unit}, {'' if alone else 'all services, '}by month",
        note=(
            "Fewer than 13 points: no limits are drawn"
            if few
            else "Process behaviour chart (XmR), Making Data Count rules"
        ),
        months=tuple(months),
        values=values,
        centre=_tuple(charts.centre[line, first:]),
        lower=_tuple(charts.lower[line, first:]),
        upper=_tuple(charts.upper[line, first:]),
        meanings=tuple(spc.MEANINGS[code] for code in charts.meaning[line, first:]),
        target=one.target,
        percent=metric.kind == "share",
        unit=one.unit,
        alt=_alt(name, metric.kind, months, values, one.target, charts, line, title),
        file=f"{metric.key}-service-{place}.png" if alone else f"{metric.key}.png",
    )


def _tuple(numbers: np.ndarray[Any, Any]) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(number) else float(number) for number in numbers)


def _title(name: str, reading: Reading) -> str:
    why = reason_text(reading.signal, reading.run)
    words = {
        "concern": "worse than usual",
        "improvement": "better than usual",
        "high": "higher than usual",
        "low": "lower than usual",
        "common": "within its usual range",
        "too few points": "too few months to judge",
    }[reading.meaning]
    return f"{name}: {words}" + (f" ({why})" if why else "")


def _alt(
    name: str,
    kind: str,
    months: list[str],
    values: tuple[float | None, ...],
    target: float | None,
    charts: spc.Batch,
    line: int,
    title: str,
) -> str:
    told = [
        (month, value) for month, value in zip(months, values, strict=True) if value is not None
    ]
    text = (
        f"Line chart of {name}, {told[0][0]} to {told[-1][0]}. {title}. "
        f"Latest: {value_text(kind, told[-1][1])}"
    )
    centre, lower, upper = (
        float(getattr(charts, name)[line, -1]) for name in ("centre", "lower", "upper")
    )
    if not np.isnan(centre):
        text += (
            f"; average {value_text(kind, centre)}, limits "
            f"{value_text(kind, lower)} to {value_text(kind, upper)}"
        )
    if target is not None:
        text += f"; target {value_text(kind, target)}"
    return text + "."
