"""Which counts may leave the building, so that no small one can be worked out from the others.

All that is shared of a series are sums over whole months. A sum over the months i … j is the
difference of two running totals, so what is known of a series is a graph on the ends of months:
each shared sum joins two of them, and a sum can be worked out by adding and subtracting what is
known exactly when its two ends are joined. That is checked for all sums at once, this edition's and
the earlier ones' together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from learnpipe.report.sharing.known_sums import nothing_new_small, nothing_small
from learnpipe.report.sharing.known_windows import Windows
from learnpipe.report.sharing.shared_figures import (
    BESIDE,
    DUE,
    HIDDEN,
    MET,
    NONE_DUE,
    SMALL,
    Series,
    Shared,
    Shown,
)

Content = tuple[float, ...]
__all__ = ["DUE", "HIDDEN", "MET", "NONE_DUE", "Series", "Shared", "Sharing", "Shown"]


@dataclass
class Sharing:
    """Decides, figure by figure, what is shared; remembers it for the next edition.

    ``threshold``: counts from 1 to it − 1 stay hidden. ``earlier``: what earlier editions shared.
    ``hidden``: the monthly counts of what was hidden; who counts the very same under another name
    must not tell it either, so decide all once more as long as `settled` says no. ``barred``: what
    may not be told for another reason. ``windows``: what is known of themes by day.
    """

    threshold: int
    edition: int
    series: Mapping[str, Series]
    earlier: Sequence[Shared] = ()
    shared: list[Shared] = field(default_factory=list)
    hidden: set[tuple[int, ...]] = field(default_factory=set)
    barred: set[str] = field(default_factory=set)
    windows: Windows = field(default_factory=Windows)
    _contents: dict[tuple[str, str], Content] = field(default_factory=dict)
    _index: dict[Content, list[tuple[int, int]]] = field(default_factory=dict)
    _restated: dict[Content, list[tuple[int, int, int]]] = field(default_factory=dict)
    _indexed: int = -1
    _kept: set[Shared] = field(default_factory=set)

    def small(self, number: int) -> bool:
        """Whether a count is one of those that stay hidden; zero is not."""
        return 0 < number < self.threshold

    def count(self, key: str, first: int, last: int) -> Shown:
        """A plain count over months."""
        number = self.series[key].total(MET, first, last)
        if self.may(key, (MET,), ((first, last),)):
            self.note(key, (MET,), ((first, last),))
            return Shown(met=number)
        return self._hide(key, first, last, Shown(why=SMALL if self.small(number) else BESIDE))

    def share(self, key: str, first: int, last: int) -> Shown:
        """Met of due over months.

        Where what was met or missed is small, what was due and a bound stand for it: the bound is
        the same whichever small number it was.
        """
        one, window = self.series[key], ((first, last),)
        due, met = one.total(DUE, first, last), one.total(MET, first, last)
        if not due:
            return Shown(0, 0, why=NONE_DUE)
        if self.may(key, (MET, DUE), window):
            self.note(key, (MET, DUE), window)
            return Shown(due, met, met / due)
        few, all_but_few = self.small(met), self.small(due - met)
        why = SMALL if few or all_but_few or self.small(due) else BESIDE
        if not self.may(key, (DUE,), window):
            return self._hide(key, first, last, Shown(why=why))
        self.note(key, (DUE,), window)
        if few == all_but_few:
            return self._hide(key, first, last, Shown(due, why=why))
        edge = (self.threshold - 1) / due
        bound = Shown(due, most=edge, why=SMALL) if few else Shown(due, least=1 - edge, why=SMALL)
        return self._hide(key, first, last, bound)

    def parts(self, total: str, keys: Sequence[str], first: int, last: int) -> dict[str, Shown]:
        """Met of due of each part of a total; what is hidden cannot be had from the total.

        Where the total is told exactly, the parts that are hidden, and what belongs to no part,
        must together be no small number; else more parts are hidden, the smallest first.
        """
        window = ((first, last),)
        told = any(one.key == total and one.part == MET and one.edition == self.edition
                   and (one.first, one.last) == (first, last) for one in self.shared)  # fmt: skip
        if not told:
            return {key: self.share(key, first, last) for key in keys}
        due = {key: self.series[key].total(DUE, first, last) for key in keys}
        there = [key for key in keys if due[key]]
        before = {
            one.key for one in self.earlier
            if one.part == HIDDEN and one.last > first and one.edition < self.edition
        }  # fmt: skip
        hidden = {key for key in there if key in before or not self.may(key, (MET, DUE), window)}
        spare = sorted(set(there) - hidden, key=lambda key: (due[key], key))
        while not self._rest_is_safe(total, there, hidden, window):
            hidden.add(spare.pop(0))
        out = {}
        for key in keys:
            if key in hidden:
                met = self.series[key].total(MET, first, last)
                own = any(map(self.small, (met, due[key], due[key] - met)))
                out[key] = self._hide(key, first, last, Shown(why=SMALL if own else BESIDE))
            else:
                out[key] = self.share(key, first, last)
        return out

    def rest(self, total: str, shown: Mapping[str, Shown], first: int, last: int) -> Shown | None:
        """Of a total that is told, what the parts that are not told have together.

        It follows from the others anyway, and `parts` has seen to it that it is no small number.
        """
        told = {(row.key, row.part, row.first, row.last) for row in self.shared}
        if (total, MET, first, last) not in told or all(one.full for one in shown.values()):
            return None
        alone = [key for key, one in shown.items() if one.met is not None]
        sums = [
            self.series[total].total(part, first, last)
            - sum(self.series[key].total(part, first, last) for key in alone)
            for part in (MET, DUE)
        ]
        met, due = sums
        return Shown(due, met, met / due) if 0 <= met <= due and due else None

    def _rest_is_safe(
        self, total: str, keys: Sequence[str], hidden: set[str],
        window: tuple[tuple[int, int], ...],
    ) -> bool:  # fmt: skip
        shown = [self.series[key] for key in keys if key not in hidden]
        if not shown:
            return True
        rest = self.series[total].minus(shown)
        if (rest.due is not None and (rest.due < 0).any()) or (rest.met < 0).any():
            return True  # they are no parts of it, so nothing follows from it
        known = {(row.key, row.part, row.first, row.last) for row in self.earlier}
        before = [
            (row.first, row.last) for row in self.earlier
            if (row.key, row.part) == (total, MET)
            and all((key, MET, row.first, row.last) in known for key in set(keys) - hidden)
        ]  # fmt: skip
        ranges = [*before, *window]
        return nothing_small(rest, {MET: ranges, DUE: ranges}, self.threshold)

    def take_back(self, key: str, first: int, last: int) -> Shown:
        """Hide what was met of a measure whose due has been told: beside another it would tell."""
        self.shared = [
            row for row in self.shared
            if (row.edition, row.key, row.part, row.first, row.last)
            != (self.edition, key, MET, first, last)
        ]  # fmt: skip
        self._index, self._restated, self._indexed = {}, {}, -1
        self._kept = set(self.shared)
        due = self.series[key].total(DUE, first, last)
        return self._hide(key, first, last, Shown(due, why=BESIDE))

    def points(self, key: str, ranges: Sequence[tuple[int, int]], counted: bool) -> bool:
        """Whether a series may be drawn over some ranges of months: all of them or none."""
        parts = (MET,) if counted else (MET, DUE)
        if not self.may(key, parts, ranges):
            return False
        self.note(key, parts, ranges)
        return True

    def may(self, key: str, parts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> bool:
        """Whether figures may be shared beside all that is shared already of the same series."""
        one = self.series[key]
        if key in self.barred:
            return False
        if self.hidden and any(
            (own := one.months(part, *months)) and own in self.hidden
            for part in parts
            for months in ranges
        ):
            return False
        return self._safe(key, one, parts, ranges)

    def note(self, key: str, parts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> None:
        """Remember figures as shared."""
        one = self.series[key]
        for part in parts:
            for first, last in ranges:
                figure = one.total(part, first, last)
                self._keep(Shared(self.edition, key, part, first, last, figure))

    def _keep(self, row: Shared) -> None:
        if row not in self._kept:
            self._kept.add(row)
            self.shared.append(row)

    def _hide(self, key: str, first: int, last: int, shown: Shown) -> Shown:
        self._keep(Shared(self.edition, key, HIDDEN, first, last, None))
        one = self.series[key]
        if shown.met is None:
            self.hidden.add(one.months(MET, first, last))
        if shown.due is None and one.due is not None:
            self.hidden.add(one.months(DUE, first, last))
        return shown

    @property
    def settled(self) -> bool:
        """Whether nothing shared is the very same as something hidden."""
        return not any(
            self.series[row.key].months(row.part, row.first, row.last) in self.hidden
            for row in self.shared
            if row.figure
        )

    def again(self) -> Sharing:
        """The same anew, knowing what has to stay hidden."""
        return Sharing(
            self.threshold, self.edition, self.series, self.earlier, hidden=set(self.hidden),
            barred=self.barred,
        )  # fmt: skip

    def _safe(
        self, key: str, one: Series, parts: Sequence[str], ranges: Sequence[tuple[int, int]]
    ) -> bool:
        told = self._told
        edges = {
            part: list(told.get(self._same(key, part), ()))
            for part in ((MET, DUE) if one.due is not None else (MET,))
        }
        restated = {part: self._restated.get(self._same(key, part), []) for part in edges}
        if not any(edges.values()) and not any(restated.values()) and len(ranges) == 1:
            met, due = (one.total(part, *ranges[0]) for part in (MET, DUE))
            counts = [{MET: met, DUE: due}[part] for part in parts]
            return not any(map(self.small, [*counts, due - met] if len(parts) > 1 else counts))
        holding = {part: list(own) for part, own in edges.items()}
        for part in parts:
            edges[part] += ranges
        if not nothing_small(one, edges, self.threshold):
            return False
        if not any(restated.values()):
            return True
        before = {part: [*restated[part], *_figures(one, part, own)]
                  for part, own in holding.items()}  # fmt: skip
        new = {part: _figures(one, part, ranges) for part in parts}
        return nothing_new_small(before, new, self.threshold)

    @property
    def _told(self) -> dict[Content, list[tuple[int, int]]]:
        """The months of all that is known and still holds, by what was counted."""
        if self._indexed < 0:
            self._put(self.earlier)
            self._indexed = 0
        self._put(self.shared[self._indexed :])
        self._indexed = len(self.shared)
        return self._index

    def _put(self, rows: Sequence[Shared]) -> None:
        for row in rows:
            if row.figure is not None and row.key in self.series:
                holds = row.figure == self.series[row.key].total(row.part, row.first, row.last)
                same = self._same(row.key, row.part)
                if holds:
                    self._index.setdefault(same, []).append((row.first, row.last))
                else:
                    own = self._restated.setdefault(same, [])
                    own.append((row.first, row.last, row.figure))

    def _same(self, key: str, part: str) -> Content:
        """What a series counts: two of one content are one, whatever they are called."""
        found = self._contents.get((key, part))
        if found is None:
            one = self.series[key]
            values = one.met if part == MET or one.due is None else one.due
            found = self._contents[key, part] = tuple(np.nan_to_num(values, nan=-1.0).tolist())
        return found


def _figures(
    one: Series, part: str, ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    return [(first, last, one.total(part, first, last)) for first, last in ranges]
