"""A provider's own numbers in learnpipe.toml: the page prints that they are its own."""

from __future__ import annotations

from told import told

from learnpipe.ground.settings import Settings
from learnpipe.report.page.page import build_page
from tests.builders import Row

SIGNAL: Row = {"ref": "I1", "occurred_at": "2026-10-05 10:00"}


def foot(**standards: float) -> str:
    own = Settings(standards=standards)
    return " ".join(build_page(told("2026-10", settings=own, incidents=[SIGNAL]).facts).foot)


def test_the_page_names_the_numbers_that_the_provider_set() -> None:
    assert "This provider's own standards: repeat_days and triage_hours." in foot(
        triage_hours=12, repeat_days=60
    )


def test_without_numbers_of_its_own_nothing_is_said() -> None:
    assert "own standards" not in foot()


def test_more_than_three_are_counted() -> None:
    own = {"triage_hours": 12, "repeat_days": 60, "respond_days": 20, "link_days": 14}
    assert "This provider's own standards: 4 (learnpipe.toml)." in foot(**own)


def test_the_number_on_the_page_is_the_one_that_counts() -> None:
    # Triaged 13 hours after the report: in time by 24 hours, late by the provider's 12.
    row = {**SIGNAL, "triaged_at": "2026-10-05 23:00"}
    by_hours = {
        hours: told("2026-10", settings=Settings(standards=own), incidents=[row]).facts
        for hours, own in ((24, {}), (12, {"triage_hours": 12}))
    }
    counts = {
        hours: next(one.counts for one in build_page(facts).rows if one.key == "triaged_in_time")
        for hours, facts in by_hours.items()
    }
    assert counts == {24: "1 of 1", 12: "0 of 1"}
