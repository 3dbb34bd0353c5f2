"""Actions: the verdicts on each: when it was open and overdue, and closed in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.links import inferred_incidents
from learnpipe.assess.refs import cases_meant
from learnpipe.assess.snapshots import FIRST, LAST
from learnpipe.assess.verifying import judge_verification
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted

Array = np.ndarray[Any, Any]


def kept_days(actions: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """For each row the first and the last day that show the action log was kept.

    What was done shows it; a due date only says what was hoped for, and counts where nothing else
    is dated.
    """
    due = actions["due_on"]
    done = actions[["raised_on", "completed_on", "escalated_on", "verified_on"]]
    first, last = done.min(axis=1), done.max(axis=1)
    return first.where(first.notna(), due), last.where(last.notna(), due)


def link_actions(
    actions: pd.DataFrame,
    incidents: pd.DataFrame | None,
    schemas: Schemas,
    declared: Mapping[int, int | None],
) -> pd.DataFrame:
    """Actions with the case of the incident that each came from: `incident_case` (−1: none).

    By service and ref, however it is typed (`cases_meant`); without a ref by the one signal that
    it can only have come from (`link_inferred`). Adds `incident_tier`, fills `theme` and
    `category` from the incident, and says when the action began: `begun_on`, the day it was
    raised, else that on which its incident was reported; `raised_month`, its month, else the month
    that its file declares (``declared``, by source), else that of its due date, else of its
    completion.
    """
    case = np.full(len(actions), -1, dtype=np.int64)
    out = actions.assign(
        incident_case=case, link_inferred=False, incident_tier=-1, category=None,
        begun_on=actions["raised_on"],
    )  # fmt: skip
    if incidents is not None and len(incidents):
        latest = incidents.drop_duplicates("case", keep="last")
        named = cases_meant(out["incident_ref"], out["service"], latest)
        case = np.where(named >= 0, named, inferred_incidents(out, latest, schemas))
        known = np.flatnonzero(case >= 0)
        own = latest.iloc[np.searchsorted(latest["case"].to_numpy(), case[known])]
        out["incident_case"], out["link_inferred"] = case, (case >= 0) & (named < 0)
        tier = np.full(len(out), -1, dtype=np.int64)
        tier[known] = own["tier"].to_numpy()
        out["incident_tier"] = tier
        for name, told_by in (("category", "category"), ("theme", "theme"), ("begun_on", "start")):
            cells = out[name].to_numpy(copy=True)
            empty = pd.isna(cells[known])
            cells[known[empty]] = own[told_by].to_numpy()[empty]
            out[name] = cells
    return out.assign(raised_month=_raised_month(out, declared))


def _raised_month(actions: pd.DataFrame, declared: Mapping[int, int | None]) -> Array:
    """The month in which each action was raised, as far as anything tells it."""
    month = months_of(actions["begun_on"].to_numpy())
    if (month != NO_MONTH).all():
        return month
    in_file = actions["source"].map(lambda n: _or_none(declared.get(n)))
    for other in (
        in_file.to_numpy(dtype=np.int64),
        months_of(actions["due_on"].to_numpy()),
        months_of(actions["completed_on"].to_numpy()),
    ):
        month = np.where(month == NO_MONTH, other, month)
    return month


def _or_none(month: int | None) -> int:
    return NO_MONTH if month is None else month


def unraised_findings(actions: pd.DataFrame, sources: Sequence[Source]) -> list[Finding]:
    """One note a sheet whose actions lack the date on which they were raised, and what is used."""
    missing = actions[actions["raised_on"].isna()]
    findings = []
    for number, rows in missing.groupby("source", sort=True):
        rows = rows.drop_duplicates("case", keep="last")
        of_incident = int(rows["begun_on"].notna().sum())
        unknown = int((rows["raised_month"] == NO_MONTH).sum())
        told = [
            f"{how} ({number})"
            for how, number in (
                ("the day on which the incident was reported", of_incident),
                ("the month of the file, else the due date", len(rows) - of_incident - unknown),
                ("nothing, where there is no date at all", unknown),
            )
            if number
        ]
        place = sources[int(str(number))].place(int(rows["row"].iloc[0]), "raised_on")
        subject = counted(len(rows), "action has", "actions have")
        raised = "it was raised" if len(rows) == 1 else "they were raised"
        findings.append(
            Finding(
                "action-not-dated",
                "note",
                place,
                f"{subject} no date on which {raised}; used instead: {'; '.join(told)}.",
                "Fill in when each action was raised, so that its age is known.",
            )
        )
    return findings


def judge_actions(actions: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """The versions of actions, linked, with their verdicts.

    Months are month numbers; a span of months ``from`` ≤ month < ``to``. Adds `completed_month`,
    `open_from`/`open_to` (open at the month's end), `overdue_from`/`overdue_to`, `escalated_from`
    (`LAST`: never), `no_escalation` (the log has nothing of one), `cohort_from`/`cohort_to` (the
    months whose days to close it belongs to), `closing_due_month` and `closing_state` (closed by
    the due date), `closing_open_from`/`closing_open_to` (not yet due), and those of
    `judge_verification`.
    """
    out = actions.copy()
    valid_from, valid_to = out["valid_from"].to_numpy(), out["valid_to"].to_numpy()
    completed, due = out["completed_on"].to_numpy(), out["due_on"].to_numpy()
    status = out["status"]
    cancelled = (status == "cancelled").to_numpy()
    closed_undated = (status == "closed").to_numpy() & np.isnat(completed)
    raised_month = out["raised_month"].to_numpy()
    completed_month = months_of(completed)
    started = np.where(raised_month == NO_MONTH, LAST, raised_month)
    open_from = np.maximum(started, valid_from)
    end = np.where(completed_month == NO_MONTH, LAST, completed_month)
    open_to = np.where(cancelled | closed_undated, FIRST, np.minimum(end, valid_to))
    due_month = months_of(due)
    known_due = due_month != NO_MONTH
    says_open = status.isin(["open", "in progress"]).to_numpy()
    holds = known_due & ~cancelled & (valid_from <= due_month) & (due_month < valid_to)
    escalated = months_of(out["escalated_on"].to_numpy())
    named = out["escalated_to"].notna().to_numpy()
    begun_month = months_of(out["begun_on"].to_numpy())
    in_cohort = (begun_month != NO_MONTH) & ~cancelled & ~closed_undated
    cohort_to = begun_month + round(schemas.number("days_to_close_months"))
    verdicts = {
        "completed_month": completed_month,
        "open_from": open_from,
        "open_to": open_to,
        "overdue_from": np.where(known_due, np.maximum(open_from, due_month), LAST),
        "overdue_to": open_to,
        "escalated_from": np.where(escalated != NO_MONTH, escalated, np.where(named, FIRST, LAST)),
        "no_escalation": (escalated == NO_MONTH) & ~named,
        "cohort_from": np.where(in_cohort, np.maximum(begun_month, valid_from), LAST),
        "cohort_to": np.minimum(cohort_to, valid_to),
        "closing_state": clocks.state_by_day(clocks.days_of(due), completed, says_open),
        "closing_due_month": np.where(holds, due_month, NO_MONTH),
        "closing_open_from": open_from,
        "closing_open_to": np.where(
            known_due & ~cancelled, np.minimum(due_month, valid_to), FIRST
        ),
        **judge_verification(out, schemas, cancelled),
    }  # fmt: skip
    return out.assign(**verdicts)
