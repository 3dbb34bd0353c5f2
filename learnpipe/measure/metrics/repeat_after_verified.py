"""Signals of the month whose theme (else category) had a change verified at their service in the
180 days before, of all signals: what was to have been solved. Verified means by re-audit, sampling
or observation, not before the change was completed. The 180th day counts, the day of the signal
does not. A signal without theme and category cannot be judged and is shown as no evidence. The
first six months of a log are left out of the chart: what was verified before it is not known.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Signals after a verified change, by month, category and theme."""
    rows = frames["incidents"]
    unknown = rows["theme_or_category"].isna()
    return part_of(rows, span, rows["after_verified"], unknown, by=("category", "theme"))


METRIC = Metric(
    key="repeat_after_verified",
    title="Repeats after a verified change",
    family="Safety",
    order=50,
    kind="share",
    better="lower",
    question="Does it happen again where we said it was solved?",
    unit="of signals",
    covers="incidents",
    needs={
        "incidents": (
            "at", "month", "after_verified", "theme_or_category", "category", "theme",
        )
    },
    tally=tally,
    source="Article: repeats reduced after a verified change; 180 days: House",
    also=("actions",),
    looks_back="verified_before_days",
)  # fmt: skip
