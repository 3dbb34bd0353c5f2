"""Ages: what stands at a month's end, by how many days it has stood by then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.measurements import Part
from learnpipe.ground.tallies import Span, Tallies, Tally

Array = np.ndarray[Any, Any]
BANDS = (
    ("under_30_days", 0, 30),
    ("30_to_59_days", 30, 60),
    ("60_to_89_days", 60, 90),
    ("90_days_or_more", 90, None),
)
"""Days from and below. House: the days within which actions are said to close."""
UNKNOWN = "age_not_known"
_LONG_AGO = 1_000_000


def age_parts(title: str) -> Mapping[str, Part]:
    """The age bands as parts of a metric that counts what stands."""
    names = [*(name for name, _, _ in BANDS), UNKNOWN]
    return {
        name: Part(f"{title}: {name.replace('_', ' ')}", better="lower", unit="actions", stock=True)
        for name in names
    }


def by_age(span: Span, service: Any, day: Any, start: Any, stop: Any) -> Tallies:
    """Rows standing at each month's end (start ≤ month < stop), by days since ``day`` by then.

    The day itself is day 0; the month's end is 00:00 on the first of the next.
    """
    service, start, stop = (np.asarray(one) for one in (service, start, stop))
    day = np.asarray(day).astype("datetime64[D]")
    known = ~np.isnat(day)
    out: Tallies = {}
    for name, low, high in BANDS:
        begins, ends = _month_reaching(day, low), _month_reaching(day, high)
        stands = span.standing(
            service[known], np.maximum(start, begins)[known], np.minimum(stop, ends)[known]
        )
        out[name] = Tally(stands)
    out[UNKNOWN] = Tally(span.standing(service[~known], start[~known], stop[~known]))
    return out


def _month_reaching(day: Array, age: int | None) -> Array:
    """The first month by whose end so many days have gone by since the day."""
    if age is None:
        return np.full(len(day), _LONG_AGO)
    month = months_of(day + np.timedelta64(age - 1, "D"))
    return np.where(month == NO_MONTH, _LONG_AGO, month)
