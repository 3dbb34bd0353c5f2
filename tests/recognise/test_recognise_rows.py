"""Which rows are records: nothing is dropped silently, and nothing made up is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from grids import INCIDENTS, Row, understood
from hypothesis import given
from hypothesis import strategies as st

HEADER = "Ref | Service | Date of incident | Category | Severity | Summary | Status"
RECORD = "1 | Oak | 3/10/2026 | Falls | Low | He slipped over | Open"

BLANK: dict[str, Row] = {
    "empty": [],
    "blanks": ["", " ", "  "],
    "a number alone": "2",
    "a number and a service": "2 | Oak",
    "a number and defaults": "2 | Oak ||| Low || Open",
    "zeros that formulas leave": ["2", None, 0, 0, 0, 0, 0],
    "midnights that formulas leave": ["2", None, dt.time(0), 0, None, 0.0],
    "boxes that are not ticked": [None, None, None, None, None, None, False],
    "not applicable all along": "2 | N/A | N/A | N/A | N/A | N/A | -",
    "placeholders of a template": "2 | Select one | DD/MM/YYYY | Choose an item. || Enter text |",
}
ASIDE: dict[str, Row] = {
    "a total": "Total | 2",
    "a total in capitals": "TOTALS: | 14",
    "a total in the second cell": "| Grand total | 3",
    "a total in so many words": "Total incidents this month | 14",
    "an average": ["Average", None, None, 3.5, 2, 2],
    "a total beside every column": ["Total", 3, 3, 3, 3, 3, 3],
    "the header again": HEADER,
    "the header again in capitals": HEADER.upper(),
    "a footnote": "* This log is looked at each month by the manager",
    "a footnote in another column": "|||| Severity is as in the policy",
    "a note beyond the table": "|||||||||| to be checked",
}
RECORDS: dict[str, Row] = {
    "a whole row": RECORD,
    "the same again": RECORD,
    "a date alone": "|| 5/10/2026",
    "a date that cannot be read": "3 || soon",
    "a category alone": "||| Falls",
    "a summary alone": "||||| He slipped again, in the same place",
    "a person only": "7 | Oak ||| Low | Slipped",
    "a total in its words": "Falls || 6/10/2026 | Total loss of balance",
    "true dates": [8, "Oak", dt.datetime(2026, 10, 3), "Falls"],
}


@pytest.mark.parametrize("row", BLANK.values(), ids=list(BLANK))
def test_a_phantom_row_is_no_record(row: Row) -> None:
    assert understood(HEADER, RECORD, row, RECORD).counts == (2, 0, 1)


@pytest.mark.parametrize("row", ASIDE.values(), ids=list(ASIDE))
def test_what_is_no_record_but_says_something_is_set_aside(row: Row) -> None:
    assert understood(HEADER, RECORD, row, RECORD).counts == (2, 1, 0)


@pytest.mark.parametrize("row", RECORDS.values(), ids=list(RECORDS))
def test_whatever_could_be_a_record_is_one(row: Row) -> None:
    assert understood(HEADER, RECORD, row, RECORD).rows == [2, 3, 4]


def test_a_dated_row_that_only_starts_like_a_total_is_a_record() -> None:
    got = understood(
        "Summary | Date of incident", "Total knee replacement: fell | 3/10/2026", "Total falls | 14"
    )
    assert (got.rows, got.counts) == ([2], (1, 1, 0))


def test_rows_far_below_are_found_and_empty_ones_counted_up_to_them() -> None:
    got = understood(HEADER, RECORD, *[[]] * 500, RECORD)
    assert (got.rows, got.counts) == ([2, 503], (2, 0, 500))


def test_a_row_that_could_not_be_dated_keeps_its_place() -> None:
    """Its finding and its neighbours' cells stand where Excel shows them."""
    got = understood([], [], HEADER, "1", RECORD, "Total | 1", "2 | Oak | soon | Falls")
    assert (got.header_row, got.rows, got.unread) == (3, [5, 7], [(7, "occurred_at", "not-a-date")])


def test_a_log_without_records_is_still_a_log() -> None:
    assert (understood(INCIDENTS).log, understood(INCIDENTS).counts) == ("incidents", (0, 0, 0))


NUMBERED = "Ref | Service | Date of incident | Category | Severity | Reported by | Summary | Status"
FULL = "1 | Oak | 3/10/2026 | Falls | Low | Ann Example | He slipped over | Open"


def waiting(first: int, count: int, rest: str) -> list[Row]:
    """Rows numbered on, with the same behind each number."""
    return [f"{number} | {rest}" for number in range(first, first + count)]


@pytest.mark.parametrize(
    "rows, counts",
    [
        (waiting(2, 5, "Oak || Falls | Low | Manager || Open"), (1, 0, 5)),
        (waiting(2, 5, "Oak | DD/MM/YYYY | Falls || Manager || Open"), (1, 0, 5)),
        # Fewer, dated, told in words, not alike, not numbered on, or above a record: records.
        (waiting(2, 4, "Oak || Falls | Low | Manager || Open"), (5, 0, 0)),
        (waiting(2, 5, "Oak | 4/10/2026 | Falls | Low | Manager || Open"), (6, 0, 0)),
        (waiting(2, 5, "Oak | soon | Falls | Low | Manager || Open"), (6, 0, 0)),
        (waiting(2, 5, "Oak || Falls ||| He slipped on the wet floor again |"), (6, 0, 0)),
        ([*waiting(2, 4, "Oak || Falls"), "6 | Oak || Skin"], (6, 0, 0)),
        ([f"{n} | Oak || Falls" for n in (2, 3, 5, 8, 13)], (6, 0, 0)),
        (["| Oak || Falls"] * 5, (6, 0, 0)),
        ([*waiting(2, 5, "Oak || Falls"), "7 | Oak | 5/10/2026 | Falls"], (7, 0, 0)),
    ],
)
def test_rows_numbered_in_advance_with_defaults_in_them(
    rows: list[Row], counts: tuple[int, int, int]
) -> None:
    records, set_aside, blank = understood(NUMBERED, *[FULL] * 6, *rows).counts
    assert (records - 5, set_aside, blank) == counts


MIXES = st.lists(
    st.one_of(
        st.sampled_from([("record", row) for row in RECORDS.values()]),
        st.sampled_from([("aside", row) for row in ASIDE.values()]),
        st.sampled_from([("blank", row) for row in BLANK.values()]),
    ),
    max_size=25,
)


@given(MIXES)
def test_any_mix_adds_up_and_each_row_is_what_it_is_alone(mix: list[tuple[str, Row]]) -> None:
    # Whole rows first, so that the columns are never in doubt.
    got = understood(HEADER, *[RECORD] * 40, *(row for _, row in mix))
    assert got.rows[40:] == [at + 42 for at, (kind, _) in enumerate(mix) if kind == "record"]
    assert got.table.read == len(mix) + 40
    assert got.table.set_aside == sum(kind == "aside" for kind, _ in mix)
    assert got.table.blank == sum(kind == "blank" for kind, _ in mix)


CELLS = st.one_of(
    st.none(), st.integers(-5, 50_000), st.floats(0, 50_000), st.booleans(), st.text(max_size=12),
    st.sampled_from(["Total", "3/10/2026", "Falls", "N/A", "Ref", "Low", "Open", "✓", " "]),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)), st.times(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=3)),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_whatever_the_cells_every_row_is_counted_once(rows: list[Row]) -> None:
    got = understood(HEADER, *[RECORD] * 8, *rows)
    if got.log is not None:
        records, set_aside, blank = got.counts
        assert records + set_aside + blank == got.table.read == 8 + len(rows)
        assert all(len(column) == records for column in got.table.data.values())


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_any_sheet_at_all_is_understood_or_left_with_a_reason(rows: list[Row]) -> None:
    got = understood(*rows)
    assert got.table.why
    assert sum(got.counts) == got.table.read
