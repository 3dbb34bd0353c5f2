"""Which charts matter most this month, and what each says."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from learnpipe import spc
from learnpipe.ground.calendar import month_name
from learnpipe.ground.charted import Points
from learnpipe.ground.measurements import ALL, Measures, Metric
from learnpipe.report.pictures.chart_words import alt_text, kind_and_why, signal_text, title
from learnpipe.report.pictures.reading import Reading, own_concern, plottable, read_last_point
from learnpipe.report.shapes import ChartSpec

MOST_POINTS = 24
_RANK = {"concern": 0, "improvement": 2, "high": 4, "low": 4}
_SERVICE_CONCERN, _MISSED, _REST = 1, 3, 5
_PLOTTED = {
    "months": "months without one before each month with one",
    "days": "days since the one before, at each",
}


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
        line = plottable(measures, metric.key, ALL, month)
        reading = Reading("", None, 0)
        if line is not None:
            reading = read_last_point(measures.charts, line)
            missed = spc.ASSURANCES[measures.charts.assurance[line]] == "missed"
            rank = _RANK.get(reading.meaning, _MISSED if missed else _REST)
            ranked.append((rank, order, metric, line, reading))
        if not reading.fired and (own := own_concern(measures, metric, month)):
            ranked.append((_SERVICE_CONCERN, order, metric, *own[1:]))
    ranked.sort(key=lambda one: one[:2])
    return tuple(
        _spec(metric, measures, line, reading) for _, _, metric, line, reading in ranked[:most]
    )


def _spec(metric: Metric, measures: Measures, line: int, reading: Reading) -> ChartSpec:
    charts, one = measures.charts, measures.lines[line]
    points = _latest(charts.points(line))
    of_events = line in charts.gaps
    months = [month_name(measures.span.first + int(at), short=True) for at in points.at]
    alone = one.service != ALL
    name = f"{metric.title} at {one.service}" if alone else metric.title
    plotted = _PLOTTED.get(points.unit, one.unit)
    by = "" if of_events else ", by month"
    finding = title(name, reading)
    target = None if of_events else one.target
    place = measures.span.services.index(one.service) + 1 if alone else 0
    return ChartSpec(
        key=metric.key,
        title=finding,
        subtitle=f"{name}, {plotted}{'' if alone else ', all services'}{by}",
        note=kind_and_why(charts, line),
        months=tuple(months),
        values=_tuple(points.value),
        centre=_tuple(points.centre),
        lower=_tuple(points.lower),
        upper=_tuple(points.upper),
        meanings=_meanings(points),
        target=target,
        percent=metric.kind == "share",
        unit=points.unit or one.unit,
        alt=alt_text(
            name,
            finding,
            "count" if points.unit == "months" else metric.kind,
            months,
            points,
            target,
        ),
        file=f"{metric.key}-service-{place}.png" if alone else f"{metric.key}.png",
        kind=str(charts.kind[line]),
        phases=_phases(points, [one.reason for one in charts.rebased.get(line, ())]),
        signal=signal_text(reading, points, months),
    )


def _latest(points: Points) -> Points:
    """The last points of a chart, as many as are drawn."""
    return replace(
        points,
        **{
            one.name: getattr(points, one.name)[-MOST_POINTS:]
            for one in fields(points)
            if one.name != "unit"
        },
    )


def _phases(points: Points, reasons: list[str]) -> tuple[tuple[int, str], ...]:
    """Where limits begin anew among the points that are drawn, and why."""
    starts = np.flatnonzero(np.diff(points.phase)) + 1
    return tuple((int(at), reasons[int(points.phase[at]) - 1]) for at in starts)


def _meanings(points: Points) -> tuple[str, ...]:
    """What each point means; without limits there are too few to say."""
    limited = ~np.isnan(points.upper) | np.isnan(points.value)
    return tuple(
        spc.MEANINGS[code] if judged else "too few points"
        for code, judged in zip(points.meaning.tolist(), limited.tolist(), strict=True)
    )


def _tuple(numbers: np.ndarray[Any, Any]) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(number) else float(number) for number in numbers)
