"""Coverage: which months of which service a log speaks for, so that a zero is a zero."""

from __future__ import annotations

from learnpipe.ground.calendar import month_text
from tests.builders import Got, measured


def signal(service: str, day: str, snapshot: str | None = None) -> dict[str, str | None]:
    return {"service": service, "occurred_at": f"{day} 10:00", "snapshot": snapshot}


def counted(got: Got, service: str = "Oak") -> list[float | None]:
    """The incidents of a service month by month; None is a gap."""
    months = [month_text(month) for month in got.measures.span.months]
    return [got.row("incidents", service, month).met for month in months]


def test_a_month_without_a_signal_between_two_with_one_is_a_zero():
    got = measured("2026-10", incidents=[signal("Oak", "2026-08-05"), signal("Oak", "2026-10-05")])

    assert counted(got) == [1, 0, 1]


def test_a_service_is_covered_on_to_the_last_month_of_anybody_in_its_file():
    # Oak has none after August, but the file goes on with Elm to October.
    got = measured("2026-10", incidents=[signal("Oak", "2026-08-05"), signal("Elm", "2026-10-05")])

    assert counted(got, "Oak") == [1, 0, 0]


def test_a_service_is_not_covered_before_its_first_row():
    got = measured("2026-10", incidents=[signal("Oak", "2026-08-05"), signal("Elm", "2026-10-05")])

    assert counted(got, "Elm") == [None, None, 1]


def test_a_month_after_the_files_last_row_is_a_gap_and_says_so():
    got = measured("2026-10", incidents=[signal("Oak", "2026-08-05")])

    assert counted(got) == [1, None, None]
    assert got.row("incidents").why_blank == "not covered by the log"


def test_rows_after_the_as_at_show_that_the_log_was_kept_until_then():
    # The report of October must not turn into a gap what the report of November calls a zero.
    rows = [signal("Oak", "2026-09-05"), signal("Oak", "2026-11-05")]

    assert counted(measured("2026-10", incidents=rows)) == [1, 0]
    assert counted(measured("2026-11", incidents=rows)) == [1, 0, 1]


def test_a_service_whose_first_row_is_after_the_as_at_is_not_covered_yet():
    got = measured("2026-10", incidents=[signal("Oak", "2026-10-05"), signal("Elm", "2026-11-05")])

    assert counted(got, "Elm") == [None]


def test_a_file_that_declares_a_month_covers_it_for_the_services_in_it():
    # Elm's one row of October's file is of September: October is a zero, not a gap.
    got = measured(
        "2026-10",
        incidents=[signal("Elm", "2026-09-05", "2026-09"), signal("Elm", "2026-09-20", "2026-10")],
    )

    assert counted(got, "Elm") == [2, 0]


def test_monthly_files_leave_a_gap_where_a_month_has_no_file():
    got = measured(
        "2026-10",
        incidents=[
            signal("Oak", "2026-08-05", "2026-08"),
            signal("Elm", "2026-08-05", "2026-08"),
            signal("Oak", "2026-10-05", "2026-10"),
        ],
    )

    # Oak is covered from its first to its last row; Elm has no row after August, and stands in no
    # later file.
    assert counted(got, "Oak") == [1, 0, 1]
    assert counted(got, "Elm") == [1, None, None]


def test_a_mistyped_year_does_not_fill_ten_years_with_zeros():
    got = measured("2026-10", incidents=[signal("Oak", "2002-10-05"), signal("Oak", "2026-10-05")])

    assert counted(got) == [1]


def test_each_log_covers_by_its_own_rows():
    got = measured(
        "2026-10",
        incidents=[signal("Oak", "2026-09-05"), signal("Oak", "2026-10-05")],
        feedback=[{"kind": "compliment", "received_on": "2026-10-07"}],
    )

    assert got.row("compliments", "Oak", "2026-09").value is None
    assert got.row("compliments", "Oak", "2026-10").value == 1


def test_all_services_are_covered_where_one_is():
    got = measured("2026-10", incidents=[signal("Oak", "2026-08-05"), signal("Elm", "2026-10-05")])

    assert counted(got, "All") == [1, 0, 1]


def test_a_share_of_an_uncovered_month_is_a_gap_and_no_zero_of_zero():
    got = measured(
        "2026-10",
        incidents=[signal("Oak", "2026-08-05"), signal("Oak", "2026-10-05")],
        actions=[{"raised_on": "2026-10-01", "due_on": "2026-10-20", "status": "open"}],
    )

    assert got.counts("closed_in_time", month="2026-08") == (None, None, None, None)
    assert got.row("closed_in_time", month="2026-08").why_blank == "not covered by the log"
    assert got.counts("closed_in_time", month="2026-10") == (0, 1, 0, 0)


def test_what_fell_due_is_counted_even_after_the_logs_last_row():
    # The action log's last row is of September; what it promised for October still falls due.
    got = measured(
        "2026-10",
        incidents=[signal("Oak", "2026-09-05"), signal("Oak", "2026-10-05")],
        actions=[{"raised_on": "2026-09-01", "due_on": "2026-10-20", "status": "open"}],
    )

    assert got.counts("closed_in_time", month="2026-10") == (0, 1, 0, 0)
