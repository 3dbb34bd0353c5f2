"""Real spreadsheets, as their README describes them. They are no part of the project."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from grids import Got, knowledge

from learnpipe.read.workbooks import read_grids
from learnpipe.recognise import recognise

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "real_logs"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real logs are not here")


@cache
def sheets(name: str) -> tuple[Got, ...]:
    """The sheets of a file as they are understood without settings."""
    grids = read_grids(FOLDER / name, name)
    return tuple(Got(recognise(grid, knowledge(), {})) for grid in grids)


def test_abuse_records_of_care_homes() -> None:
    (got,) = (one for one in sheets("oregon-care-home-abuse-records.xlsx") if one.log)
    assert (got.log, got.header_row, got.counts) == ("incidents", 4, (8352, 0, 0))
    assert got.field_of("Abuse_Number") == "ref"
    assert got.field_of("Incident Date") == "occurred_at"
    assert got.field_of("Date Received") == "reported_at"
    assert got.field_of("Type Of Abuse") == "category"
    # Severity 0 to 4: asked which end is worse, once; 12, 20 and 21 are slips of the pen.
    assert [code for _, field, code in got.unread if field == "severity"] == [
        "severity-direction", *["not-on-list"] * 5
    ]  # fmt: skip
    # The letters a, A and L are no yes or no.
    assert "safeguarding" not in got.table.data
    assert None not in got.told("occurred_at")
    assert len(set(got.told("ref"))) == 8352  # one a person and allegation, told apart by a letter


def test_a_look_up_list_is_no_log() -> None:
    assert [one.log for one in sheets("oregon-outcome-codes.xlsx")] == [None]


def test_one_column_of_ids_is_no_log_and_its_first_id_no_header() -> None:
    (got,) = sheets("oregon-one-column-no-header.xlsx")
    assert (got.log, got.header_row) == (None, None)


def test_a_risk_register_under_two_keys_is_no_log() -> None:
    found = sheets("risk-register-header-row-19.xlsx")
    assert [one.log for one in found] == [None] * len(found)
    assert (found[0].header_row, found[0].table.why) == (
        19, "looks like a risk register, which is no log of ours",
    )  # fmt: skip


def test_work_orders_under_seventeen_labels_are_no_log() -> None:
    found = sheets("report-export-header-row-19.xls")
    assert [one.log for one in found] == [None] * len(found)
    assert found[0].header_row == 19


def test_issues_with_dates_that_are_none() -> None:
    got = sheets("issues-yes-no-spellings.xlsx")[0]
    assert (got.log, got.header_row, got.field_of("Status ".strip())) == ("actions", 1, "status")
    due = {row: code for row, field, code in got.unread if field == "due_on"}
    assert set(due.values()) == {"not-a-date", "year-from-sheet"}  # TBD, 9-Nove-07; 13-Sep
    assert len(due) + sum(day is not None for day in got.told("due_on")) <= 13


def test_industrial_accidents_in_text() -> None:
    (got,) = sheets("industrial-accidents.csv")
    assert (got.log, got.header_row, got.counts) == ("incidents", 1, (425, 0, 0))
    assert got.field_of("Data") == "occurred_at"  # dd-mm-yyyy 00:00
    assert got.unread == []
    first, last = min(got.told("occurred_at")), max(got.told("occurred_at"))
    assert dt.date.fromisoformat(first) < dt.date.fromisoformat(last)
    # Roman numerals are no severity: asked, not guessed.
    assert got.field_of("Accident Level") is None
