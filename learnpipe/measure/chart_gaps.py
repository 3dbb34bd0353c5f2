"""Charts of rare events: one point an event, with the time since the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from learnpipe import spc
from learnpipe.ground.charted import Points
from learnpipe.measure.chart_kinds import ENOUGH, FEWEST

Array = np.ndarray[Any, Any]
_OTHER = {"lower": "higher", "higher": "lower", "neither": "neither"}
"""Where fewer events are better, longer gaps are."""
_WHY = {
    "months": "so each point is the months between two with one",
    "days": "each event is a point, with the days since the one before",
}
_TOO_FEW = {
    "months": f"only {{}} gaps between the others, limits need {ENOUGH}",
    "days": f"{{}} gaps between events, limits need {ENOUGH}",
}
_NONE = {
    "months": f"only {{}} gaps between the others, a chart needs {FEWEST}",
    "days": f"{{}} gaps between events, a chart needs {FEWEST}",
}
_AS_IT_IS = np.arange(len(spc.VARIATIONS))
_FEWER = _AS_IT_IS.copy()
_FEWER[[spc.VARIATIONS.index("high"), spc.VARIATIONS.index("low")]] = _FEWER[
    [spc.VARIATIONS.index("low"), spc.VARIATIONS.index("high")]
]
"""A long gap means fewer events: its meaning is told of the events, as that of all figures."""
_FEW = spc.VARIATIONS.index("too few points")


@dataclass(frozen=True)
class Gaps:
    """The chart of one line of rare events; no points where there are too few for any chart."""

    kind: str
    why: str
    variation: int
    points: Points | None = None

    def by_month(self, months: int) -> tuple[Array, Array, Array]:
        """Signal, meaning and whether there were limits, each month: those of its latest point."""
        assert self.points is not None
        latest = np.searchsorted(self.points.at, np.arange(months), side="right") - 1
        at = np.maximum(latest, 0)
        limited = (latest >= 0) & ~np.isnan(self.points.upper[at])
        signal, meaning = (
            np.where(limited, codes[at], 0) for codes in (self.points.signal, self.points.meaning)
        )
        return signal, meaning, limited


def chart_gaps(counts: Array, phase: Array, better: Sequence[str]) -> list[Gaps]:
    """The chart of each line of rare events.

    ``counts``: lines × months, NaN where the log does not cover the month; ``phase``: of the same
    shape. A gap is the number of months without an event between two months with one, so it
    follows a geometric distribution where events come by chance. None crosses a phase or a month
    that is not covered.

    >>> [one.points.value.tolist() for one in chart_gaps(
    ...     np.array([[1.0, 0, 0, 2, 0, 1, 1, 0, 1, 1, 0, 0, 0, 1]]), np.zeros((1, 14)), ["lower"])]
    [[2.0, 1.0, 0.0, 1.0, 0.0, 3.0]]
    """
    gaps = _months_between(counts, phase)
    other = [_OTHER[word] for word in better]
    return _charts(gaps, phase, other, np.full(len(counts), "g"), "months")


def chart_days(
    row: Array, day: Array, month: Array, phase: Array, better: Sequence[str]
) -> list[Gaps]:
    """The chart of the days between events, of each line that counts days since the last one.

    ``row``: the line of each event; ``day``: its date in days; ``month``: its month, counted from
    the first; ``phase``: lines × months. T, for the time between; G where two events fell on the
    same day, which T has no place for.
    """
    order = np.lexsort((day, row))
    row, day, month = row[order], day[order], month[order]
    same = (row == np.roll(row, 1)) & (np.arange(len(row)) > 0)
    same &= phase[row, month] == phase[row, np.roll(month, 1)]
    gap = (day - np.roll(day, 1))[same]
    table = _table(row[same], month[same], gap, len(phase))
    kinds = np.where((table.gaps == 0).any(axis=1), "g", "t")
    return _charts(table, phase, better, kinds, "days")


@dataclass(frozen=True)
class _Table:
    """The gaps of each line in order, the months that they end in, and how many there are."""

    gaps: Array
    months: Array
    number: Array


def _table(row: Array, month: Array, gap: Array, lines: int) -> _Table:
    number = np.bincount(row, minlength=lines)
    rank = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    gaps = np.full((lines, int(number.max(initial=0))), np.nan)
    gaps[row, rank] = gap
    months = np.zeros(gaps.shape, dtype=np.intp)
    months[row, rank] = month
    return _Table(gaps, months, number)


def _months_between(counts: Array, phase: Array) -> _Table:
    """The months without an event between two with one."""
    row, column = np.nonzero(counts > 0)
    before = np.roll(column, 1)
    unknown = np.cumsum(np.isnan(counts), axis=1)
    known = (row == np.roll(row, 1)) & (np.arange(len(row)) > 0)
    known &= phase[row, column] == phase[row, before]
    known &= unknown[row, column] == unknown[row, before]
    return _table(row[known], column[known], (column - before - 1)[known], len(counts))


def _charts(
    table: _Table, phase: Array, better: Sequence[str], kinds: Array, unit: str
) -> list[Gaps]:
    """The charts of gaps; ``better`` of the gaps themselves, ``kinds`` where there are enough."""
    gaps, months, number = table.gaps, table.months, table.number
    own = np.take_along_axis(phase, months, axis=1)
    crossed = ((own != own[:, :1]) & ~np.isnan(gaps)).any(axis=1)
    out = [Gaps("", _NONE[unit].format(many), _FEW) for many in number.tolist()]
    few = (number >= FEWEST) & (number < ENOUGH)
    for kind, rows in (
        ("run", few),
        *((kind, (number >= ENOUGH) & (kinds == kind)) for kind in ("g", "t")),
    ):
        for together in _together(rows, crossed):
            many = int(number[together].max())
            starts = np.flatnonzero(np.diff(own[together[0], :many])) + 1
            batch = spc.chart_many(
                kind,
                gaps[together, :many],
                better=[better[at] for at in together.tolist()],
                rebase=starts.tolist() if crossed[together[0]] else (),
                at_least=2 if kind == "run" else ENOUGH,
            )
            for place, at in enumerate(together.tolist()):
                upto = slice(int(number[at]))
                out[at] = _one(
                    batch, place, months[at, upto], own[at, upto], int(phase[at, -1]), unit
                )
    return out


def _one(batch: spc.Batch, place: int, months: Array, phase: Array, latest: int, unit: str) -> Gaps:
    """One line of a batch; ``phase``: of each gap, ``latest``: that of the last month."""
    many = len(months)
    means = _FEWER if unit == "months" else _AS_IT_IS
    points = Points(
        at=months,
        phase=phase,
        value=batch.value[place, :many],
        centre=batch.centre[place, :many],
        lower=batch.lower[place, :many],
        upper=batch.upper[place, :many],
        signal=batch.signal[place, :many],
        meaning=means[batch.meaning[place, :many]],
        unit=unit,
    )
    judged = batch.kind != "run" and int(phase[-1]) == latest
    why = _WHY[unit] if batch.kind != "run" else _TOO_FEW[unit].format(many)
    return Gaps(batch.kind, why, int(means[batch.variation[place]]) if judged else _FEW, points)


def _together(rows: Array, crossed: Array) -> list[Array]:
    """The lines that can be charted at once: those of one phase; each of the others alone."""
    plain = np.flatnonzero(rows & ~crossed)
    alone = np.flatnonzero(rows & crossed)
    return [*([plain] if plain.size else []), *(alone[at : at + 1] for at in range(len(alone)))]
