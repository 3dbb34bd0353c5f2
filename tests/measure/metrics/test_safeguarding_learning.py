"""Safeguarding outcomes: is there an action, and is it verified when its window closes?"""

from __future__ import annotations

from typing import Any

from tests.builders import Got, Row, measured

# Tier 3 of Monday 3 August; the action completed on 10 August + 56 days = 5 October.
CONCERN: Row = {
    "ref": "1", "occurred_at": "2026-08-03 10:00", "tier": "3", "safeguarding": "yes",
    "safeguarding_outcome": "Substantiated in part",
}  # fmt: skip
ACTION: Row = {
    "ref": "A1", "incident_ref": "1", "action": "Two-person visits", "raised_on": "2026-08-04",
    "completed_on": "2026-08-10", "verify_by": "sampling", "verification_result": "passed",
    "verified_on": "2026-10-31",
}  # fmt: skip


KEPT: Row = {"occurred_at": "2026-10-05 10:00"}  # the log goes on to October


def got_of(*actions: Row, month: str = "2026-10", **changed: Any) -> Got:
    return measured(month, incidents=[{**CONCERN, **changed}, KEPT], actions=list(actions))


def test_a_verified_action_by_the_month_in_which_its_window_closes_is_met() -> None:
    assert got_of(ACTION).counts("safeguarding_learning") == (1, 1, 0, 0)
    assert got_of(ACTION).counts("safeguarding_learning", month="2026-09") == (0, 0, 0, 1)


def test_verified_after_that_month_or_never_is_no_evidence() -> None:
    late = {**ACTION, "verified_on": "2026-11-01"}
    assert got_of(late).counts("safeguarding_learning") == (0, 1, 1, 0)
    assert got_of({**ACTION, "verified_on": None}).counts("safeguarding_learning") == (0, 1, 1, 0)


def test_without_an_action_it_falls_due_a_window_after_the_review() -> None:
    # Review: 20 working days from 3 August, over the bank holiday of the 31st: 1 September.
    # 1 September + 56 days = 27 October.
    assert got_of().counts("safeguarding_learning") == (0, 1, 1, 0)


def test_without_an_outcome_nothing_is_due() -> None:
    assert got_of(ACTION, safeguarding_outcome=None).counts("safeguarding_learning") == (0, 0, 0, 0)
    none = got_of(ACTION, safeguarding=None).row("safeguarding_learning")
    assert (none.due, none.why_blank) == (0, "nothing fell due")


def test_an_outcome_that_comes_after_the_window_falls_due_when_it_is_told() -> None:
    rows = [{**CONCERN, "safeguarding_outcome": None, "snapshot": "2026-09"},
            {**CONCERN, "snapshot": "2026-11"}, KEPT]  # fmt: skip
    got = measured("2026-11", incidents=rows, actions=[ACTION])
    assert got.counts("safeguarding_learning", month="2026-10") == (0, 0, 0, 0)
    assert got.counts("safeguarding_learning") == (1, 1, 0, 0)


def test_without_an_action_log_it_is_blank() -> None:
    one = measured(incidents=[CONCERN]).row("safeguarding_learning")
    assert (one.due, one.why_blank) == (None, "no action log supplied")
