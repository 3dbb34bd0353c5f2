"""Systemic themes: when a theme becomes one, and the tier 4 case that it then is.

A theme repeats at a service while the third signal within 90 days, or a later one, lies in the
last 90 days. It is systemic while it repeats at enough services at once. That opens one case a
theme: of tier 4, and beside the incidents, which keep their own. Source: the article's tiers; the
numbers: House.
"""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.incidents import SYSTEMIC_TIER
from learnpipe.assess.links import days_from
from learnpipe.ground.calendar import month_text, months_of
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]
COLUMNS = (
    "ref", "theme", "theme_key", "opened_on", "until_on", "service", "source", "row", "logged_case",
)  # fmt: skip


def services_needed(services: int, schemas: Schemas) -> int:
    """At how many services a theme must repeat to be systemic."""
    share = ceil(schemas.number("systemic_share") * services - 1e-9)  # 0.28 × 25 is not above 7
    return max(int(schemas.number("systemic_services")), share)


def systemic_cases(incidents: pd.DataFrame, services: int, schemas: Schemas) -> pd.DataFrame:
    """One row a systemic theme and spell, in the order of opening.

    ``incidents``: each signal as it was known at the end of its month. `opened_on` is the day of
    the signal that made the theme systemic, `until_on` the last day on which it is; the case
    stands at the service of that signal. A theme that is systemic again within 90 days is the
    same case. Where the provider logs tier 4 for the theme itself, that is the case: `logged_case`.
    """
    window = int(schemas.number("repeat_days"))
    known = incidents[incidents["theme_or_category"].notna() & incidents["day"].notna()]
    logged = known["recorded_tier"].to_numpy() == SYSTEMIC_TIER
    repeats = known[known["repeat_raises"].to_numpy() & ~logged]
    theme, names = pd.factorize(known["theme_or_category"].to_numpy(), sort=True)
    of_repeats = theme[known["repeat_raises"].to_numpy() & ~logged]
    needed = services_needed(services, schemas)
    first, until, opening = _spells(repeats, of_repeats, needed, window)
    rows = np.concatenate([repeats.index[opening], known.index[logged]])
    theme = np.concatenate([of_repeats[opening], theme[logged]])
    own = days_from(known["day"].to_numpy()[logged])
    first = np.concatenate([first, own])
    until = np.concatenate([until, own + window - 1])
    case = np.concatenate([np.full(len(opening), -1), known["case"].to_numpy()[logged]])
    return _cases(known, rows, theme, names, first, until, case, window)


def _spells(
    repeats: pd.DataFrame, theme: Array, needed: int, window: int
) -> tuple[Array, Array, Array]:
    """First and last day of each spell in which a theme repeats at enough services at once.

    And the row of ``repeats`` with which each begins. A repeat stands for ``window`` days.
    """
    service = pd.factorize(repeats["service"].to_numpy())[0]
    day = days_from(repeats["day"].to_numpy())
    order = np.lexsort((day, service, theme))
    theme, service, day = theme[order], service[order], day[order]
    apart = (theme[1:] != theme[:-1]) | (service[1:] != service[:-1])
    starts = np.append(True, apart | (day[1:] - day[:-1] > window))[: len(day)]
    ends = np.append(starts[1:], True)[: len(day)]
    # Along the days of each theme: one service fewer after it repeats, one more where it begins.
    change_day = np.concatenate([day[starts], day[ends] + window])
    change = np.concatenate([np.ones(starts.sum(), int), -np.ones(ends.sum(), int)])
    of_theme = np.concatenate([theme[starts], theme[ends]])
    row = np.concatenate([order[starts], order[ends]])
    along = np.lexsort((change, change_day, of_theme))
    change, change_day, row = change[along], change_day[along], row[along]
    standing = np.cumsum(change)  # each theme ends at 0
    opens = (change > 0) & (standing == needed)
    closes = (change < 0) & (standing == needed - 1)
    return change_day[opens], change_day[closes] - 1, row[opens]


def _cases(
    known: pd.DataFrame,
    rows: Array,
    theme: Array,
    names: Array,
    first: Array,
    until: Array,
    logged: Array,
    window: int,
) -> pd.DataFrame:
    """The spells of each theme as cases: those no further apart than the window are one."""
    found: list[dict[str, Any]] = []
    for at in np.lexsort((logged, first, theme)):
        last = found[-1] if found else None
        if last and last["theme_key"] == names[theme[at]] and first[at] - last["until"] <= window:
            last["until"] = max(last["until"], int(until[at]))
            if last["logged_case"] < 0 <= logged[at]:
                last["logged_case"], last["logged_ref"] = int(logged[at]), known["ref"][rows[at]]
            continue
        one = known.loc[rows[at]]
        found.append(
            {
                "theme": one["theme"] if isinstance(one["theme"], str) else one["category"],
                "theme_key": names[theme[at]],
                "first": int(first[at]),
                "until": int(until[at]),
                "service": one["service"],
                "source": int(one["source"]),
                "row": int(one["row"]),
                "logged_case": int(logged[at]),
                "logged_ref": one["ref"] if logged[at] >= 0 else None,
            }
        )
    table = pd.DataFrame(found, columns=[*COLUMNS[1:3], "first", "until", *COLUMNS[5:],
                                         "logged_ref"])  # fmt: skip
    opened = table["first"].to_numpy(np.int64).astype("datetime64[D]").astype("datetime64[s]")
    until_on = table["until"].to_numpy(np.int64).astype("datetime64[D]").astype("datetime64[s]")
    months = [month_text(month) for month in months_of(opened).tolist()]
    ours = [f"SYS-{month} {name}" for month, name in zip(months, table["theme"], strict=True)]
    theirs = table["logged_ref"]
    out = table.assign(
        ref=[ref if isinstance(ref, str) else our for ref, our in zip(theirs, ours, strict=True)],
        opened_on=opened,
        until_on=until_on,
    )
    return out.sort_values(["opened_on", "theme_key"], kind="stable")[list(COLUMNS)].reset_index(
        drop=True
    )
