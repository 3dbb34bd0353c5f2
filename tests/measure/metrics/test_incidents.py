"""Signals: each case counts once, in the month in which it happened."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, measured


def signals(got: Got, service: str = "All", month: str | None = None) -> float | None:
    return got.row("incidents", service, month).value


def happened(occurred_at: str, **more: Any) -> dict[str, Any]:
    return dict(occurred_at=occurred_at, **more)


def test_every_kind_of_signal_counts_and_a_near_miss_too() -> None:
    kinds = ("incident", "near miss", "safeguarding concern", "audit variance", "feedback theme")
    got = measured(incidents=[happened("2026-10-05 09:00", signal=kind) for kind in kinds])
    assert signals(got) == 5
    assert got.row("incidents.signal.near miss").value == 1


def test_a_count_has_no_denominator() -> None:
    got = measured(incidents=[happened("2026-10-05 09:00")])
    assert got.counts("incidents") == (1, None, None, None)


def test_a_signal_belongs_to_the_month_in_which_it_happened_not_was_reported() -> None:
    late = happened("2026-09-30 22:00", reported_at="2026-10-01 07:30")
    got = measured(incidents=[late, happened("2026-10-09 12:00")])
    assert (signals(got, month="2026-09"), signals(got)) == (1, 1)


def test_without_a_date_of_happening_it_belongs_to_the_month_of_the_report() -> None:
    got = measured(incidents=[{"reported_at": "2026-10-01 07:30"}])
    assert signals(got) == 1


def test_the_last_minute_of_the_month_is_in_and_midnight_is_the_next_month() -> None:
    rows = [happened("2026-10-31 23:59"), happened("2026-11-01 00:00")]
    assert signals(measured("2026-10", incidents=rows)) == 1
    november = measured("2026-11", incidents=rows)
    assert (signals(november, month="2026-10"), signals(november)) == (1, 1)


def test_the_services_add_up_to_all() -> None:
    got = measured(
        incidents=[
            happened("2026-10-02 09:00", service="Oak"),
            happened("2026-10-03 09:00", service="Oak"),
            happened("2026-10-04 09:00", service="Elm"),
        ]
    )
    assert (signals(got, "Elm"), signals(got, "Oak"), signals(got)) == (1, 2, 3)


def test_a_covered_month_with_nothing_in_it_is_a_zero() -> None:
    # Rows in August and October of one log: September had none.
    got = measured(incidents=[happened("2026-08-20 09:00"), happened("2026-10-02 09:00")])
    assert signals(got, month="2026-09") == 0


def test_a_quiet_service_is_covered_to_the_last_month_of_its_file() -> None:
    got = measured(
        incidents=[
            happened("2026-09-02 09:00", service="Elm"),
            happened("2026-10-02 09:00", service="Oak"),
        ]
    )
    assert signals(got, "Elm") == 0


def test_a_month_that_the_services_file_does_not_reach_is_a_gap() -> None:
    # Elm has a file for September only, Oak one for October only.
    got = measured(
        incidents=[
            happened("2026-09-02 09:00", service="Elm", snapshot="2026-09"),
            happened("2026-10-02 09:00", service="Oak", snapshot="2026-10"),
        ]
    )
    elm = got.row("incidents", "Elm")
    assert (elm.value, elm.why_blank) == (None, "not covered by the log")
    assert signals(got, "Oak", "2026-09") is None
    assert signals(got) == 1


def test_the_same_ref_in_two_months_files_is_one_case() -> None:
    got = measured(
        incidents=[
            happened("2026-09-20 09:00", ref="INC-7", snapshot="2026-09"),
            happened("2026-09-20 09:00", ref="inc 7", snapshot="2026-10"),
            happened("2026-10-02 09:00", ref="INC-8", snapshot="2026-10"),
        ]
    )
    assert (signals(got, month="2026-09"), signals(got)) == (1, 1)


def test_the_same_ref_at_two_services_is_two_cases() -> None:
    got = measured(
        incidents=[
            happened("2026-10-02 09:00", ref="1", service="Oak"),
            happened("2026-10-02 09:00", ref="1", service="Elm"),
        ]
    )
    assert signals(got) == 2


def test_rows_without_a_ref_are_never_merged() -> None:
    twins = [happened("2026-10-02 09:00", category="falls")] * 2
    assert signals(measured(incidents=twins)) == 2


def test_a_month_keeps_the_severity_that_was_known_at_its_end() -> None:
    # Low in September's file; put up to severe in October's.
    case = happened("2026-09-20 09:00", ref="7")
    got = measured(
        incidents=[
            {**case, "severity": "low", "snapshot": "2026-09"},
            {**case, "severity": "severe", "snapshot": "2026-10"},
        ]
    )
    assert got.row("incidents.severity.low", month="2026-09").value == 1
    assert got.row("incidents.severity.severe", month="2026-09").value is None


def test_spellings_of_a_category_count_together_and_an_empty_one_is_not_stated() -> None:
    at = "2026-10-02 09:00"
    got = measured(
        incidents=[
            happened(at, category="Falls"),
            happened(at, category="falls"),
            happened(at, category="Falls"),
            happened(at),
        ]
    )
    assert got.row("incidents.category.falls").value == 3
    assert got.row("incidents.category.not stated").value == 1


def test_a_row_without_a_date_counts_in_the_month_that_its_file_declares() -> None:
    got = measured(incidents=[{"category": "falls", "snapshot": "2026-10"}])
    assert signals(got) == 1


def test_a_row_without_any_month_is_counted_apart() -> None:
    got = measured(incidents=[happened("2026-10-02 09:00"), {"category": "falls"}])
    assert signals(got) == 1
    assert got.judged.undated["incidents"] == 1
