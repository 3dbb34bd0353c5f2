"""The commands as a person meets them: what they print where, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import ACTIONS, INCIDENTS, LOCKED, learnpipe, squeezed
from tests.conftest import SampleRun

COMMANDS = ("run", "check", "columns", "init", "explain")


@dataclass(frozen=True)
class Mixed:
    """A run, what it wrote, and the files that it read as they were before and after."""

    said: subprocess.CompletedProcess[str]
    month: Path
    before: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    """A folder with an incident log in which one cell is wrong."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where nothing stands yet."""
    return tmp_path / "output"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Mixed:
    """A run of a good log beside a photograph, a letter and a workbook with a password."""
    top = tmp_path_factory.mktemp("mixed")
    folder = top / "logs"
    folder.mkdir()
    (folder / "incidents.csv").write_text(INCIDENTS, encoding="utf-8")
    (folder / "photo.xlsx").write_bytes(b"\xff\xd8\xff\xe0 a photograph")
    (folder / "letter.docx").write_bytes(b"PK\x03\x04 a letter")
    (folder / "september.xlsx").write_bytes(LOCKED)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = learnpipe("run", folder, "--month", "2026-10", "--output", top / "output")
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    return Mixed(done, top / "output" / "2026-10", before, after)


# What a run says, and where


def test_the_last_line_is_the_path_of_the_workbook(sample_run: SampleRun) -> None:
    assert sample_run.said.returncode == 0
    last = sample_run.said.stdout.splitlines()[-1]
    assert Path(last) == sample_run.folder / "governance-2026-10.xlsx"
    assert Path(last).is_file()


def test_findings_go_to_standard_error_with_their_cell_and_fix(sample_run: SampleRun) -> None:
    said = squeezed(sample_run.said.stderr)
    assert 'incidents 2026-10.xlsx, sheet "Incident Log", cell G10: "lowish" is not a' in said
    assert "Type one of none, low, moderate, severe or fatal; or add" in said
    assert "lowish" not in sample_run.said.stdout


def test_the_rows_that_were_read_are_accounted_for(sample_run: SampleRun) -> None:
    (line,) = [line for line in sample_run.said.stderr.splitlines() if "rows read" in line]
    read, *parts = [
        int(word.replace(",", "")) for word in line.split() if word.replace(",", "").isdigit()
    ]
    assert read == sum(parts) > 3000


def test_quiet_says_nothing_but_the_path(logs: Path, output: Path) -> None:
    done = learnpipe("run", logs, "--month", "2026-10", "--output", output, "--quiet")
    workbook = output / "2026-10" / "governance-2026-10.xlsx"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{workbook}\n", "")


def test_without_a_month_it_is_the_latest_that_has_ended(logs: Path, output: Path) -> None:
    early = INCIDENTS.replace("/10/2026", "/02/2020")
    (logs / "incidents.csv").write_text(early, encoding="utf-8")
    done = learnpipe("run", logs, "--output", output, "--quiet")
    assert done.stdout.endswith("governance-2020-02.xlsx\n")


def test_a_second_run_replaces_the_set_and_keeps_what_is_not_ours(logs: Path, output: Path) -> None:
    words = ("run", logs, "--month", "2026-10", "--output", output, "--quiet")
    learnpipe(*words)
    month = output / "2026-10"
    before = (month / "run.json").read_bytes()
    (month / "minutes.txt").write_text("agreed", encoding="utf-8")
    (logs / "incidents.csv").write_text(INCIDENTS.replace("lowish", "Low"), encoding="utf-8")
    assert learnpipe(*words).returncode == 0
    assert (month / "minutes.txt").read_text(encoding="utf-8") == "agreed"
    assert (month / "run.json").read_bytes() != before
    assert [path.name for path in output.iterdir() if path.name[0] != "."] == ["2026-10"]


# What cannot be used


def test_an_empty_folder_says_what_to_put_into_it(tmp_path: Path, output: Path) -> None:
    done = learnpipe("run", tmp_path, "--output", output)
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no spreadsheet in this folder. Put your logs into it" in squeezed(done.stderr)
    assert not output.exists()


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_folder_that_is_not_there(command: str, tmp_path: Path, output: Path) -> None:
    done = learnpipe(command, tmp_path / "nowhere", "--output", output)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere" in done.stderr
    assert not output.exists()


def test_a_folder_without_an_incident_log_says_what_one_needs(tmp_path: Path, output: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "actions.csv").write_text(ACTIONS, encoding="utf-8")
    done = learnpipe("run", logs, "--output", output)
    said = squeezed(done.stderr)
    assert (done.returncode, done.stdout) == (1, "")
    assert "logs: No file holds an incident log (found: action log)." in said
    assert "An incident log needs a column with the date" in said
    assert not output.exists()


def test_what_is_no_spreadsheet_is_named_and_the_good_log_is_used(mixed: Mixed) -> None:
    assert mixed.said.returncode == 0
    assert "photo.xlsx" in mixed.said.stderr
    findings = (mixed.month / "data" / "findings.csv").read_text(encoding="utf-8")
    assert "photo.xlsx" in findings and "letter.docx" in findings


def test_a_password_beside_good_logs_costs_that_file_alone(mixed: Mixed) -> None:
    assert "september.xlsx" in mixed.said.stderr and "password" in mixed.said.stderr
    assert "2 of 3 files not included." in mixed.said.stderr


def test_inputs_are_never_changed(mixed: Mixed) -> None:
    assert mixed.after == mixed.before


def test_a_password_alone_stops_the_run_and_says_how_to_take_it_off(
    tmp_path: Path, output: Path
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "incidents.xlsx").write_bytes(LOCKED)
    done = learnpipe("run", logs, "--output", output)
    said = squeezed(done.stderr)
    assert (done.returncode, done.stdout) == (1, "")
    assert "incidents.xlsx" in said and "password" in said
    assert not output.exists()


def test_strict_fails_on_a_blank_finding_and_writes_nothing(logs: Path, output: Path) -> None:
    done = learnpipe("run", logs, "--month", "2026-10", "--output", output, "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert "lowish" in done.stderr
    assert not output.exists()


def test_strict_passes_where_nothing_had_to_be_set_blank(logs: Path, output: Path) -> None:
    (logs / "incidents.csv").write_text(INCIDENTS.replace("lowish", "Low"), encoding="utf-8")
    done = learnpipe("run", logs, "--month", "2026-10", "--output", output, "--strict")
    assert done.returncode == 0


def test_an_output_that_is_a_file_is_said_plainly(logs: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "2026-10").write_text("a file", encoding="utf-8")
    done = learnpipe("run", logs, "--month", "2026-10", "--output", tmp_path / "taken")
    assert (done.returncode, done.stdout) == (1, "")
    assert "A file or link stands where a folder is needed." in squeezed(done.stderr)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere"
)
def test_an_output_that_may_not_be_written_is_said_plainly(logs: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = learnpipe("run", logs, "--month", "2026-10", "--output", closed / "output")
    assert (done.returncode, done.stdout) == (1, "")
    assert "learnpipe may not write there." in squeezed(done.stderr)


# Wrong usage


@pytest.mark.parametrize("month", ["October", "2026-13", "10/2026", "2026"])
def test_a_month_that_is_none_is_wrong_usage(month: str, logs: Path, output: Path) -> None:
    done = learnpipe("run", logs, "--month", month, "--output", output)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--month" in done.stderr and month in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("run", ".", "--fast"),
        ("run",),
        ("columns",),
        ("init",),
        ("check", ".", "--workers", "2"),
        ("sing",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(words: tuple[str, ...]) -> None:
    done = learnpipe(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str) -> None:
    done = learnpipe(command, "-h")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ") and "-h, --help" in done.stdout
    assert done.stdout == learnpipe(command, "--help").stdout


def test_the_first_help_lists_the_commands() -> None:
    said = learnpipe("-h").stdout
    assert [command for command in COMMANDS if f"\n  {command} " not in said] == []


# The settings file


def test_a_mistake_in_the_settings_names_the_nearest_key(logs: Path, output: Path) -> None:
    (logs / "learnpipe.toml").write_text("[standards]\ntriage_hour = 12\n", encoding="utf-8")
    done = learnpipe("run", logs, "--month", "2026-10", "--output", output)
    assert (done.returncode, done.stdout) == (1, "")
    assert "triage_hours" in done.stderr
    assert not output.exists()


def test_answers_about_one_file_pasted_twice_are_told_how_to_share_a_heading(logs: Path) -> None:
    pasted = '[columns."incidents.csv"]\n"Ref" = "ref"\n[columns."incidents.csv"]\n"Home" = ""\n'
    (logs / "learnpipe.toml").write_text(pasted, encoding="utf-8")
    done = learnpipe("columns", logs / "incidents.csv")
    assert done.returncode == 1
    said = squeezed(done.stderr)
    read = 'This in line 3 cannot be read: [columns."incidents.csv"]'
    assert f"{read} It stands there already" in said
    assert "delete the second, and put the lines below it under the first." in said


def test_settings_of_another_place(logs: Path, output: Path, tmp_path: Path) -> None:
    settings = tmp_path / "ours.toml"
    settings.write_text('[words.severity]\nlow = ["lowish"]\n', encoding="utf-8")
    words = ("run", logs, "--month", "2026-10", "--output", output, "--settings", settings)
    assert "lowish" not in learnpipe(*words).stderr


def test_its_own_output_in_the_folder_is_not_read(logs: Path) -> None:
    month = logs / "output" / "2026-09"
    month.mkdir(parents=True)
    (month / "run.json").write_text('{"made_by": "learnpipe"}', encoding="utf-8")
    shutil.copy(logs / "incidents.csv", month / "incidents again.csv")
    found = learnpipe("check", logs, "--output", logs / "output", "--json").stdout
    assert {one["file"] for one in json.loads(found)} == {"incidents.csv"}
