"""Tier compliance: each duty of each tier, its clock, and its state when it falls due."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Got, Row, judged, measured, with_standards

MET, LATE, NOTHING_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING = (0, 0, 0, 1)
NO_ROW = (None, None, None, None)
START = "2026-10-01 10:00"  # a Thursday


def got_of(
    tier: str | None, *actions: Row, month: str = "2026-10",
    nations: dict[str, str] | None = None, **more: Any,
) -> Got:  # fmt: skip
    row = {"ref": "1", "occurred_at": START, "tier": tier, **more}
    return measured(month, nations, incidents=[row], actions=list(actions))


@pytest.mark.parametrize(
    ("tier", "asked"),
    [
        ("0", ["shared"]),
        ("1", ["micro_action", "reviewed"]),
        ("2", ["debriefed", "reviewed", "signed_off"]),
        ("3", ["debriefed", "multi_agency", "reviewed"]),
        ("4", ["cross_site_audit", "debriefed", "governance", "reviewed", "service_wide_plan",
               "training_refresh", "verified"]),
    ],
)  # fmt: skip
def test_what_each_tier_asks_beside_triage_and_word_to_the_reporter(
    tier: str, asked: list[str]
) -> None:
    row = {"occurred_at": START, "tier": tier, "theme": "Falls"}
    frame = judged(incidents=[row], actions=[], training=[]).frames["duties"]
    assert sorted(frame["duty"]) == sorted([*asked, "reporter_told", "triaged"])


def test_a_duty_that_no_tier_asks_for_is_no_row_and_no_zero() -> None:
    assert got_of("1").counts("tier_1.signed_off") == NO_ROW
    assert got_of("1").row("tier_1.signed_off").value is None


def test_an_unknown_tier_is_in_no_tiers_row_but_still_triaged() -> None:
    got = got_of(None, triaged_at="2026-10-01 11:00")
    assert [got.counts(f"tier_{tier}.triaged") for tier in range(5)] == [NO_ROW] * 5
    assert got.counts("triaged_in_time") == MET


def test_the_expected_tier_stands_in_where_none_is_recorded() -> None:
    got = got_of(None, severity="moderate", reviewed_on="2026-10-08")
    assert got.counts("tier_2.reviewed") == MET
    assert not got.judged.frames["duties"]["tier_is_recorded"].any()


@pytest.mark.parametrize(
    ("tier", "last_day", "too_late"),
    [
        ("1", "2026-10-08", "2026-10-09"),  # 7 days
        ("2", "2026-10-08", "2026-10-09"),  # 5 working days
        ("3", "2026-10-29", "2026-10-30"),  # 20 working days
        ("4", "2026-10-29", "2026-10-30"),
    ],
)
def test_the_review_by_the_tiers_clock(tier: str, last_day: str, too_late: str) -> None:
    assert got_of(tier, reviewed_on=last_day).counts(f"tier_{tier}.reviewed") == MET
    assert got_of(tier, reviewed_on=too_late).counts(f"tier_{tier}.reviewed") == LATE
    assert got_of(tier).counts(f"tier_{tier}.reviewed") == NOTHING_SHOWN


@pytest.mark.parametrize(
    ("tier", "duty", "field"),
    [
        ("2", "signed_off", "signed_off_on"),
        ("2", "debriefed", "debriefed_on"),
        ("3", "debriefed", "debriefed_on"),
        ("3", "multi_agency", "multi_agency_on"),
        ("4", "debriefed", "debriefed_on"),
    ],
)
def test_duties_without_a_clock_of_their_own_fall_due_with_the_review(
    tier: str, duty: str, field: str
) -> None:
    last_day, too_late = ("08", "09") if tier == "2" else ("29", "30")
    key = f"tier_{tier}.{duty}"
    assert got_of(tier, **{field: f"2026-10-{last_day}"}).counts(key) == MET
    assert got_of(tier, **{field: f"2026-10-{too_late}"}).counts(key) == LATE
    assert got_of(tier).counts(key) == NOTHING_SHOWN


def test_working_days_leave_out_the_bank_holidays_of_the_nation() -> None:
    # St Andrew's Day, 30 November, is a holiday in Scotland only.
    start = {"occurred_at": "2026-11-26 10:00", "reviewed_on": "2026-12-04", "month": "2026-12"}
    # Thursday 26 November: 27, 30, 1, 2, 3 December; in Scotland 27, 1, 2, 3, 4 December.
    assert got_of("2", **start).counts("tier_2.reviewed") == LATE
    assert got_of("2", nations={"Oak": "Scotland"}, **start).counts("tier_2.reviewed") == MET


def test_a_near_miss_is_shared_in_the_huddle_within_24_hours() -> None:
    # The log gives the day only: the same or the next day.
    assert got_of("0", shared_on="2026-10-02").counts("tier_0.shared") == MET
    assert got_of("0", shared_on="2026-10-03").counts("tier_0.shared") == LATE
    assert got_of("0").counts("tier_0.shared") == NOTHING_SHOWN


def test_triage_is_judged_to_the_minute_in_every_tier() -> None:
    for tier in "01234":
        key = f"tier_{tier}.triaged"
        assert got_of(tier, triaged_at="2026-10-02 10:00").counts(key) == MET
        assert got_of(tier, triaged_at="2026-10-02 10:01").counts(key) == LATE


def test_it_is_marked_where_24_hours_were_judged_by_day() -> None:
    frames = [
        judged(incidents=[{"occurred_at": START, "triaged_at": done}]).frames["duties"]
        for done in ("2026-10-02", "2026-10-02 09:00")
    ]
    assert [bool(frame["by_day"].iloc[0]) for frame in frames] == [True, False]


def micro(raised_on: str | None, **more: Any) -> Row:
    return {"ref": "A1", "incident_ref": "1", "action": "Move the rug", "raised_on": raised_on,
            "owner_role": "Carer", **more}  # fmt: skip


def test_tier_1_has_a_micro_action_within_seven_days() -> None:
    assert got_of("1", micro("2026-10-08")).counts("tier_1.micro_action") == MET
    assert got_of("1", micro("2026-10-09")).counts("tier_1.micro_action") == LATE
    assert got_of("1").counts("tier_1.micro_action") == NOTHING_SHOWN


def test_the_first_of_several_actions_is_the_micro_action() -> None:
    later = micro("2026-10-20", ref="A2")
    assert got_of("1", later, micro("2026-10-02")).counts("tier_1.micro_action") == MET


def test_an_action_of_another_incident_does_not_count() -> None:
    other = micro("2026-10-02", incident_ref="99")
    assert got_of("1", other).counts("tier_1.micro_action") == NOTHING_SHOWN


CANDOUR = {
    "candour_applies": "yes", "candour_told_on": "2026-10-02", "candour_apology_on": "2026-10-02",
    "candour_written_on": "2026-10-29",
}  # fmt: skip


def test_candour_is_told_apologised_and_written_by_the_day_of_the_review() -> None:
    assert got_of("3", **CANDOUR).counts("tier_3.candour") == MET
    late = {**CANDOUR, "candour_written_on": "2026-10-30"}
    assert got_of("3", **late).counts("tier_3.candour") == LATE


def test_candour_with_one_step_missing_is_not_done() -> None:
    for step in ("candour_told_on", "candour_apology_on", "candour_written_on"):
        assert got_of("3", **{**CANDOUR, step: None}).counts("tier_3.candour") == NOTHING_SHOWN


def test_candour_is_never_due_unless_the_log_says_that_it_applies() -> None:
    for says in ("no", None):
        fatal = {**CANDOUR, "candour_applies": says, "severity": "fatal"}
        assert got_of("3", **fatal).counts("tier_3.candour") == NO_ROW


def test_one_date_for_all_of_candour_stands_for_each_step() -> None:
    whole = {"candour_applies": "yes", "candour_on": "2026-10-29"}
    assert got_of("3", **whole).counts("tier_3.candour") == MET
    # Where one step has a date of its own, the others need theirs.
    one_step = {**whole, "candour_told_on": "2026-10-02"}
    assert got_of("3", **one_step).counts("tier_3.candour") == NOTHING_SHOWN


def test_candour_of_another_nation_is_not_judged() -> None:
    got = got_of("3", nations={"Oak": "Scotland"}, **CANDOUR)
    assert got.counts("tier_3.candour") == NO_ROW


def done(completed_on: str, verified_on: str | None, **more: Any) -> Row:
    return micro("2026-08-01", completed_on=completed_on, verified_on=verified_on,
                 verify_by="re-audit", **more)  # fmt: skip


def test_tier_2_is_verified_when_six_weeks_have_passed() -> None:
    # 4 September + 42 days = 16 October.
    assert got_of("2", done("2026-09-04", "2026-10-16")).counts("tier_2.verified") == MET
    assert got_of("2", done("2026-09-04", None)).counts("tier_2.verified") == NOTHING_SHOWN
    # 20 September + 42 days = 1 November.
    assert got_of("2", done("2026-09-20", None)).counts("tier_2.verified") == STILL_RUNNING


@pytest.mark.parametrize("tier", ["0", "1", "3", "4"])
def test_every_other_tier_is_verified_when_eight_weeks_have_passed(tier: str) -> None:
    # 4 September + 56 days = 30 October; 7 September + 56 days = 2 November.
    key = f"tier_{tier}.verified"
    assert got_of(tier, done("2026-09-04", "2026-10-30")).counts(key) == MET
    assert got_of(tier, done("2026-09-07", None)).counts(key) == STILL_RUNNING


def test_done_before_its_month_counts_in_the_month_it_falls_due() -> None:
    # Tier 3 of 20 October: 20 working days end on 17 November.
    got = got_of("3", occurred_at="2026-10-20 10:00", reviewed_on="2026-10-21", month="2026-11")
    assert got.counts("tier_3.reviewed", month="2026-10") == STILL_RUNNING
    assert got.counts("tier_3.reviewed") == MET


def test_a_duty_of_an_earlier_month_stays_there() -> None:
    got = got_of("1", occurred_at="2026-09-01 10:00", reviewed_on="2026-10-05")
    assert got.counts("tier_1.reviewed", month="2026-09") == LATE
    assert got.counts("tier_1.reviewed") == (0, 0, 0, 0)


def test_days_are_a_setting() -> None:
    row = {"occurred_at": START, "tier": "3", "reviewed_on": "2026-10-16"}
    quick = with_standards(tier_3_review_working_days=10)  # 15 October
    assert measured(schemas=quick, incidents=[row]).counts("tier_3.reviewed") == LATE


def test_services_and_all() -> None:
    row = {"occurred_at": START, "tier": "2"}
    got = measured(
        incidents=[{**row, "signed_off_on": "2026-10-05"}, {**row, "service": "Elm"}, row]
    )
    assert got.counts("tier_2.signed_off", "Oak") == (1, 2, 1, 0)
    assert got.counts("tier_2.signed_off", "Elm") == NOTHING_SHOWN
    assert got.counts("tier_2.signed_off") == (1, 3, 2, 0)


def test_a_tier_lowered_later_does_not_let_its_review_escape() -> None:
    """Tier 3 in September (due in October), tier 1 in October's file: due 7 days after, long ago.

    Its clock has run out already when the tier is lowered: it counts then, in October, once.
    """
    got = measured(
        "2026-10",
        incidents=[
            {"ref": "1", "occurred_at": "2026-09-20 10:00", "tier": "3", "snapshot": "2026-09"},
            {"ref": "1", "occurred_at": "2026-09-20 10:00", "tier": "1", "snapshot": "2026-10"},
        ],
    )
    assert [got.counts("reviewed_in_time", month=m)[1] for m in ("2026-09", "2026-10")] == [0, 1]


def test_a_tier_raised_later_does_not_count_its_review_twice() -> None:
    """Tier 1 in September (due on the 8th), tier 3 in October's file (due in October): once."""
    got = measured(
        "2026-10",
        incidents=[
            {"ref": "1", "occurred_at": "2026-09-01 10:00", "tier": "1", "snapshot": "2026-09"},
            {"ref": "1", "occurred_at": "2026-09-01 10:00", "tier": "3", "snapshot": "2026-10"},
        ],
    )
    assert [got.counts("reviewed_in_time", month=m)[1] for m in ("2026-09", "2026-10")] == [1, 0]
