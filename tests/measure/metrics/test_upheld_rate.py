"""Upheld: of the complaints answered in the month whose outcome is known."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def answered(outcome: str | None, **facts: str | None) -> Row:
    """A complaint of September, answered on 10 October."""
    return {
        "kind": "complaint", "received_on": "2026-09-25", "responded_on": "2026-10-10",
        "outcome": outcome, **facts,
    }  # fmt: skip


def of(*feedback: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, feedback=list(feedback))


def counts(*feedback: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*feedback).counts("upheld_rate")


def test_upheld_and_partly_upheld_of_all_with_an_outcome():
    words = ("upheld", "partly upheld", "not upheld", "resolved locally")
    one = of(*[answered(word) for word in words]).row("upheld_rate")

    assert (one.met, one.due, one.value) == (2, 4, 0.5)


def test_without_an_outcome_it_is_left_out_and_shown_apart():
    # One upheld, one not upheld, two unknown: 1 of 2, not 1 of 4.
    one = of(answered("upheld"), answered("not upheld"), *[answered(None)] * 2).row("upheld_rate")

    assert (one.met, one.due, one.no_evidence, one.value) == (1, 4, 2, 0.5)


def test_a_withdrawn_complaint_was_not_decided():
    assert counts(answered("withdrawn"), answered("not upheld")) == (0, 1, 0, 0)


def test_it_counts_in_the_month_of_the_answer():
    got = of(answered("upheld"), answered("upheld", responded_on="2026-11-02"))

    assert got.counts("upheld_rate")[:2] == (1, 1)


def test_no_complaint_answered_is_blank_with_the_reason():
    got = of(answered("upheld"), answered(None, responded_on=None))
    one = got.row("upheld_rate", month="2026-09")

    assert (one.value, one.due, one.why_blank) == (None, 0, "nothing fell due")
