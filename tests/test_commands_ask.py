"""The commands that only answer: check, columns and explain."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from learnpipe.explain import explain
from learnpipe.ground.schemas import load_schemas
from learnpipe.measure import load_metrics
from tests.commands import INCIDENTS, LOCKED, SAMPLE, learnpipe, squeezed
from tests.conftest import SampleRun


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


def test_every_finding_of_the_sample_can_be_explained(sample_run: SampleRun) -> None:
    path = sample_run.folder / "data" / "findings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    assert len(codes) > 10
    for code in codes:
        assert explain(code, None).startswith(f"{code}\n")


def test_every_rule_of_a_log_can_be_explained() -> None:
    for schema in load_schemas().logs.values():
        for rule in schema.rules:
            assert rule.fix in squeezed(explain(rule.code, None))


# The terminal


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_terminal_that_lacks_a_sign_still_gets_its_answer(encoding: str) -> None:
    done = learnpipe("explain", "triaged_in_time", PYTHONIOENCODING=f"{encoding}:strict")
    assert done.returncode == 0
    assert "95%" in done.stdout


def test_json_is_the_same_in_every_terminal(tmp_path: Path) -> None:
    path = tmp_path / "café.csv"
    path.write_text(INCIDENTS.replace("Home", "Home ✓"), encoding="utf-8")
    said = {
        learnpipe("columns", path, "--json", PYTHONIOENCODING=encoding).stdout
        for encoding in ("cp1252", "utf-8")
    }
    (text,) = said
    assert json.loads(text)["file"] == "café.csv"
    assert json.loads(text)["sheets"][0]["columns"][1]["header"] == "Home ✓"
