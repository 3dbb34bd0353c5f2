"""The foot of the page: which version and inputs, what was read, how some things were judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnpipe.ground.findings import count_by_severity
from learnpipe.ground.terms import counted, list_words

if TYPE_CHECKING:
    from learnpipe.report.facts import Facts

_MOST_NAMED = 3
"""Standards of the provider's own that are named; more are counted."""


def build_foot(facts: Facts) -> tuple[str, ...]:
    """The lines of the foot, what must never be lost first: a full page cuts at the end."""
    lines = (
        f"learnpipe {facts.version}, inputs {facts.fingerprint[:12]}. Names-free, small numbers "
        "not suppressed: not for publication. How each figure is counted: sheet Definitions.",
        _rows(facts),
        f"{_findings(facts)} {_files(facts)}",
        " ".join(_judged(facts)),
    )
    return tuple(line for line in lines if line)


def _rows(facts: Facts) -> str:
    read, used, superseded, aside, blank = (
        sum(getattr(line, name) for line in facts.ledger if line.log)
        for name in ("read", "used", "superseded", "set_aside", "blank")
    )
    rows = (
        f"Rows in logs: {read:,} read = {used:,} used + {superseded:,} superseded + "
        f"{aside:,} set aside + {blank:,} blank."
    )
    if undated := sum(facts.judged.undated.values()):
        rows += f" {counted(undated, 'row has', 'rows have')} no usable date and no month."
    return rows


def _findings(facts: Facts) -> str:
    by = count_by_severity(facts.findings)
    return (
        f"Findings: {by['stop']:,} stop, {by['blank']:,} blank, {by['note']:,} note "
        "(sheet Data quality)."
    )


def _files(facts: Facts) -> str:
    refused = sum(not file.included for file in facts.files)
    files = f"{counted(len(facts.files), 'file')} read"
    if refused:
        files += f", {refused:,} of {len(facts.files):,} not included"
    if facts.left_out:
        files += f"; {counted(len(facts.left_out), 'file')} skipped"
    return f"{files}."


def _judged(facts: Facts) -> list[str]:
    """How some things were judged for want of something better, or as the provider wished."""
    notes = []
    duties = facts.judged.frames["duties"]
    by_day = int(((duties["due_month"] == facts.month) & duties["by_day"]).sum())
    if by_day:
        entries = counted(by_day, "entry", "entries")
        notes.append(f'"Within 24 hours" is "same or next day" for {entries} without a time.')
    services = facts.judged.span.services
    if unset := sum(name not in facts.nations for name in services):
        whose = "" if unset == len(services) else f" for {unset:,} of {len(services):,} services"
        notes.append(f"Bank holidays: England's{whose} (nation not set).")
    if own := sorted(facts.settings.standards):
        named = list_words(own) if len(own) <= _MOST_NAMED else f"{len(own):,} (learnpipe.toml)"
        notes.append(f"This provider's own standards: {named}.")
    return notes
