"""Where to look: the first missing cell of each record of the evidence trail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

Array = np.ndarray[Any, Any]
RECORDS = ("incident", "review", "action", "plan", "verification", "learning_note")


def linked_actions(actions: pd.DataFrame) -> pd.DataFrame:
    """The last version of each action that belongs to a case and was not cancelled."""
    last = actions[actions["incident_case"] >= 0].drop_duplicates("case", keep="last")
    return last[last["status"] != "cancelled"]


def missing_in_log(linked: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    """For each cell that an action log needs, whether it is missing."""
    return {
        "action": linked["action"].isna(),
        "owner": linked["owner"].isna() & linked["owner_role"].isna(),
        "due_on": linked["due_on"].isna(),
        "status": linked["status"].isna() & linked["completed_on"].isna(),
    }


def cells_to_look_at(
    incidents: pd.DataFrame, actions: pd.DataFrame, noted_in_actions: Array
) -> dict[str, pd.DataFrame]:
    """For each record and row of incidents its first missing cell: `source`, `row`, `field`."""
    linked = linked_actions(actions)
    missing = {
        name: incidents[name].isna()
        for name in (
            "summary", "immediate_action", "notified", "notified_on", "reviewed_on", "cause",
            "contributing_factors", "ref", "plan_updated", "learning_note", "shared_on",
        )
    }  # fmt: skip
    own = {
        "incident": {
            "summary": missing["summary"],
            "immediate_action": missing["immediate_action"],
            "notified": missing["notified"] & missing["notified_on"],
        },
        "review": {
            "reviewed_on": missing["reviewed_on"],
            "cause": missing["cause"] & missing["contributing_factors"],
        },
        "action": {"ref": missing["ref"]},
        "plan": {"plan_updated": missing["plan_updated"]},
        "verification": {"ref": missing["ref"]},
        "learning_note": {
            "learning_note": missing["learning_note"] & ~noted_in_actions,
            "shared_on": missing["shared_on"],
        },
    }
    unescalated = linked["escalated_to"].isna() & linked["escalated_on"].isna()
    in_actions = {
        "action": {**missing_in_log(linked), "escalated_to": unescalated},
        "verification": {
            name: linked[name].isna()
            for name in ("verify_by", "verification_result", "verified_on")
        },
    }
    out = {}
    for record in RECORDS:
        cells = _first_gap(incidents, own[record])
        if record in in_actions and len(linked):
            there = _first_gap(linked, in_actions[record]).assign(case=linked["incident_case"])
            by_case = there.sort_values("whole", kind="stable").drop_duplicates("case")
            theirs = by_case.set_index("case").reindex(incidents["case"])
            own_row = theirs["row"].isna().to_numpy()
            for name in ("source", "row", "field"):
                cells[name] = np.where(own_row, cells[name], theirs[name])
        out[record] = cells.astype({"source": np.int64, "row": np.int64})
    return out


def _first_gap(rows: pd.DataFrame, missing: dict[str, pd.Series[Any]]) -> pd.DataFrame:
    """Each row's first missing cell (its first where none is), and whether it is `whole`."""
    gaps = [one.to_numpy() for one in missing.values()]
    return pd.DataFrame(
        {
            "source": rows["source"],
            "row": rows["row"],
            "field": np.select(gaps, list(missing), default=next(iter(missing))),
            "whole": ~np.any(gaps, axis=0),
        }
    )
