"""Actions open at the end of the month whose due date has passed by then. An action due on the
last day of the month and not done is overdue at its end. Ages count from the due date. The first
three months of a log are left out of the chart.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally
from learnpipe.measure.ages import age_parts, by_age


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Actions standing overdue at each month's end, and by how many days they have been so."""
    rows = frames["actions"]
    stands = [rows[name].to_numpy() for name in ("overdue_from", "overdue_to")]
    ages = by_age(span, rows["at"], rows["due_on"], *stands)
    return {"": Tally(span.standing(rows["at"], *stands)), **ages}


METRIC = Metric(
    key="actions_overdue",
    title="Actions overdue",
    family="Actions",
    order=20,
    kind="count",
    better="lower",
    question="What is past its date?",
    unit="actions",
    covers="actions",
    needs={"actions": ("at", "due_on", "overdue_from", "overdue_to")},
    tally=tally,
    source="Article: owners, deadlines and escalation if overdue",
    stock=True,
    parts=age_parts("Actions overdue"),
)
