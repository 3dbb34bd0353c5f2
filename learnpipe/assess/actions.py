"""Actions: the verdicts on each: when it was open and overdue, closed in time, and verified."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.refs import cases_meant
from learnpipe.assess.snapshots import FIRST, LAST
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET, VERIFYING

Array = np.ndarray[Any, Any]


def link_actions(actions: pd.DataFrame, incidents: pd.DataFrame | None) -> pd.DataFrame:
    """Actions with the case of the incident that each names: `incident_case` (−1: none).

    By service and ref, however it is typed (`cases_meant`). Adds `incident_tier`,
    and fills `theme` and `category` from the incident.
    """
    out = actions.copy()
    out["incident_case"] = -1
    out["incident_tier"] = -1
    out["category"] = None
    if incidents is None or incidents.empty:
        return out
    latest = incidents.drop_duplicates("case", keep="last")
    out["incident_case"] = cases_meant(out["incident_ref"], out["service"], latest)
    by_case = latest.set_index("case")
    out["incident_tier"] = out["incident_case"].map(by_case["tier"]).fillna(-1).astype(np.int64)
    out["category"] = out["incident_case"].map(by_case["category"])
    themes = out["incident_case"].map(by_case["theme"])
    out["theme"] = out["theme"].where(out["theme"].notna(), themes)
    return out


def judge_actions(actions: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """The versions of actions, linked, with their verdicts.

    Months are month numbers; a span of months ``from`` ≤ month < ``to``. Adds `raised_month`,
    `completed_month`, `open_from`/`open_to` (open at the month's end), `overdue_from`/
    `overdue_to`, `closing_due_month` and `closing_state` (closed by the due date),
    `closing_open_from`/`closing_open_to` (not yet due), `verify_by_on` (the
    window's last day), `verify_due_month`,
    `verify_state`, `verify_open_from`/`verify_open_to`, `unverified_from`/`unverified_to`.
    """
    out = actions.copy()
    valid_from, valid_to = out["valid_from"].to_numpy(), out["valid_to"].to_numpy()
    completed, due = out["completed_on"].to_numpy(), out["due_on"].to_numpy()
    status = out["status"]
    cancelled = (status == "cancelled").to_numpy()
    closed_undated = (status == "closed").to_numpy() & np.isnat(completed)
    raised_month = months_of(out["raised_on"].to_numpy())
    raised_month = np.where(raised_month == NO_MONTH, out["month"].to_numpy(), raised_month)
    completed_month = months_of(completed)
    out["raised_month"], out["completed_month"] = raised_month, completed_month

    open_from = np.maximum(np.where(raised_month == NO_MONTH, LAST, raised_month), valid_from)
    end = np.where(completed_month == NO_MONTH, LAST, completed_month)
    open_to = np.minimum(end, valid_to)
    open_to = np.where(cancelled | closed_undated, FIRST, open_to)
    out["open_from"], out["open_to"] = open_from, open_to

    due_month = months_of(due)
    known_due = due_month != NO_MONTH
    out["overdue_from"] = np.where(known_due, np.maximum(open_from, due_month), LAST)
    out["overdue_to"] = open_to
    says_open = status.isin(["open", "in progress"]).to_numpy()
    out["closing_state"] = clocks.state_by_day(clocks.days_of(due), completed, says_open)
    holds = known_due & ~cancelled & (valid_from <= due_month) & (due_month < valid_to)
    out["closing_due_month"] = np.where(holds, due_month, NO_MONTH)
    started = np.where(raised_month == NO_MONTH, LAST, raised_month)
    out["closing_open_from"] = np.maximum(started, valid_from)
    out["closing_open_to"] = np.where(
        known_due & ~cancelled, np.minimum(due_month, valid_to), FIRST
    )
    return _verification(out, schemas, cancelled)


def _verification(out: pd.DataFrame, schemas: Schemas, cancelled: Array) -> pd.DataFrame:
    """When each completed action's re-check window closes, and whether it was verified by then."""
    completed = out["completed_on"].to_numpy()
    valid_from, valid_to = out["valid_from"].to_numpy(), out["valid_to"].to_numpy()
    tier_2 = (out["incident_tier"] == 2).to_numpy()
    number = schemas.number
    last_day = np.where(
        tier_2,
        clocks.after_weeks(completed, number("tier_2_recheck_closes_weeks")),
        clocks.after_weeks(completed, number("recheck_closes_weeks")),
    )
    out["verify_by_on"] = last_day.astype("datetime64[s]")
    month = months_of(last_day)
    verified = out["verified_on"].to_numpy()
    with np.errstate(invalid="ignore"):
        checked = ~np.isnat(verified) & (clocks.days_of(verified) >= clocks.days_of(completed))
    by_method = out["verify_by"].isin(VERIFYING).to_numpy()
    by_month_end = months_of(verified) <= month
    out["verify_state"] = np.where(
        checked & by_method,
        np.where(by_month_end, MET, NOT_MET),
        NO_EVIDENCE,
    )
    holds = (month != NO_MONTH) & ~cancelled & (valid_from <= month) & (month < valid_to)
    out["verify_due_month"] = np.where(holds, month, NO_MONTH)
    completed_month = out["completed_month"].to_numpy()
    real = (month != NO_MONTH) & ~cancelled
    out["verify_open_from"] = np.maximum(completed_month, valid_from)
    out["verify_open_to"] = np.where(real, np.minimum(month, valid_to), FIRST)
    verified_month = np.where(checked & by_method, months_of(verified), LAST)
    out["unverified_from"] = np.where(real, np.maximum(month, valid_from), LAST)
    out["unverified_to"] = np.minimum(verified_month, valid_to)
    return out
