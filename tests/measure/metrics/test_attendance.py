"""Attendance: staff who came of the staff asked, over the sessions held in the month."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def session(attended: float | None, eligible: float | None, day: str = "2026-10-05") -> Row:
    return {"delivered_on": day, "attended": attended, "eligible": eligible}


def of(*training: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, training=list(training))


def counts(*training: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*training).counts("attendance")


def test_those_who_came_of_those_who_were_asked():
    # 8 of 10 and 3 of 5: 11 of 15, and not the mean of 80% and 60%.
    one = of(session(8, 10), session(3, 5)).row("attendance")

    assert (one.met, one.due, one.value) == (11, 15, 11 / 15)


def test_more_than_were_asked_do_not_make_up_for_others():
    assert counts(session(12, 10), session(3, 5)) == (13, 15, 0, 0)


def test_how_many_came_is_not_known():
    assert counts(session(8, 10), session(None, 5)) == (8, 15, 5, 0)


def test_for_how_many_it_was_meant_is_not_known_so_it_cannot_be_judged():
    assert counts(session(8, 10), session(4, None), session(4, 0)) == (8, 10, 0, 0)


def test_it_counts_in_the_month_it_was_held():
    got = of(session(8, 10, "2026-09-30"), session(3, 5, "2026-10-31 18:00"))

    assert got.counts("attendance", month="2026-09")[:2] == (8, 10)
    assert got.counts("attendance", month="2026-10")[:2] == (3, 5)


def test_a_session_in_two_months_files_counts_once():
    row = {**session(8, 10), "ref": "T1"}
    assert counts({**row, "snapshot": "2026-10"}, {**row, "snapshot": "2026-11"})[:2] == (8, 10)


def test_a_month_without_a_session_is_blank_with_the_reason():
    got = of(session(8, 10, "2026-08-05"), session(8, 10))

    assert got.row("attendance", month="2026-09").why_blank == "nothing fell due"
