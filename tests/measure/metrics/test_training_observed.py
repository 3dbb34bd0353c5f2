"""Micro-training observed: sessions followed by an observation check within 28 days."""

from __future__ import annotations

import pytest

from tests.builders import Got, Row, measured, with_standards

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
# 7 September 2026 + 28 days = 5 October.
HELD = {"delivered_on": "2026-09-07", "triggered_on": "2026-09-03"}
KEPT = {"delivered_on": "2026-10-30", "triggered_on": "2026-10-28"}


def of(*training: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, training=[KEPT, *training])


def counts(*training: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October; the kept session is never due then."""
    met, due, unknown, running = of(*training).counts("training_observed")
    assert running is not None
    return met, due, unknown, running - 1


@pytest.mark.parametrize(("observed", "met"), [("2026-10-05 23:00", 1), ("2026-10-06", 0)])
def test_the_last_day_counts_and_the_next_does_not(observed, met):
    assert counts({**HELD, "observed_on": observed}) == (met, 1, 0, 0)


def test_a_check_in_september_counts_in_october_when_it_falls_due():
    got = of({**HELD, "observed_on": "2026-09-14"})

    assert got.counts("training_observed", month="2026-09") == (0, 0, 0, 1)
    assert got.counts("training_observed", month="2026-10")[:2] == (1, 1)


def test_a_check_before_the_session_shows_nothing():
    assert counts({**HELD, "observed_on": "2026-09-06"}) == (0, 1, 0, 0)


def test_no_check_is_no_evidence():
    assert counts(HELD) == (0, 1, 1, 0)


def test_the_days_are_a_setting():
    got = measured(
        "2026-10", schemas=with_standards(training_observed_days=10), incidents=SINCE_AUGUST,
        training=[HELD],
    )  # fmt: skip

    assert got.counts("training_observed", month="2026-09")[1] == 1


def test_without_a_training_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("training_observed").why_blank == "no micro-training log supplied"
