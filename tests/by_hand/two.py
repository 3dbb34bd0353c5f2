"""Provider two: a home in Scotland and one whose nation is not set, with a log a month each.

Each month's log holds the whole list as it then stood, so that the same incident stands in several
files. Elm Court keeps times, Lochside dates alone; both number their incidents from 1.
"""

from __future__ import annotations

from pathlib import Path

from tests.by_hand.logs import Row, row, write_text, write_workbook

ELM, LOCH = "Elm Court", "Lochside"


def write(folder: Path) -> None:
    """Three workbooks of Elm Court, three text files of Lochside, and three logs of both."""
    for month, rows in ELM_LOGS.items():
        own = [{"service": ELM, **one} for one in rows]
        write_workbook(folder / f"elm court incidents {month}.xlsx", {"incidents": own})
    for month, rows in LOCH_LOGS.items():
        own = [{"service": LOCH, **one} for one in rows]
        write_text(folder / f"lochside incidents {month}.csv", "incidents", own)
    write_text(folder / "actions.csv", "actions", ACTIONS)
    write_text(folder / "complaints.csv", "feedback", FEEDBACK)
    write_text(folder / "our services.csv", "services", SERVICES)


SERVICES: list[Row] = [
    row(service=ELM, also_known_as="Elm"),
    row(service=LOCH, also_known_as="Loch", nation="Scotland"),
]

# 24 elapsed hours over the change of the clocks: 10:00 on 28 March to 11:00 on 29 March.
_E1: Row = row(
    ref=1, category="Falls", theme="Bathroom", severity="low", tier=1,
    occurred_at="28/03/2026 09:50", reported_at="28/03/2026 10:00", triaged_at="29/03/2026 11:00",
    summary="Slipped at the basin.", immediate_action="Helped up.", notified="Family",
    status="open",
)  # fmt: skip
_E1_REVIEWED: Row = {
    **_E1, "review_route": "reflective review", "reviewed_on": "04/04/2026",
    "contributing_factors": "environment", "status": "closed", "closed_on": "20/04/2026",
}  # fmt: skip
# In March nobody knew the harm. Working days over Easter in England: 1, 2, 7, 8, 9 April.
_E2: Row = row(
    ref=2, category="Medication", theme="Night round", occurred_at="31/03/2026 20:00",
    reported_at="31/03/2026 20:30", summary="Dose given twice.", immediate_action="Doctor asked.",
    notified="Family", status="open",
)  # fmt: skip
_E2_REVIEWED: Row = {
    **_E2, "severity": "moderate", "tier": 2, "triaged_at": "01/04/2026 20:31",
    "review_route": "RCA light", "reviewed_on": "09/04/2026", "signed_off_on": "09/04/2026",
    "contributing_factors": "people",
}  # fmt: skip
# A late entry: it happened in March and was reported in April.
_E3: Row = row(
    ref=3, category="Falls", theme="Bathroom", severity="low", tier=1,
    occurred_at="20/03/2026 12:00", reported_at="02/04/2026 09:00", triaged_at="02/04/2026 15:00",
    summary="Slipped by the shower.", immediate_action="Helped up.", notified="Family",
    status="open",
)  # fmt: skip
# Working days over the bank holiday of 4 May: 5, 6, 7, 8, 11 May.
_E4: Row = row(
    ref=4, category="Medication", theme="Night round", severity="moderate", tier=2,
    occurred_at="02/05/2026 10:00", reported_at="02/05/2026 10:00", triaged_at="02/05/2026 12:00",
    summary="Dose missed.", immediate_action="Doctor asked.", notified="Family",
    review_route="RCA light", reviewed_on="11/05/2026", contributing_factors="process",
    status="open",
)  # fmt: skip
ELM_LOGS: dict[str, list[Row]] = {
    "2026-03": [_E1, _E2],
    "2026-04": [_E1_REVIEWED, _E2_REVIEWED, _E3],
    "2026-05": [
        {**_E1_REVIEWED, "reporter_told_on": "28/04/2026"},
        {**_E2_REVIEWED, "status": "closed", "closed_on": "12/05/2026"},
        {
            **_E3, "review_route": "reflective review", "reviewed_on": "05/05/2026",
            "contributing_factors": "environment", "reporter_told_on": "02/05/2026",
        },
        _E4,
    ],
}  # fmt: skip

# 20 working days in Scotland, where Easter Monday is one: from 28 March to 27 April.
_L1: Row = row(
    ref=1, category="Falls", theme="Bathroom", severity="severe", tier=3,
    occurred_at="28/03/2026", reported_at="28/03/2026", triaged_at="29/03/2026",
    summary="Broke a hip.", immediate_action="Ambulance.", notified="Family",
    candour_applies="yes", riddor="yes", riddor_kind="hospital treatment", status="open",
)  # fmt: skip
_L1_REVIEWED: Row = {
    **_L1, "riddor_on": "07/04/2026", "review_route": "full RCA", "reviewed_on": "28/04/2026",
}  # fmt: skip
_L2: Row = row(
    ref=2, category="Skin", theme="Heels", severity="low", tier=1, occurred_at="10/04/2026",
    reported_at="10/04/2026", triaged_at="12/04/2026", summary="Red heel.",
    immediate_action="Heel lifted.", review_route="quick log", reviewed_on="17/04/2026",
    contributing_factors="equipment", status="open",
)  # fmt: skip
# Dates alone: triage may be on the same or the next day, which is in June.
_L3: Row = row(
    ref=3, category="Skin", theme="Heels", severity="low", tier=1, occurred_at="31/05/2026",
    reported_at="31/05/2026", summary="Red heel.", immediate_action="Heel lifted.",
    notified="Family", status="open",
)  # fmt: skip
LOCH_LOGS: dict[str, list[Row]] = {
    "2026-03": [_L1],
    "2026-04": [_L1_REVIEWED, _L2],
    "2026-05": [_L1_REVIEWED, {**_L2, "reporter_told_on": "11/05/2026"}, _L3],
}

# A2 was completed after the month that is reported: at its end it is open and overdue.
ACTIONS: list[Row] = [
    row(ref="A1", incident_ref=1, service=ELM, theme="Bathroom", action="Fit a mat",
        owner="Jo Marsh", raised_on="30/03/2026", due_on="06/04/2026", status="closed",
        completed_on="03/04/2026"),
    row(ref="A2", incident_ref=1, service=LOCH, theme="Bathroom", action="Fit a rail",
        owner="Kim Vale", raised_on="07/04/2026", due_on="30/04/2026", status="closed",
        completed_on="02/06/2026", how_we_will_know="Falls counted", verify_due_on="01/07/2026"),
]  # fmt: skip

# Three working days from Maundy Thursday: to 9 April in England, to 8 April in Scotland.
FEEDBACK: list[Row] = [
    row(ref="F1", service=ELM, kind="complaint", theme="Food", summary="Cold soup",
        received_on="02/04/2026", acknowledged_on="09/04/2026", responded_on="30/04/2026",
        outcome="upheld", satisfied="yes"),
    row(ref="F2", service=LOCH, kind="complaint", theme="Food", summary="Late lunch",
        received_on="02/04/2026", acknowledged_on="09/04/2026"),
    row(ref="F3", service=ELM, kind="compliment", theme="Bathroom", summary="Clean",
        received_on="20/05/2026"),
]  # fmt: skip
