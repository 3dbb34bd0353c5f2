"""Staff debriefed after tier 2 and above, by the day of the review."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import measured


def counts(tier: str, month: str = "2026-10", **more: Any) -> tuple[Any, ...]:
    row = {"occurred_at": "2026-10-01 10:00", "tier": tier, **more}
    return measured(month, incidents=[row]).counts("debriefed")


@pytest.mark.parametrize(
    ("tier", "last_day", "too_late"),
    [("2", "2026-10-08", "2026-10-09"), ("3", "2026-10-29", "2026-10-30"),
     ("4", "2026-10-29", "2026-10-30")],
)  # fmt: skip
def test_by_the_last_day_of_the_review(tier: str, last_day: str, too_late: str) -> None:
    assert counts(tier, debriefed_on=last_day) == (1, 1, 0, 0)
    assert counts(tier, debriefed_on=too_late) == (0, 1, 0, 0)
    assert counts(tier) == (0, 1, 1, 0)


@pytest.mark.parametrize("tier", ["0", "1"])
def test_lower_tiers_are_not_asked(tier: str) -> None:
    assert counts(tier, debriefed_on="2026-10-02") == (0, 0, 0, 0)


def test_done_before_its_month_counts_in_the_month_it_falls_due() -> None:
    # Tier 2 of Wednesday 28 October: 5 working days end on 4 November.
    row = {"occurred_at": "2026-10-28 10:00", "tier": "2", "debriefed_on": "2026-10-29"}
    got = measured("2026-11", incidents=[row])
    assert got.counts("debriefed", month="2026-10") == (0, 0, 0, 1)
    assert got.counts("debriefed") == (1, 1, 0, 0)
