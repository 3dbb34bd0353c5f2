"""Complaints acknowledged within 3 working days of being received, of those whose 3 days ended in
the month. The day of receipt is day 0; the bank holidays of the service's nation do not count.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Acknowledgements by the month in which they fell due, and by theme."""
    rows = frames["feedback"]
    return share(rows[rows["is_complaint"]], span, clock="acknowledged_", by=("theme",))


METRIC = Metric(
    key="acknowledged_in_time",
    title="Complaints acknowledged in 3 working days",
    family="Experience",
    order=20,
    kind="share",
    better="higher",
    question="Do people hear from us at once?",
    unit="of those due",
    covers="feedback",
    needs={
        "feedback": (
            "at", "is_complaint", "theme", "acknowledged_due_month", "acknowledged_state",
            "acknowledged_open_from", "acknowledged_open_to",
        )
    },
    tally=tally,
    source="House: 3 working days",
    target="target_acknowledged_in_time",
)  # fmt: skip
