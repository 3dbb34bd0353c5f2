"""Completed actions that were verified inside their re-check window, of the completed actions
whose window closed in the month: four to six weeks after completion for tier 2, six to eight weeks
for all others, first and last day included. Verified too early or too late is not met.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Re-checks by the month in which their window closes, and by category and theme."""
    rows = frames["actions"].rename(columns={"window_state": "verify_state"})
    return share(rows, span, clock="verify_", by=("category", "theme"))


METRIC = Metric(
    key="verified_in_window",
    title="Verified inside the window",
    family="Actions",
    order=52,
    kind="share",
    better="higher",
    question="Did we check when it tells us most?",
    unit="of those due",
    covers="actions",
    needs={
        "actions": (
            "at", "verify_due_month", "window_state", "verify_open_from", "verify_open_to",
            "category", "theme",
        )
    },
    tally=tally,
    source="Article: tier 2 re-check within 4 to 6 weeks; verification within 6 to 8 weeks",
)  # fmt: skip
