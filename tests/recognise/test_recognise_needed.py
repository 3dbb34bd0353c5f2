"""What a log cannot do without, told by the cells of the one column that could be it."""

from __future__ import annotations

from grids import understood

DAYS = range(1, 6)
KNOWN = "Incident no | Incident type | Severity | Immediate action"


def told(header: str, row: str) -> str | None:
    """The log of five incidents with further columns whose headers nobody knows."""
    rows = [f"{n} | Fall | Low | First aid | {row.format(n=n, later=n + 3)}" for n in DAYS]
    got = understood(f"{KNOWN} | {header}", *rows, file="x.xlsx", sheet="Sheet1")
    return got.fields.get("E") if got.log else None


def test_the_date_that_comes_first_in_the_rows_is_when_it_happened() -> None:
    assert told("Zeugma | Quark", "{n}/10/2026 | {later}/10/2026") == "occurred_at"


def test_a_date_that_comes_second_or_long_before_is_not() -> None:
    assert told("Zeugma | Quark", "{later}/10/2026 | {n}/10/2026") is None
    assert told("Zeugma | Quark", "{n}/10/1956 | {later}/10/2026") is None
    assert told("Date of birth | Quark", "{n}/10/2026 | {later}/10/2026") is None


def test_the_only_long_texts_are_what_happened() -> None:
    header = "Incident no | Date of incident | Severity | Immediate action | Zeugma"
    row = "{n} | {n}/10/2026 | Low | First aid | {text}"
    long = [row.format(n=n, text=f"Slipped on the wet floor in room {n}") for n in DAYS]
    assert understood(header, *long, sheet="Sheet1").field_of("Zeugma") == "summary"
    short = [row.format(n=n, text=f"Bay {n} bed 4") for n in DAYS]
    assert understood(header, *short, sheet="Sheet1").log is None


def test_nothing_is_told_by_cells_where_another_log_is_complete() -> None:
    header = "Complaint no | Date received | Zeugma | Severity | Immediate action | Outcome | Theme"
    rows = [
        f"{n} | {n}/10/2026 | Cold food again at lunch and tea | Low | First aid | Upheld | Food"
        for n in DAYS
    ]
    assert understood(header, *rows, sheet="Sheet1").log == "feedback"
