"""`learnpipe columns`: how a file was understood, what is unsure, and the lines that settle it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import openpyxl
import pytest

from tests.commands import INCIDENTS, LOCKED, SAMPLE, learnpipe, squeezed


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder with an incident log."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    return folder


# For a machine


def test_columns_json_keeps_its_contract() -> None:
    path = SAMPLE / "Cairn View" / "incident_export.xls"
    said = json.loads(learnpipe("columns", path, "--json").stdout)
    assert list(said) == ["file", "sheets"]
    assert said["file"] == "incident_export.xls"
    report, summary = said["sheets"]
    keys = ["sheet", "log", "why", "header_row", "records", "columns", "tables"]
    assert list(report) == list(summary) == keys
    assert (report["sheet"], report["log"], report["header_row"]) == ("Report", "incidents", 9)
    assert (report["records"], report["tables"]) == (337, [])
    first = report["columns"][0]
    assert list(first) == ["letter", "header", "field", "sure", "candidates"]
    assert (first["letter"], first["header"], first["field"]) == ("A", "Incident Ref", "ref")
    assert (summary["sheet"], summary["log"], summary["records"]) == ("Summary", None, 0)
    assert summary["why"]


def test_columns_json_of_a_text_file_has_one_sheet_without_a_name(logs: Path) -> None:
    said = json.loads(learnpipe("columns", logs / "incidents.csv", "--json").stdout)
    (sheet,) = said["sheets"]
    assert (sheet["sheet"], sheet["log"], sheet["header_row"], sheet["records"]) == (
        None,
        "incidents",
        1,
        2,
    )


def test_columns_shows_each_header_beside_its_field(logs: Path) -> None:
    done = learnpipe("columns", logs / "incidents.csv")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert ["C", "Date", "of", "incident", "occurred_at"] in lines
    assert ["F", "Severity", "severity"] in lines


@pytest.mark.parametrize("name", ["nowhere.xlsx", "locked.xlsx"])
def test_columns_of_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "locked.xlsx").write_bytes(LOCKED)
    done = learnpipe("columns", tmp_path / name)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr


def test_columns_json_of_a_second_table_has_the_same_form(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Ref", "Home", "Date of incident", "Category"],
        ["1", "Oak", "03/10/2026", "Falls"],
        [],
        [],
        ["Action required", "Action owner", "Due date", "Status"],
        ["Fit a mat", "Jo Marsh", "20/10/2026", "Open"],
    ):
        book.active.append(row)
    book.save(tmp_path / "both.xlsx")
    (sheet,) = json.loads(learnpipe("columns", tmp_path / "both.xlsx", "--json").stdout)["sheets"]
    (second,) = sheet["tables"]
    assert list(second) == list(sheet)
    assert (sheet["log"], sheet["header_row"], sheet["records"]) == ("incidents", 1, 1)
    assert (second["log"], second["header_row"], second["records"]) == ("actions", 5, 1)
    assert (second["sheet"], second["tables"]) == (sheet["sheet"], [])
    said = learnpipe("columns", tmp_path / "both.xlsx").stdout
    assert 'Sheet "Sheet", table at A5: Action log, header in row 5, 1 record.' in said


# For a person

RISKY = """\
Ref,Home,Date of incident,Date notified,Category,Severity,Colour of form
1,Oak,03/10/2026,04/10/2026,Falls,03/10/2026,green
2,Elm,05/10/2026,,Falls,05/10/2026,blue
"""


def field_of(said: str) -> dict[str, str]:
    """Letter → what the terminal says of the column."""
    lines = [line for line in said.splitlines() if line.startswith("  ")]
    return {line[:5].strip(): line.split("  ")[-1].strip() for line in lines if line[:5].strip()}


def told_lines(said: str) -> str:
    """The lines to paste."""
    return said[said.index("\n[columns.") :]


def test_what_is_unsure_is_a_question_and_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(RISKY, encoding="utf-8")
    said = learnpipe("columns", tmp_path / "log.csv", COLUMNS="100").stdout
    assert field_of(said) == {
        "A": "ref",
        "B": "service",
        "C": "occurred_at",
        "D": "perhaps reported_at or notified_on",
        "E": "category",
        "F": "called severity, but its cells look like something else",
        "G": "not used",
    }


def test_the_lines_it_prints_settle_every_question(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(RISKY, encoding="utf-8")
    said = learnpipe("columns", tmp_path / "log.csv").stdout
    settings = tomllib.loads(told_lines(said))
    assert list(settings["columns"]) == ["log.csv"]
    assert set(settings["columns"]["log.csv"]) == {"Date notified", "Severity"}
    (tmp_path / "learnpipe.toml").write_text(told_lines(said), encoding="utf-8")
    again = learnpipe("columns", tmp_path / "log.csv").stdout
    assert f"Settings used: {tmp_path / 'learnpipe.toml'}" in again
    assert "?" not in again


def test_one_field_is_not_put_in_twice(tmp_path: Path) -> None:
    text = RISKY.replace("Severity,Colour of form", "Grade,Priority")
    (tmp_path / "log.csv").write_text(re.sub(r"Falls,.*", "Falls,B,C", text), encoding="utf-8")
    pasted = told_lines(learnpipe("columns", tmp_path / "log.csv").stdout)
    assert '"Grade" = "severity"\n"Priority" = ""  # or "severity"' in pasted


def test_sheets_with_the_same_headers_are_shown_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for month in ("Jan 26", "Feb 26", "Mar 26", "Apr 26"):
        sheet = book.create_sheet(month)
        sheet.append(["Ref", "Date of incident", "Category"])
        sheet.append([month, "03/02/2026", "Falls"])
    lists = book.create_sheet("Lists")
    lists.append(["Falls"])
    lists.sheet_state = "hidden"
    del book["Sheet"]
    book.save(tmp_path / "log.xlsx")
    said = learnpipe("columns", tmp_path / "log.xlsx").stdout
    assert said.count("Date of incident") == 1
    assert (
        '4 sheets: sheet "Jan 26", sheet "Feb 26", sheet "Mar 26" and 1 more: Incident log, '
        "header in row 1, 4 records."
    ) in squeezed(said)
    assert 'Sheet "Lists" (hidden): no log (' in said


@pytest.mark.parametrize("name", ["Birch Lodge/Birch Lodge Incident Log.xlsx",
                                  "Cairn View/incident_export.xls"])  # fmt: skip
def test_it_fits_a_narrow_terminal(name: str) -> None:
    said = learnpipe("columns", SAMPLE / name, COLUMNS="80").stdout
    shown = said.replace(str(SAMPLE), "").partition("\n[columns.")[0]
    assert max(map(len, shown.splitlines())) <= 80


# Which settings


def test_settings_are_found_in_a_folder_above_and_may_name_folders(logs: Path) -> None:
    deep = logs / "north" / "oak"
    deep.mkdir(parents=True)
    (logs / "incidents.csv").rename(deep / "incidents.csv")
    settings = logs / "learnpipe.toml"
    settings.write_text('[columns."north/*"]\n"Category" = "theme"\n', encoding="utf-8")
    said = learnpipe("columns", deep / "incidents.csv").stdout
    assert f"Settings used: {settings}" in said
    assert field_of(said)["E"] == "theme"


def test_the_nearest_settings_count_and_none_from_afar(logs: Path) -> None:
    (logs / "learnpipe.toml").write_text('[columns."*"]\n"Category" = "theme"\n', "utf-8")
    near = logs / "oak"
    near.mkdir()
    (near / "learnpipe.toml").write_text('provider = "Oak"\n', encoding="utf-8")
    afar = logs / "1" / "2" / "3" / "4" / "5"
    afar.mkdir(parents=True)
    for folder in (near, afar):
        (folder / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
        assert field_of(learnpipe("columns", folder / "incidents.csv").stdout)["E"] == "category"
    assert "No settings file was used." in learnpipe("columns", afar / "incidents.csv").stdout


def test_a_folder_is_answered_with_the_command_for_folders(logs: Path) -> None:
    done = learnpipe("columns", logs)
    assert (done.returncode, done.stdout) == (1, "")
    assert f'learnpipe check "{logs}"' in squeezed(done.stderr)
