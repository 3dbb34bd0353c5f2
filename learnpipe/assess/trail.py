"""The evidence trail: six records a case, when each falls due, and where the chain first breaks.

A record counts in the month in which it falls due: the incident record with its triage, the review
and the action log with the review, the plan update, the verification and the learning note with
the re-check window of the case's actions. Tier 0 needs the first and the last, due with triage.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.snapshots import FIRST, LAST
from learnpipe.assess.trail_cells import (
    RECORDS,
    cells_to_look_at,
    linked_actions,
    missing_in_log,
)
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE, same_words

Array = np.ndarray[Any, Any]


def judge_trail(
    incidents: pd.DataFrame, actions: pd.DataFrame, duties: pd.DataFrame, schemas: Schemas
) -> pd.DataFrame:
    """One row a version of a case and record it needs.

    `due_month` (or `NO_MONTH` where the version does not hold then), `due_at` (always),
    `present_month` (`LAST` where it is not there), `state`, `open_from`, `open_to`, and the cell
    to look at: `at_source`, `at_row`, `at_field`.
    """
    facts = _facts_of_actions(incidents, actions, schemas)
    triage_month = months_of(_due_of(incidents, duties, "triaged"))
    review_due = _due_of(incidents, duties, "reviewed")
    window = np.where(
        incidents["tier"].to_numpy() == 2,
        schemas.number("tier_2_recheck_closes_weeks"),
        schemas.number("recheck_closes_weeks"),
    )
    anchor = np.where(np.isnat(facts["finished_on"]), review_due, facts["finished_on"])
    recheck = months_of(
        anchor.astype("datetime64[D]") + (window * 7).astype(np.int64).astype("timedelta64[D]")
    )
    tier_0 = incidents["tier"].to_numpy() == 0
    review_month = months_of(review_due)
    due = {
        "incident": triage_month,
        "review": review_month,
        "action": review_month,
        "plan": recheck,
        "verification": recheck,
        "learning_note": np.where(tier_0, triage_month, recheck),
    }
    present = _present(incidents, facts, schemas)
    broken_until = _broken_until(incidents, actions, review_month)
    present["action"] = np.maximum(present["action"], broken_until)
    cells = cells_to_look_at(incidents, actions, facts["note"])
    parts = []
    for record in RECORDS:
        asked = incidents["tier"].to_numpy() >= (
            0 if record in ("incident", "learning_note") else 1
        )
        asked &= due[record] != NO_MONTH
        parts.append(_record(incidents, cells[record], record, due[record], present[record], asked))
    return pd.concat(parts, ignore_index=True)


def _record(
    incidents: pd.DataFrame,
    cells: pd.DataFrame,
    record: str,
    due: Array,
    present: Array,
    asked: Array,
) -> pd.DataFrame:
    valid_from, valid_to = incidents["valid_from"].to_numpy(), incidents["valid_to"].to_numpy()
    case = incidents["case"].to_numpy()
    table = pd.DataFrame(
        {
            "case": case,
            "service": incidents["service"].to_numpy(),
            "tier": incidents["tier"].to_numpy(),
            "record": record,
            "due_month": clocks.counted_month(case, due, valid_from, valid_to, asked),
            "due_at": due,
            "present_month": present,
            "state": np.where(present <= np.maximum(due, valid_from), MET, NO_EVIDENCE),
            "open_from": np.maximum(months_of(incidents["start"].to_numpy()), valid_from),
            "open_to": np.minimum(due, valid_to),
            "valid_from": valid_from,
            "valid_to": valid_to,
            "at_source": cells["source"].to_numpy(),
            "at_row": cells["row"].to_numpy(),
            "at_field": cells["field"].to_numpy(),
        }
    )
    kept: pd.DataFrame = table[asked]
    return kept


def complete_trails(trail: pd.DataFrame) -> pd.DataFrame:
    """One row a version of a case: when its whole trail falls due, and if it is complete then."""
    last = trail.groupby(["case", "valid_from"], sort=False).agg(
        service=("service", "first"),
        tier=("tier", "first"),
        valid_to=("valid_to", "first"),
        due_at=("due_at", "max"),
        present_month=("present_month", "max"),
        open_from=("open_from", "max"),
    )
    out = last.reset_index().sort_values(["case", "valid_from"], kind="stable")
    due, since = out["due_at"].to_numpy(), out["valid_from"].to_numpy()
    case, until = out["case"].to_numpy(), out["valid_to"].to_numpy()
    out["due_month"] = clocks.counted_month(case, due, since, until, np.full(len(out), True))
    present = out["present_month"].to_numpy() <= np.maximum(due, since)
    out["state"] = np.where(present, MET, NO_EVIDENCE)
    out["open_to"] = np.minimum(out["due_at"], out["valid_to"])
    return out


def _due_of(incidents: pd.DataFrame, duties: pd.DataFrame, duty: str) -> Array:
    own = duties[duties["duty"] == duty]
    due = pd.Series(own["due_on"].to_numpy(), index=[own["source"], own["row"]])
    due = due[~due.index.duplicated(keep="last")]
    wanted = pd.MultiIndex.from_arrays([incidents["source"], incidents["row"]])
    return due.reindex(wanted).to_numpy().astype("datetime64[D]")


def _facts_of_actions(
    incidents: pd.DataFrame, actions: pd.DataFrame, schemas: Schemas
) -> dict[str, Array]:
    """What the actions of each case have to show, one value a row of incidents."""
    linked = linked_actions(actions)
    complete = ~np.any(list(missing_in_log(linked).values()), axis=0)
    raised = months_of(linked["raised_on"].fillna(linked["day"]).to_numpy())
    raised = np.where(raised == NO_MONTH, FIRST, raised)
    table = pd.DataFrame(
        {
            "case": linked["incident_case"],
            "logged": np.where(complete, raised, LAST),
            "finished_on": _finished_on(linked, schemas),
            "verified": _verified_month(linked),
            "plan": says_what_changed(linked["plan_updated"], schemas),
            "note": linked["learning_note"].notna(),
        }
    )
    by_case = table.groupby("case").agg(
        logged=("logged", "min"),
        finished_on=("finished_on", "max"),
        verified=("verified", "max"),
        plan=("plan", "any"),
        note=("note", "any"),
    )
    out = by_case.reindex(incidents["case"])
    return {
        "logged": out["logged"].fillna(LAST).to_numpy(dtype=np.int64),
        "finished_on": out["finished_on"].to_numpy().astype("datetime64[D]"),
        "verified": out["verified"].fillna(LAST).to_numpy(dtype=np.int64),
        "plan": out["plan"].fillna(False).to_numpy(dtype=bool),
        "note": out["note"].fillna(False).to_numpy(dtype=bool),
    }


def _finished_on(linked: pd.DataFrame, schemas: Schemas) -> pd.Series[Any]:
    """The day from which an action's re-check window counts: its completion, else its due date.

    A completion after the month in which the re-check of the overdue action fell due comes too
    late to move it: that month's end has passed.
    """
    weeks = np.where(
        linked["incident_tier"] == 2,
        schemas.number("tier_2_recheck_closes_weeks"),
        schemas.number("recheck_closes_weeks"),
    )
    due, completed = linked["due_on"], linked["completed_on"]
    window = (weeks * 7).astype(np.int64).astype("timedelta64[D]")
    recheck = months_of(due.to_numpy().astype("datetime64[D]") + window)
    too_late = (recheck != NO_MONTH) & (months_of(completed.to_numpy()) > recheck)
    return due.where(completed.isna() | too_late, completed)


def _broken_until(incidents: pd.DataFrame, actions: pd.DataFrame, due: Array) -> Array:
    """For each row the month in which its actions are no longer overdue without an escalation.

    `FIRST` where none is so at the end of the month ``due``.
    """
    linked = actions[actions["incident_case"] >= 0]
    escalated = months_of(linked["escalated_on"].to_numpy())
    named = np.where(linked["escalated_to"].notna(), FIRST, LAST)
    escalated = np.where(escalated == NO_MONTH, named, escalated)
    overdue = pd.DataFrame(
        {
            "case": linked["incident_case"].to_numpy(),
            "from": linked["overdue_from"].to_numpy(),
            "to": np.minimum(linked["overdue_to"].to_numpy(), escalated),
        }
    )
    asked = pd.DataFrame({"case": incidents["case"].to_numpy(), "due": due})
    rows = asked.assign(at=np.arange(len(asked))).merge(overdue, on="case")
    rows = rows[(rows["from"] <= rows["due"]) & (rows["due"] < rows["to"])]
    until = rows.groupby("at")["to"].max()
    return until.reindex(np.arange(len(asked)), fill_value=FIRST).to_numpy(dtype=np.int64)


def _verified_month(actions: pd.DataFrame) -> Array:
    """The month from which a verification with method, result and date is there."""
    whole = actions["verify_by"].notna() & actions["verification_result"].notna()
    month = months_of(actions["verified_on"].to_numpy())
    return np.where(whole & (month != NO_MONTH), month, LAST)


def _present(
    incidents: pd.DataFrame, facts: dict[str, Array], schemas: Schemas
) -> dict[str, Array]:
    """For each record the month from which it is there, or `LAST`."""
    known_from = incidents["valid_from"].to_numpy()

    def since(there: pd.Series[Any] | Array) -> Array:
        return np.where(there, known_from, LAST)

    def month_if(there: pd.Series[Any] | Array, date: str) -> Array:
        month = months_of(incidents[date].to_numpy())
        return np.where(np.asarray(there) & (month != NO_MONTH), month, LAST)

    told = incidents["notified"].notna() | incidents["notified_on"].notna()
    plan = says_what_changed(incidents["plan_updated"], schemas).to_numpy() | facts["plan"]
    note = incidents["learning_note"].notna().to_numpy() | facts["note"]
    concluded = incidents["cause"].notna() | incidents["contributing_factors"].notna()
    return {
        "incident": since(
            incidents["summary"].notna() & incidents["immediate_action"].notna() & told
        ),
        "review": month_if(concluded, "reviewed_on"),
        "action": facts["logged"],
        "plan": since(plan),
        "verification": facts["verified"],
        "learning_note": month_if(note, "shared_on"),
    }


def says_what_changed(plan: pd.Series[Any], schemas: Schemas) -> pd.Series[Any]:
    """Whether a plan update says what was changed; "re-trained staff" and its kin do not."""
    hollow = "|".join(
        re.escape(same_words(phrase))
        for phrase in sorted(schemas.lists["not_a_plan_update"], key=len, reverse=True)
    )
    nothing = {phrase.casefold() for phrase in schemas.lists["no_answer"]}
    verdicts = {}
    for raw in plan.dropna().unique():
        text = same_words(str(raw))
        rest = re.sub(rf"\b(?:{hollow})\b", "", text).strip(" .,;:-&and")
        verdicts[raw] = text.strip(" .") not in nothing and len(rest) > 2
    return plan.map(lambda raw: verdicts.get(raw, False)).astype(bool)
