"""What never changes the records: spelling and order of headers, more columns, titles above."""

from __future__ import annotations

from typing import Any

from grids import Got, cells, understood
from hypothesis import given
from hypothesis import strategies as st

HEADERS = [
    "Incident number", "Service", "Date of incident", "Time of incident", "Date reported",
    "Category", "Severity", "What happened", "Status", "Date closed", "Near miss",
]  # fmt: skip
ROWS = [
    cells(row)
    for row in (
        "1 | Oak | 3/10/2026 | 10:00 | 4/10/2026 | Falls | Low | He fell | Closed | 9/10/2026 | N",
        "2 | Elm | 13/10/2026 | 9:30 | 13/10/2026 | Skin | None | A graze | Open || Y",
        "",
        "3 | Oak | 30/2/2026 || 14/10/2026 | Falls | lowish | She fell | Open || N",
        "Total | 3",
        "4 | Oak | 21/10/2026 | 23:59 | 22/10/2026 | Food | Moderate | Choked | Open | N/A | N",
    )
]


def told(got: Got) -> tuple[Any, ...]:
    """What a sheet says, wherever it stands."""
    codes = sorted((field, code) for _, field, code in got.unread)
    return got.log, got.records, got.counts, codes


PLAIN = told(understood(HEADERS, *ROWS))


def test_the_records_by_hand() -> None:
    log, records, counts, codes = PLAIN
    assert (log, counts) == ("incidents", (4, 1, 1))
    assert records[0] == {
        "ref": "1", "service": "Oak", "occurred_at": "2026-10-03 10:00",
        "reported_at": "2026-10-04", "category": "Falls", "severity": "low",
        "summary": "He fell", "status": "closed", "closed_on": "2026-10-09",
    }  # fmt: skip
    assert records[1]["signal"] == "near miss"
    assert codes == [("occurred_at", "no-such-day"), ("severity", "not-on-list")]


def _camel(text: str) -> str:
    first, *others = text.split()
    return first.lower() + "".join(word.title() for word in others)


SPELLINGS = [
    str, str.upper, str.lower, str.title, _camel,
    lambda text: text + ":",
    lambda text: f"  {text}? ",
    lambda text: text.replace(" ", "\n"),
    lambda text: text.replace(" ", "_"),
    lambda text: text.replace(" ", " - "),
    lambda text: f"{text} *",
    lambda text: f"4a. {text}",
    lambda text: f"Q12) {text}",
    lambda text: f"{text} (please fill in)",
    lambda text: f"{text} [required]",
]  # fmt: skip


@given(st.lists(st.sampled_from(SPELLINGS), min_size=len(HEADERS), max_size=len(HEADERS)))
def test_the_spelling_of_headers(spellings: list[Any]) -> None:
    headers = [spell(header) for spell, header in zip(spellings, HEADERS, strict=True)]
    assert told(understood(headers, *ROWS)) == PLAIN


@given(st.permutations(range(len(HEADERS))))
def test_the_order_of_columns(order: list[int]) -> None:
    # The total stands in the first columns wherever those go, so it is left out here.
    rows = [row for row in ROWS if row[0] != "Total"]
    wanted = told(understood(HEADERS, *rows))
    turned = [[row[at] if at < len(row) else None for at in order] for row in (HEADERS, *rows)]
    assert told(understood(*turned)) == wanted


UNKNOWN = ["Favourite colour", "Zebra", "Room temperature", "Pressure mat make", "Column 7", "xyz"]
FILLINGS = st.sampled_from(["blue", 12, "3/10/2026", None, "see file", 0.5])


@given(st.data())
def test_further_columns_that_we_do_not_know(data: st.DataObject) -> None:
    more = data.draw(st.lists(st.sampled_from(UNKNOWN), unique=True, min_size=1))
    places = [data.draw(st.integers(0, len(HEADERS))) for _ in more]
    filling = [data.draw(FILLINGS) for _ in more]
    wide: list[list[Any]] = [list(HEADERS)] + [row + [None] * (11 - len(row)) for row in ROWS]
    for header, place, cell in zip(more, places, filling, strict=True):
        wide[0].insert(place, header)
        for at, row in enumerate(wide[1:]):
            row.insert(place, None if at in (2, 4) else cell)
    got = understood(*wide)
    assert told(got) == PLAIN
    assert {one.header for one in got.table.columns if one.field is None} >= set(more)


TITLES = st.lists(
    st.sampled_from([
        [], ["Alder House"], ["Incident log"], ["Incidents, October 2026", None, "Version 3"],
        ["Please complete every column within 24 hours of the incident."],
        ["Home:", "Alder House"], ["Manager:", "Ann Example", None, "Month:", "October 2026"],
        [None, None, "CONFIDENTIAL"], ["Severity", "Low", "Moderate", "Severe"],
        ["Key", "Near miss = no harm"], ["Status", "Open", "Closed"],
    ]),
    max_size=12,
)  # fmt: skip


@given(TITLES)
def test_rows_above_the_header(titles: list[list[Any]]) -> None:
    got = understood(*titles, HEADERS, *ROWS)
    assert told(got) == PLAIN
    assert got.header_row == len(titles) + 1


@given(st.permutations(ROWS))
def test_the_order_of_rows(rows: list[Any]) -> None:
    _, records, counts, codes = told(understood(HEADERS, *rows))
    assert (sorted(map(str, records)), counts, codes) == (sorted(map(str, PLAIN[1])), *PLAIN[2:])


@given(st.integers(0, len(ROWS)), st.integers(0, len(ROWS)))
def test_splitting_over_files(one: int, other: int) -> None:
    first, last = sorted((one, other))
    parts = [understood(HEADERS, *ROWS[a:b]) for a, b in ((0, first), (first, last), (last, 6))]
    assert [record for part in parts for record in part.records] == PLAIN[1]
    assert [sum(column) for column in zip(*(part.counts for part in parts), strict=True)] == [
        4, 1, 1,
    ]  # fmt: skip
    assert {part.log for part in parts} == {"incidents"}


BELOW: list[list[Any]] = [[], ["Total", 4], ["* See the policy for severities"], HEADERS]


@given(st.lists(st.sampled_from(BELOW), max_size=6))
def test_rows_below_the_last_record(below: list[list[Any]]) -> None:
    got = understood(HEADERS, *ROWS, *below)
    assert got.records == PLAIN[1]
    assert got.counts[0] == 4
