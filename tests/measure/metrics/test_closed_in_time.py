"""Closed in time: completed by the due date, of the actions whose due date fell in the month."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
DUE_20 = {"raised_on": "2026-10-01", "due_on": "2026-10-20"}


def of(*actions: Row, month: str = "2026-10") -> Got:
    return measured(month, incidents=SINCE_AUGUST, actions=list(actions))


def counts(*actions: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*actions).counts("closed_in_time")


def test_completed_on_the_due_date_is_in_time():
    assert counts({**DUE_20, "completed_on": "2026-10-20 23:59"}) == (1, 1, 0, 0)


def test_completed_the_day_after_is_not_met():
    assert counts({**DUE_20, "completed_on": "2026-10-21"}) == (0, 1, 0, 0)


def test_said_to_be_open_is_not_met():
    assert counts({**DUE_20, "status": "open"}) == (0, 1, 0, 0)
    assert counts({**DUE_20, "status": "in progress"}) == (0, 1, 0, 0)


def test_closed_without_a_date_is_no_evidence():
    assert counts({**DUE_20, "status": "closed"}) == (0, 1, 1, 0)


def test_neither_status_nor_date_is_no_evidence():
    assert counts(DUE_20) == (0, 1, 1, 0)


def test_a_cancelled_action_is_not_required():
    assert counts({**DUE_20, "status": "cancelled"}) == (0, 0, 0, 0)


def test_an_action_without_a_due_date_is_not_required():
    assert counts({"raised_on": "2026-10-01", "status": "open"}) == (0, 0, 0, 0)


def test_what_was_done_before_it_was_due_counts_in_the_month_it_fell_due():
    early = {"raised_on": "2026-09-01", "due_on": "2026-10-20", "completed_on": "2026-09-05"}
    got = of(early)

    assert got.counts("closed_in_time", month="2026-09") == (0, 0, 0, 1)
    assert got.counts("closed_in_time", month="2026-10") == (1, 1, 0, 0)


def test_due_on_the_last_day_of_the_month_falls_due_in_it():
    assert counts({**DUE_20, "due_on": "2026-10-31", "status": "open"}) == (0, 1, 0, 0)


def test_due_on_the_first_of_the_next_month_is_not_yet_due():
    assert counts({**DUE_20, "due_on": "2026-11-01", "status": "open"}) == (0, 0, 0, 1)


def test_an_action_is_not_yet_due_from_the_month_it_was_raised():
    got = of({"raised_on": "2026-08-15", "due_on": "2026-10-20", "status": "open"})
    months = ("2026-08", "2026-09", "2026-10")

    assert [got.counts("closed_in_time", month=month)[3] for month in months] == [1, 1, 0]


def test_an_overdue_action_falls_due_only_once():
    got = of({"raised_on": "2026-08-01", "due_on": "2026-08-20", "completed_on": "2026-10-05"})

    assert got.counts("closed_in_time", month="2026-08") == (0, 1, 0, 0)
    assert got.counts("closed_in_time", month="2026-10")[:2] in ((0, 0), (None, None))


def test_a_due_date_that_was_moved_counts_at_its_new_place():
    # September's file asked for 25 September; October's moved it to 20 October, and it was done.
    row = {"ref": "A1", "raised_on": "2026-09-01"}
    got = of(
        {**row, "snapshot": "2026-09", "due_on": "2026-09-25"},
        {**row, "snapshot": "2026-10", "due_on": "2026-10-20", "completed_on": "2026-10-19"},
    )

    assert got.counts("closed_in_time", month="2026-09") == (0, 0, 0, 1)
    assert got.counts("closed_in_time", month="2026-10") == (1, 1, 0, 0)


def test_all_is_the_sum_of_the_services():
    got = of(
        {**DUE_20, "service": "Oak", "completed_on": "2026-10-10"},
        {**DUE_20, "service": "Elm", "completed_on": "2026-10-20"},
        {**DUE_20, "service": "Elm", "completed_on": "2026-10-25"},
    )

    assert got.counts("closed_in_time", "Oak")[:2] == (1, 1)
    assert got.counts("closed_in_time", "Elm")[:2] == (1, 2)
    assert got.counts("closed_in_time")[:2] == (2, 3)
    assert got.row("closed_in_time").value == 2 / 3


def test_no_evidence_stays_in_the_denominator_since_higher_is_better():
    got = of({**DUE_20, "completed_on": "2026-10-10"}, {**DUE_20, "status": "closed"})

    assert got.row("closed_in_time").value == 1 / 2


def test_nothing_due_is_blank_with_the_reason():
    got = of({"raised_on": "2026-10-01", "status": "open"})

    assert got.row("closed_in_time").value is None
    assert got.row("closed_in_time").why_blank == "nothing fell due"


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.counts("closed_in_time") == (None, None, None, None)
    assert got.row("closed_in_time").why_blank == "no action log supplied"
