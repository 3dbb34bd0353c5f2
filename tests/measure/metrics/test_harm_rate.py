"""Moderate harm or worse: of the signals whose harm is known."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import measured


def hurt(severity: str | None, **more: Any) -> dict[str, Any]:
    return {"occurred_at": "2026-10-05 09:00", "severity": severity, **more}


def test_moderate_severe_and_fatal_count_and_low_does_not() -> None:
    rows = [hurt(word) for word in ("none", "low", "moderate", "severe", "fatal")]
    got = measured(incidents=rows)
    assert got.counts("harm_rate") == (3, 5, 0, 0)
    assert got.row("harm_rate").value == pytest.approx(0.6)


def test_unknown_harm_is_not_no_harm() -> None:
    # 1 of 4 due; one of them unknown, so the share is 1 of 3 and not 1 of 4.
    got = measured(incidents=[hurt("severe"), hurt("low"), hurt("none"), hurt(None)])
    assert got.counts("harm_rate") == (1, 4, 1, 0)
    assert got.row("harm_rate").value == pytest.approx(1 / 3)


def test_all_unknown_is_blank_with_the_reason() -> None:
    one = measured(incidents=[hurt(None), hurt(None)]).row("harm_rate")
    assert (one.value, one.due, one.no_evidence) == (None, 2, 2)
    assert one.why_blank == "no evidence for any of them"


def test_a_month_without_signals_is_blank_and_not_nought_per_cent() -> None:
    rows = [hurt("low", occurred_at="2026-08-05 09:00"), hurt("low")]
    one = measured(incidents=rows).row("harm_rate", month="2026-09")
    assert (one.value, one.due, one.why_blank) == (None, 0, "nothing fell due")


def test_the_worse_of_physical_and_psychological_harm_counts() -> None:
    got = measured(
        incidents=[
            hurt("none", psychological_severity="severe"),
            hurt("moderate", psychological_severity="none"),
            hurt(None, psychological_severity="moderate"),
            hurt("low", psychological_severity="low"),
        ]
    )
    assert got.counts("harm_rate") == (3, 4, 0, 0)


def test_a_near_miss_without_a_severity_is_no_harm() -> None:
    got = measured(incidents=[hurt(None, signal="near miss"), hurt("severe")])
    assert got.counts("harm_rate") == (1, 2, 0, 0)


def test_a_month_keeps_the_harm_that_was_known_at_its_end() -> None:
    case = hurt("low", ref="1", occurred_at="2026-09-05 09:00")
    rows = [{**case, "snapshot": "2026-09"}, {**case, "severity": "fatal", "snapshot": "2026-10"}]
    assert measured(incidents=rows).counts("harm_rate", month="2026-09") == (0, 1, 0, 0)


def test_harm_that_becomes_known_later_does_not_fill_the_gap_of_its_month() -> None:
    case = hurt(None, ref="1", occurred_at="2026-09-05 09:00")
    rows = [{**case, "snapshot": "2026-09"}, {**case, "severity": "low", "snapshot": "2026-10"}]
    assert measured(incidents=rows).counts("harm_rate", month="2026-09") == (0, 1, 1, 0)


def test_services_add_up_in_counts_not_in_percentages() -> None:
    # Oak 1 of 1, Elm 0 of 3: together 1 of 4, not the mean of 100 % and 0 %.
    got = measured(incidents=[hurt("severe"), *[hurt("low", service="Elm")] * 3])
    assert (got.row("harm_rate", "Oak").value, got.row("harm_rate", "Elm").value) == (1, 0)
    assert got.row("harm_rate").value == 0.25
