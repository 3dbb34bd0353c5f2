"""Micro-tests: running at a month's end, due to stop, adopted, stopped by their stop rule."""

from __future__ import annotations

import pytest

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
PARTS = ("", ".due_to_stop", ".adopted", ".stopped")


def of(*tests: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, micro_tests=list(tests))


def figures(*tests: Row, month: str = "2026-10") -> list[float | None]:
    """Running, due to stop, adopted, stopped."""
    got = of({"started_on": "2026-08-01", "ends_on": "2026-08-10", "decision": "adopted"}, *tests,
             {"started_on": "2026-11-01"})  # fmt: skip
    return [got.row(f"micro_tests{part}", month=month).value for part in PARTS]


def test_a_test_whose_last_day_has_not_passed_is_running():
    assert figures({"started_on": "2026-10-20", "ends_on": "2026-11-03"}) == [1, 0, 0, 0]


def test_a_test_that_ends_on_the_last_day_of_the_month_has_ended_by_its_end():
    assert figures({"started_on": "2026-10-17", "ends_on": "2026-10-31"}) == [0, 1, 0, 0]


def test_without_a_last_day_it_runs_for_two_weeks():
    # 18 October + 14 days = 1 November; 17 October + 14 days = 31 October.
    assert figures({"started_on": "2026-10-18"}) == [1, 0, 0, 0]
    assert figures({"started_on": "2026-10-17"}) == [0, 1, 0, 0]


def test_an_extended_test_runs_for_two_weeks_more_and_then_is_due_to_stop():
    extended = {"started_on": "2026-10-05", "ends_on": "2026-10-19", "decision": "extended"}

    assert figures(extended) == [1, 0, 0, 0]
    assert figures({**extended, "ends_on": "2026-10-10"}) == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("decision", "expected"), [("adopted", [0, 0, 1, 0]), ("stopped", [0, 0, 0, 1])]
)
def test_a_decided_test_counts_once_in_the_month_in_which_it_ended(decision, expected):
    ended = {"started_on": "2026-09-10", "ends_on": "2026-09-24", "decision": decision}

    assert figures(ended, month="2026-09") == expected
    assert figures(ended, month="2026-10") == [0, 0, 0, 0]


def test_a_test_that_nobody_decides_stays_due_to_stop():
    forgotten = {"started_on": "2026-08-10", "ends_on": "2026-08-24"}

    assert [figures(forgotten, month=f"2026-{month}")[1] for month in ("08", "09", "10")] == [1] * 3


def test_a_decision_written_into_a_later_file_counts_from_that_month():
    row = {"ref": "T1", "started_on": "2026-08-10", "ends_on": "2026-08-24"}
    later = [{**row, "snapshot": "2026-08"}, {**row, "snapshot": "2026-10", "decision": "adopted"}]

    assert figures(*later, month="2026-09") == [0, 1, 0, 0]
    assert figures(*later) == [0, 0, 1, 0]


def test_without_the_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("micro_tests").why_blank == "no micro-test log supplied"
    assert got.row("micro_tests.adopted").why_blank == "no micro-test log supplied"
