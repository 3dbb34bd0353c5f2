"""Tallies: judged rows as whole numbers by service and month. They add up.

Services can be counted anywhere, in any order, and the answer is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Counts = np.ndarray[Any, np.dtype[np.int64]]
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Span:
    """The services (in name order) and months (numbers, first to last) that are counted.

    ``covered`` says for each log which service and month it covers (services × months).
    """

    services: tuple[str, ...]
    first: int
    last: int
    covered: Mapping[str, np.ndarray[Any, np.dtype[np.bool_]]]

    @property
    def shape(self) -> tuple[int, int]:
        """Services × months."""
        return len(self.services), self.last - self.first + 1

    @property
    def months(self) -> range:
        """The month numbers."""
        return range(self.first, self.last + 1)

    def count(self, service: Any, month: Any, weights: Any = None) -> Counts:
        """How many rows (or their summed weights) each service and month has; others are left out.

        ``service`` are positions in `services`, ``month`` month numbers, one a row.
        """
        counted: Counts = self.count_by(0, 1, service, month, weights)[0]
        return counted

    def count_by(
        self, part: Any, parts: int, service: Any, month: Any, weights: Any = None
    ) -> Counts:
        """`count` for each part of the rows at once: parts × services × months.

        ``part`` is a number from 0 to ``parts`` − 1, one a row (or one for all).
        """
        service, month = np.asarray(service), np.asarray(month)
        rows, months = self.shape
        inside = (service >= 0) & (month >= self.first) & (month <= self.last)
        at = (part * rows + service) * months + (month - self.first)
        size = parts * rows * months
        if weights is None:
            counted = np.bincount(at[inside], minlength=size)
        else:
            own = np.asarray(weights, dtype=float)[inside]
            counted = np.bincount(at[inside], own, minlength=size)
        return counted.reshape(parts, rows, months)

    def standing(self, service: Any, start: Any, stop: Any) -> Counts:
        """How many rows stand at each month's end: those with start ≤ month < stop."""
        stands: Counts = self.standing_by(0, 1, service, start, stop)[0]
        return stands

    def standing_by(self, part: Any, parts: int, service: Any, start: Any, stop: Any) -> Counts:
        """`standing` for each part of the rows at once: parts × services × months."""
        service, start, stop = np.asarray(service), np.asarray(start), np.asarray(stop)
        rows, months = self.shape
        real = (service >= 0) & (start < stop)
        line = ((part * rows + service) * (months + 1))[real]
        size = parts * rows * (months + 1)
        begin = np.bincount(line + np.clip(start[real] - self.first, 0, months), minlength=size)
        end = np.bincount(line + np.clip(stop[real] - self.first, 0, months), minlength=size)
        change = (begin - end).reshape(parts, rows, months + 1)
        return np.cumsum(change, axis=2)[:, :, :months]


@dataclass(frozen=True)
class Tally:
    """Counts by service and month (services × months).

    Shares have all four; counts have ``met`` alone; rates have ``met`` and ``due`` (exposure).
    """

    met: Counts
    due: Counts | None = None
    no_evidence: Counts | None = None
    not_yet_due: Counts | None = None

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.met + other.met,
            *(
                None if mine is None or theirs is None else mine + theirs
                for mine, theirs in (
                    (self.due, other.due),
                    (self.no_evidence, other.no_evidence),
                    (self.not_yet_due, other.not_yet_due),
                )
            ),
        )


@dataclass(frozen=True)
class Durations:
    """A histogram of whole days: closed and still open, by service, month and days (from 0)."""

    closed: Counts
    still_open: Counts

    def __add__(self, other: Durations) -> Durations:
        return Durations(
            _add_padded(self.closed, other.closed), _add_padded(self.still_open, other.still_open)
        )


def _add_padded(one: Counts, two: Counts) -> Counts:
    days = max(one.shape[2], two.shape[2])
    return sum(
        (np.pad(a, ((0, 0), (0, 0), (0, days - a.shape[2]))) for a in (one, two)),
        start=np.zeros((*one.shape[:2], days), dtype=np.int64),
    )


@dataclass(frozen=True)
class LastDays:
    """Events by service and month, and the day of the latest one up to each month's end.

    ``last``: days since 1970, −1 where there was none yet. Together the latest of all counts.
    ``events``: 2 × events, the position of the service and the day of each, in their order.
    """

    met: Counts
    last: Counts
    events: Counts

    def __post_init__(self) -> None:
        """Put the events in the order of services and days: that of the rows says nothing."""
        at, day = self.events
        object.__setattr__(self, "events", self.events[:, np.lexsort((day, at))])

    def __add__(self, other: LastDays) -> LastDays:
        return LastDays(
            self.met + other.met,
            np.maximum(self.last, other.last),
            np.concatenate([self.events, other.events], axis=1),
        )


Tallies = dict[str, Tally | Durations | LastDays]
