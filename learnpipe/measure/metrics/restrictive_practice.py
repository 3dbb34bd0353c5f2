"""Signals of the month in which the log says that a restrictive practice was used, such as
restraint. Where no row of the log says yes or no, it is blank and not nought: nobody was asked.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Signals with a restrictive practice by month, category and theme."""
    rows = frames["incidents"]
    return count_rows(rows[rows["restrictive_practice"] == "yes"], span, by=("category", "theme"))


METRIC = Metric(
    key="restrictive_practice",
    title="Restrictive practice used",
    family="Safety",
    order=60,
    kind="count",
    better="lower",
    question="How often did we restrict someone?",
    unit="signals",
    covers="incidents",
    needs={"incidents": ("at", "month", "restrictive_practice", "category", "theme")},
    tally=tally,
    source="Article: restrictive practice",
    answers=("restrictive_practice",),
)
