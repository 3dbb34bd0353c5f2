"""Actions overdue at a month's end: open, and their due date has passed."""

from __future__ import annotations

from tests.builders import Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
DONE_AT_ONCE = {"raised_on": "2026-10-01", "completed_on": "2026-10-01", "status": "closed"}


def overdue(*actions: Row, service: str = "All", month: str = "2026-10") -> float | None:
    got = measured("2026-10", incidents=SINCE_AUGUST, actions=[DONE_AT_ONCE, *actions])
    return got.counts("actions_overdue", service, month)[0]


def test_an_open_action_whose_due_date_has_passed_is_overdue():
    assert overdue({"raised_on": "2026-10-01", "due_on": "2026-10-20"}) == 1


def test_due_on_the_last_day_of_the_month_and_not_done_is_overdue_at_its_end():
    assert overdue({"raised_on": "2026-10-01", "due_on": "2026-10-31"}) == 1


def test_due_on_the_first_of_the_next_month_is_not_overdue_yet():
    assert overdue({"raised_on": "2026-10-01", "due_on": "2026-11-01"}) == 0


def test_completed_late_but_within_the_month_is_no_longer_overdue():
    late = {"raised_on": "2026-10-01", "due_on": "2026-10-10", "completed_on": "2026-10-31"}

    assert overdue(late) == 0


def test_completed_after_the_months_end_is_still_overdue_at_it():
    late = {"raised_on": "2026-10-01", "due_on": "2026-10-10", "completed_on": "2026-11-03"}

    assert overdue(late) == 1


def test_an_action_without_a_due_date_is_never_overdue():
    assert overdue({"raised_on": "2026-08-01", "status": "open"}) == 0


def test_a_cancelled_action_is_not_overdue():
    cancelled = {"raised_on": "2026-10-01", "due_on": "2026-10-10", "status": "cancelled"}

    assert overdue(cancelled) == 0


def test_an_action_raised_after_its_due_date_is_overdue_from_the_month_it_was_raised():
    back_dated = {"raised_on": "2026-10-02", "due_on": "2026-08-10"}

    assert overdue(back_dated, {"raised_on": "2026-08-01"}, month="2026-09") == 0
    assert overdue(back_dated) == 1


def test_it_stays_overdue_month_after_month_until_it_is_done():
    slow = {"raised_on": "2026-08-01", "due_on": "2026-08-20", "completed_on": "2026-10-05"}

    months = ("2026-08", "2026-09", "2026-10")
    assert [overdue(slow, month=month) for month in months] == [1, 1, 0]


def test_all_is_the_sum_of_the_services():
    late = {"raised_on": "2026-10-01", "due_on": "2026-10-20"}
    rows = ({**late, "service": "Oak"}, {**late, "service": "Elm"}, {**late, "service": "Elm"})

    assert [overdue(*rows, service=name) for name in ("Oak", "Elm", "All")] == [1, 2, 3]


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("actions_overdue").why_blank == "no action log supplied"
