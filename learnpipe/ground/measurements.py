"""Metrics, tallies and measurements: how judged rows become counts, and counts a page.

A *tally* is what a metric makes of judged rows: whole numbers by service and month. Tallies add
up, so services can be counted anywhere, in any order, and the answer is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

Counts = np.ndarray[Any, np.dtype[np.int64]]
Numbers = np.ndarray[Any, Any]

Family = Literal["Safety", "Timeliness", "Actions", "Experience", "Learning"]
FAMILIES: tuple[Family, ...] = ("Safety", "Timeliness", "Actions", "Experience", "Learning")
Better = Literal["higher", "lower", "neither"]
ALL = "All"


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
        service, month = np.asarray(service), np.asarray(month)
        inside = (service >= 0) & (month >= self.first) & (month <= self.last)
        at = service[inside] * self.shape[1] + (month[inside] - self.first)
        size = self.shape[0] * self.shape[1]
        if weights is None:
            return np.bincount(at, minlength=size).reshape(self.shape)
        summed = np.bincount(at, np.asarray(weights, dtype=float)[inside], minlength=size)
        return summed.reshape(self.shape)

    def standing(self, service: Any, start: Any, stop: Any) -> Counts:
        """How many rows stand at each month's end: those with start ≤ month < stop."""
        service, start, stop = np.asarray(service), np.asarray(start), np.asarray(stop)
        rows, months = self.shape
        real = (service >= 0) & (start < stop)
        begin = np.clip(start[real] - self.first, 0, months)
        end = np.clip(stop[real] - self.first, 0, months)
        at = service[real] * (months + 1)
        size = rows * (months + 1)
        change = np.bincount(at + begin, minlength=size) - np.bincount(at + end, minlength=size)
        return np.cumsum(change.reshape(rows, months + 1), axis=1)[:, :months]


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


Tallies = dict[str, Tally | Durations]
Kind = Literal["share", "count", "rate", "median_days"]


@dataclass(frozen=True)
class Metric:
    """One metric: what it is called, asks and counts.

    ``needs`` names, for each judged frame, the columns it reads; its ``tally`` is handed no
    others. The tally's key "" is the metric; "category.falls" a breakdown of it. ``covers`` is
    the log that must cover a month for a zero to be a zero. ``target`` names a standard.
    """

    key: str
    title: str
    family: Family
    order: int
    kind: Kind
    better: Better
    question: str
    unit: str
    covers: str
    needs: Mapping[str, tuple[str, ...]]
    tally: Callable[[Mapping[str, pd.DataFrame], Span], Tallies]
    source: str
    target: str | None = None
    stock: bool = False
    definition: str = ""

    @property
    def logs(self) -> tuple[str, ...]:
        """The logs without which it is blank."""
        return (self.covers,)


@dataclass(frozen=True)
class Measurement:
    """One metric of one service in one month, with where it stands on its chart."""

    metric: str
    service: str
    month: int
    due: float | None
    met: float | None
    no_evidence: int | None
    not_yet_due: int | None
    value: float | None
    unit: str
    why_blank: str = ""


@dataclass(frozen=True)
class Line:
    """One series: a metric (or a part of one) of one service."""

    key: str
    service: str
    kind: str
    unit: str
    better: str
    target: float | None


@dataclass(frozen=True)
class Measures:
    """All measurements of a report: arrays of lines × months; NaN where there is none.

    ``met``, ``due``, ``no_evidence``, ``not_yet_due``, ``value``; ``charts`` are the XmR charts
    of the values (a `Batch` of the spc room, whose arrays have the same shape). ``tallies`` hold
    every metric's counts with all breakdowns, for saying where a change came from.
    """

    span: Span
    lines: tuple[Line, ...]
    met: Numbers
    due: Numbers
    no_evidence: Numbers
    not_yet_due: Numbers
    value: Numbers
    charts: Any
    tallies: Mapping[str, Tallies]
    why_blank: Mapping[str, str]
    _at: Mapping[tuple[str, str], int]

    def position(self, key: str, service: str = ALL) -> int | None:
        """The line of a metric and service, or None."""
        return self._at.get((key, service))

    def at(self, key: str, service: str, month: int) -> Measurement:
        """The measurement of one metric, service and month."""
        line = self._at.get((key, service))
        column = month - self.span.first
        if line is None or not 0 <= column < self.span.shape[1]:
            return Measurement(key, service, month, None, None, None, None, None, "",
                               self.why_blank.get(key, "no record of it"))  # fmt: skip
        due, met = _told(self.due[line, column]), _told(self.met[line, column])
        value = _told(self.value[line, column])
        why = "" if value is not None else self.why_blank.get(key) or self._why(line, column)
        return Measurement(
            key, service, month, due, met,
            _whole(self.no_evidence[line, column]), _whole(self.not_yet_due[line, column]),
            value, self.lines[line].unit, why,
        )  # fmt: skip

    def _why(self, line: int, column: int) -> str:
        kind, due = self.lines[line].kind, self.due[line, column]
        if kind != "rate" and np.isnan(due):
            return "not covered by the log"
        if kind == "share" and due == 0:
            return "nothing fell due"
        if kind == "share":
            return "no evidence for any of them"
        if kind == "median_days":
            return "fewer than half are closed" if due else "no actions raised in twelve months"
        return "no activity for this month"


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
