"""Coverage: which months of which service a log speaks for, so that a zero is a zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.tables import Source

MOST_MONTHS = 120  # a mistyped year must not fill a page with zeros

Covered = dict[str, set[int]]


def coverage(
    log: str, frame: pd.DataFrame, day: pd.Series[Any], sources: Sequence[Source], last: int
) -> Covered:
    """For each service the months that a log covers, up to ``last``.

    A log covers a service from its first to its last dated row, on to the last month that any
    service in that file has a row, plus months that its file or sheet name declares. Rows after
    ``last`` show that the log was kept until then.
    """
    month = months_of(day.to_numpy())
    dated = (month != NO_MONTH) & (abs(month - last) < MOST_MONTHS)
    files = np.array([source.file for source in sources], dtype=object)
    table = pd.DataFrame(
        {
            "service": frame["service"].to_numpy(),
            "file": files[frame["source"].to_numpy()] if len(frame) else [],
            "month": month,
        }
    )
    spans = table[dated].groupby("service")["month"].agg(["min", "max"])
    file_last = table[dated].groupby("file")["month"].max()
    in_file = table.drop_duplicates(["service", "file"])
    out: Covered = {service: set() for service in table["service"].unique()}
    for service, (low, high) in zip(spans.index, spans.to_numpy().tolist(), strict=True):
        own = in_file.loc[in_file["service"] == service, "file"]
        reach = max([high, *file_last.reindex(own).dropna().astype(int)])
        out[service].update(range(low, min(reach, last) + 1))
    for source in sources:
        if source.log != log or source.duplicate or source.declared is None:
            continue
        if source.declared > last:
            continue
        for service in _spoken_for(source, in_file):
            out[service].add(source.declared)
    return out


def _spoken_for(source: Source, in_file: pd.DataFrame) -> list[str]:
    """The services for which a file speaks; an empty one speaks for its folder's, else for all."""
    own = in_file.loc[in_file["file"] == source.file, "service"]
    if own.empty:
        folder = source.file.rpartition("/")[0]
        beside = in_file["file"].str.rpartition("/")[0] == folder
        own = in_file.loc[beside, "service"] if folder and beside.any() else in_file["service"]
    return sorted(own.unique())
