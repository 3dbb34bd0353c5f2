"""Signals triaged within 24 hours of being reported (else of happening), of those whose 24 hours
ran out in the month. Hours are elapsed hours of UK time; exactly 24 hours is in time. Where
the log has dates without times, the same or the next day counts as in time.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """The triage duty by the month in which it fell due, and by category and theme."""
    duties = frames["duties"]
    return share(duties[duties["duty"] == "triaged"], span, by=("category", "theme"))


METRIC = Metric(
    key="triaged_in_time",
    title="Triaged within 24 hours",
    family="Timeliness",
    order=10,
    kind="share",
    better="higher",
    question="Do we look at each signal at once?",
    unit="of those due",
    covers="incidents",
    needs={
        "duties": ("at", "duty", "due_month", "state", "open_from", "open_to", "category", "theme")
    },
    tally=tally,
    source="Article: triage within 24 hours",
    target="target_triaged_in_time",
)
