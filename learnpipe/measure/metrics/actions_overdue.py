"""Actions open at the end of the month whose due date has passed by then. An action due on the last
day of the month and not done is overdue at its end.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Actions standing overdue at each month's end."""
    rows = frames["actions"]
    return {"": Tally(span.standing(rows["at"], rows["overdue_from"], rows["overdue_to"]))}


METRIC = Metric(
    key="actions_overdue",
    title="Actions overdue",
    family="Actions",
    order=20,
    kind="count",
    better="lower",
    question="What have we promised and not done?",
    unit="actions",
    covers="actions",
    needs={"actions": ("at", "overdue_from", "overdue_to")},
    tally=tally,
    source="Article: owners, deadlines and escalation if overdue",
    stock=True,
)
