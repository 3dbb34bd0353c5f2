"""Complaints upheld or partly upheld, of the complaints answered (else closed) in the month whose
outcome is known. Resolved locally is not upheld; withdrawn complaints are left out; those without
an outcome are left out and shown apart.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.ground.terms import MET, NO_EVIDENCE
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Answered complaints by month, and by theme."""
    rows = frames["feedback"][~frames["feedback"]["withdrawn"]]
    state = rows["upheld_state"]
    return part_of(rows, span, state == MET, state == NO_EVIDENCE, ("theme",), "answered_month")


METRIC = Metric(
    key="upheld_rate",
    title="Complaints upheld",
    family="Experience",
    order=36,
    kind="share",
    better="lower",
    question="How often was the complaint borne out?",
    unit="of complaints answered",
    covers="feedback",
    needs={"feedback": ("at", "theme", "answered_month", "upheld_state", "withdrawn")},
    tally=tally,
    source="House: upheld and partly upheld together",
    answers=("outcome",),
)  # fmt: skip
