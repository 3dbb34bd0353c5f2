"""What the law asks in the United Kingdom, case by case: notifications, candour, safeguarding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.frames import each_row
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import VERIFYING, counted, list_words
from learnpipe.report.facts import Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.sheets.duty_rows import duties_now

MONTHS = 12
MOST_ROWS = 5_000
_RULES = {
    "notified_riddor": ("RIDDOR 2013", "Report to the Health and Safety Executive"),
    "notified_cqc": ("CQC Registration Regulations 2009, 16 and 18", "Notify CQC without delay"),
    "candour_told": ("Duty of candour, regulation 20", "Tell the person"),
    "candour_apology": ("Duty of candour, regulation 20", "Apologise"),
    "candour_written": ("Duty of candour, regulation 20", "Follow up in writing"),
}
NO_DAY = ("notified_cqc", "candour_told", "candour_apology", "candour_written")
"""Duties for which the law names no day: they fall due with the review."""
_NOTES = dict.fromkeys(NO_DAY, "the law names no day: due with the review")
_LATE, _AFTER_REVIEW = "late", "after the review"
_IN_TIME, _BY_REVIEW = "in time", "by the review"
_NOT_SHOWN = "not shown by the log"
_OWN_DAY = {_LATE: _AFTER_REVIEW, _IN_TIME: _BY_REVIEW}
"""What is not called late or in time, since the law names no day: the day is ours."""
_SAFEGUARDING = "Care Act 2014, section 42"
_STEPS = (
    ("safeguarding_on", "Concern raised"),
    ("safeguarding_enquiry_on", "Council's enquiry"),
)


def uk_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *UK checks*: each step that is owed for the incidents of the last twelve months."""
    start = pd.Timestamp(month_end(facts.month - MONTHS))
    duties = duties_now(facts, facts.judged.frames["duties"]["duty"].isin(_RULES).to_numpy())
    duties = duties[~(duties["start"] < start)]
    duties = duties.sort_values(["service", "start", "source", "row"], kind="stable")
    as_at = pd.Timestamp(month_end(facts.month))
    found = [(list(_RULES).index(one.duty), _owed(one, as_at, sources)) for one in each_row(duties)]
    found += [(len(_RULES), row) for row in _safeguarding(facts, start, sources)]
    rows = [row for _, row in sorted(found, key=lambda one: one[0])]
    return Sheet(
        "UK checks", "UK checks",
        f"What the law asks of the incidents of the last {MONTHS} months, step by step, as far as "
        "the logs show it. "
        f"{_tally(rows)} RIDDOR: 10 days, 15 for over-seven-day injuries, 10 where the kind is "
        f"not known. Confirm wording with the regulator.{_abroad(facts)}",
        (
            SheetColumn("Rule", width=30), SheetColumn("What is owed", width=32),
            SheetColumn("Service", width=20), SheetColumn("Incident", width=12),
            SheetColumn("Started", "date", 12), SheetColumn("Due", "date", 12),
            SheetColumn("Done", "date", 12), SheetColumn("Days taken", "whole", 8),
            SheetColumn("State", width=20), SheetColumn("Note", width=26),
            SheetColumn("Where", "text", 48),
        ),
        tuple(rows[:MOST_ROWS]),
        f"No notification, candour or safeguarding step is owed in the last {MONTHS} months, as "
        "far as the incident log shows.",
    )  # fmt: skip


def _owed(one: Any, as_at: pd.Timestamp, sources: Sequence[Source]) -> tuple[Cell, ...]:
    rule, what = _RULES[one.duty]
    done = one.done_on if one.done else pd.NaT
    state = _state(done, one.due_on, as_at)
    if one.duty in _NOTES:
        state = _OWN_DAY.get(state, state)
    return (
        rule, what, one.service, _text(one.ref), _day(one.start), _day(one.due_on), _day(done),
        _days(one.start, done), state, _text(one.mark) or _NOTES.get(one.duty),
        str(sources[int(one.source)].place(int(one.row), one.field)),
    )  # fmt: skip


def _state(done: Any, due: Any, as_at: pd.Timestamp) -> str:
    if pd.notna(done):
        return _IN_TIME if pd.isna(due) or done.normalize() <= due.normalize() else _LATE
    return _NOT_SHOWN if pd.notna(due) and due < as_at else "not yet due"


def _safeguarding(
    facts: Facts, start: pd.Timestamp, sources: Sequence[Source]
) -> list[tuple[Cell, ...]]:
    """The steps of each safeguarding concern: raised, enquiry, outcome, and its learning action.

    None of them has a day of the law's: a step is there, or the log does not show it.
    """
    frames, month = facts.judged.frames, facts.month
    as_at = pd.Timestamp(month_end(month))
    cases = frames["cases"]
    cases = cases[cases["is_safeguarding"] & (cases["day"] >= start) & (cases["day"] < as_at)]
    learned = _learning_actions(frames["actions"], as_at)
    nation = dict(zip(frames["abroad"]["service"], frames["abroad"]["nation"], strict=True))
    rows: list[tuple[Cell, ...]] = []
    for one in each_row(cases.sort_values(["service", "day", "ref"], kind="stable")):
        where = sources[int(one.source)]
        abroad = nation.get(one.service)
        rule = _SAFEGUARDING if abroad is None else f"Safeguarding (law of {abroad}, not judged)"

        def step(
            what: str, field: str, done: Any, state: str, note: Cell = None, one: Any = one,
            where: Source = where, rule: str = rule,
        ) -> tuple[Cell, ...]:  # fmt: skip
            return (
                rule, what, one.service, _text(one.ref), _day(one.start), None,
                _day(done), _days(one.start, done), state, note,
                str(where.place(int(one.row), field)),
            )  # fmt: skip

        for field, what in _STEPS:
            done = getattr(one, field)
            done = done if pd.notna(done) and done < as_at else pd.NaT
            state = "shown" if pd.notna(done) else _NOT_SHOWN
            rows.append(step(what, field, done, state))
        outcome = _text(one.safeguarding_outcome)
        state = "shown" if outcome else _NOT_SHOWN
        rows.append(step("Outcome", "safeguarding_outcome", pd.NaT, state, outcome))
        state, checked = learned.get(one.case, ("no action linked", pd.NaT))
        rows.append(step("Learning action, verified", "ref", checked, state))
    return rows


def _learning_actions(actions: pd.DataFrame, as_at: pd.Timestamp) -> dict[int, tuple[str, Any]]:
    """For each case with actions whether all are verified, and the day on which the last was."""
    acted = actions[(actions["incident_case"] >= 0) & (actions["status"] != "cancelled")]
    last = acted.drop_duplicates("case", keep="last")
    checked = last["verify_by"].isin(VERIFYING) & (last["verified_on"] < as_at)
    days = last["verified_on"].where(checked).groupby(last["incident_case"])
    found: dict[int, tuple[str, Any]] = {}
    for case, linked, verified, day in zip(
        days.size().index, days.size(), days.count(), days.max(), strict=True
    ):
        if verified == linked:
            found[case] = ("verified", day)
        elif verified:
            found[case] = (f"{verified} of {linked} actions verified", pd.NaT)
        else:
            found[case] = ("action linked, not verified", pd.NaT)
    return found


def _tally(rows: Sequence[tuple[Cell, ...]]) -> str:
    """How many of each rule's steps are late, or done after the review, or not shown."""
    told = []
    for rule, name, late in (
        ("RIDDOR", "RIDDOR", _LATE),
        ("CQC", "CQC", _AFTER_REVIEW),
        ("Duty of candour", "candour", _AFTER_REVIEW),
    ):
        own = [row for row in rows if str(row[0]).startswith(rule)]
        if own:
            number, undone = (sum(row[8] == state for row in own) for state in (late, _NOT_SHOWN))
            told.append(
                f"{name} {counted(len(own), 'step')}, {number} {late}, {undone} {_NOT_SHOWN}"
            )
    return f"In all: {'; '.join(told)}." if told else ""


def _abroad(facts: Facts) -> str:
    """Whose regulators and laws are not judged."""
    nations = sorted(set(facts.judged.frames["abroad"]["nation"]))
    if not nations:
        return ""
    return f" Regulators, candour and safeguarding laws of {list_words(nations)} are not judged."


def _days(start: Any, done: Any) -> Cell:
    if pd.isna(start) or pd.isna(done):
        return None
    return int((done.normalize() - start.normalize()).days)


def _day(value: Any) -> Cell:
    return None if pd.isna(value) else value.date()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
