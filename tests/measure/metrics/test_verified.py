"""Verified: re-audited, sampled or observed, of the actions whose re-check window closed."""

from __future__ import annotations

import pytest

from tests.builders import Got, Row, measured, with_standards

# Eight weeks after Thursday 6 August 2026 is Thursday 1 October; six weeks is 17 September.
DONE = {"raised_on": "2026-08-03", "completed_on": "2026-08-06", "status": "closed"}
CHECKED = {**DONE, "verify_by": "sampling", "verified_on": "2026-09-20"}
SINCE_JULY = [{"occurred_at": "2026-07-03 10:00"}]


def of(*actions: Row, month: str = "2026-10") -> Got:
    return measured(month, incidents=SINCE_JULY, actions=list(actions))


def counts(*actions: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*actions).counts("verified")


@pytest.mark.parametrize("method", ["re-audit", "sampling", "observation"])
def test_the_three_ways_of_verifying_count(method):
    assert counts({**CHECKED, "verify_by": method}) == (1, 1, 0, 0)


def test_another_way_of_checking_does_not():
    assert counts({**CHECKED, "verify_by": "other"})[:2] == (0, 1)


def test_a_check_without_a_date_is_no_evidence():
    assert counts({**CHECKED, "verified_on": None}) == (0, 1, 1, 0)


def test_closed_is_not_verified():
    assert counts(DONE) == (0, 1, 1, 0)


def test_a_check_before_the_window_opened_counts_when_the_window_closes():
    early = {**CHECKED, "verified_on": "2026-08-08"}
    got = of(early)

    assert got.counts("verified", month="2026-08") == (0, 0, 0, 1)
    assert got.counts("verified", month="2026-10") == (1, 1, 0, 0)


def test_a_check_before_the_action_was_completed_verifies_nothing():
    assert counts({**CHECKED, "verified_on": "2026-08-05"})[:2] == (0, 1)


def test_a_check_on_the_day_of_completion_counts():
    morning_after = {**CHECKED, "completed_on": "2026-08-06 15:00", "verified_on": "2026-08-06"}

    assert counts(morning_after) == (1, 1, 0, 0)


def test_a_check_after_the_window_but_by_the_months_end_is_met():
    # "dated by the as-at": the window closed on 1 October, the month ends on the 31st.
    assert counts({**CHECKED, "verified_on": "2026-10-31 23:00"}) == (1, 1, 0, 0)


def test_a_check_after_the_months_end_is_not_met():
    assert counts({**CHECKED, "verified_on": "2026-11-01"}) == (0, 1, 0, 0)


def test_the_date_that_the_log_planned_for_the_check_moves_nothing():
    assert counts({**CHECKED, "verify_due_on": "2026-12-24"}) == (1, 1, 0, 0)


def test_the_result_does_not_matter_here():
    assert counts({**CHECKED, "verification_result": "failed"}) == (1, 1, 0, 0)


def test_the_window_of_eight_weeks_closes_with_its_last_day():
    # 5 September + 56 days = 31 October; 6 September + 56 days = 1 November.
    assert counts({**DONE, "completed_on": "2026-09-05"}) == (0, 1, 1, 0)
    assert counts({**DONE, "completed_on": "2026-09-06"}) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("incident", "month_due"),
    [
        ({"tier": "2"}, "2026-09"),
        ({"severity": "moderate"}, "2026-09"),  # no tier recorded: the expected one
        ({"tier": "3", "severity": "moderate"}, "2026-10"),  # the recorded tier counts
        ({"tier": "1"}, "2026-10"),
        ({"tier": "0"}, "2026-10"),
    ],
)
def test_tier_2_has_six_weeks_and_all_others_eight(incident, month_due):
    got = measured(
        "2026-10",
        incidents=[*SINCE_JULY, {"ref": "I1", "occurred_at": "2026-08-01 10:00", **incident}],
        actions=[{**DONE, "incident_ref": "I1"}],
    )
    due = {month: got.counts("verified", month=month)[1] for month in ("2026-09", "2026-10")}

    assert {month for month, count in due.items() if count} == {month_due}


def test_the_window_is_a_setting():
    got = measured(
        "2026-10",
        schemas=with_standards(recheck_closes_weeks=4),
        incidents=SINCE_JULY,
        actions=[DONE],  # 6 August + 28 days = 3 September
    )

    assert got.counts("verified", month="2026-09")[1] == 1


def test_an_action_that_is_not_completed_is_not_required():
    assert counts({"raised_on": "2026-08-03", "due_on": "2026-08-06"})[:2] in ((0, 0), (None, None))


def test_a_cancelled_action_is_not_required():
    assert counts({**DONE, "status": "cancelled"})[:2] in ((0, 0), (None, None))


def test_an_action_is_not_yet_due_from_its_completion_until_its_window_closes():
    got = of({**DONE, "raised_on": "2026-07-20"})
    months = ("2026-07", "2026-08", "2026-09", "2026-10")

    assert [got.counts("verified", month=month)[3] for month in months] == [0, 1, 1, 0]


def test_all_is_the_sum_of_the_services():
    got = of({**CHECKED, "service": "Oak"}, {**DONE, "service": "Elm"})

    assert got.counts("verified", "Oak") == (1, 1, 0, 0)
    assert got.counts("verified", "Elm") == (0, 1, 1, 0)
    assert got.counts("verified") == (1, 2, 1, 0)


def test_without_an_action_log_it_is_blank_with_the_reason():
    assert measured(incidents=SINCE_JULY).row("verified").why_blank == "no action log supplied"
