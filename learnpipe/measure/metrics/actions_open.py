"""Actions open at the end of the month: raised by then, not completed by then, not cancelled. An
action completed on the 3rd of the next month is open at this month's end.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally
from learnpipe.measure.ages import age_parts, by_age


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Actions standing open at each month's end, and by how many days they have been so."""
    rows = frames["actions"]
    stands = [rows[name].to_numpy() for name in ("open_from", "open_to")]
    ages = by_age(span, rows["at"], rows["begun_on"], *stands)
    return {"": Tally(span.standing(rows["at"], *stands)), **ages}


METRIC = Metric(
    key="actions_open",
    title="Actions open",
    family="Actions",
    order=10,
    kind="count",
    better="lower",
    question="How much is still to do?",
    unit="actions",
    covers="actions",
    needs={"actions": ("at", "begun_on", "open_from", "open_to")},
    tally=tally,
    source="Article: open vs closed",
    stock=True,
    parts=age_parts("Actions open"),
)
