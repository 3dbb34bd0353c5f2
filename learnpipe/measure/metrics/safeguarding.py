"""Signals of the month that are a safeguarding concern: the log says so, calls them one, or dates
when the concern was raised with the council. Neither up nor down is better. Where no row of the
log tells any of these, it is blank.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Safeguarding concerns by month, category and theme."""
    rows = frames["incidents"]
    return count_rows(rows[rows["is_safeguarding"]], span, by=("category", "theme"))


METRIC = Metric(
    key="safeguarding",
    title="Safeguarding concerns",
    family="Safety",
    order=70,
    kind="count",
    better="neither",
    question="How many safeguarding concerns did we raise?",
    unit="concerns",
    covers="incidents",
    needs={"incidents": ("at", "month", "is_safeguarding", "category", "theme")},
    tally=tally,
    source="Article: safeguarding learning tracked; Care Act 2014, section 42",
    answers=("safeguarding", "signal", "safeguarding_on"),
)
