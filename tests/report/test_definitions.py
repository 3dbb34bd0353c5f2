"""The Definitions: every metric and number, with this provider's own settings marked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from told import Told, told

from learnpipe.ground.settings import Settings
from learnpipe.measure import load_metrics
from learnpipe.report.sheets.definitions import definition_rows
from tests.builders import Row

SIGNAL: Row = {"ref": "I1", "occurred_at": "2026-10-05 10:00", "severity": "low"}


def defined(got: Told) -> list[dict[str, Any]]:
    sheet = definition_rows(got.facts)
    titles = [column.title for column in sheet.columns]
    return [dict(zip(titles, row, strict=True)) for row in sheet.rows]


def row(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    (found,) = [one for one in rows if one["Key"] == key]
    return found


def notes(got: Told) -> dict[str, str]:
    return {one["Metric"]: one["Definition"] for one in defined(got) if one["Family"] == "Note"}


def test_every_metric_and_number_is_defined() -> None:
    got = told(incidents=[SIGNAL])
    keys = {one["Key"] for one in defined(got)}
    numbers = {name for name in got.facts.schemas.standards if not name.startswith("target_")}
    assert keys >= set(load_metrics()) | numbers


def test_what_this_provider_set_is_marked_and_shown() -> None:
    own = Settings(standards={"triage_hours": 12, "target_triaged_in_time": 0.8})
    rows = defined(told(incidents=[SIGNAL], settings=own))
    triage = row(rows, "triaged_in_time")
    assert (triage["Target"], triage["Set by"]) == ("≥ 80%", "this provider")
    assert row(rows, "triage_hours")["Set by"] == "this provider"
    assert "Here: 12 hours." in row(rows, "triage_hours")["Definition"]
    assert row(rows, "repeat_days")["Set by"] is None


def test_the_chart_of_each_metric_and_why_it_was_chosen_stands_there() -> None:
    rows = defined(told(incidents=[SIGNAL]))
    assert row(rows, "triaged_in_time")["Chart"] == "No chart: 1 of the 6 points that a chart needs"
    kinds = {one["Metric"]: one["Definition"] for one in rows if one["Family"] == "Chart"}
    assert all(kinds.values()) and {"P′ chart", "U′ chart", "G chart", "T chart"} <= set(kinds)


def test_rows_without_a_date_are_told() -> None:
    got = told(incidents=[SIGNAL, {"ref": "I2", "summary": "Fell"}])
    assert notes(got)["Rows without a date"].startswith("1 of the incident log.")


def test_dates_without_a_time_are_told() -> None:
    # Reported at midnight, which is how a spreadsheet keeps a day; triage falls due in October.
    day = {"ref": "I2", "occurred_at": "2026-10-06", "triaged_at": "2026-10-06"}
    assert notes(told(incidents=[SIGNAL, day]))["Dates without a time"].startswith("1 entry of")
    assert "Dates without a time" not in notes(told(incidents=[SIGNAL]))


def test_a_nation_that_is_not_set_is_told() -> None:
    assert "England are used for Oak" in notes(told(incidents=[SIGNAL]))["Nation not set"]
    assert "Nation not set" not in notes(told(incidents=[SIGNAL], nations={"Oak": "England"}))


def test_words_that_the_provider_added_are_told() -> None:
    got = told(incidents=[SIGNAL])
    own = replace(got.facts.settings, words={"severity": {"low": ("green",)}})
    added = notes(Told(replace(got.facts, settings=own), got.sources))
    assert added["Words this provider added to severity"] == "low: green."
