"""What a sheet calls itself helps to tell which log it is; its columns have the last word."""

from __future__ import annotations

import pytest
from grids import understood

# Read by its columns alone this is an incident log: a date, a person, an account, what was done.
AMBIGUOUS = "No | Title | Description | Tenant | Status | Date raised | Date resolved"
ROW = "1 | Leak | He slipped where the tap drips | Percy Madeup | Open | 3/3/2026 | 9/3/2026"


def test_columns_alone_decide_where_a_sheet_has_no_name_of_its_own() -> None:
    assert understood(AMBIGUOUS, ROW, ROW, file="export.csv", sheet=None).log == "incidents"


@pytest.mark.parametrize(
    ("file", "sheet", "titles"),
    [
        ("export.xlsx", "Complaints", []),
        ("export.xlsx", "Sheet1", ["Register of complaints 2026"]),
        ("tenant_complaints.csv", None, []),
    ],
    ids=["its sheet's name", "its title", "its file's name"],
)
def test_a_name_tells_which_log_it_is(file: str, sheet: str | None, titles: list[str]) -> None:
    got = understood(*titles, AMBIGUOUS, ROW, ROW, file=file, sheet=sheet)
    assert (got.log, got.field_of("Date raised")) == ("feedback", "received_on")


def test_the_sheets_own_name_goes_before_its_files() -> None:
    got = understood(AMBIGUOUS, ROW, ROW, file="Complaints.xlsx", sheet="Incidents")
    assert got.log == "incidents"


def test_an_instruction_above_the_header_is_no_name() -> None:
    told = "Please use this sheet for complaints of tenants only, and ring the office on the day."
    assert understood(told, AMBIGUOUS, ROW, file="a.xlsx", sheet="Sheet1").log == "incidents"


def test_a_name_makes_no_log_of_columns_that_are_none() -> None:
    got = understood("Training register", "Name | DBS number | Issue date", "P M | 12 | 3/3/2026")
    assert got.log is None


def test_a_name_outweighs_no_column_that_speaks_against_the_log() -> None:
    # A row is a member of staff who came, not a session.
    headers = "Staff member | Training topic | Date | Duration | Competency"
    row = "Ann Example | Fire | 3/3/2026 | 30 | Competent"
    assert understood(headers, row, row, file="staff_training_log.csv", sheet=None).log is None


def test_a_name_makes_up_for_columns_that_other_logs_have_too() -> None:
    headers = "Staff name | Role | Date | Actions agreed"
    row = "Ann Example | Carer | 3/3/2026 | Read the fall policy again"
    assert understood(headers, row, row, file="a.xlsx", sheet="Sheet1").log != "supervisions"
    got = understood("Supervision tracker", headers, row, row, file="a.xlsx", sheet="Sheet1")
    assert (got.log, got.field_of("Date")) == ("supervisions", "held_on")


# Under the log's name the only column of sentences, dates or results is what the log needs.
UNKNOWN = "Card no | Date received | Home | Wording"
CARD = ["7 | 3/3/2026 | Alder House | You made his last summer a happy one"] * 3


def test_the_only_sentences_under_the_logs_name_are_its_account() -> None:
    got = understood(UNKNOWN, *CARD, file="a.xlsx", sheet="Compliments")
    assert (got.log, got.field_of("Wording")) == ("feedback", "summary")
    assert understood(UNKNOWN, *CARD, file="a.xlsx", sheet="Sheet1").log is None


def test_one_of_two_columns_of_sentences_is_not_guessed() -> None:
    two = [f"{row} | The whole family says thank you" for row in CARD]
    got = understood(f"{UNKNOWN} | Postscript", *two, file="a.xlsx", sheet="Compliments")
    assert got.log is None


def test_remarks_are_no_account() -> None:
    header = UNKNOWN.replace("Wording", "Other remarks")
    assert understood(header, *CARD, file="a.xlsx", sheet="Compliments").log is None


def test_the_only_dates_under_the_logs_name_date_it() -> None:
    header = "Complaint no | Nature of complaint | Zorp"
    row = "C-1 | Laundry | 3/3/2026"
    got = understood(header, row, row, row, file="a.xlsx", sheet="Complaints")
    assert (got.log, got.field_of("Zorp")) == ("feedback", "received_on")
    assert understood(header, row, row, row, file="a.xlsx", sheet="Sheet1").log is None


def test_the_only_results_under_the_logs_name_are_its_results() -> None:
    header = "Date of observation | Carer observed | Zorp"
    rows = [f"3/3/2026 | Ann Example | {word}" for word in ("Pass", "Fail", "Partly met")]
    got = understood(header, *rows, file="a.xlsx", sheet="Observations")
    assert (got.log, got.field_of("Zorp")) == ("observations", "result")
