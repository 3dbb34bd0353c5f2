"""A theme's signals at a service by day, and at all services by month: nothing small is left."""

from __future__ import annotations

from learnpipe.report.sharing.known_windows import KnownTotals, Windows

YEAR = (0, 365)


def windows(**days: list[int]) -> Windows:
    """Falls at services, by the days of their signals."""
    return Windows(5, {(service, "falls"): own for service, own in days.items()})


def test_what_a_total_leaves_beside_a_window() -> None:
    # 8 at Alder in days 100-199, 2 at Birch: of a total of 10 the 2 would follow.
    some = windows(alder=[*range(100, 108)], birch=[20, 300])
    assert not some.small_rest("falls", *YEAR)
    assert some.tell(("alder", "falls"), 100, 200)
    assert some.small_rest("falls", *YEAR)


def test_a_large_rest_is_none_of_it() -> None:
    some = windows(alder=[*range(100, 108)], birch=[*range(20, 27)])
    assert some.tell(("alder", "falls"), 100, 200)
    assert not some.small_rest("falls", *YEAR)


def test_all_that_there_is_leaves_nothing() -> None:
    some = windows(alder=[*range(100, 108)])
    assert some.tell(("alder", "falls"), 100, 200)
    assert not some.small_rest("falls", *YEAR)


def test_a_window_that_leaves_little_of_a_total_told_before_is_not_told() -> None:
    some = windows(alder=[*range(100, 108)], birch=[20, 300])
    some.totals["falls"].add(YEAR)
    assert not some.tell(("alder", "falls"), 100, 200)
    assert some.tell(("alder", "falls"), 400, 500)  # nothing happened then


def test_windows_outside_the_months_tell_nothing_of_them() -> None:
    # 6 in days 360-369: the window does not lie within the year, so nothing can be taken off.
    some = windows(alder=[*range(100, 108), *range(362, 368)])
    assert some.tell(("alder", "falls"), 350, 400)
    assert not some.small_rest("falls", *YEAR)


def test_sums_that_overlap_are_not_added() -> None:
    # 12 and 7 of 15 overlap: 15 - 12 = 3 is left, and never 15 - 19.
    known = KnownTotals(5)
    known.join(0, 12)
    known.join(5, 12)
    assert known.left_over(0, 15) == 0b1000
