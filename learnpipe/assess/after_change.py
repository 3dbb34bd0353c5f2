"""Signals that come although a change for their theme was verified not long before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.links import days_from, group_codes
from learnpipe.assess.trail_actions import last_versions
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import VERIFYING, same_words

Array = np.ndarray[Any, Any]


def after_verified(incidents: pd.DataFrame, actions: pd.DataFrame, schemas: Schemas) -> Array:
    """Whether a change for each signal's theme was verified at its service in the days before it.

    The day of the signal itself is not before it; the last of the days counts.
    """
    out = np.zeros(len(incidents), dtype=bool)
    rows = last_versions(actions)
    rows = rows[
        rows["verify_by"].isin(VERIFYING).to_numpy()
        & (days_from(rows["verified_on"].to_numpy()) >= days_from(rows["completed_on"].to_numpy()))
        & rows["completed_on"].notna().to_numpy()
    ]
    told = rows["theme"].where(rows["theme"].notna(), rows["category"])
    rows, told = rows[told.notna()], told[told.notna()]
    known = (incidents["theme_or_category"].notna() & incidents["day"].notna()).to_numpy()
    if rows.empty or not known.any():
        return out
    plain = {raw: same_words(str(raw)) for raw in told.unique()}
    stands, wanted = group_codes(
        (rows["service"], told.map(plain)),
        (incidents["service"][known], incidents["theme_or_category"][known]),
    )
    span = 1 << 22  # more days than any calendar has
    line = np.sort(stands * span + days_from(rows["verified_on"].to_numpy()))
    day = wanted * span + days_from(incidents["day"].to_numpy()[known])
    within = int(schemas.number("verified_before_days"))
    out[known] = np.searchsorted(line, day, "left") > np.searchsorted(line, day - within, "left")
    return out
