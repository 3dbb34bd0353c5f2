"""Birch Lodge's own headers, words and slips."""

from __future__ import annotations

from builder.handwriting.slips import Column, Slip, mapping, short, uk
from builder.stories.provider import Record

_TICK = mapping({True: "✓", False: "x"})
_HARM = mapping({"none": "None", "low": "Minor", "moderate": "Moderate", "severe": "Severe",
                 "fatal": "Death", "near miss": "Near miss"})  # fmt: skip
_STATE = mapping({"open": "Open", "closed": "Closed", "completed": "Done"})
_TIER = mapping({n: n for n in range(5)})

GROUPS = (
    ("The incident", 14), ("Triage and review", 9), ("Candour and safeguarding", 10),
    ("Learning and closure", 8),
)  # fmt: skip
INCIDENT_COLUMNS = (
    Column("Log No.", "ref"), Column("Home", "service"), Column("Date of Incident", "occurred_on"),
    Column("Time of Incident", "occurred_time"), Column("Date Reported", "reported_on"),
    Column("Where in the home", "location"), Column("Type of Incident", "category"),
    Column("Theme", "theme"), Column("Level of harm", "level", _HARM),
    Column("Resident Name", "person_affected"), Column("Reported By", "reported_by"),
    Column("What happened", "summary"), Column("Action taken at time", "immediate_action"),
    Column("NOK informed on", "families_told_on"),
    Column("Date triaged", "triaged_on"), Column("Tier", "tier", _TIER),
    Column("Review due by", "review_due_on"), Column("Date reviewed", "reviewed_on"),
    Column("Reviewed by", "reviewed_by"), Column("Manager sign off", "signed_off_by"),
    Column("Sign off date", "signed_off_on"), Column("Why did it happen", "cause"),
    Column("Contributing Factors", "contributing_factors"),
    Column("DoC applies Y/N", "candour_applies", _TICK),
    Column("DoC: person/family told (date)", "candour_told_on"),
    Column("DoC: apology given (date)", "candour_apology_on"),
    Column("Candour letter date", "candour_written_on"),
    Column("Safeguarding Y/N", "safeguarding", _TICK),
    Column("SG raised (date)", "safeguarding_on"),
    Column("SG outcome", "safeguarding_outcome"), Column("Strategy meeting", "multi_agency_on"),
    Column("Who was notified", "notified"), Column("Date notified", "notified_on"),
    Column("Learning points", "lesson"), Column("Plan / SOP change made", "plan_updated"),
    Column("Learning note", "learning_note"), Column("Shared with team (date)", "shared_on"),
    Column("Debrief held (date)", "debriefed_on"),
    Column("Reporter told outcome (date)", "reporter_told_on"), Column("Status ", "status", _STATE),
    Column("Date closed", "closed_on"),
)  # fmt: skip
ACTION_COLUMNS = (
    Column("Ref", "ref"), Column("Incident No.", "incident_ref"), Column("Home", "service"),
    Column("Theme", "theme"), Column("Actions required", "action"), Column("Scope", "scope"),
    Column("By whom", "owner"), Column("Role", "owner_role"), Column("Priority", "priority"),
    Column("Date Raised", "raised_on"), Column("By when", "due_on"),
    Column("Status as at 05/11/2026", "status", _STATE),
    Column("Date Complete", "completed_on"), Column("Escalated to", "escalated_to"),
    Column("Date escalated", "escalated_on"), Column("Plan/SOP updated (what changed)",
                                                     "plan_updated"),
    Column("How will we know?", "how_we_will_know"), Column("How checked", "verify_by"),
    Column("Re-check due", "verify_due_on"), Column("Re-check date", "verified_on"),
    Column("Checked by", "verified_by"),
    Column("Re-check result", "verification_result",
           mapping({"change seen": "Passed", "change not seen": "Failed"})),
    Column("Learning note", "learning_note"),
)  # fmt: skip


def _closed(record: Record) -> bool:
    return bool(record["status"] == "closed")


def _done(record: Record) -> bool:
    return bool(record["status"] == "completed")


def _open(record: Record) -> bool:
    return bool(record["status"] == "open")


INCIDENT_SLIPS = (
    Slip("service name with a trailing space", "service", lambda r: "Birch Lodge ", 8),
    Slip("service name misspelt", "service", lambda r: "Birch Ldge", 3),
    Slip("year with a digit too many", "reviewed_on",
         lambda r: f"{r['reviewed_on']:%d/%m/%Y}".replace("/20", "/202"), 1, readable="no"),
    Slip("date that does not exist", "signed_off_on", lambda r: "02/30/2026", 1,
         lambda r: r["signed_off_on"].year == 2026, "no"),
    Slip("date without a year", "shared_on", lambda r: f"{r['shared_on']:%d-%b}", 2,
         readable="ask"),
    Slip("word for an empty cell", "notified", lambda r: "Nil", 6,
         lambda r: r["notified"] == "None needed", "ask"),
    Slip("ref used for two incidents", "ref", lambda r: f"INC-{r['_number'] - 1:03d}", 2,
         lambda r: r["_number"] > 9, "ask"),
    Slip("status in capitals", "status", lambda r: "CLOSED", 5, _closed),
    Slip("status on two lines", "status", lambda r: "Closed /\nResolved", 3, _closed),
    Slip("several values in a cell", "contributing_factors",
         lambda r: "\n".join(f"{n}. {word.strip()}" for n, word in
                             enumerate(r["contributing_factors"].split(","), start=1)), 4,
         lambda r: "," in r["contributing_factors"]),
    Slip("several values in a cell", "contributing_factors",
         lambda r: r["contributing_factors"].replace(", ", " & "), 3,
         lambda r: "," in r["contributing_factors"]),
    Slip("tier written T2", "tier", lambda r: f"T{r['tier']}", 8),
    Slip("tier written Tier 2", "tier", lambda r: f"Tier {r['tier']}", 8),
    Slip("dots in a date", "closed_on", lambda r: uk(r["closed_on"], "%d.%m.%Y"), 4),
)  # fmt: skip
ACTION_SLIPS = (
    Slip("due date is a word", "due_on", lambda r: "Daily", 1, _open, "no"),
    Slip("due date is a word", "due_on", lambda r: "Immediate", 1, _open, "no"),
    Slip("two owners", "owner", lambda r: r["owner"] + "/Night team", 4),
    Slip("status DONE with a space", "status", lambda r: "DONE ", 5, _done),
    Slip("status COMP", "status", lambda r: "COMP", 4, _done),
    Slip("date where a status should be", "status", lambda r: short(r["completed_on"]), 3, _done),
    Slip("closed date, status open", "status", lambda r: "Open", 3, _done),
    Slip("date as text", "due_on", lambda r: uk(r["due_on"]), 10),
    Slip("date as text", "completed_on", lambda r: short(r["completed_on"]), 10),
    Slip("month misspelt", "raised_on", lambda r: f"{r['raised_on']:%d-Nove-%y}", 1,
         lambda r: r["raised_on"].month == 11),
    Slip("incident ref written another way", "incident_ref",
         lambda r: str(int(r["incident_ref"][4:])), 5),
)  # fmt: skip
