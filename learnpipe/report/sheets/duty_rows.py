"""The duties of incidents as they are known at the month's end, with what names each incident."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.report.facts import Facts

Array = np.ndarray[Any, Any]
_OF_THE_INCIDENT = ("ref", "reviewed_by", "signed_off_by", "start")


def duties_now(facts: Facts, wanted: Array) -> pd.DataFrame:
    """The ``wanted`` duties whose clock has started, of the version that holds at month's end.

    ``wanted``: a mask of the judged duties. Adds `ref`, `reviewed_by`, `signed_off_by` and `start`
    of the incident (empty for a systemic theme's own duties) and `done`: whether it was done by
    the as-at.
    """
    month, frames = facts.month, facts.judged.frames
    duties, versions = frames["duties"], frames["incident_versions"]
    holds = wanted & (duties["open_from"].to_numpy() <= month)
    rows = duties[holds]
    of = rows["version"].to_numpy()
    valid_from, valid_to = (versions[name].to_numpy() for name in ("valid_from", "valid_to"))
    if len(versions):
        current = (of < 0) | ((valid_from[of] <= month) & (month < valid_to[of]))
        rows, of = rows[current], of[current]
    told = versions[list(_OF_THE_INCIDENT)].reset_index(drop=True).reindex(of)
    done = (rows["done_on"] < pd.Timestamp(month_end(month))).to_numpy()
    return pd.concat([rows, told.set_axis(rows.index)], axis=1).assign(done=done)
