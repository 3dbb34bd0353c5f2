"""Incidents that two sheets may both tell of: a falls register beside an accident book.

Only a reference makes rows one case, so both are counted; what speaks for one is pointed out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from learnpipe.assess.refs import name_codes, pair_codes
from learnpipe.ground.findings import Finding
from learnpipe.ground.frames import each_row
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted, same_words

_MIDNIGHT = np.timedelta64(0, "s")


def told_twice(
    incidents: pd.DataFrame, sources: Sequence[Source], schemas: Schemas
) -> list[Finding]:
    """A note for each two sheets that tell of the same day and person at a service.

    ``incidents``: one row a case, with `service`, `person_affected`, `day`, `source`, `row`. Where
    both give a time of day, it has to be the same. Rows that name a role alone name nobody.
    """
    known = incidents[incidents["person_affected"].notna() & incidents["day"].notna()]
    if known["source"].nunique() < 2:
        return []
    date = known["day"].dt.normalize()
    days = pd.factorize(date)[0].astype(np.int64)
    service, person = name_codes(known["service"]), name_codes(known["person_affected"])
    key = pair_codes(pair_codes(service[0], person[0]), days)
    rows = known[["source", "row", "person_affected"]].assign(key=key, time=known["day"] - date)
    rows = rows[rows["key"].duplicated(keep=False)]
    rows = rows[rows.groupby("key")["source"].transform("nunique") > 1]
    roles = {same_words(word) for word in schemas.lists.get("role_words", ())}
    named = ~rows["person_affected"].map(lambda name: set(same_words(name).split()) <= roles)
    rows = rows.loc[named.to_numpy(dtype=bool), ["source", "row", "key", "time"]]
    pairs = rows.merge(rows, on="key", suffixes=("", "_there"))
    pairs = pairs[pairs["source"] > pairs["source_there"]]
    timed = (pairs["time"] != _MIDNIGHT) & (pairs["time_there"] != _MIDNIGHT)
    pairs = pairs[~timed | (pairs["time"] == pairs["time_there"])]
    pairs = pairs.drop_duplicates(["source", "row", "source_there"])
    return [_note(own, sources) for _, own in pairs.groupby(["source", "source_there"])]


def _note(pairs: pd.DataFrame, sources: Sequence[Source]) -> Finding:
    """What is said of the rows of one sheet that another sheet may tell of too."""
    first = next(each_row(pairs))
    there = sources[first.source_there].place(first.row_there)
    others = f" So may {counted(len(pairs) - 1, 'other row')} here." if len(pairs) > 1 else ""
    return Finding(
        "told-twice", "note", sources[first.source].place(first.row),
        f"This may be the same incident as {there}: same day, same person.{others} "
        "Both are counted.",
        "Keep each incident in one log, or give it the same reference in both.",
    )  # fmt: skip
