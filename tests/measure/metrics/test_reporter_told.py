"""Reporters told what changed within a calendar month."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import measured, with_standards


def counts(reported: str, told: str | None, month: str, **more: Any) -> tuple[Any, ...]:
    row = {"occurred_at": f"{reported} 10:00", "reporter_told_on": told, **more}
    return measured(month, incidents=[row]).counts("reporter_told")


@pytest.mark.parametrize(
    ("reported", "last_day", "too_late"),
    [
        ("2026-09-15", "2026-10-15", "2026-10-16"),
        ("2026-08-31", "2026-09-30", "2026-10-01"),  # September has no 31st
        ("2026-01-31", "2026-02-28", "2026-03-01"),
        ("2027-12-31", "2028-01-31", "2028-02-01"),  # over the year's end
        ("2028-01-30", "2028-02-29", "2028-03-01"),  # a leap year
    ],
)
def test_the_same_day_of_the_next_month_else_its_last(
    reported: str, last_day: str, too_late: str
) -> None:
    assert counts(reported, last_day, last_day[:7]) == (1, 1, 0, 0)
    assert counts(reported, too_late, last_day[:7]) == (0, 1, 0, 0)
    assert counts(reported, None, last_day[:7]) == (0, 1, 1, 0)


def test_the_month_runs_from_the_report_where_it_is_dated() -> None:
    assert counts("2026-08-20", "2026-10-02", "2026-10", reported_at="2026-09-02 09:00") == (
        1, 1, 0, 0,
    )  # fmt: skip


def test_told_in_the_month_of_the_report_counts_when_it_falls_due() -> None:
    assert counts("2026-10-05", "2026-10-06", "2026-10") == (0, 0, 0, 1)
    # The log of signals goes on to November: it is covered.
    assert counts("2026-10-05", "2026-10-06", "2026-11") == (1, 1, 0, 0)


def test_every_signal_is_asked_whatever_its_tier_and_two_months_are_a_setting() -> None:
    rows = [{"occurred_at": "2026-09-15 10:00", "tier": tier} for tier in ("0", "3", None)]
    assert measured(incidents=rows).counts("reporter_told") == (0, 3, 3, 0)
    longer = with_standards(reporter_told_months=2)
    assert measured(schemas=longer, incidents=rows).counts("reporter_told") == (0, 0, 0, 3)
