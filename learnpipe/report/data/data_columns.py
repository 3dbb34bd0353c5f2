"""Every column of the data files: what it holds, as which type, in which unit.

Here alone the files' columns are described; a test holds them against the files themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from learnpipe.ground.terms import VERDICTS

STATES = ("there", "missing", "not yet due", "not required")


@dataclass(frozen=True)
class Column:
    """One column: its Table Schema type and what it means.

    ``of``: (log, field) of ours that it holds; then `schemas/` says what it means. ``among``: the
    only values there are, if they are few. ``leads_to``: the file whose key it is.
    """

    name: str
    type: str = "string"
    means: str = ""
    unit: str = ""
    of: tuple[str, str] | None = None
    among: tuple[str, ...] = ()
    needed: bool = False
    leads_to: str = ""


@dataclass(frozen=True)
class DataFile:
    """One file of `data/`: what one row is, its columns, and those that no two rows share."""

    title: str
    means: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()


_SERVICE = Column("service", "string", of=("incidents", "service"), needed=True,
                  leads_to="services")  # fmt: skip
_FILE = Column("file", "string", "The file, as it lies in the folder; names of people masked")
_SHEET = Column("sheet", "string", "The sheet; empty for a text file")
_ROW = Column("row", "integer", "The row, as Excel numbers it")
_RATE = "Signals of the theme for each 1,000 of `basis` in the days "


def _record(name: str, title: str) -> Column:
    return Column(name, "string", f"Whether the {title} is there", among=STATES)


DATA_FILES: Mapping[str, DataFile] = {
    "measures": DataFile(
        "Measures",
        "One row a metric, service and month since coverage began, each month as at its own end. "
        "A rate never travels without its counts: value = met ÷ due for shares.",
        (
            Column("month", "yearmonth", "The month", needed=True),
            Column("service", "string", "The service, or All", needed=True, leads_to="services"),
            Column("metric", "string", "The metric's key; after a point, the part or breakdown",
                   needed=True, leads_to="metrics"),
            Column("due", "number", "How many fell due; the exposure of a rate; empty for counts"),
            Column("met", "number", "How many of them were met; the count itself for counts"),
            Column("no_evidence", "number", "Due, and the log has nothing to show for it"),
            Column("not_yet_due", "number", "Clocks that were running at the month's end"),
            Column("value", "number", "The figure; a share is from 0 to 1. Empty: there is none"),
            Column("unit", "string", "What the figure counts"),
            Column("centre", "number", "The centre line of the control chart in that month"),
            Column("lower", "number", "The lower control limit"),
            Column("upper", "number", "The upper control limit"),
            Column("variation", "string", "What the control chart says of the month"),
            Column("assurance", "string", "Whether the process meets its target, by its limits"),
        ),
        ("month", "service", "metric"),
    ),
    "metrics": DataFile(
        "Metrics", "One row a metric, or a part or breakdown of one: what `measures` counts.",
        (
            Column("metric", "string", "The metric's key", needed=True),
            Column("part_of", "string", "The metric that it is a part or breakdown of"),
            Column("title", "string", "What it is called"),
            Column("family", "string", "The family that it stands in on the page"),
            Column("question", "string", "What it answers"),
            Column("kind", "string", "share, count, rate, median_days or days"),
            Column("unit", "string", "What the figure counts"),
            Column("better", "string", "Which way is better: higher, lower or neither"),
            Column("target", "number", "The target; of a share, from 0 to 1"),
            Column("stock", "boolean", "Whether it stands at a month's end, and so does not add "
                   "up over months"),
            Column("definition", "string", "What counts and what does not"),
            Column("source", "string", "Where the metric comes from"),
        ),
        ("metric",),
    ),
    "services": DataFile(
        "Services", "One row a service, and All for all services together.",
        (
            Column("service", "string", "The service, or All", needed=True),
            Column("nation", "string", "The nation whose rules hold, where it is set",
                   of=("services", "nation")),
        ),
        ("service",),
    ),
    "cases": DataFile(
        "Cases",
        "One row a case with a record that fell due in the month: which of its six records are "
        "there, and where the chain first breaks.",
        (
            Column("ref", "string", of=("incidents", "ref")),
            _SERVICE,
            Column("day", "date", "The day it happened, else the day it was reported"),
            Column("tier", "integer", "The tier whose duties it has"),
            Column("tier_recorded", "boolean", "Whether the log records the tier; else it is the "
                   "expected one"),
            Column("expected_tier", "integer", "The tier that severity, repeats and safeguarding "
                   "lead one to expect"),
            Column("theme", "string", of=("incidents", "theme")),
            _record("incident", "incident record"), _record("review", "review record"),
            _record("action", "action log entry"), _record("plan", "plan or SOP update"),
            _record("verification", "verification"), _record("learning_note", "learning note"),
            Column("breaks_at", "string", "The first record that is missing"),
            Column("where", "string", "The file, sheet and cell to look at"),
            Column("action_link", "string", "“inferred” where the action names no incident"),
            _FILE, _SHEET, _ROW,
        ),
    ),
    "held": DataFile(
        "Did it hold?",
        "One row a verified change: signals of its theme at its service before it and since. "
        "Changes made after a cluster look better than they are.",
        (
            _FILE, _ROW, _SERVICE,
            Column("theme", "string", of=("actions", "theme")),
            Column("completed_on", "date", of=("actions", "completed_on"), needed=True),
            Column("verified_on", "date", of=("actions", "verified_on"), needed=True),
            Column("verify_by", "string", of=("actions", "verify_by")),
            Column("before", "integer", "Signals of the theme before the change", "signals"),
            Column("before_days", "integer", "Days counted before the change", "days"),
            Column("after", "integer", "Signals of the theme since the change", "signals"),
            Column("after_days", "integer", "Days counted since the change", "days"),
            Column("ratio", "number", "The daily rate since over the daily rate before"),
            Column("low", "number", "The lower end of the ratio's exact 95 % interval"),
            Column("high", "number", "Its upper end; empty where there is no upper limit"),
            Column("at_first", "string", "The verdict at eight weeks", among=VERDICTS),
            Column("verdict", "string", "What may be said now", among=VERDICTS, needed=True),
            Column("before_per_1000", "number", f"{_RATE}before"),
            Column("after_per_1000", "number", f"{_RATE}since"),
            Column("basis", "string", "What the rates are for: bed_days, visits or hours"),
        ),
    ),
    "findings": DataFile(
        "Findings", "One row a finding: where, what, and what to do.",
        (
            Column("severity", "string", "stop: cannot be used; blank: the cell was set empty; "
                   "note: used as it is", among=("stop", "blank", "note"), needed=True),
            Column("code", "string", "The kind of finding", needed=True),
            _FILE, _SHEET,
            Column("cell", "string", "The cell, column or row"),
            Column("problem", "string", "What is wrong", needed=True),
            Column("fix", "string", "What to do"),
        ),
    ),
    "changes": DataFile(
        "Changes", "One row for each fact that a later file tells otherwise than the one before.",
        (
            Column("log", "string", "The log that the record stands in", needed=True),
            _SERVICE,
            Column("ref", "string", "The record's reference"),
            Column("field", "string", "The field that changed"),
            Column("how", "string", "How it changed"),
            Column("said", "string", "What the earlier file said"),
            Column("now", "string", "What the later file says"),
            Column("said_file", "string", "The earlier file; names of people masked"),
            Column("said_sheet", "string", "Its sheet"),
            Column("said_cell", "string", "Its cell"),
            _FILE, _SHEET,
            Column("cell", "string", "The later file's cell"),
        ),
    ),
    "shared": DataFile(
        "Shared", "One row a figure of all services that left the building, or was hidden.",
        (
            Column("edition", "yearmonth", "The report's month", needed=True),
            Column("key", "string", "What was counted: a metric, a duty, or a theme's mark",
                   needed=True),
            Column("part", "string", "met, due, or hidden", among=("met", "due", "hidden"),
                   needed=True),
            Column("first", "string", "The first month, or day, that it counts", needed=True),
            Column("last", "string", "The last month, or day, that it counts", needed=True),
            Column("figure", "integer", "What was shared; empty where hidden"),
        ),
    ),
}  # fmt: skip
