"""The evidence trail: six records a case, and the cell at which its chain first breaks."""

from __future__ import annotations

from typing import Any

import pytest

from learnpipe.ground.calendar import month_text
from learnpipe.ground.terms import MET
from tests.builders import Row, judged, measured

# Tier 1: triage due 4 August, review 10 August; re-check 10 August + 56 days = 5 October.
CASE: Row = {
    "ref": "1",
    "occurred_at": "2026-08-03 10:00",
    "tier": "1",
    "summary": "Slipped by the bed",
    "immediate_action": "Checked and made comfortable",
    "notified": "none needed",
    "reviewed_on": "2026-08-06",
    "cause": "Wet floor",
    "plan_updated": "Sensor mat added to the falls plan",
    "learning_note": "Mats go down at night",
    "shared_on": "2026-09-30",
}
ACTION: Row = {
    "ref": "A1",
    "incident_ref": "1",
    "action": "Fit a sensor mat",
    "owner_role": "Deputy manager",
    "raised_on": "2026-08-04",
    "due_on": "2026-08-10",
    "completed_on": "2026-08-10",
    "status": "closed",
    "verify_by": "re-audit",
    "verification_result": "passed",
    "verified_on": "2026-09-28",
}
SIX = ["incident", "review", "action", "plan", "verification", "learning_note"]


def trail_of(*actions: Row, month: str = "2026-10", **changed: Any) -> Any:
    return judged(month, incidents=[{**CASE, **changed}], actions=list(actions)).frames["trail"]


def missing(trail: Any) -> list[str]:
    """The records that are not there when they fall due, in the order of the chain."""
    return trail.loc[trail["state"] != MET, "record"].tolist()


def first_break(trail: Any) -> tuple[str, str]:
    """The first missing record and the field of the cell to look at."""
    one = trail[trail["state"] != MET].iloc[0]
    return one["record"], one["at_field"]


def due(trail: Any) -> dict[str, str]:
    return {one.record: month_text(one.due_at) for one in trail.itertuples()}


def test_each_record_counts_in_the_month_in_which_it_falls_due() -> None:
    got = measured(incidents=[CASE], actions=[ACTION])
    for record in SIX[:3]:
        assert got.counts(f"trail.{record}", month="2026-08") == (1, 1, 0, 0), record
        assert got.counts(f"trail.{record}") == (0, 0, 0, 0), record
    for record in SIX[3:]:
        assert got.counts(f"trail.{record}", month="2026-08") == (0, 0, 0, 1), record
        assert got.counts(f"trail.{record}") == (1, 1, 0, 0), record


@pytest.mark.parametrize(
    ("cell", "record", "field"),
    [
        ("summary", "incident", "summary"),
        ("immediate_action", "incident", "immediate_action"),
        ("notified", "incident", "notified"),
        ("reviewed_on", "review", "reviewed_on"),
        ("cause", "review", "cause"),
        ("plan_updated", "plan", "plan_updated"),
        ("learning_note", "learning_note", "learning_note"),
        ("shared_on", "learning_note", "shared_on"),
    ],
)
def test_an_empty_cell_of_the_case_breaks_the_chain_there(
    cell: str, record: str, field: str
) -> None:
    trail = trail_of(ACTION, **{cell: None})
    assert missing(trail) == [record]
    assert first_break(trail) == (record, field)


@pytest.mark.parametrize(
    ("cell", "record", "field"),
    [
        ("action", "action", "action"),
        ("owner_role", "action", "owner"),
        ("verify_by", "verification", "verify_by"),
        ("verification_result", "verification", "verification_result"),
        ("verified_on", "verification", "verified_on"),
    ],
)
def test_an_empty_cell_of_the_action_breaks_the_chain_there(
    cell: str, record: str, field: str
) -> None:
    trail = trail_of({**ACTION, cell: None})
    assert missing(trail) == [record]
    assert first_break(trail) == (record, field)


def test_an_action_without_a_due_date_is_no_action_log() -> None:
    assert first_break(trail_of({**ACTION, "due_on": None})) == ("action", "due_on")


def test_without_any_action_the_chain_breaks_at_the_action_log() -> None:
    trail = trail_of()
    assert missing(trail) == ["action", "verification"]
    assert first_break(trail) == ("action", "ref")


def test_the_first_of_several_breaks_is_shown() -> None:
    trail = trail_of({**ACTION, "verified_on": None}, cause=None, plan_updated=None)
    assert missing(trail) == ["review", "plan", "verification"]
    assert first_break(trail) == ("review", "cause")


def test_a_notification_date_or_contributing_factors_will_do() -> None:
    assert missing(trail_of(ACTION, notified=None, notified_on="2026-08-04")) == []
    assert missing(trail_of(ACTION, cause=None, contributing_factors="Night staffing")) == []


@pytest.mark.parametrize(
    "text",
    ["Re-trained staff", "re-trained staff.", "Staff reminded", "Discussed in supervision",
     "Refresher training given; staff reminded", "n/a", "None", "tbc"],
)  # fmt: skip
def test_retrained_staff_and_the_like_is_no_plan_update(text: str) -> None:
    assert missing(trail_of(ACTION, plan_updated=text)) == ["plan"]


def test_a_real_change_beside_training_is_a_plan_update() -> None:
    assert missing(trail_of(ACTION, plan_updated="Staff reminded; hourly checks in plan")) == []


def test_a_plan_update_or_a_note_may_stand_on_the_action() -> None:
    action = {**ACTION, "plan_updated": "Mat in care plan", "learning_note": "Mats at night"}
    assert missing(trail_of(action, plan_updated=None, learning_note=None)) == []


def test_tier_0_needs_only_the_first_and_the_last_due_with_triage() -> None:
    trail = trail_of(tier="0", shared_on="2026-08-31")
    assert due(trail) == {"incident": "2026-08", "learning_note": "2026-08"}
    assert missing(trail) == []
    assert missing(trail_of(tier="0", shared_on="2026-09-01")) == ["learning_note"]


def test_a_case_of_unknown_tier_has_no_trail() -> None:
    assert trail_of(tier=None).empty


def test_tier_2_is_rechecked_after_six_weeks_and_tier_3_after_eight() -> None:
    # 10 August + 42 days = 21 September, + 56 days = 5 October.
    assert due(trail_of(ACTION, tier="2"))["verification"] == "2026-09"
    assert due(trail_of(ACTION, tier="3"))["verification"] == "2026-10"


def test_triage_that_runs_over_the_clock_change_takes_the_record_with_it() -> None:
    # 30 March 2024 23:30 GMT + 24 hours = 1 April 00:30 BST.
    trail = trail_of(month="2024-04", tier="0", occurred_at="2024-03-30 23:30")
    assert due(trail)["incident"] == "2024-04"


def test_without_an_action_the_recheck_counts_from_the_review() -> None:
    # Review due 10 August + 56 days = 5 October.
    assert due(trail_of())["verification"] == "2026-10"


def test_an_overdue_action_makes_its_recheck_due_a_window_after_its_due_date() -> None:
    # Due 10 August + 56 days = 5 October; never completed.
    never = {**ACTION, "completed_on": None, "status": "open", "verified_on": None}
    assert due(trail_of(never))["verification"] == "2026-10"


def test_a_completion_after_that_month_no_longer_moves_it() -> None:
    # As at the end of October it was open and its re-check due; it was done on 3 November.
    late = {**ACTION, "completed_on": "2026-11-03", "verified_on": "2026-12-29"}
    trail = trail_of(late, month="2026-12")
    assert due(trail)["verification"] == "2026-10"
    assert "verification" in missing(trail)


def test_a_completion_within_that_month_moves_it() -> None:
    # 31 October + 56 days = 26 December.
    late = {**ACTION, "completed_on": "2026-10-31"}
    assert due(trail_of(late, month="2026-12"))["verification"] == "2026-12"


def test_an_overdue_action_needs_an_escalation_route() -> None:
    # The review and the action log fall due in August; the action was due on the 10th.
    overdue = {**ACTION, "completed_on": None, "status": "open"}
    trail = trail_of(overdue)
    assert first_break(trail) == ("action", "escalated_to")
    assert "action" not in missing(trail_of({**overdue, "escalated_to": "Registered manager"}))
    assert "action" not in missing(trail_of({**overdue, "escalated_on": "2026-08-31"}))
    assert "action" in missing(trail_of({**overdue, "escalated_on": "2026-09-01"}))


def test_an_action_completed_after_the_months_end_was_overdue_in_it() -> None:
    assert missing(trail_of({**ACTION, "completed_on": "2026-08-31"})) == []
    assert "action" in missing(trail_of({**ACTION, "completed_on": "2026-09-01"}))


def test_an_action_not_yet_due_needs_no_escalation() -> None:
    open_one = {**ACTION, "due_on": "2026-09-05", "completed_on": None, "status": "open"}
    assert "action" not in missing(trail_of(open_one))


def test_every_action_is_verified_or_the_chain_breaks_at_the_one_that_is_not() -> None:
    second = {**ACTION, "ref": "A2", "verified_on": None, "verification_result": None}
    trail = trail_of(ACTION, second)
    assert missing(trail) == ["verification"]
    broken = trail[trail["record"] == "verification"].iloc[0]
    assert (broken["at_row"], broken["at_field"]) == (3, "verification_result")


def test_an_action_raised_later_does_not_stand_for_an_incomplete_early_one() -> None:
    # The review fell due in August; only the action of September has an owner.
    ownerless = {**ACTION, "owner_role": None}
    later = {**ACTION, "ref": "A2", "raised_on": "2026-09-01"}
    assert missing(trail_of(ownerless, later)) == ["action"]


def test_a_cancelled_action_is_none() -> None:
    cancelled = {**ACTION, "status": "cancelled", "completed_on": None, "verified_on": None}
    assert missing(trail_of(ACTION, {**cancelled, "ref": "A2"})) == []
    assert missing(trail_of(cancelled)) == ["action", "verification"]


def test_a_review_after_the_month_in_which_it_fell_due_is_missing_then() -> None:
    assert missing(trail_of(ACTION, reviewed_on="2026-08-31")) == []
    assert missing(trail_of(ACTION, reviewed_on="2026-09-01")) == ["review"]


def test_an_undated_record_is_there_from_the_file_that_first_shows_it() -> None:
    # August's file has no summary; September's has.
    case = [{**CASE, "summary": None, "snapshot": "2026-08"}, {**CASE, "snapshot": "2026-09"}]
    got = measured(incidents=case, actions=[ACTION])
    assert got.counts("trail.incident", month="2026-08") == (0, 1, 1, 0)
