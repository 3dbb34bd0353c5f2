"""What cells mean: providers' words, ticks, numbers, and what says nothing."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
from grids import Row, knowledge, understood

from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import Settings


def choice(cell: Any, words: str) -> str | None:
    """Our word for a cell."""
    return knowledge().reader.choice(cell, words)


@pytest.mark.parametrize(
    "cell", ["Yes", "y", " YES ", "Y.", "✓", "✔", "x", "☒", 1, 1.0, True, "TRUE"]
)
def test_yes_however_typed(cell: Any) -> None:
    assert choice(cell, "yes_no") == "yes"


@pytest.mark.parametrize(
    "cell", ["No", "n", "NO!", "✗", "☐", 0, 0.0, False, "False", "not required"]
)
def test_no_however_typed(cell: Any) -> None:
    assert choice(cell, "yes_no") == "no"


@pytest.mark.parametrize("cell", ["", None, "maybe", "Y/N", "yes and no", 2, "a", "L"])
def test_neither_yes_nor_no(cell: Any) -> None:
    assert choice(cell, "yes_no") is None


@pytest.mark.parametrize(
    "cell, ours",
    [
        ("Low", "low"), ("LOW HARM ", "low"), ("Minor", "low"), ("No harm", "none"),
        ("None", "none"), ("Near-miss", "none"), ("Moderate Harm", "moderate"), ("Major", "severe"),
        ("3 - Severe", "severe"), ("Death", "fatal"), ("Low / minimal", "low"),
        ("No harm: none", "none"), ("Low / Moderate", None), ("lowish", None), ("critical", None),
        ("3", None), (3, None), ("N/A", None), ("Nil", None),
    ],
)  # fmt: skip
def test_severity(cell: Any, ours: str | None) -> None:
    assert choice(cell, "severity") == ours


@pytest.mark.parametrize(
    "cell",
    ["Tier 2", "tier2", "T2", "2", 2, 2.0, "TIER TWO", "Tier II", "Level 2", "Tier 2 – RCA light"],
)
def test_tier_two_however_typed(cell: Any) -> None:
    assert choice(cell, "tier") == "2"


@pytest.mark.parametrize("cell", ["Tier 5", 5, 2.5, "12", "-", "high", dt.datetime(2026, 10, 3)])
def test_what_is_no_tier(cell: Any) -> None:
    assert choice(cell, "tier") is None


@pytest.mark.parametrize(
    "cell, ours",
    [
        ("Closed /\nResolved", "closed"), ("DONE ", "closed"), ("COMP", "closed"), ("✓", "closed"),
        ("Complete", "closed"), ("In-Progress", "in progress"), ("ON GOING", "in progress"),
        ("Not started", "open"), ("Open - awaiting CQC", "open"), ("Open / Closed", None),
        ("Cancelled.", "cancelled"), ("green", None), ("see above", None),
    ],
)  # fmt: skip
def test_status(cell: str, ours: str | None) -> None:
    assert choice(cell, "status") == ours


@pytest.mark.parametrize(
    "cell, words, ours",
    [
        ("Closed 12/3/26", "status", "closed"), ("closed on 12.03.2026", "status", "closed"),
        ("12/03/2026 - done", "status", "closed"), ("Complete (3rd May 2026)", "status", "closed"),
        ("Yes - 12/3/26", "yes_no", "yes"), ("N 2026-03-12", "yes_no", "no"),
        ("12/3/26", "status", None), ("waiting for 12/3/26", "status", None),
    ],
)  # fmt: skip
def test_a_word_beside_a_date(cell: str, words: str, ours: str | None) -> None:
    assert choice(cell, words) == ours


def test_dates_beside_words_are_said_once_a_column_and_are_no_closing_dates() -> None:
    got = understood(
        "Ref | Date of incident | Category | Status | Date closed",
        "1 | 3/10/2026 | Falls | Open |", "2 | 3/10/2026 | Falls | Closed 5/10/26 |",
        "3 | 3/10/2026 | Falls | Closed 6/10/26 |",
    )  # fmt: skip
    assert got.unread == [(3, "status", "date-beside-word")]
    assert got.table.unread[0].told == ("2 cells",)
    assert (got.told("status"), got.told("closed_on")) == (["open", "closed", "closed"], [None] * 3)


def test_a_date_where_a_status_should_be_is_not_on_the_list() -> None:
    rows: list[Row] = [f"{at} | 3/10/2026 | Falls | Open" for at in range(5)]
    got = understood(
        "Ref | Date of incident | Category | Status", *rows,
        ["6", "3/10/2026", "Falls", dt.datetime(2026, 10, 5)],
    )  # fmt: skip
    assert got.unread == [(7, "status", "not-on-list")]


SCALED = "Ref | Date of incident | Category | Severity"


def scale(*steps: Any) -> Any:
    """A log whose severity is told in these steps."""
    rows = [[f"A{at}", "3/10/2026", "Falls", one] for at, one in enumerate(steps)]
    return understood(SCALED, *rows)


@pytest.mark.parametrize(
    "steps, told",
    [
        ((1.0, 3.0, 5.0, None), ("numbers", "1", "5")),
        (("1", "2", "3"), ("numbers", "1", "3")),
        ((0, 4, 2), ("numbers", "0", "4")),
        (("I", "II", "iv"), ("Roman numerals", "I", "IV")),
    ],
)
def test_severity_in_steps_is_one_question_and_no_answer(
    steps: tuple[Any, ...], told: tuple[str, ...]
) -> None:
    got = scale(*steps)
    assert got.told("severity") == [None] * len(steps)
    assert got.unread == [(2, "severity", "severity-direction")]
    assert got.table.unread[0].told[:5] == ("Severity", "3 cells", *told)


def test_what_is_no_step_is_a_finding_of_its_own() -> None:
    got = scale(1, 2, 4, 3, 2, 21, 4, 1, "lowish")
    assert got.unread == [
        (2, "severity", "severity-direction"), (7, "severity", "not-on-list"),
        (10, "severity", "not-on-list"),
    ]  # fmt: skip


def test_a_number_among_words_asks_for_no_direction() -> None:
    assert scale("Low", "Low", "Moderate", 3).unread == [(5, "severity", "not-on-list")]


@pytest.mark.parametrize(
    "lines, meant",
    [(5, ["none", "moderate", "fatal"]), (6, ["fatal", "moderate", "none"])],
    ids=["highest is worst", "lowest is worst"],
)
@pytest.mark.parametrize("steps", [(1.0, 3.0, 5.0), ("1", "3", "5"), ("I", "III", "V")])
def test_the_lines_of_the_question_settle_it(
    steps: tuple[Any, ...], lines: int, meant: list[str]
) -> None:
    """``lines``: which of the two sets of lines is put into the settings."""
    pasted = scale(*steps).table.unread[0].told[lines]
    taught = Settings(words=tomllib.loads(pasted)["words"]).applied_to(load_schemas())
    rows = [[f"A{at}", "3/10/2026", "Falls", one] for at, one in enumerate(steps)]
    got = understood(SCALED, *rows, schemas=taught)
    assert (got.told("severity"), got.unread) == (meant, [])


def test_joint_owners_are_kept_as_typed() -> None:
    got = understood(
        "Ref | Action | Owner | Due date",
        "1 | Mend it | Ann Example / Bo Sample | 3/10/2026",
        "2 | Paint it | Ann Example & Bo Sample | 3/10/2026", "3 | Sell it | Nil | 3/10/2026",
    )  # fmt: skip
    assert got.told("owner") == ["Ann Example / Bo Sample", "Ann Example & Bo Sample", None]


def test_harm_and_near_miss_in_columns_of_their_own() -> None:
    got = understood(
        "Ref | Date of incident | Category | Near miss Y/N | Severity",
        "1 | 3/10/2026 | Falls | Y |", "2 | 3/10/2026 | Falls | N | Low",
        "3 | 3/10/2026 | Falls || Near miss",
    )  # fmt: skip
    assert got.told("signal") == ["near miss", None, "near miss"]
    assert got.told("severity") == [None, "low", "none"]


NOTHING = [
    "Nil", "NIL", "NULL", "N/A", "n/a ", "None ", "-", "—", "??", "not applicable", "Unknown",
    "<insert name>", "Choose an item.", "Click or tap to enter text", "DD/MM/YYYY",
]  # fmt: skip


@pytest.mark.parametrize("cell", NOTHING)
def test_what_says_nothing_is_empty_in_every_kind_of_column(cell: str) -> None:
    got = understood(
        "Ref | Service | Date of incident | Category | Reported by | What happened | Status",
        [cell] * 2 + ["3/10/2026", "Falls"] + [cell] * 3,
        "2 | Oak | 4/10/2026 | Falls | Ann Example | He slipped | Open",
    )
    assert got.records[0] == {"occurred_at": "2026-10-03", "category": "Falls"}
    assert got.unread == []


def test_none_is_an_answer_for_severity_and_nothing_for_a_name() -> None:
    got = understood(
        "Ref | Date of incident | Category | Severity | Reported by",
        "1 | 3/10/2026 | Falls | None | None", "2 | 3/10/2026 | Falls | N/A | Nil",
    )  # fmt: skip
    assert got.told("severity") == ["none", None]
    assert got.told("reported_by") == [None, None]


def test_a_site_called_na_and_a_date_to_come_are_not_nothing() -> None:
    cells = ("NA", "TBC", "TBD", 0, False)
    assert not any(knowledge().reader.is_empty(cell) for cell in cells)


def test_numbers_however_typed() -> None:
    cells: list[Any] = [620, 620.5, "1,240", " 31 ", "£3", "N/A", None, "about 30", "12-15", "1,2"]
    got = understood("Home | Month | Bed days", *(["Oak", "Oct 2026", cell] for cell in cells))
    assert got.told("bed_days") == [620, 620.5, 1240, 31, 3, None, None, None, None, None]
    assert got.unread == [(row, "bed_days", "not-a-number") for row in (9, 10, 11)]


def test_references_stay_as_typed_and_lose_excels_point_nought() -> None:
    got = understood(
        "Ref | Date of incident | Category",
        *([cell, "3/10/2026", "Falls"] for cell in ("001", 7.0, 12, "1E5", " A  1 ", "INC/7")),
    )
    assert got.told("ref") == ["001", "7", "12", "1E5", "A 1", "INC/7"]


def test_a_providers_own_word_is_understood_once_it_is_in_the_settings() -> None:
    added = Settings(words={"severity": {"low": ("lowish",)}}).applied_to(load_schemas())
    rows: list[Row] = [
        "Ref | Date of incident | Category | Severity",
        "1 | 3/10/2026 | Falls | LOWISH",
    ]
    assert understood(*rows).unread == [(2, "severity", "not-on-list")]
    taught = understood(*rows, schemas=added)
    assert (taught.told("severity"), taught.unread) == (["low"], [])
