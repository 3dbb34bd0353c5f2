"""Staff who came to the micro-trainings held in the month, of the staff for whom they were meant.
More than were asked do not count. A session that does not say for how many it was meant cannot be
judged; one that does not say how many came is no evidence for any of them.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Places asked and taken by the month of delivery."""
    rows = frames["training"]
    month, asked = rows["attendance_month"], rows["asked"].to_numpy()
    known = rows["came_known"].to_numpy(dtype=bool)
    met, due, unknown = (
        np.rint(span.count(rows["at"], month, weights=weight)).astype(np.int64)
        for weight in (rows["came"].to_numpy(), asked, np.where(known, 0, asked))
    )
    return {"": Tally(met, due, unknown, np.zeros(span.shape, dtype=np.int64))}


METRIC = Metric(
    key="attendance",
    title="Micro-training attendance",
    family="Learning",
    order=12,
    kind="share",
    better="higher",
    question="Does learning reach everyone?",
    unit="of staff asked",
    covers="training",
    needs={"training": ("at", "attendance_month", "asked", "came", "came_known")},
    tally=tally,
    source="Article: micro-training logged with attendance",
)  # fmt: skip
