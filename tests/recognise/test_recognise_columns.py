"""Which column is which field: by its header, by its cells, and when it is asked instead."""

from __future__ import annotations

import datetime as dt

import pytest
from grids import Row, understood

from learnpipe.ground.asking import column_key

START = "Ref | Date of incident | Category | Severity"


def records(cell: str, number: int = 6) -> list[Row]:
    """Some incidents with one more cell each, in which ``#`` counts."""
    return [
        f"{at} | 3/10/2026 | Falls | Low | {cell.replace('#', str(at))}" for at in range(1, number)
    ]


def fifth(header: str, *cells: str) -> tuple[str | None, tuple[str, ...]]:
    """The field and the candidates of a fifth column beside ref, date, category and severity."""
    got = understood(f"{START} | {header}", *(row for cell in cells for row in records(cell)))
    assert got.log == "incidents"
    column = got.table.columns[4]
    return column.field, column.candidates


@pytest.mark.parametrize(
    "header, field",
    [
        ("IMMEDIATE ACTION", "immediate_action"),
        ("immediateActionTaken", "immediate_action"),
        ("12. Immediate action", "immediate_action"),
        ("4a) Immediate action:", "immediate_action"),
        ("Q7: Immediate action", "immediate_action"),
        ("Immediate\naction\ntaken", "immediate_action"),
        ("Action taken immediately (what did staff do?)", "immediate_action"),
        ("Immediate action e.g. first aid", "immediate_action"),
        ("Imediate ACTON taken", "immediate_action"),
        ("BREIF DESCRIPTION", "summary"),
        ("Description of Accidant", "summary"),
        ("Learning_note", "learning_note"),
        ("Lessons learnt?", "lesson"),
        ("What's been learned", "lesson"),
        ("Root cause(s)", "cause"),
        ("Favourite colour", None),
    ],
)
def test_headers_however_typed(header: str, field: str | None) -> None:
    assert fifth(header, "He was helped to a chair #")[0] == field


@pytest.mark.parametrize(
    "header, field",
    [
        ("Date closed (DD/MM/YYYY)", "closed_on"),
        ("Closed\nDate ", "closed_on"),
        ("dateClosed", "closed_on"),
        ("Date closed as at 31/10/2026", "closed_on"),
        ("Reviewd on", "reviewed_on"),
    ],
)
def test_headers_of_dates_however_typed(header: str, field: str) -> None:
    assert fifth(header, "#/11/2026")[0] == field


def test_slips_of_the_pen_are_mended() -> None:
    got = understood(
        "INCIDENCE NO | Date of Occurance | Category | SEVERTY | BREIF DESCRIPTION | Acton taken",
        "1 | 3/10/2026 | Falls | Low | He slipped in the hall | Sat him down",
    )
    assert list(got.fields.values()) == [
        "ref", "occurred_at", "category", "severity", "summary", "immediate_action",
    ]  # fmt: skip


def test_what_is_unsure_is_asked_and_not_taken() -> None:
    got = understood(
        "Ref | Date of incident | Description | Grade",
        "1 | 3/10/2026 | He slipped | Low", "2 | 4/10/2026 | She slipped | Low",
    )  # fmt: skip
    assert got.asked == {"Grade": ("severity",)}
    assert (got.field_of("Grade"), got.column("Grade").sure) == (None, False)
    assert "severity" not in got.table.data


def test_the_only_date_of_a_log_that_needs_one_is_taken() -> None:
    got = understood("Ref | Date | Category | Severity", "1 | 3/10/2026 | Falls | Low")
    assert (got.log, got.field_of("Date")) == ("incidents", "occurred_at")


def test_a_bare_date_beside_a_sure_one_is_asked() -> None:
    got = understood(
        "Ref | Date | Date of incident | Category", "1 | 4/10/2026 | 3/10/2026 | Falls"
    )
    assert got.told("occurred_at") == ["2026-10-03"]
    assert got.asked == {"Date": ("occurred_at",)}


def test_two_bare_dates_are_asked_and_neither_taken() -> None:
    got = understood(
        "Ref | Date | When | Category | Severity | Description",
        "1 | 4/10/2026 | 3/10/2026 | Falls | Low | Slipped",
    )
    assert got.log is None
    assert "no column for when it happened" in got.table.why
    assert got.asked["Date"] == got.asked["When"] == ("occurred_at",)


def test_an_unsure_date_is_what_is_left_once_its_other_reading_is_taken() -> None:
    beside = understood(
        "Ref | Date of incident | Date reported | Date notified | Category",
        "1 | 3/10/2026 | 3/10/2026 | 4/10/2026 | Falls",
    )
    assert beside.field_of("Date notified") == "notified_on"
    alone = understood(
        "Ref | Date of incident | Date notified | Category", "1 | 3/10/2026 | 4/10/2026 | Falls"
    )
    assert alone.asked == {"Date notified": ("reported_at", "notified_on")}


def test_cells_decide_what_type_means() -> None:
    assert fifth("Type", "Near miss", "Incident")[0] == "signal"
    alone = understood(
        "Ref | Date of incident | Type | Severity", "1 | 3/10/2026 | Fall | Low",
        "2 | 3/10/2026 | Medicines | Low", "3 | 3/10/2026 | Fall | Low",
    )  # fmt: skip
    assert alone.field_of("Type") == "category"


def test_cells_decide_whether_safeguarding_raised_is_a_date() -> None:
    assert fifth("SG raised", "#/11/2026")[0] == "safeguarding_on"
    assert fifth("SG raised", "Y", "N")[0] == "safeguarding"


def test_a_mapping_that_the_cells_contradict_is_dropped_and_asked() -> None:
    assert fifth("Date closed", "Ann Example #") == (None, ("closed_on",))
    assert fifth("Status", "He was found in pain, and # doctors came") == (None, ("status",))


def test_a_providers_own_words_do_not_contradict_a_choice() -> None:
    got = understood(f"{START} | Status", *records("Parked"))
    assert got.field_of("Status") == "status"
    assert got.unread == [(row, "status", "not-on-list") for row in range(2, 7)]


def test_zeros_that_formulas_leave_do_not_contradict() -> None:
    zeros: list[Row] = [[None, 0, dt.time(0), 0]] * 9
    got = understood(START, "1 | 3/10/2026 | Falls | Low", *zeros)
    assert (got.log, got.counts) == ("incidents", (1, 0, 9))


def test_one_field_is_one_column_and_the_better_header_wins() -> None:
    got = understood(
        "Date | Incident date | Category | Incident category | Category",
        "3/10/2026 | 4/10/2026 | Falls | Slips | Trips",
    )
    fields = list(got.fields.values())
    assert len(fields) == len(set(fields))
    assert got.told("occurred_at") == ["2026-10-04"]


def test_settings_overrule_headers_and_cells() -> None:
    rows = ["7 | 3/10/2026 | Falls | Low", "8 | 4/10/2026 | Trips | Low"]
    got = understood(
        "Nr | Wann | Was | Severity", *rows,
        settings={"wann": "occurred_at", "WAS": "category", "Severity": ""},
    )  # fmt: skip
    assert got.log == "incidents"
    assert got.fields == {"A": "ref", "B": "occurred_at", "C": "category"}
    turned = understood(START, *rows, settings={"Category": "theme"})
    assert (turned.told("theme"), "category" in turned.table.data) == (["Falls", "Trips"], False)


def test_settings_name_one_of_two_columns_with_the_same_header() -> None:
    header = "Ref | Date of incident | Category | Comments | Comments"
    row = "1 | 3/10/2026 | Falls | Dry floors at once | Told her son"
    got = understood(header, row, settings={column_key("Comments", "E"): "lesson"})
    assert (got.fields.get("D"), got.fields["E"]) == (None, "lesson")


def test_settings_alone_make_a_log_of_any_kind() -> None:
    got = understood(
        "Wer | Wann | Worum ging es", "Ann Example | 3/10/2026 | Falls",
        settings={"Wer": "staff", "Wann": "held_on", "Worum ging es": "theme"},
    )  # fmt: skip
    assert (got.log, got.told("held_on")) == ("supervisions", ["2026-10-03"])


def test_a_known_word_that_lacks_only_date_needs_cells_that_are_dates() -> None:
    """ "Falls" could be short for "Date of fall", but not over words, not even over one."""
    assert fifth("Learning circulated", "#/11/2026")[0] == "shared_on"
    assert fifth("Learning circulated", "By e-mail")[0] is None
    got = understood("Falls | Category", "Ann Example | Slip")
    assert (got.log, got.field_of("Falls")) == (None, None)


def test_a_time_in_a_column_of_its_own_joins_its_date() -> None:
    got = understood(
        "Ref | Date of incident | Time | Category | Date reported | Time reported",
        "1 | 3/10/2026 | 05:00pm | Falls | 4/10/2026 | 10:15am ",
        ["2", "4/10/2026", dt.time(9, 5), "Falls", "5/10/2026", "noon-ish"],
        ["3", dt.datetime(2026, 10, 4), 0.5, "Falls", "5/10/2026", "N/A"],
        "4 | 4/10/2026 13:00 | 09:00 | Falls | 5/10/2026 | 1430",
    )
    assert got.told("occurred_at") == [
        "2026-10-03 17:00", "2026-10-04 09:05", "2026-10-04 12:00", "2026-10-04 13:00",
    ]  # fmt: skip
    assert got.told("reported_at") == [
        "2026-10-04 10:15", "2026-10-05", "2026-10-05", "2026-10-05 14:30",
    ]  # fmt: skip
    assert got.unread == [(3, "reported_at:time", "not-a-time")]
    assert (got.field_of("Time"), got.table.letters["occurred_at:time"]) == ("occurred_at", "C")


def test_a_column_of_ticks_for_near_misses() -> None:
    got = understood(
        f"{START} | Near miss?",
        "1 | 3/10/2026 | Falls | Low | N", "2 | 3/10/2026 | Falls | None | Y",
        "3 | 3/10/2026 | Falls | None | x", "4 | 3/10/2026 | Falls | None | ✓",
        "5 | 3/10/2026 | Falls | Low |",
    )  # fmt: skip
    assert got.field_of("Near miss?") == "signal"
    assert got.told("signal") == [None, "near miss", "near miss", "near miss", None]


def test_a_tick_for_a_near_miss_outweighs_the_column_of_signals() -> None:
    got = understood(
        "Ref | Date of incident | Signal | Category | Near miss",
        "1 | 3/10/2026 | Incident | Falls | No", "2 | 3/10/2026 | Incident | Falls | Yes",
    )  # fmt: skip
    assert got.told("signal") == ["incident", "near miss"]
