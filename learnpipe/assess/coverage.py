"""Coverage: which months of which service a log speaks for, so that a zero is a zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.tables import Source

MOST_MONTHS = 120  # a mistyped year must not fill a page with zeros
NEVER = 1_000_000  # a month after all others

Array = np.ndarray[Any, Any]
Covered = dict[str, set[int]]


def coverage(
    log: str,
    frame: pd.DataFrame,
    day: pd.Series[Any],
    sources: Sequence[Source],
    last: int,
    kept_until: pd.Series[Any] | None = None,
) -> Covered:
    """For each service the months that a log covers, up to ``last``.

    A log covers a service from its first to its last dated row, on to the last month that any
    service in that file has a row, plus months that its file or sheet name declares. Rows after
    ``last`` show that the log was kept until then. ``kept_until``: the last date of each row that
    shows it, where a row has more than one.
    """
    month = months_of(day.to_numpy())
    until = month if kept_until is None else months_of(kept_until.to_numpy())
    dated = (month != NO_MONTH) & (abs(month - last) < MOST_MONTHS)
    until = np.where((until != NO_MONTH) & (abs(until - last) < MOST_MONTHS), until, month)
    service, services = pd.factorize(frame["service"].to_numpy())
    names = {name: at for at, name in enumerate(dict.fromkeys(one.file for one in sources))}
    of_source = np.array([names[one.file] for one in sources] or [0], dtype=np.int64)
    file = of_source[frame["source"].to_numpy(np.int64)]
    known = service >= 0
    shown = dated & known
    low = _by(np.minimum, service[shown], month[shown], len(services), NEVER)
    high = _by(np.maximum, service[shown], until[shown], len(services), NO_MONTH)
    file_last = _by(np.maximum, file[dated], until[dated], len(names), NO_MONTH)
    pairs = np.unique(service[known].astype(np.int64) * len(names) + file[known])
    own_services, own_files = pairs // max(len(names), 1), pairs % max(len(names), 1)
    reach = np.maximum(
        high, _by(np.maximum, own_services, file_last[own_files], len(services), NO_MONTH)
    )
    out: Covered = {
        name: set(range(low[at], min(reach[at], last) + 1)) if low[at] != NEVER else set()
        for at, name in enumerate(services)
    }
    spoken: dict[str, set[str]] = {}
    in_file: dict[str, list[str]] = {}
    file_names = list(names)
    for at, where in zip(own_services.tolist(), own_files.tolist(), strict=True):
        in_file.setdefault(file_names[where], []).append(services[at])
    for source in sources:
        if source.log != log or source.duplicate or source.declared is None:
            continue
        if source.declared > last:
            continue
        if source.file not in spoken:
            spoken[source.file] = _spoken_for(source.file, in_file)
        for name in spoken[source.file]:
            out[name].add(source.declared)
    return out


def _by(reduce: np.ufunc, key: Array, values: Array, size: int, start: int) -> Array:
    """The least or greatest value of each key from 0 to ``size`` − 1."""
    out = np.full(size, start, dtype=np.int64)
    reduce.at(out, key, values)
    return out


def _spoken_for(file: str, in_file: Mapping[str, Sequence[str]]) -> set[str]:
    """The services for which a file speaks; an empty one speaks for its folder's, else for all."""
    if file in in_file:
        return set(in_file[file])
    folder = file.rpartition("/")[0]
    beside = {
        name for other, own in in_file.items() if other.rpartition("/")[0] == folder for name in own
    }
    if folder and beside:
        return beside
    return {name for own in in_file.values() for name in own}
