"""Micro-training delivered within 7 days of the theme that triggered it."""

from __future__ import annotations

from tests.builders import Got, Row, measured, with_standards

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def of(*sessions: Row, **settings: float) -> Got:
    return measured(
        "2026-10",
        schemas=with_standards(**settings) if settings else None,
        incidents=SINCE_AUGUST,
        training=list(sessions),
    )


def counts(*sessions: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*sessions).counts("micro_training_in_time")


def session(triggered: str | None, delivered: str | None, service: str = "Oak") -> Row:
    return {"service": service, "triggered_on": triggered, "delivered_on": delivered}


def test_the_seventh_day_is_in_time():
    assert counts(session("2026-10-05", "2026-10-12")) == (1, 1, 0, 0)


def test_the_eighth_day_is_late():
    assert counts(session("2026-10-05", "2026-10-13")) == (0, 1, 0, 0)


def test_the_time_of_day_does_not_matter():
    assert counts(session("2026-10-05 08:00", "2026-10-12 20:00")) == (1, 1, 0, 0)


def test_a_weekend_or_bank_holiday_gives_no_extra_day():
    # Monday 24 August to Tuesday 1 September, over the bank holiday of 31 August: 8 days.
    late = of(session("2026-08-24", "2026-09-01"))

    assert late.counts("micro_training_in_time", month="2026-08")[:2] == (0, 1)


def test_never_delivered_is_no_evidence():
    assert counts(session("2026-10-05", None)) == (0, 1, 1, 0)


def test_without_a_trigger_date_it_cannot_be_judged():
    assert counts(session(None, "2026-10-05")) == (0, 0, 0, 0)


def test_it_counts_in_the_month_in_which_the_seven_days_end():
    # Triggered 28 September, delivered the next day: its seven days end on 5 October.
    got = of(session("2026-09-28", "2026-09-29"))

    assert got.counts("micro_training_in_time", month="2026-09") == (0, 0, 0, 1)
    assert got.counts("micro_training_in_time", month="2026-10") == (1, 1, 0, 0)


def test_the_last_day_of_the_month_is_in_it_and_the_next_is_not():
    # 24 October + 7 = 31 October; 25 October + 7 = 1 November.
    assert counts(session("2026-10-24", None)) == (0, 1, 1, 0)
    assert counts(session("2026-10-25", None)) == (0, 0, 0, 1)


def test_delivered_late_in_the_next_month_is_not_met():
    assert counts(session("2026-10-20", "2026-11-03")) == (0, 1, 0, 0)


def test_seven_days_are_a_setting():
    got = of(session("2026-10-05", "2026-10-13"), micro_training_days=10)

    assert got.counts("micro_training_in_time")[:2] == (1, 1)


def test_all_is_the_sum_of_the_services():
    got = of(session("2026-10-05", "2026-10-06"), session("2026-10-05", "2026-10-30", "Elm"))
    names = ("Oak", "Elm", "All")

    assert [got.counts("micro_training_in_time", name)[:2] for name in names] == [
        (1, 1), (0, 1), (1, 2)
    ]  # fmt: skip


def test_nothing_due_is_blank_with_the_reason():
    one = of(session(None, "2026-10-05")).row("micro_training_in_time")

    assert (one.value, one.why_blank) == (None, "nothing fell due")


def test_without_a_training_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("micro_training_in_time").why_blank == "no micro-training log supplied"
