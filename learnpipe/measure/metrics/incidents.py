"""Signals that happened in the month: incidents, near misses, safeguarding concerns, audit
variances and feedback themes. A case counts once however many files or rows it stands on. Neither
up nor down is better: reporting is good. By severity counts the physical harm that the log gives.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import count_rows


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Signals by month, with breakdowns by signal, category, severity and theme."""
    return count_rows(frames["incidents"], span, by=("signal", "category", "severity", "theme"))


METRIC = Metric(
    key="incidents",
    title="Incidents and near misses",
    family="Safety",
    order=10,
    kind="count",
    better="neither",
    question="How many signals did we record?",
    unit="signals",
    covers="incidents",
    needs={"incidents": ("at", "month", "signal", "category", "severity", "theme")},
    tally=tally,
    source="Article: incidents by type and severity",
    breakdowns=("signal", "category", "severity", "theme"),
)
