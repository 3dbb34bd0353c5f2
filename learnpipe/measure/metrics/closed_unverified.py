"""Completed actions whose re-check window has closed by the month's end and for which the log shows
no verification by then. The first three months of a log are left out of the chart.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Actions standing closed and unverified at each month's end."""
    rows = frames["actions"]
    return {"": Tally(span.standing(rows["at"], rows["unverified_from"], rows["unverified_to"]))}


METRIC = Metric(
    key="closed_unverified",
    title="Closed but not verified",
    family="Actions",
    order=60,
    kind="count",
    better="lower",
    question="What is done and still waits for its check?",
    unit="actions",
    covers="actions",
    needs={"actions": ("at", "unverified_from", "unverified_to")},
    tally=tally,
    source="Article: verification",
    stock=True,
)
