"""Complaints whose maker said that they were satisfied with how it was handled, of the complaints
answered (else closed) in the month. Not asked, or no answer, is no evidence and counts as not met.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.ground.terms import MET, NO_EVIDENCE
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Answered complaints by month, and by theme."""
    rows = frames["feedback"]
    state = rows["satisfied_state"]
    return part_of(rows, span, state == MET, state == NO_EVIDENCE, ("theme",), "answered_month")


METRIC = Metric(
    key="satisfied_with_handling",
    title="Satisfied with the handling",
    family="Experience",
    order=34,
    kind="share",
    better="higher",
    question="Did people feel that we took them seriously?",
    unit="of complaints answered",
    covers="feedback",
    needs={"feedback": ("at", "theme", "answered_month", "satisfied_state")},
    tally=tally,
    source="Article: satisfaction with handling",
    answers=("satisfied",),
)  # fmt: skip
