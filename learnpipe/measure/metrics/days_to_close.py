"""The median number of days from raising an action to completing it, over the actions raised in
the last twelve months (else from the report of its incident). Actions still open at the month's
end are not left out: they count as "at least so many days" (Kaplan–Meier). A plain mean of closed
actions would flatter and is not shown. Its 95% interval is the log-log one, with Greenwood's
variance. The share closed within 30, 60 and 90 days is of the actions raised so many days ago or
longer.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.measurements import Durations, Metric, Part, Span, Tallies, Tally

WITHIN = (30, 60, 90)


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """For each month end a histogram of whole days, closed and still open, by service."""
    rows = frames["actions"]
    begins, ends = rows["cohort_from"].to_numpy(), rows["cohort_to"].to_numpy()
    months = np.arange(span.first, span.last + 1)
    at, column = np.nonzero((begins[:, None] <= months) & (months < ends[:, None]))
    inside = rows["at"].to_numpy()[at] >= 0
    at, column = at[inside], column[inside]
    begun = rows["begun_on"].to_numpy().astype("datetime64[D]")[at]
    done = rows["completed_on"].to_numpy().astype("datetime64[D]")[at]
    end = np.array([month_end(month) for month in span.months], dtype="datetime64[D]")[column]
    closed, age = done < end, (end - begun).astype(np.int64)
    days = np.maximum((np.where(closed, done, end) - begun).astype(np.int64), 0)
    service, month = rows["at"].to_numpy()[at], months[column]
    longest = int(days.max(initial=0)) + 1

    def histogram(own: Any) -> Any:
        counted = span.count_by(days[own], longest, service[own], month[own])
        return np.moveaxis(counted, 0, 2)

    return {
        "": Durations(histogram(closed), histogram(~closed)),
        **{
            f"within_{limit}": _within(span, service, month, closed & (days <= limit), age >= limit)
            for limit in WITHIN
        },
    }


def _within(span: Span, service: Any, month: Any, met: Any, over: Any) -> Tally:
    """Of the actions that began so many days ago or longer, those closed in that time."""
    met = met & over
    return Tally(
        span.count(service[met], month[met]),
        span.count(service[over], month[over]),
        np.zeros(span.shape, dtype=np.int64),
        span.count(service[~over], month[~over]),
    )


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
    needs={"actions": ("at", "begun_on", "completed_on", "cohort_from", "cohort_to")},
    tally=tally,
    source="Article: days-to-close; Kaplan and Meier (1958)",
    stock=True,
    parts={
        f"within_{limit}": Part(
            f"Actions closed within {limit} days", "share", "higher", "of those due", True
        )
        for limit in WITHIN
    },
)
