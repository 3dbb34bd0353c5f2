"""Compliments linked: to an action of ours, or to a theme with a change lately verified."""

from __future__ import annotations

from tests.builders import Row, measured

SINCE_JANUARY = [{"occurred_at": "2026-01-03 10:00"}]
THANKS = {"kind": "compliment", "received_on": "2026-10-05"}
CHANGE = {
    "ref": "A7", "theme": "Meals", "raised_on": "2026-03-01", "completed_on": "2026-03-20",
    "verify_by": "observation", "verified_on": "2026-05-01",
}  # fmt: skip


def counts(
    *feedback: Row, change: Row | None = None
) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    got = measured(
        "2026-10", incidents=SINCE_JANUARY, feedback=list(feedback), actions=[change or CHANGE]
    )
    return got.counts("compliments_linked")


def test_a_compliment_that_names_an_action_is_linked_however_it_is_typed():
    assert counts({**THANKS, "action_ref": "a-07"}) == (1, 1, 0, 0)


def test_a_reference_to_no_action_of_ours_is_not():
    assert counts({**THANKS, "action_ref": "A99"}) == (0, 1, 0, 0)


def test_a_theme_with_a_verified_change_is_linked_whatever_its_case():
    assert counts({**THANKS, "theme": "meals "}) == (1, 1, 0, 0)


def test_the_hundred_and_eightieth_day_counts_and_the_next_does_not():
    # 1 May 2026 + 180 days = 28 October.
    assert counts({**THANKS, "theme": "Meals", "received_on": "2026-10-28"})[0] == 1
    assert counts({**THANKS, "theme": "Meals", "received_on": "2026-10-29"})[0] == 0


def test_the_change_is_of_the_same_service_and_was_verified():
    told = {**THANKS, "theme": "Meals"}

    assert counts(told, change={**CHANGE, "service": "Elm"})[:2] == (0, 1)
    assert counts(told, change={**CHANGE, "verify_by": "other"})[:2] == (0, 1)
    assert counts(told, change={**CHANGE, "verified_on": "2026-10-06"})[:2] == (0, 1)


def test_neither_reference_nor_theme_is_no_evidence():
    assert counts(THANKS, {**THANKS, "theme": "Meals"}) == (1, 2, 1, 0)


def test_complaints_are_not_asked():
    assert counts({"kind": "complaint", "received_on": "2026-10-05", "action_ref": "A7"})[1] == 0


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_JANUARY, feedback=[THANKS])

    assert got.row("compliments_linked").why_blank == "no action log supplied"
