"""Unsure columns are asked once over all sheets and files, with the lines that settle them."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest
from grids import understood

from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import ColumnRead, ReadFile, Recognised, Table
from learnpipe.validate import gather
from learnpipe.validate.columns_asked import asked
from learnpipe.validate.patterns import covering, means

Told = tuple[str, str | None, tuple[str, ...]]
AREA: Told = ("Area", None, ("location", "service"))


def sheet(
    file: str, *columns: Told, name: str = "Log", log: str | None = "incidents", records: int = 1
) -> Recognised:
    """A sheet with some records and these columns: header, field, candidates."""
    read = tuple(
        ColumnRead(letter, header, field, field is not None, candidates)
        for letter, (header, field, candidates) in zip("CDEF", columns, strict=False)
    )
    rows = np.arange(records) if log else None
    return Recognised(file, name, False, (Table(log, "", 4, read, rows),))


def questions(*sheets: Recognised) -> list[Finding]:
    """The questions about some sheets, one file after the other."""
    files: dict[str, list[Recognised]] = {}
    for one in sheets:
        files.setdefault(one.file, []).append(one)
    return asked([ReadFile(file, "", tuple(own)) for file, own in files.items()], load_schemas())


def pasted(finding: Finding) -> dict[str, dict[str, str]]:
    """What the lines of a finding say: pattern → {header: field}."""
    lines = finding.fix.partition(":\n")[2]
    told: dict[str, dict[str, str]] = tomllib.loads(lines)["columns"]
    return told


def test_an_unsure_column_is_asked_at_its_header_with_the_line_to_paste() -> None:
    (one,) = questions(sheet("march.xlsx", AREA))

    assert (one.code, one.severity, str(one.place)) == (
        "column-unsure", "note", 'march.xlsx, sheet "Log", cell C4',
    )  # fmt: skip
    assert one.problem == (
        'The column "Area" may mean location or service. It is not used until you say.'
    )
    assert '"" leaves the column alone, "service" instead' in one.fix
    assert pasted(one) == {"march.xlsx": {"Area": "location"}}


def test_what_a_register_is_called_is_told_once_for_all_its_sheets() -> None:
    header = "Date | Time | Resident | Location | Injury | Reported by"
    row = "3/10/2026 | 14:05 | Percy Madeup | Lounge | None | Ann Example"
    registers = [
        understood(header, row, file=f"falls {month}.xlsx", sheet="Falls register").sheet
        for month in ("August", "September", "October")
    ]
    (one,) = questions(*registers)
    assert (one.code, str(one.place)) == (
        "told-by-name", 'falls August.xlsx, sheet "Falls register", row 1',
    )  # fmt: skip
    assert one.problem == (
        'No column says it: category "Falls" for all rows, as its title, sheet or file is called. '
        "So in 2 other sheets."
    )


def test_one_question_for_all_sheets_of_a_file() -> None:
    (one,) = questions(*(sheet("2026.xlsx", AREA, name=month) for month in ("Jan", "Feb")))

    assert "on 2 sheets" in one.problem
    assert pasted(one) == {"2026.xlsx": {"Area": "location"}}


def test_one_question_for_all_months_files_with_one_pattern() -> None:
    (one,) = questions(*(sheet(f"a/incidents-{month:02}.xlsx", AREA) for month in range(1, 13)))

    assert "in 12 files" in one.problem
    assert pasted(one) == {"incidents-*.xlsx": {"Area": "location"}}


def test_another_header_or_another_doubt_is_another_question() -> None:
    found = questions(
        sheet("a.xlsx", AREA), sheet("b.xlsx", ("Place name", None, ("location",))),
        sheet("c.xlsx", ("Area", None, ("service",))),
    )  # fmt: skip

    assert [one.place.file for one in found] == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_a_pattern_never_changes_what_another_file_means_by_the_header() -> None:
    # March's column is a service: a pattern for all months would make it a location.
    (one,) = questions(
        sheet("log-01.xlsx", AREA), sheet("log-02.xlsx", AREA),
        sheet("log-03.xlsx", ("Area", "service", ())),
    )  # fmt: skip

    assert "in 2 files" in one.problem
    assert one.fix.count('"Area" = "service"') == 1  # what it means elsewhere is offered
    other = questions(
        sheet("log-01.xlsx", AREA), sheet("log-02.xlsx", AREA),
        sheet("log-03.xlsx", ("Area", "owner", ()), log="actions"),
    )  # fmt: skip
    assert pasted(other[0]) == {
        "log-01.xlsx": {"Area": "location"}, "log-02.xlsx": {"Area": "location"},
    }  # fmt: skip


def test_of_a_workbook_whose_other_sheet_means_something_else_the_sheet_is_named() -> None:
    (one,) = questions(
        sheet("all.xlsx", AREA, name="Incidents"),
        sheet("all.xlsx", ("Area", "owner", ()), name="Actions", log="actions"),
    )

    assert pasted(one) == {"all.xlsx#Incidents": {"Area": "location"}}


def test_a_column_that_its_cells_contradict_is_asked_without_a_guess() -> None:
    column = ColumnRead("B", "Date", None, False, ("occurred_at",), contradicted=True)
    table = Table("incidents", "", 1, (column,), np.arange(1))
    (one,) = questions(Recognised("log.csv", None, False, (table,)))

    assert "is called occurred at, but its cells look like something else" in one.problem
    assert pasted(one) == {"log.csv": {"Date": ""}}


def test_a_field_that_another_column_has_is_not_proposed() -> None:
    place: Told = ("Place", "location", ())
    (one,) = questions(sheet("march.xlsx", place, AREA))

    assert "may mean location or service, but another column has location already" in one.problem
    assert pasted(one) == {"march.xlsx": {"Area": "service"}}
    assert '"location"' not in one.fix
    (none,) = questions(sheet("march.xlsx", place, ("Area", None, ("location",))))
    assert pasted(none) == {"march.xlsx": {"Area": ""}}


def test_of_several_columns_with_one_header_the_letter_tells_which() -> None:
    when: Told = ("Date", None, ("closed_on", "reviewed_on"))
    first, second = questions(sheet("march.xlsx", ("Date", "occurred_at", ()), when, when))

    assert pasted(first) == {"march.xlsx": {"Date (column D)": "closed_on"}}
    assert pasted(second) == {"march.xlsx": {"Date (column E)": "closed_on"}}


def test_a_blank_form_asks_nothing() -> None:
    assert questions(sheet("form.xlsx", AREA, records=0)) == []


def test_a_header_over_two_lines_and_with_marks_can_be_pasted() -> None:
    (one,) = questions(sheet("log.xlsx", ('Area\n"wing"', None, ("location",))))

    assert pasted(one) == {"log.xlsx": {'Area "wing"': "location"}}


def test_no_question_about_what_is_no_log_or_a_copy() -> None:
    assert questions(sheet("log.xlsx", AREA, log=None)) == []
    copy = ReadFile("copy.xlsx", "", (sheet("copy.xlsx", AREA),), (), "log.xlsx")
    assert asked([copy], load_schemas()) == []


def test_a_sheet_that_is_nearly_a_log_is_told_with_what_it_lacks() -> None:
    rows = ["Ref | Service | Severity | Category | Something else",
            "1 | Oak | low | Falls | x", "2 | Oak | low | Falls | y"]  # fmt: skip
    near = understood(*rows, file="near.xlsx").sheet
    log = understood("Ref | Date of incident | Category", "1 | 3/10/2026 | Falls", file="a.xlsx")
    files = [ReadFile("a.xlsx", "", (log.sheet,)), ReadFile("near.xlsx", "", (near,))]
    found = gather(files, load_schemas(), Settings())[0].findings

    assert [(one.code, one.place.file) for one in found] == [("sheet-not-read", "near.xlsx")]
    assert "it has no column for" in found[0].problem
    assert pasted(found[0]) == {"near.xlsx#Log": {"Something else": "occurred_at"}}


@pytest.mark.parametrize(
    "files, patterns",
    [
        (["x/Incidents March.xlsx", "x/Incidents April 26.xlsx"], ["Incidents *.xlsx"]),
        (["ALD 1.csv", "ALD 2.csv", "BIR 1.csv"], ["ALD *.csv", "BIR *.csv"]),
        (["north/2026-01.xlsx", "north/2026-02.xlsx"], ["north/*.xlsx"]),
        (["what [1]?.csv"], ["what [[]1][?].csv"]),
    ],
)  # fmt: skip
def test_patterns_mean_all_their_files(files: list[str], patterns: list[str]) -> None:
    found = covering(files, lambda pattern: True)

    assert found == patterns
    assert all(any(means(one, file, "Log") for one in found) for file in files)
