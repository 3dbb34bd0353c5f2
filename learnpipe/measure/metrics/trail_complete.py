"""Cases with all the records that their tier needs, of those whose last record fell due in the
month: incident record, review record, action log, plan or SOP update, verification, learning
note. Tier 0 needs the first and the last.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Cases by the month in which their whole trail falls due."""
    return share(frames["trails"], span)


METRIC = Metric(
    key="trail_complete",
    title="Evidence trail complete",
    family="Actions",
    order=70,
    kind="share",
    better="higher",
    question="Could someone follow it from event to proof?",
    unit="of cases",
    covers="incidents",
    needs={"trails": ("at", "due_month", "state", "open_from", "open_to")},
    tally=tally,
    source="Article: what good learning documentation looks like",
)
