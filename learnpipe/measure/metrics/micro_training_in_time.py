"""Micro-training delivered within 7 days of the theme that triggered it, of the sessions whose 7
days ended in the month. A session without a trigger date cannot be judged and is left out.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Sessions by the month in which they fell due, and by theme."""
    return share(frames["training"], span, clock="delivered_", by=("theme",))


METRIC = Metric(
    key="micro_training_in_time",
    title="Micro-training within 7 days",
    family="Learning",
    order=10,
    kind="share",
    better="higher",
    question="Does learning reach staff quickly?",
    unit="of those due",
    covers="training",
    needs={
        "training": (
            "at", "theme", "delivered_due_month", "delivered_state", "delivered_open_from",
            "delivered_open_to",
        )
    },
    tally=tally,
    source="Article: micro-training within 7 days of a theme",
    target="target_micro_training_in_time",
)  # fmt: skip
