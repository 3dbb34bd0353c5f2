"""Repeats of a theme at a service within 90 days, and when one raises the expected tier."""

from __future__ import annotations

from typing import Any

from tests.builders import Row, judged, with_standards


def fall(ref: str, day: str, **more: Any) -> Row:
    return {"ref": ref, "occurred_at": f"{day} 09:00", "theme": "falls", "severity": "low", **more}


def verdicts(column: str, *rows: Row, month: str = "2026-10", **more: Any) -> dict[str, Any]:
    """A verdict on each signal, by service (where it is not Oak) and ref."""
    frame = judged(month, incidents=list(rows), **more).frames["incidents"]
    names = frame["ref"].where(frame["service"] == "Oak", frame["service"] + " " + frame["ref"])
    return dict(sorted(zip(names, frame[column].tolist(), strict=True)))


def test_the_second_signal_repeats_and_the_third_raises() -> None:
    rows = [fall("1", "2026-10-01"), fall("2", "2026-10-05"), fall("3", "2026-10-09")]
    assert verdicts("repeat", *rows) == {"1": False, "2": True, "3": True}
    assert verdicts("expected_tier", *rows) == {"1": 1, "2": 1, "3": 2}


def test_the_third_signal_counts_day_90_and_not_day_91() -> None:
    # 3 July + 90 days = 1 October.
    third, second = fall("3", "2026-10-01"), fall("2", "2026-08-01")
    assert verdicts("expected_tier", fall("1", "2026-07-03"), second, third)["3"] == 2
    assert verdicts("expected_tier", fall("1", "2026-07-02"), second, third)["3"] == 1


def test_days_count_and_not_hours() -> None:
    # 23:00 to 01:00 on day 91 is less than 91 times 24 hours, and still day 91.
    first = fall("1", "2026-07-02", occurred_at="2026-07-02 23:00")
    second = fall("2", "2026-10-01", occurred_at="2026-10-01 01:00")
    assert verdicts("repeat", first, second)["2"] is False
    morning = fall("1", "2026-07-03", occurred_at="2026-07-03 01:00")
    night = fall("2", "2026-10-01", occurred_at="2026-10-01 23:00")
    assert verdicts("repeat", morning, night)["2"] is True


def test_signals_of_one_day_are_ordered_by_ref_wherever_they_stand_in_the_file() -> None:
    rows = [fall("3", "2026-10-05"), fall("1", "2026-10-05"), fall("2", "2026-10-05")]
    assert verdicts("prior_signals", *rows) == {"1": 0, "2": 1, "3": 2}


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [fall("1", "2026-10-01"), fall("2", "2026-10-05"), fall("3", "2026-10-09")]
    assert verdicts("prior_signals", *rows) == verdicts("prior_signals", *reversed(rows))


def test_each_service_counts_its_own() -> None:
    rows = [fall(str(n), f"2026-10-0{n}", service="Elm") for n in (1, 2)]
    raised = verdicts("expected_tier", *rows, fall("3", "2026-10-03"))
    assert raised == {"3": 1, "Elm 1": 1, "Elm 2": 1}


def test_each_theme_counts_its_own() -> None:
    rows = [fall("1", "2026-10-01"), fall("2", "2026-10-02", theme="medicines")]
    assert verdicts("repeat", *rows, fall("3", "2026-10-03", theme="meals")) == {
        "1": False, "2": False, "3": False,
    }  # fmt: skip


def test_the_theme_is_used_before_the_category() -> None:
    rows = [
        fall("1", "2026-10-01", theme="night staffing", category="falls"),
        fall("2", "2026-10-02", theme="wet floors", category="falls"),
        fall("3", "2026-10-03", theme=None, category="Wet Floors"),
    ]
    assert verdicts("repeat", *rows) == {"1": False, "2": False, "3": True}


def test_a_near_miss_counts_as_a_signal_but_never_goes_above_1() -> None:
    rows = [fall(str(n), f"2026-10-0{n}", signal="near miss", severity=None) for n in range(1, 5)]
    assert verdicts("expected_tier", *rows) == {"1": 0, "2": 0, "3": 1, "4": 1}
    incident = fall("5", "2026-10-05")
    assert verdicts("expected_tier", *rows, incident)["5"] == 2


def test_a_raise_does_not_lower_a_higher_tier_and_does_not_invent_one() -> None:
    two = [fall("1", "2026-10-01"), fall("2", "2026-10-02")]
    for severity, tier in (("none", 2), ("low", 2), ("moderate", 2), ("severe", 3), (None, -1)):
        assert verdicts("expected_tier", *two, fall("3", "2026-10-03", severity=severity))["3"] == (
            tier
        )


def test_a_signal_known_only_by_its_report_counts_by_that_date() -> None:
    first = fall("1", "2026-10-01")
    second: Row = {"ref": "2", "reported_at": "2026-10-02 09:00", "theme": "falls"}
    assert verdicts("repeat", first, second) == {"1": False, "2": True}


def test_a_theme_changed_in_a_later_file_counts_from_that_file_on() -> None:
    # Signal 1 was a fall in September's file and is medicines in October's.
    first = fall("1", "2026-09-10", snapshot="2026-09")
    rows = [
        first,
        fall("2", "2026-09-12", snapshot="2026-09"),
        {**first, "theme": "medicines", "snapshot": "2026-10"},
        fall("3", "2026-10-02", snapshot="2026-10"),
        fall("4", "2026-10-03", theme="medicines", snapshot="2026-10"),
    ]
    # In September 2 follows 1. In October 3 has only 2 before it, and 4 has 1.
    assert verdicts("prior_signals", *rows) == {"1": 0, "2": 1, "3": 1, "4": 1}


def test_a_repeat_stays_a_repeat_when_its_own_theme_is_changed_later() -> None:
    second = fall("2", "2026-09-12", snapshot="2026-09")
    rows = [
        fall("1", "2026-09-10", snapshot="2026-09"),
        second,
        {**second, "theme": "medicines", "snapshot": "2026-10"},
    ]
    assert verdicts("repeat", *rows) == {"1": False, "2": True}
    case = judged(incidents=rows).frames["cases"].set_index("ref")["repeat"]
    assert bool(case["2"])


def test_the_number_of_signals_and_of_days_are_settings() -> None:
    rows = [fall("1", "2026-10-01"), fall("2", "2026-10-31")]
    assert verdicts("expected_tier", *rows, schemas=with_standards(repeat_signals=2))["2"] == 2
    assert verdicts("repeat", *rows, schemas=with_standards(repeat_days=29))["2"] is False
    assert verdicts("repeat", *rows, schemas=with_standards(repeat_days=30))["2"] is True
