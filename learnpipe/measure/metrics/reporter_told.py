"""Reporters told what changed within a calendar month of their report (else of the event), of the
signals for which the month ran out. From 31 January it ends on the last day of February.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Reporters told by the month in which it fell due, and by category and theme."""
    duties = frames["duties"]
    return share(duties[duties["duty"] == "reporter_told"], span, by=("category", "theme"))


METRIC = Metric(
    key="reporter_told",
    title="Reporter told what changed",
    family="Timeliness",
    order=80,
    kind="share",
    better="higher",
    question="Do staff hear what came of their report?",
    unit="of those due",
    covers="incidents",
    needs={
        "duties": ("at", "duty", "due_month", "state", "open_from", "open_to", "category", "theme")
    },
    tally=tally,
    source="Article: staff see outcomes of reporting within the month",
)
