"""Reviews: which of the four boxes each holds; and the learning notes that cases leave."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.feedback import holding, states
from learnpipe.assess.snapshots import LAST
from learnpipe.assess.texts import says_something
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]
BOXES = ("what_happened", "why", "what_will_change", "how_we_will_know")
"""Source: the article's four-box template."""


def judge_reviews(incidents: pd.DataFrame, actions: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """One row a review, in the month in which it was done: which of the four boxes it holds.

    `what_happened`, `why`, `what_will_change`, `how_we_will_know` are states; `boxes_state` is met
    where all four are; `factor_people` and so on say which contributing factors it names.
    """
    month = holding(incidents, months_of(incidents["reviewed_on"].to_numpy()))
    held = month != NO_MONTH
    rows, month = incidents[held], month[held]
    told = {
        name: says_something(rows[name], schemas)
        for name in ("summary", "cause", "contributing_factors", "recommendation", "plan_updated")
    }
    change, check = _known_from(rows, actions, schemas)
    boxes = {
        "what_happened": told["summary"],
        "why": told["cause"] | told["contributing_factors"],
        "what_will_change": told["recommendation"] | told["plan_updated"] | (change <= month),
        "how_we_will_know": check <= month,
    }
    whole = np.all(list(boxes.values()), axis=0)
    why = rows["contributing_factors"].where(told["contributing_factors"], rows["cause"])
    return pd.DataFrame(
        {
            "service": rows["service"].to_numpy(),
            "source": rows["source"].to_numpy(),
            "row": rows["row"].to_numpy(),
            "case": rows["case"].to_numpy(),
            "month": month,
            **{name: states(there, there) for name, there in boxes.items()},
            "boxes_state": states(whole, whole),
            **_factors(why, schemas),
        }
    )


def note_known_from(incidents: pd.DataFrame, actions: pd.DataFrame, schemas: Schemas) -> Array:
    """For each version of a case the month from which it has a learning note, `LAST` for never.

    Its own, or that of an action that came of it.
    """
    own = np.where(
        says_something(incidents["learning_note"], schemas), incidents["valid_from"], LAST
    )
    noted = _linked(actions)
    noted = noted[says_something(noted["learning_note"], schemas)]
    return np.minimum(own, _first_known(incidents, noted))


def _known_from(rows: pd.DataFrame, actions: pd.DataFrame, schemas: Schemas) -> tuple[Array, Array]:
    """The months from which an action says what will change, and one how we will know.

    How we will know: what is measured, by which date, and who verifies; no log has a place for
    who is going to, so until the check is made it is whoever owns the action.
    """
    linked = _linked(actions)
    by_date = linked["verify_due_on"].notna() | linked["verified_on"].notna()
    who = linked[["verified_by", "owner", "owner_role"]].notna().any(axis=1)
    whole = (
        says_something(linked["how_we_will_know"], schemas) & by_date.to_numpy() & who.to_numpy()
    )
    change = linked[says_something(linked["action"], schemas)]
    return _first_known(rows, change), _first_known(rows, linked[whole])


def _linked(actions: pd.DataFrame) -> pd.DataFrame:
    kept: pd.DataFrame = actions[
        (actions["incident_case"] >= 0) & (actions["status"] != "cancelled")
    ]
    return kept


def _first_known(rows: pd.DataFrame, actions: pd.DataFrame) -> Array:
    """For each row of incidents the first month in which one of the actions was known."""
    case = rows["case"].to_numpy()
    of_case = actions["incident_case"].to_numpy()
    first = np.full(max(case.max(initial=-1), of_case.max(initial=-1)) + 1, LAST, dtype=np.int64)
    np.minimum.at(first, of_case, actions["valid_from"].to_numpy())
    known: Array = first[case]
    return known


def _factors(why: pd.Series[Any], schemas: Schemas) -> dict[str, Array]:
    """Which of the five factors each text names."""
    words = schemas.words["factor"]
    codes, texts = pd.factorize(why.to_numpy())
    folded = [" ".join(str(text).casefold().replace("-", " ").split()) for text in texts]
    out = {}
    for factor in words.order:
        listed = sorted((factor, *words.words[factor]), key=len, reverse=True)
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b")
        named = np.array([*(bool(pattern.search(text)) for text in folded), False], dtype=bool)
        out[f"factor_{factor}"] = named[codes]
    return out
