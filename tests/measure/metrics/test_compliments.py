"""Compliments received in the month."""

from __future__ import annotations

from typing import Any

from tests.builders import measured

INCIDENT = {"occurred_at": "2026-08-01 09:00"}


def heard(received_on: str, kind: str | None = "compliment", **more: Any) -> dict[str, Any]:
    return dict(received_on=received_on, kind=kind, **more)


def test_only_what_the_log_calls_a_compliment_counts() -> None:
    rows = [heard("2026-10-02", kind) for kind in ("compliment", "concern", "complaint", None)]
    assert measured(incidents=[INCIDENT], feedback=rows).row("compliments").value == 1


def test_the_last_day_of_the_month_is_in_it() -> None:
    rows = [heard("2026-09-30"), heard("2026-10-31"), heard("2026-11-01")]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert got.row("compliments", month="2026-09").value == 1
    assert got.row("compliments").value == 1


def test_a_covered_month_without_compliments_is_a_zero() -> None:
    got = measured(incidents=[INCIDENT], feedback=[heard("2026-10-02", "complaint")])
    assert got.row("compliments").value == 0


def test_without_a_feedback_log_it_is_blank_with_the_reason() -> None:
    one = measured(incidents=[INCIDENT]).row("compliments")
    assert (one.value, one.why_blank) == (None, "no feedback log supplied")


def test_a_month_keeps_what_its_own_file_called_it() -> None:
    rows = [
        heard("2026-09-20", ref="7", snapshot="2026-09"),
        heard("2026-09-20", "complaint", ref="7", snapshot="2026-10"),
    ]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert got.row("compliments", month="2026-09").value == 1


def test_cards_without_a_ref_are_never_merged() -> None:
    got = measured(incidents=[INCIDENT], feedback=[heard("2026-10-02")] * 3)
    assert got.row("compliments").value == 3


def test_services_add_up_to_all() -> None:
    rows = [heard("2026-10-02"), heard("2026-10-02", service="Elm")]
    got = measured(incidents=[INCIDENT], feedback=rows)
    assert [got.row("compliments", name).value for name in ("Elm", "Oak", "All")] == [1, 1, 2]
