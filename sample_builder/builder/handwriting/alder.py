"""Alder House: tidy monthly files, each with the month's cases and those still open from before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from builder.handwriting.paper import Sheet, write_xlsx
from builder.handwriting.slips import (
    Chosen,
    Clerk,
    Column,
    Notebook,
    Slip,
    by_id,
    choose,
    mapping,
    uk,
)
from builder.stories.knowledge import as_known
from builder.stories.provider import Record, day_of, month_end, months, saved_on

HOME = "Alder House"
_YES = mapping({True: "Yes", False: "No"})
_TIER = mapping({n: f"Tier {n}" for n in range(5)})
_HARM = mapping({"none": "No harm", "low": "Low", "moderate": "Moderate", "severe": "Severe",
                 "fatal": "Death"})  # fmt: skip
_CAPITAL = str.capitalize

INCIDENTS = (
    Column("Ref", "ref"), Column("Service", "service"), Column("Location", "location"),
    Column("Type", "signal", _CAPITAL), Column("Category", "category"), Column("Theme", "theme"),
    Column("Severity", "severity", _HARM),
    Column("Psychological harm", "psychological_severity", _HARM),
    Column("Date & time of incident", "occurred_at"),
    Column("Date & time reported", "reported_at"), Column("Reported by", "reported_by"),
    Column("Person affected", "person_affected"), Column("Summary", "summary"),
    Column("Immediate action taken", "immediate_action"), Column("Notifications made", "notified"),
    Column("Date notified", "notified_on"), Column("Family told on", "families_told_on"),
    Column("Triaged at", "triaged_at"), Column("Tier", "tier", _TIER),
    Column("Review route", "review_route"), Column("Review due", "review_due_on"),
    Column("Reviewed on", "reviewed_on"), Column("Reviewed by", "reviewed_by"),
    Column("Signed off by", "signed_off_by"), Column("Signed off on", "signed_off_on"),
    Column("Root cause", "cause"), Column("Contributing factors", "contributing_factors"),
    Column("Lessons learned", "lesson"), Column("Duty of candour applies", "candour_applies", _YES),
    Column("Candour: told in person on", "candour_told_on"),
    Column("Candour: apology on", "candour_apology_on"),
    Column("Candour letter date", "candour_written_on"),
    Column("Safeguarding", "safeguarding", _YES),
    Column("Safeguarding raised on", "safeguarding_on"),
    Column("S42 enquiry opened on", "safeguarding_enquiry_on"),
    Column("Safeguarding outcome", "safeguarding_outcome"),
    Column("Strategy meeting on", "multi_agency_on"),
    Column("Recommendation from partners", "recommendation"),
    Column("Learning shared with", "shared_with"),
    Column("Restrictive practice", "restrictive_practice", _YES),
    Column("Staff debrief on", "debriefed_on"), Column("Reporter told on", "reporter_told_on"),
    Column("Learning note", "learning_note"), Column("Learning shared on", "shared_on"),
    Column("Care plan / SOP updated", "plan_updated"), Column("Status", "status", _CAPITAL),
    Column("Date closed", "closed_on"),
)  # fmt: skip
ACTIONS = (
    Column("Action ref", "ref"), Column("Incident ref", "incident_ref"),
    Column("Service", "service"), Column("Theme", "theme"), Column("Action", "action"),
    Column("Scope", "scope", _CAPITAL), Column("Owner", "owner"), Column("Role", "owner_role"),
    Column("Priority", "priority", _CAPITAL), Column("Date raised", "raised_on"),
    Column("Due date", "due_on"), Column("Status", "status", _CAPITAL),
    Column("Date completed", "completed_on"), Column("Escalated to", "escalated_to"),
    Column("Escalated on", "escalated_on"), Column("Plan / SOP change", "plan_updated"),
    Column("How we will know", "how_we_will_know"),
    Column("Verification method", "verify_by", _CAPITAL),
    Column("Verification due", "verify_due_on"), Column("Verified on", "verified_on"),
    Column("Verified by", "verified_by"),
    Column("Verification result", "verification_result", _CAPITAL),
    Column("What changed", "learning_note"),
)  # fmt: skip


def _october(record: Record) -> bool:
    return day_of(record["occurred_at"]) >= date(2026, 10, 1)


INCIDENT_SLIPS = (
    Slip("severity that cannot be known", "severity", lambda r: "lowish", 1,
         lambda r: _october(r) and r["severity"] == "low", "no"),
    Slip("service name misspelt", "service", lambda r: "Alder Hse", 5),
    Slip("service name with spaces", "service", lambda r: " Alder  House ", 4),
    Slip("capitals", "severity", lambda r: "LOW", 4, lambda r: r["severity"] == "low"),
    Slip("status on two lines", "status", lambda r: "Closed /\nResolved", 4,
         lambda r: r["status"] == "closed"),
    Slip("closed date, status open", "status", lambda r: "Open", 2,
         lambda r: r["status"] == "closed" and r["closed_on"] < date(2026, 9, 30)),
    Slip("date as text", "reviewed_on", lambda r: uk(r["reviewed_on"]), 4),
    Slip("non-breaking space", "category", lambda r: r["category"].replace(" ", "\u00a0"), 3,
         lambda r: " " in r["category"]),
)  # fmt: skip
ACTION_SLIPS = (
    Slip("status DONE with a space", "status", lambda r: "DONE ", 4,
         lambda r: r["status"] == "completed"),
    Slip("status COMP", "status", lambda r: "COMP", 3, lambda r: r["status"] == "completed"),
    Slip("due date is a word", "due_on", lambda r: "TBD", 1,
         lambda r: r["status"] == "open" and _recent(r), "no"),
    Slip("incident ref written another way", "incident_ref",
         lambda r: r["incident_ref"].replace("-", " ").lower(), 4),
    Slip("service name misspelt", "service", lambda r: "Alder Hse", 3),
)  # fmt: skip


def _recent(record: Record) -> bool:
    return bool(record["raised_on"] >= date(2026, 10, 1))


def _finished_on(log: str, record: Record) -> date | None:
    """The day after which nothing more is written about the record; None while it is open."""
    if log == "incidents":
        return record.get("closed_on")
    return record.get("verified_on") or record.get("completed_on")


def _starts(log: str, record: Record) -> date:
    return day_of(record["occurred_at"] if log == "incidents" else record["raised_on"])


def _in_snapshot(log: str, record: Record, month: date, before: date | None) -> bool:
    start = _starts(log, record)
    if start > month_end(month):
        return False
    finished = _finished_on(log, record)
    return bool(start >= month or finished is None or (before and finished > before))


def write(folder: Path, notebook: Notebook, unfolding: dict[str, list[Record]]) -> None:
    """Write the 26 incident files and the 26 action logs of Alder House."""
    plans = (
        ("incidents", "incidents", "Incident Log", INCIDENTS, INCIDENT_SLIPS),
        ("actions", "action log", "Action Log", ACTIONS, ACTION_SLIPS),
    )
    for log, stem, title, columns, slips in plans:
        mine = [
            record
            for record in unfolding[log]
            if record["service"] == HOME and _starts(log, record) <= month_end(months()[-1])
        ]
        final = by_id(as_known(record, saved_on(months()[-1])) for record in mine)
        chosen: Chosen = choose(slips, final.values(), f"alder {log}")
        clerk = Clerk(notebook, log, columns, chosen, final)
        before: date | None = None
        for month in months():
            file = f"{HOME}/{stem} {month:%Y-%m}.xlsx"
            sheet = Sheet(title)
            sheet.header(*(column.header for column in columns))
            for record in mine:
                if _in_snapshot(log, record, month, before):
                    clerk.add(sheet, file, as_known(record, saved_on(month)))
            write_xlsx(folder / file, [sheet], saved_on(month))
            before = saved_on(month)
        for (kept, _), places in notebook.rows.items():
            if kept == log and len(places) > 1 and places[-1][0].startswith(HOME):
                notebook.note("same case in several monthly files", *places[-1])
                break


def write_around(folder: Path, notebook: Notebook) -> None:
    """Write what lies about in the folder: an exact copy, a lock file, a blank form."""
    copy = f"{HOME}/Copy of incidents 2026-03.xlsx"
    (folder / copy).write_bytes((folder / f"{HOME}/incidents 2026-03.xlsx").read_bytes())
    notebook.note("exact copy of a file", copy)
    lock = f"{HOME}/~$incidents 2026-10.xlsx"
    owner = "Alder House office"
    wide = owner.encode("utf-16-le")
    (folder / lock).write_bytes(
        bytes([len(owner)]) + owner.encode().ljust(54) + b"\0" + wide.ljust(110)
    )
    notebook.note("lock file", lock)
    form = Sheet("Form")
    form.add("INCIDENT REPORT FORM", None, "Hazelbrook Care")
    form.add("Complete by end of shift. Hand to senior.")
    form.add()
    for left, right in (
        ("Date of incident:", "Time:"), ("Name of person affected:", "Room:"),
        ("Reported by:", "Role:"), ("What happened:", None), ("Action taken at time:", None),
        ("Level of harm:", "No harm / Low / Moderate / Severe / Death"),
        ("Family told:", "Yes / No"), ("Signature:", "Date:"),
    ):  # fmt: skip
        form.add(left, None, right)
        form.add()
    blank = f"{HOME}/Incident form (blank).xlsx"
    write_xlsx(folder / blank, [form], date(2024, 8, 30))
    notebook.note("blank form", blank, "Form")
