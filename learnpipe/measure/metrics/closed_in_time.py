"""Actions completed by their due date, of those whose due date fell in the month. Not completed and
said to be open counts as not met; a closed action without a completion date, or one whose log says
nothing, as no evidence. Cancelled actions are left out.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Actions by the month of their due date, and by category and theme."""
    return share(frames["actions"], span, clock="closing_", by=("category", "theme"))


METRIC = Metric(
    key="closed_in_time",
    title="Actions closed by their due date",
    family="Actions",
    order=30,
    kind="share",
    better="higher",
    question="Do we keep our own deadlines?",
    unit="of those due",
    covers="actions",
    needs={
        "actions": (
            "at", "closing_due_month", "closing_state", "closing_open_from", "closing_open_to",
            "category", "theme",
        )
    },
    tally=tally,
    source="Article: actions are owned and time-bound",
    target="target_closed_in_time",
)  # fmt: skip
