"""Complaints answered within 28 days of being received, of those whose 28 days ended in the month.
Beside it, never as the target, those answered within the 12 weeks that the ombudsman allows.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Responses by the month in which they fell due, and by theme."""
    rows = frames["feedback"][frames["feedback"]["is_complaint"]]
    second = share(rows, span, clock="ombudsman_")[""]
    return {**share(rows, span, clock="responded_", by=("theme",)), "within_12_weeks": second}


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
            "responded_open_from", "responded_open_to", "ombudsman_due_month",
            "ombudsman_state", "ombudsman_open_from", "ombudsman_open_to",
        )
    },
    tally=tally,
    source="House: 28 days; 12 weeks: Local Government and Social Care Ombudsman",
    target="target_responded_in_time",
    parts={
        "within_12_weeks": Part(
            "Complaints answered in 12 weeks", "share", "higher", "of those due"
        )
    },
)  # fmt: skip
