"""Signals of the month that repeat: an earlier signal of the same theme (else category) at the same
service lies within the 90 days before, of all signals. Day 90 counts. A signal without theme and
category cannot be judged and is shown as no evidence. The first three months of a log are left out
of the chart: what happened before it is not known.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Repeats of all signals, by month, category and theme."""
    rows = frames["incidents"]
    unknown = rows["theme_or_category"].isna()
    return part_of(rows, span, rows["repeat"], unknown, by=("category", "theme"))


METRIC = Metric(
    key="repeat_rate",
    title="Repeats within 90 days",
    family="Safety",
    order=40,
    kind="share",
    better="lower",
    question="Does the same thing happen again?",
    unit="of signals",
    covers="incidents",
    needs={"incidents": ("at", "month", "repeat", "theme_or_category", "category", "theme")},
    tally=tally,
    source="Article: repeat rate; 90 days: House",
    looks_back="repeat_days",
)
