"""Closed but not verified: the window has closed and nobody has shown the change to be checked."""

from __future__ import annotations

from tests.builders import Row, measured

SINCE_JULY = [{"occurred_at": "2026-07-03 10:00"}]
# Eight weeks after 6 August 2026 is 1 October.
DONE = {"raised_on": "2026-08-03", "completed_on": "2026-08-06", "status": "closed"}
CHECKED = {**DONE, "verify_by": "observation", "verified_on": "2026-09-20"}
COVERS_OCTOBER = {"raised_on": "2026-10-01", "status": "open"}


def standing(*actions: Row, service: str = "All", month: str = "2026-10") -> float | None:
    got = measured("2026-12", incidents=SINCE_JULY, actions=[COVERS_OCTOBER, *actions])
    return got.counts("closed_unverified", service, month)[0]


def test_it_stands_from_the_month_in_which_the_window_closes():
    assert standing(DONE, month="2026-09") == 0
    assert standing(DONE, month="2026-10") == 1
    assert standing(DONE, month="2026-12") == 1


def test_a_window_that_closes_on_the_last_day_of_the_month_has_closed_by_its_end():
    # 5 September + 56 days = 31 October.
    assert standing({**DONE, "completed_on": "2026-09-05"}) == 1
    assert standing({**DONE, "completed_on": "2026-09-06"}) == 0


def test_a_verified_action_does_not_stand():
    assert standing(CHECKED) == 0


def test_an_action_verified_late_stands_until_then():
    late = {**CHECKED, "verified_on": "2026-11-20"}

    assert [standing(late, month=month) for month in ("2026-10",)] == [1]
    assert standing(late, month="2026-11") in (0, None)


def test_another_way_of_checking_leaves_it_standing():
    assert standing({**CHECKED, "verify_by": "other"}) == 1


def test_an_open_action_does_not_stand():
    assert standing({"raised_on": "2026-07-03", "due_on": "2026-07-20", "status": "open"}) == 0


def test_a_cancelled_action_does_not_stand():
    assert standing({**DONE, "status": "cancelled"}) == 0


def test_all_is_the_sum_of_the_services():
    rows = ({**DONE, "service": "Oak"}, {**DONE, "service": "Elm"}, {**DONE, "service": "Elm"})

    assert [standing(*rows, service=name) for name in ("Oak", "Elm", "All")] == [1, 2, 3]


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_JULY)

    assert got.row("closed_unverified").why_blank == "no action log supplied"
