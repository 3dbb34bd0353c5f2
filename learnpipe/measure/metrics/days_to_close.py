"""The median number of days from raising an action to completing it, over the actions raised in the
last twelve months. Actions still open at the month's end are not left out: they count as "at least
so many days" (Kaplan–Meier). A plain mean of closed actions would flatter and is not shown.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end, month_start
from learnpipe.ground.measurements import Durations, Metric, Span, Tallies

COHORT_MONTHS = 12
LONGEST = 800  # days; longer ones are counted at the end of the scale


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """For each month end a histogram of whole days, closed and still open, by service."""
    rows = frames["actions"]
    rows = rows[rows["raised_on"].notna() & (rows["status"] != "cancelled") & (rows["at"] >= 0)]
    undated = (rows["status"] == "closed") & rows["completed_on"].isna()
    rows = rows[~undated]
    raised = rows["raised_on"].to_numpy().astype("datetime64[D]")
    completed = rows["completed_on"].to_numpy().astype("datetime64[D]")
    at = rows["at"].to_numpy()
    valid_from, valid_to = rows["valid_from"].to_numpy(), rows["valid_to"].to_numpy()
    services, months = span.shape
    closed = np.zeros((services, months, LONGEST + 1), dtype=np.int64)
    still_open = np.zeros_like(closed)
    for position, month in enumerate(span.months):
        end = month_end(month).astype("datetime64[D]")
        start = month_start(month - COHORT_MONTHS + 1).astype("datetime64[D]")
        own = (raised >= start) & (raised < end) & (valid_from <= month) & (month < valid_to)
        done = own & (completed < end)
        for table, mask, until in ((closed, done, completed), (still_open, own & ~done, None)):
            stop = end if until is None else until[mask]
            days = np.clip((stop - raised[mask]).astype(np.int64), 0, LONGEST)
            index = at[mask] * (LONGEST + 1) + days
            counts = np.bincount(index, minlength=services * (LONGEST + 1))
            table[:, position, :] = counts.reshape(services, LONGEST + 1)
    return {"": Durations(closed, still_open)}


METRIC = Metric(
    key="days_to_close",
    title="Days to close an action",
    family="Actions",
    order=40,
    kind="median_days",
    better="lower",
    question="How long does a change take?",
    unit="days (median)",
    covers="actions",
    needs={
        "actions": ("at", "raised_on", "completed_on", "status", "valid_from", "valid_to"),
    },
    tally=tally,
    source="Article: days-to-close; Kaplan and Meier (1958)",
    stock=True,
)
