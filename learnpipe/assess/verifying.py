"""Verification: when the re-check of an action falls due, and whether it was made and passed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.snapshots import FIRST, LAST
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET, VERIFYING

Array = np.ndarray[Any, Any]


def judge_verification(
    actions: pd.DataFrame, schemas: Schemas, cancelled: Array
) -> dict[str, Array]:
    """The verdicts on the re-check of each action, by column.

    Of completed actions: `verify_by_on` (the window's last day), `verify_due_month`,
    `verify_state`, `verify_open_from`/`verify_open_to`, `window_state` (checked inside the
    window), `passed_state` (of those verified, the change was seen), `unverified_from`/
    `unverified_to`. Of all: `recheck_due_month`, `recheck_state`, `recheck_open_from`/
    `recheck_open_to`, in which an action overdue with no completion has its re-check due one
    window after its due date.
    """
    completed = actions["completed_on"].to_numpy()
    first_day, last_day = (_weeks_on(actions, completed, schemas, end) for end in _ENDS)
    checked_on = clocks.days_of(actions["verified_on"].to_numpy())
    with np.errstate(invalid="ignore"):
        checked = checked_on >= clocks.days_of(completed)
        in_window = (checked_on >= first_day) & (checked_on <= last_day)
    verified = checked & actions["verify_by"].isin(VERIFYING).to_numpy()
    month, checked_month = months_of(last_day), months_of(checked_on)
    by_month_end = verified & (checked_month <= month)
    valid_from, valid_to = actions["valid_from"].to_numpy(), actions["valid_to"].to_numpy()
    asked = (month != NO_MONTH) & ~cancelled
    result = actions["verification_result"]
    return {
        "verify_by_on": last_day.astype("datetime64[s]"),
        "verify_due_month": _held(month, asked, valid_from, valid_to),
        "verify_state": _state(verified, by_month_end),
        "verify_open_from": np.maximum(months_of(completed), valid_from),
        "verify_open_to": np.where(asked, np.minimum(month, valid_to), FIRST),
        "window_state": _state(verified, by_month_end & in_window),
        "passed_state": _state(result.notna().to_numpy(), (result == "passed").to_numpy()),
        "unverified_from": np.where(asked, np.maximum(month, valid_from), LAST),
        "unverified_to": np.minimum(np.where(verified, checked_month, LAST), valid_to),
        **_recheck(actions, schemas, cancelled, last_day, verified),
    }


_ENDS = ("opens", "closes")


def _weeks_on(actions: pd.DataFrame, start: Array, schemas: Schemas, end: str) -> Array:
    """The day on which the re-check window that is counted from a day opens or closes."""
    return np.where(
        (actions["incident_tier"] == 2).to_numpy(),
        clocks.after_weeks(start, schemas.number(f"tier_2_recheck_{end}_weeks")),
        clocks.after_weeks(start, schemas.number(f"recheck_{end}_weeks")),
    )


def _state(shown: Array, met: Array) -> Array:
    return np.where(shown, np.where(met, MET, NOT_MET), NO_EVIDENCE)


def _held(month: Array, asked: Array, valid_from: Array, valid_to: Array) -> Array:
    """The month where the version holds then, else `NO_MONTH`: so each action counts once."""
    return np.where(asked & (valid_from <= month) & (month < valid_to), month, NO_MONTH)


def _recheck(
    actions: pd.DataFrame, schemas: Schemas, cancelled: Array, last_day: Array, verified: Array
) -> dict[str, Array]:
    """The re-check as a duty, from which an action that is never completed does not escape.

    A completion after the month in which the re-check of the overdue action fell due comes too
    late to move it: that month's end has passed.
    """
    completed, due = actions["completed_on"].to_numpy(), actions["due_on"].to_numpy()
    completed_month = months_of(completed)
    closed_undated = (actions["status"] == "closed").to_numpy() & np.isnat(completed)
    if_overdue = months_of(_weeks_on(actions, due, schemas, "closes"))
    late = (if_overdue != NO_MONTH) & ~closed_undated
    late &= (completed_month == NO_MONTH) | (completed_month > if_overdue)
    month = np.where(late, if_overdue, months_of(last_day))
    valid_from, valid_to = actions["valid_from"].to_numpy(), actions["valid_to"].to_numpy()
    asked = (month != NO_MONTH) & ~cancelled
    says_so = actions["status"].isin(["open", "in progress"]).to_numpy() | ~np.isnat(completed)
    checked_month = months_of(actions["verified_on"].to_numpy())
    of_completed = _state(verified, verified & (checked_month <= month))
    due_month = months_of(due)
    known = [np.where(one == NO_MONTH, LAST, one) for one in (due_month, completed_month)]
    started = np.where(late, due_month, np.minimum(*known))
    return {
        "recheck_due_month": _held(month, asked, valid_from, valid_to),
        "recheck_state": np.where(late, np.where(says_so, NOT_MET, NO_EVIDENCE), of_completed),
        "recheck_open_from": np.maximum(started, valid_from),
        "recheck_open_to": np.where(asked, np.minimum(month, valid_to), FIRST),
    }
