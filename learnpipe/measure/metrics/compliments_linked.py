"""Compliments of the month that name one of our actions, or a theme in which a change was verified
at that service in the 180 days before. A compliment with neither a reference nor a theme is no
evidence. The first six months of a log are left out of the chart: what was verified before it is
not known.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.ground.terms import MET, NO_EVIDENCE
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Compliments by month."""
    rows = frames["feedback"][frames["feedback"]["is_compliment"]]
    state = rows["linked_state"]
    return part_of(rows, span, state == MET, state == NO_EVIDENCE, month="received_month")


METRIC = Metric(
    key="compliments_linked",
    title="Compliments linked to a change",
    family="Experience",
    order=45,
    kind="share",
    better="higher",
    question="Do people notice what we changed?",
    unit="of compliments",
    covers="feedback",
    needs={"feedback": ("at", "is_compliment", "received_month", "linked_state")},
    tally=tally,
    source="Article: compliments linked to improvements; 180 days: House",
    also=("actions",),
    looks_back="verified_before_days",
)  # fmt: skip
