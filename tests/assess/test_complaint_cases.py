"""A complaint that names its action is a case: six records, and where its chain first breaks."""

from __future__ import annotations

from typing import Any

import pytest

from learnpipe.ground.calendar import month_text
from learnpipe.ground.terms import MET
from tests.builders import Row, judged, measured

# Acknowledged by 6 August (three working days), answered by 31 August (28 days). The action was
# completed on 10 August: its re-check window closes on 5 October (56 days).
COMPLAINT: Row = {
    "ref": "C1", "kind": "complaint", "theme": "Laundry", "summary": "Clothes lost twice",
    "received_on": "2026-08-03", "acknowledged_on": "2026-08-05", "responded_on": "2026-08-20",
    "outcome": "upheld", "action_ref": "A1",
}  # fmt: skip
ACTION: Row = {
    "ref": "A1", "action": "Label every bag", "owner_role": "Housekeeper", "status": "closed",
    "raised_on": "2026-08-04", "due_on": "2026-08-10", "completed_on": "2026-08-10",
    "plan_updated": "Laundry procedure rewritten", "learning_note": "Bags are labelled",
    "verify_by": "sampling", "verification_result": "passed", "verified_on": "2026-09-28",
}  # fmt: skip
INCIDENT: Row = {"occurred_at": "2026-08-01 10:00"}  # of unknown tier: it has no trail


def trail_of(complaint: Row | None = None, **action: Any) -> Any:
    frames = judged(
        incidents=[INCIDENT], feedback=[complaint or COMPLAINT], actions=[{**ACTION, **action}]
    ).frames
    return frames["trail"]


def missing(trail: Any) -> list[tuple[str, str]]:
    rows = trail[trail["state"] != MET]
    return list(zip(rows["record"], rows["at_field"], strict=True))


def test_each_record_falls_due_by_the_complaints_clocks() -> None:
    due = {row.record: month_text(row.due_at) for row in trail_of().itertuples()}
    assert due == {
        "incident": "2026-08", "review": "2026-08", "action": "2026-08",
        "plan": "2026-10", "verification": "2026-10", "learning_note": "2026-10",
    }  # fmt: skip
    assert missing(trail_of()) == []


@pytest.mark.parametrize(
    ("cell", "record"),
    [("summary", "incident"), ("acknowledged_on", "incident"), ("responded_on", "review"),
     ("outcome", "review")],
)  # fmt: skip
def test_an_empty_cell_of_the_complaint_breaks_the_chain_there(cell: str, record: str) -> None:
    assert missing(trail_of({**COMPLAINT, cell: None})) == [(record, cell)]


@pytest.mark.parametrize(
    ("cell", "record", "field"),
    [("owner_role", "action", "owner"), ("plan_updated", "plan", "plan_updated"),
     ("verified_on", "verification", "verified_on"),
     ("learning_note", "learning_note", "learning_note")],
)  # fmt: skip
def test_an_empty_cell_of_its_action_breaks_it_too(cell: str, record: str, field: str) -> None:
    assert missing(trail_of(**{cell: None})) == [(record, field)]


def test_an_answer_after_the_month_in_which_it_was_due_is_missing_then() -> None:
    assert missing(trail_of({**COMPLAINT, "responded_on": "2026-09-01"})) == [
        ("review", "responded_on")
    ]


@pytest.mark.parametrize("other", [{"action_ref": None}, {"action_ref": "Z9"},
                                   {"kind": "compliment"}])  # fmt: skip
def test_without_its_action_or_as_a_compliment_it_is_no_case(other: Row) -> None:
    assert trail_of({**COMPLAINT, **other}).empty


def test_it_counts_among_the_cases_and_has_no_tier() -> None:
    got = measured(incidents=[INCIDENT], feedback=[COMPLAINT], actions=[ACTION])
    assert got.counts("trail_complete") == (1, 1, 0, 0)
    assert got.counts("trail.review", month="2026-08") == (1, 1, 0, 0)
    assert got.judged.frames["complaint_cases"]["tier"].tolist() == [-1]


def test_two_complaints_with_one_action_are_two_cases() -> None:
    two = [COMPLAINT, {**COMPLAINT, "ref": "C2", "acknowledged_on": None}]
    got = measured(incidents=[INCIDENT], feedback=two, actions=[ACTION])
    # One of them lacks its acknowledgement: 1 of 2.
    assert got.counts("trail_complete") == (1, 2, 1, 0)
