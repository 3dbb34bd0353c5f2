"""What can be worked out of a theme at a service from counts over spans of days.

The windows before and since a verified change overlap those of others, and lie within the twelve
months of which a theme's signals at all services may be told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

Group = tuple[str, str]


class KnownTotals:
    """What can be worked out from sums over spans of days, by the running totals at their ends.

    Stricter than `nothing_small`: ends with the same running total count as one, as if it were
    known that nothing happened between them.
    """

    def __init__(self, threshold: int) -> None:
        """Know nothing yet; counts below ``threshold`` but zero are small."""
        self._small = range(1, threshold)
        self._groups: dict[int, set[int]] = {}

    def copy(self) -> KnownTotals:
        """The same, to be asked what would follow from one more sum."""
        out = KnownTotals(self._small.stop)
        for group in {id(own): own for own in self._groups.values()}.values():
            same = set(group)
            out._groups |= dict.fromkeys(same, same)
        return out

    def left_over(self, start: int, stop: int) -> int:
        """What may be left of the counts between two running totals beside known sums, as bits.

        Bit n is set when n counts are left beside some sums that do not overlap; n up to the
        largest small count.
        """
        most = 1 << self._small.stop
        if not self._groups:
            return (1 << stop - start) % most if stop - start < self._small.stop else 0
        ends: dict[int, list[int]] = {}
        for group in {id(own): own for own in self._groups.values()}.values():
            inside = sorted(total for total in group if start <= total <= stop)
            for at, total in enumerate(inside):
                ends[total] = inside[:at]
        left = {start: 1}
        for total in range(start + 1, stop + 1):
            bits = left[total - 1] << 1
            for before in ends.get(total, ()):
                bits |= left[before]
            left[total] = bits % most
        return left[stop]

    def join(self, one: int, other: int) -> None:
        """Know the sum between two running totals."""
        first, second = (self._groups.setdefault(total, {total}) for total in (one, other))
        if first is not second:
            first |= second
            for total in second:
                self._groups[total] = first

    def may_join(self, one: int, other: int) -> bool:
        """Whether the sum between two running totals would let nothing small be worked out."""
        first, second = (self._groups.get(total, {total}) for total in (one, other))
        if first is second or one == other:
            return True
        few, many = sorted((first, second), key=len)
        return not any(
            total + by in many or total - by in many for total in few for by in self._small
        )


@dataclass
class Windows:
    """What is known of each theme at each service: ``days`` of its signals, in order, and sums.

    ``totals``: theme → spans of days (first, stop) of which the signals at all services are told.
    """

    threshold: int = 1
    days: Mapping[Group, list[int]] = field(default_factory=dict)
    known: dict[Group, KnownTotals] = field(default_factory=dict)
    totals: dict[str, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))
    _services: dict[str, list[Group]] = field(default_factory=dict)
    _left: dict[Group, dict[tuple[int, int], int]] = field(default_factory=dict)

    def of(self, group: Group) -> KnownTotals:
        """The sums that are known of a theme at a service."""
        if group not in self.known:
            self.known[group] = KnownTotals(self.threshold)
        return self.known[group]

    def join(self, group: Group, start: int, stop: int) -> None:
        """Know a theme's signals at a service over days: it has been told."""
        self.of(group).join(*self._ends(group, start, stop))
        self._left.pop(group, None)

    def tell(self, group: Group, start: int, stop: int) -> bool:
        """Tell a theme's signals at a service over days, unless that would tell a small number."""
        ends, already = self._ends(group, start, stop), self.of(group)
        if not already.may_join(*ends):
            return False
        spans = [span for span in self.totals.get(group[1], ())
                 if not self.small_rest(group[1], *span)]  # fmt: skip
        self.known[group] = would = already.copy() if spans else already
        would.join(*ends)
        self._left.pop(group, None)
        if any(self.small_rest(group[1], *span) for span in spans):
            self.known[group] = already
            self._left.pop(group, None)
            return False
        return True

    def small_rest(self, theme: str, start: int, stop: int) -> bool:
        """Whether a small number is left of a theme's signals beside what is known of services."""
        if not self._services:
            for group in sorted(self.days, key=lambda one: -len(self.days[one])):
                self._services.setdefault(group[1], []).append(group)
        left = 1
        for group in self._services.get(theme, ()):
            found = self._left.setdefault(group, {})
            bits = found.get((start, stop))
            if bits is None:
                bits = self.of(group).left_over(*self._ends(group, start, stop))
                found[start, stop] = bits
            if not bits:
                return False  # so much is left at this service alone
            left = _either(left << n for n in range(self.threshold) if bits >> n & 1)
            left %= 1 << self.threshold
        return left > 1

    def _ends(self, group: Group, start: int, stop: int) -> tuple[int, int]:
        own = self.days.get(group, [])
        return bisect_left(own, start), bisect_left(own, stop)


def _either(numbers: Iterable[int]) -> int:
    """The bits that are set in any of some numbers."""
    return reduce(or_, numbers, 0)
