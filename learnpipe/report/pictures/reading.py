"""How the last point of a line reads on its chart, and which service stands out alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from learnpipe import spc
from learnpipe.ground.charted import Charted
from learnpipe.ground.measurements import Measures, Metric
from learnpipe.report.figures import LONGER_GAP


@dataclass(frozen=True)
class Reading:
    """How a metric's last point reads on its chart: meaning, signal, and points on that side."""

    meaning: str
    signal: str | None
    run: int

    @property
    def upwards(self) -> bool:
        """Whether the rule that fired says higher, not lower."""
        return bool(self.signal) and str(self.signal).endswith(("_high", "_up"))

    @property
    def fired(self) -> bool:
        """Whether a rule fired: a signal, not noise."""
        return self.meaning in ("improvement", "concern", "high", "low")


def read_last_point(charts: Charted, line: int, words: Any = spc) -> Reading:
    """How the last present point of a line reads on its chart; ``words`` is the spc room."""
    points = charts.points(line)
    variation = words.VARIATIONS[charts.variation[line]]
    present = np.flatnonzero(~np.isnan(points.value) & (points.phase == charts.phase[line, -1]))
    if not len(present):
        return Reading(variation if (~np.isnan(charts.value[line])).any() else "", None, 0)
    signal = words.SIGNALS[points.signal[present[-1]]]
    if points.unit == "months" and signal is not None:
        signal = LONGER_GAP
    side = np.sign(points.value[present] - points.centre[present])
    same = side[::-1] == side[-1]
    run = len(same) if same.all() else int(np.argmin(same))
    return Reading(variation, signal, run)


def plottable(measures: Measures, key: str, service: str, month: int) -> int | None:
    """The line of a metric and service, if it has points enough and a value for this month."""
    line = measures.position(key, service)
    if line is None or measures.at(key, service, month).value is None:
        return None
    return line if measures.charts.kind[line] else None


def own_concern(measures: Measures, metric: Metric, month: int) -> tuple[str, int, Reading] | None:
    """The service whose own chart shows a concern: name, line and reading; None if none does.

    Of several the one whose signal has lasted longest, of those the first by name. The chart and
    the sentence both ask here, so that they speak of the same service.
    """
    if metric.kind == "median_days" or len(measures.span.services) < 2:
        return None
    found = []
    for service in measures.span.services:
        line = plottable(measures, metric.key, service, month)
        if line is not None:
            reading = read_last_point(measures.charts, line)
            if reading.meaning == "concern":
                found.append((-reading.run, service, line, reading))
    return min(found, key=lambda one: one[:2])[1:] if found else None
