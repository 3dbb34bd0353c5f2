"""Cases with all the records their tier needs, in the month in which the last one falls due."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, measured

COMPLETE, BROKEN = (1, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING, NOTHING_DUE = (0, 0, 0, 1), (0, 0, 0, 0)

# Tier 1; the action was completed on 10 August, so its re-check window closes on 5 October.
CASE = {
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
ACTION = {
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
NEAR_MISS = {
    "ref": "2",
    "occurred_at": "2026-10-05 10:00",
    "tier": "0",
    "signal": "near miss",
    "summary": "Loose rail",
    "immediate_action": "Tightened",
    "notified": "none needed",
    "learning_note": "Rails are checked weekly",
    "shared_on": "2026-10-05",
}
KEPT_SINCE: dict[str, Any] = {"occurred_at": "2026-11-20 10:00"}  # no tier, so no trail


def got_of(
    case: dict[str, Any], *actions: dict[str, Any], month: str = "2026-10", **changed: Any
) -> Got:
    return measured(month, incidents=[{**case, **changed}, KEPT_SINCE], actions=list(actions))


def test_all_six_records_make_it_complete() -> None:
    assert got_of(CASE, ACTION).counts("trail_complete") == COMPLETE


def test_one_missing_record_breaks_it() -> None:
    for cell in ("summary", "reviewed_on", "plan_updated", "learning_note"):
        assert got_of(CASE, ACTION, **{cell: None}).counts("trail_complete") == BROKEN, cell
    assert got_of(CASE).counts("trail_complete") == BROKEN
    assert got_of(CASE, {**ACTION, "verified_on": None}).counts("trail_complete") == BROKEN


def test_it_counts_once_in_the_month_in_which_the_last_record_falls_due() -> None:
    got = got_of(CASE, ACTION)
    for month in ("2026-08", "2026-09"):
        assert got.counts("trail_complete", month=month) == STILL_RUNNING
    assert got.counts("trail_complete") == COMPLETE
    assert got_of(CASE, ACTION, month="2026-11").counts("trail_complete") == NOTHING_DUE


def test_a_window_that_closes_on_the_last_day_of_the_month_is_due_in_it() -> None:
    # 5 September + 56 days = 31 October; a day later it is November's.
    last = {**ACTION, "due_on": "2026-09-05", "completed_on": "2026-09-05"}
    assert got_of(CASE, last).counts("trail_complete") == COMPLETE
    later = {**last, "completed_on": "2026-09-06"}
    assert got_of(CASE, later).counts("trail_complete") == STILL_RUNNING


def test_tier_2_has_six_weeks_and_not_eight() -> None:
    # 10 August + 42 days = 21 September; a re-check on the 28th is still September's.
    got = got_of(CASE, ACTION, tier="2", shared_on="2026-09-21")
    assert got.counts("trail_complete", month="2026-09") == COMPLETE
    assert got.counts("trail_complete") == NOTHING_DUE


def test_a_late_review_does_not_break_the_whole_if_it_came_before_the_end() -> None:
    # Due on 10 August, done on 20 September; the whole trail falls due in October.
    assert got_of(CASE, ACTION, reviewed_on="2026-09-20").counts("trail_complete") == COMPLETE


def test_a_record_of_november_does_not_complete_october() -> None:
    late = got_of(CASE, ACTION, shared_on="2026-11-01", month="2026-11")
    assert late.counts("trail_complete", month="2026-10") == BROKEN
    assert got_of(CASE, ACTION, shared_on="2026-10-31").counts("trail_complete") == COMPLETE


def test_tier_0_needs_the_first_and_the_last_and_falls_due_with_triage() -> None:
    assert got_of(NEAR_MISS).counts("trail_complete") == COMPLETE
    assert got_of(NEAR_MISS, shared_on=None).counts("trail_complete") == BROKEN
    assert got_of(NEAR_MISS, occurred_at="2026-10-31 10:00").counts("trail_complete") == (
        STILL_RUNNING
    )


def test_what_a_later_file_adds_does_not_complete_an_earlier_month() -> None:
    # The plan update has no date of its own: it is known from November's file on.
    november = {**CASE, "snapshot": "2026-11"}
    october = {**CASE, "plan_updated": None, "snapshot": "2026-10"}
    got = measured("2026-11", incidents=[october, november], actions=[ACTION])
    assert got.counts("trail_complete", month="2026-10") == BROKEN


def test_without_a_case_nothing_falls_due() -> None:
    one = got_of(NEAR_MISS, month="2026-11").row("trail_complete")
    assert (one.value, one.why_blank) == (None, "nothing fell due")


def test_services_and_all() -> None:
    got = measured(
        incidents=[CASE, NEAR_MISS, {**NEAR_MISS, "service": "Elm", "summary": None}],
        actions=[ACTION],
    )
    assert got.counts("trail_complete", "Oak") == (2, 2, 0, 0)
    assert got.counts("trail_complete", "Elm") == BROKEN
    assert got.counts("trail_complete") == (2, 3, 1, 0)
