"""The expected tier of a signal, its harm, and which tier its duties follow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Row, judged

UNKNOWN = -1


def verdict(**row: Any) -> Any:
    rows: list[Row] = [{"occurred_at": "2026-10-05 09:00", **row}]
    return judged(incidents=rows).frames["incidents"].iloc[0]


def expected_tier(**row: Any) -> int:
    return int(verdict(**row)["expected_tier"])


@pytest.mark.parametrize(
    ("severity", "tier"),
    [("none", 0), ("low", 1), ("moderate", 2), ("severe", 3), ("fatal", 3)],
)
def test_the_expected_tier_follows_the_harm(severity: str, tier: int) -> None:
    assert expected_tier(severity=severity) == tier


def test_unknown_severity_has_no_expected_tier_and_is_never_0() -> None:
    one = verdict()
    assert (one["harm"], one["expected_tier"], one["tier"]) == (UNKNOWN, UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("physical", "psychological", "tier"),
    [
        ("none", "severe", 3),
        ("moderate", "none", 2),
        ("low", "moderate", 2),
        ("low", "low", 1),
        (None, "moderate", 2),
        ("low", None, 1),
        ("fatal", "low", 3),
    ],
)
def test_harm_is_the_worse_of_physical_and_psychological(
    physical: str | None, psychological: str | None, tier: int
) -> None:
    assert expected_tier(severity=physical, psychological_severity=psychological) == tier


def test_a_near_miss_without_a_severity_is_no_harm() -> None:
    one = verdict(signal="near miss")
    assert (one["harm"], one["expected_tier"]) == (0, 0)


def test_a_near_miss_never_goes_above_1() -> None:
    assert expected_tier(signal="near miss", severity="low") == 1
    assert expected_tier(signal="near miss", severity="severe") == 1


@pytest.mark.parametrize("severity", [None, "none", "low", "moderate", "severe"])
def test_safeguarding_is_tier_3_whatever_the_harm(severity: str | None) -> None:
    assert expected_tier(severity=severity, safeguarding="yes") == 3
    assert expected_tier(severity=severity, signal="safeguarding concern") == 3


def test_safeguarding_no_or_blank_raises_nothing() -> None:
    assert expected_tier(severity="low", safeguarding="no") == 1
    assert expected_tier(severity="low", safeguarding=None) == 1


@pytest.mark.parametrize("recorded", ["0", "1", "2", "3", "4"])
def test_the_recorded_tier_is_used_over_the_expected_one(recorded: str) -> None:
    one = verdict(severity="moderate", tier=recorded)
    assert (one["expected_tier"], one["tier"]) == (2, int(recorded))


def test_without_a_recorded_tier_the_expected_one_is_used_and_marked() -> None:
    one = verdict(severity="moderate")
    assert (one["recorded_tier"], one["tier"]) == (UNKNOWN, 2)


def test_a_recorded_tier_is_used_where_the_severity_is_unknown() -> None:
    one = verdict(tier="2")
    assert (one["expected_tier"], one["tier"]) == (UNKNOWN, 2)


def test_one_incident_alone_is_never_expected_at_tier_4() -> None:
    worst = {"severity": "fatal", "psychological_severity": "severe", "safeguarding": "yes"}
    assert expected_tier(**worst) == 3


def test_clocks_start_with_the_report_and_else_when_it_happened() -> None:
    happened, reported = "2026-10-05 09:00", "2026-10-06 11:30"
    both = verdict(occurred_at=happened, reported_at=reported)
    assert str(both["start"]) == "2026-10-06 11:30:00"
    assert str(verdict(occurred_at=happened)["start"]) == "2026-10-05 09:00:00"


def test_the_tier_of_each_month_is_the_one_its_file_knew() -> None:
    case: Row = {"ref": "1", "occurred_at": "2026-09-05 09:00"}
    rows = [
        {**case, "severity": "low", "snapshot": "2026-09"},
        {**case, "severity": "severe", "snapshot": "2026-10"},
    ]
    september = judged("2026-09", incidents=rows).frames["cases"].iloc[0]
    october = judged("2026-10", incidents=rows).frames["cases"].iloc[0]
    assert (september["expected_tier"], october["expected_tier"]) == (1, 3)


def test_a_severity_emptied_in_a_later_file_is_still_known() -> None:
    case: Row = {"ref": "1", "occurred_at": "2026-09-05 09:00"}
    rows = [{**case, "severity": "low", "snapshot": "2026-09"}, {**case, "snapshot": "2026-10"}]
    assert judged(incidents=rows).frames["cases"].iloc[0]["expected_tier"] == 1
