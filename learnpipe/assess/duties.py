"""Duties: what each tier asks, by when, and in which state it is when it falls due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks, uk
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.frames import plain_frame
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET

Array = np.ndarray[Any, Any]
DUTY_COLUMNS = (
    "case", "version", "source", "row", "service", "duty", "tier", "tier_is_recorded", "due_on",
    "done_on", "due_month", "state", "open_from", "open_to", "by_day", "category", "theme", "field",
    "route_state", "mark",
)  # fmt: skip
ROUTES = ("quick log", "reflective review", "RCA light", "full RCA", "service-wide plan")
"""The review route that each tier asks for, from tier 0. Source: the article's tiers."""


@dataclass(frozen=True)
class Duty:
    """One duty of many signals: of whom it is asked, its last day and month, and its state."""

    name: str
    asked: Array
    due_on: Array
    done_on: Array
    state: Array
    field: str
    due_month: Array | None = None
    by_day: Array | None = None
    mark: Array | None = None


def nations_of(services: pd.Series[Any], nations: Mapping[str, str]) -> Array:
    """The nation of each service; England where it is not set."""
    codes, names = pd.factorize(services.to_numpy())
    told = np.array([*(nations.get(name, "England") for name in names), "England"], dtype=object)
    found: Array = told[codes]
    return found


def judge_duties(
    incidents: pd.DataFrame,
    first_actions: pd.Series[Any],
    nations: Mapping[str, str],
    schemas: Schemas,
) -> pd.DataFrame:
    """One row a duty of a case (version): when it falls due and its state then.

    ``first_actions``: case → the day its first linked action was raised. `due_month` is the month
    in which it falls due, or `NO_MONTH` where this version does not hold then; `open_from` ≤ month
    < `open_to` are the months at whose end its clock still runs. `route_state` is the state of a
    review's route; `version` is the row of ``incidents``; `mark` says what was not known when a
    clock was chosen.
    """
    start, tier = incidents["start"].to_numpy(), incidents["tier"].to_numpy()
    nation = nations_of(incidents["service"], nations)
    review_due = _review_due(start, tier, nation, schemas)
    duties = [
        *_by_hours(incidents, start, tier, schemas),
        _micro_action(incidents, first_actions, start, tier, schemas),
        *_with_review(incidents, review_due, tier),
        *_candour(incidents, review_due, start, tier, nation, schemas),
        *_notified(incidents, review_due, nation, schemas),
        _day_duty(
            "reporter_told", np.full(len(tier), True),
            clocks.after_months(start, int(schemas.number("reporter_told_months"))),
            incidents["reporter_told_on"].to_numpy(), "reporter_told_on",
        ),
    ]  # fmt: skip
    return _table(incidents, duties)


def _day_duty(name: str, asked: Array, due_on: Array, done: Array, field: str) -> Duty:
    return Duty(name, asked, due_on, done, clocks.state_by_day(due_on, done), field)


def _by_hours(
    incidents: pd.DataFrame, start: Array, tier: Array, schemas: Schemas
) -> tuple[Duty, ...]:
    """Triage, and the huddle that tier 0 is shared in."""
    out = []
    for name, field, asked in (
        ("triaged", "triaged_at", np.full(len(tier), True)),
        ("shared", "shared_on", tier == 0),
    ):
        done = incidents[field].to_numpy()
        clock = clocks.hours_clock(start, done, schemas.number("triage_hours"))
        out.append(
            Duty(name, asked, clock["due_on"], done, clock["state"], field,
                 clock["due_month"], clock["by_day"])
        )  # fmt: skip
    return tuple(out)


def _micro_action(
    incidents: pd.DataFrame, first_actions: pd.Series[Any], start: Array, tier: Array,
    schemas: Schemas,
) -> Duty:  # fmt: skip
    done = first_actions.reindex(incidents["case"]).to_numpy()
    due = clocks.after_days(start, int(schemas.number("micro_action_days")))
    return _day_duty("micro_action", tier == 1, due, done, "ref")


def _with_review(incidents: pd.DataFrame, review_due: Array, tier: Array) -> tuple[Duty, ...]:
    """The review itself, and what has no clock of its own and falls due with it."""
    return tuple(
        _day_duty(name, asked, review_due, incidents[field].to_numpy(), field)
        for name, asked, field in (
            ("reviewed", tier >= 1, "reviewed_on"),
            ("signed_off", tier == 2, "signed_off_on"),
            ("multi_agency", tier == 3, "multi_agency_on"),
            ("debriefed", tier >= 2, "debriefed_on"),
        )
    )


def _candour(
    incidents: pd.DataFrame, review_due: Array, start: Array, tier: Array, nation: Array,
    schemas: Schemas,
) -> tuple[Duty, ...]:  # fmt: skip
    """Candour as a whole and its three steps, where the log says that it applies.

    Other nations have candour laws of their own, which are not judged. A case whose tier is not
    known takes tier 3's clock: candour is for serious harm.
    """
    applies = (incidents["candour_applies"] == "yes").to_numpy() & (nation == "England")
    unknown = applies & (tier < 0)
    due = review_due.copy()
    days = int(schemas.number("tier_3_review_working_days"))
    due[unknown] = clocks.after_working_days(start[unknown], days, nation[unknown])
    return tuple(
        _day_duty(name, applies, due, done, _CANDOUR_FIELDS[name])
        for name, done in uk.candour_steps(incidents).items()
    )


_CANDOUR_FIELDS = {
    "candour": "candour_written_on",
    **{f"candour_{step}": f"candour_{step}_on" for step in uk.CANDOUR_STEPS},
}


def _notified(
    incidents: pd.DataFrame, review_due: Array, nation: Array, schemas: Schemas
) -> tuple[Duty, ...]:
    """The notifications owed: to CQC, and to the Health and Safety Executive under RIDDOR."""
    riddor = uk.riddor_owed(incidents, nation)
    mark = np.full(len(incidents), None, dtype=object)
    mark[incidents["riddor_kind"].isna().to_numpy()] = uk.KIND_NOT_KNOWN
    due = uk.riddor_due(incidents, review_due, schemas)
    done = incidents["riddor_on"].to_numpy()
    return (
        _day_duty("notified_cqc", uk.cqc_owed(incidents, nation, schemas), review_due,
                  incidents["notified_on"].to_numpy(), "notified_on"),
        Duty("notified_riddor", riddor, due, done, clocks.state_by_day(due, done), "riddor_on",
             mark=mark),
    )  # fmt: skip


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


def _route_state(incidents: pd.DataFrame) -> Array:
    """Whether a review took the route that its tier asks for."""
    route, tier = incidents["review_route"].to_numpy(), incidents["tier"].to_numpy()
    asked = np.array([*ROUTES, None], dtype=object)[tier]
    return np.where(pd.isna(route), NO_EVIDENCE, np.where(route == asked, MET, NOT_MET))


def _table(incidents: pd.DataFrame, duties: list[Duty]) -> pd.DataFrame:
    """The rows of the duties that are asked, in their order; months as each version holds."""
    valid_from, valid_to = incidents["valid_from"].to_numpy(), incidents["valid_to"].to_numpy()
    case, start = incidents["case"].to_numpy(), incidents["start"].to_numpy()
    started = ~np.isnat(start)
    open_from = np.maximum(months_of(start), valid_from)
    route_state, count = _route_state(incidents), len(incidents)
    parts: dict[str, list[Array]] = {}
    for duty in duties:
        month = months_of(duty.due_on) if duty.due_month is None else duty.due_month
        asked = duty.asked & started
        kept = np.flatnonzero(asked & (month != NO_MONTH))
        counted = clocks.counted_month(case, month, valid_from, valid_to, asked)
        for name, values in {
            "at": np.arange(count),
            "due_on": duty.due_on.astype("datetime64[s]"),
            "done_on": duty.done_on.astype("datetime64[s]"),
            "due_month": counted,
            "state": duty.state,
            "open_to": np.minimum(month, valid_to),
            "by_day": np.zeros(count, bool) if duty.by_day is None else duty.by_day,
            "mark": np.full(count, None) if duty.mark is None else duty.mark,
            "duty": np.full(count, duty.name, dtype=object),
            "field": np.full(count, duty.field, dtype=object),
        }.items():
            parts.setdefault(name, []).append(values[kept])
    columns = {name: np.concatenate(values) for name, values in parts.items()}
    columns["version"] = at = columns.pop("at")
    for name in ("case", "source", "row", "service", "tier", "category", "theme"):
        columns[name] = incidents[name].to_numpy()[at]
    columns["tier_is_recorded"] = incidents["recorded_tier"].to_numpy()[at] >= 0
    columns["open_from"] = open_from[at]
    columns["route_state"] = route_state[at]
    return plain_frame({name: columns[name] for name in DUTY_COLUMNS})
