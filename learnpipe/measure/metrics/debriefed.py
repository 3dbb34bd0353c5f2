"""Staff debriefed by the last day of the review, of the incidents of tier 2 and above whose review
fell due in the month.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Debriefs by the month in which they fell due, and by category and theme."""
    duties = frames["duties"]
    return share(duties[duties["duty"] == "debriefed"], span, by=("category", "theme"))


METRIC = Metric(
    key="debriefed",
    title="Staff debriefed",
    family="Timeliness",
    order=70,
    kind="share",
    better="higher",
    question="Do we look after staff who were there?",
    unit="of those due",
    covers="incidents",
    needs={
        "duties": ("at", "duty", "due_month", "state", "open_from", "open_to", "category", "theme")
    },
    tally=tally,
    source="Article: debrief staff after incidents; tier 2 and above: House",
)
