"""Actions completed in the month. It says how much was done, not whether it was done well or in
time: closed is not verified.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Cases of actions by the month of completion."""
    rows = frames["actions"].drop_duplicates("case", keep="last")
    return count_rows(rows, span, month="completed_month")


METRIC = Metric(
    key="actions_closed",
    title="Actions closed",
    family="Actions",
    order=15,
    kind="count",
    better="neither",
    question="How much did we get done?",
    unit="actions",
    covers="actions",
    needs={"actions": ("at", "case", "completed_month")},
    tally=tally,
    source="Article: open vs closed",
)
