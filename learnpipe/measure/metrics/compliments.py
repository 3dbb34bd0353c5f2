"""Compliments received in the month."""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Compliments by month."""
    rows = frames["feedback"]
    return count_rows(rows[rows["is_compliment"]], span, month="received_month")


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
    needs={"feedback": ("at", "received_month", "is_compliment")},
    tally=tally,
    source="Article: compliments linked to improvements",
)
