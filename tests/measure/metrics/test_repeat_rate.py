"""Repeats: an earlier signal of the theme at the service in the 90 days before."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import measured


def fall(day: str, **more: Any) -> dict[str, Any]:
    return {"occurred_at": f"{day} 09:00", "theme": "falls", **more}


def test_the_first_is_no_repeat_and_the_second_is() -> None:
    got = measured(incidents=[fall("2026-10-01"), fall("2026-10-20")])
    assert got.counts("repeat_rate") == (1, 2, 0, 0)


def test_day_90_repeats_and_day_91_does_not() -> None:
    # 3 July + 90 days = 1 October (28 left in July, 31, 30, 1).
    assert measured(incidents=[fall("2026-07-03"), fall("2026-10-01")]).counts("repeat_rate") == (
        1, 1, 0, 0,
    )  # fmt: skip
    assert measured(incidents=[fall("2026-07-02"), fall("2026-10-01")]).counts("repeat_rate") == (
        0, 1, 0, 0,
    )  # fmt: skip


def test_another_service_or_another_theme_is_no_repeat() -> None:
    got = measured(
        incidents=[
            fall("2026-10-01"),
            fall("2026-10-02", service="Elm"),
            fall("2026-10-03", theme="medicines"),
        ]
    )
    assert got.counts("repeat_rate") == (0, 3, 0, 0)


def test_the_category_stands_in_for_a_missing_theme() -> None:
    rows = [fall("2026-10-01", theme=None, category="Falls"), fall("2026-10-02")]
    assert measured(incidents=rows).counts("repeat_rate") == (1, 2, 0, 0)


def test_case_and_blanks_do_not_make_another_theme() -> None:
    rows = [fall("2026-10-01", theme="Night  falls"), fall("2026-10-02", theme="night falls")]
    assert measured(incidents=rows).counts("repeat_rate") == (1, 2, 0, 0)


def test_without_theme_and_category_it_cannot_be_judged() -> None:
    # 1 repeat of 3; one has no theme: 1 of 2.
    rows = [fall("2026-10-01"), fall("2026-10-02"), fall("2026-10-03", theme=None)]
    got = measured(incidents=rows)
    assert got.counts("repeat_rate") == (1, 3, 1, 0)
    assert got.row("repeat_rate").value == pytest.approx(0.5)


def test_the_repeat_counts_in_its_own_month_and_not_in_that_of_the_first() -> None:
    got = measured(incidents=[fall("2026-09-30"), fall("2026-10-01")])
    assert got.counts("repeat_rate", month="2026-09") == (0, 1, 0, 0)
    assert got.counts("repeat_rate") == (1, 1, 0, 0)


def test_a_signal_repeats_by_when_it_happened_not_by_when_it_was_reported() -> None:
    # Reported 80 days apart, but happened 100 days apart: 1 July to 9 October.
    rows = [fall("2026-07-01", reported_at="2026-07-21 09:00"), fall("2026-10-09")]
    assert measured(incidents=rows).counts("repeat_rate") == (0, 1, 0, 0)


def test_a_later_snapshot_of_one_case_does_not_repeat_itself() -> None:
    case = fall("2026-09-10", ref="1")
    rows = [{**case, "snapshot": "2026-09"}, {**case, "snapshot": "2026-10"}]
    assert measured(incidents=rows).counts("repeat_rate", month="2026-09") == (0, 1, 0, 0)
