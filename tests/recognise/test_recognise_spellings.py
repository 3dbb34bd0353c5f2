"""Headers as strangers write them: header → field, by log, beside the columns that make the log."""

from __future__ import annotations

import pytest
from grids import Got, cells, understood

# What a log needs in order to be known, and a row of it.
LOGS = {
    "incidents": ("Incident No | Incident Category", "INC-1 | Fall"),
    "actions": ("Action required | Status", "Order a new sensor mat | Open"),
    "feedback": ("Complaint No | Complaint outcome", "C-1 | Upheld"),
    "training": ("Training ref | Micro training topic", "T-1 | Falls"),
    "supervisions": ("Supervisee", "Ann Example"),
    "observations": ("Name of observer", "Ann Example"),
    "activity": ("Name of home", "Alder House"),
}
DATE, NEED = "Date | 03/03/2026", "Date of incident | 03/03/2026"

# log, columns that it needs besides (header | cell), then header | cell | field
SPELLINGS = [
    ("incidents", "", "(D) Date of injury or onset of illness | 3/3/2026 | occurred_at"),
    ("incidents", "", "Date of medication error | 3/3/2026 | occurred_at"),
    ("incidents", "", "When did it happen? | 3/3/2026 | occurred_at"),
    ("incidents", "", "submission_date | 2026-03-03 | reported_at"),
    ("incidents", "", "createdAt | 2026-03-03 | reported_at"),
    ("incidents", NEED, "Name of adult at risk | P M | person_affected"),
    ("incidents", NEED, "Learner_Full_Name | Percy Madeup | person_affected"),
    ("incidents", NEED, "Youth Involved | Percy Madeup | person_affected"),
    ("incidents", NEED, "Detail how incident happened | Slipped in the hall | summary"),
    ("incidents", NEED, "How accident happened | Slipped in the hall | summary"),
    ("incidents", NEED, "Details of error | Tablet left in the pack | summary"),
    ("incidents", NEED, "(E) Where the event occurred (e.g. loading dock) | Hall | location"),
    ("incidents", NEED, "Where accident happened | Hall | location"),
    ("incidents", NEED, "Degree of physical harm | Low physical harm | severity"),
    ("incidents", NEED, "Person completing entry | Ann Example | reported_by"),
    ("incidents", NEED, "S/G | Y | safeguarding"),
    ("incidents", NEED, "Date reported to LA safeguarding | 4/3/2026 | safeguarding_on"),
    ("incidents", NEED, "Date notification submitted | 5/3/2026 | notified_on"),
    ("incidents", NEED, "NOK informed (date) | 3/3/2026 | families_told_on"),
    ("incidents", NEED, "Closed at | 2026-03-30 | closed_on"),
    ("actions", "", "QIP Ref | Q1 | ref"),
    ("actions", "", "Item ID | POA-1 | ref"),
    ("actions", "", "Responsible Party | Ann Example | owner"),
    ("actions", "", "Action / By whom | Ann Example | owner"),
    ("actions", "", "Action / By when | 30/3/2026 | due_on"),
    ("actions", "", "Planned Due Date | 30/3/2026 | due_on"),
    ("actions", "", "Original target date | 30/3/2026 | due_on"),
    ("actions", "", "Date actioned | 20/3/2026 | completed_on"),
    ("actions", "", "Completed At | 2026-03-20 | completed_on"),
    ("actions", "", "Created At | 2026-03-02 | raised_on"),
    ("actions", "", "Date identified | 2/3/2026 | raised_on"),
    ("feedback", "", "submission_date | 2026-03-03 | received_on"),
    ("feedback", "", "Date complaint lodged | 3/3/2026 | received_on"),
    ("feedback", DATE, "Date acknowledged (within 3 days) | 4/3/2026 | acknowledged_on"),
    ("feedback", DATE, "Date responded | 20/3/2026 | responded_on"),
    ("feedback", DATE, "Nature of grievance | Laundry | theme"),
    ("feedback", DATE, "Consumer complaint narrative | A cardigan was lost | summary"),
    ("training", DATE, "Duration (mins) | 15 | minutes"),
    ("training", "Minutes | 15", "Date of toolbox talk | 3/3/2026 | delivered_on"),
    ("supervisions", "Date of 1:1 | 3/3/2026", "Topics discussed | Falls | theme"),
    ("supervisions", "Theme | Falls", "Supervision session date | 3/3/2026 | held_on"),
    ("observations", "Date of spot check | 3/3/2026", "Competent Y/N | Y | result"),
    ("activity", "Month | Mar 2026", "Total resident days | 902 | bed_days"),
    ("activity", "Month | Mar 2026", "Total visits delivered | 1200 | visits"),
    ("training", DATE, "Participants | 11 | attended"),
    ("training", "Minutes | 15", "Date conducted | 3/3/2026 | delivered_on"),
    ("training", "Date held | 3/3/2026", "Planned | 14 | eligible"),
    ("observations", "Date of visit | 3/3/2026", "Overall | Pass | result"),
    ("observations", "Result | Pass", "Date assessed | 3/3/2026 | observed_on"),
    ("supervisions", "Date of supervision | 3/3/2026", "Key issues discussed | Falls | theme"),
    ("actions", "Owner | Ann Example", "How we'll know it worked | No repeat | how_we_will_know"),
    ("actions", "", "Named allocated lead | Ann Example | owner"),
    ("actions", "", "Responsible Individual(s) | Ann Example | owner"),
    ("actions", "", "Key lead | Ann Example | owner"),
    ("actions", "", "Expected date for completion | 30/3/2026 | due_on"),
    ("actions", "", "Action / When | 30/3/2026 | due_on"),
    ("feedback", DATE, "Closure status | Open | status"),
    ("feedback", DATE, "Replied (done) | 20/3/2026 | responded_on"),
    ("training", "Minutes | 15", "Session date | 3/3/2026 | delivered_on"),
    ("actions", "", "Depot / site | Alder House | service"),
    ("observations", "Date of visit | 3/3/2026", "Assessment result | Pass | result"),
    ("feedback", DATE, "Please tell us more | A cardigan was lost | summary"),
]  # fmt: skip


def with_columns(log: str, *columns: str) -> tuple[str, Got]:
    """The last of some columns ("header | cell"), and a small log that has them all."""
    told = [cells(column) for column in columns if column]
    headers, row = (cells(line) for line in LOGS[log])
    headers += [header for header, _ in told]
    row += [cell for _, cell in told]
    return str(told[-1][0]), understood(headers, row, row)


@pytest.mark.parametrize(
    ("log", "beside", "spelling"),
    SPELLINGS,
    ids=[f"{log}: {one.split(' | ')[0]}" for log, _, one in SPELLINGS],
)
def test_a_spelling_is_understood(log: str, beside: str, spelling: str) -> None:
    column, _, field = spelling.rpartition(" | ")
    header, got = with_columns(log, beside, column)
    assert (got.log, got.field_of(header)) == (log, field)


# What could be several things is asked about, never taken.
ASKED = [
    ("incidents", NEED, "Injury | Bruise"),
    ("incidents", NEED, "Outcome | Recovered"),
    ("actions", "Due date | 30/3/2026", "Review date | 3/6/2026"),
    ("actions", "Due date | 30/3/2026", "RAG | Green"),
    ("feedback", DATE, "Replied (due) | 20/3/2026"),
    ("actions", "Due date | 30/3/2026", "Date for closure | 3/6/2026"),
]


@pytest.mark.parametrize(("log", "beside", "column"), ASKED)
def test_what_could_be_several_things_is_not_taken(log: str, beside: str, column: str) -> None:
    header, got = with_columns(log, beside, column)
    assert (got.log, got.field_of(header)) == (log, None)


# Sheets with dates, names and categories that are no log of ours.
NO_LOGS = [
    ("Item ID | Product Name | Category | Current Quantity | Storage Location | Date Received",
     "100 | Gloves | Care | 40 | A-1 | 3/3/2026"),
    ("Date | Visitor name | Company | Visiting | Time in | Time out",
     "3/3/2026 | Ann Example | Lift Ltd | P M | 10:00 | 11:00"),
    ("Date | Time | Type of drill | Evacuation time (mins) | Staff present",
     "3/3/2026 | 10:00 | Full | 4 | 9"),
    ("Order ID | Order Date | Ship Date | Customer Name | Category | Sales | Profit",
     "US-1 | 3/3/2026 | 5/3/2026 | Ann Example | Chairs | 40 | 4"),
    ("Date reported | Reported by | Fault description | Job no | Date attended | Repair cost",
     "3/3/2026 | Ann Example | Tap drips | J1 | 5/3/2026 | 40"),
    ("Change ID | Date | Description | Requester | Approver | Risk assessment | Status",
     "C-1 | 3/3/2026 | New rule on the office firewall | Ann Example | P M | Low | Done"),
    ("Rule ID | Source | Destination | Port | Action | Expiry | Owner",
     "F-1 | 10.0.0.0/8 | prod | 443 | Allow | 3/3/2027 | Ann Example"),
    ("Sample ID | Area | Sample type | Date taken | Result | Limit | Status | Corrective action",
     "S-1 | Kitchen | Swab | 3/3/2026 | 120 | 100 | Failed | Clean it again"),
    ("Date | Overall rating | Strengths | Improvements | Would you recommend us?",
     "3/3/2026 | 4 | Kind staff | Parking | Yes"),
    ("Date received | Requester email | Date responded | Notes",
     "3/3/2026 | a@example.org | 9/3/2026 | By post"),
    ("Name | Room | Date application submitted | Date authorised | Expiry date | Conditions",
     "Percy Madeup | 4 | 3/3/2026 | 5/4/2026 | 5/4/2027 | None"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "row"), NO_LOGS, ids=[one.split(" | ")[0] for one, _ in NO_LOGS]
)
def test_a_sheet_that_is_no_log(headers: str, row: str) -> None:
    got = understood(headers, row, row, row)
    assert (got.log, got.header_row) == (None, 1)


def test_complaints_are_feedback_before_anybody_has_answered_them() -> None:
    headers = "complaint_id | complaint_category | description | submission_date"
    row = "7 | Laundry | A cardigan was lost in the wash | 2026-03-03"
    assert understood(headers, row, row).log == "feedback"


def test_categories_with_a_date_of_report_stay_incidents() -> None:
    headers = "Ref | Date reported | Category | Description | Status"
    row = "7 | 3/3/2026 | Falls | Slipped beside the bed in the night | Open"
    assert understood(headers, row, row).log == "incidents"
