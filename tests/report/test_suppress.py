"""Small counts stay hidden: from totals, parts, points of charts and the editions before."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from learnpipe.report.sharing.known_windows import KnownTotals
from learnpipe.report.sharing.suppress import DUE, HIDDEN, MET, Series, Shared, Sharing
from learnpipe.report.sharing.tender_figures import share_text

nan = float("nan")


def series(met: list[float], due: list[float] | None = None) -> Series:
    """Counts by month from month 1 on."""
    return Series(1, np.array(met), None if due is None else np.array(due))


def told(one: Series, first: int, last: int, *earlier: Shared) -> tuple[object, object, str]:
    """What is told of a share over months: met, due, and the share as printed."""
    shown = Sharing(5, 99, {"a": one}, earlier).share("a", first, last)
    return shown.met, shown.due, share_text(shown)


@pytest.mark.parametrize(
    ("met", "due", "expected"),
    [
        (40, 50, (40, 50, "80%")),
        (0, 50, (0, 50, "0%")),
        (50, 50, (50, 50, "100%")),
        # 42 of 43 and 39 of 43 read the same: (43 - 4) / 43 = 90.7 %.
        (42, 43, (None, 43, "at least 90%")),
        (39, 43, (None, 43, "at least 90%")),
        # 1 of 60 and 4 of 60 read the same: 4 / 60 = 6.7 %.
        (1, 60, (None, 60, "at most 7%")),
        (4, 60, (None, 60, "at most 7%")),
        (3, 6, (None, 6, "not shown")),
        (2, 4, (None, None, "not shown")),
        (0, 0, (0, 0, "not shown")),
    ],
)  # fmt: skip
def test_a_share_and_its_complement(
    met: int, due: int, expected: tuple[object, object, str]
) -> None:
    assert told(series([met], [due]), 1, 1) == expected


def test_a_plain_count() -> None:
    counts = {name: series([number]) for name, number in (("a", 4), ("b", 5), ("c", 0))}
    sharing = Sharing(5, 1, counts)
    assert [sharing.count(name, 1, 1).met for name in "abc"] == [None, 5, 0]


def test_a_month_that_two_editions_would_give_away_stays_hidden() -> None:
    # The log begins in month 1, so 13 in months 1-2 and 15 in months 1-3 leave 2 for month 3.
    one = series([6, 7, 2])
    before = Shared(2, "a", MET, 1, 2, 13)
    assert Sharing(5, 3, {"a": one}).count("a", 1, 3).met == 15
    assert Sharing(5, 3, {"a": one}, [before]).count("a", 1, 3).met is None


def test_two_rolling_windows_give_no_month_away() -> None:
    # 13 in months 1-2 and 9 in months 2-3: neither month 1 nor month 3 follows.
    before = Shared(2, "a", MET, 1, 2, 13)
    assert Sharing(5, 3, {"a": series([6, 7, 2])}, [before]).count("a", 2, 3).met == 9


def test_before_the_log_began_everybody_knows_the_zero() -> None:
    # Month 1 has no log: 7 in months 1-2 is month 2 alone, so months 2-3 would tell month 3.
    before = Shared(2, "a", MET, 1, 2, 7)
    assert Sharing(5, 3, {"a": series([nan, 7, 2])}, [before]).count("a", 2, 3).met is None


def test_points_are_drawn_all_or_none() -> None:
    one = series([6, 7, 5, 4])
    sharing = Sharing(5, 4, {"a": one})
    assert not sharing.points("a", [(month, month) for month in range(1, 5)], counted=True)
    assert sharing.points("a", [(1, 2), (3, 4)], counted=True)


def test_points_and_total_together_give_no_small_rest() -> None:
    sharing = Sharing(5, 4, {"a": series([6, 7, 5, 4])})
    sharing.count("a", 1, 4)
    assert not sharing.points("a", [(1, 1), (2, 2), (3, 3)], counted=True)  # 22 - 18 = 4


def test_of_parts_of_a_total_a_small_one_takes_another_with_it() -> None:
    parts = {"x": series([20], [30]), "y": series([12], [20]), "z": series([2], [3])}
    whole = {"all": series([34], [53])}
    sharing = Sharing(5, 1, {**parts, **whole})
    assert sharing.share("all", 1, 1).met == 34
    shown = sharing.parts("all", ["x", "y", "z"], 1, 1)
    assert [(name, one.met) for name, one in shown.items()] == [
        ("x", 20), ("y", None), ("z", None),
    ]  # fmt: skip


def test_what_is_hidden_is_told_together() -> None:
    parts = {"x": series([20], [30]), "y": series([12], [20]), "z": series([2], [3])}
    sharing = Sharing(5, 1, {**parts, "all": series([34], [53])})
    sharing.share("all", 1, 1)
    rest = sharing.rest("all", sharing.parts("all", ["x", "y", "z"], 1, 1), 1, 1)
    assert rest is not None
    assert (rest.met, rest.due) == (14, 23)


def test_what_belongs_to_no_part_counts_as_one() -> None:
    # 20 + 12 of 34: the 2 of no part are small, so a part is hidden with them.
    parts = {"x": series([20], [30]), "y": series([12], [20])}
    sharing = Sharing(5, 1, {**parts, "all": series([34], [52])})
    sharing.share("all", 1, 1)
    assert sharing.parts("all", ["x", "y"], 1, 1)["y"].met is None


def test_a_part_hidden_in_an_earlier_edition_stays_hidden() -> None:
    parts = {"x": series([20] * 13, [30] * 13), "y": series([12] * 13, [20] * 13)}
    total = {"all": series([32] * 13, [50] * 13)}
    before = Shared(12, "y", HIDDEN, 1, 12, None)
    sharing = Sharing(5, 13, {**parts, **total}, [before])
    sharing.share("all", 2, 13)
    assert sharing.parts("all", ["x", "y"], 2, 13)["y"].met is None


def test_the_same_under_another_name_is_hidden_too() -> None:
    # Of 8 due and 5 met, 3 were not: what counts those 5 as its due must not tell them.
    one, other = series([20], [23]), series([15], [20])
    sharing = Sharing(5, 1, {"a": one, "b": other})
    assert sharing.share("b", 1, 1).due == 20
    assert sharing.share("a", 1, 1).met is None
    assert not sharing.settled
    again = sharing.again()
    assert again.share("b", 1, 1).due is None


def try_join(known: KnownTotals, one: int, other: int) -> bool:
    """Tell a sum unless something small could then be worked out; whether it was told."""
    if known.may_join(one, other):
        known.join(one, other)
        return True
    return False


def test_windows_of_days_that_overlap() -> None:
    known = KnownTotals(5)
    assert try_join(known, 0, 12)
    assert not try_join(known, 0, 9)  # 12 - 9 = 3
    assert try_join(known, 0, 6)
    assert not try_join(known, 12, 14)


# Whatever was counted: nothing hidden can be worked out


@st.composite
def editions(draw: st.DrawFn) -> tuple[Series, list[Shared], set[tuple[int, int]], int]:
    """A series, what editions of three months and a chart shared, all ranges, least threshold.

    They are made in any order, again, or with another threshold.
    """
    due = draw(st.lists(st.integers(0, 9), min_size=5, max_size=5))
    met = [draw(st.integers(0, number)) for number in due]
    one = series(list(map(float, met)), list(map(float, due)))
    shared: list[Shared] = []
    thresholds = []
    for month in draw(st.sampled_from(((5,), (4, 5), (3, 4, 5), (5, 3, 4), (4, 5, 4)))):
        thresholds.append(draw(st.sampled_from((5, 5, 3))))
        sharing = Sharing(thresholds[-1], month, {"a": one}, tuple(shared))
        sharing.share("a", month - 2, month)
        if draw(st.booleans()):
            sharing.points("a", [(at, at) for at in range(month - 2, month + 1)], counted=False)
        shared += sharing.shared
    ranges = {(first, last) for last in range(1, 6) for first in range(1, last + 1)}
    return one, shared, ranges, min(thresholds)


def extremes(one: Series, shared: list[Shared], wanted: np.ndarray) -> tuple[float, float]:
    """The least and most that a sum can be, of all counts that fit what was shared."""
    months = len(one.met)
    rows, sums = [], []
    for row in shared:
        if row.figure is None:
            continue
        own = np.zeros(2 * months)  # met, then due and not met
        own[row.first - 1 : row.last] = 1
        if row.part == DUE:
            own[months + row.first - 1 : months + row.last] = 1
        rows.append(own)
        sums.append(row.figure)
    within = LinearConstraint(np.array(rows), sums, sums) if rows else ()
    found = [
        milp(sign * wanted, constraints=within, integrality=np.ones(2 * months),
             bounds=Bounds(0, 60)).fun * sign
        for sign in (1, -1)
    ]  # fmt: skip
    return found[0], found[1]


@given(editions())
def test_no_small_count_can_be_recovered(
    drawn: tuple[Series, list[Shared], set[tuple[int, int]], int],
) -> None:
    one, shared, ranges, threshold = drawn
    months = len(one.met)
    for first, last in ranges:
        for parts in ((1, 0), (0, 1), (1, 1)):  # met, not met, due
            wanted = np.zeros(2 * months)
            wanted[first - 1 : last] = parts[0]
            wanted[months + first - 1 : months + last] = parts[1]
            met, due = (one.total(part, first, last) for part in (MET, DUE))
            true = parts[0] * met + parts[1] * (due - met)
            if 0 < true < threshold:
                least, most = extremes(one, shared, wanted)
                assert least < most, (first, last, parts, true, shared)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=12), st.data())
def test_no_small_span_of_days_follows_from_others(counts: list[int], data: st.DataObject) -> None:
    totals = np.concatenate([[0], np.cumsum(counts)]).tolist()
    known, joins = KnownTotals(5), []
    for _ in range(6):
        ends = data.draw(st.tuples(st.sampled_from(totals), st.sampled_from(totals)))
        if try_join(known, *ends):
            joins.append(ends)
    # What sums tell: which ends hang together, over any number of steps.
    groups = {total: {total} for total in totals}
    for one, other in joins:
        both = groups[one] | groups[other]
        for total in both:
            groups[total] = both
    for group in groups.values():
        assert all(not 0 < later - sooner < 5 for sooner, later in pairwise(sorted(group)))
