"""The chase list: who has to do what, by when, and where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from told import told

from learnpipe.report.sheets.chase import chase_rows, owners
from tests.builders import Row

ACTION = {
    "ref": "A1", "incident_ref": "I1", "action": "New mats", "owner": "Ann Lee",
    "raised_on": "2026-09-01",
}  # fmt: skip
SIGNAL = {
    "ref": "I1", "occurred_at": "2026-09-01 10:00", "triaged_at": "2026-09-01 11:00",
    "severity": "low", "reviewed_on": "2026-09-05", "reviewed_by": "Bo Day",
    "reporter_told_on": "2026-09-06",
}  # fmt: skip


def chased(**logs: list[Row]) -> list[dict[str, Any]]:
    facts = told("2026-10", **logs)
    sheet = chase_rows(facts.facts, facts.sources)
    titles = [column.title for column in sheet.columns]
    return [dict(zip(titles, row, strict=True)) for row in sheet.rows]


def what(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["Owner"], row["What"]) for row in rows]


@pytest.mark.parametrize(
    ("action", "expected", "late"),
    [
        # Due 1 October, open at October's end: 31 days on 1 November.
        ({"due_on": "2026-10-01"}, "Overdue", 31),
        ({"due_on": "2026-11-15"}, "Due before the meeting", None),
        # Completed 1 July, window of 8 weeks closed on 26 August: 67 days.
        ({"raised_on": "2026-06-01", "completed_on": "2026-07-01"}, "Closed but not verified", 67),
        # Completed 15 September: its window closes on 10 November, before the 15th.
        ({"completed_on": "2026-09-15"}, "Verification due before the meeting", None),
        # The provider's own day comes before the window's last: 20 October has passed.
        ({"completed_on": "2026-09-30", "verify_due_on": "2026-10-20"},
         "Verification due before the meeting", 12),
    ],
)  # fmt: skip
def test_an_action_is_chased_with_its_day(action: Row, expected: str, late: int | None) -> None:
    (row,) = chased(incidents=[SIGNAL], actions=[{**ACTION, **action}])
    assert (row["Owner"], row["What"], row["Days late"]) == ("Ann Lee", expected, late)


@pytest.mark.parametrize(
    ("escalation", "said"),
    [
        ({}, None),
        ({"escalated_to": "Operations manager"}, "yes"),
        ({"escalated_on": "2026-10-31"}, "yes"),
        # Escalated after the month's end: not yet in October, as the measure counts it too.
        ({"escalated_to": "Operations manager", "escalated_on": "2026-11-02"}, None),
    ],
)
def test_an_escalation_counts_when_it_was_made_by_the_month_s_end(
    escalation: Row, said: str | None
) -> None:
    action = {**ACTION, "due_on": "2026-10-01", **escalation}
    (row,) = chased(incidents=[SIGNAL], actions=[action])
    assert (row["What"], row["Escalated"]) == ("Overdue", said)


@pytest.mark.parametrize(
    "action",
    [
        {"due_on": "2026-11-16"},  # the day after the meeting
        {"due_on": "2026-10-01", "status": "cancelled"},
        {"due_on": "2026-10-01", "completed_on": "2026-10-31"},
        {"completed_on": "2026-09-15", "verify_by": "observation", "verified_on": "2026-10-20"},
    ],
)
def test_what_needs_nobody_is_not_chased(action: Row) -> None:
    assert chased(incidents=[SIGNAL], actions=[{**ACTION, **action}]) == []


def test_joint_owners_have_a_row_each_and_nobody_s_come_last() -> None:
    joint = {**ACTION, "owner": "Cy Fox / Ann Lee", "due_on": "2026-10-01"}
    nobody = {**ACTION, "ref": "A2", "owner": "n/a", "due_on": "2026-10-02"}
    role = {**ACTION, "ref": "A3", "owner": None, "owner_role": "Deputy", "due_on": "2026-10-03"}
    rows = chased(incidents=[SIGNAL], actions=[nobody, joint, role])
    assert [row["Owner"] for row in rows] == ["Ann Lee", "Cy Fox", "Deputy", "owner not stated"]


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Ann Lee/Bo Day", ["Ann Lee", "Bo Day"]),
        ("Ann Lee & Bo Day", ["Ann Lee", "Bo Day"]),
        ("Ann Lee and Bo Day", ["Ann Lee", "Bo Day"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Sandy Anderson", ["Sandy Anderson"]),
        ("N/A", [None]),
    ],
)
def test_owners_of_a_cell(cell: str, named: list[str | None]) -> None:
    assert owners(cell, ["n/a"]) == named


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"reviewed_on": None}, "Review not recorded"),
        ({"triaged_at": None}, "Triage not recorded"),
        ({"reporter_told_on": None}, "No record that the reporter was told"),
        # Told on 2 November: not told at October's end.
        ({"reporter_told_on": "2026-11-02"}, "No record that the reporter was told"),
        ({"candour_applies": "yes", "candour_told_on": "2026-09-02",
          "candour_apology_on": "2026-09-02"}, "Candour: follow up in writing"),
        # Harm enough to tell CQC, all else done; notified on 2 November: not by October's end.
        ({"signal": "safeguarding concern", "multi_agency_on": "2026-09-05",
          "debriefed_on": "2026-09-05", "notified_on": "2026-11-02"}, "Notification owed: CQC"),
        ({"riddor": "yes"}, "Notification owed: RIDDOR (kind of RIDDOR report not known)"),
    ],
)  # fmt: skip
def test_a_duty_of_an_incident_is_chased_until_it_is_done(changed: Row, expected: str) -> None:
    rows = chased(incidents=[{**SIGNAL, **changed}], actions=[ACTION])
    assert what(rows) == [("Bo Day", expected)]


def test_a_duty_of_long_ago_is_chased_no_more_but_what_is_owed_is() -> None:
    # Both fell due in May, more than three months before October's end.
    old = {**SIGNAL, "occurred_at": "2026-05-01 10:00", "triaged_at": "2026-05-01 11:00",
           "reviewed_on": None, "candour_applies": "yes", "candour_told_on": "2026-05-02",
           "candour_apology_on": "2026-05-02", "reporter_told_on": "2026-05-02"}  # fmt: skip
    action = {**ACTION, "raised_on": "2026-05-02"}
    rows = chased(incidents=[old], actions=[action])
    assert what(rows) == [("Bo Day", "Candour: follow up in writing")]


def test_severe_harm_with_candour_blank_is_a_question() -> None:
    severe = {**SIGNAL, "severity": "severe", "reviewed_on": "2026-09-05",
              "multi_agency_on": "2026-09-05", "debriefed_on": "2026-09-05",
              "notified_on": "2026-09-02"}  # fmt: skip
    rows = chased(incidents=[severe])
    assert what(rows) == [("Bo Day", "Does the duty of candour apply?")]
    assert rows[0]["Where"].startswith('incidents all.xlsx, sheet "Log", cell')


def test_the_meeting_is_a_setting() -> None:
    got = told("2026-10", incidents=[SIGNAL], actions=[{**ACTION, "due_on": "2026-11-20"}])
    later = replace(got.facts.settings, next_meeting=dt.date(2026, 11, 30))
    assert chase_rows(got.facts, got.sources).rows == ()
    assert len(chase_rows(replace(got.facts, settings=later), got.sources).rows) == 1


def test_nothing_to_chase_is_said() -> None:
    got = told("2026-10", incidents=[SIGNAL])
    sheet = chase_rows(got.facts, got.sources)
    assert sheet.rows == ()
    assert sheet.empty == "Nothing is overdue, owed or due before the next meeting."


def test_the_open_steps_of_candour_stand_in_one_row() -> None:
    rows = chased(incidents=[{**SIGNAL, "candour_applies": "yes"}], actions=[ACTION])
    assert what(rows) == [("Bo Day", "Candour: tell the person, apologise, follow up in writing")]


def test_a_systemic_theme_is_named_though_its_case_is_an_incident_s() -> None:
    # The third fall within 90 days at a third service: systemic on 3 August; 20 working days: 1
    # September. The provider's own case of tier 4 for it, of 5 October, bears the reference.
    falls: list[Row] = [
        {"ref": f"{service}{at}", "service": service, "occurred_at": f"{day} 10:00",
         "theme": "Falls at night", "severity": "low", "tier": "1"}
        for service, days in {
            "Ash": ("2026-07-06", "2026-07-13", "2026-07-20"),
            "Beech": ("2026-07-13", "2026-07-20", "2026-07-27"),
            "Cedar": ("2026-07-20", "2026-07-27", "2026-08-03"),
        }.items()
        for at, day in enumerate(days)
    ]  # fmt: skip
    own: Row = {**falls[0], "ref": "A9", "occurred_at": "2026-10-05 10:00", "tier": "4"}
    named = "Systemic theme Falls at night: no governance oversight recorded (A9)"
    assert (named, "2026-09-01") in [
        (row["What"], str(row["Due"])) for row in chased(incidents=[*falls, own])
    ]
    plain = "Systemic theme: no governance oversight recorded (SYS-2026-08 Falls at night)"
    assert plain in [row["What"] for row in chased(incidents=falls)]
