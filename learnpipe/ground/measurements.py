"""Metrics and measurements: what is counted and asked, and what came of it.

A *tally* is what a metric makes of judged rows (`learnpipe.ground.tallies`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from learnpipe.ground.charted import Charted
from learnpipe.ground.tallies import Counts, Durations, LastDays, Numbers, Span, Tallies, Tally

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ALL", "FAMILIES", "Better", "Counts", "Durations", "Family", "Kind", "LastDays", "Line",
    "Measurement", "Measures", "Metric", "Numbers", "Part", "Span", "Tallies", "Tally",
]  # fmt: skip

Family = Literal["Safety", "Timeliness", "Actions", "Experience", "Learning"]
FAMILIES: tuple[Family, ...] = ("Safety", "Timeliness", "Actions", "Experience", "Learning")
Better = Literal["higher", "lower", "neither"]
Kind = Literal["share", "count", "rate", "median_days", "days"]
ALL = "All"


@dataclass(frozen=True)
class Part:
    """A figure that stands beside a metric's own, such as those closed within 30 days."""

    title: str
    kind: Kind = "count"
    better: Better = "neither"
    unit: str = ""
    stock: bool = False
    looks_back: str | None = None


@dataclass(frozen=True)
class Metric:
    """One metric: what it is called, asks and counts.

    ``needs`` names, for each judged frame, the columns it reads; its ``tally`` is handed no
    others. The tally's key "" is the metric; "category.falls" a breakdown of it, "running" one of
    its ``parts``; of breakdowns those named in ``breakdowns`` are measured too, the others only
    say where a change came from. ``covers`` is the log that must cover a month for a zero to be a
    zero, ``also`` names further logs without which it is blank. ``target`` names a standard. A
    ``stock`` stands at each month's end: it adds up over services and not over months.
    ``looks_back`` names the standard, in days, that says how far back its figures look: the first
    months of a log, which have no such past, are not plotted. Where no row answers one of the
    fields ``answers``, it is blank: nobody was asked. ``england_only``: the law of other nations
    is not judged.
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
    looks_back: str | None = None
    also: tuple[str, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    breakdowns: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    england_only: bool = False
    definition: str = ""

    @property
    def logs(self) -> tuple[str, ...]:
        """The logs without which it is blank."""
        return (self.covers, *self.also)


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
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """One series: a metric, a part or a breakdown of one, of one service.

    ``title`` is empty for a breakdown. A ``stock`` stands at each month's end.
    """

    key: str
    service: str
    kind: str
    unit: str
    better: str
    target: float | None
    title: str = ""
    stock: bool = False


@dataclass(frozen=True)
class Measures:
    """All measurements of a report: arrays of lines × months; NaN where there is none.

    ``met``, ``due``, ``no_evidence``, ``not_yet_due``, ``value`` and its 95 % interval, ``low`` to
    ``high`` (shares and medians have one); ``charts``: where the values stand on their
    charts. ``tallies`` hold every metric's counts with all breakdowns, for saying where a change
    came from.
    """

    span: Span
    lines: tuple[Line, ...]
    met: Numbers
    due: Numbers
    no_evidence: Numbers
    not_yet_due: Numbers
    value: Numbers
    low: Numbers
    high: Numbers
    charts: Charted
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
        why = ""
        if value is None:
            told = self.why_blank.get(f"{key}/{service}") or self.why_blank.get(key)
            why = told or self._why(line, column)
        return Measurement(
            key, service, month, due, met,
            _whole(self.no_evidence[line, column]), _whole(self.not_yet_due[line, column]),
            value, self.lines[line].unit, why,
            _told(self.low[line, column]), _told(self.high[line, column]),
        )  # fmt: skip

    def _why(self, line: int, column: int) -> str:
        kind, due = self.lines[line].kind, self.due[line, column]
        if kind not in ("rate", "days") and np.isnan(due):
            return "not covered by the log"
        if kind == "share" and due == 0:
            return "nothing fell due"
        if kind == "share":
            return "no evidence for any of them"
        if kind == "days":
            return "no such event yet"
        if kind == "median_days":
            return "fewer than half are closed" if due else "no actions raised in that time"
        return "no activity for this month"


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
