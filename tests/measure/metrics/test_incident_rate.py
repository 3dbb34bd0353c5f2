"""Signals per 1,000 bed-days, visits or hours: only where both logs speak for the month."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import measured


def signals(count: int, service: str = "Oak", month: str = "2026-10") -> list[dict[str, Any]]:
    return [
        {"service": service, "occurred_at": f"{month}-{day + 1:02d} 09:00"} for day in range(count)
    ]


def days(bed_days: float | None, service: str = "Oak", month: str = "2026-10") -> dict[str, Any]:
    return {"service": service, "month": f"{month}-01", "bed_days": bed_days}


def test_signals_over_bed_days_times_a_thousand() -> None:
    # 5 signals in 620 bed-days: 5 × 1,000 / 620 = 8.0645
    rate = measured(incidents=signals(5), activity=[days(620)]).row("incident_rate")
    assert (rate.met, rate.due, rate.unit) == (5, 620, "per 1,000 bed-days")
    assert rate.value == pytest.approx(8.0645, abs=0.0001)


def test_a_month_without_activity_is_blank_and_no_zero() -> None:
    got = measured(
        incidents=[*signals(2, month="2026-09"), *signals(3)],
        activity=[days(600, month="2026-09")],
    )
    october = got.row("incident_rate")
    assert (october.value, october.why_blank) == (None, "no activity for this month")
    assert got.row("incident_rate", month="2026-09").value == pytest.approx(2000 / 600)


def test_zero_bed_days_are_no_exposure() -> None:
    assert measured(incidents=signals(1), activity=[days(0)]).row("incident_rate").value is None


def test_no_signal_in_a_covered_month_is_a_rate_of_zero() -> None:
    # Oak's log has rows in August and October, so September is a true zero.
    got = measured(
        incidents=[*signals(1, month="2026-08"), *signals(1)],
        activity=[days(600, month="2026-09")],
    )
    assert got.row("incident_rate", "Oak", "2026-09").value == 0


def test_a_month_that_the_incident_log_does_not_cover_is_a_gap_and_no_zero() -> None:
    # Elm's bed-days are known for September, but its incident log begins in October.
    got = measured(
        incidents=[*signals(3, "Oak", "2026-09"), *signals(1, "Elm", "2026-10")],
        activity=[days(500, "Oak", "2026-09"), days(500, "Elm", "2026-09")],
    )
    elm = got.row("incident_rate", "Elm", "2026-09")
    assert elm.value is None
    everyone = got.row("incident_rate", month="2026-09")
    assert (everyone.met, everyone.due) == (3, 500)  # not 3 in 1,000


def test_all_counts_only_services_with_an_exposure() -> None:
    # Oak 4 in 400; Elm's 9 signals have no bed-days. All: 4 in 400, not 13 in 400.
    got = measured(incidents=[*signals(4), *signals(9, "Elm")], activity=[days(400)])
    everyone = got.row("incident_rate")
    assert (everyone.met, everyone.due, everyone.value) == (4, 400, 10)


def test_services_with_the_same_basis_add_up() -> None:
    # (3 + 1) × 1,000 / (300 + 500) = 5
    got = measured(
        incidents=[*signals(3), *signals(1, "Elm")], activity=[days(300), days(500, "Elm")]
    )
    assert got.row("incident_rate").value == 5


def test_bed_days_and_visits_do_not_add_up() -> None:
    got = measured(
        incidents=[*signals(2), *signals(1, "Elm")],
        activity=[days(500), {"service": "Elm", "month": "2026-10-01", "visits": 2000}],
    )
    assert got.row("incident_rate", "Oak").value == 4
    assert got.row("incident_rate", "Elm").value == 0.5
    assert got.row("incident_rate").value is None


def test_home_care_is_told_per_1000_visits() -> None:
    got = measured(incidents=signals(3), activity=[{"month": "2026-10-01", "visits": 1500}])
    rate = got.row("incident_rate")
    assert (rate.value, rate.unit) == (2, "per 1,000 visits")


def test_without_an_activity_log_it_is_blank_with_the_reason() -> None:
    rate = measured(incidents=signals(3)).row("incident_rate")
    assert (rate.value, rate.met, rate.why_blank) == (None, None, "no activity log supplied")
