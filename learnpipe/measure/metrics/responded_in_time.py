"""Complaints answered within 28 days of being received, of those whose 28 days ended in the
month.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Responses by the month in which they fell due, and by theme."""
    rows = frames["feedback"]
    return share(rows[rows["is_complaint"]], span, clock="responded_", by=("theme",))


METRIC = Metric(
    key="responded_in_time",
    title="Complaints answered in 28 days",
    family="Experience",
    order=30,
    kind="share",
    better="higher",
    question="Do people get an answer?",
    unit="of those due",
    covers="feedback",
    needs={
        "feedback": (
            "at", "is_complaint", "theme", "responded_due_month", "responded_state",
            "responded_open_from", "responded_open_to",
        )
    },
    tally=tally,
    source="House: 28 days",
    target="target_responded_in_time",
)  # fmt: skip
