"""Figures that may leave the building: what was counted, how it is told, what was shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
MET, DUE, HIDDEN = "met", "due", "hidden"


@dataclass(frozen=True)
class Series:
    """What a measure counted each month from ``first`` (a month number) on; NaN: no log then.

    ``due`` is None for a plain count, which stands in ``met``.
    """

    first: int
    met: Array
    due: Array | None = None

    def total(self, part: str, first: int, last: int) -> int:
        """The sum of a part over months, both ends included."""
        running = self._running[part]
        end = len(running) - 1
        start, stop = (min(max(0, at - self.first), end) for at in (first, last + 1))
        return running[stop] - running[start]

    def months(self, part: str, first: int, last: int) -> tuple[int, ...]:
        """The counts of the months, to tell whether two series count the very same."""
        own = self.counts[part][max(0, first - self.first) : max(0, last + 1 - self.first)]
        return own if any(own) else ()

    @cached_property
    def counts(self) -> dict[str, tuple[int, ...]]:
        """The counts of each part by month; 0 without a log."""
        due = self.met if self.due is None else self.due
        return {
            part: tuple(np.nan_to_num(values).astype(np.int64).tolist())
            for part, values in ((MET, self.met), (DUE, due))
        }

    @cached_property
    def _running(self) -> dict[str, tuple[int, ...]]:
        return {part: (0, *accumulate(own)) for part, own in self.counts.items()}

    def minus(self, others: Iterable[Series]) -> Series:
        """What remains of it without others, which are parts of it."""
        met = np.nan_to_num(self.met)
        due = np.nan_to_num(self.met if self.due is None else self.due)
        for other in others:
            met = met - np.nan_to_num(other.met)
            due = due - np.nan_to_num(other.met if other.due is None else other.due)
        return Series(self.first, met, due)


@dataclass(frozen=True, order=True)
class Shared:
    """One figure that has left, or is about to: a part of a series over months, first to last.

    ``figure`` is None for what was hidden.
    """

    edition: int
    key: str
    part: str
    first: int
    last: int
    figure: int | None


@dataclass(frozen=True)
class Shown:
    """How a measure over some months is told: its counts as far as they may be, and its share.

    ``share``: exact, or None; ``least`` and ``most``: bounds that stand for it when one count is
    small. ``why`` says why something is not shown, else "".
    """

    due: int | None = None
    met: int | None = None
    share: float | None = None
    least: float | None = None
    most: float | None = None
    why: str = ""

    @property
    def full(self) -> bool:
        """Whether nothing of it is hidden."""
        return not self.why


NONE_DUE = "nothing fell due"
SMALL = "small number"
BESIDE = "hidden: beside other figures it would give a small number away"
