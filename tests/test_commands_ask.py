"""The commands that only answer: check and explain."""

from __future__ import annotations

import ast
import csv
import json
import re
from pathlib import Path

import pytest

from learnpipe.explain import explain
from learnpipe.explain_findings import FINDINGS
from learnpipe.ground.schemas import load_schemas
from learnpipe.measure import load_metrics
from tests.commands import INCIDENTS, TOP, learnpipe, squeezed
from tests.conftest import SampleRun

NO_CODES = {"under-triaged", "over-processed"}
"""Words of the source that look like codes and are none; so are the words of the logs."""


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
    said = squeezed(done.stderr)
    assert said.startswith(
        'incidents.csv BLANK: cell F3: "lowish" is not a severity we know. Fix: '
    )
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


# explain


def test_explain_lists_everything() -> None:
    said = learnpipe("explain").stdout
    metrics, rest = said[said.index("Metrics:") :].split("\n\nFields:\n")
    assert [line.split()[0] for line in metrics.splitlines()[1:]] == list(load_metrics())
    words = {word.strip(",") for word in rest.split()}
    schemas = load_schemas()
    fields = {name for schema in schemas.logs.values() for name in schema.fields}
    assert fields | set(schemas.standards) | set(FINDINGS) <= words
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("triaged_in_time", "exactly 24 hours is in time"),
        ("Triaged within 24 hours", "Target: ≥ 95%"),
        ("severity", "One of: none, low, moderate, severe, fatal"),
        ("reviewed by", "Personal: it never leaves the internal sheets."),
        ("repeat_days", "Source: House"),
        ("not-on-list", "The word in the cell is none that we know"),
        ("Swapped dates", "Both readings of a cell are shown and nothing is changed"),
        ("Date of Fall", "When it happened (occurred_at) in the incident log"),
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


def codes_made() -> set[str]:
    """The codes of findings in the source: what is handed to a finding's makers, and keys."""
    makers = ("Finding", "_stop", "refuse", "Unread")
    found = set()
    for path in (TOP / "learnpipe").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            said: list[ast.expr | None] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in makers:
                said = [*node.args[:1], *(word.value for word in node.keywords)]
            elif isinstance(node, ast.Dict) and path.parent.name == "validate":
                said = list(node.keys)
            elif isinstance(node, ast.Assign):
                said = [node.value, *getattr(node.value, "elts", [])]
            found |= {
                one.value
                for one in said
                if isinstance(one, ast.Constant)
                and isinstance(one.value, str)
                and re.fullmatch(r"[a-z]+(-[a-z]+)+", one.value)
            }
    ours = {word for words in load_schemas().words.values() for word in words.order}
    return found - NO_CODES - ours


def test_every_finding_that_can_be_made_can_be_explained() -> None:
    made = codes_made()
    assert {"swapped-dates", "open-in-excel", "nothing-yet", "may-be-cut-off"} <= made
    rules = {rule.code for schema in load_schemas().logs.values() for rule in schema.rules}
    assert made - set(FINDINGS) - rules == set()


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
