"""Lists of complaints, of micro-tests, and of what changed between files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.frames import counted_in_order, each_row
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted
from learnpipe.report.facts import Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

MONTHS = 12
MOST_ROWS = 5_000


def complaint_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *Complaints*: those of the last twelve months, for the summary CQC may ask for."""
    month = facts.month
    as_at, start = (pd.Timestamp(month_end(at)) for at in (month, month - MONTHS))
    feedback = facts.judged.frames["feedback"]
    now = (feedback["valid_from"] <= month) & (month < feedback["valid_to"])
    own = feedback[now & feedback["is_complaint"]]
    own = own[(own["received_on"] >= start) & (own["received_on"] < as_at)]
    own = _as_known(own, as_at)
    own = own.sort_values(["received_on", "source", "row"], kind="stable", ascending=False)
    rows = tuple(
        (
            _text(one.ref), one.service, _text(one.theme), _text(one.summary),
            _day(one.received_on), _day(one.acknowledged_on),
            _in_time(one.acknowledged_on, one.acknowledged_by_on, as_at), _day(one.responded_on),
            _in_time(one.responded_on, one.responded_by_on, as_at), _text(one.outcome),
            _text(one.satisfied), _text(one.action_ref),
            str(sources[int(one.source)].place(int(one.row))),
        )
        for one in each_row(own.iloc[:MOST_ROWS])
    )  # fmt: skip
    outcomes = own["outcome"].fillna("without an outcome yet")
    told = counted_in_order(outcomes, sorted(outcomes.unique()))
    summary = "; ".join(f"{number} {outcome}" for outcome, number in told.items())
    supplied = "feedback" in facts.judged.span.covered
    return Sheet(
        "Complaints", "Complaints",
        f"{counted(len(own), 'complaint')} received in the last {MONTHS} months"
        f"{f' ({summary})' if summary else ''}.{_regulator(facts)} Internal: summaries may "
        "name people.",
        (
            SheetColumn("Ref", width=10), SheetColumn("Service", width=20),
            SheetColumn("Theme", width=24), SheetColumn("Summary", "long text", 44),
            SheetColumn("Received", "date", 12), SheetColumn("Acknowledged", "date", 13),
            SheetColumn("Acknowledged in time", width=20), SheetColumn("Responded", "date", 12),
            SheetColumn("Responded in time", width=20), SheetColumn("Outcome", width=14),
            SheetColumn("Satisfied", width=10), SheetColumn("Action", width=10),
            SheetColumn("Where", "text", 44),
        ),
        rows,
        f"No complaint was received in the last {MONTHS} months."
        if supplied else "No feedback log supplied.",
    )  # fmt: skip


def _as_known(complaints: pd.DataFrame, as_at: pd.Timestamp) -> pd.DataFrame:
    """The complaints as they stood: what was done later, and what came of it, is not known yet."""
    answered = complaints["responded_on"].fillna(complaints["closed_on"])
    later = answered >= as_at
    return complaints.assign(
        **{name: complaints[name].where(complaints[name] < as_at)
           for name in ("acknowledged_on", "responded_on")},
        **{name: complaints[name].mask(later) for name in ("outcome", "satisfied")},
    )  # fmt: skip


def _regulator(facts: Facts) -> str:
    """Who may ask for the summary: CQC, of the services in England."""
    abroad, services = len(facts.judged.frames["abroad"]), len(facts.judged.span.services)
    if abroad and abroad == services:
        return ""
    return (
        f" CQC may ask {'the services in England ' if abroad else ''}for this summary, to be sent "
        "within 28 days (HSCA Regulations 2014, regulation 16)."
    )


def _in_time(done: Any, due: Any, as_at: pd.Timestamp) -> str | None:
    if pd.notna(done) and done < as_at:
        return "yes" if pd.isna(due) or done.normalize() <= due.normalize() else "late"
    return None if pd.isna(due) else "not shown by the log" if due < as_at else "not yet due"


def micro_test_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *Micro-tests*: each test of the last twelve months with its stop rule."""
    month = facts.month
    as_at, start = (pd.Timestamp(month_end(at)) for at in (month, month - MONTHS))
    tests = facts.judged.frames["micro_tests"]
    now = tests[(tests["valid_from"] <= month) & (month < tests["valid_to"])]
    now = now[(now["started_on"] >= start) & (now["started_on"] < as_at)]
    waiting = (now["waiting_from"] <= month) & (month < now["waiting_to"])
    state = np.select(
        [
            (now["running_from"] <= month) & (month < now["running_to"]),
            waiting & (now["decision"] == "extended"),
            waiting,
        ],
        ["running", "due to stop: extended, and over", "due to stop: no decision yet"],
        now["decision"].fillna("ended, no decision recorded"),
    )
    now = now.assign(state=state).sort_values(["started_on", "source", "row"], kind="stable")
    rows = tuple(
        (
            _text(one.ref), one.service, _text(one.theme), one.state, _day(one.started_on),
            _day(one.ends_on), _text(one.measure), _text(one.stop_rule), _text(one.result),
            str(sources[int(one.source)].place(int(one.row))),
        )
        for one in each_row(now.iloc[::-1].head(MOST_ROWS))
    )  # fmt: skip
    supplied = "micro_tests" in facts.judged.span.covered
    return Sheet(
        "Micro-tests", "Micro-tests",
        f"Each two-week test begun in the last {MONTHS} months: running, due to stop (its last day "
        "has passed without a decision), stopped by its rule, or adopted.",
        (
            SheetColumn("Ref", width=10), SheetColumn("Service", width=20),
            SheetColumn("Theme", width=26), SheetColumn("State", width=26),
            SheetColumn("Started", "date", 12), SheetColumn("Ends", "date", 12),
            SheetColumn("Measure", "long text", 36), SheetColumn("Stop rule", "long text", 36),
            SheetColumn("Result", "long text", 30), SheetColumn("Where", "text", 44),
        ),
        rows,
        f"No micro-test was begun in the last {MONTHS} months."
        if supplied else "No micro-test log supplied.",
    )  # fmt: skip


def change_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *Changes between files*: what a later file says otherwise than the one before."""
    changes = facts.judged.frames["changes"]
    period = np.array([one.period for one in sources], dtype=np.int64)
    of = changes["source"].to_numpy(np.int64)
    order = np.lexsort((changes["row"], of, -period[of]))
    logs = facts.schemas.logs
    rows = tuple(
        (
            logs[one.log].title, one.service, _text(one.ref),
            logs[one.log].fields[one.field].title, one.how, _shown(one.said), _shown(one.now),
            str(sources[int(one.said_source)].place(int(one.said_row), one.field)),
            str(sources[int(one.source)].place(int(one.row), one.field)),
        )
        for one in each_row(changes.iloc[order[:MOST_ROWS]])
    )  # fmt: skip
    more = f" The first {MOST_ROWS:,} of {len(changes):,}; data/changes.csv has all."
    return Sheet(
        "Changes between files", "Changes between files",
        "Where a later file says something else of the same record than the file before it, the "
        "latest first. What free text and personal fields said is not shown."
        + (more if len(changes) > MOST_ROWS else ""),
        (
            SheetColumn("Log", width=16), SheetColumn("Service", width=20),
            SheetColumn("Ref", width=12), SheetColumn("Field", width=24),
            SheetColumn("How", width=10), SheetColumn("Said", width=22),
            SheetColumn("Says now", width=22), SheetColumn("Where it said so", "text", 46),
            SheetColumn("Where it says so now", "text", 46),
        ),
        rows,
        "No record stands in more than one file with different answers.",
    )  # fmt: skip


def _shown(value: Any) -> str | None:
    return str(value) if value is not None and pd.notna(value) else None


def _day(value: Any) -> Cell:
    return None if pd.isna(value) else value.date()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
