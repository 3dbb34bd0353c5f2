"""Actions open at a month's end: raised by then, not completed by then, not cancelled."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
DONE_AT_ONCE = {"raised_on": "2026-10-01", "completed_on": "2026-10-01", "status": "closed"}


def open_of(*actions: Row, month: str = "2026-10") -> Got:
    """Measured with an action in October that is done at once, so that October is covered."""
    return measured(month, incidents=SINCE_AUGUST, actions=[DONE_AT_ONCE, *actions])


def open_at_end(*actions: Row) -> float | None:
    return open_of(*actions).counts("actions_open")[0]


def test_an_action_raised_and_not_completed_is_open():
    assert open_at_end({"raised_on": "2026-10-05", "status": "open"}) == 1


def test_an_action_closed_on_3_november_is_open_in_october():
    closed = {"raised_on": "2026-10-05", "completed_on": "2026-11-03", "status": "closed"}

    assert open_at_end(closed) == 1


def test_an_action_raised_long_ago_and_closed_on_3_november_is_open_in_october():
    # The log's only row is of September; that the action is open in October is known all the same.
    got = measured(
        "2026-10",
        incidents=SINCE_AUGUST,
        actions=[{"raised_on": "2026-09-05", "completed_on": "2026-11-03", "status": "closed"}],
    )

    assert got.counts("actions_open")[0] == 1


def test_an_action_closed_on_the_last_day_of_the_month_is_not_open():
    assert open_at_end({"raised_on": "2026-10-05", "completed_on": "2026-10-31 23:59"}) == 0


def test_an_action_closed_at_the_first_moment_of_the_next_month_is_open():
    # As at the end of October is 00:00 on 1 November, exclusive.
    assert open_at_end({"raised_on": "2026-10-05", "completed_on": "2026-11-01"}) == 1


def test_an_action_raised_after_the_month_is_not_open_yet():
    assert open_at_end({"raised_on": "2026-11-01", "status": "open"}) == 0


def test_a_cancelled_action_is_not_open():
    assert open_at_end({"raised_on": "2026-10-05", "status": "cancelled"}) == 0


def test_an_action_that_the_log_calls_closed_is_not_open_though_nobody_wrote_down_when():
    assert open_at_end({"raised_on": "2026-10-05", "status": "closed"}) == 0


def test_an_action_with_a_completion_date_is_not_open_though_its_status_was_forgotten():
    forgotten = {"raised_on": "2026-10-05", "completed_on": "2026-10-09", "status": "open"}

    assert open_at_end(forgotten) == 0


def test_an_action_without_a_status_is_open():
    assert open_at_end({"raised_on": "2026-10-05"}) == 1


def test_each_month_is_as_at_its_own_end():
    got = open_of(
        {"raised_on": "2026-08-05", "completed_on": "2026-10-10"},
        {"raised_on": "2026-09-30", "completed_on": "2026-10-01"},
    )
    months = ("2026-08", "2026-09", "2026-10")

    assert [got.counts("actions_open", month=month)[0] for month in months] == [1, 2, 0]


def test_all_is_the_sum_of_the_services():
    got = open_of(
        {"service": "Oak", "raised_on": "2026-10-05"},
        {"service": "Elm", "raised_on": "2026-10-05"},
        {"service": "Elm", "raised_on": "2026-09-05"},
    )

    assert [got.counts("actions_open", name)[0] for name in ("Oak", "Elm", "All")] == [1, 2, 3]


def test_a_count_has_no_due_and_no_evidence():
    assert open_of().counts("actions_open") == (0, None, None, None)


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.counts("actions_open") == (None, None, None, None)
    assert got.row("actions_open").why_blank == "no action log supplied"


def test_a_month_before_the_action_log_is_a_gap():
    got = open_of()

    assert got.counts("actions_open", month="2026-08")[0] is None
    assert got.row("actions_open", month="2026-08").why_blank == "not covered by the log"
