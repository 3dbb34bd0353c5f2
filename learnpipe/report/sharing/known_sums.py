"""What can be worked out from sums over months, by adding and subtracting them.

A sum over the months i … j is the difference of two running totals, those at the end of j and of
i − 1. Each known sum joins these two ends; a sum can be worked out exactly when its ends are
joined, over however many steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from learnpipe.report.sharing.shared_figures import DUE, MET, Series

Array = np.ndarray[Any, Any]


Edges = Mapping[str, Sequence[tuple[int, int]]]


def nothing_small(one: Series, edges: Edges, threshold: int) -> bool:
    """Whether no small sum has joined ends, of what was met, due, or due and not met."""
    last = max((end for own in edges.values() for _, end in own), default=one.first)
    start = min((begin for own in edges.values() for begin, _ in own), default=one.first)
    totals, groups = _grouped(one, edges, start, last)
    for part in edges:
        if any_small(totals[part], groups[part], threshold):
            return False
    if DUE not in edges:
        return True
    ends = last + 2 - start
    both = groups[MET] * ends + groups[DUE]
    return not any_small(totals[DUE] - totals[MET], both, threshold)


def _grouped(
    one: Series, edges: Edges, start: int, last: int
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Of each part the running totals at the ends of months, and the group of each end."""
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
    return totals, groups


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


Figures = Mapping[str, Sequence[tuple[int, int, int]]]


def nothing_new_small(before: Figures, new: Figures, threshold: int) -> bool:
    """Whether new figures beside told ones lead to no small number that was not told before.

    A figure is (first, last, number). Told ones are taken as they were told: what they count may
    have changed since, or be of months that this edition does not know.
    """
    ends = sorted({end for part in (before, new) for own in part.values()
                   for first, last, _ in own for end in (first, last + 1)})  # fmt: skip
    at = {end: number for number, end in enumerate(ends)}
    already, groups, totals = {}, {}, {}
    for part in before:
        told = [(at[first], at[last + 1], figure) for first, last, figure in before[part]]
        more = [(at[first], at[last + 1], figure) for first, last, figure in new.get(part, ())]
        already[part] = _summed(len(ends), told)[0]
        groups[part], totals[part] = _summed(len(ends), [*told, *more])
    parts = [(totals[part], groups[part], already[part]) for part in before]
    if DUE in before:
        size = len(ends)
        parts.append((totals[DUE] - totals[MET], groups[MET] * size + groups[DUE],
                      already[MET] * size + already[DUE]))  # fmt: skip
    for total, group, old in parts:
        apart = np.abs(total[:, None] - total[None, :])
        found = (group[:, None] == group[None, :]) & (old[:, None] != old[None, :])
        if (found & (apart > 0) & (apart < threshold)).any():
            return False
    return True


def _summed(ends: int, figures: Iterable[tuple[int, int, int]]) -> tuple[Array, Array]:
    """The group of each end, and the running total at it counted from its group's beginning."""
    group, total = np.arange(ends), np.zeros(ends)
    for one, other, figure in figures:
        if group[one] != group[other]:
            moved = group == group[other]
            total[moved] += total[one] + figure - total[other]
            group[moved] = group[one]
    return group, total
