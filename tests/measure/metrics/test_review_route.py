"""Review routes: as the tier asks, when the review falls due."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Got, measured

MET, OTHER, NOT_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
START = "2026-10-01 10:00"  # tier 1: due on the 8th; tier 2: the 8th; tiers 3 and 4: the 29th


def got_of(tier: str | None, route: str | None, **more: Any) -> Got:
    row = {"occurred_at": START, "tier": tier, "review_route": route, **more}
    return measured("2026-10", incidents=[row])


@pytest.mark.parametrize(
    ("tier", "route"),
    [("1", "reflective review"), ("2", "RCA light"), ("3", "full RCA"), ("4", "service-wide plan")],
)
def test_the_route_of_each_tier(tier: str, route: str) -> None:
    assert got_of(tier, route).counts("review_route") == MET


def test_a_lighter_route_and_a_heavier_one_are_both_not_met() -> None:
    assert got_of("2", "reflective review").counts("review_route") == OTHER
    assert got_of("2", "full RCA").counts("review_route") == OTHER


def test_no_route_in_the_log_is_no_evidence() -> None:
    assert got_of("2", None).counts("review_route") == NOT_SHOWN


def test_tier_0_has_no_review_and_nothing_falls_due() -> None:
    got = got_of("0", "quick log")
    assert got.counts("review_route") == (0, 0, 0, 0)
    assert got.row("review_route").why_blank == "nothing fell due"


def test_the_expected_tier_stands_in_where_none_is_recorded() -> None:
    assert got_of(None, "RCA light", severity="moderate").counts("review_route") == MET


def test_it_counts_in_the_month_in_which_the_review_falls_due() -> None:
    # Tier 3 of 20 October: 20 working days end on 17 November; reviewed long before.
    row = {"occurred_at": "2026-10-20 10:00", "tier": "3", "review_route": "full RCA",
           "reviewed_on": "2026-10-21"}  # fmt: skip
    got = measured("2026-11", incidents=[row])
    assert got.counts("review_route", month="2026-10") == (0, 0, 0, 1)
    assert got.counts("review_route") == MET
