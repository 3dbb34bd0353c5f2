"""Complaints received in the month. What the feedback log does not call a concern or a compliment
counts as a complaint.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Complaints by month, with their themes."""
    rows = frames["feedback"]
    return count_rows(rows[rows["is_complaint"]], span, month="received_month", by=("theme",))


METRIC = Metric(
    key="complaints",
    title="Complaints",
    family="Experience",
    order=10,
    kind="count",
    better="neither",
    question="What do people tell us?",
    unit="complaints",
    covers="feedback",
    needs={"feedback": ("at", "received_month", "is_complaint", "theme")},
    tally=tally,
    source="Article: complaints themes",
    breakdowns=("theme",),
)
