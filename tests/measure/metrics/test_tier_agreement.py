"""Recorded tier against expected tier, and both ways of disagreeing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Got, Row, measured


def signal(recorded: str | None, severity: str | None, day: str = "2026-10-05", **more: Any) -> Row:
    return {"occurred_at": f"{day} 10:00", "tier": recorded, "severity": severity, **more}


def got_of(*rows: Row) -> Got:
    return measured("2026-10", incidents=list(rows))


def test_both_ways_of_disagreeing_are_not_met() -> None:
    # Expected 2, 1 and 2; recorded 2 (agrees), 2 (over-processed) and 1 (under-triaged).
    got = got_of(signal("2", "moderate"), signal("2", "low"), signal("1", "moderate"))
    assert got.counts("tier_agreement") == (1, 3, 0, 0)
    assert got.row("tier_agreement.under_triaged").value == 1
    assert got.row("tier_agreement.over_processed").value == 1


def test_unknown_harm_has_no_expected_tier_and_is_no_evidence() -> None:
    assert got_of(signal("1", "low"), signal("1", None)).counts("tier_agreement") == (1, 2, 1, 0)


def test_without_a_recorded_tier_or_with_tier_4_nothing_is_compared() -> None:
    got = got_of(signal(None, "low"), signal("4", "low"))
    assert got.counts("tier_agreement") == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("recorded", "facts"),
    [
        ("3", {"safeguarding": "yes"}),  # whatever the harm
        ("3", {"psychological_severity": "severe"}),  # the worse of the two
        ("1", {"signal": "near miss", "severity": "moderate"}),  # never above 1
    ],
)
def test_what_the_expected_tier_follows_from(recorded: str, facts: Row) -> None:
    row = {**signal(recorded, "low"), **facts}
    assert got_of(row).counts("tier_agreement") == (1, 1, 0, 0)


def test_the_third_signal_of_a_theme_is_expected_to_be_tier_2() -> None:
    # Recorded 1, 1, 1; expected 1, 1, 2: the third is under-triaged.
    rows = [signal("1", "low", f"2026-10-{day}", theme="Falls") for day in ("05", "12", "19")]
    assert got_of(*rows).counts("tier_agreement") == (2, 3, 0, 0)


def test_it_counts_in_the_month_of_the_signal() -> None:
    got = got_of(signal("1", "low", "2026-09-30"), signal("2", "low", "2026-10-01"))
    assert got.counts("tier_agreement", month="2026-09") == (1, 1, 0, 0)
    assert got.counts("tier_agreement") == (0, 1, 0, 0)
