"""Days since the last tier 3 event, as at each month's end."""

from __future__ import annotations

from learnpipe.measure.events import event_gaps
from tests.builders import Row, measured


def event(day: str, service: str = "Oak", tier: str = "3") -> Row:
    return {"occurred_at": f"{day} 10:00", "service": service, "tier": tier}


def test_the_days_run_from_the_last_event_to_the_months_end() -> None:
    # 5 October to 1 November: 27 days. 12 August to 1 September: 20; to 1 October: 50.
    got = measured(incidents=[event("2026-08-12"), event("2026-10-05"), event("2026-10-02")])
    days = [
        got.row("days_between_serious", month=m).value for m in ("2026-08", "2026-09", "2026-10")
    ]
    assert days == [20, 50, 27]
    assert [got.row("days_between_serious", month=m).met for m in ("2026-08", "2026-10")] == [1, 2]


def test_an_event_on_the_last_day_is_one_day_ago() -> None:
    assert measured(incidents=[event("2026-10-31")]).row("days_between_serious").value == 1


def test_for_all_services_the_last_event_anywhere_counts() -> None:
    got = measured(incidents=[event("2026-10-05"), event("2026-10-20", "Elm")])
    assert [got.row("days_between_serious", name).value for name in ("Oak", "Elm", "All")] == [
        27, 12, 12,
    ]  # fmt: skip


def test_before_the_first_event_it_is_blank_and_so_are_other_tiers() -> None:
    one = measured(incidents=[event("2026-10-05", tier="2")]).row("days_between_serious")
    assert (one.value, one.met, one.why_blank) == (None, 0, "no such event yet")


def test_a_serious_event_recorded_under_its_tier_still_counts() -> None:
    # Severe harm on the 5th, recorded as tier 1: 27 days to 1 November.
    under = {**event("2026-10-05", tier="1"), "severity": "severe"}
    frames = measured(incidents=[under, event("2026-10-02")])
    assert frames.row("days_between_serious").value == 27
    assert event_gaps(frames.judged.frames["cases"])["days"].tolist() == [3]


def test_a_month_that_the_log_does_not_cover_is_a_gap() -> None:
    assert measured(incidents=[event("2026-08-12")]).row("days_between_serious").value is None


def test_its_months_have_no_limits() -> None:
    rows = [event(f"{2025 + at // 12}-{at % 12 + 1:02d}-05") for at in range(22)]
    got = measured(incidents=rows)
    line = got.measures.position("days_between_serious")
    assert got.measures.charts.centre[line, -1] != got.measures.charts.centre[line, -1]  # NaN


def test_each_event_is_a_point_with_the_days_since_the_one_before() -> None:
    # 12 August to 2 October: 51 days; to the 5th: 3. At Elm only one, which has none before it.
    rows = [event("2026-10-05"), event("2026-08-12"), event("2026-10-02", "Elm")]
    frames = measured(incidents=rows).judged.frames
    assert event_gaps(frames["cases"])["days"].tolist() == [51, 3]
    assert event_gaps(frames["cases"], "Oak")["days"].tolist() == [54]
    assert event_gaps(frames["cases"], "Elm").empty
