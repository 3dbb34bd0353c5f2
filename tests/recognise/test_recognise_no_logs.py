"""Sheets that are no log, each with its reason; and the one word that makes the difference."""

from __future__ import annotations

import pytest
from grids import Row, understood

NO_LOGS: dict[str, tuple[list[Row], str]] = {
    "a risk register": (
        [
            "Risk ID | Description of risk | Likelihood | Impact | Mitigation | Risk owner",
            ["R1", "Fire", 3, 4, "Alarms", "Ann Example"],
        ],
        "looks like a risk register, which is no log of ours",
    ),
    "an asset list": (
        ["Asset | Serial no | Warranty", "Hoist | 12 | 2027"],
        "looks like an asset list, which is no log of ours",
    ),
    "work orders": (
        ["Work order | Technician | Parts used", "12 | Ann Example | Bolt"],
        "looks like work orders, which is no log of ours",
    ),
    "a look-up list": (
        ["Code | Meaning", "1 | No harm", "2 | Low"],
        "looks like a look up list, which is no log of ours",
    ),
    "drop-down lists": (
        ["Severity | Category | Status", "Low | Falls | Open", "Moderate | Medicines | Closed"],
        "nearest to the incident log, but it has no column for when it happened or when it was "
        "reported",
    ),
    "a form": (
        [
            "Incident report form", "Date of incident | 3/10/2026", "Category | Falls",
            "Reported by | Ann Example",
        ],
        "looks like a form, with labels beside their values",
    ),
    "a form with two labels to a row": (
        [
            "Incident report form", "Date of incident || Category |", "Location || Severity |",
            "Reported by |||", "Immediate action |||", "What happened |||",
        ],
        "looks like a form, with labels beside their values",
    ),
    "a pivot": (
        ["Row Labels | Count of Ref | Sum of Days", ["Falls", 3, 9], ["Grand Total", 3, 9]],
        "looks like a pivot table, which is no log of ours",
    ),
    "bookings": (
        ["Date | Room | Type | Status | Notes", "3/10/2026 | Hall | Party | Open | Blue chairs"],
        "it has only columns that other tables have",
    ),
    "news": (
        ["Date | Category | Headline | Summary", "3/10/2026 | Sport | Cup won | They won the cup"],
        "it has only columns that other tables have",
    ),
    "an empty sheet": ([[], [None, None]], "empty"),
    "one column": (
        ["Incident number", "A1", "A2"], "no row of it looks like the header of a log",
    ),
    "one column without a header": (
        ["INC-1", "INC-2"], "no row of it looks like the header of a log",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rows, why", NO_LOGS.values(), ids=list(NO_LOGS))
def test_what_is_no_log_is_left_alone_with_a_reason(rows: list[Row], why: str) -> None:
    got = understood(*rows)
    assert (got.log, got.counts, got.fields) == (None, (0, 0, 0), {})
    assert why in got.table.why


PLAIN = "Date | Location | Type | Status | Description"
BOOKED, FELL = (
    f"3/10/2026 | Hall | A | Open | {what}"
    for what in ("Blue chairs for the party", "Found on the floor with a skin tear")
)
SPEAKS: dict[str, tuple[list[Row], str, str]] = {
    "its title": (
        ["Accident book", PLAIN, BOOKED], "x.xlsx", "A",
    ),
    "its sheet": ([PLAIN, BOOKED], "x.xlsx", "Near misses"),
    "its file": ([PLAIN, BOOKED], "incidents7.xlsx", "A"),
    "its cells": ([PLAIN, FELL], "x.xlsx", "A"),
    "a field of its own": (
        [f"{PLAIN} | Immediate action", "3/10/2026 | Hall | A | Open | Chairs out | Rang her son"],
        "x.xlsx", "A",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rows, file, sheet", SPEAKS.values(), ids=list(SPEAKS))
def test_one_word_of_incidents_is_enough(rows: list[Row], file: str, sheet: str) -> None:
    assert understood(*rows, file=file, sheet=sheet).log == "incidents"


def test_settings_make_a_log_of_what_does_not_speak_of_it() -> None:
    rows: list[Row] = [PLAIN, BOOKED]
    assert understood(*rows).log is None
    assert understood(*rows, settings={"Date": "occurred_at"}).log == "incidents"
