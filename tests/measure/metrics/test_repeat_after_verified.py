"""Signals of a theme for which a change was verified at the service in the 180 days before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Got, Row, measured

CHANGE: Row = {
    "ref": "A1", "theme": "Falls", "action": "Night lights", "completed_on": "2026-03-01",
    "verify_by": "re-audit", "verified_on": "2026-04-14",
}  # fmt: skip


def got_of(*days: str, signal: Row | None = None, **changed: Any) -> Got:
    rows = [{"occurred_at": f"{day} 10:00", "theme": "falls", **(signal or {})} for day in days]
    return measured(incidents=rows, actions=[{**CHANGE, **changed}])


def counts(*days: str, **changed: Any) -> tuple[Any, ...]:
    return got_of(*days, **changed).counts("repeat_after_verified")


def test_day_180_counts_and_day_181_does_not() -> None:
    # 14 April + 180 days: 16 left in April, 31, 30, 31, 31, 30, and 11 of October.
    assert counts("2026-10-11") == (1, 1, 0, 0)
    assert counts("2026-10-12") == (0, 1, 0, 0)


def test_the_day_of_the_signal_is_not_before_it() -> None:
    assert counts("2026-10-05", verified_on="2026-10-05") == (0, 1, 0, 0)
    assert counts("2026-10-05", verified_on="2026-10-04") == (1, 1, 0, 0)


@pytest.mark.parametrize(
    "changed",
    [{"theme": "Medicines"}, {"service": "Elm"}, {"verify_by": "other"}, {"verified_on": None},
     {"completed_on": None}, {"status": "cancelled"}, {"completed_on": "2026-04-15"}],
)  # fmt: skip
def test_what_is_no_verified_change_for_it(changed: Row) -> None:
    assert counts("2026-10-05", **changed) == (0, 1, 0, 0)


def test_the_category_stands_in_for_a_missing_theme() -> None:
    signal = {"theme": None, "category": "FALLS"}
    assert counts("2026-10-05", signal=signal) == (1, 1, 0, 0)


def test_without_theme_and_category_it_cannot_be_judged() -> None:
    # One of two after the change; the other is unknown: 1 of 1.
    known = {"occurred_at": "2026-10-05 10:00", "theme": "Falls"}
    got = measured(incidents=[known, {"occurred_at": "2026-10-06 10:00"}], actions=[CHANGE])
    assert got.counts("repeat_after_verified") == (1, 2, 1, 0)
    assert got.row("repeat_after_verified").value == 1.0


def test_it_counts_in_the_month_of_the_signal() -> None:
    got = got_of("2026-09-30", "2026-10-01")
    assert got.counts("repeat_after_verified", month="2026-09") == (1, 1, 0, 0)
    assert got.counts("repeat_after_verified") == (1, 1, 0, 0)


def test_without_an_action_log_it_is_blank() -> None:
    row = {"occurred_at": "2026-10-05 10:00", "theme": "Falls"}
    assert measured(incidents=[row]).row("repeat_after_verified").why_blank == (
        "no action log supplied"
    )
