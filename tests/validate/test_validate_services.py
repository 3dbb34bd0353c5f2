"""Services: one name each, however it is spelt; what is unsure is asked, never merged."""

from __future__ import annotations

from typing import Any

import pytest
from grids import Row, understood

from learnpipe.ground.measurements import ALL
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import ServiceSetting, Settings
from learnpipe.ground.tables import Evidence, ReadFile
from learnpipe.validate import People, gather
from learnpipe.validate.services import NOT_STATED, Services

HEADER = "Ref | Home | Date of incident | Category"
LIST = [
    "Service | Also known as | Nation",
    "Alder House | Alder; AH | Scotland",
    "Oak Lodge || England",
]


def read(name: str, *rows: Row, sheet: str | None = "Log") -> ReadFile:
    """A file of one sheet."""
    return ReadFile(name, "", (understood(*rows, file=name, sheet=sheet).sheet,))


def incidents(*homes: str) -> list[Row]:
    """An incident log with these homes."""
    return [HEADER, *(f"{at} | {home} | 3/10/2026 | Falls" for at, home in enumerate(homes, 1))]


def gathered(*files: ReadFile, settings: Settings | None = None) -> tuple[Evidence, Services]:
    """The evidence and the services of some files."""
    return gather(files, load_schemas(), settings or Settings())


def named(evidence: Evidence, log: str = "incidents") -> list[Any]:
    """The service of each row."""
    return evidence.logs[log]["service"].tolist()


def test_other_names_are_joined_to_the_name_in_the_list() -> None:
    homes = ["Alder House", "ALDER  HOUSE ", "alder-house", "Alder", "a.h.", "AH", "Oak lodge"]
    evidence, services = gathered(read("services.csv", *LIST), read("log.xlsx", *incidents(*homes)))
    assert named(evidence)[:4] == ["Alder House"] * 4
    assert named(evidence)[5:] == ["Alder House", "Oak Lodge"]
    assert services.nations == {"Alder House": "Scotland", "Oak Lodge": "England"}


def test_settings_join_names_and_give_nations_too() -> None:
    settings = Settings(services={"Alder House": ServiceSetting(("The Alders",), "Wales")})
    evidence, services = gathered(
        read("log.xlsx", *incidents("the alders", "Alder house")), settings=settings
    )
    assert (named(evidence), services.nations) == (["Alder House"] * 2, {"Alder House": "Wales"})
    assert evidence.findings == ()


def test_without_a_list_the_commonest_spelling_is_the_name() -> None:
    evidence, _ = gathered(read("log.xlsx", *incidents("Oak", "OAK", "oak ", "OAK", "Elm")))
    assert named(evidence) == ["OAK"] * 4 + ["Elm"]


def test_a_near_miss_is_asked_and_counted_as_its_own() -> None:
    evidence, _ = gathered(
        read("services.csv", *LIST), read("log.xlsx", *incidents("Alder House", "Aldr House"))
    )
    assert named(evidence) == ["Alder House", "Aldr House"]
    (found,) = evidence.findings
    assert (found.code, found.severity) == ("service-near-miss", "note")
    assert (found.place.file, found.place.cell) == ("log.xlsx", "B3")
    assert found.problem.startswith('"Aldr House" (1 row) looks like "Alder House"')
    assert found.fix.splitlines() == [
        "If it is the same, put into learnpipe.toml:",
        '[services."Alder House"]',
        'also_known_as = ["Aldr House"]',
        'If it is another service, put: [services."Aldr House"]',
    ]


def test_a_near_miss_of_a_common_name_is_asked_without_a_list_too() -> None:
    homes = ["Maple Court"] * 10 + ["Mapel Court", "Ivy"]
    evidence, _ = gathered(read("log.xlsx", *incidents(*homes)))
    assert named(evidence) == homes
    assert [one.place.cell for one in evidence.findings] == ["B12"]


def test_names_that_are_told_apart_by_a_number_are_both_in_the_list() -> None:
    both = ["Service | Also known as", "Park View 1 | PV1", "Park View 2 | PV2"]
    evidence, _ = gathered(
        read("services.csv", *both),
        read("log.xlsx", *incidents("Park View 1", "park view 2", "PV2")),
    )
    assert named(evidence) == ["Park View 1", "Park View 2", "Park View 2"]
    assert evidence.findings == ()


@pytest.mark.parametrize(
    "file, sheet",
    [
        ("Oak Lodge incidents.xlsx", "Log"), ("oak_lodge/2026/incidents.xlsx", "Log"),
        ("incidents.xlsx", "OAK LODGE"), ("Alder House/incidents.xlsx", "Oak Lodge"),
        ("Alder House/Oak Lodge.csv", None),
    ],
)  # fmt: skip
def test_the_sheet_file_or_folder_names_the_service_nearest_first(
    file: str, sheet: str | None
) -> None:
    rows = ["Ref | Date of incident | Category", "1 | 3/10/2026 | Falls"]
    evidence, _ = gathered(read("services.csv", *LIST), read(file, *rows, sheet=sheet))
    assert named(evidence) == ["Oak Lodge"]


def test_what_the_row_says_goes_before_the_file() -> None:
    log = read("Oak Lodge.xlsx", *incidents("Alder", ""))
    evidence, _ = gathered(read("services.csv", *LIST), log)
    assert named(evidence) == ["Alder House", "Oak Lodge"]


def test_a_file_named_after_two_services_names_neither() -> None:
    rows = ["Ref | Date of incident | Category", "1 | 3/10/2026 | Falls"]
    evidence, _ = gathered(
        read("services.csv", *LIST), read("Alder House and Oak Lodge.xlsx", *rows)
    )
    assert named(evidence) == [NOT_STATED]


def test_the_only_service_there_is_needs_no_naming() -> None:
    evidence, _ = gathered(read("log.xlsx", *incidents("Oak", "", "N/A")))
    assert named(evidence) == ["Oak"] * 3


def test_a_row_for_all_services() -> None:
    month = ["Metric | Month | Home | Why it moved | What next"]
    rows = [
        "Incidents | Oct 2026 || Wet floors | Mats laid",
        "Incidents | Oct 2026 | All homes | Wet floors | Mats laid",
        "Incidents | Oct 2026 | Oak | Wet floors | Mats laid",
    ]
    evidence, _ = gathered(
        read("log.xlsx", *incidents("Oak", "Elm")), read("comments.xlsx", *month, *rows)
    )
    assert named(evidence, "commentary") == [ALL, ALL, "Oak"]


def test_people_are_known_from_the_personal_columns_alone() -> None:
    header = "Ref | Date of incident | Category | Reported by | Resident | Summary"
    evidence, _ = gathered(
        read(
            "log.xlsx", header,
            "1 | 3/10/2026 | Falls | Ann Example / Bob Madeup | Percy Invented | Dr Who came",
            "2 | 3/10/2026 | Falls | Registered Manager | Percy | Falls Team came",
        )
    )  # fmt: skip
    people = People.in_logs(evidence.logs, load_schemas())
    assert set(people.names) == {"ann example", "bob madeup", "percy invented"}
    assert people.masked("Log of ann_example.xlsx") == "Log of [name].xlsx"
    assert people.masked("Log of Ann.xlsx") == "Log of [name].xlsx"
