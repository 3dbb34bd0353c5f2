"""The sheet *Tier agreement*: where the recorded tier is not the one that the rules expect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learnpipe.ground.frames import each_row
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted
from learnpipe.report.facts import Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

_WAYS = ("under-triaged", "over-processed")
_HARMS = ("no harm", "low harm", "moderate harm", "severe harm", "fatal harm")
_MOST = 5_000


def disagreement_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """This month's signals with a tier that is too low or too high, and why, worst first."""
    signals = facts.judged.frames["incidents"]
    own = signals[(signals["month"] == facts.month) & signals["agreement"].isin(_WAYS)]
    own = own.assign(apart=own["recorded_tier"] - own["expected_tier"])
    own = own.sort_values(["apart", "service", "day", "source", "row"], kind="stable")
    tally = [f"{(own['agreement'] == way).sum()} {way}" for way in _WAYS]
    rows: list[tuple[Cell, ...]] = [
        (
            row.agreement, row.ref, row.service, row.day.date(), int(row.recorded_tier),
            int(row.expected_tier), _why(row),
            row.theme if isinstance(row.theme, str) else row.category,
            str(sources[int(row.source)].place(int(row.row), "tier")),
        )
        for row in each_row(own.head(_MOST))
    ]  # fmt: skip
    return Sheet(
        "Tier agreement", "Tier agreement",
        f"{counted(len(own), 'signal')} of this month with another tier than the rules expect: "
        f"{' and '.join(tally)}. Duties and clocks follow the recorded tier. The log may not tell "
        "all that decided a tier: look at the signal before changing it.",
        (
            SheetColumn("Which way", width=16), SheetColumn("Ref", width=14),
            SheetColumn("Service", width=20), SheetColumn("Happened", "date", 12),
            SheetColumn("Recorded", "whole", 10), SheetColumn("Expected", "whole", 10),
            SheetColumn("Why expected", width=36), SheetColumn("Theme", width=28),
            SheetColumn("Where to look", "text", 52),
        ),
        tuple(rows),
        "Every tier recorded this month is the one expected, or the log records none.",
    )  # fmt: skip


def _why(row: Any) -> str:
    """What the expected tier follows from."""
    if row.is_safeguarding:
        return "safeguarding"
    harm = "near miss" if row.near_miss else _HARMS[row.harm]
    raised = row.repeat_raises and row.expected_tier > min(row.harm, row.expected_tier)
    return f"{harm}, repeats its theme" if raised else harm
