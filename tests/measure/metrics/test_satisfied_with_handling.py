"""Satisfied with the handling: of the complaints answered in the month."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def answered(satisfied: str | None, **facts: str | None) -> Row:
    """A complaint of September, answered on 10 October."""
    return {
        "kind": "complaint", "received_on": "2026-09-25", "responded_on": "2026-10-10",
        "satisfied": satisfied, **facts,
    }  # fmt: skip


def of(*feedback: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, feedback=list(feedback))


def counts(*feedback: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*feedback).counts("satisfied_with_handling")


def test_satisfied_of_all_that_were_answered():
    assert counts(answered("yes"), answered("yes"), answered("no")) == (2, 3, 0, 0)


def test_not_asked_is_no_evidence_and_counts_as_not_met():
    one = of(answered("yes"), answered(None)).row("satisfied_with_handling")

    assert (one.met, one.due, one.no_evidence, one.value) == (1, 2, 1, 0.5)


def test_it_counts_in_the_month_of_the_answer_else_of_closing():
    closed = answered("yes", responded_on=None, closed_on="2026-09-30")
    got = of(answered("yes"), closed)

    assert got.counts("satisfied_with_handling", month="2026-09")[:2] == (1, 1)
    assert got.counts("satisfied_with_handling", month="2026-10")[:2] == (1, 1)


def test_an_open_complaint_and_a_compliment_are_not_asked():
    compliment = answered("yes", kind="compliment", received_on="2026-10-01")
    assert counts(answered("yes", responded_on=None), compliment)[:2] == (0, 0)


def test_where_the_log_never_asks_it_is_blank_with_the_reason():
    one = of(answered(None)).row("satisfied_with_handling")

    assert (one.due, one.value) == (None, None)
    assert one.why_blank == "the feedback log says nothing of satisfied with the handling"


def test_without_a_feedback_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("satisfied_with_handling").why_blank == "no feedback log supplied"
