"""Where to look: the first missing cell of each record of the evidence trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.texts import says_something
from learnpipe.assess.trail_actions import missing_in_log
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Cells:
    """A cell for each row: its source, Excel row and field."""

    source: Array
    row: Array
    field: Array


def cells_to_look_at(
    incidents: pd.DataFrame, linked: pd.DataFrame, noted_in_actions: Array, schemas: Schemas
) -> dict[str, Cells]:
    """For each record and row of incidents its first missing cell."""

    def silent(name: str) -> Array:
        return ~says_something(incidents[name], schemas)

    told = incidents["notified"].notna() | incidents["notified_on"].notna()
    own = {
        "incident": {
            "summary": incidents["summary"].isna().to_numpy(),
            "immediate_action": silent("immediate_action"),
            "notified": ~told.to_numpy(),
        },
        "review": {
            "reviewed_on": incidents["reviewed_on"].isna().to_numpy(),
            "cause": silent("cause") & silent("contributing_factors"),
        },
        "action": {"ref": incidents["ref"].isna().to_numpy()},
        "plan": {"plan_updated": incidents["plan_updated"].isna().to_numpy()},
        "verification": {"ref": incidents["ref"].isna().to_numpy()},
        "learning_note": {
            "learning_note": silent("learning_note") & ~noted_in_actions,
            "shared_on": incidents["shared_on"].isna().to_numpy(),
        },
    }
    cells = {record: first_gaps(incidents, missing) for record, missing in own.items()}
    return cells | cells_in_actions(
        cells, linked, linked["incident_case"].to_numpy(), incidents["case"].to_numpy()
    )


def cells_in_actions(
    cells: Mapping[str, Cells],
    linked: pd.DataFrame,
    key: Array,
    keys: Array,
    more: Mapping[str, dict[str, Array]] | None = None,
) -> dict[str, Cells]:
    """The cells of the action log and verification records, in the actions where there are any.

    Of several actions of a key that of the first one with a gap. ``more``: for other records the
    cells of the actions that are missing.
    """
    if not len(linked):
        return {}
    unescalated = linked["escalated_to"].isna() & linked["escalated_on"].isna()
    in_actions: dict[str, dict[str, Array]] = {
        "action": {**missing_in_log(linked), "escalated_to": unescalated.to_numpy()},
        "verification": {
            name: linked[name].isna().to_numpy()
            for name in ("verify_by", "verification_result", "verified_on")
        },
    }
    in_actions |= more or {}
    out = {}
    for record, missing in in_actions.items():
        there = first_gaps(linked, missing)
        whole = ~np.any(list(missing.values()), axis=0)
        order = np.lexsort((np.arange(len(key)), whole, key))
        which, first = np.unique(key[order], return_index=True)
        pick = np.full(int(max(which.max(), keys.max(initial=0))) + 1, -1, dtype=np.int64)
        pick[which] = order[first]
        at = pick[keys]
        own = at < 0
        out[record] = Cells(
            np.where(own, cells[record].source, there.source[at]),
            np.where(own, cells[record].row, there.row[at]),
            np.where(own, cells[record].field, there.field[at]),
        )
    return out


def first_gaps(rows: pd.DataFrame, missing: Mapping[str, Array]) -> Cells:
    """Each row's first missing cell; its first cell where none is missing."""
    names = np.array([*missing, next(iter(missing))], dtype=object)
    gaps = np.stack([*missing.values(), np.ones(len(rows), dtype=bool)])
    return Cells(rows["source"].to_numpy(), rows["row"].to_numpy(), names[gaps.argmax(axis=0)])
