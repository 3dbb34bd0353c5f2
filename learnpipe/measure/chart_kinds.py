"""Which chart a line of figures gets, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from learnpipe.ground.measurements import Line

Array = np.ndarray[Any, Any]

FEWEST, ENOUGH = 6, 13
"""Points for a run chart and for limits (Making Data Count: limits from 13 points)."""

DUE = 12
"""Cases due a month, on average, from which a chart of shares allows for their number (House)."""


def chart_kinds(
    lines: Sequence[Line], plotted: Array, met: Array, base: Array
) -> tuple[Array, Callable[[int], str]]:
    """The kind of each line's chart, and what tells the reason for a line.

    ``plotted``, ``met`` and ``base`` (those that a share or rate is of): lines × months, NaN where
    there is nothing. A share with 12 or more due a month on average: P′; with fewer: XmR of the
    share. A rate: U′. A count: XmR, but where over half of its months are zero, G. Under 13
    points: a run chart; under 6: none. (Making Data Count; Laney 2002; Benneyan 2001.)
    """
    there = ~np.isnan(plotted)
    points, zeros = there.sum(axis=1), (plotted == 0).sum(axis=1)
    # Counts of counts: attendance, say, may be typed as more than those eligible.
    counted = (~there | ((met >= 0) & (met == np.floor(met)) & (base > 0))).all(axis=1)
    within = (~there | (met <= base)).all(axis=1)
    total = np.where(there, np.nan_to_num(base), 0.0).sum(axis=1)
    due = np.divide(total, points, out=np.zeros(len(points)), where=points > 0)
    of_kind = np.array([line.kind for line in lines], dtype=object)
    stock = np.array([line.stock for line in lines], dtype=bool)
    rare = (of_kind == "count") & (zeros * 2 > points)
    kinds = np.select(
        [
            rare & ~stock & (points >= ENOUGH),
            points < FEWEST,
            points < ENOUGH,
            (of_kind == "share") & counted & within & (due >= DUE),
            (of_kind == "rate") & counted,
        ],
        ["g", "", "run", "pp", "up"],
        "xmr",
    ).astype(object)

    def why(line: int) -> str:
        number, kind = int(points[line]), str(kinds[line])
        if of_kind[line] == "days":
            return "no event yet"
        if not number and stock[line] and of_kind[line] != "count":
            return "neighbouring months share most of what they count"
        if kind == "":
            return f"{number} of the {FEWEST} points that a chart needs"
        if kind == "run":
            return f"{number} points, limits need {ENOUGH}"
        if kind == "g":
            return f"{zeros[line]} of {number} months are zero"
        if kind == "pp":
            return f"shares of {due[line]:.0f} due a month on average"
        if kind == "up":
            return "a rate, by each month's activity"
        if of_kind[line] == "share" and due[line] < DUE:
            return f"only {due[line]:.1f} due a month on average: read with care"
        if rare[line]:
            return "over half of the months are zero: read with care"
        return "one figure a month"

    return kinds, why
