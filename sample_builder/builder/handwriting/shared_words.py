"""Head office's headers, words and slips."""

from __future__ import annotations

from typing import Any

from builder.handwriting.paper import Cell
from builder.handwriting.slips import Column, Slip, mapping, uk
from builder.stories.provider import Record

_YES = mapping({True: "Yes", False: "No"})
_YN = mapping({True: "Y", False: "N"})
_TICK = mapping({True: "✓", False: "x"})


def _long(value: Any) -> Cell:
    return f"{value:%A}, {value.day} {value:%B}, {value.year}"


FEEDBACK = (
    Column("Ref", "ref"), Column("Home", "service"), Column("Type", "kind", str.capitalize),
    Column("Subject of complaint", "theme"), Column("Details", "summary"),
    Column("Date received", "received_on"), Column("Acknowledged on", "acknowledged_on"),
    Column("Final response sent", "responded_on"), Column("Outcome", "outcome", str.capitalize),
    Column("Satisfied with how we handled it?", "satisfied", _YES),
    Column("Linked action", "action_ref"), Column("Status", "status", str.capitalize),
    Column("Date closed", "closed_on"),
)  # fmt: skip
TRAINING = (
    Column("Session", "ref"), Column("Home", "service"), Column("Theme", "theme"),
    Column("Triggered on", "triggered_on"), Column("Delivered on", "delivered_on"),
    Column("Length (mins)", "minutes"), Column("No. attended", "attended"),
    Column("No. eligible", "eligible"), Column("Trainer", "trainer"),
    Column("Observation check on", "observed_on"),
)  # fmt: skip
OBSERVATIONS = (
    Column("Ref", "ref"), Column("Home", "service"), Column("Theme", "theme"),
    Column("Behaviour observed", "behaviour"), Column("Staff member", "staff"),
    Column("Observer", "observer"), Column("Date observed", "observed_on"),
    Column("Result", "result", mapping({"passed": "Pass", "not passed": "Not yet"})),
)  # fmt: skip
SUPERVISIONS = (
    Column("Home", "service"), Column("Staff member", "staff"),
    Column("Date of supervision", "held_on"), Column("Incident / complaint theme discussed",
                                                     "theme"),
    Column("Action captured?", "action_captured", _TICK),
)  # fmt: skip
ACTIVITY = (
    Column("Home", "service"), Column("Month", "month"), Column("Occupied bed days", "bed_days"),
    Column("Headcount (care staff)", "headcount"),
)  # fmt: skip
MICRO_TESTS = (
    Column("Test", "ref"), Column("Home", "service"), Column("Theme", "theme"),
    Column("Start date", "started_on"), Column("End date", "ends_on"),
    Column("What we measure", "measure"), Column("Stop rule", "stop_rule"),
    Column("Result", "result"), Column("Decision", "decision"),
)  # fmt: skip
CASE_SAMPLES = (
    Column("Incident ref", "incident_ref"), Column("Home", "service"),
    Column("Date sampled", "sampled_on"), Column("Sampled by", "sampled_by"),
    Column("Visible in records?", "in_records", _YES),
    Column("Visible in practice?", "in_practice", _YES),
)  # fmt: skip
COMMENTARY = (
    Column("Metric", "metric"), Column("Month", "month", lambda v: f"{v:%b %Y}"),
    Column("Service", "service"), Column("Why it moved", "why_it_moved"),
    Column("What we are doing next", "what_next"), Column("Owner", "owner"),
    Column("Due", "due_on", _long),
)  # fmt: skip


def _homes(record: Record) -> Cell:
    return {"Alder House": "Alder", "Birch Lodge": "Birch Lodge ", "Cairn View": "cairn view"}.get(
        record["service"]
    )


FEEDBACK_SLIPS = (
    Slip("service name in short", "service", _homes, 5),
    Slip("date as text", "received_on", lambda r: uk(r["received_on"]), 5),
    Slip("date as text", "acknowledged_on", lambda r: uk(r["acknowledged_on"]), 5),
    Slip("capitals", "status", lambda r: "CLOSED", 3,
         lambda r: r["status"] == "closed"),
)  # fmt: skip
TRAINING_SLIPS = (
    Slip("date with the day of the week", "delivered_on", lambda r: _long(r["delivered_on"]), 5),
    Slip("number with words", "minutes", lambda r: f"{r['minutes']} mins", 5),
    Slip("service name in short", "service", _homes, 4),
)  # fmt: skip
OBSERVATION_SLIPS = (
    Slip("ISO date with a zone", "observed_on", lambda r: f"{r['observed_on']}T09:00:00+00:00", 5),
    Slip("several words for a result", "result", lambda r: "✓", 6,
         lambda r: r["result"] == "passed"),
    Slip("several words for a result", "result", lambda r: "Passed", 6,
         lambda r: r["result"] == "passed"),
)  # fmt: skip
SUPERVISION_SLIPS = (
    Slip("several spellings of yes and no", "action_captured",
         lambda r: _YN(r["action_captured"]), 10),
    Slip("several spellings of yes and no", "action_captured",
         lambda r: "TRUE" if r["action_captured"] else "FALSE", 5),
    Slip("service name in short", "service", _homes, 6),
    Slip("date as text", "held_on", lambda r: uk(r["held_on"]), 8),
)  # fmt: skip
