"""Rows whose cells name no service: the sheet, file or folder does, or it is said who does."""

from __future__ import annotations

from typing import Any

import pytest
from grids import Row, understood

from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import ReadFile
from learnpipe.validate import gather
from learnpipe.validate.services import NOT_STATED

NO_HOME = ["Ref | Date of incident | Category", "1 | 3/10/2026 | Falls"]
OTHERS = ["Ref | Home | Date of incident | Category", "1 | Elm Lodge | 3/10/2026 | Falls",
          "2 | Oak Hall | 3/10/2026 | Falls"]  # fmt: skip


def read(name: str, *rows: Row, sheet: str | None = "Sheet1") -> ReadFile:
    """A file of one sheet."""
    return ReadFile(name, "", (understood(*rows, file=name, sheet=sheet).sheet,))


def told(*files: ReadFile) -> tuple[list[Any], list[tuple[str, str, str]]]:
    """The service of each incident; file, code and cell of each finding."""
    one, _ = gather(files, load_schemas(), Settings())
    findings = [(f.place.file, f.code, f.place.cell) for f in one.findings]
    return one.logs["incidents"]["service"].tolist(), findings


@pytest.mark.parametrize(
    "file, sheet",
    [
        ("Elm Lodge incidents March.xlsx", "Sheet1"), ("incidents_elm-lodge_2026-03.xlsx", "Log"),
        ("incidents.xlsx", "Elm Lodge Oct"), ("ELM LODGE/2026/March.xlsx", "Log"),
    ],
)  # fmt: skip
def test_a_service_that_other_rows_name_is_found_in_a_name(file: str, sheet: str) -> None:
    services, findings = told(read("all.xlsx", *OTHERS), read(file, *NO_HOME, sheet=sheet))

    assert services[-1] == "Elm Lodge"
    assert findings == []


@pytest.mark.parametrize(
    "file, name",
    [
        ("Rose Court incidents March.xlsx", "Rose Court"), ("Rose Court/log.xlsx", "Rose Court"),
        ("incident log St Mary's Hospice 2026.xlsx", "St Mary's Hospice"),
    ],
)  # fmt: skip
def test_a_home_that_only_a_name_tells_of_is_taken_and_told(file: str, name: str) -> None:
    services, findings = told(read("all.xlsx", *OTHERS), read(file, *NO_HOME))

    assert services[-1] == name
    assert findings == [(file, "service-from-name", "")]


def test_two_homes_that_only_their_files_tell_of_are_two_services() -> None:
    # Both logs number from 1: the refs would clash if the homes were not told apart.
    services, _ = told(
        read("Rose Court incidents.xlsx", *NO_HOME), read("Ash Grange incidents.xlsx", *NO_HOME)
    )

    assert services == ["Rose Court", "Ash Grange"]


@pytest.mark.parametrize(
    "file", ["Incident log Oct 2026.xlsx", "Falls.xlsx", "Care home incidents.xlsx", "House.xlsx"]
)
def test_a_file_that_is_named_after_no_home_names_none(file: str) -> None:
    services, findings = told(read("all.xlsx", *OTHERS), read(file, *NO_HOME))

    assert services[-1] == NOT_STATED
    assert findings == [(file, "service-not-stated", "")]


def test_an_empty_cell_is_the_only_service_of_its_sheet_and_told() -> None:
    rows = ["Ref | Home | Date of incident | Category", "1 | Oak Hall | 3/10/2026 | Falls",
            "2 || 4/10/2026 | Falls", "3 || 5/10/2026 | Falls"]  # fmt: skip
    services, findings = told(read("all.xlsx", *OTHERS), read("oct.xlsx", *rows))

    assert services[2:] == ["Oak Hall"] * 3
    assert findings == [("oct.xlsx", "service-left-empty", "column B")]


def test_an_empty_cell_on_a_sheet_of_several_services_is_not_stated() -> None:
    services, findings = told(read("all.xlsx", *OTHERS, "3 || 5/10/2026 | Falls"))

    assert services[2] == NOT_STATED
    assert findings == [("all.xlsx", "service-not-stated", "column B")]


def test_where_nothing_names_a_service_nothing_is_asked() -> None:
    assert told(read("incidents.xlsx", *NO_HOME)) == ([NOT_STATED], [])


def test_of_two_names_that_hold_each_other_the_longer_counts() -> None:
    rows = [*OTHERS, "3 | Elm | 3/10/2026 | Falls"]
    services, _ = told(read("all.xlsx", *rows), read("Elm Lodge.xlsx", *NO_HOME))

    assert services[-1] == "Elm Lodge"
