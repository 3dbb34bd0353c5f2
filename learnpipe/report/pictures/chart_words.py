"""What is said of a chart: its kind and why, the finding, what fired, and the alt text."""

from __future__ import annotations

import numpy as np

from learnpipe.ground.calendar import month_name
from learnpipe.ground.charted import Charted, Points
from learnpipe.report.figures import LONGER_GAP, reason_text, value_text
from learnpipe.report.pictures.reading import Reading

KINDS = {
    "xmr": "Process behaviour chart (XmR)",
    "pp": "P′ chart",
    "up": "U′ chart",
    "g": "G chart",
    "t": "T chart",
    "run": "Run chart, median",
    "": "No chart",
}
CHOICE = {
    "pp": "A share of 12 or more due a month on average: mean and limits that allow for how many "
    "were due in each month (Laney's P′).",
    "up": "A rate: mean and limits that allow for each month's activity (Laney's U′).",
    "xmr": "Any other figure: mean and limits from the differences between neighbouring months "
    "(XmR, Making Data Count). Also shares of fewer than 12 due a month, and then said to be "
    "read with care.",
    "g": "A count of which over half of the months are zero: each point is the number of months "
    "without one between two months with one, about their median; a long gap means fewer.",
    "t": "Days between events: each event is a point, with the days since the one before it (G "
    "where two fell on the same day).",
    "run": "6 to 12 points: their median and no limits, for so few cannot tell signal from noise.",
    "": "Fewer than 6 points: the numbers only.",
}
"""Which chart a figure gets, as the Definitions say it."""
_TITLES = {
    "concern": "worse than usual",
    "improvement": "better than usual",
    "high": "higher than usual",
    "low": "lower than usual",
    "common": "within its usual range",
    "too few points": "too few months to judge",
}


def kind_and_why(charts: Charted, line: int) -> str:
    """The kind of a line's chart and the reason for it, in a few words.

    Where its limits begin anew, since when and why.
    """
    said = f"{KINDS[str(charts.kind[line])]}: {charts.why(line)}"
    for one in charts.rebased.get(line, ()):
        said += f"; anew from {month_name(one.month)}: {one.reason}"
    return said


def title(name: str, reading: Reading) -> str:
    """What the chart finds: the metric, what its last point means, and by which rule."""
    why = reason_text(reading.signal, reading.run)
    return f"{name}: {_TITLES[reading.meaning]}" + (f" ({why})" if why else "")


def signal_text(reading: Reading, points: Points, months: list[str]) -> str:
    """What fired at the last point, as short as a label: "7 below the mean since Mar 26".

    ``months``: the labels of the points.
    """
    signal = reading.signal or ""
    high = signal.endswith(("_high", "_up"))
    there = np.flatnonzero(~np.isnan(points.value))
    if signal == LONGER_GAP:
        return "longest gap: above the limit"
    if signal.startswith("outside"):
        return f"{'above the upper' if high else 'below the lower'} limit"
    if signal.startswith("shift"):
        since = months[there[-reading.run]]
        return f"{reading.run} {'above' if high else 'below'} the mean since {since}"
    if signal.startswith("trend"):
        step = np.diff(points.value[there])
        other = np.flatnonzero(step <= 0 if high else step >= 0)
        first = int(other[-1]) + 1 if len(other) else 0
        return f"{'rising' if high else 'falling'} since {months[there[first]]}"
    if signal.startswith("two_of_three"):
        return f"2 of 3 near the {'upper' if high else 'lower'} limit"
    return ""


def alt_text(
    name: str, finding: str, kind: str, months: list[str], points: Points, target: float | None
) -> str:
    """The text for those who do not see the chart.

    ``kind``: of the plotted figure; ``months``: the labels of the points.
    """
    told = [
        (month, value)
        for month, value in zip(months, points.value, strict=True)
        if not np.isnan(value)
    ]
    text = (
        f"Line chart of {name}, {told[0][0]} to {told[-1][0]}. {finding}. "
        f"Latest: {value_text(kind, float(told[-1][1]))}"
    )
    centre, lower, upper = (float(line[-1]) for line in (points.centre, points.lower, points.upper))
    if not np.isnan(upper):
        text += (
            f"; average {value_text(kind, centre)}, limits "
            f"{value_text(kind, lower)} to {value_text(kind, upper)}"
        )
    elif not np.isnan(centre):
        text += f"; median {value_text(kind, centre)}"
    if target is not None:
        text += f"; target {value_text(kind, target)}"
    return f"{text}."
