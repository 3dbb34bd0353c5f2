"""The list of signals whose recorded tier is not the expected one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from learnpipe.ground.calendar import parse_month
from learnpipe.ground.schemas import load_schemas
from learnpipe.report.facts import Facts
from learnpipe.report.sheets.disagreements import disagreement_rows
from tests.builders import Row, evidence, judged


def listed(*rows: Row) -> list[tuple[Any, ...]]:
    facts = SimpleNamespace(judged=judged(incidents=list(rows)), month=parse_month("2026-10"))
    sources = evidence(load_schemas(), incidents=list(rows)).sources
    return list(disagreement_rows(cast(Facts, facts), sources).rows)


def signal(
    ref: str, tier: str | None, severity: str | None, day: str = "2026-10-05", **more: Any
) -> Row:
    return {"ref": ref, "occurred_at": f"{day} 10:00", "tier": tier, "severity": severity, **more}


def test_both_ways_are_listed_the_most_under_triaged_first_and_why() -> None:
    found = listed(
        signal("1", "2", "low"),
        signal("2", "2", "moderate"),
        signal("3", "1", "low", safeguarding="yes"),
        signal("4", "1", "moderate"),
    )
    assert [(row[0], row[1], row[4], row[5], row[6]) for row in found] == [
        ("under-triaged", "3", 1, 3, "safeguarding"),
        ("under-triaged", "4", 1, 2, "moderate harm"),
        ("over-processed", "1", 2, 1, "low harm"),
    ]


def test_a_repeat_is_told_and_other_months_and_unknown_tiers_are_left_out() -> None:
    rows = [
        signal(str(at), "1", "low", day, theme="Falls")
        for at, day in enumerate(("2026-09-30", "2026-10-01", "2026-10-02"))
    ]
    assert [row[6] for row in listed(*rows)] == ["low harm, repeats its theme"]
    assert listed(signal("1", None, "low"), signal("2", "1", None)) == []


def test_it_leads_to_the_cell_of_the_tier() -> None:
    (row,) = listed(signal("1", "3", "low"))
    assert row[8].startswith('incidents all.xlsx, sheet "Log", cell ')
    assert row[8].endswith("2")
