"""Registers of one kind of incident: the name says what happened where no column does."""

from __future__ import annotations

import pytest
from grids import understood

from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.tables import ReadFile
from learnpipe.understood import as_text

HEADER = "Date | Time | Resident | Location | Injury | Reported by"
ROWS = [
    "3/10/2026 | 14:05 | Percy Madeup | Lounge | None | Ann Example",
    "9/10/2026 | 08:15 | Ivy Fictive | Bedroom 4 | Bruise | Max Pretend",
]


@pytest.mark.parametrize(
    ("file", "sheet", "title", "supplied"),
    [
        ("a.xlsx", "Falls", "", {"category": "Falls"}),
        ("a.xlsx", "Sheet1", "FALLS REGISTER 2026", {"category": "Falls"}),
        ("medication_errors_2026.csv", None, "", {"category": "Medication errors"}),
        ("a.xlsx", "PressureUlcers", "", {"category": "Pressure ulcers"}),
        ("skin tear log.csv", None, "", {"category": "Skin tears"}),
        ("a.xlsx", "Near Miss Log", "", {"signal": "near miss"}),
        ("a.xlsx", "Safeguarding", "", {"signal": "safeguarding concern"}),
        ("Accident book.xlsx", "Sheet1", "", {"signal": "incident"}),
        ("Accident book.xlsx", "Nov 2026", "", {"signal": "incident"}),
        ("Falls register.xlsx", "Alder House", "", {"category": "Falls"}),
        ("a.xlsx", "Near miss incidents", "", {"signal": "near miss"}),
        ("Falls.xlsx", "Pressure sores", "", {"category": "Pressure ulcers"}),
        ("Slips, trips & falls 2025-26.xlsx", "Sheet1", "", {"category": "Falls"}),
        ("Violence & aggression.xlsx", "Sheet1", "", {"category": "Behaviour"}),
        ("a.xlsx", "Safeguarding alerts & enquiries", "", {"signal": "safeguarding concern"}),
        ("a.xlsx", "Near misses Oct and Nov", "", {"signal": "near miss"}),
    ],
)
def test_a_register_gets_what_its_name_says(
    file: str, sheet: str | None, title: str, supplied: dict[str, str]
) -> None:
    got = understood(*filter(None, [title]), HEADER, *ROWS, file=file, sheet=sheet)
    assert (got.log, got.table.supplied) == ("incidents", supplied)
    for field, word in supplied.items():
        assert got.told(field) == [word, word]


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        ("a.xlsx", "Sheet1"),  # no name at all
        ("a.xlsx", "Fall 2026"),  # a season
        ("a.xlsx", "Falls risk assessments"),
        ("a.xlsx", "Safeguarding training"),
        ("a.xlsx", "Infection control audits"),
        ("a.xlsx", "Medication"),  # a stock of medicines
        ("a.xlsx", "Assets"),
        ("Safeguarding.xlsx", "DoLS"),
        ("Falls.xlsx", "Visitors"),
        ("Accident book.xlsx", "Keys"),
        ("Incidents 2026.xlsx", "Meals"),  # in a book of incidents, about something else
    ],
)
def test_a_register_of_something_else_is_none(file: str, sheet: str) -> None:
    assert understood(HEADER, *ROWS, file=file, sheet=sheet).log is None


@pytest.mark.parametrize(
    "header",
    [
        "Resident | Room | Location | Injury | Reported by",  # without a date
        "Date | Resident | Height | Review of chart | Signature",  # one field of an incident
    ],
)
def test_a_name_alone_makes_no_register(header: str) -> None:
    row = "3/10/2026 | Percy Madeup | Lounge | None | Ann Example"
    assert understood(header, row, row, file="a.xlsx", sheet="Falls").log is None


def test_a_column_that_only_speaks_of_it_counts_beside_a_sure_one() -> None:
    rows = ["3/10/2026 | Percy Madeup | Bruised the left arm | 3"] * 2
    for speaking, log in (("Injury sustained", "incidents"), ("Height", None)):
        got = understood(f"Date | Resident | {speaking} | Card", *rows, sheet="Falls")
        assert got.log == log


@pytest.mark.parametrize("own", ["Category", "Theme", "What happened"])
def test_a_column_of_its_own_has_the_word(own: str) -> None:
    rows = [f"{row} | Slipped on a wet floor" for row in ROWS]
    got = understood(f"{HEADER} | {own}", *rows, file="a.xlsx", sheet="Falls")
    assert (got.log, got.table.supplied) == ("incidents", {})


def test_a_column_of_its_own_tells_the_kind_of_signal() -> None:
    rows = [f"{row} | Incident" for row in ROWS]
    got = understood(f"{HEADER} | Kind of signal", *rows, file="a.xlsx", sheet="Near misses")
    assert (got.log, got.told("signal")) == ("incidents", ["incident", "incident"])


@pytest.mark.parametrize(
    ("sheet", "supplied"),
    [
        ("Near Miss Log", {"signal": "near miss"}),
        ("Safeguarding", {"signal": "safeguarding concern"}),
        ("Incidents and near misses", {}),
        ("Near misses (falls)", {}),
        ("Incident log", {}),
    ],
)
def test_a_log_that_tells_what_happened_has_its_signal_from_a_name_that_says_that_alone(
    sheet: str, supplied: dict[str, str]
) -> None:
    rows = [f"{row} | Slipped on a wet floor" for row in ROWS]
    got = understood(f"{HEADER} | What happened", *rows, file="a.xlsx", sheet=sheet)
    assert (got.log, got.table.supplied) == ("incidents", supplied)


def test_a_name_of_two_kinds_supplies_neither() -> None:
    got = understood(HEADER, *ROWS, file="a.xlsx", sheet="Falls and pressure ulcers")
    assert (got.log, got.table.supplied) == ("incidents", {})


def test_what_a_name_supplied_is_shown() -> None:
    got = understood(HEADER, *ROWS, file="a.xlsx", sheet="Falls")
    told = 'category "Falls" for all rows, as its title, sheet or file is called'
    assert told in got.table.why
    text = as_text(ReadFile("a.xlsx", "", (got.sheet,)), load_schemas(), None, 200)
    assert told in text


JOINED = [
    "Incidents and near misses",
    "Accident & near miss book",
    "Falls and near misses",
    "Medication errors and near misses",
    "Incidents near misses",
    "Quality and safeguarding",
    "All incidents except near misses",
]


@pytest.mark.parametrize("what", ["", " | What happened"])
@pytest.mark.parametrize("name", JOINED)
def test_a_name_that_joins_things_makes_no_row_a_near_miss_or_concern(name: str, what: str) -> None:
    rows = [row + (what and " | Slipped on a wet floor") for row in ROWS]
    got = understood(HEADER + what, *rows, file=f"{name}.xlsx", sheet="Sheet1")
    assert (got.log or "incidents", got.table.supplied) == ("incidents", {})


@pytest.mark.parametrize(
    "line",
    [
        "Report all near misses too",
        "For near misses use sheet 2",
        "Safeguarding hub 01632 960001",
        "Completed by: Safeguarding Manager",
        "Report any near miss to the office",
    ],
)
def test_what_a_line_above_the_header_asks_for_is_no_name(line: str) -> None:
    rows = [f"{row} | Slipped on a wet floor" for row in ROWS]
    got = understood(line, f"{HEADER} | What happened", *rows, file="a.xlsx", sheet="Sheet1")
    assert (got.log, got.table.supplied) == ("incidents", {})


@pytest.mark.parametrize("sheet", ["Sept 2026", "Week 41", "Copy of Oct"])
def test_a_sheet_of_a_period_has_the_name_of_its_file(sheet: str) -> None:
    got = understood(HEADER, *ROWS, file="Accident book.xlsx", sheet=sheet)
    assert got.table.supplied == {"signal": "incident"}


@pytest.mark.parametrize(
    ("name", "log"),
    [
        ("Falls register", "incidents"),
        ("Oakdene falls log", "incidents"),
        ("Register of falls", "incidents"),
        ("Falls", None),  # of whatever: who and where is said of sensor mats as well
        ("Falls referrals log", None),
        ("Falls pendants", None),
    ],
)
def test_who_and_where_alone_make_a_register_only_of_what_is_called_one(
    name: str, log: str | None
) -> None:
    row = "3/10/2026 | Percy Madeup | Lounge | Yes"
    got = understood("Date | Resident | Location | Card", row, row, file=f"{name}.xlsx", sheet="S")
    assert got.log == log


def test_where_a_wound_is_on_the_body_is_neither_service_nor_place() -> None:
    rows = [
        f"{day}/10/2026 | Percy Madeup | {where}"
        for day, where in ((3, "Sacrum"), (9, "Left heel"), (14, "Hip (R)"))
    ]
    for header in ("Site", "Location"):
        got = understood(f"Date found | Resident | {header}", *rows, sheet="Pressure ulcers")
        assert (got.log, got.field_of(header)) == ("incidents", None)
    rooms = [f"3/10/2026 | Percy Madeup | {where} | None" for where in ("Head office", "Left wing")]
    got = understood("Date found | Resident | Site | Injury", *rooms, sheet="Pressure ulcers")
    assert got.field_of("Site") == "service"


def test_a_category_that_grades_an_ulcer_is_none_of_the_incident() -> None:
    rows = [
        f"{day}/10/2026 | Percy Madeup | {grade} | Ann Example"
        for day, grade in ((3, "Cat 2"), (9, "Category 3"), (14, "Unstageable"))
    ]
    header = "Date found | Resident | Category | Reported by"
    got = understood(header, *rows, sheet="Pressure ulcers")
    assert (got.field_of("Category"), got.table.supplied) == (None, {"category": "Pressure ulcers"})
