"""Systemic themes: the tier 4 case that they open, its reference, its duties and their clocks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET
from tests.builders import Row, judged, measured

MONDAYS = ("2026-07-06", "2026-07-13", "2026-07-20")
# The third fall in 90 days: at Ash on 20 July, at Beech on 27 July, at Cedar on 3 August.
START = {"Ash": 0, "Beech": 7, "Cedar": 14}
OPENED = "2026-08-03"
# 20 working days from Monday 3 August: 31 August is a bank holiday in England, so 1 September.
REVIEW_DUE = "2026-09-01"
# Without a plan the re-check counts from the review: 1 September + 56 days = 27 October.
RECHECK_DUE = "2026-10-27"


def falls(service: str, later: int = 0, theme: str = "Falls at night", **more: Any) -> list[Row]:
    days = pd.to_datetime(list(MONDAYS)) + pd.Timedelta(days=START.get(service, 0) + later)
    return [
        {"service": service, "occurred_at": f"{day:%Y-%m-%d} 10:00", "theme": theme, **more}
        for day in days
    ]


def everywhere() -> list[Row]:
    return [row for service in START for row in falls(service)]


def cases(*rows: list[Row], month: str = "2026-10", **logs: list[Row]) -> pd.DataFrame:
    given = [row for part in rows for row in part] if rows else everywhere()
    return judged(month, incidents=given, **logs).frames["systemic"]


def duties(month: str = "2026-10", more: list[Row] | None = None, **logs: list[Row]) -> Any:
    """The systemic duties by name: the day due, and the state then."""
    logs = {"actions": [], "training": [], **logs}
    frame = judged(month, incidents=[*everywhere(), *(more or [])], **logs).frames["duties"]
    own = frame[frame["version"] < 0]
    return {row.duty: (f"{row.due_on:%Y-%m-%d}", row.state) for row in own.itertuples()}


def test_it_opens_at_the_third_service_with_the_day_of_its_signal() -> None:
    got = cases()
    assert got["ref"].tolist() == ["SYS-2026-08 Falls at night"]
    assert (str(got["opened_on"][0])[:10], got["service"][0]) == (OPENED, "Cedar")


def test_it_stays_systemic_while_three_services_repeat() -> None:
    # Ash's last repeat is of 20 July and stands for 90 days: to 17 October.
    assert str(cases()["until_on"][0])[:10] == "2026-10-17"


def test_two_services_or_a_theme_that_only_comes_up_are_not_systemic() -> None:
    assert cases(falls("Ash"), falls("Beech")).empty
    assert cases(falls("Ash"), falls("Beech"), falls("Cedar")[:2]).empty


def test_services_that_repeat_one_after_the_other_are_not_systemic_at_once() -> None:
    # Cedar begins 90 days after the last repeat at Ash: Ash stands no longer.
    assert cases(falls("Ash"), falls("Beech"), falls("Cedar", later=76)).empty
    assert len(cases(falls("Ash"), falls("Beech"), falls("Cedar", later=75))) == 1


def test_again_within_ninety_days_is_the_same_case_and_later_another() -> None:
    # It stops on 17 October; the third service repeats anew on 4 January (79 days), 1 March.
    soon = [row for name in START for row in falls(name, later=154)]
    late = [row for name in START for row in falls(name, later=210)]
    assert len(cases(everywhere(), soon, month="2027-03")) == 1
    found = cases(everywhere(), late, month="2027-03")["ref"].tolist()
    assert found == ["SYS-2026-08 Falls at night", "SYS-2027-03 Falls at night"]


def test_the_incidents_keep_their_own_tier() -> None:
    tiers = judged(incidents=[{**row, "severity": "low"} for row in everywhere()])
    # The first two at each service are tier 1, the third repeats: tier 2.
    assert sorted(tiers.frames["incidents"]["tier"]) == [1] * 6 + [2] * 3


def test_what_it_asks_and_by_when() -> None:
    assert duties() == {
        "reviewed": (REVIEW_DUE, NO_EVIDENCE),
        "service_wide_plan": (REVIEW_DUE, NO_EVIDENCE),
        "training_refresh": (REVIEW_DUE, NO_EVIDENCE),
        "governance": (REVIEW_DUE, NO_EVIDENCE),
        "cross_site_audit": (RECHECK_DUE, NO_EVIDENCE),
        "verified": (RECHECK_DUE, NO_EVIDENCE),
    }


def plan(**more: Any) -> Row:
    return {
        "ref": "P1", "service": "Ash", "theme": "falls at night", "action": "Night lights",
        "scope": "service-wide", "raised_on": "2026-08-10", "due_on": "2026-09-07",
        "owner_role": "Quality lead", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raised", "state"),
    [
        ("2026-05-04", NO_EVIDENCE),  # 91 days before it became systemic
        ("2026-05-05", MET),  # 90
        ("2026-09-01", MET),
        ("2026-09-02", NOT_MET),
    ],
)
def test_the_service_wide_plan_is_raised_by_the_day_of_the_review(raised: str, state: int) -> None:
    got = duties(actions=[plan(raised_on=raised)])
    assert got["service_wide_plan"] == (REVIEW_DUE, state)


def test_an_action_for_one_service_or_another_theme_is_no_plan() -> None:
    for other in ({"scope": "this service"}, {"theme": "Medicines"}, {"status": "cancelled"}):
        assert duties(actions=[plan(**other)])["service_wide_plan"][1] == NO_EVIDENCE


def test_training_for_the_theme_at_any_service_refreshes_it() -> None:
    session = {"service": "Beech", "theme": "Falls at night", "delivered_on": "2026-09-01"}
    assert duties(training=[session])["training_refresh"][1] == MET
    late = {**session, "delivered_on": "2026-09-02"}
    assert duties(training=[late])["training_refresh"][1] == NOT_MET
    assert duties(training=[{**session, "theme": "Skin"}])["training_refresh"][1] == NO_EVIDENCE


def test_a_review_by_the_service_wide_route_is_its_review_and_its_sign_off_the_oversight() -> None:
    review = falls("Ash")[0] | {
        "occurred_at": "2026-08-04 10:00", "review_route": "service-wide plan",
        "reviewed_on": "2026-08-31", "signed_off_on": "2026-09-02",
    }  # fmt: skip
    got = duties(more=[review])
    assert (got["reviewed"][1], got["governance"][1]) == (MET, NOT_MET)


def test_an_escalated_plan_shows_governance_oversight() -> None:
    assert duties(actions=[plan(escalated_on="2026-08-20")])["governance"][1] == MET


def test_the_plan_is_verified_within_eight_weeks_of_its_completion() -> None:
    # Completed on 31 August + 56 days = 26 October.
    done = plan(completed_on="2026-08-31", verify_by="sampling", verified_on="2026-10-31")
    assert duties(actions=[done])["verified"] == ("2026-10-26", MET)
    late = {**done, "verified_on": "2026-11-01"}
    assert duties("2026-11", actions=[late])["verified"] == ("2026-10-26", NOT_MET)
    # A second action of the plan, not verified, leaves it open; due on 7 September + 56 days.
    two = duties(actions=[done, plan(ref="P2")])
    assert two["verified"] == ("2026-11-02", NO_EVIDENCE)


def test_a_re_audit_across_sites_or_at_two_services_is_cross_site() -> None:
    audit = plan(
        completed_on="2026-08-31",
        verify_by="re-audit",
        verified_on="2026-10-20",
        scope="cross-site",
    )
    assert duties(actions=[audit])["cross_site_audit"] == ("2026-10-26", MET)
    here = {**audit, "scope": "this service"}
    assert duties(actions=[here])["cross_site_audit"][1] == NO_EVIDENCE
    there = {**here, "ref": "P2", "service": "Beech", "verified_on": "2026-10-28"}
    # No plan: due 27 October. The second service's re-audit is of the 28th.
    assert duties(actions=[here, there])["cross_site_audit"] == (RECHECK_DUE, NOT_MET)


def test_a_tier_4_that_the_provider_logs_is_that_case_and_not_another() -> None:
    logged = {"ref": "C-9", "service": "Cedar", "occurred_at": "2026-08-05 09:00", "tier": "4",
              "theme": "falls at night", "reviewed_on": "2026-08-20"}  # fmt: skip
    got = measured("2026-09", incidents=[*everywhere(), logged], actions=[], training=[])
    assert got.judged.frames["systemic"]["ref"].tolist() == ["C-9"]
    # The log's own row has the review: due 20 working days after 5 August, 3 September.
    assert got.counts("tier_4.reviewed") == (1, 1, 0, 0)
    assert got.counts("tier_4.service_wide_plan") == (0, 1, 1, 0)


def test_a_tier_4_that_no_repeats_explain_is_a_case_all_the_same() -> None:
    logged = {"ref": "C-9", "service": "Cedar", "occurred_at": "2026-08-05 09:00", "tier": "4",
              "theme": "Staffing"}  # fmt: skip
    assert cases([logged])["ref"].tolist() == ["C-9"]


def test_measures_count_it_at_the_service_that_made_it_systemic_and_in_all() -> None:
    got = measured("2026-10", incidents=everywhere(), actions=[], training=[])
    assert got.counts("tier_4.reviewed", month="2026-08") == (0, 0, 0, 1)
    assert got.counts("tier_4.reviewed", month="2026-09") == (0, 1, 1, 0)
    assert got.counts("tier_4.reviewed", "Cedar", "2026-09") == (0, 1, 1, 0)
    assert got.counts("tier_4.reviewed", "Ash", "2026-09") == (0, 0, 0, 0)
    assert got.counts("tier_4.verified") == (0, 1, 1, 0)


def test_what_no_supplied_log_could_show_is_not_judged() -> None:
    got = measured("2026-10", incidents=everywhere())
    assert got.row("tier_4.training_refresh").value is None
    assert got.row("tier_4.service_wide_plan").due is None
    assert got.counts("tier_4.governance", month="2026-09") == (0, 1, 1, 0)
