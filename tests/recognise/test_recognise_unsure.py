"""Columns that are unsure by their headers, and two facts in one column: what the cells decide."""

from __future__ import annotations

import pytest
from grids import Row, understood

START = "Ref | Date of incident | Category | Severity"


def test_a_sure_header_whose_field_went_to_another_column_is_asked() -> None:
    got = understood(
        "Ref | Date of incident | Category | Incident type | Severity",
        "1 | 3/10/2026 | Falls | Slip | Low",
    )
    assert got.field_of("Category") == "category"
    assert got.field_of("Incident type") is None
    assert "category" in got.asked["Incident type"]


def test_of_two_columns_with_one_header_the_cells_decide() -> None:
    got = understood(
        "Ref | Date of incident | Category | Closed | Closed",
        "1 | 3/10/2026 | Falls | soon, says Ann | 9/10/2026",
        "2 | 4/10/2026 | Falls | no, says Ann | 10/10/2026",
    )
    assert got.fields["E"] == "closed_on"
    assert got.told("closed_on") == ["2026-10-09", "2026-10-10"]


def test_one_word_over_and_over_among_dates_contradicts_nothing() -> None:
    tbd = [f"{at} | 3/10/2026 | Falls | Low | TBD" for at in range(2, 9)]
    got = understood(f"{START} | Date closed", "1 | 3/10/2026 | Falls | Low | 9/10/2026", *tbd)
    assert got.field_of("Date closed") == "closed_on"
    assert got.told("closed_on")[0] == "2026-10-09"


def test_a_sure_header_without_its_bracket_beats_an_unsure_one_with_it() -> None:
    got = understood(
        "Date received | Complaint or compliment | Date acknowledged (within 3 days)",
        "3/10/2026 | Complaint | 5/10/2026",
    )
    assert got.field_of("Date acknowledged (within 3 days)") == "acknowledged_on"


def test_the_only_column_of_sentences_is_the_main_text() -> None:
    header = "Ref | Description | Owner | Due date | Priority"
    row = "1 | {} | Ann Example | 3/10/2026 | High"
    told = understood(header, row.format("Lay mats in the wet hall"))
    assert told.field_of("Description") == "action"
    word = understood(header, row.format("Mats"))
    assert word.asked["Description"] == ("action",)


def test_the_first_column_is_the_reference_if_its_cells_are_ids() -> None:
    header = "CI No | Date of incident | Category"
    ids = understood(header, "CI/26/001 | 3/10/2026 | Falls", "CI/26/002 | 4/10/2026 | Falls")
    assert ids.told("ref") == ["CI/26/001", "CI/26/002"]
    rooms = understood(header, "12 | 3/10/2026 | Falls", "12 | 4/10/2026 | Falls")
    assert "ref" not in rooms.table.data


def test_a_column_called_incident_is_the_summary_or_the_category() -> None:
    header = "Ref | Date | Location | Incident"
    long = understood(
        header, "1 | 3/10/2026 | Hall | He fell on the wet floor",
        "2 | 4/10/2026 | Hall | She fell from her chair",
    )  # fmt: skip
    assert (long.log, long.field_of("Incident")) == ("incidents", "summary")
    short = understood(
        header, "1 | 3/10/2026 | Hall | Fall", "2 | 4/10/2026 | Hall | Burn",
        "3 | 5/10/2026 | Hall | Fall",
    )  # fmt: skip
    assert (short.log, short.field_of("Incident")) == ("incidents", "category")


def test_an_unsure_text_is_not_taken_for_want_of_another_reading() -> None:
    """Any text could be a priority; the cells say nothing for it."""
    got = understood(
        "Action | Owner | Due date | Status | Review status",
        "Lay mats | Ann Example | 3/10/2026 | Open | Amber",
        "Dry floors | Ann Example | 4/10/2026 | Open | Green",
    )
    assert got.field_of("Review status") is None


@pytest.mark.parametrize(
    "header, field",
    [
        ("INC REF", "ref"), ("IncidentID", "ref"), ("Reference number", "ref"),
        ("Incident desc", "summary"), ("Date rptd", "reported_at"), ("Lessons learnt", "lesson"),
        ("Accident type", "category"),
    ],
)  # fmt: skip
def test_short_forms_and_words_that_are_the_same(header: str, field: str) -> None:
    cell = "4/10/2026" if field == "reported_at" else "A-7"
    got = understood(
        f"Date of incident | Severity | Theme | {header}", f"3/10/2026 | Low | Wet floors | {cell}"
    )
    assert got.column(header).field == field


def test_a_person_may_go_by_a_number() -> None:
    got = understood(f"{START} | Resident", ["1", "3/10/2026", "Falls", "Low", 10023],
                     ["2", "3/10/2026", "Falls", "Low", 10024])  # fmt: skip
    assert got.field_of("Resident") == "person_affected"


FACTS = "Ref | Date of incident | Category | Status / Date closed"


@pytest.mark.parametrize(
    "cell",
    ["Closed; {n}/11/2026", "Closed - {n}/11/2026", "Closed\n{n}/11/2026", "{n}/11/2026, closed"],
)
def test_two_facts_in_one_column_are_split_where_every_cell_parts(cell: str) -> None:
    rows: list[Row] = [[str(n), "3/10/2026", "Falls", cell.format(n=n)] for n in range(1, 5)]
    got = understood(FACTS, *rows)
    assert got.told("status") == ["closed"] * 4
    assert got.told("closed_on") == [f"2026-11-0{n}" for n in range(1, 5)]
    assert got.table.letters["status"] == got.table.letters["closed_on"] == "D"
    assert [one.field for one in got.table.columns if one.letter == "D"] == [
        got.column("Status / Date closed").field,
        "closed_on" if got.column("Status / Date closed").field == "status" else "status",
    ]


@pytest.mark.parametrize("last", ["Closed", "9/11/2026", "Closed; soon", "Open; shut; 9/11/2026"])
def test_two_facts_in_one_column_are_asked_where_one_cell_does_not_part(last: str) -> None:
    rows: list[Row] = [[str(n), "3/10/2026", "Falls", f"Closed; {n}/11/2026"] for n in range(1, 5)]
    got = understood(FACTS, *rows, ["5", "3/10/2026", "Falls", last])
    assert got.asked == {"Status / Date closed": ("status", "closed_on")}
    assert not {"status", "closed_on"} & set(got.table.data)


def test_two_texts_in_one_column_are_never_split() -> None:
    """Nothing tells which of them is which."""
    rows = [f"{n} | 3/10/2026 | Falls | Wet floor; dry it" for n in range(1, 5)]
    got = understood("Ref | Date of incident | Category | Root cause / Lesson", *rows)
    assert got.asked == {"Root cause / Lesson": ("cause", "lesson")}
