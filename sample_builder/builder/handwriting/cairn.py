"""Cairn View: an old Excel export of the incidents, and a semicolon file of the actions."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from builder.handwriting.paper import Cell, Sheet, letter, write_xls
from builder.handwriting.slips import (
    Clerk,
    Column,
    Mess,
    Notebook,
    Slip,
    by_id,
    choose,
    mapping,
    uk,
)
from builder.stories.provider import Record

HOME = "Cairn View"
INCIDENT_FILE = f"{HOME}/incident_export.xls"
ACTION_FILE = f"{HOME}/cairn_actions.csv"
_YN = mapping({True: "Y", False: "N"})
_HARM = mapping({"none": "No harm", "low": "Low harm", "moderate": "Moderate harm",
                 "severe": "Severe harm", "fatal": "Death"})  # fmt: skip


def _midnight(value: Any) -> Cell:
    return uk(value, "%d-%m-%Y 00:00")


INCIDENTS = (
    Column("Incident Ref", "ref"), Column("Home", "service"),
    Column("4a. Date and time of incident (DD/MM/YYYY hh:mm)", "occurred_at"),
    Column("5. Date and time reported", "reported_at"),
    Column("6. Near miss? (Y/N)", "signal",
           lambda v: "Y" if v == "near miss" else "N"),
    Column("7. Nature of incident", "category"), Column("8. Theme", "theme"),
    Column("9. Degree of harm\n(No harm / Low / Moderate / Severe / Death)", "severity", _HARM),
    Column("10. Place", "location"), Column("11. Client", "person_affected"),
    Column("12. Staff member reporting", "reported_by"),
    Column("13. BREIF description", "summary"), Column("14. Initial action", "immediate_action"),
    Column("15. Notified to", "notified"), Column("16. Date notified", "notified_on"),
    Column("17. NOK informed (date)", "families_told_on"),
    Column("18. Date and time triaged", "triaged_at"), Column("19. Tier (0-4)", "tier"),
    Column("20. Review route", "review_route"), Column("21. Review due", "review_due_on"),
    Column("22. Date of review", "reviewed_on"), Column("23. Reviewer", "reviewed_by"),
    Column("24. Name of person signing off", "signed_off_by"),
    Column("25. Date signed off", "signed_off_on"), Column("26. Root Cause", "cause"),
    Column("27. Contributing factors", "contributing_factors"), Column("28. Lessons", "lesson"),
    Column("29. Duty of Candour applies? (Y/N", "candour_applies", _YN),
    Column("30. Person or family told on", "candour_told_on"),
    Column("31. Apology given on", "candour_apology_on"),
    Column("32. Candour letter date", "candour_written_on"),
    Column("33. Safeguarding (Y/N)", "safeguarding", _YN),
    Column("34. Safeguarding referral date", "safeguarding_on"),
    Column("35. Safeguarding outcome", "safeguarding_outcome"),
    Column("36. Multi-agency meeting date", "multi_agency_on"),
    Column("37. Physical restraint used (Y/N)", "restrictive_practice", _YN),
    Column("RIDDOR reportable? (Y/N)", "riddor", _YN), Column("RIDDOR kind", "riddor_kind"),
    Column("RIDDOR report date", "riddor_on"),
    Column("38. Staff debrief date", "debriefed_on"),
    Column("39. Reporter told what changed (date)", "reporter_told_on"),
    Column("40. Learning note", "learning_note"), Column("41. Date learning shared", "shared_on"),
    Column("42. Care plan / SOP change", "plan_updated"),
    Column("43. Status", "status", str.capitalize), Column("44. Closure Date", "closed_on"),
)  # fmt: skip
ACTIONS = (
    Column("Action No", "ref"), Column("INCIDENCE NO", "incident_ref"), Column("Home", "service"),
    Column("Theme", "theme"), Column("ACTON required", "action"), Column("Scope", "scope"),
    Column("Who", "owner"), Column("Role", "owner_role"), Column("Priority", "priority"),
    Column("Date raised", "raised_on", _midnight), Column("Target completion date", "due_on",
                                                          _midnight),
    Column("Progress", "status", mapping({"open": "Ongoing", "completed": "Complete"})),
    Column("Actual completion date", "completed_on", _midnight),
    Column("Escalated to", "escalated_to"), Column("Escalated on", "escalated_on", _midnight),
    Column("Plan/SOP change", "plan_updated"), Column("How we will know", "how_we_will_know"),
    Column("Checked by (method)", "verify_by", mapping({"re-audit": "Re-audit"})),
    Column("Re-check due", "verify_due_on", _midnight),
    Column("Re-check date", "verified_on", _midnight), Column("Checker", "verified_by"),
    Column("Re-check outcome", "verification_result",
           mapping({"change seen": "Yes - embedded", "change not seen": "Not embedded"})),
    Column("Learning note", "learning_note"),
)  # fmt: skip


def _done(record: Record) -> bool:
    return bool(record["status"] == "completed")


INCIDENT_SLIPS = (
    Slip("service name misspelt", "service", lambda r: "Cairnview", 4),
    Slip("service name in capitals", "service", lambda r: "CAIRN VIEW", 4),
    Slip("several spellings of yes and no", "safeguarding", lambda r: "FALSE", 4,
         lambda r: not r["safeguarding"]),
    Slip("several spellings of yes and no", "safeguarding", lambda r: 1, 3,
         lambda r: r["safeguarding"]),
    Slip("several spellings of yes and no", "candour_applies", lambda r: "no ", 4,
         lambda r: not r["candour_applies"]),
    Slip("word for an empty cell", "notified", lambda r: "N/A", 5,
         lambda r: r["notified"] == "None needed", "ask"),
    Slip("tier written Tier 2", "tier", lambda r: f"Tier {r['tier']}", 10),
    Slip("date as text", "reviewed_on", lambda r: uk(r["reviewed_on"]), 5),
    Slip("two dates in a cell", "review_due_on",
         lambda r: f"{uk(r['review_due_on'])} & {uk(r['review_due_on'], '%d.%m.%Y')}", 1,
         readable="ask"),
    Slip("near miss in the severity column", "severity", lambda r: "Near miss", 6,
         lambda r: r["signal"] == "near miss"),
)  # fmt: skip
ACTION_SLIPS = (
    Slip("dots in a date", "due_on", lambda r: uk(r["due_on"], "%d.%m.%Y"), 8),
    Slip("dots in a date", "completed_on", lambda r: uk(r["completed_on"], "%d.%m.%Y"), 8),
    Slip("due date is a word", "due_on", lambda r: "TBD", 1, lambda r: r["status"] == "open", "no"),
    Slip("two owners", "owner", lambda r: r["owner"] + " / Handyman", 3),
    Slip("status is blank", "status", lambda r: None, 12, _done),
    Slip("the action's own text as status", "status", lambda r: "done - " + r["action"], 2, _done),
)  # fmt: skip


def write(folder: Path, notebook: Notebook, known: dict[str, list[Record]]) -> None:
    """Write both files of Cairn View."""
    incidents = [record for record in known["incidents"] if record["service"] == HOME]
    actions = [record for record in known["actions"] if record["service"] == HOME]
    _write_incidents(folder, notebook, incidents)
    _write_actions(folder, notebook, actions)


def _write_incidents(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    sheet = Sheet("Report")
    for label, value in (
        ("Report:", "Incidents by date"), ("Organisation:", "Hazelbrook Care"),
        ("Service:", HOME), ("From:", date(2024, 9, 1)), ("To:", date(2026, 10, 31)),
        ("Status:", "All"), ("Rows:", len(records)),
    ):  # fmt: skip
        sheet.add(label, value)
    sheet.add()
    row = sheet.header(*(column.header for column in INCIDENTS))
    notebook.note("label and value lines above the header", INCIDENT_FILE, "Report", 1)
    notebook.note("header with question numbers and hints", INCIDENT_FILE, "Report", row)
    notebook.note("same ref at two services", INCIDENT_FILE, "Report", row + 1)
    notebook.note("old .xls export", INCIDENT_FILE, "Report")
    column = letter([c.field for c in INCIDENTS].index("summary"))
    notebook.mess.append(Mess("misspelt header", INCIDENT_FILE, "Report", f"{column}{row}"))
    column = letter([c.field for c in INCIDENTS].index("signal"))
    notebook.mess.append(Mess("near miss in its own column", INCIDENT_FILE, "Report",
                              f"{column}{row}"))  # fmt: skip
    chosen = choose(INCIDENT_SLIPS, records, "cairn incidents")
    clerk = Clerk(notebook, "incidents", INCIDENTS, chosen, by_id(records))
    for record in records:
        clerk.add(sheet, INCIDENT_FILE, record)
    totals = Sheet("Summary")
    totals.header("Row Labels", "Count of Incident Ref")
    for name in sorted({record["category"] for record in records}):
        totals.add(name, sum(record["category"] == name for record in records))
    totals.add("Grand Total", len(records))
    notebook.note("pivot table beside the log", INCIDENT_FILE, "Summary", 1)
    write_xls(folder / INCIDENT_FILE, [sheet, totals])


def _write_actions(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    sheet = Sheet("")
    sheet.header(None, *(column.header for column in ACTIONS))
    chosen = choose(ACTION_SLIPS, records, "cairn actions")
    clerk = Clerk(notebook, "actions", ACTIONS, chosen, by_id(records))
    for index, record in enumerate(records):
        clerk.add(sheet, ACTION_FILE, record, left=1)
        sheet.rows[-1][0] = index
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=";", lineterminator="\r\n").writerows(sheet.rows)
    (folder / ACTION_FILE).write_bytes(page.getvalue().encode("cp1252"))
    notebook.note("semicolons, cp1252", ACTION_FILE)
    notebook.note("index column without a header", ACTION_FILE, None, 1)
    notebook.note("dates with 00:00 behind", ACTION_FILE, None, 2)
