"""What can be worked out from sums over months, by adding and subtracting them.

A sum over the months i … j is the difference of two running totals, those at the end of j and of
i − 1. Each known sum joins these two ends; a sum can be worked out exactly when its ends are
joined, over however many steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from learnpipe.report.shared_figures import DUE, MET, Series

Array = np.ndarray[Any, Any]


def nothing_small(
    one: Series, edges: Mapping[str, Sequence[tuple[int, int]]], threshold: int
) -> bool:
    """Whether no small sum has joined ends, of what was met, due, or due and not met."""
    last = max((end for own in edges.values() for _, end in own), default=one.first)
    start = min((begin for own in edges.values() for begin, _ in own), default=one.first)
    ends, groups, totals = last + 2 - start, {}, {}
    for part, own in edges.items():
        values = one.met if part == MET or one.due is None else one.due
        monthly, known = np.zeros(ends - 1), np.ones(ends - 1, dtype=bool)
        inside = np.arange(start, last + 1) - one.first
        there = (inside >= 0) & (inside < len(values))
        monthly[there] = np.nan_to_num(values[inside[there]])
        known[there] = np.isnan(values[inside[there]])  # no log then: a zero that all know
        totals[part] = np.concatenate([[0], np.cumsum(monthly)])
        joins = [(begin - start, end + 1 - start) for begin, end in own]
        joins += [(month, month + 1) for month in np.flatnonzero(known).tolist()]
        groups[part] = joined(ends, joins, totals[part])
    for part in edges:
        if any_small(totals[part], groups[part], threshold):
            return False
    if DUE not in edges:
        return True
    both = groups[MET] * ends + groups[DUE]
    return not any_small(totals[DUE] - totals[MET], both, threshold)


def any_small(totals: Array, group: Array, threshold: int) -> bool:
    """Whether two ends of one group are a small count apart."""
    together = group[:, None] == group[None, :]
    apart = np.abs(totals[:, None] - totals[None, :])
    return bool((together & (apart > 0) & (apart < threshold)).any())


def joined(ends: int, joins: Iterable[tuple[int, int]], totals: Array) -> Array:
    """The group of each end. Between joined ends with equal totals nothing happened: all join."""
    group = list(range(ends))

    def of(end: int) -> int:
        while group[end] != end:
            group[end] = group[group[end]]
            end = group[end]
        return end

    for one, other in joins:
        group[of(other)] = of(one)
    if (totals[1:] == totals[:-1]).any():  # else no two ends have equal totals
        _join_empty(ends, of, group, totals)
    return np.array([of(end) for end in range(ends)])


def _join_empty(ends: int, of: Callable[[int], int], group: list[int], totals: Array) -> None:
    """Join all ends between two that are joined and have equal totals, until nothing changes."""
    changed = True
    while changed:
        changed = False
        latest: dict[tuple[int, float], int] = {}
        for end in range(ends):
            before = latest.get((of(end), float(totals[end])))
            if before is not None:
                for between in range(before + 1, end):
                    if of(between) != of(end):
                        group[of(between)] = of(end)
                        changed = True
            latest[of(end), float(totals[end])] = end


class KnownTotals:
    """What can be worked out from sums over spans of days, by the running totals at their ends.

    Stricter than `nothing_small`: ends with the same running total count as one, as if it were
    known that nothing happened between them.
    """

    def __init__(self, threshold: int) -> None:
        """Know nothing yet; counts below ``threshold`` but zero are small."""
        self._small = range(1, threshold)
        self._groups: dict[int, set[int]] = {}

    def join(self, one: int, other: int) -> None:
        """Know the sum between two running totals."""
        first, second = (self._groups.setdefault(total, {total}) for total in (one, other))
        if first is not second:
            first |= second
            for total in second:
                self._groups[total] = first

    def try_join(self, one: int, other: int) -> bool:
        """`join`, unless something small could then be worked out: whether it was done."""
        first, second = (self._groups.get(total, {total}) for total in (one, other))
        if first is not second and one != other:
            few, many = sorted((first, second), key=len)
            if any(total + by in many or total - by in many for total in few for by in self._small):
                return False
        self.join(one, other)
        return True
