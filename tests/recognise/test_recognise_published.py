"""Sheets laid out like the templates that councils, trusts and homes publish."""

from __future__ import annotations

from grids import understood

DAYS = range(1, 5)


def test_a_title_that_is_also_a_header_is_no_part_of_the_first_column() -> None:
    rows = [f"{day}/10/2026 | Niece | Supper came cold again | {day + 5}/10/2026" for day in DAYS]
    header = "Date | Who raised it | You said | Date completed"
    got = understood("You said, we did", header, *rows)
    assert (got.log, got.header_row) == ("feedback", 2)
    assert got.fields == {"A": "received_on", "C": "summary", "D": "closed_on"}


def test_an_action_plan_of_remedial_actions() -> None:
    rows = [
        f"{day} | Door wedged open | Fit a holder to the door of room {day} | Ann Example"
        f" | {day}/10/2026"
        for day in DAYS
    ]
    got = understood(
        "Item | Significant finding | Remedial action required | Person responsible | Target date",
        *rows,
    )
    assert (got.log, got.field_of("Remedial action required")) == ("actions", "action")


def test_of_two_columns_that_may_be_the_action_the_one_of_sentences_is_it() -> None:
    rows = [
        f"Move the chair away from heater {day} | Kettle | High | Open | {day}/10/2026"
        for day in DAYS
    ]
    got = understood("Title | Item | Priority | Status | Due Date", *rows)
    assert got.told("action") == [f"Move the chair away from heater {day}" for day in DAYS]


def test_what_was_done_in_an_hour_is_no_list_of_actions() -> None:
    rows = [f"{day}/10/2026 21:1{day} | Rang the hospital and her mother | Ann Example | No answer"
            for day in DAYS]  # fmt: skip
    got = understood("Actions taken", "Date / time | Action taken | By whom | Outcome", *rows)
    assert got.log is None


def test_an_action_says_what_it_is_to_do() -> None:
    rows = [f"Read the label aloud in room {day} | Ann Example | {day}/10/2026" for day in DAYS]
    got = understood("Action to prevent recurrence | Owner | By when", *rows)
    assert got.told("action")[0] == "Read the label aloud in room 1"


def test_of_two_columns_of_sentences_none_is_taken_for_the_action() -> None:
    rows = [
        f"Move the chair away from heater {day} | It was found too near to it | Open"
        f" | {day}/10/2026"
        for day in DAYS
    ]
    got = understood("Title | Description | Status | Due Date", *rows)
    assert "action" not in got.fields.values()


def test_a_list_much_nearer_to_another_log_is_no_incident_log() -> None:
    # Nobody owns these actions and they have no status: no action log, but still less incidents.
    rows = [
        f"CAPA-{day} | {day}/9/2026 | {day}/10/2026 | {day}/11/2026 | Old machine | Yes"
        " | Label printed again and each box checked"
        for day in DAYS
    ]
    got = understood(
        "capa_id | opened_date | due_date | closed_date | root_cause | effective | description",
        *rows,
        file="capa.csv",
        sheet=None,
    )
    assert got.log is None


def test_hours_are_no_minutes() -> None:
    header = "Date held | Topic | Trainer | Number attended | Length ({})"
    rows = [f"{day}/10/2026 | Falls | Ann Example | 9 | {day / 2}" for day in DAYS]
    assert understood(header.format("mins"), *rows).field_of("Length (mins)") == "minutes"
    assert understood(header.format("hrs"), *rows).field_of("Length (hrs)") is None


def test_a_sampled_case_by_what_was_seen() -> None:
    rows = [f"INC-{day} | {day}/10/2026 | Yes | No" for day in DAYS]
    got = understood(
        "Incident ref | Date sampled | Change seen in care records? | Change seen in practice?",
        *rows,
    )
    assert got.fields == {
        "A": "incident_ref", "B": "sampled_on", "C": "in_records", "D": "in_practice",
    }  # fmt: skip


def test_items_of_minutes_by_whom_and_by_when_are_actions() -> None:
    rows = [f"1.{day % 2} | Move the chair away from the wall | AE | {day}/10/2026 | see email"
            for day in DAYS]  # fmt: skip
    got = understood("Item | Details | By whom | By when | Comments", *rows)
    assert (got.log, got.field_of("By when")) == ("actions", "due_on")


def test_whether_it_is_implemented_is_the_status_of_an_action() -> None:
    rows = [f"Refit the rail on stair {day} | {day}/10/2026 | {'Yes' if day % 2 else 'No'}"
            for day in DAYS]  # fmt: skip
    got = understood("Corrective action | Target date | Implemented", *rows)
    assert (got.log, got.told("status")) == ("actions", ["closed", "open", "closed", "open"])


def test_safe_and_unsafe_acts_are_results_beside_a_behaviour() -> None:
    rows = [f"{day}/10/2026 | Lifting | {'Safe' if day % 2 else 'Unsafe'}" for day in DAYS]
    got = understood("Date | Behaviour | Observed act", *rows, sheet="Observations")
    assert got.told("result") == ["passed", "failed", "passed", "failed"]


def test_a_list_of_audits_is_no_incident_log() -> None:
    rows = [f"AUD-{day} | {day}/10/2026 | Internal | Ann Example | Store | 91 | {day} | Open | Done"
            for day in DAYS]  # fmt: skip
    header = (
        "Audit ID | Date | Type | Auditor | Area | Compliance % | Findings | CAPA Status | Status"
    )
    assert understood(header, *rows, file="list.csv", sheet=None).log is None


def test_requests_for_information_are_no_feedback() -> None:
    rows = [f"FOI-{day} | {day}/10/2026 | Meals | How many suppers were served | {day + 9}/10/2026"
            f" | Full disclosure | None" for day in DAYS]  # fmt: skip
    header = (
        "Reference | Date received | Subject | Request | Date of response | Outcome | Exemption"
    )
    assert understood(header, *rows, file="list.csv", sheet=None).log is None


def test_the_number_of_the_main_task_is_that_of_another_row() -> None:
    rows = [f"{day} | 8 | Wipe the rail on stair {day} | Ann Example | {day}/10/2026 | Open"
            for day in DAYS]  # fmt: skip
    got = understood("ID | Main Task ID | Name | Assigned To | Due Date | Status", *rows)
    assert (got.field_of("ID"), got.field_of("Main Task ID")) == ("ref", None)
