"""Four boxes: what happened, why, what will change, how we will know."""

from __future__ import annotations

import pytest

from tests.builders import Got, Row, measured

REVIEWED = {
    "ref": "I1", "occurred_at": "2026-10-02 10:00", "reviewed_on": "2026-10-08", "tier": "1",
    "summary": "Slipped on a wet floor after tea.", "contributing_factors": "Process, wet floor",
}  # fmt: skip
ACTION = {
    "incident_ref": "I1", "raised_on": "2026-10-08", "action": "Floor check with each tea round",
    "how_we_will_know": "No falls on a wet floor in eight weeks", "verify_due_on": "2026-12-01",
    "verified_by": "Vera Madeup",
}  # fmt: skip
BOXES = ("what_happened", "why", "what_will_change", "how_we_will_know")


def of(incident: Row, *actions: Row) -> Got:
    return measured("2026-10", incidents=[incident], actions=list(actions))


def boxes(incident: Row, *actions: Row) -> list[float | None]:
    """Which boxes the one review holds."""
    got = of(incident, *actions)
    return [got.row(f"four_box.{box}").met for box in BOXES]


def test_a_review_with_all_four_is_met():
    assert of(REVIEWED, ACTION).counts("four_box") == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("incident", "action", "held"),
    [
        ({"summary": None}, {}, [0, 1, 1, 1]),
        ({"contributing_factors": None}, {}, [1, 0, 1, 1]),
        ({"contributing_factors": "tbc"}, {}, [1, 0, 1, 1]),
        ({"contributing_factors": None, "cause": "Floor left wet"}, {}, [1, 1, 1, 1]),
        ({}, {"action": None}, [1, 1, 0, 1]),
        ({"recommendation": "Change the round"}, {"action": None}, [1, 1, 1, 1]),
        ({}, {"how_we_will_know": None}, [1, 1, 1, 0]),
        ({}, {"verify_due_on": None}, [1, 1, 1, 0]),
        ({}, {"verify_due_on": None, "verified_on": "2026-12-01"}, [1, 1, 1, 1]),
        ({}, {"verified_by": None}, [1, 1, 1, 0]),
        ({}, {"verified_by": None, "owner_role": "Deputy manager"}, [1, 1, 1, 1]),
    ],
)
def test_each_box_and_what_fills_it(incident, action, held):
    row, done = {**REVIEWED, **incident}, {**ACTION, **action}

    assert boxes(row, done) == held
    assert of(row, done).counts("four_box") == (
        int(all(held)), 1, int(not all(held)), 0
    )  # fmt: skip


def test_how_we_will_know_stands_on_one_action_and_not_in_pieces_on_two():
    pieces = [{**ACTION, "verified_by": None}, {**ACTION, "how_we_will_know": None}]

    assert boxes(REVIEWED, *pieces) == [1, 1, 1, 0]


def test_a_case_without_a_review_is_not_asked():
    assert of({**REVIEWED, "reviewed_on": None}, ACTION).counts("four_box")[:2] == (0, 0)


def test_it_counts_in_the_month_of_the_review():
    got = of({**REVIEWED, "occurred_at": "2026-09-28 10:00", "reviewed_on": "2026-10-01"}, ACTION)

    assert got.counts("four_box", month="2026-09")[1] == 0
    assert got.counts("four_box", month="2026-10")[1] == 1


def test_what_an_action_says_in_a_later_months_file_was_not_known_then():
    old = {**ACTION, "ref": "A1", "how_we_will_know": None, "snapshot": "2026-10"}
    new = {**ACTION, "ref": "A1", "snapshot": "2026-11"}

    assert boxes(REVIEWED, old, new) == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("process, communication", {"process", "communication"}),
        ("Staff rushed; hoist not charged", {"people", "equipment"}),
        ("Poor lighting in the corridor", {"environment"}),
        ("It just happened", set()),
    ],
)
def test_the_factors_that_a_review_names(text, named):
    got = of({**REVIEWED, "contributing_factors": text}, ACTION)
    factors = ("people", "process", "environment", "communication", "equipment")

    assert {name for name in factors if got.row(f"four_box.factor_{name}").met} == named


def test_without_an_action_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=[REVIEWED])

    assert got.row("four_box").why_blank == "no action log supplied"
