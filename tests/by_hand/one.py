"""Provider one: Rowan House, an English home with a log of every kind over three months."""

from __future__ import annotations

from pathlib import Path

from tests.by_hand.logs import Row, row, write_workbook

HOME = "Rowan House"
NIGHT, DOSES = "Falls at night", "Missed doses"


def write(folder: Path) -> None:
    """Two workbooks: what happened and what was done, and everything else."""
    write_workbook(folder / "quality log.xlsx", {"incidents": INCIDENTS, "actions": ACTIONS})
    write_workbook(
        folder / "learning log.xlsx",
        {
            "feedback": FEEDBACK, "training": TRAINING, "observations": OBSERVATIONS,
            "supervisions": SUPERVISIONS, "activity": ACTIVITY, "micro_tests": MICRO_TESTS,
            "case_samples": CASE_SAMPLES,
        },
    )  # fmt: skip


def _at_home(*rows: Row) -> list[Row]:
    return [{"service": HOME, **one} for one in rows]


# Each incident stands for an edge; the last line of each is what follows from the rules.
INCIDENTS = _at_home(
    # Triaged at exactly 24 hours, reviewed on day 7, the reporter told a calendar month later.
    row(
        ref="R1", signal="incident", category="Falls", theme=NIGHT, severity="low", tier=1,
        occurred_at="03/08/2026 08:00", reported_at="03/08/2026 09:00",
        triaged_at="04/08/2026 09:00", summary="Slipped beside the bed on a wet floor.",
        immediate_action="Helped up, floor dried.", notified="None needed",
        review_route="reflective review", reviewed_on="10/08/2026", cause="Wet floor",
        contributing_factors="environment", plan_updated="Night mat added to the care plan",
        learning_note="Dry floors before bedtime.", shared_on="20/08/2026",
        reporter_told_on="03/09/2026", restrictive_practice="no", status="closed",
        closed_on="20/08/2026",
    ),
    # Triaged a minute late; nothing says who was notified.
    row(
        ref="R2", signal="near miss", category="Medication", theme=DOSES, severity="none", tier=0,
        occurred_at="11/08/2026 10:00", reported_at="11/08/2026 10:30",
        triaged_at="12/08/2026 10:31", summary="Dose found in the pot before the round ended.",
        immediate_action="Dose given.", learning_note="Count the pots.", shared_on="12/08/2026",
        restrictive_practice="no", status="closed", closed_on="12/08/2026",
    ),
    # Review due over the bank holiday of 31 August: 28 Aug, 1, 2, 3, 4 September.
    row(
        ref="R3", signal="incident", category="Falls", theme=NIGHT, severity="moderate", tier=2,
        occurred_at="27/08/2026 15:00", reported_at="27/08/2026 16:00",
        triaged_at="27/08/2026 18:00", summary="Fell on the way to the bathroom.",
        immediate_action="First aid, doctor called.", notified="Family and doctor",
        review_route="RCA light", reviewed_on="04/09/2026", signed_off_on="07/09/2026",
        contributing_factors="environment, people", candour_applies="no", riddor="yes",
        riddor_on="06/09/2026", debriefed_on="28/08/2026", reporter_told_on="27/09/2026",
        restrictive_practice="no", status="closed", closed_on="30/09/2026",
    ),
    # The last half hour of August; a month after 31 August is 30 September.
    row(
        ref="R4", signal="incident", category="Dignity", theme="Staff attitude", severity="none",
        psychological_severity="moderate", tier=2, occurred_at="31/08/2026 23:30",
        reported_at="31/08/2026 23:45", triaged_at="01/09/2026 08:00",
        summary="Held by the arm while being dressed.", immediate_action="Member of staff moved.",
        notified="CQC and council", notified_on="02/09/2026", safeguarding="yes",
        safeguarding_outcome="Substantiated in part", candour_applies="yes",
        candour_told_on="01/09/2026", candour_apology_on="05/09/2026", restrictive_practice="yes",
        plan_updated="Staff reminded", learning_note="Knock and wait.", shared_on="03/10/2026",
        reporter_told_on="01/10/2026", status="closed", closed_on="02/10/2026",
    ),
    # The third fall at night in 90 days: expected tier 2.
    row(
        ref="R5", signal="incident", category="Falls", theme=NIGHT, severity="low", tier=1,
        occurred_at="10/09/2026 02:00", reported_at="10/09/2026 02:10",
        summary="Found beside the bed.", notified="None needed", review_route="reflective review",
        reviewed_on="18/09/2026", cause="New slippers", contributing_factors="communication",
        learning_note="Hand over what is new.", shared_on="05/11/2026",
        reporter_told_on="05/10/2026", status="closed", closed_on="06/10/2026",
    ),
    # Nobody knows the harm: no expected tier, and so no duty but triage and telling the reporter.
    row(
        ref="R6", signal="audit variance", category="Medication", theme=DOSES,
        occurred_at="20/09/2026 09:00", reported_at="20/09/2026 10:00",
        triaged_at="20/09/2026 11:00", summary="Two gaps on the chart.", status="open",
    ),
    # 20 working days from 29 September end on 27 October.
    row(
        ref="R7", signal="incident", category="Pressure", theme="Skin", severity="severe", tier=3,
        occurred_at="28/09/2026 14:00", reported_at="29/09/2026 09:00",
        triaged_at="29/09/2026 10:00", summary="Wound found at the heel.",
        immediate_action="Nurse called, heel lifted.", notified="Family",
        review_route="RCA light", reviewed_on="27/10/2026", cause="Mattress not working",
        contributing_factors="equipment, process", candour_applies="yes",
        candour_told_on="29/09/2026", candour_apology_on="29/09/2026",
        candour_written_on="10/10/2026", multi_agency_on="30/10/2026", debriefed_on="01/10/2026",
        status="open",
    ),
    # 24 hours from 10:00 summer time end at 09:00 winter time. No tier recorded: a repeat, so 2.
    row(
        ref="R8", signal="incident", category="Falls", theme=NIGHT, severity="low",
        occurred_at="24/10/2026 10:00", reported_at="24/10/2026 10:00",
        triaged_at="25/10/2026 09:30", summary="Slid from the chair.",
        immediate_action="Hoisted, checked.", notified="None needed", review_route="RCA light",
        reviewed_on="30/10/2026", signed_off_on="30/10/2026", debriefed_on="26/10/2026",
        status="open",
    ),
    # Every clock still runs at the end of October.
    row(
        ref="R9", signal="feedback theme", category="Food", theme="Meals", severity="none", tier=1,
        occurred_at="30/10/2026 18:00", reported_at="31/10/2026 12:00",
        summary="Supper was cold again.", status="open",
    ),
    # A heavier route than its tier asks for; the first action comes a day late.
    row(
        ref="R10", signal="incident", category="Medication", theme=DOSES, severity="low", tier=1,
        occurred_at="14/10/2026 09:00", reported_at="14/10/2026 09:05",
        triaged_at="14/10/2026 12:00", summary="Morning dose not given.",
        immediate_action="Doctor asked, dose given.", notified="Family", review_route="full RCA",
        reviewed_on="20/10/2026", cause="Round interrupted", contributing_factors="process",
        status="open",
    ),
)  # fmt: skip

ACTIONS = _at_home(
    row(ref="A1", incident_ref="R1", theme=NIGHT, action="Fit a night mat", owner="Jo Marsh",
        raised_on="05/08/2026", due_on="14/08/2026", status="closed", completed_on="12/08/2026",
        how_we_will_know="Weekly count of falls at night", verify_due_on="01/10/2026",
        verify_by="re-audit", verified_on="30/09/2026", verification_result="passed"),
    row(ref="A2", incident_ref="R3", theme=NIGHT, action="Change the bathroom light",
        owner="Jo Marsh", raised_on="28/08/2026", due_on="10/09/2026", status="closed",
        completed_on="14/09/2026", verify_by="sampling", verified_on="05/10/2026",
        verification_result="passed"),
    row(ref="A3", incident_ref="R3", theme=NIGHT, action="Rail along the passage",
        owner="Jo Marsh", raised_on="04/09/2026", due_on="25/09/2026", status="open",
        escalated_to="Operations director", escalated_on="02/10/2026",
        how_we_will_know="Falls in the passage", verify_due_on="20/11/2026"),
    row(ref="A4", incident_ref="R4", theme="Staff attitude", action="Dignity round each week",
        owner="Kim Vale", raised_on="03/09/2026", due_on="15/09/2026", status="closed",
        completed_on="11/09/2026", verify_by="observation", verified_on="15/10/2026",
        verification_result="partly"),
    row(ref="A5", incident_ref="R5", theme=NIGHT, action="Slippers that fit", owner="Kim Vale",
        raised_on="17/09/2026", due_on="01/10/2026", status="closed", completed_on="01/10/2026"),
    row(ref="A6", incident_ref="R7", theme="Skin", action="Check every mattress",
        owner="Jo Marsh", raised_on="29/09/2026", due_on="20/10/2026",
        how_we_will_know="New wounds each month", verify_due_on="15/12/2026"),
    row(ref="A7", theme="Meals", action="New plate covers", owner="Kim Vale",
        raised_on="02/09/2026", due_on="30/09/2026", status="cancelled"),
    row(ref="A8", incident_ref="R10", theme=DOSES, action="Red tabard on the round",
        owner="Kim Vale", raised_on="22/10/2026", due_on="31/10/2026", status="open",
        how_we_will_know="Interruptions counted", verify_due_on="15/12/2026"),
    row(ref="A9", incident_ref="R8", theme=NIGHT, action="Lower chair", owner="Jo Marsh",
        raised_on="26/10/2026", due_on="13/11/2026", status="open",
        how_we_will_know="Slides from chairs"),
    row(ref="A10", incident_ref="R2", theme=DOSES, action="Count pots twice", owner="Kim Vale",
        raised_on="12/08/2026", due_on="27/08/2026", status="closed", completed_on="27/08/2026"),
)  # fmt: skip

FEEDBACK = _at_home(
    # Three working days over the bank holiday: 1, 2, 3 September. 28 days end on 25 September.
    row(ref="F1", kind="complaint", theme="Meals", summary="Cold food", received_on="28/08/2026",
        acknowledged_on="03/09/2026", responded_on="25/09/2026", outcome="upheld",
        satisfied="yes"),
    row(ref="F2", kind="complaint", theme="Laundry", summary="Lost cardigan",
        received_on="15/09/2026", acknowledged_on="21/09/2026"),
    row(ref="F3", kind="compliment", theme=NIGHT, summary="Quick to help",
        received_on="10/09/2026"),
    row(ref="F4", kind="compliment", theme=NIGHT, summary="Mum sleeps soundly now",
        received_on="20/10/2026"),
    row(ref="F5", kind="compliment", summary="Kind staff", received_on="22/10/2026"),
    row(ref="F6", kind="complaint", theme="Meals", summary="Small portions",
        received_on="20/10/2026", acknowledged_on="22/10/2026", responded_on="29/10/2026",
        outcome="not upheld", satisfied="no"),
    row(ref="F7", kind="concern", theme="Laundry", summary="Creased shirts",
        received_on="21/10/2026"),
)  # fmt: skip

TRAINING = _at_home(
    row(ref="T1", theme=NIGHT, triggered_on="27/08/2026", delivered_on="03/09/2026", minutes=15,
        attended=6, eligible=8, observed_on="01/10/2026"),
    row(ref="T2", theme=DOSES, triggered_on="25/09/2026", delivered_on="05/10/2026", minutes=25,
        eligible=5),
    row(ref="T3", theme="Skin", delivered_on="12/10/2026", minutes=20, attended=9, eligible=7),
)  # fmt: skip

OBSERVATIONS = _at_home(
    row(ref="O1", theme=NIGHT, behaviour="Mat in place", observed_on="04/09/2026",
        result="passed"),
    row(ref="O2", theme="Skin", behaviour="Heels lifted", observed_on="10/09/2026",
        result="failed"),
    row(ref="O3", theme=DOSES, behaviour="Tabard worn", observed_on="06/10/2026",
        result="partly"),
    row(ref="O4", theme=DOSES, behaviour="Tabard worn", observed_on="20/10/2026",
        result="passed"),
    row(ref="O5", theme="Skin", behaviour="Heels lifted", observed_on="13/10/2026"),
)  # fmt: skip

SUPERVISIONS = _at_home(
    row(staff="Ann Lee", held_on="03/09/2026", theme=NIGHT, action_captured="Check mats"),
    row(staff="Bo Dunn", held_on="09/09/2026", theme=NIGHT),
    row(staff="Ann Lee", held_on="20/09/2026", theme=DOSES, action_captured="Count pots"),
    row(staff="Bo Dunn", held_on="05/10/2026", theme=DOSES, action_captured="Wear the tabard"),
    row(staff="Cy Pratt", held_on="06/10/2026", theme="Skin", action_captured="Lift heels"),
)

ACTIVITY = _at_home(
    row(month="2026-08", bed_days=800, headcount=4),
    row(month="2026-09", bed_days=750, headcount=4),
    row(month="2026-10", headcount=5),
)

MICRO_TESTS = _at_home(
    row(ref="M1", theme=NIGHT, started_on="14/09/2026", ends_on="27/09/2026",
        measure="Falls a week", stop_rule="Two falls", result="None", decision="adopted"),
    row(ref="M2", theme=DOSES, started_on="12/10/2026", measure="Missed doses",
        stop_rule="One missed"),
    row(ref="M3", theme="Skin", started_on="26/10/2026", ends_on="08/11/2026",
        measure="New wounds", stop_rule="One wound"),
)  # fmt: skip

CASE_SAMPLES = _at_home(
    row(incident_ref="R1", sampled_on="15/10/2026", in_records="yes", in_practice="yes"),
    row(incident_ref="R3", sampled_on="16/10/2026", in_records="yes", in_practice="no"),
    row(incident_ref="R2", sampled_on="20/10/2026", in_records="yes"),
)
