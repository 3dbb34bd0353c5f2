"""Links between logs: which incident an action without a reference most likely came from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import same_words

Array = np.ndarray[Any, Any]
_SPAN = 1 << 22  # more days than any calendar has


def inferred_incidents(actions: pd.DataFrame, latest: pd.DataFrame, schemas: Schemas) -> Array:
    """For each action that names no incident the case that it can only have come from, else −1.

    By service, theme (else category) and date: exactly one signal of the theme lies in the days
    up to the one on which the action was raised. ``latest``: incidents, one row a case.
    """
    out = np.full(len(actions), -1, dtype=np.int64)
    asked = actions["incident_ref"].isna() & actions["theme"].notna() & actions["raised_on"].notna()
    index = np.flatnonzero(asked.to_numpy())
    known = latest[latest["theme_or_category"].notna() & latest["day"].notna()]
    if not len(index) or known.empty:
        return out
    rows = actions.iloc[index]
    plain = {raw: same_words(str(raw)) for raw in rows["theme"].unique()}
    stands, wanted = group_codes(
        (known["service"], known["theme_or_category"]), (rows["service"], rows["theme"].map(plain))
    )
    line = stands * _SPAN + days_from(known["day"].to_numpy())
    order = np.argsort(line, kind="stable")
    line, cases = line[order], known["case"].to_numpy()[order]
    raised = wanted * _SPAN + days_from(rows["raised_on"].to_numpy())
    first = np.searchsorted(line, raised - int(schemas.number("link_days")), "left")
    after = np.searchsorted(line, raised, "right")
    one = after - first == 1
    out[index[one]] = cases[first[one]]
    return out


def group_codes(
    ones: tuple[pd.Series[Any], ...], others: tuple[pd.Series[Any], ...]
) -> tuple[Array, Array]:
    """One number for each combination of names, the same in both; no name is a name as well."""
    split = len(ones[0])
    codes = np.zeros(split + len(others[0]), dtype=np.int64)
    for one, other in zip(ones, others, strict=True):
        own, names = pd.factorize(np.concatenate([one.to_numpy(), other.to_numpy()]))
        codes = codes * (len(names) + 1) + own + 1
    codes = pd.factorize(codes)[0].astype(np.int64)
    return codes[:split], codes[split:]


def days_from(moments: Array) -> Array:
    """Whole days since 1970."""
    return moments.astype("datetime64[D]").astype(np.int64)
