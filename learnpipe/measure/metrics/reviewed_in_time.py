"""Reviews completed by their tier's clock, of those that fell due in the month: tier 1 within 7
days, tier 2 within 5 working days, tiers 3 and 4 within 20 working days. The start day is day
0. Tier 0 needs no review. The recorded tier counts; where none is recorded, the expected one.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """The review duty by the month in which it fell due, and by category and theme."""
    duties = frames["duties"]
    return share(duties[duties["duty"] == "reviewed"], span, by=("category", "theme"))


METRIC = Metric(
    key="reviewed_in_time",
    title="Reviewed on time",
    family="Timeliness",
    order=20,
    kind="share",
    better="higher",
    question="Are reviews done when their tier asks?",
    unit="of those due",
    covers="incidents",
    needs={
        "duties": ("at", "duty", "due_month", "state", "open_from", "open_to", "category", "theme")
    },
    tally=tally,
    source="Article: tier 1 in 7 days, tier 2 in 5 working days; tiers 3 and 4: House",
    target="target_reviewed_in_time",
)
