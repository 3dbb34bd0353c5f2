"""Completed actions that were verified by re-audit, sampling or observation, dated by the month's
end, of the completed actions whose re-check window closed in the month: six weeks after completion
for tier 2, eight for all others. Closed is not verified.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Re-checks by the month in which their window closes, and by category and theme."""
    return share(frames["actions"], span, clock="verify_", by=("category", "theme"))


METRIC = Metric(
    key="verified",
    title="Verified by re-audit, sampling or observation",
    family="Actions",
    order=50,
    kind="share",
    better="higher",
    question="Did we check that the change stuck?",
    unit="of those due",
    covers="actions",
    needs={
        "actions": (
            "at", "verify_due_month", "verify_state", "verify_open_from", "verify_open_to",
            "category", "theme",
        )
    },
    tally=tally,
    source="Article: tier 2 re-check within 4 to 6 weeks; verification within 6 to 8 weeks",
    target="target_verified",
)  # fmt: skip
