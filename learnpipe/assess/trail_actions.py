"""What the actions of a case have to show for its evidence trail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.snapshots import FIRST, LAST
from learnpipe.assess.texts import says_something, says_what_changed
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]


def linked_actions(actions: pd.DataFrame) -> pd.DataFrame:
    """The last version of each action that belongs to a case and was not cancelled."""
    return last_versions(actions[actions["incident_case"] >= 0])


def last_versions(actions: pd.DataFrame) -> pd.DataFrame:
    """The last version of each action that was not cancelled."""
    case = actions["case"].to_numpy()
    last = np.append(case[1:] != case[:-1], True)[: len(case)]
    kept: pd.DataFrame = actions[last & (actions["status"] != "cancelled").to_numpy()]
    return kept


def missing_in_log(linked: pd.DataFrame) -> dict[str, Array]:
    """For each cell that an action log needs, whether it is missing."""
    empty = {
        name: linked[name].isna().to_numpy()
        for name in ("action", "owner", "owner_role", "due_on", "status", "completed_on")
    }
    return {
        "action": empty["action"],
        "owner": empty["owner"] & empty["owner_role"],
        "due_on": empty["due_on"],
        "status": empty["status"] & empty["completed_on"],
    }


def facts_of_actions(
    linked: pd.DataFrame, key: Array, size: int, schemas: Schemas
) -> dict[str, Array]:
    """What the actions with each key from 0 to ``size`` − 1 show together.

    `logged`: the month from which one whole action is logged; `finished_on`: the day from which
    the re-check window of the last counts; `verified`: the month from which all are; `plan` and
    `note`: whether one tells them; `inferred`: whether one was linked without a reference.
    """
    complete = ~np.any(list(missing_in_log(linked).values()), axis=0)
    raised = linked["raised_on"].to_numpy()
    raised = months_of(np.where(np.isnat(raised), linked["day"].to_numpy(), raised))
    raised = np.where(raised == NO_MONTH, FIRST, raised)
    logged = np.full(size, LAST, dtype=np.int64)
    np.minimum.at(logged, key, np.where(complete, raised, LAST))
    verified = np.full(size, FIRST, dtype=np.int64)
    np.maximum.at(verified, key, _verified_month(linked))
    none = np.bincount(key, minlength=size) == 0
    return {
        "logged": logged,
        "finished_on": _latest(finished_on(linked, schemas), key, size),
        "verified": np.where(none, LAST, verified),
        "plan": _any(says_what_changed(linked["plan_updated"], schemas), key, size),
        "note": _any(says_something(linked["learning_note"], schemas), key, size),
        "inferred": _any(linked["link_inferred"].to_numpy(bool), key, size),
    }


def _any(there: Array, key: Array, size: int) -> Array:
    found = np.zeros(size, dtype=bool)
    found[key[there]] = True
    return found


def _latest(days: Array, key: Array, size: int) -> Array:
    """The latest known day of each key; NaT where none is known."""
    out = np.full(size, np.iinfo(np.int64).min, dtype=np.int64)  # what NaT is as a number
    np.maximum.at(out, key, days.astype("datetime64[D]").astype(np.int64))
    return out.astype("datetime64[D]")


def recheck_days(tier_2: Array, schemas: Schemas) -> Array:
    """How long the re-check window of an action stays open, in days."""
    weeks = np.where(
        tier_2,
        schemas.number("tier_2_recheck_closes_weeks"),
        schemas.number("recheck_closes_weeks"),
    )
    return (weeks * 7).astype(np.int64).astype("timedelta64[D]")


def recheck_month(finished_on: Array, review_due: Array, tier_2: Array, schemas: Schemas) -> Array:
    """The month in which the re-check falls due; without an action it counts from the review."""
    anchor = np.where(np.isnat(finished_on), review_due, finished_on).astype("datetime64[D]")
    return months_of(anchor + recheck_days(tier_2, schemas))


def finished_on(linked: pd.DataFrame, schemas: Schemas) -> Array:
    """The day from which an action's re-check window counts: its completion, else its due date.

    A completion after the month in which the re-check of the overdue action fell due comes too
    late to move it: that month's end has passed.
    """
    due = linked["due_on"].to_numpy().astype("datetime64[D]")
    completed = linked["completed_on"].to_numpy().astype("datetime64[D]")
    recheck = months_of(due + recheck_days(linked["incident_tier"].to_numpy() == 2, schemas))
    too_late = (recheck != NO_MONTH) & (months_of(completed) > recheck)
    return np.where(np.isnat(completed) | too_late, due, completed)


def _verified_month(actions: pd.DataFrame) -> Array:
    """The month from which a verification with method, result and date is there."""
    whole = actions["verify_by"].notna() & actions["verification_result"].notna()
    month = months_of(actions["verified_on"].to_numpy())
    return np.where(whole.to_numpy() & (month != NO_MONTH), month, LAST)


def broken_until(actions: pd.DataFrame, key: Array, keys: Array, due: Array) -> Array:
    """For each of ``keys`` the month in which its actions are not overdue without an escalation.

    `FIRST` where none is so at the end of the month ``due``. ``key``: that of each action;
    ``keys`` stand in ascending order, the same ones together.
    """
    out = np.full(len(keys), FIRST, dtype=np.int64)
    escalated = months_of(actions["escalated_on"].to_numpy())
    named = np.where(actions["escalated_to"].notna(), FIRST, LAST)
    start = actions["overdue_from"].to_numpy()
    stop = np.minimum(
        actions["overdue_to"].to_numpy(), np.where(escalated == NO_MONTH, named, escalated)
    )
    real = start < stop
    key, start, stop = key[real], start[real], stop[real]
    first = np.searchsorted(keys, key, "left")
    count = np.searchsorted(keys, key, "right") - first
    of = np.repeat(np.arange(len(key)), count)
    row = first[of] + np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    now = (start[of] <= due[row]) & (due[row] < stop[of])
    np.maximum.at(out, row[now], stop[of][now])
    return out
