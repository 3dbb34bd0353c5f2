"""Serious events one by one: each is a point, with the days since the one before it."""

from __future__ import annotations

import numpy as np
import pandas as pd

_SERIOUS = 3


def event_gaps(cases: pd.DataFrame, service: str | None = None) -> pd.DataFrame:
    """One row a tier 3 event but the first, by date: `day`, and `days` since the event before.

    Of one service, or of all together; events of the same day are no days apart.
    """
    serious = (cases[["tier", "expected_tier"]] == _SERIOUS).any(axis=1)
    own = cases[serious & cases["day"].notna()]
    if service is not None:
        own = own[own["service"] == service]
    day = np.sort(own["day"].to_numpy().astype("datetime64[D]"))
    return pd.DataFrame({"day": day[1:], "days": np.diff(day).astype(np.int64)})
