"""The same case: which rows of a log stand for one incident, however many sheets tell of it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tests.builders import Row, judged

SEPTEMBER_10, SEPTEMBER_20 = "2026-09-10 10:00", "2026-09-20 10:00"


def row(ref: str | None = "1", snapshot: str | None = None, **facts: Any) -> Row:
    return {"ref": ref, "snapshot": snapshot, **facts}


def cases(*rows: Row, month: str = "2026-10") -> list[tuple[Any, ...]]:
    """Summary, category and day of each case, as at the month's end."""
    told = judged(month, incidents=list(rows)).frames["cases"]
    days = [None if day is pd.NaT else f"{day:%d/%m}" for day in told["day"]]
    return list(zip(told["summary"], told["category"], days, strict=True))


def found(*rows: Row, log: str = "incidents", month: str = "2026-10") -> list[tuple[str, str]]:
    """Code and cell of each finding of judging."""
    one = judged(month, **{log: list(rows)})
    return [(finding.code, finding.place.cell) for finding in one.findings]


def test_an_undated_row_of_another_kind_is_another_incident():
    rows = [
        row(summary="Fell by the bed", category="Falls", occurred_at=SEPTEMBER_10),
        row(summary="Wrong dose", category="Medication"),
    ]

    assert cases(*rows) == [
        ("Fell by the bed", "Falls", "10/09"), ("Wrong dose", "Medication", None),
    ]  # fmt: skip
    assert found(*rows) == [("ref-used-twice", "A2")]
    (finding,) = judged("2026-10", incidents=rows).findings
    assert finding.problem == (
        'This reference also stands for another record (incidents all.xlsx, sheet "Log", row 3); '
        "each is counted."
    )


def test_without_any_kind_an_undated_row_in_other_words_is_another_incident_of_its_sheet():
    first = row(summary="Fell by the bed", occurred_at=SEPTEMBER_10)

    assert found(first, row(summary="Wrong dose")) == [("ref-used-twice", "A2")]
    # In a later file the same incident may be told in other words.
    assert (
        len(cases({**first, "snapshot": "2026-09"}, row(snapshot="2026-10", summary="Fell"))) == 1
    )


def test_an_undated_row_in_another_months_file_is_another_incident_when_all_it_tells_differs():
    assert cases(
        row(snapshot="2026-09", summary="Fell", category="Falls", occurred_at=SEPTEMBER_10),
        row(snapshot="2026-10", summary="Wrong dose", category="Medication"),
    ) == [("Fell", "Falls", "10/09"), ("Wrong dose", "Medication", None)]


def test_a_date_that_is_told_a_month_later_is_no_other_incident():
    assert cases(
        row(snapshot="2026-09", summary="Fell", category="Falls"),
        row(snapshot="2026-10", summary="Fell, bruise to arm", category="Falls",
            occurred_at=SEPTEMBER_10),
    ) == [("Fell, bruise to arm", "Falls", "10/09")]  # fmt: skip


def test_people_of_one_incident_are_told_of_in_words_of_their_own():
    # The date stands on the first of the rows only, the kind on both.
    rows = [
        row(summary="Pushed a neighbour", category="Aggression", occurred_at=SEPTEMBER_10),
        row(summary="Was pushed", category="Aggression"),
    ]

    assert cases(*rows) == [("Pushed a neighbour", "Aggression", "10/09")]
    assert found(*rows) == []


def test_a_date_and_words_that_come_a_month_later_are_no_other_incident():
    assert cases(
        row(snapshot="2026-09", occurred_at=SEPTEMBER_10),
        row(snapshot="2026-10", occurred_at="2026-09-09 10:00", summary="Fell"),
    ) == [("Fell", None, "09/09")]


def test_of_a_ref_used_twice_an_undated_row_belongs_to_the_incident_with_its_words():
    # September's file has both incidents, October's lost one of the dates.
    assert cases(
        row(snapshot="2026-09", summary="Fell", category="Falls", occurred_at=SEPTEMBER_10),
        row(snapshot="2026-09", summary="Wrong dose", category="Medication",
            occurred_at=SEPTEMBER_20),
        row(snapshot="2026-10", summary="Wrong dose", category="Medication"),
    ) == [("Fell", "Falls", "10/09"), ("Wrong dose", "Medication", "20/09")]  # fmt: skip


def test_of_a_ref_used_twice_a_row_without_date_and_words_belongs_to_the_row_above():
    rows = [
        row(summary="Fell", occurred_at=SEPTEMBER_10, person_affected="A"),
        row(person_affected="B"),
        row(summary="Wrong dose", occurred_at=SEPTEMBER_20, person_affected="C"),
        row(person_affected="D"),
    ]

    assert [told[0] for told in cases(*rows)] == ["Fell", "Wrong dose"]


def test_actions_of_one_plan_number_are_actions_each():
    # An action plan that numbers its incidents: two actions, neither of them lost.
    rows = [
        {"ref": "7", "action": "Fit a rail", "raised_on": "2026-10-02", "owner": "A"},
        {"ref": "7", "action": "Check the lights", "raised_on": "2026-10-02", "owner": "B"},
    ]
    told = judged("2026-10", actions=rows).frames["actions"]

    assert told["action"].tolist() == ["Fit a rail", "Check the lights"]
    assert found(*rows, log="actions") == [("ref-used-twice", "A2")]


def test_one_action_with_a_row_for_each_owner_is_one_action():
    rows = [
        {"ref": "7", "action": "Fit a rail", "raised_on": "2026-10-02", "owner": owner}
        for owner in ("A", "B")
    ]
    assert len(judged("2026-10", actions=rows).frames["actions"]) == 1


def test_many_re_used_refs_of_a_sheet_are_pointed_out_together():
    rows = [
        row(str(ref), occurred_at=moment)
        for ref in range(6)
        for moment in (SEPTEMBER_10, SEPTEMBER_20)
    ]
    one = judged("2026-09", incidents=rows)

    assert [finding.place.cell for finding in one.findings] == ["A2"]
    assert one.findings[0].problem == (
        'This reference also stands for another record (incidents all.xlsx, sheet "Log", row 3), '
        "and so do 5 other references here; each is counted."
    )
    assert len(one.frames["cases"]) == 12


def test_of_the_rows_of_one_case_the_worse_harm_counts_and_is_pointed_out():
    rows = [
        row(occurred_at=SEPTEMBER_10, severity="low", person_affected="A"),
        row(occurred_at=SEPTEMBER_10, severity="severe", person_affected="B"),
        row(occurred_at=SEPTEMBER_10, person_affected="C"),
    ]
    one = judged("2026-09", incidents=rows)

    assert one.frames["cases"]["severity"].tolist() == ["severe"]
    assert one.frames["cases"]["expected_tier"].tolist() == [3]
    assert [(f.code, f.severity, f.place.row) for f in one.findings] == [
        ("rows-disagree", "note", 3)
    ]


def test_a_duty_that_one_row_of_a_case_names_is_owed():
    rows = [
        row(occurred_at=SEPTEMBER_10, safeguarding="no", tier="1"),
        row(occurred_at=SEPTEMBER_10, safeguarding="yes", tier="3"),
    ]
    told = judged("2026-09", incidents=rows).frames["cases"]

    assert (told["safeguarding"].tolist(), told["recorded_tier"].tolist()) == (["yes"], [3])


def test_what_the_first_row_of_a_case_lacks_comes_from_the_rows_after_it():
    rows = [
        row(occurred_at=SEPTEMBER_10, cause="Wet floor"),
        row(triaged_at="2026-09-10 12:00", cause="Loose mat", lesson="Dry the floor"),
    ]
    told = judged("2026-09", incidents=rows).frames["cases"].iloc[0]

    assert (str(told["triaged_at"]), told["cause"], told["lesson"]) == (
        "2026-09-10 12:00:00", "Wet floor", "Dry the floor",
    )  # fmt: skip
