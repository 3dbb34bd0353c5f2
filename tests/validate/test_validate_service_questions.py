"""Names of services that may be the same: asked in one finding a spelling, with lines to paste."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from grids import Row, understood

from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import ServiceSetting, Settings, load_settings
from learnpipe.ground.tables import Evidence, ReadFile
from learnpipe.validate import gather

LIST = ["Service | Also known as | Nation", "Rose Court |  | England", "Elm Lodge || England"]


def read(name: str, *rows: Row, sheet: str | None = "Log") -> ReadFile:
    """A file of one sheet."""
    return ReadFile(name, "", (understood(*rows, file=name, sheet=sheet).sheet,))


def log(*homes: str, name: str = "log.xlsx") -> ReadFile:
    """An incident log with these homes."""
    header = "Ref | Home | Date of incident | Category"
    return read(name, header, *(f"{at} | {home} | 3/10/2026 | Falls" for at, home in
                                enumerate(homes, 1)))  # fmt: skip


def evidence(*files: ReadFile, settings: Settings | None = None) -> Evidence:
    """The evidence of some files."""
    return gather(files, load_schemas(), settings or Settings())[0]


def found(one: Evidence) -> list[tuple[str, str]]:
    """Code and cell of the findings about services."""
    return [(f.code, f.place.cell) for f in one.findings if f.code.startswith("service")]


def asked(*homes: str, listed: bool = True) -> list[str]:
    """What the names are asked to be: "A = B"."""
    files = [log(*homes)] + ([read("services.csv", *LIST)] if listed else [])
    pairs = []
    for finding in evidence(*files).findings:
        if finding.code == "service-near-miss":
            parts = finding.problem.split('"')
            pairs.append(f"{parts[1]} = {parts[3]}")
    return pairs


@pytest.mark.parametrize(
    "typed",
    ["Rose Court", "ROSE COURT ", "Rose  Court", "rose-court", "Rosé Court", "Rose Court."],
)
def test_what_differs_in_typing_only_is_the_same_service_without_asking(typed: str) -> None:
    one = evidence(log(typed), read("services.csv", *LIST))

    assert one.logs["incidents"]["service"].tolist() == ["Rose Court"]
    assert found(one) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Rose Cort", "RoseCourt", "Rose Court Nursing Home", "Rose Court Care Home Ltd", "Rose",
        "The Rose Court", "RC", "R.C.", "Rose Court East",
    ],
)  # fmt: skip
def test_a_slip_a_longer_or_shorter_name_and_initials_are_asked(typed: str) -> None:
    one = evidence(log(typed, "Elm Lodge"), read("services.csv", *LIST))

    assert found(one) == [("service-near-miss", "B2")]
    assert one.logs["incidents"]["service"].tolist() == [typed.strip(), "Elm Lodge"]
    assert asked(typed, "Elm Lodge") == [f"{typed} = Rose Court"]


@pytest.mark.parametrize("typed", ["Ash Grove", "RX", "Court", "Lodge Farm"])
def test_another_name_is_not_asked_about(typed: str) -> None:
    listed = [*LIST, "Pine Court || England", "Oak Lodge || England"]
    one = evidence(log(typed), read("services.csv", *listed))

    assert found(one) == []


def test_initials_of_two_services_are_not_asked_about() -> None:
    one = evidence(log("RC"), read("services.csv", *LIST, "Robin Close || England"))

    assert found(one) == []


def test_names_that_differ_in_their_number_are_different_services() -> None:
    assert asked(*["Park View 1"] * 10, "Park View 2", listed=False) == []


def test_without_a_list_the_rarer_of_two_names_is_asked_about_once() -> None:
    homes = ["Rose Court"] * 3 + ["Rose Court Nursing Home"] * 2

    assert asked(*homes, listed=False) == ["Rose Court Nursing Home = Rose Court"]


def test_one_question_a_spelling_says_how_many_rows_it_is_about() -> None:
    one = evidence(
        log("Rose Cort", "Rose Court"), log("Rose Cort", "rose cort", name="march.xlsx"),
        read("services.csv", *LIST),
    )  # fmt: skip
    (finding,) = one.findings

    assert finding.problem.startswith('"Rose Cort" (3 rows) looks like "Rose Court"')


def test_the_lines_to_paste_settle_all_that_is_asked_of_a_service(tmp_path: Path) -> None:
    files = log("RC", 'Rose "C" Court', "Elm Lodge"), read("services.csv", *LIST)
    lines = evidence(*files).findings[0].fix.splitlines()
    path = tmp_path / "learnpipe.toml"
    path.write_text("\n".join(lines[1:3]), encoding="utf-8")
    one = evidence(*files, settings=load_settings(path, load_schemas()))

    assert one.logs["incidents"]["service"].tolist() == ["Rose Court", "Rose Court", "Elm Lodge"]
    assert found(one) == []


def test_the_lines_keep_what_the_settings_say_already() -> None:
    settings = Settings(services={"Rose Court": ServiceSetting(("The Roses",))})
    fix = evidence(log("RC", "Rose Court"), settings=settings).findings[0].fix

    assert "in place of the line there" in fix
    assert tomllib.loads("\n".join(fix.splitlines()[1:3])) == {
        "services": {"Rose Court": {"also_known_as": ["The Roses", "RC"]}}
    }


def test_a_name_that_is_said_to_be_a_service_is_not_asked_about_again() -> None:
    settings = Settings(services={"Rose Court": ServiceSetting(), "RC": ServiceSetting()})

    assert found(evidence(log("RC", "Rose Court"), settings=settings)) == []


def test_an_other_name_given_to_two_services_stays_with_the_first() -> None:
    listed = read("services.csv", "Service | Also known as", "Ash House | AH", "Alder Hall | AH")
    one = evidence(log("AH", "Alder Hall"), listed)

    assert one.logs["incidents"]["service"].tolist() == ["Ash House", "Alder Hall"]
    assert found(one) == [("service-alias-twice", "B3")]


def test_an_other_name_that_is_a_service_itself_stays_a_service() -> None:
    listed = read("services.csv", "Service | Also known as", "Ash House | Elm", "Elm | The Elms")
    one = evidence(log("Elm", "Ash House"), listed)

    assert one.logs["incidents"]["service"].tolist() == ["Elm", "Ash House"]
    assert found(one) == [("service-alias-twice", "B2")]


def test_lines_that_name_each_other_are_one_service_and_pointed_out() -> None:
    listed = read("services.csv", "Service | Also known as", "Ash House | Ash", "Ash | Ash House")
    one = evidence(log("Ash", "ash house"), listed)

    assert one.logs["incidents"]["service"].tolist() == ["Ash House"] * 2
    assert found(one) == [("service-alias-circular", "B3")]


def test_a_line_for_each_other_name_is_no_repetition() -> None:
    listed = read(
        "services.csv", "Service | Also known as", "Ash House | AH", "Ash House | Ashes",
        "Ash House | ash house",
    )  # fmt: skip
    one = evidence(log("AH", "Ashes"), listed)

    assert one.logs["incidents"]["service"].tolist() == ["Ash House"] * 2
    assert found(one) == []
