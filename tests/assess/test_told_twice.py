"""Incidents that two sheets may both tell of are counted, and pointed out."""

from __future__ import annotations

from typing import Any

from tests.builders import Row, judged

FALL = "2026-09-10 14:05"


def row(sheet: str, **facts: Any) -> Row:
    """A row of the file called so; two files stand for two registers."""
    return {
        "snapshot": sheet, "service": "Oak", "occurred_at": FALL, "person_affected": "P. Madeup",
        **facts,
    }  # fmt: skip


def notes(*rows: Row) -> list[tuple[str, str]]:
    findings = judged("2026-10", incidents=list(rows)).findings
    return [(str(one.place), one.problem) for one in findings if one.code == "told-twice"]


def test_the_same_day_and_person_on_two_sheets_is_pointed_out_and_counted_twice() -> None:
    rows = (row("2026-09", ref="F1"), row("2026-10", ref="17", person_affected="p. madeup"))
    assert notes(*rows) == [
        (
            'incidents 2026-10.xlsx, sheet "Log", row 3',
            'This may be the same incident as incidents 2026-09.xlsx, sheet "Log", row 2: '
            "same day, same person. Both are counted.",
        )
    ]
    assert len(judged("2026-10", incidents=list(rows)).frames["cases"]) == 2


def test_many_are_one_note() -> None:
    people = ("Ann Example", "Ben Invented", "Cy Fictive")
    rows = [row(sheet, person_affected=name) for sheet in ("2026-09", "2026-10") for name in people]
    ((_, problem),) = notes(*rows)
    assert "So may 2 other rows here. Both are counted." in problem


def test_a_time_that_one_of_them_lacks_is_no_difference() -> None:
    assert len(notes(row("2026-09"), row("2026-10", occurred_at="2026-09-10"))) == 1


def test_what_tells_them_apart() -> None:
    first = row("2026-09")
    assert notes(first, row("2026-10", occurred_at="2026-09-10 16:00")) == []  # another time
    assert notes(first, row("2026-10", occurred_at="2026-09-11 14:05")) == []  # another day
    assert notes(first, row("2026-10", person_affected="I. Fictive")) == []
    assert notes(first, row("2026-10", service="Elm")) == []
    assert notes(first, row("2026-09")) == []  # one sheet: two incidents of one day
    nobody = {"person_affected": "Carer"}  # a role names nobody
    assert notes(row("2026-09", **nobody), row("2026-10", **nobody)) == []


def test_one_reference_makes_them_one_case_and_no_note() -> None:
    assert notes(row("2026-09", ref="F1"), row("2026-10", ref="F1")) == []
