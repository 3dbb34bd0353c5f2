"""Changes: what a later file says otherwise is listed, and noted where a figure hangs on it."""

from __future__ import annotations

from typing import Any

from learnpipe.ground.tables import Judged
from tests.builders import Row, judged


def signal(snapshot: str, ref: str = "1", **facts: Any) -> Row:
    return {"ref": ref, "snapshot": snapshot, "occurred_at": "2026-09-10 10:00", **facts}


def as_at_november(*rows: Row) -> Judged:
    return judged("2026-11", incidents=list(rows))


def changes(one: Judged) -> list[tuple[Any, ...]]:
    """Ref, field, what it said and says, and the rows of both."""
    table = one.frames["changes"]
    names = ["ref", "field", "said", "now", "said_source", "said_row", "source", "row"]
    return [tuple(row) for row in table[names].to_numpy().tolist()]


def test_every_changed_field_is_listed_with_both_places():
    one = as_at_november(
        signal("2026-09", severity="low", status="open"),
        signal("2026-10", severity="moderate", status="open"),
        signal("2026-11", severity="moderate", status="closed"),
    )

    assert changes(one) == [
        ("1", "severity", "low", "moderate", 0, 2, 1, 3),
        ("1", "status", "open", "closed", 1, 3, 2, 4),
    ]


def test_a_change_is_found_over_a_file_that_does_not_tell():
    one = as_at_november(
        signal("2026-09", tier="1"), signal("2026-10"), signal("2026-11", tier="2")
    )

    assert ("1", "tier", "1", "2", 0, 2, 2, 4) in changes(one)


def test_what_is_told_for_the_first_time_is_no_change():
    one = as_at_november(signal("2026-09"), signal("2026-10", triaged_at="2026-09-10 12:00"))

    assert changes(one) == []


def test_stories_and_people_are_listed_without_what_was_said():
    one = as_at_november(
        signal("2026-09", summary="Ann Example fell", reported_by="Bob Madeup"),
        signal("2026-10", summary="Ann Example slipped", reported_by="Cy Invented"),
    )

    assert [change[1:4] for change in changes(one)] == [
        ("reported_by", None, None),
        ("summary", None, None),
    ]
    assert one.findings == ()


def test_other_blanks_and_capitals_in_a_story_are_no_change():
    one = as_at_november(
        signal("2026-09", summary="Fell  by the bed"), signal("2026-10", summary="fell by the bed")
    )

    assert changes(one) == []


def test_a_field_that_changed_is_one_note_for_all_its_cases():
    one = as_at_november(
        signal("2026-09", "1", severity="low"), signal("2026-09", "2", severity="low"),
        signal("2026-10", "1", severity="moderate"), signal("2026-10", "2", severity="severe"),
    )  # fmt: skip
    (note,) = one.findings

    assert (note.code, note.severity, note.place.row) == ("changed-between-files", "note", 4)
    assert note.problem == (
        'Severity (physical harm) is "moderate" here, but "low" in incidents 2026-09.xlsx, '
        'sheet "Log", cell G2; such changes are in 2 records of the incident log.'
    )


def test_a_date_put_right_is_a_note_with_the_dates_day_first():
    one = as_at_november(signal("2026-09"), signal("2026-10", occurred_at="2026-09-09 08:30"))
    (note,) = one.findings

    assert "is 09/09/2026 08:30 here, but 10/09/2026 10:00 in" in note.problem
    assert "for earlier months too" in note.fix


def test_a_status_that_moves_on_is_no_note_but_one_that_opens_again_is():
    moved_on = as_at_november(signal("2026-09", status="open"), signal("2026-10", status="closed"))
    opened_again = as_at_november(
        signal("2026-09", status="closed"), signal("2026-10", status="open")
    )

    assert [note.code for note in moved_on.findings] == []
    assert [note.code for note in opened_again.findings] == ["changed-between-files"]


def test_a_cell_that_was_emptied_is_noted_and_what_it_said_still_counts():
    one = as_at_november(signal("2026-09", severity="severe"), signal("2026-10"))

    assert one.frames["cases"]["severity"].tolist() == ["severe"]
    assert changes(one) == [("1", "severity", "severe", None, 0, 2, 1, 3)]
    assert [note.code for note in one.findings] == ["emptied-between-files"]
