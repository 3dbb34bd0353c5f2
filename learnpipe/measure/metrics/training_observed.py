"""Micro-trainings followed by an observation check within 28 days, of the sessions whose 28 days
ended in the month. The day of the session is day 0; a check dated before the session is not met.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Sessions by the month in which their check fell due, and by theme."""
    return share(frames["training"], span, clock="observed_", by=("theme",))


METRIC = Metric(
    key="training_observed",
    title="Micro-training observed in practice",
    family="Learning",
    order=14,
    kind="share",
    better="higher",
    question="Did anyone look whether the training shows?",
    unit="of those due",
    covers="training",
    needs={
        "training": (
            "at", "theme", "observed_due_month", "observed_state", "observed_open_from",
            "observed_open_to",
        )
    },
    tally=tally,
    source="Article: micro-training followed by an observation check; 28 days: House",
)  # fmt: skip
