"""Verified inside the window: the check is dated between the window's first and last day."""

from __future__ import annotations

import pytest

from tests.builders import Row, measured

# Completed on Thursday 6 August 2026. Six weeks later is 17 September, eight weeks 1 October.
DONE = {"raised_on": "2026-08-03", "completed_on": "2026-08-06", "verify_by": "sampling"}
SINCE_JULY = [{"occurred_at": "2026-07-03 10:00"}]
Counts = tuple[float | None, float | None, int | None, int | None]


def counts(*actions: Row, metric: str = "verified_in_window") -> Counts:
    """met, due, no evidence, not yet due of October."""
    return measured("2026-10", incidents=SINCE_JULY, actions=list(actions)).counts(metric)


@pytest.mark.parametrize(
    ("checked", "met"),
    [("2026-09-16", 0), ("2026-09-17", 1), ("2026-10-01 23:00", 1), ("2026-10-02", 0)],
)
def test_the_first_and_the_last_day_of_the_window_are_inside(checked, met):
    assert counts({**DONE, "verified_on": checked}) == (met, 1, 0, 0)


def test_too_early_is_verified_all_the_same():
    early = {**DONE, "verified_on": "2026-08-20"}

    assert counts(early, metric="verified") == (1, 1, 0, 0)
    assert counts(early) == (0, 1, 0, 0)


def test_tier_2_is_checked_from_four_to_six_weeks_after():
    # 3 September to 17 September: both fall in the month in which the window closes.
    def of(checked: str) -> Counts:
        got = measured(
            "2026-10",
            incidents=[*SINCE_JULY, {"ref": "I1", "occurred_at": "2026-08-01 10:00", "tier": "2"}],
            actions=[{**DONE, "incident_ref": "I1", "verified_on": checked}],
        )
        return got.counts("verified_in_window", month="2026-09")

    assert [of(f"2026-09-{day}")[:2] for day in ("02", "03", "17", "18")] == [
        (0, 1), (1, 1), (1, 1), (0, 1)
    ]  # fmt: skip


def test_not_checked_is_no_evidence():
    assert counts({**DONE, "verify_by": None}) == (0, 1, 1, 0)


def test_an_action_whose_window_is_still_open_is_not_yet_due():
    assert counts({**DONE, "completed_on": "2026-09-20"}) == (0, 0, 0, 1)


def test_a_cancelled_action_is_not_required():
    assert counts({**DONE, "status": "cancelled"})[:2] in ((0, 0), (None, None))
