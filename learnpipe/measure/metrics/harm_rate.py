"""Signals of the month with moderate harm or worse, of all signals whose harm is known. Harm is the
worse of physical and psychological. A near miss is no harm. Signals whose severity is not known
are left out and shown apart: unknown harm is not "no harm".
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import part_of

_MODERATE = 2


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Signals with moderate harm or worse, by month, category and theme."""
    rows = frames["incidents"]
    return part_of(
        rows, span, rows["harm"] >= _MODERATE, rows["harm"] < 0, by=("category", "theme")
    )


METRIC = Metric(
    key="harm_rate",
    title="Moderate harm or worse",
    family="Safety",
    order=30,
    kind="share",
    better="lower",
    question="How often did people come to moderate harm or worse?",
    unit="of signals",
    covers="incidents",
    needs={"incidents": ("at", "month", "harm", "category", "theme")},
    tally=tally,
    source="Article: incidents by severity; scale: Learn from Patient Safety Events",
)
