"""Safeguarding concerns with an outcome from the council and an action that came of them, verified
with method, result and date. Each falls due when the re-check window of its actions closes (six
weeks after completion for tier 2, eight for all others; without an action counted from the
review), or when the log first tells the outcome. No action, or one not verified, is no evidence.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Safeguarding outcomes by the month in which they fall due, and by category and theme."""
    return share(frames["safeguarding"], span, by=("category", "theme"))


METRIC = Metric(
    key="safeguarding_learning",
    title="Safeguarding outcomes with a verified action",
    family="Safety",
    order=80,
    kind="share",
    better="higher",
    question="Do we learn from what safeguarding found?",
    unit="of outcomes",
    covers="incidents",
    needs={
        "safeguarding": (
            "at", "due_month", "state", "open_from", "open_to", "category", "theme",
        )
    },
    tally=tally,
    source="Article: safeguarding learning tracked; Care Act 2014, section 42",
    also=("actions",),
)  # fmt: skip
