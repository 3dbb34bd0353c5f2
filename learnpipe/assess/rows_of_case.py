"""Rows of a case: several rows on one sheet, one a person, of which the worse counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Field
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import HARMS

Array = np.ndarray[Any, Any]
Ints = np.ndarray[Any, np.dtype[np.int64]]
_HARM = {harm: rank for rank, harm in enumerate(HARMS)}
_TIER = {str(tier): tier for tier in range(5)}
_DUTY = {"no": 0, "yes": 1}
RANKS: Mapping[str, Mapping[str, int]] = {
    "severity": _HARM,
    "psychological_severity": _HARM,
    "tier": _TIER,
    "safeguarding": _DUTY,
    "candour_applies": _DUTY,
    "riddor": _DUTY,
    "restrictive_practice": _DUTY,
}
"""The fields of which the worse counts, and how bad each of their words is."""


@dataclass(frozen=True)
class Worse:
    """For each run of rows: the row that says the worst, and whether another says less."""

    pick: Ints
    found: Array
    disagree: Array


def worse_of(field: Field, values: Array, heads: Ints) -> Worse | None:
    """Which row of each run says the worst; None for a field that has no worse.

    ``values``: the field's, in the order of the runs, which begin at ``heads``.
    """
    ranks = RANKS.get(field.name)
    if ranks is None:
        return None
    rank = pd.Series(values, dtype=object).map(ranks).fillna(-1).to_numpy().astype(np.int64)
    worst = np.maximum.reduceat(rank, heads)
    best = np.minimum.reduceat(np.where(rank < 0, len(HARMS), rank), heads)
    sizes = np.diff(np.append(heads, len(rank)))
    is_worst = rank == np.repeat(worst, sizes)
    pick = np.minimum.reduceat(np.where(is_worst, np.arange(len(rank)), len(rank)), heads)
    return Worse(pick, worst >= 0, (worst >= 0) & (best < worst))


def disagreements(
    field: Field, worse: Worse, frame: pd.DataFrame, order: Ints, sources: Sequence[Source]
) -> list[Finding]:
    """A note for each case whose rows on one sheet say different things of a field.

    ``order``: where the rows of the runs stand in the log's frame.
    """
    findings = []
    for at in worse.pick[worse.disagree]:
        row = frame.iloc[int(order[at])]
        findings.append(
            Finding(
                "rows-disagree",
                "note",
                sources[int(row["source"])].place(int(row["row"]), field.name),
                f'{field.title} is "{row[field.name]}" here, but other rows of the same reference '
                "say less; the case counts once, with the worse.",
                "Check that these rows tell of one case; if so, type the same in each of them.",
            )
        )
    return findings
