"""Themes: how often each comes up at each service, which repeat, and which are systemic."""

from __future__ import annotations

from math import ceil

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import same_words
from learnpipe.measure.counting import display_names


def theme_table(
    cases: pd.DataFrame,
    services: tuple[str, ...],
    month: int,
    schemas: Schemas,
    systemic: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a theme (else category) and service with a signal in the last twelve months.

    `this_month`, `last_90_days`, `last_12_months` count signals; `repeating`: at least the third
    signal within 90 days stands in the last 90 days; `systemic`: it repeats at three or more
    services and at a quarter of them or more; `tier_4`: the reference of the case that a systemic
    theme is, the last one opened (``systemic``: `ref`, `theme_key`, `opened_on`).
    """
    number = schemas.number
    as_at = month_end(month)
    window = np.timedelta64(round(number("repeat_days")), "D")
    known = cases[cases["theme_or_category"].notna() & (cases["day"] < pd.Timestamp(as_at))]
    recent = known[known["month"] > month - 12]
    day = recent["day"].to_numpy()
    in_window = day >= as_at - window
    names = display_names(recent["theme"].where(recent["theme"].notna(), recent["category"]))
    shown = {same_words(str(raw)): name for raw, name in names.items()}
    table = pd.DataFrame(
        {
            "theme": recent["theme_or_category"].map(shown).to_numpy(),
            "service": recent["service"].to_numpy(),
            "this_month": (recent["month"] == month).to_numpy().astype(int),
            "last_90_days": in_window.astype(int),
            "last_12_months": 1,
            "repeating": in_window & recent["repeat_raises"].to_numpy(),
        }
    )
    out = table.groupby(["theme", "service"], as_index=False).agg(
        {
            "this_month": "sum",
            "last_90_days": "sum",
            "last_12_months": "sum",
            "repeating": "any",
        }
    )
    share = ceil(
        number("systemic_share") * len(services) - 1e-9
    )  # 0.28 × 25 is not a little over 7
    needed = max(int(number("systemic_services")), share)
    repeats = out[out["repeating"]].groupby("theme")["service"].nunique()
    out["systemic"] = out["theme"].map(repeats).fillna(0) >= needed
    refs = _tier_4_refs(systemic, as_at)
    out["tier_4"] = [refs.get(same_words(theme), "") for theme in out["theme"]]
    total = out.groupby("theme")["last_90_days"].transform("sum")
    out = out.assign(_total=total).sort_values(
        ["systemic", "_total", "theme", "service"],
        ascending=[False, False, True, True],
        kind="stable",
    )
    return out.drop(columns="_total").reset_index(drop=True)


def _tier_4_refs(systemic: pd.DataFrame | None, as_at: np.datetime64) -> dict[str, str]:
    """The reference of each theme's latest case of tier 4 opened before the as-at."""
    if systemic is None:
        return {}
    opened = systemic[systemic["opened_on"] < pd.Timestamp(as_at)]
    return dict(zip(opened["theme_key"], opened["ref"], strict=True))
