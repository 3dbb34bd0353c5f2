"""Several tables on one sheet: each is read or listed, and none disturbs another's records."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import pytest
from grids import Got, Row, cells, understood
from hypothesis import given
from hypothesis import strategies as st

from learnpipe.ground.tables import Table

INCIDENTS = "Ref | Date of incident | Category | Severity"
FALLS = [f"{n} | {n}/10/2026 | Falls | Low" for n in range(1, 5)]
ACTIONS = "Action required | Owner | Due date"
FIXES = [f"Mend step {n} | Ann Example | {n}/11/2026" for n in range(1, 4)]


def tables(got: Got) -> list[tuple[str | None, int | None, list[int]]]:
    """Of each table its log, its header row, and the Excel rows of its records."""
    return [
        (one.log, one.header_row, [] if one.rows is None else [int(row) for row in one.rows])
        for one in got.sheet.tables
    ]


def totals(got: Got) -> tuple[int, int, int, int]:
    """Read, used, set aside and blank over all tables of the sheet; the last three add up."""
    read, used, aside, blank = (
        sum(getattr(one, what) for one in got.sheet.tables)
        for what in ("read", "records", "set_aside", "blank")
    )
    assert read == used + aside + blank
    return read, used, aside, blank


def beside(left: list[Row], right: list[Row], gap: int = 1) -> list[Row]:
    """Two tables next to each other, with some empty columns between them."""
    one, other = [cells(row) for row in left], [cells(row) for row in right]
    width = max(map(len, one)) + gap
    return [
        [*(a or []), *[None] * (width - len(a or [])), *(b or [])]
        for a, b in zip_longest(one, other)
    ]


STACKED: dict[str, tuple[list[Row], tuple[int, int, int, int]]] = {
    # 11 rows below the first header: 4 + 3 records; the title and the header below are set aside
    "a gap and a title": ([INCIDENTS, *FALLS, "", "Actions", ACTIONS, *FIXES], (10, 7, 2, 1)),
    "a gap alone": ([INCIDENTS, *FALLS, "", "", ACTIONS, *FIXES], (10, 7, 1, 2)),
    "no gap": ([INCIDENTS, *FALLS, ACTIONS, *FIXES], (8, 7, 1, 0)),
}


@pytest.mark.parametrize("rows, counts", STACKED.values(), ids=list(STACKED))
def test_two_logs_one_below_the_other(rows: list[Row], counts: tuple[int, ...]) -> None:
    got = understood(*rows)
    below = len(rows) - 3
    assert tables(got) == [
        ("incidents", 1, [2, 3, 4, 5]),
        ("actions", below, [below + 1, below + 2, below + 3]),
    ]
    assert totals(got) == counts
    assert counts[0] == len(rows) - 1  # every row below the first header is somebody's


def test_the_upper_log_is_read_even_if_the_lower_one_says_more() -> None:
    got = understood("Actions", ACTIONS, *FIXES, "", "Incidents", INCIDENTS, *FALLS)
    assert tables(got) == [("actions", 2, [3, 4, 5]), ("incidents", 8, [9, 10, 11, 12])]
    assert totals(got) == (10, 7, 2, 1)


def test_two_logs_of_one_kind_with_other_columns() -> None:
    got = understood(
        INCIDENTS, *FALLS, "", "Near misses", "Date of near miss | What happened | Location",
        "5/10/2026 | Nearly slipped on the wet floor | Hall",
    )  # fmt: skip
    assert tables(got) == [("incidents", 1, [2, 3, 4, 5]), ("incidents", 8, [9])]


def test_a_log_far_below_a_table_that_is_none() -> None:
    key: list[Row] = ["Code | Meaning", *([f"{n}", f"Meaning {n}"] for n in range(60)), ""]
    got = understood(*key, INCIDENTS, *FALLS)
    assert tables(got)[0] == ("incidents", 63, [64, 65, 66, 67])


def test_the_same_header_again_goes_on_with_the_same_table() -> None:
    got = understood(INCIDENTS, *FALLS[:2], "", "November 2026", INCIDENTS, *FALLS[2:])
    assert [(one.log, one.header_row, one.records) for one in got.sheet.tables] == [
        ("incidents", 1, 4)
    ]


SIDES: dict[str, tuple[list[Row], list[tuple[str, str, list[int]]]]] = {
    "as many rows": (
        beside([INCIDENTS, *FALLS[:3]], [ACTIONS, *FIXES]),
        [("incidents", "A", [2, 3, 4]), ("actions", "F", [2, 3, 4])],
    ),
    "the right one longer": (
        beside([INCIDENTS, *FALLS[:2]], [ACTIONS, *FIXES], gap=3),
        [("incidents", "A", [2, 3]), ("actions", "H", [2, 3, 4])],
    ),
    "a log twice": (
        beside([INCIDENTS, *FALLS], [INCIDENTS, *FALLS[:2]]),
        [("incidents", "A", [2, 3, 4, 5]), ("incidents", "F", [2, 3])],
    ),
    "a log twice without a gap": (
        beside([INCIDENTS, *FALLS], [INCIDENTS, *FALLS], gap=0),
        [("incidents", "A", [2, 3, 4, 5]), ("incidents", "E", [2, 3, 4, 5])],
    ),
}


@pytest.mark.parametrize("rows, wanted", SIDES.values(), ids=list(SIDES))
def test_two_logs_side_by_side(rows: list[Row], wanted: list[tuple[str, str, list[int]]]) -> None:
    got = understood(*rows)
    assert [
        (log, table.columns[0].letter, found)
        for (log, _, found), table in zip(tables(got), got.sheet.tables, strict=True)
    ] == wanted
    # Each is read to its own last row.
    assert [table.read for table in got.sheet.tables] == [len(found) for _, _, found in wanted]


def test_the_letters_of_a_table_beside_are_those_of_the_sheet() -> None:
    got = understood(*beside([INCIDENTS, *FALLS], [ACTIONS, *FIXES]))
    assert got.sheet.tables[1].letters == {"action": "F", "owner": "G", "due_on": "H"}


def test_a_gap_within_a_log_does_not_divide_it() -> None:
    right = [
        "Immediate action | Lesson | Closed on",
        *["Sat him down | Dry floors | 9/11/2026"] * 4,
    ]
    got = understood(*beside([INCIDENTS, *FALLS], right))
    assert tables(got) == [("incidents", 1, [2, 3, 4, 5])]
    assert got.fields["F"] == "immediate_action"


LISTS: dict[str, list[Row]] = {
    "a tally": ["Falls | 3", "Medicines | 1"],
    "a tally with a header": ["Category | Count", "Falls | 3", "Medicines | 1", "Total | 4"],
    "a tally of shares": ["Falls | 75%", "Medicines | 25%"],
    "a key": ["Severity | Meaning", "Low | minor first aid", "Severe | hospital"],
    "a key without a header": ["Low | minor first aid", "Severe | hospital"],
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=list(LISTS))
def test_a_tally_or_key_under_a_log_is_set_aside(listed: list[Row]) -> None:
    got = understood(INCIDENTS, *FALLS, "", *listed)
    assert got.rows == [2, 3, 4, 5]
    assert totals(got) == (5 + len(listed), 4, len(listed), 1)
    assert got.unread == []


def test_a_key_under_the_ids_and_services_of_a_log_is_set_aside() -> None:
    got = understood(
        "Action ref | Service | Action required | Owner | Due date",
        "A1 | Oak | Lay mats | Ann Example | 3/11/2026", "",
        "Severity | Meaning", "Low | First aid", "Severe | Hospital",
    )  # fmt: skip
    assert (got.rows, totals(got)) == ([2], (5, 1, 3, 1))


@pytest.mark.parametrize("listed", LISTS.values(), ids=list(LISTS))
def test_a_tally_or_key_beside_a_log_leaves_its_records_alone(listed: list[Row]) -> None:
    alone = understood(INCIDENTS, *FALLS)
    got = understood(*beside([INCIDENTS, *FALLS], listed))
    assert (got.log, got.records, got.rows) == (alone.log, alone.records, alone.rows)


def test_a_tally_beside_a_log_that_goes_on_below_it() -> None:
    tally: list[Row] = ["Category | Count", "Falls | 3", "Food | 0", "Skin | 0", "Total | 3"]
    got = understood(*beside([INCIDENTS, *FALLS[:2]], tally))
    assert (got.rows, totals(got)) == ([2, 3], (4, 2, 2, 0))
    assert got.field_of("Category") == "category"
    listed = got.sheet.tables[1]
    assert (listed.log, listed.header_row, listed.columns[0].letter) == (None, 1, "F")
    assert "nearest to the incident log" in listed.why


def test_a_last_record_with_little_in_it_is_no_tally() -> None:
    got = understood(INCIDENTS, *FALLS, "", "5 | soon", "6 | 12/10/2026", "Ann | 13/10/2026")
    assert got.rows == [2, 3, 4, 5, 7, 8, 9]


def test_a_key_with_headers_of_ours_above_a_log_is_listed_behind_it() -> None:
    got = understood("Severity | Status", "Low | Open", "High | Closed", "", INCIDENTS, *FALLS)
    assert tables(got) == [("incidents", 5, [6, 7, 8, 9]), (None, 1, [])]


def test_of_more_tables_the_logs_come_first() -> None:
    register = "Risk ID | Likelihood | Impact score | Mitigation | Risk owner"
    got = understood(
        register, ["R1", 3, 4, "Alarms", "Ann Example"], "", INCIDENTS, *FALLS, "", ACTIONS, *FIXES
    )
    assert [log for log, _, _ in tables(got)] == ["incidents", "actions", None]
    assert got.sheet.log == "incidents"
    assert got.sheet.tables[2].why == "looks like a risk register, which is no log of ours"


def told(table: Table) -> tuple[Any, ...]:
    """What a table says, wherever it stands."""
    return table.log, {name: list(map(str, column)) for name, column in table.data.items()}


ALONE = told(understood(INCIDENTS, *FALLS).table)
OTHERS = st.sampled_from(["below", "right", "left"])
BLOCKS = st.sampled_from(
    [[ACTIONS, *FIXES], *LISTS.values(), ["Complaints", "Date received | Complaint or compliment",
     "3/10/2026 | Complaint", "4/10/2026 | Compliment"], ["Prepared by Ann Example", "Page 1"]]
)  # fmt: skip


@given(OTHERS, BLOCKS, st.integers(1, 3))
def test_no_other_table_changes_the_records_of_a_log(
    where: str, block: list[Row], gap: int
) -> None:
    log: list[Row] = [INCIDENTS, *FALLS]
    if where == "below":
        rows = [*log, *[""] * gap, *block]
    else:
        rows = beside(log, block, gap) if where == "right" else beside(block, log, gap)
    got = understood(*rows)
    assert ALONE in [told(table) for table in got.sheet.tables]
    totals(got)


CELLS = st.sampled_from([
    None, None, 3, 0.5, "Falls", "Total", "3/10/2026", "Ref", "Category", "Due date", "Owner",
    "Action required", "Date of incident", "Severity", "Low", "Ann Example", "Open", "Status",
])  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=10), max_size=24))
def test_whatever_stands_on_a_sheet_its_rows_add_up(rows: list[Row]) -> None:
    got = understood(*rows)
    totals(got)
    for table in got.sheet.tables:
        assert table.why
        assert table.read == table.records + table.set_aside + table.blank
        assert min(table.records, table.set_aside, table.blank) >= 0
        assert (table.header_row or 0) + table.read <= len(rows)
