"""Days from the last tier 3 event (severe or fatal harm, safeguarding, or recorded as tier 3) to
the month's end; a lower tier in the log does not hide it. For all services the last event at any of
them counts. It is blank until there has been one. The months are no points of a chart, since each
goes on from the one before: each event is a point, with the days since the event before it.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from learnpipe.ground.measurements import LastDays, Metric, Span, Tallies

_SERIOUS = 3


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Tier 3 events by month, and the day of the last one up to each month's end."""
    rows = frames["incidents"]
    at, month, day = (rows[name].to_numpy() for name in ("at", "month", "day"))
    own = (rows[["tier", "expected_tier"]] == _SERIOUS).any(axis=1).to_numpy()
    own = own & (at >= 0) & ~np.isnat(day)
    own &= (month >= span.first) & (month <= span.last)
    at, month, day = at[own], month[own], day[own].astype("datetime64[D]").astype(np.int64)
    last = np.full(span.shape, -1, dtype=np.int64)
    np.maximum.at(last, (at, month - span.first), day)
    return {"": LastDays(span.count(at, month), np.maximum.accumulate(last, axis=1),
                          np.stack([at, day]))}  # fmt: skip


METRIC = Metric(
    key="days_between_serious",
    title="Days since the last serious event",
    family="Safety",
    order=90,
    kind="days",
    better="higher",
    question="How long is it since something serious?",
    unit="days",
    covers="incidents",
    needs={"incidents": ("at", "month", "day", "tier", "expected_tier")},
    tally=tally,
    source="House: tier 3 events",
    stock=True,
)
