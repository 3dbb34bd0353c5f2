"""Where a change came from: a month's difference to the mean of the twelve before, in parts.

Parts of a count are the differences of the parts. Parts of a share (or rate) are what each has
above or below the usual share of all, less what it had so before: a part that is always lower, and
as large as ever, moved nothing. Either way they add up to the whole difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from learnpipe.ground.measurements import Measures, Metric
from learnpipe.ground.tallies import Tally

Array = np.ndarray[Any, Any]
LOOK_BACK = 12
"""Months that the usual value is the mean of. Source: statistics of where a change came from."""
_LEAST = 3
_NAMELESS = ("not stated", "")


@dataclass(frozen=True)
class Part:
    """One part of a difference: its own figures now and before, and what it adds to the whole.

    ``met`` and ``due`` of the month (``due`` is None for a count); ``usual`` is its mean count a
    month, or its share, in the months before (None where it had none).
    """

    name: str
    met: float
    due: float | None
    usual: float | None
    adds: float


@dataclass(frozen=True)
class Cause:
    """The part of which at least half of a change came: by service, category or theme.

    ``service`` is None where no one service stands out; ``part`` is the service's own figures,
    else those of the ``label``, the category or theme that stands out (None where none does).
    """

    service: str | None
    label: str | None
    part: Part


def difference(metric: Metric, measures: Measures, month: int) -> float | None:
    """The month's value less the mean of the twelve months before; None where it has no parts."""
    parts = by_service(metric, measures, month)
    return None if parts is None else float(sum(part.adds for part in parts))


def by_service(metric: Metric, measures: Measures, month: int) -> tuple[Part, ...] | None:
    """The difference split by service; None where there are no months to hold it against."""
    tally = measures.tallies.get(metric.key, {}).get("")
    counted = _counted(metric, tally)
    months = _months(measures, metric, month)
    if counted is None or months is None:
        return None
    names = measures.span.services
    met, due = counted
    return _parts(names, met, due, *months)


def by_label(
    metric: Metric, measures: Measures, month: int, breakdown: str, service: int | None = None
) -> tuple[Part, ...] | None:
    """The difference split by category or theme: of all services, or one's part of it.

    ``service`` is its position. None where the metric is not counted by it.
    """
    tallies = measures.tallies.get(metric.key, {})
    whole = _counted(metric, tallies.get(""))
    months = _months(measures, metric, month)
    labels = {
        name.partition(".")[2]: one
        for name, tally in tallies.items()
        if name.startswith(f"{breakdown}.") and (one := _counted(metric, tally)) is not None
    }
    if whole is None or months is None or not labels:
        return None
    rows = slice(None) if service is None else slice(service, service + 1)
    met = np.stack([one[0][rows].sum(axis=0) for one in labels.values()])
    if whole[1] is None:
        return _parts(tuple(labels), met, None, *months)
    due = np.stack([_due(one[1])[rows].sum(axis=0) for one in labels.values()])
    return _parts(tuple(labels), met, due, *months, of=(whole[0].sum(0), whole[1].sum(0)))


def cause(metric: Metric, measures: Measures, month: int, upwards: bool) -> Cause | None:
    """What at least half of the month's difference came from; None where nothing stands out.

    First the service, then its theme, else its category. Nothing where the month moved the other
    way than the rule that fired, or by less than half of one signal.
    """
    services = by_service(metric, measures, month)
    if services is None or len(services) == 0:
        return None
    whole = sum(part.adds for part in services)
    if (whole if upwards else -whole) <= _least(metric, services):
        return None
    at = None if len(services) == 1 else _standing_out(services, whole)
    main = None if at is None else services[at]
    of = 0 if len(services) == 1 else at
    own = whole if main is None else main.adds
    label = None
    for breakdown in ("theme", "category"):
        found = by_label(metric, measures, month, breakdown, of)
        best = None if found is None else _standing_out(found, own)
        if found is not None and best is not None and found[best].name not in _NAMELESS:
            label = found[best]
            break
    if main is not None:
        return Cause(main.name, label.name if label else None, main)
    return Cause(None, label.name, label) if label else None


def _counted(metric: Metric, tally: Any) -> tuple[Array, Array | None] | None:
    """Met, and what it is a share of (None for a count); None for what has no parts."""
    if not isinstance(tally, Tally) or metric.kind not in ("count", "share", "rate"):
        return None
    if metric.kind == "count" or tally.due is None:
        return (tally.met, None) if metric.kind == "count" else None
    due = tally.due
    if metric.better == "lower" and tally.no_evidence is not None:
        due = due - tally.no_evidence
    return tally.met, due


def _due(due: Array | None) -> Array:
    return np.zeros(0) if due is None else due


def _months(measures: Measures, metric: Metric, month: int) -> tuple[int, Array] | None:
    """The month's column, and those of the twelve before that have a figure."""
    line, column = measures.position(metric.key), month - measures.span.first
    if line is None or not 0 <= column < measures.span.shape[1]:
        return None
    value = measures.value[line]
    before = np.arange(max(0, column - LOOK_BACK), column)
    before = before[~np.isnan(value[before])]
    return (column, before) if len(before) >= _LEAST and not np.isnan(value[column]) else None


def _parts(
    names: tuple[str, ...],
    met: Array,
    due: Array | None,
    column: int,
    before: Array,
    of: tuple[Array, Array] | None = None,
) -> tuple[Part, ...]:
    """The parts of a difference. ``met``, ``due``: parts × months; ``of``: the whole of a share."""
    met_now, met_usual = met[:, column].astype(float), met[:, before].mean(axis=1)
    if due is None:
        adds = met_now - met_usual
        return tuple(
            Part(name, float(now), None, float(usual), float(add))
            for name, now, usual, add in zip(names, met_now, met_usual, adds, strict=True)
        )
    whole_met, whole_due = (met.sum(0), due.sum(0)) if of is None else of
    now, past = float(whole_due[column]), float(whole_due[before].sum())
    due_now, due_past = due[:, column].astype(float), due[:, before].sum(axis=1).astype(float)
    met_past = met[:, before].sum(axis=1)
    usual = float(whole_met[before].sum()) / past
    adds = (met_now - usual * due_now) / now - (met_past - usual * due_past) / past
    shares = np.divide(met_past, due_past, out=np.full(len(names), np.nan), where=due_past > 0)
    return tuple(
        Part(name, float(m), float(d), None if np.isnan(share) else float(share), float(add))
        for name, m, d, share, add in zip(names, met_now, due_now, shares, adds, strict=True)
    )


def _standing_out(parts: tuple[Part, ...], whole: float) -> int | None:
    """The part that moved most with the whole, if at least half of it is its own."""
    if not parts or whole == 0:
        return None
    moved = [part.adds / whole for part in parts]
    at = int(np.argmax(moved))
    return at if moved[at] >= 0.5 else None


def _least(metric: Metric, parts: tuple[Part, ...]) -> float:
    """Half of one signal, in the metric's own measure."""
    due = sum(part.due or 0 for part in parts)
    return 0.5 if metric.kind == "count" else 0.5 / due if due else 0.0
