"""Actions closed: completed in the month, in time or not."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
COVERS_OCTOBER = {"raised_on": "2026-10-01", "status": "open"}


def closed_of(*actions: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, actions=[COVERS_OCTOBER, *actions])


def closed(*actions: Row, service: str = "All", month: str = "2026-10") -> float | None:
    return closed_of(*actions).counts("actions_closed", service, month)[0]


def test_an_action_counts_in_the_month_of_its_completion():
    done = {"raised_on": "2026-08-05", "completed_on": "2026-10-10"}

    months = ("2026-08", "2026-09", "2026-10")
    assert [closed(done, month=month) for month in months] == [0, 0, 1]


def test_it_counts_whether_in_time_or_late():
    late = {"raised_on": "2026-08-05", "due_on": "2026-08-20", "completed_on": "2026-10-10"}

    assert closed(late) == 1


def test_the_last_moment_of_the_month_counts_in_it_and_the_first_of_the_next_does_not():
    assert closed({"raised_on": "2026-10-05", "completed_on": "2026-10-31 23:59"}) == 1
    assert closed({"raised_on": "2026-10-05", "completed_on": "2026-11-01"}) == 0


def test_closed_without_a_date_counts_in_no_month():
    assert closed({"raised_on": "2026-10-05", "status": "closed"}) == 0


def test_an_action_in_two_months_files_counts_once():
    done = {"ref": "A1", "raised_on": "2026-09-05", "completed_on": "2026-09-20"}
    got = closed_of({**done, "snapshot": "2026-09"}, {**done, "snapshot": "2026-10"})

    assert got.counts("actions_closed", month="2026-09")[0] == 1
    assert got.counts("actions_closed", month="2026-10")[0] == 0


def test_all_is_the_sum_of_the_services():
    done = {"raised_on": "2026-10-02", "completed_on": "2026-10-03"}
    rows = ({**done, "service": "Oak"}, {**done, "service": "Elm"}, {**done, "service": "Elm"})

    assert [closed(*rows, service=name) for name in ("Oak", "Elm", "All")] == [1, 2, 3]


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("actions_closed").why_blank == "no action log supplied"
