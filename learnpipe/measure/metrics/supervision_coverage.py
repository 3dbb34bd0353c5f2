"""Staff with a supervision in the month in which a theme was discussed and an action captured, of
the month's headcount in the activity log. Each person counts once a month. A month without a
headcount is blank, and so is one that the supervision log does not cover.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Staff covered, at most the headcount, where there is one and the log was kept."""
    activity = frames["activity"][frames["activity"]["headcount"].fillna(0) > 0]
    headcount = span.count(activity["at"], activity["month"], weights=activity["headcount"])
    headcount = np.rint(headcount).astype(np.int64) * span.covered["supervisions"]
    rows = frames["supervisions"][frames["supervisions"]["covered"]]
    covered = np.minimum(span.count(rows["at"], rows["month"]), headcount)
    nothing = np.zeros(span.shape, dtype=np.int64)
    return {"": Tally(covered, headcount, nothing, nothing)}


METRIC = Metric(
    key="supervision_coverage",
    title="Staff with reflective supervision",
    family="Learning",
    order=30,
    kind="share",
    better="higher",
    question="Does every member of staff reflect on a theme?",
    unit="of headcount",
    covers="supervisions",
    needs={
        "supervisions": ("at", "month", "covered"),
        "activity": ("at", "month", "headcount"),
    },
    tally=tally,
    source="Article: one theme discussed per staff member per month, action captured",
    target="target_supervision_coverage",
)
