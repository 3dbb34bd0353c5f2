"""The foot of the page: what must never be lost stands first, the rest in few words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from told import told

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.settings import Settings
from learnpipe.report.facts import Facts
from learnpipe.report.page.page import build_page
from learnpipe.report.page.page_foot import build_foot
from tests.builders import Row
from tests.conftest import SampleFacts


def signals(*services: str) -> list[Row]:
    return [
        {"ref": f"I-{service}", "service": service, "occurred_at": "2026-10-05 10:00",
         "category": "Falls", "severity": "low"}
        for service in services
    ]  # fmt: skip


def facts(*services: str, **over: object) -> Facts:
    return replace(told(incidents=signals(*services)).facts, **over)  # type: ignore[arg-type]


def test_version_and_fingerprint_come_first(sample_facts: SampleFacts) -> None:
    own = replace(sample_facts.facts, version="1.2.3", fingerprint="0123456789abcdef" * 4)
    assert build_page(own).foot[0].startswith("learnpipe 1.2.3, inputs 0123456789ab. ")
    assert "not for publication" in build_page(own).foot[0]
    assert "sheet Definitions" in build_page(own).foot[0]


def test_rows_findings_and_files_come_next(sample_facts: SampleFacts) -> None:
    _, rows, found, *_ = build_foot(sample_facts.facts)
    assert rows.startswith("Rows in logs: 4,757 read = 3,931 used + 729 superseded + 33 set aside")
    assert found.startswith("Findings: ")
    assert found.endswith("66 files read; 1 file skipped.")


def test_findings_are_counted_by_what_they_mean() -> None:
    place = Place("a.csv")
    findings = [
        Finding("x", severity, place, "", "") for severity in ("stop", "blank", "blank", "note")
    ]
    told = build_foot(facts("Oak", findings=findings))[2]
    assert told.startswith("Findings: 1 stop, 2 blank, 1 note (sheet Data quality).")


@pytest.mark.parametrize(
    ("nations", "said"),
    [
        ({}, "Bank holidays: England's (nation not set)."),
        ({"Ash": "Wales"}, "Bank holidays: England's for 2 of 3 services (nation not set)."),
        (dict.fromkeys(("Ash", "Elm", "Oak"), "Scotland"), ""),
    ],
)
def test_whose_bank_holidays_is_said_in_a_few_words(nations: dict[str, str], said: str) -> None:
    foot = " ".join(build_foot(facts("Ash", "Elm", "Oak", nations=nations)))
    assert said in foot
    assert ("Bank holidays" in foot) == bool(said)


def test_own_standards_are_named_or_where_there_are_many_counted() -> None:
    names = sorted(facts("Oak").schemas.standards)
    few, many = (Settings(standards=dict.fromkeys(names[:n], 1)) for n in (2, 4))
    named, number = (build_foot(facts("Oak", settings=own))[-1] for own in (few, many))
    assert f"own standards: {names[0]} and {names[1]}." in named
    assert "own standards: 4 (learnpipe.toml)." in number


def test_days_without_a_time_are_said_to_be_judged_by_day() -> None:
    by_day: list[Row] = [{"ref": "I-1", "service": "Oak", "occurred_at": "2026-10-05",
                          "reported_at": "2026-10-05", "triaged_at": "2026-10-06",
                          "category": "Falls", "severity": "low"}]  # fmt: skip
    said = '"Within 24 hours" is "same or next day" for 1 entry without a time.'
    assert said in build_foot(told(incidents=by_day).facts)[-1]
    assert said not in " ".join(build_foot(facts("Oak")))
