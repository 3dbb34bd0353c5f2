"""One case's whole chain in words: signal, triage, review, action, verification, sharing, outcome.

For the person who keeps the logs: it shows free texts as they stand, and where each fact is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.frames import each_row
from learnpipe.ground.tables import Judged, Source
from learnpipe.ground.terms import HARMS, VERIFYING, counted
from learnpipe.report.facts import RECORD_TITLES
from learnpipe.report.sheets.chase import OWED
from learnpipe.report.sheets.story_words import day_told, outcome_told
from learnpipe.report.sheets.uk_checks import NO_DAY

SYSTEMIC = 4
_DUTY_NAMES = {
    "triaged": "Triage",
    "shared": "Huddle",
    "micro_action": "Micro-action",
    "reviewed": "Review",
    "signed_off": "Sign-off",
    "multi_agency": "Multi-agency step",
    "debriefed": "Debrief",
    "candour": "Candour, all three steps",
    "reporter_told": "Reporter told what changed",
    "service_wide_plan": "Systemic theme, service-wide plan",
    "training_refresh": "Systemic theme, training refresh",
    "governance": "Systemic theme, governance oversight",
    "cross_site_audit": "Systemic theme, cross-site re-audit",
    **OWED,
}


def case_chain(
    case: int, judged: Judged, sources: Sequence[Source], held: pd.DataFrame
) -> list[tuple[str, str]]:
    """The chain of one case as (text, place) lines; a line without text begins a new part.

    ``held``: every verified change with its verdict, for the outcome of the case's actions.
    """
    cases = judged.frames["cases"]
    one = next(each_row(cases[cases["case"] == case]))
    lines = [*_signal(one, sources), ("", ""), *_duties(case, judged, sources)]
    lines += [("", ""), *_trail(case, judged, sources)]
    lines += [("", ""), *_actions(case, judged, sources, held)]
    return lines


def _signal(one: Any, sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    source = sources[int(one.source)]
    when = f", {day_told(one.day)}" if pd.notna(one.day) else ", no date"
    yield f"{_text(one.ref) or 'No reference'} at {one.service}{when}.", _place(source, one.row)
    kind = [_text(one.signal), _text(one.category), _text(one.theme)]
    told = "; ".join(dict.fromkeys(part for part in kind if part))
    harm = f"{HARMS[one.harm]} harm" if one.harm > 0 else "no harm"
    yield (
        f"Signal: {told or 'not described'}; {harm if one.harm >= 0 else 'harm not known'}.",
        _place(source, one.row, "severity"),
    )
    if _text(one.summary):
        yield f"“{_text(one.summary)}”", _place(source, one.row, "summary")
    expected = "not known" if one.expected_tier < 0 else f"{one.expected_tier}"
    recorded = f"Tier {one.recorded_tier}" if one.recorded_tier >= 0 else "No tier"
    earlier = counted(one.prior_signals, "earlier signal")
    raised = (
        f"; {earlier} of its theme here, recent enough to count" if one.prior_signals > 0 else ""
    )
    compared = f" ({one.agreement})" if one.recorded_tier >= 0 else ""
    if one.recorded_tier == SYSTEMIC:
        compared = " for the signal itself; tier 4 stands for its theme"
    yield (
        f"{recorded} recorded, expected: {expected}{compared}{raised}.",
        _place(source, one.row, "tier"),
    )
    for name in ("cause", "contributing_factors", "lesson", "learning_note"):
        if text := _text(getattr(one, name)):
            yield f"{name.replace('_', ' ').capitalize()}: {text}.", _place(source, one.row, name)


def _duties(case: int, judged: Judged, sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Each duty with its last day and its state at the as-at."""
    yield "What its tier asks for:", ""
    as_at = pd.Timestamp(month_end(judged.month))
    duties, versions = judged.frames["duties"], judged.frames["incident_versions"]
    holds = (versions["valid_from"] <= judged.month) & (judged.month < versions["valid_to"])
    current = np.flatnonzero((versions["case"] == case).to_numpy() & holds.to_numpy())
    own = duties[duties["version"].isin(current)]
    for row in each_row(own):
        name = _DUTY_NAMES.get(row.duty, row.duty)
        due = f"due {day_told(row.due_on)}" if pd.notna(row.due_on) else "no date to count from"
        if pd.notna(row.done_on) and row.done_on < as_at:
            late = row.done_on.normalize() > row.due_on.normalize() or row.state == 2
            told = ("by the review", "after it") if row.duty in NO_DAY else ("in time", "late")
            state = f"done {day_told(row.done_on)}, {told[late]}"
        else:
            state = "not shown by the log" if row.due_on < as_at else "not yet due"
        place = _place(sources[int(row.source)], row.row, row.field)
        yield f"  {name}: {due}; {state}.{f' ({row.mark})' if row.mark else ''}", place
    if own.empty:
        yield "  Nothing: its tier or its date is not known.", ""


def _trail(case: int, judged: Judged, sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """The six records, and for a missing one the cell to look at."""
    yield "Evidence trail:", ""
    month, trail = judged.month, judged.frames["trail"]
    own = trail[(trail["case"] == case) & (trail["valid_from"] <= month)
                & (month < trail["valid_to"])]  # fmt: skip
    shown = {row.record: row for row in each_row(own)}
    for record, title in RECORD_TITLES.items():
        row = shown.get(record)
        if row is None:
            yield f"  {title}: not required.", ""
        elif row.present_month <= month:
            yield f"  {title}: there.", ""
        else:
            state = "not yet due" if row.due_at > month else "missing"
            place = _place(sources[int(row.at_source)], row.at_row, row.at_field)
            yield f"  {title}: {state}; look at:", place


def _actions(
    case: int, judged: Judged, sources: Sequence[Source], held: pd.DataFrame
) -> Iterator[tuple[str, str]]:
    """The actions that came of it, how they were checked, and whether they held."""
    month, actions = judged.month, judged.frames["actions"]
    as_at = pd.Timestamp(month_end(month))
    own = actions[(actions["incident_case"] == case) & (actions["valid_from"] <= month)
                  & (month < actions["valid_to"])]  # fmt: skip
    if own.empty:
        yield "No action names it, and none could be linked to it.", ""
        return
    yield f"{counted(len(own), 'action')}:", ""
    verdicts = {(row.source, row.row): row for row in each_row(held)}
    for one in each_row(own):
        source = sources[int(one.source)]
        linked = " (linked by service, theme and date)" if one.link_inferred else ""
        role = _text(one.owner_role)
        yield (
            f"  {_text(one.ref) or 'No reference'}: {_text(one.action) or 'not described'}"
            f"{f' ({role})' if role else ''}{linked}.",
            _place(source, one.row, "action"),
        )
        dates = [f"{name} {day_told(day)}" for name, day in (
            ("raised", one.raised_on), ("due", one.due_on),
            ("completed", one.completed_on if one.completed_on < as_at else pd.NaT),
        ) if pd.notna(day)]  # fmt: skip
        status = "open then" if one.completed_on >= as_at else _text(one.status) or "no status"
        yield (
            f"    {'; '.join(dates) or 'no dates'}; {status}.",
            (_place(source, one.row, "completed_on")),
        )
        yield f"    {_check(one, as_at)}", _place(source, one.row, "verified_on")
        found = verdicts.get((one.source, one.row))
        if found is not None:
            counts = (found.before, found.before_days, found.after, found.after_days)
            if told := outcome_told(*counts, found.verdict):
                yield f"    {told}", ""


def _check(one: Any, as_at: pd.Timestamp) -> str:
    if not one.verified_on < as_at:  # without a date too
        return "Not verified."
    method = _text(one.verify_by) or "no method recorded"
    counts = "" if method in VERIFYING else "; this does not count as verification"
    result = _text(one.verification_result) or "no result recorded"
    return f"Checked {day_told(one.verified_on)} by {method}: {result}{counts}."


def _place(source: Source, row: int, field: str | None = None) -> str:
    return str(source.place(int(row), field))


def _text(value: Any) -> str:
    return " ".join(value.split()).rstrip(" .") if isinstance(value, str) else ""
