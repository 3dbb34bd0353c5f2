"""The data files as a Frictionless Data Package: described to the last column, and valid."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from told import Told, told

from learnpipe.ground.schemas import load_schemas
from learnpipe.measure import measures_table
from learnpipe.report.data.csv_table import csv_bytes
from learnpipe.report.data.data_columns import DATA_FILES
from learnpipe.report.data.data_folder import data_tables, write_data
from learnpipe.report.sheets.lists import case_table
from tests.builders import Row
from tests.conftest import SampleRun

SIGNAL: Row = {"ref": "I1", "service": "Oak House", "occurred_at": "2026-10-03 10:00",
               "severity": "low", "theme": "=1+1 of bread", "summary": "Toast burnt"}  # fmt: skip
ACTION: Row = {"ref": "A1", "incident_ref": "I1", "service": "Oak House", "action": "New toaster",
               "raised_on": "2026-10-04", "completed_on": "2026-10-05", "status": "closed",
               "verify_by": "re-audit", "verified_on": "2026-10-20",
               "verification_result": "passed"}  # fmt: skip


def written(folder: Path, got: Told) -> Path:
    """The data folder of some facts."""
    facts = got.facts
    tables = data_tables(
        facts, got.sources, measures_table(facts.measures),
        case_table(facts, got.sources), got.held,
    )  # fmt: skip
    write_data(folder, facts, tables, [csv_bytes(table) for table in tables])
    return folder


def package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    return read


def complaints(folder: Path) -> list[str]:
    """What the frictionless tool finds wrong with a package."""
    command = [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", "--json"]
    done = subprocess.run(
        [*command, "datapackage.json"], cwd=folder, capture_output=True, encoding="utf-8"
    )
    report = json.loads(done.stdout)
    found = [*report["errors"], *(e for task in report["tasks"] for e in task["errors"])]
    return [str(error["message"]) for error in found]


@pytest.fixture(scope="module")
def sample(sample_run: SampleRun) -> Path:
    return sample_run.folder / "data"


def test_the_sample_is_valid_under_the_frictionless_tool(sample: Path) -> None:
    assert complaints(sample) == []


def test_a_first_month_of_one_row_is_valid_too(tmp_path: Path) -> None:
    assert complaints(written(tmp_path, told(incidents=[SIGNAL], actions=[ACTION]))) == []


def test_every_file_is_described_to_the_last_column(sample: Path) -> None:
    described = {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package(sample)["resources"]
    }
    there = {}
    for path in sample.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            there[path.name] = next(csv.reader(lines))
    assert described == there


def test_each_column_has_a_type_and_says_what_it_is(sample: Path) -> None:
    fields = [
        (resource["name"], field)
        for resource in package(sample)["resources"]
        for field in resource["schema"]["fields"]
    ]
    silent = [(name, field["name"]) for name, field in fields if not field["description"]]
    assert silent == []
    assert {field["type"] for _, field in fields} == {
        "string", "number", "integer", "boolean", "date", "yearmonth",
    }  # fmt: skip
    theme = next(field for name, field in fields if (name, field["name"]) == ("cases", "theme"))
    assert theme["description"] == load_schemas().logs["incidents"].fields["theme"].means


def test_keys_lead_to_metrics_and_services(sample: Path) -> None:
    measures = next(one for one in package(sample)["resources"] if one["name"] == "measures")
    assert measures["schema"]["primaryKey"] == ["month", "service", "metric"]
    assert [
        (key["fields"], key["reference"]["resource"]) for key in measures["schema"]["foreignKeys"]
    ] == [(["service"], "services"), (["metric"], "metrics")]


def test_a_key_that_masked_names_share_is_not_claimed(tmp_path: Path) -> None:
    from dataclasses import replace

    themes = [{**SIGNAL, "ref": name, "theme": name} for name in ("Sunita", "Gwen")]
    got = told(incidents=themes)

    def masked(text: str) -> str:
        return text.replace("sunita", "[name]").replace("gwen", "[name]")

    folder = written(tmp_path, Told(replace(got.facts, masked=masked), got.sources))
    measures = next(one for one in package(folder)["resources"] if one["name"] == "measures")
    assert "primaryKey" not in measures["schema"]
    assert complaints(folder) == []


def test_figures_are_figures_and_days_are_iso(sample: Path) -> None:
    measures = pd.read_csv(sample / "measures.csv")
    for name in ("due", "met", "no_evidence", "not_yet_due", "value", "centre", "lower", "upper"):
        assert measures[name].dtype.kind == "f"
    assert measures["month"].str.fullmatch(r"\d{4}-\d{2}").all()
    held = pd.read_csv(sample / "held.csv")
    assert held["completed_on"].str.fullmatch(r"\d{4}-\d{2}-\d{2}").all()
    assert held["before"].dtype.kind in "if"
    assert pd.read_csv(sample / "metrics.csv")["target"].between(0, 100).any()


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    folder = written(tmp_path, told(incidents=[SIGNAL]))
    cells = [
        cell
        for path in folder.glob("*.csv")
        for row in csv.reader(path.read_text("utf-8").splitlines())
        for cell in row
    ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-", "\t"))]
    assert "'=1+1 of bread" in cells


def test_files_are_utf_8_without_a_mark(sample: Path) -> None:
    for path in sample.iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        content.decode("utf-8")


def test_no_column_is_described_twice_or_for_no_file(sample: Path) -> None:
    for name, file in DATA_FILES.items():
        columns = [column.name for column in file.columns]
        assert len(set(columns)) == len(columns), name
        assert set(file.key) <= set(columns)
    assert set(DATA_FILES) == {path.stem for path in sample.glob("*.csv")}
