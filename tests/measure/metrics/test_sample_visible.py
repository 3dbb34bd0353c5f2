"""Sampled cases: the change is visible in the records and in practice."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def sampled(records: str | None, practice: str | None, day: str = "2026-10-20") -> Row:
    return {"incident_ref": "I1", "sampled_on": day, "in_records": records, "in_practice": practice}


def of(*samples: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, case_samples=list(samples))


def counts(*samples: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*samples).counts("sample_visible")


def test_visible_in_both_of_all_that_were_sampled():
    assert counts(sampled("yes", "yes"), sampled("yes", "no"), sampled("no", "yes")) == (1, 3, 0, 0)


def test_a_blank_is_no_evidence_unless_the_other_says_no():
    assert counts(sampled("yes", None), sampled(None, None)) == (0, 2, 2, 0)
    assert counts(sampled("no", None)) == (0, 1, 0, 0)


def test_it_counts_in_the_month_of_the_sample():
    got = of(sampled("yes", "yes", "2026-09-30"), sampled("no", "no"))

    assert got.counts("sample_visible", month="2026-09")[:2] == (1, 1)
    assert got.counts("sample_visible", month="2026-10")[:2] == (0, 1)


def test_without_the_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("sample_visible").why_blank == "no case sample log supplied"
