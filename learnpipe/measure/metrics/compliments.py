"""Compliments received in the month."""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Compliments by month."""
    rows = frames["feedback"].drop_duplicates("case", keep="last")
    return count_rows(rows[rows["is_compliment"]], span)


METRIC = Metric(
    key="compliments",
    title="Compliments",
    family="Experience",
    order=40,
    kind="count",
    better="neither",
    question="What do people thank us for?",
    unit="compliments",
    covers="feedback",
    needs={"feedback": ("at", "month", "case", "is_compliment")},
    tally=tally,
    source="Article: compliments linked to improvements",
)
