"""Reviews by the clock of their tier, counted in the month in which the clock runs out."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, measured

MET, LATE, NOTHING_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING, NOT_ASKED = (0, 0, 0, 1), (0, 0, 0, 0)


def review(
    tier: str | None, start: str, reviewed_on: str | None, month: str = "2026-10",
    nations: dict[str, str] | None = None, **more: Any,
) -> Got:  # fmt: skip
    row = {"occurred_at": f"{start} 14:00", "tier": tier, "reviewed_on": reviewed_on, **more}
    return measured(month, nations, incidents=[row])


def counts(*args: Any, **more: Any) -> tuple[Any, ...]:
    return review(*args, **more).counts("reviewed_in_time")


def test_tier_1_has_seven_days_and_the_start_day_is_day_0() -> None:
    assert counts("1", "2026-10-01", "2026-10-08") == MET
    assert counts("1", "2026-10-01", "2026-10-09") == LATE


def test_tier_2_has_five_working_days() -> None:
    # Thursday 1 October: Friday 2, Monday 5, 6, 7, Thursday 8.
    assert counts("2", "2026-10-01", "2026-10-08") == MET
    assert counts("2", "2026-10-01", "2026-10-09") == LATE


def test_tiers_3_and_4_have_twenty_working_days() -> None:
    # Four weeks without a bank holiday: Thursday 1 to Thursday 29 October.
    for tier in "34":
        assert counts(tier, "2026-10-01", "2026-10-29") == MET
        assert counts(tier, "2026-10-01", "2026-10-30") == LATE


def test_a_bank_holiday_gives_a_day_in_england_and_none_in_scotland() -> None:
    # Thursday 27 August: Friday 28, (Monday 31 is a holiday), 1, 2, 3, Friday 4 September.
    assert counts("2", "2026-08-27", "2026-09-04", "2026-09") == MET
    scotland = {"Oak": "Scotland"}
    assert counts("2", "2026-08-27", "2026-09-04", "2026-09", scotland) == LATE
    assert counts("2", "2026-08-27", "2026-09-03", "2026-09", scotland) == MET


def test_a_clock_that_starts_at_the_weekend_ends_as_if_it_were_friday() -> None:
    # Saturday 3 October is day 0: Monday 5, 6, 7, 8, Friday 9.
    assert counts("2", "2026-10-03", "2026-10-09") == MET
    assert counts("2", "2026-10-03", "2026-10-10") == LATE


def test_a_clock_that_ends_on_the_last_day_of_the_month_is_due_in_it() -> None:
    assert counts("1", "2026-10-24", None) == NOTHING_SHOWN
    assert counts("1", "2026-10-25", None) == STILL_RUNNING


def test_a_review_done_early_counts_in_the_month_it_falls_due() -> None:
    # Due 3 November, done 28 October.
    got = review("1", "2026-10-27", "2026-10-28", "2026-11")
    assert got.counts("reviewed_in_time", month="2026-10") == STILL_RUNNING
    assert got.counts("reviewed_in_time") == MET


def test_tier_0_and_an_unknown_tier_ask_for_no_review() -> None:
    assert counts("0", "2026-10-01", None) == NOT_ASKED
    assert counts(None, "2026-10-01", None) == NOT_ASKED
    one = review("0", "2026-10-01", None).row("reviewed_in_time")
    assert (one.value, one.why_blank) == (None, "nothing fell due")


def test_without_a_recorded_tier_the_expected_one_sets_the_clock() -> None:
    # Moderate harm: tier 2, due on the 8th, not on the 29th.
    assert counts(None, "2026-10-01", "2026-10-09", severity="moderate") == LATE


def test_the_recorded_tier_sets_the_clock_whatever_is_expected() -> None:
    assert counts("3", "2026-10-01", "2026-10-29", severity="moderate") == MET


def test_the_clock_starts_with_the_report() -> None:
    late_report = {"reported_at": "2026-10-05 09:00"}
    assert counts("1", "2026-10-01", "2026-10-12", **late_report) == MET


def test_a_review_due_in_a_month_that_the_log_no_longer_covers_still_counts() -> None:
    # The log ends in September; the review fell due on 5 October.
    assert counts("1", "2026-09-28", "2026-10-05") == MET


def test_a_review_after_the_report_month_does_not_make_it_met() -> None:
    met, due, _, running = counts("1", "2026-10-01", "2026-11-03")
    assert (met, due, running) == (0, 1, 0)


def test_each_month_judges_by_the_tier_that_was_known_then() -> None:
    # Tier 1 (due 17 September) in September's file; made tier 3 in October's.
    case = {"ref": "1", "occurred_at": "2026-09-10 10:00"}
    got = measured(
        incidents=[
            {**case, "tier": "1", "snapshot": "2026-09"},
            {**case, "tier": "3", "snapshot": "2026-10"},
        ]
    )
    assert got.counts("reviewed_in_time", month="2026-09") == NOTHING_SHOWN


def test_services_and_all() -> None:
    at = "2026-10-01 10:00"
    got = measured(
        incidents=[
            {"service": "Oak", "occurred_at": at, "tier": "1", "reviewed_on": "2026-10-02"},
            {"service": "Elm", "occurred_at": at, "tier": "2"},
        ]
    )
    assert got.counts("reviewed_in_time", "Oak") == MET
    assert got.counts("reviewed_in_time", "Elm") == NOTHING_SHOWN
    assert got.counts("reviewed_in_time") == (1, 2, 1, 0)
