"""The evidence trail: six records a case, when each falls due, and where the chain first breaks.

A record counts in the month in which it falls due: the incident record with its triage, the review
and the action log with the review, the plan update, the verification and the learning note with
the re-check window of the case's actions. Tier 0 needs the first and the last, due with triage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.snapshots import LAST
from learnpipe.assess.texts import in_list, says_something, says_what_changed
from learnpipe.assess.trail_actions import (
    broken_until,
    facts_of_actions,
    linked_actions,
    recheck_month,
)
from learnpipe.assess.trail_cells import Cells, cells_to_look_at
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.frames import plain_frame
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE

Array = np.ndarray[Any, Any]
RECORDS = ("incident", "review", "action", "plan", "verification", "learning_note")


@dataclass(frozen=True)
class Chains:
    """The chains of some cases (versions): for each record its due month, presence and cell.

    ``rows``: `case`, `service`, `tier`, `valid_from`, `valid_to`, `start`, one a version.
    ``asked``, ``due`` and ``present`` hold an array for each record; months are numbers.
    """

    rows: pd.DataFrame
    asked: Mapping[str, Array]
    due: Mapping[str, Array]
    present: Mapping[str, Array]
    cells: Mapping[str, Cells]
    inferred: Array


def judge_trail(
    incidents: pd.DataFrame, actions: pd.DataFrame, duties: pd.DataFrame, schemas: Schemas
) -> pd.DataFrame:
    """One row a version of a case and record it needs.

    `due_month` (or `NO_MONTH` where the version does not hold then), `due_at` (always),
    `present_month` (`LAST` where it is not there), `state`, `open_from`, `open_to`, the cell to
    look at: `at_source`, `at_row`, `at_field`, and whether an action was linked by inference.
    """
    linked = linked_actions(actions)
    case, size = incidents["case"].to_numpy(np.int64), _size(incidents["case"])
    facts = facts_of_actions(linked, linked["incident_case"].to_numpy(), size, schemas)
    facts = {name: values[case] for name, values in facts.items()}
    triage_month = months_of(_due_of(incidents, duties, "triaged"))
    review_due = _due_of(incidents, duties, "reviewed")
    review_month = months_of(review_due)
    tier = incidents["tier"].to_numpy()
    recheck = recheck_month(facts["finished_on"], review_due, tier == 2, schemas)
    present = _present(incidents, facts, schemas)
    overdue = actions[actions["incident_case"] >= 0]
    broken = broken_until(overdue, overdue["incident_case"].to_numpy(), case, review_month)
    present["action"] = np.maximum(present["action"], broken)
    some = tier >= 1
    return table_of(
        Chains(
            incidents,
            {**dict.fromkeys(RECORDS, some), "incident": tier >= 0, "learning_note": tier >= 0},
            {
                "incident": triage_month,
                "review": review_month,
                "action": review_month,
                "plan": recheck,
                "verification": recheck,
                "learning_note": np.where(tier == 0, triage_month, recheck),
            },
            present,
            cells_to_look_at(incidents, linked, facts["note"], schemas),
            facts["inferred"],
        )
    )


def _size(cases: pd.Series[Any]) -> int:
    return int(cases.max()) + 1 if len(cases) else 0


def _due_of(incidents: pd.DataFrame, duties: pd.DataFrame, duty: str) -> Array:
    """The last day of a duty for each row of incidents; NaT where it is not asked."""
    own = (duties["duty"] == duty).to_numpy()
    due = np.full(len(incidents), np.datetime64("NaT"), dtype="datetime64[D]")
    due[duties["version"].to_numpy()[own]] = duties["due_on"].to_numpy()[own]
    return due


def _present(
    incidents: pd.DataFrame, facts: dict[str, Array], schemas: Schemas
) -> dict[str, Array]:
    """For each record the month from which it is there, or `LAST`."""
    known_from = incidents["valid_from"].to_numpy()

    def since(there: Array) -> Array:
        return np.where(there, known_from, LAST)

    def month_if(there: Array, date: str) -> Array:
        month = months_of(incidents[date].to_numpy())
        return np.where(there & (month != NO_MONTH), month, LAST)

    def says(name: str) -> Array:
        return says_something(incidents[name], schemas)

    return {
        "incident": since(
            incidents["summary"].notna().to_numpy()
            & says("immediate_action")
            & notifications_told(incidents, schemas)
        ),
        "review": month_if(says("cause") | says("contributing_factors"), "reviewed_on"),
        "action": facts["logged"],
        "plan": since(says_what_changed(incidents["plan_updated"], schemas) | facts["plan"]),
        "verification": facts["verified"],
        "learning_note": month_if(says("learning_note") | facts["note"], "shared_on"),
    }


def notifications_told(incidents: pd.DataFrame, schemas: Schemas) -> Array:
    """Whether the log tells who was notified, when, or that no notification was needed."""
    told = incidents["notified"]
    dated = incidents["notified_on"].notna().to_numpy()
    found: Array = (
        dated | says_something(told, schemas) | in_list(told, schemas.lists["none_needed"])
    )
    return found


def table_of(chains: Chains) -> pd.DataFrame:
    """The rows of the trail, record by record."""
    rows = chains.rows
    valid_from, valid_to = rows["valid_from"].to_numpy(), rows["valid_to"].to_numpy()
    case = rows["case"].to_numpy()
    open_from = np.maximum(months_of(rows["start"].to_numpy()), valid_from)
    parts: dict[str, list[Array]] = {}
    for record in RECORDS:
        due, present = chains.due[record], chains.present[record]
        asked = chains.asked[record] & (due != NO_MONTH)
        kept = np.flatnonzero(asked)
        cells = chains.cells[record]
        for name, values in {
            "at": np.arange(len(rows)),
            "record": np.full(len(rows), record, dtype=object),
            "due_month": clocks.counted_month(case, due, valid_from, valid_to, asked),
            "due_at": due,
            "present_month": present,
            "state": np.where(present <= np.maximum(due, valid_from), MET, NO_EVIDENCE),
            "open_to": np.minimum(due, valid_to),
            "at_source": cells.source,
            "at_row": cells.row,
            "at_field": cells.field,
        }.items():
            parts.setdefault(name, []).append(values[kept])
    columns = {name: np.concatenate(values) for name, values in parts.items()}
    at = columns["version"] = columns.pop("at")
    for name, values in {
        "case": case, "service": rows["service"].to_numpy(), "tier": rows["tier"].to_numpy(),
        "valid_from": valid_from, "valid_to": valid_to, "open_from": open_from,
        "inferred": chains.inferred,
    }.items():  # fmt: skip
        columns[name] = values[at]
    return plain_frame(columns)


def complete_trails(trail: pd.DataFrame) -> pd.DataFrame:
    """One row a version of a case: when its whole trail falls due, and if it is complete then."""
    case, since = trail["case"].to_numpy(np.int64), trail["valid_from"].to_numpy()
    order = np.lexsort((since, case))
    case, since = case[order], since[order]
    new = np.append(True, (case[1:] != case[:-1]) | (since[1:] != since[:-1]))[: len(case)]
    heads = np.flatnonzero(new)

    def latest(name: str) -> Array:
        values = trail[name].to_numpy()[order]
        return np.maximum.reduceat(values, heads) if len(heads) else values

    def first(name: str) -> Array:
        picked: Array = trail[name].to_numpy()[order[heads]]
        return picked

    due, present = latest("due_at"), latest("present_month")
    since, until, case = since[heads], first("valid_to"), case[heads]
    return pd.DataFrame(
        {
            "case": case,
            "service": first("service"),
            "tier": first("tier"),
            "due_month": clocks.counted_month(case, due, since, until, np.full(len(due), True)),
            "state": np.where(present <= np.maximum(due, since), MET, NO_EVIDENCE),
            "open_from": latest("open_from"),
            "open_to": np.minimum(due, until),
        }
    )


def safeguarding_outcomes(trail: pd.DataFrame, incidents: pd.DataFrame) -> pd.DataFrame:
    """Cases with a safeguarding outcome: whether an action that came of it is verified by then.

    Due when the re-check window of the case's actions closes, or when the outcome is first told.
    """
    own = trail[trail["record"] == "verification"]
    at = own["version"].to_numpy()
    told = incidents["safeguarding_outcome"].notna() & incidents["is_safeguarding"]
    own = own[told.to_numpy()[at]]
    due, since, until = (own[name].to_numpy() for name in ("due_at", "valid_from", "valid_to"))
    asked = np.full(len(own), True)
    month = clocks.counted_month(own["case"].to_numpy(), due, since, until, asked)
    incident = incidents.iloc[own["version"].to_numpy()]
    outcomes: pd.DataFrame = own[["case", "service", "tier", "state", "open_from", "open_to"]]
    return outcomes.assign(
        due_month=month,
        category=incident["category"].to_numpy(),
        theme=incident["theme"].to_numpy(),
    )
