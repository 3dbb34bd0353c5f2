"""The commands as a person meets them: what they print where, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from learnpipe.measure import load_metrics
from tests.commands import SAMPLE, learnpipe, squeezed
from tests.conftest import SampleRun

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
INCIDENTS = """\
Ref,Home,Date of incident,Date reported,Category,Severity,Status,Triaged
1,Oak,03/10/2026 10:00,03/10/2026 11:00,Falls,Low,Open,03/10/2026 12:00
2,Oak,09/10/2026 09:00,09/10/2026 09:30,Medication,lowish,Open,12/10/2026 12:00
"""
ACTIONS = """\
Action Ref,Incident Ref,Home,Action required,Owner,Date raised,Due date,Status
A1,1,Oak,Fit a sensor mat,Jo Marsh,04/10/2026,20/10/2026,Open
"""
COMMANDS = ("run", "check", "columns", "explain")


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
    assert "None of the 1 files holds an incident log (found: actions)." in said
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
    [("run", ".", "--fast"), ("run",), ("columns",), ("check", ".", "--workers", "2"), ("sing",)],
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


# check


def test_check_says_what_is_wrong_and_writes_no_report(logs: Path, output: Path) -> None:
    done = learnpipe("check", logs, "--output", output)
    assert (done.returncode, done.stdout) == (0, "")
    assert 'incidents.csv, cell F3: "lowish" is not a severity we know.' in squeezed(done.stderr)
    assert not (output / "2026-10").exists()


def test_check_of_a_clean_folder_says_so(logs: Path, output: Path) -> None:
    (logs / "incidents.csv").write_text(INCIDENTS.replace("lowish", "Low"), encoding="utf-8")
    assert "Nothing found wrong." in learnpipe("check", logs, "--output", output).stderr


def test_check_json_gives_place_problem_and_fix(logs: Path, output: Path) -> None:
    (found,) = json.loads(learnpipe("check", logs, "--output", output, "--json").stdout)
    assert list(found) == ["severity", "code", "file", "sheet", "cell", "problem", "fix"]
    assert (found["severity"], found["code"], found["file"]) == (
        "blank",
        "not-on-list",
        "incidents.csv",
    )
    assert (found["sheet"], found["cell"]) == (None, "F3")


# columns


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


# explain


def test_explain_lists_every_metric() -> None:
    said = learnpipe("explain").stdout
    metrics = said[said.index("Metrics:") : said.index("Fields:")]
    assert {word.strip(",") for word in metrics.split()[1:]} == set(load_metrics())


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("triaged_in_time", "exactly 24 hours is in time"),
        ("Triaged within 24 hours", "Target: ≥ 95%"),
        ("severity", "One of: none, low, moderate, severe, fatal"),
        ("reviewed by", "Personal: it never leaves the internal sheets."),
        ("repeat_days", "Source: House"),
        ("not-on-list", "The word in the cell is none that we know"),
    ],
)
def test_explain_one_thing(what: str, said: str) -> None:
    done = learnpipe("explain", what)
    assert done.returncode == 0
    assert said in squeezed(done.stdout)


def test_explain_follows_the_provider_s_settings(tmp_path: Path) -> None:
    (tmp_path / "learnpipe.toml").write_text("[standards]\ntriage_hours = 12\n", encoding="utf-8")
    said = learnpipe("explain", "triage_hours", "--settings", tmp_path / "learnpipe.toml").stdout
    assert said.startswith("triage_hours: 12")


def test_explain_suggests_the_nearest() -> None:
    done = learnpipe("explain", "triaged_on_time")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean triaged_in_time" in squeezed(done.stderr)


# The settings file


def test_a_mistake_in_the_settings_names_the_nearest_key(logs: Path, output: Path) -> None:
    (logs / "learnpipe.toml").write_text("[standards]\ntriage_hour = 12\n", encoding="utf-8")
    done = learnpipe("run", logs, "--month", "2026-10", "--output", output)
    assert (done.returncode, done.stdout) == (1, "")
    assert "triage_hours" in done.stderr
    assert not output.exists()


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
