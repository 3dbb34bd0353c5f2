"""Sampled cases in which the change is visible both in the records and in practice, of the cases
sampled in the month. "No" to either is not met; a blank to one of them is no evidence.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.ground.terms import MET, NO_EVIDENCE
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Sampled cases by month."""
    rows = frames["case_samples"]
    state = rows["visible_state"]
    return part_of(rows, span, state == MET, state == NO_EVIDENCE)


METRIC = Metric(
    key="sample_visible",
    title="Change visible in sampled cases",
    family="Learning",
    order=60,
    kind="share",
    better="higher",
    question="Would a stranger see the change?",
    unit="of cases sampled",
    covers="case_samples",
    needs={"case_samples": ("at", "month", "visible_state")},
    tally=tally,
    source="Article: sample five cases to confirm the change is visible",
)  # fmt: skip
