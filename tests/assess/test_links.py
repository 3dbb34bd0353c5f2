"""Actions that name no incident: linked to the only signal that fits, and marked."""

from __future__ import annotations

from typing import Any

from tests.builders import Row, judged

FALL: Row = {"ref": "1", "occurred_at": "2026-09-01 10:00", "theme": "Falls", "tier": "2",
             "category": "Accident"}  # fmt: skip
ACTION: Row = {"ref": "A1", "theme": "falls", "action": "Move the rug", "raised_on": "2026-09-03"}


def linked(*signals: Row, **action: Any) -> tuple[int, bool, int]:
    """The case, whether it was inferred, and the tier that the action got from it."""
    frame = judged(incidents=list(signals or (FALL,)), actions=[{**ACTION, **action}]).frames[
        "actions"
    ]
    row = frame.iloc[0]
    return int(row["incident_case"]), bool(row["link_inferred"]), int(row["incident_tier"])


NOT_LINKED = (-1, False, -1)


def test_the_only_signal_of_the_theme_at_the_service_is_taken_and_marked() -> None:
    assert linked() == (0, True, 2)


def test_a_reference_comes_first_and_is_not_marked() -> None:
    assert linked(incident_ref="1", theme="Medicines") == (0, False, 2)


def test_a_reference_that_is_not_found_names_another_incident() -> None:
    assert linked(incident_ref="77") == NOT_LINKED


def test_two_signals_that_fit_are_one_too_many() -> None:
    assert linked(FALL, {**FALL, "ref": "2", "occurred_at": "2026-08-20 10:00"}) == NOT_LINKED


def test_another_theme_or_service_does_not_fit_and_the_category_stands_in() -> None:
    assert linked(theme="Medicines") == NOT_LINKED
    assert linked(service="Elm") == NOT_LINKED
    assert linked({**FALL, "theme": None}, theme="accident") == (0, True, 2)


def test_the_signal_lies_in_the_28_days_up_to_the_day_the_action_was_raised() -> None:
    # 1 September + 28 days = 29 September.
    assert linked(raised_on="2026-09-29") == (0, True, 2)
    assert linked(raised_on="2026-09-30") == NOT_LINKED
    assert linked(raised_on="2026-09-01") == (0, True, 2)
    assert linked(raised_on="2026-08-31") == NOT_LINKED


def test_without_a_theme_or_a_date_nothing_is_guessed() -> None:
    assert linked(theme=None) == NOT_LINKED
    assert linked(raised_on=None, due_on="2026-09-10") == NOT_LINKED


def test_the_trail_of_the_case_says_that_its_action_was_linked_so() -> None:
    trail = judged(incidents=[FALL], actions=[ACTION]).frames["trail"]
    assert trail["inferred"].all()
    named = judged(incidents=[FALL], actions=[{**ACTION, "incident_ref": "1"}]).frames["trail"]
    assert not named["inferred"].any()
