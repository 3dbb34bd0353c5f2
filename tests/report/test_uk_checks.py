"""UK checks, complaints, micro-tests and changes between files, as sheets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from told import Told, told

from learnpipe.report.shapes import Sheet
from learnpipe.report.sheets.case_lists import change_rows, complaint_rows, micro_test_rows
from learnpipe.report.sheets.cqc import cqc_rows
from learnpipe.report.sheets.uk_checks import uk_rows
from tests.builders import Row

SIGNAL: Row = {"ref": "I1", "occurred_at": "2026-10-05 10:00", "severity": "low", "tier": "1"}


def table(sheet: Sheet) -> list[dict[str, Any]]:
    titles = [column.title for column in sheet.columns]
    return [dict(zip(titles, row, strict=True)) for row in sheet.rows]


def uk(*incidents: Row, nations: dict[str, str] | None = None, **logs: list[Row]) -> Sheet:
    got = told("2026-10", nations=nations, incidents=[{**SIGNAL, **row} for row in incidents],
               **logs)  # fmt: skip
    return uk_rows(got.facts, got.sources)


@pytest.mark.parametrize(
    ("row", "due", "state", "days"),
    [
        # 5 October and 10 days: the 15th.
        ({"riddor": "yes", "riddor_kind": "specified injury", "riddor_on": "2026-10-15"},
         dt.date(2026, 10, 15), "in time", 10),
        ({"riddor": "yes", "riddor_kind": "specified injury", "riddor_on": "2026-10-16"},
         dt.date(2026, 10, 15), "late", 11),
        # 5 October and 15 days: the 20th.
        ({"riddor": "yes", "riddor_kind": "over-seven-day"}, dt.date(2026, 10, 20),
         "not shown by the log", None),
        ({"riddor": "yes", "riddor_kind": "over-seven-day", "occurred_at": "2026-10-25 10:00"},
         dt.date(2026, 11, 9), "not yet due", None),
    ],
)  # fmt: skip
def test_riddor_has_its_last_day(row: Row, due: dt.date, state: str, days: int | None) -> None:
    (found,) = table(uk(row))
    assert (found["Due"], found["State"], found["Days taken"]) == (due, state, days)
    assert found["Rule"] == "RIDDOR 2013"


def test_late_ones_are_counted() -> None:
    late = {"riddor": "yes", "riddor_kind": "specified injury", "riddor_on": "2026-10-20"}
    sheet = uk(late, {**late, "ref": "I2", "riddor_on": None})
    assert "RIDDOR 2 steps, 1 late, 1 not shown by the log" in sheet.intro


def test_cqc_has_no_number_of_hours_and_says_so() -> None:
    rows = table(uk({"severity": "severe", "tier": "3", "notified_on": "2026-10-07",
                     "candour_applies": "no"}))  # fmt: skip
    (cqc,) = [row for row in rows if row["Rule"].startswith("CQC")]
    assert (cqc["State"], cqc["Days taken"]) == ("by the review", 2)
    assert cqc["Note"] == "the law names no day: due with the review"


def test_what_has_no_day_of_the_laws_is_called_neither_in_time_nor_late() -> None:
    # The review of tier 2 from Monday 5 October has 5 working days: to Monday 12 October.
    sheet = uk({"severity": "moderate", "tier": "2", "candour_applies": "yes",
                "candour_told_on": "2026-10-06", "candour_apology_on": "2026-10-06",
                "candour_written_on": "2026-10-14"})  # fmt: skip
    assert [row["State"] for row in table(sheet)] == [
        "by the review", "by the review", "after the review",
    ]  # fmt: skip
    assert "candour 3 steps, 1 after the review, 0 not shown by the log" in sheet.intro


def test_a_safeguarding_concern_step_by_step() -> None:
    concern = {"signal": "safeguarding concern", "tier": "3", "safeguarding_on": "2026-10-06",
               "safeguarding_outcome": "Substantiated", "notified_on": "2026-10-06"}  # fmt: skip
    action = {"incident_ref": "I1", "action": "New lock", "raised_on": "2026-10-06"}
    rows = [row for row in table(uk(concern, actions=[action])) if "Care Act" in row["Rule"]]
    assert [(row["What is owed"], row["State"], row["Note"]) for row in rows] == [
        ("Concern raised", "shown", None),
        ("Council's enquiry", "not shown by the log", None),
        ("Outcome", "shown", "Substantiated"),
        ("Learning action, verified", "action linked, not verified", None),
    ]


@pytest.mark.parametrize(
    ("verified", "state", "day"),
    [
        ([None, None], "action linked, not verified", None),
        (["2026-10-20", None], "1 of 2 actions verified", None),
        # The second was verified in November, after the month's end.
        (["2026-10-20", "2026-11-02"], "1 of 2 actions verified", None),
        (["2026-10-20", "2026-10-30"], "verified", dt.date(2026, 10, 30)),
    ],
)
def test_a_learning_action_is_verified_when_all_of_them_are(
    verified: list[str | None], state: str, day: dt.date | None
) -> None:
    concern = {"signal": "safeguarding concern", "tier": "3"}
    actions: list[Row] = [
        {"ref": f"A{n}", "incident_ref": "I1", "action": "New lock", "raised_on": "2026-10-06",
         "completed_on": "2026-10-10", "verified_on": on, "verify_by": on and "sampling"}
        for n, on in enumerate(verified)
    ]  # fmt: skip
    *_, last = [row for row in table(uk(concern, actions=actions)) if "Care Act" in row["Rule"]]
    assert (last["What is owed"], last["State"], last["Done"]) == (
        "Learning action, verified", state, day,
    )  # fmt: skip


def test_other_nations_are_not_judged() -> None:
    sheet = uk({"severity": "severe", "tier": "3"}, nations={"Oak": "Scotland"})
    assert sheet.rows == ()
    assert "candour and safeguarding laws of Scotland are not judged" in sheet.intro


def test_the_care_act_is_englands() -> None:
    concern = {"signal": "safeguarding concern", "tier": "3"}
    assert {row["Rule"] for row in table(uk(concern, nations={"Oak": "Wales"}))} == {
        "Safeguarding (law of Wales, not judged)"
    }


def test_nothing_owed_is_said() -> None:
    assert uk(SIGNAL).empty.startswith("No notification, candour or safeguarding step is owed")


# Complaints


def complaints(*feedback: Row) -> Sheet:
    got = told("2026-10", incidents=[SIGNAL], feedback=list(feedback))
    return complaint_rows(got.facts, got.sources)


def test_complaints_of_twelve_months_with_their_clocks() -> None:
    # Received on Monday 5 October: to acknowledge by Thursday 8, to answer by 2 November.
    (row,) = table(complaints(
        {"ref": "C1", "kind": "complaint", "received_on": "2026-10-05",
         "acknowledged_on": "2026-10-09", "outcome": "upheld"},
        {"ref": "C2", "kind": "complaint", "received_on": "2025-10-31"},
        {"ref": "C3", "kind": "compliment", "received_on": "2026-10-05"},
    ))  # fmt: skip
    assert (row["Ref"], row["Acknowledged in time"], row["Responded in time"]) == (
        "C1", "late", "not yet due",
    )  # fmt: skip


def test_an_acknowledgement_nobody_wrote_down_is_not_called_undone() -> None:
    (row,) = table(complaints({"ref": "C1", "kind": "complaint", "received_on": "2026-10-05"}))
    assert row["Acknowledged in time"] == "not shown by the log"


def test_an_answer_of_the_next_month_is_not_known_yet() -> None:
    sheet = complaints({
        "ref": "C1", "kind": "complaint", "received_on": "2026-10-30",
        "acknowledged_on": "2026-11-02", "responded_on": "2026-11-04", "outcome": "upheld",
        "satisfied": "yes",
    })  # fmt: skip
    (row,) = table(sheet)
    told = [row[name] for name in ("Acknowledged", "Responded", "Outcome", "Satisfied")]
    assert told == [None, None, None, None]
    assert "1 without an outcome yet" in sheet.intro


def test_the_outcomes_add_up_to_the_complaints_with_those_still_without() -> None:
    outcomes = ("upheld", "upheld", "not upheld", None)  # 2 + 1 + 1 = 4
    sheet = complaints(*(
        {"ref": f"C{n}", "kind": "complaint", "received_on": "2026-10-05", "outcome": outcome}
        for n, outcome in enumerate(outcomes)
    ))  # fmt: skip
    assert sheet.intro.startswith(
        "4 complaints received in the last 12 months (1 not upheld; 2 upheld; 1 without an outcome "
        "yet). CQC may ask for this summary, to be sent within 28 days"
    )


def test_cqc_asks_for_the_complaints_of_england_only() -> None:
    rows = [{"ref": "C1", "kind": "complaint", "received_on": "2026-10-05", "service": name}
            for name in ("Oak", "Elm")]  # fmt: skip

    def intro(**nations: str) -> str:
        signals = [{**SIGNAL, "service": name} for name in ("Oak", "Elm")]
        got = told("2026-10", nations=nations, incidents=signals, feedback=rows)
        return complaint_rows(got.facts, got.sources).intro

    assert "CQC may ask for this summary, to be sent" in intro()
    assert "CQC may ask the services in England for this summary" in intro(Elm="Scotland")
    assert "CQC" not in intro(Oak="Wales", Elm="Scotland")


def test_a_missing_log_is_not_a_quiet_year() -> None:
    got = told("2026-10", incidents=[SIGNAL])
    assert complaint_rows(got.facts, got.sources).empty == "No feedback log supplied."
    assert complaints({"kind": "compliment", "received_on": "2026-10-05"}).empty == (
        "No complaint was received in the last 12 months."
    )
    assert micro_test_rows(got.facts, got.sources).empty == "No micro-test log supplied."


# Micro-tests


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({"ends_on": "2026-11-03"}, "running"),
        ({"ends_on": "2026-10-20"}, "due to stop: no decision yet"),
        # Extended by two weeks: from 20 September to 4 October, from 20 October to 3 November.
        ({"ends_on": "2026-09-20", "decision": "extended"}, "due to stop: extended, and over"),
        ({"ends_on": "2026-10-20", "decision": "extended"}, "running"),
        ({"ends_on": "2026-10-20", "decision": "stopped"}, "stopped"),
        ({"ends_on": "2026-10-20", "decision": "adopted"}, "adopted"),
    ],
)
def test_a_micro_test_with_its_stop_rule(row: Row, state: str) -> None:
    test = {"ref": "T1", "started_on": "2026-10-06", "stop_rule": "Two falls", **row}
    got = told("2026-10", incidents=[SIGNAL], micro_tests=[test])
    (found,) = table(micro_test_rows(got.facts, got.sources))
    assert (found["State"], found["Stop rule"]) == (state, "Two falls")


# Changes between files


def changed(first: Row, then: Row) -> Sheet:
    got: Told = told("2026-10", incidents=[
        {**SIGNAL, **first, "snapshot": "2026-09"}, {**SIGNAL, **then, "snapshot": "2026-10"},
    ])  # fmt: skip
    return change_rows(got.facts, got.sources)


def test_a_change_stands_with_both_places() -> None:
    (row,) = table(changed({"severity": "moderate"}, {"severity": "low"}))
    assert (row["Field"], row["Said"], row["Says now"]) == (
        "Severity (physical harm)", "moderate", "low",
    )  # fmt: skip
    assert row["Where it said so"].startswith("incidents 2026-09.xlsx")
    assert row["Where it says so now"].startswith("incidents 2026-10.xlsx")


def test_what_people_s_fields_and_stories_said_is_not_shown() -> None:
    sheet = changed({"reviewed_by": "Ann Lee", "summary": "Ann fell"},
                    {"reviewed_by": "Bo Day", "summary": "Bo fell"})  # fmt: skip
    assert {row["Field"] for row in table(sheet)} == {"Reviewed by", "What happened"}
    assert "Ann" not in str(sheet.rows) and "Bo" not in str(sheet.rows)


def test_no_change_is_said() -> None:
    sheet = changed({}, {})
    assert sheet.rows == () and sheet.empty.startswith("No record stands in more than one file")


# The regulator's framework


def test_each_statement_has_its_figures_and_sheets() -> None:
    got = told("2026-10", incidents=[SIGNAL])
    rows = table(cqc_rows(got.facts))
    speaking = {(row["Statement"], row["Figure"]) for row in rows}
    assert ("Learning culture", "Incidents and near misses") in speaking
    (row,) = [row for row in rows if row["Figure"] == "Complaints"]
    assert (row["This month"], row["Why blank"]) == (None, "no feedback log supplied")
