"""Duties: what each tier asks, by when, and in which state it is when it falls due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.snapshots import valid_at
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]
DUTIES = (
    "triaged", "shared", "reviewed", "micro_action", "signed_off", "candour", "multi_agency",
    "debriefed", "verified",
)  # fmt: skip
DUTY_COLUMNS = (
    "case", "source", "row", "service", "duty", "tier", "tier_is_recorded", "due_on", "done_on",
    "due_month", "state", "open_from", "open_to", "by_day", "category", "theme", "field",
)  # fmt: skip


def judge_duties(
    incidents: pd.DataFrame,
    first_actions: pd.Series[Any],
    nations: Mapping[str, str],
    schemas: Schemas,
) -> pd.DataFrame:
    """One row a duty of a case (version): when it falls due and its state then.

    ``first_actions``: case → the day its first linked action was raised. `due_month` is the month
    in which it falls due, or `NO_MONTH` where this version does not hold then; `open_from` ≤ month
    < `open_to` are the months at whose end its clock still runs.
    """
    start = incidents["start"].to_numpy()
    tier = incidents["tier"].to_numpy()
    started = ~np.isnat(start)
    nation = incidents["service"].map(lambda name: nations.get(name, "England")).to_numpy()
    number = schemas.number
    review_due = _review_due(start, tier, nation, schemas)
    # Other nations have candour laws of their own, which are not judged.
    candour_applies = (incidents["candour_applies"] == "yes").to_numpy() & (nation == "England")
    candour_done = _last_of(
        incidents, ("candour_told_on", "candour_apology_on", "candour_written_on")
    )
    triage = clocks.hours_clock(start, incidents["triaged_at"].to_numpy(), number("triage_hours"))
    shared = clocks.hours_clock(start, incidents["shared_on"].to_numpy(), number("triage_hours"))
    action_day = first_actions.reindex(incidents["case"]).to_numpy()
    micro_due = clocks.after_days(start, int(number("micro_action_days")))
    parts = [
        _duty(incidents, "triaged", started, triage["due_on"], incidents["triaged_at"].to_numpy(),
              triage["state"], "triaged_at", due_month=triage["due_month"],
              by_day=triage["by_day"]),
        _duty(incidents, "shared", started & (tier == 0), shared["due_on"],
              incidents["shared_on"].to_numpy(), shared["state"], "shared_on",
              due_month=shared["due_month"], by_day=shared["by_day"]),
        _by_day(incidents, "micro_action", started & (tier == 1), micro_due, action_day, "ref"),
    ]  # fmt: skip
    for name, asked, done, field in (
        ("reviewed", tier >= 1, incidents["reviewed_on"].to_numpy(), "reviewed_on"),
        ("signed_off", tier == 2, incidents["signed_off_on"].to_numpy(), "signed_off_on"),
        ("candour", candour_applies & (tier >= 0), candour_done, "candour_written_on"),
        ("multi_agency", tier == 3, incidents["multi_agency_on"].to_numpy(), "multi_agency_on"),
        ("debriefed", tier >= 2, incidents["debriefed_on"].to_numpy(), "debriefed_on"),
    ):
        parts.append(_by_day(incidents, name, started & asked, review_due, done, field))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _review_due(start: Array, tier: Array, nation: Array, schemas: Schemas) -> Array:
    """The last day for the review, by tier; candour and the like fall due with it.

    Tier 0 has no review; what falls due with it there takes tier 1's clock.
    """
    number = schemas.number
    out = clocks.after_days(start, int(number("tier_1_review_days")))
    for at in (2, 3, 4):
        own = tier == at
        if own.any():
            days = int(number(f"tier_{at}_review_working_days"))
            out[own] = clocks.after_working_days(start[own], days, nation[own])
    return out


def _last_of(incidents: pd.DataFrame, names: tuple[str, ...]) -> Array:
    """The latest of several dates, and none where one is missing."""
    return incidents[list(names)].max(axis=1, skipna=False).to_numpy().astype("datetime64[s]")


def _by_day(
    incidents: pd.DataFrame, name: str, asked: Array, due_on: Array, done: Array, field: str
) -> pd.DataFrame:
    return _duty(incidents, name, asked, due_on, done, clocks.state_by_day(due_on, done), field)


def _duty(
    incidents: pd.DataFrame,
    name: str,
    asked: Array,
    due_on: Array,
    done: Array,
    state: Array,
    field: str,
    due_month: Array | None = None,
    by_day: Array | None = None,
) -> pd.DataFrame:
    due_month = months_of(due_on) if due_month is None else due_month
    valid_from, valid_to = incidents["valid_from"].to_numpy(), incidents["valid_to"].to_numpy()
    case = incidents["case"].to_numpy()
    counted = clocks.counted_month(case, due_month, valid_from, valid_to, asked)
    table = pd.DataFrame(
        {
            "case": case,
            "source": incidents["source"].to_numpy(),
            "row": incidents["row"].to_numpy(),
            "service": incidents["service"].to_numpy(),
            "duty": name,
            "tier": incidents["tier"].to_numpy(),
            "tier_is_recorded": incidents["recorded_tier"].to_numpy() >= 0,
            "due_on": due_on.astype("datetime64[s]"),
            "done_on": np.asarray(done).astype("datetime64[s]"),
            "due_month": counted,
            "state": state,
            "open_from": np.maximum(months_of(incidents["start"].to_numpy()), valid_from),
            "open_to": np.minimum(due_month, valid_to),
            "by_day": False if by_day is None else by_day,
            "category": incidents["category"].to_numpy(),
            "theme": incidents["theme"].to_numpy(),
            "field": field,
        }
    )
    kept: pd.DataFrame = table[asked & (due_month != NO_MONTH)]
    return kept


def duties_at(duties: pd.DataFrame, month: int) -> pd.DataFrame:
    """The duties that fall due in a month."""
    return duties[duties["due_month"] == month]


__all__ = ["DUTIES", "DUTY_COLUMNS", "duties_at", "judge_duties", "valid_at"]
