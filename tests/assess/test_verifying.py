"""The re-check as a duty of its tier: an action that is never completed does not escape it.

Due on Tuesday 1 September 2026: the window of eight weeks closes on 27 October, that of six weeks
(tier 2) on 13 October.
"""

from __future__ import annotations

from tests.builders import Row, measured

INCIDENT = {"ref": "I1", "occurred_at": "2026-08-20 10:00", "tier": "1"}
LATE = {"incident_ref": "I1", "raised_on": "2026-08-21", "due_on": "2026-09-01", "status": "open"}


def counts(
    action: Row, tier: str = "1", month: str = "2026-10"
) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of the tier's duty."""
    kept = {"raised_on": "2026-10-31", "status": "open"}
    got = measured("2026-10", incidents=[{**INCIDENT, "tier": tier}], actions=[action, kept])
    return got.counts(f"tier_{tier}.verified", month=month)


def test_overdue_with_no_completion_it_falls_due_one_window_after_its_due_date():
    assert counts(LATE) == (0, 1, 0, 0)
    assert counts(LATE, month="2026-09") == (0, 0, 0, 1)


def test_tier_2_has_the_shorter_window():
    assert counts({**LATE, "due_on": "2026-08-10"}, "2", "2026-09") == (0, 1, 0, 0)
    assert counts({**LATE, "due_on": "2026-08-10"}, "1", "2026-10") == (0, 1, 0, 0)


def test_a_log_that_does_not_say_what_became_of_it_has_no_evidence():
    assert counts({**LATE, "status": None}) == (0, 1, 1, 0)


def test_completed_in_time_it_counts_from_the_completion():
    # 26 August + 56 days = 21 October.
    done = {**LATE, "completed_on": "2026-08-26", "verify_by": "sampling"}

    assert counts({**done, "verified_on": "2026-10-20"}) == (1, 1, 0, 0)


def test_completed_late_it_counts_from_the_completion_if_that_came_before_the_month_ended():
    # 31 October + 56 days = 26 December; on 1 November October's answer has been given.
    assert counts({**LATE, "completed_on": "2026-10-31"}) == (0, 0, 0, 1)
    assert counts({**LATE, "completed_on": "2026-11-01"}) == (0, 1, 0, 0)


def test_not_due_yet_and_not_completed_there_is_nothing_to_check():
    assert counts({**LATE, "due_on": "2026-11-20"}) == (0, 0, 0, 0)


def test_a_cancelled_action_is_not_required():
    assert counts({**LATE, "status": "cancelled"}) == (0, 0, 0, 0)


def test_the_metric_asks_only_about_completed_actions():
    got = measured("2026-10", incidents=[INCIDENT], actions=[{**LATE, "verified_on": "2026-10-20"}])

    assert got.counts("verified")[1] == 0
