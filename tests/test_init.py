"""`learnpipe init`: blank logs that are understood as they are, and settings that are true."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from learnpipe.fresh import start_fresh
from learnpipe.ground.schemas import Schema, load_schemas
from learnpipe.ground.settings import Settings, load_settings
from tests.commands import learnpipe, squeezed

LOGS = list(load_schemas().logs.values())
FIRST = 4  # the header stands in row 3, below what its columns are about and their help


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `init` leaves it, for a provider with two services."""
    folder = tmp_path_factory.mktemp("fresh") / "our logs"
    done = learnpipe(
        "init", folder, "--service", "Alder House", "--service", "Birch, the Lodge",
        "--provider", "Hazelbrook Care",
    )  # fmt: skip
    assert done.returncode == 0
    return folder


def headers(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[FIRST - 1] if cell.value}


def fill(folder: Path, schema: Schema, rows: list[dict[str, object]]) -> None:
    """Type rows into a blank log as a person would: field → value, below its header."""
    path = folder / f"{schema.title}.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = headers(sheet)
    for down, row in enumerate(rows, start=FIRST):
        for field, value in row.items():
            sheet.cell(down, at[schema.fields[field].title], value)
    book.save(path)


def rules_of(sheet: Worksheet) -> dict[str, DataValidation]:
    """What may be typed below each header."""
    at = {column: header for header, column in headers(sheet).items()}
    return {
        at[area.min_col]: rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
    }


# What is written


def test_it_writes_a_settings_file_and_a_workbook_for_each_log(fresh: Path) -> None:
    assert {path.name for path in fresh.iterdir()} == {
        "learnpipe.toml", *(f"{schema.title}.xlsx" for schema in LOGS)
    }  # fmt: skip


def test_it_says_what_it_wrote_and_what_to_do_next(tmp_path: Path) -> None:
    done = learnpipe("init", tmp_path / "new folder")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Incident log.xlsx\n" in done.stdout
    assert f'learnpipe check "{tmp_path / "new folder"}"' in squeezed(done.stdout)


def test_what_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "Incident log.xlsx").write_bytes(b"two years of work")
    done = learnpipe("init", tmp_path)
    said, kept = done.stdout.split("Already there, and left as it is:\n")
    assert "  learnpipe.toml\n" in said and "Incident log" not in said
    assert kept.startswith("  Incident log.xlsx\n")
    assert (tmp_path / "Incident log.xlsx").read_bytes() == b"two years of work"


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    learnpipe("init", tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    again = learnpipe("init", tmp_path, "--provider", "Another")
    assert again.returncode == 0 and "Written" not in again.stdout
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in "ab":
        start_fresh(tmp_path / name, "Hazelbrook Care", ["Alder House"])
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_a_file_where_the_folder_should_be_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    done = learnpipe("init", tmp_path / "logs")
    assert (done.returncode, done.stdout) == (1, "")
    assert "This is a file, not a folder." in squeezed(done.stderr)


# How the blank logs are understood


@pytest.mark.parametrize("schema", LOGS, ids=lambda schema: schema.log)
def test_each_field_is_a_column_that_is_understood(schema: Schema, fresh: Path) -> None:
    said = json.loads(learnpipe("columns", fresh / f"{schema.title}.xlsx", "--json").stdout)
    log, *others = said["sheets"]
    rows = 2 if schema.log == "services" else 0  # the two that were named
    assert (log["log"], log["header_row"], log["records"]) == (schema.log, 3, rows)
    assert sorted(column["field"] for column in log["columns"]) == sorted(schema.fields)
    assert [sheet["log"] for sheet in others] == [None] * len(others)
    assert log["tables"] == []


def test_filled_in_as_they_are_they_give_no_findings(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    start_fresh(folder)
    for schema in LOGS:
        rows = [schema.example]
        if "ref" in schema.fields:  # a second record of its own, with what is needed and no more
            needed = {group[0] for group in schema.needs} | {"ref", "service", schema.dates[0]}
            rows.append({**{name: schema.example[name] for name in needed}, "ref": "002"})
        fill(folder, schema, rows)
    done = learnpipe("check", folder, "--output", tmp_path / "output", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    for schema in LOGS:
        said = json.loads(learnpipe("columns", folder / f"{schema.title}.xlsx", "--json").stdout)
        assert said["sheets"][0]["records"] == (2 if "ref" in schema.fields else 1), schema.log


def test_filled_in_they_make_a_page(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    start_fresh(folder)
    for schema in LOGS:
        fill(folder, schema, [schema.example])
    done = learnpipe("run", folder, "--output", tmp_path / "out", "--month", "2026-03", "--quiet")
    assert done.returncode == 0
    assert Path(done.stdout.strip()).is_file()


def test_empty_they_are_checked_without_a_word_of_blame(fresh: Path, tmp_path: Path) -> None:
    done = learnpipe("check", fresh, "--output", tmp_path / "output")
    assert done.returncode == 0
    assert squeezed(done.stderr) == "Nothing found wrong. The logs have no rows yet."


@pytest.mark.parametrize("month", [(), ("--month", "2026-10")], ids=["latest", "named"])
def test_empty_they_make_no_page_but_a_helpful_word(
    month: tuple[str, ...], fresh: Path, tmp_path: Path
) -> None:
    done = learnpipe("run", fresh, "--output", tmp_path / "output", *month)
    assert (done.returncode, done.stdout) == (1, "")
    said = squeezed(done.stderr)
    assert 'Incident log.xlsx, sheet "Incident log": The incident log has no rows yet.' in said
    assert not (tmp_path / "output").exists()


# How they are filled in


@pytest.mark.parametrize("schema", LOGS, ids=lambda schema: schema.log)
def test_each_column_takes_what_its_field_is(schema: Schema, fresh: Path) -> None:
    words = load_schemas().words
    sheet = openpyxl.load_workbook(fresh / f"{schema.title}.xlsx").worksheets[0]
    rules = rules_of(sheet)
    for field in schema.fields.values():
        rule = rules[field.title]
        assert rule.promptTitle and rule.prompt, field.name
        if field.kind in ("choice", "yes_no"):
            listed = ",".join(words[field.words or "yes_no"].order)
            assert (rule.type, rule.formula1) == ("list", f'"{listed}"'), field.name
        elif field.dated:
            assert rule.type == "date", field.name
        elif field.kind == "number":
            assert rule.type == ("decimal" if field.name == "hours" else "whole"), field.name
        elif field.name not in ("service", "metric"):
            assert rule.type is None or rule.type == "none", field.name


def test_services_are_a_drop_down_even_with_a_comma_in_a_name(fresh: Path) -> None:
    book = openpyxl.load_workbook(fresh / "Action log.xlsx")
    rule = rules_of(book.worksheets[0])["Service"]
    sheet, area = rule.formula1.split("!")
    cells = [cell.value for (cell,) in book[sheet][area.replace("$", "")]]
    assert cells == ["Alder House", "Birch, the Lodge"]
    services = openpyxl.load_workbook(fresh / "List of services.xlsx").worksheets[0]
    assert [services.cell(row, 1).value for row in (4, 5, 6)] == [*cells, None]


@pytest.mark.parametrize("schema", LOGS, ids=lambda schema: schema.log)
def test_each_is_a_real_table_with_its_header_frozen_and_printed(
    schema: Schema, fresh: Path
) -> None:
    sheet = openpyxl.load_workbook(fresh / f"{schema.title}.xlsx").worksheets[0]
    (table,) = sheet.tables.values()
    assert [column.name for column in table.tableColumns] == list(headers(sheet))
    assert table.ref.startswith(f"A{FIRST - 1}:") and table.autoFilter is not None
    assert sheet.freeze_panes == f"B{FIRST}"
    assert sheet.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"


def test_help_stands_above_each_header_and_says_what_is_needed(fresh: Path) -> None:
    sheet = openpyxl.load_workbook(fresh / "Incident log.xlsx").worksheets[0]
    told = {header: str(sheet.cell(FIRST - 2, at).value) for header, at in headers(sheet).items()}
    assert all(len(text) > 15 for text in told.values())
    needed = [header for header, text in told.items() if "NEEDED" in text]
    assert needed == ["Reference", "Service", "When it happened", "Category"]
    assert told["When it happened"].endswith("Such as 26/03/2026 14:30.")


# The settings file


def switched_on(text: str) -> str:
    """The settings file with every setting that is switched off switched on."""
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


def test_the_settings_file_shows_every_setting_there_is(fresh: Path, tmp_path: Path) -> None:
    path = tmp_path / "learnpipe.toml"
    text = (fresh / "learnpipe.toml").read_text(encoding="utf-8")
    path.write_text(switched_on(text), encoding="utf-8")
    schemas = load_schemas()
    settings = load_settings(path, schemas)
    silent = [
        one.name
        for one in dataclasses.fields(Settings)
        if getattr(settings, one.name) == getattr(Settings(), one.name)
    ]
    assert silent == []
    assert settings.next_meeting == dt.date(2026, 11, 18)
    # Switched on as they stand they change nothing: each number is the one that holds anyway.
    assert settings.standards == {name: one.value for name, one in schemas.standards.items()}
    assert set(settings.words) == set(schemas.words)
    assert settings.applied_to(schemas).words == schemas.words


def test_as_it_comes_it_sets_the_provider_s_name_alone(fresh: Path) -> None:
    settings = load_settings(fresh / "learnpipe.toml", load_schemas())
    assert dataclasses.replace(settings, sha256="") == Settings(provider="Hazelbrook Care")


def test_a_name_with_quotation_marks_is_still_toml(tmp_path: Path) -> None:
    start_fresh(tmp_path, 'The "Oaks" \\ Care')
    assert load_settings(tmp_path / "learnpipe.toml", load_schemas()).provider == (
        'The "Oaks" \\ Care'
    )
