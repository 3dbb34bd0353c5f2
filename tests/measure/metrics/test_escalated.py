"""Escalated: of the actions overdue at a month's end, those with an escalation by then."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
LATE = {"raised_on": "2026-09-01", "due_on": "2026-09-20", "status": "open"}


def of(*actions: Row) -> Got:
    kept = {"raised_on": "2026-10-31", "due_on": "2026-12-01", "status": "open"}
    return measured("2026-10", incidents=SINCE_AUGUST, actions=[kept, *actions])


def counts(*actions: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due at October's end."""
    return of(*actions).counts("escalated")


def test_escalated_of_all_that_are_overdue():
    # Two overdue, one of them escalated; the kept one is not due before December.
    assert counts({**LATE, "escalated_on": "2026-10-02"}, LATE) == (1, 2, 1, 0)


def test_the_same_actions_are_overdue_on_the_page():
    got = of({**LATE, "escalated_on": "2026-10-02"}, LATE)

    assert got.counts("actions_overdue")[0] == got.counts("escalated")[1] == 2


def test_escalated_to_somebody_counts_without_a_date():
    assert counts({**LATE, "escalated_to": "Nominated individual"}) == (1, 1, 0, 0)


def test_the_last_moment_of_the_month_counts_and_the_first_of_the_next_is_not_met():
    assert counts({**LATE, "escalated_on": "2026-10-31 23:59"}) == (1, 1, 0, 0)
    assert counts({**LATE, "escalated_on": "2026-11-01"}) == (0, 1, 0, 0)


def test_each_month_end_has_its_own_answer():
    got = of({**LATE, "escalated_on": "2026-10-02"})

    assert got.counts("escalated", month="2026-09")[:2] == (0, 1)
    assert got.counts("escalated", month="2026-10")[:2] == (1, 1)


def test_escalated_and_done_is_no_longer_asked():
    done = {**LATE, "escalated_on": "2026-10-02", "completed_on": "2026-10-20"}

    assert counts(done)[:2] == (0, 0)


def test_nothing_overdue_is_blank_with_the_reason():
    assert of().row("escalated").why_blank == "nothing fell due"
