"""Complaints as cases: one that names the action that came of it has an evidence trail as well.

It has no tier, and needs all six records. What an incident log would hold stands in the feedback
log: the acknowledgement is the immediate action, the response with its outcome the review. No
column of it holds the date on which a note was shared, so the action's note is enough.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.refs import cases_meant
from learnpipe.assess.snapshots import LAST
from learnpipe.assess.texts import says_something
from learnpipe.assess.trail import RECORDS, Chains, table_of
from learnpipe.assess.trail_actions import (
    broken_until,
    facts_of_actions,
    last_versions,
    recheck_month,
)
from learnpipe.assess.trail_cells import Cells, cells_in_actions, first_gaps
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]
CASE_COLUMNS = (
    "case", "ref", "service", "day", "tier", "recorded_tier", "expected_tier", "theme", "category",
    "source", "row", "valid_from", "valid_to",
)  # fmt: skip


def complaint_cases(
    feedback: pd.DataFrame, actions: pd.DataFrame, first_case: int, schemas: Schemas
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The complaints that are cases (versions), and the rows of their trails.

    ``feedback`` and ``actions`` are judged; cases are numbered from ``first_case``.
    """
    latest = actions.drop_duplicates("case", keep="last")
    meant = cases_meant(feedback["action_ref"], feedback["service"], latest)
    joins = feedback["is_complaint"].to_numpy() & (meant >= 0)
    rows, action = feedback[joins], meant[joins]
    rows = rows.assign(
        case=rows["case"] + first_case, start=rows["received_on"], tier=-1, recorded_tier=-1,
        expected_tier=-1, category=None,
    )  # fmt: skip
    return rows[list(CASE_COLUMNS)], table_of(_chains(rows, action, actions, schemas))


def _chains(rows: pd.DataFrame, action: Array, actions: pd.DataFrame, schemas: Schemas) -> Chains:
    actions = actions[np.isin(actions["case"].to_numpy(), action)]
    done = last_versions(actions)
    size = int(action.max(initial=0)) + 1
    facts = facts_of_actions(done, done["case"].to_numpy(), size, schemas)
    facts = {name: values[action] for name, values in facts.items()}
    first_due, review_due = (
        rows[name].to_numpy().astype("datetime64[D]")
        for name in ("acknowledged_by_on", "responded_by_on")
    )
    review = months_of(review_due)
    recheck = recheck_month(facts["finished_on"], review_due, np.zeros(len(rows), bool), schemas)
    order = np.argsort(action, kind="stable")
    broken = np.empty(len(rows), dtype=np.int64)
    broken[order] = broken_until(actions, actions["case"].to_numpy(), action[order], review[order])
    return Chains(
        rows,
        dict.fromkeys(RECORDS, np.full(len(rows), True)),
        {
            "incident": months_of(first_due), "review": review, "action": review,
            "plan": recheck, "verification": recheck, "learning_note": recheck,
        },
        {
            "incident": _month_if(rows["summary"].notna(), rows["acknowledged_on"]),
            "review": _month_if(rows["outcome"].notna(), rows["responded_on"]),
            "action": np.maximum(facts["logged"], broken),
            "plan": _since(rows, facts["plan"]),
            "verification": facts["verified"],
            "learning_note": _since(rows, facts["note"]),
        },
        _cells(rows, done, action, schemas),
        np.zeros(len(rows), dtype=bool),
    )  # fmt: skip


def _month_if(there: pd.Series[Any], date: pd.Series[Any]) -> Array:
    month = months_of(date.to_numpy())
    return np.where(there.to_numpy() & (month != NO_MONTH), month, LAST)


def _since(rows: pd.DataFrame, there: Array) -> Array:
    return np.where(there, rows["valid_from"].to_numpy(), LAST)


def _cells(
    rows: pd.DataFrame, done: pd.DataFrame, action: Array, schemas: Schemas
) -> dict[str, Cells]:
    """The first missing cell of each record: in the feedback log, else in the action's row."""

    def empty(name: str) -> Array:
        return rows[name].isna().to_numpy()

    named = first_gaps(rows, {"action_ref": empty("action_ref")})
    cells = {
        "incident": {"summary": empty("summary"), "acknowledged_on": empty("acknowledged_on")},
        "review": {"responded_on": empty("responded_on"), "outcome": empty("outcome")},
    }
    own = {record: first_gaps(rows, missing) for record, missing in cells.items()}
    own |= dict.fromkeys(("action", "plan", "verification", "learning_note"), named)
    silent = {
        "plan": {"plan_updated": done["plan_updated"].isna().to_numpy()},
        "learning_note": {"learning_note": ~says_something(done["learning_note"], schemas)},
    }
    return own | cells_in_actions(own, done, done["case"].to_numpy(), action, silent)
