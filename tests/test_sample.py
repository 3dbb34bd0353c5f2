"""The sample provider, whose truth is known: it is counted right, and its four stories are told."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from collections import Counter
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from learnpipe.ground.measurements import ALL
from learnpipe.report.facts import DUTY_TITLES, RECORD_TITLES
from learnpipe.report.figures import counts_text, value_text
from learnpipe.report.page.page import build_page
from tests.conftest import SampleFacts, SampleRun
from tests.truth import builder

MONTH = "2026-10"
COLUMNS = (
    "month,service,metric,due,met,no_evidence,not_yet_due,value,unit,centre,lower,upper,"
    "variation,assurance"
).split(",")
SHEETS = (
    "All measures", "Tier compliance", "Tier agreement", "Evidence trail", "Chase list",
    "Learning stories", "Did it hold", "Themes", "Case sample", "UK checks", "Complaints",
    "Micro-tests", "CQC evidence", "Data quality", "Changes between files", "Definitions",
    "How it was read",
)  # fmt: skip
LATE_NIGHT, MISSED_SIGNATURE = "Late night escalation", "Medicines: missed signature"


@pytest.fixture(scope="module")
def measures(sample_run: SampleRun) -> list[dict[str, str]]:
    """The rows of measures.csv."""
    with (sample_run.folder / "data" / "measures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def workbook(sample_run: SampleRun) -> CalamineWorkbook:
    """The governance workbook."""
    return CalamineWorkbook.from_path(sample_run.folder / f"governance-{MONTH}.xlsx")


def table(workbook: CalamineWorkbook, sheet: str) -> list[dict[str, Any]]:
    head, *rows = workbook.get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def one_row(measures: list[dict[str, str]], metric: str, service: str) -> dict[str, str]:
    (row,) = [
        row
        for row in measures
        if (row["metric"], row["service"], row["month"]) == (metric, service, MONTH)
    ]
    return row


# The counts


def test_the_signals_of_each_month_are_those_that_happened(
    measures: list[dict[str, str]],
) -> None:
    swapped = {one.record for one in builder().mess() if one.kind == "day and month swapped"}
    happened: Counter[tuple[str, str]] = Counter()
    doubtful: set[tuple[str, str]] = set()
    for record in builder().truth()["incidents"]:
        month = f"{record['occurred_at']:%Y-%m}"
        happened[record["service"], month] += 1
        if record["_id"] in swapped:
            as_read = f"{record['occurred_at']:%Y}-{record['occurred_at'].day:02}"
            doubtful |= {(record["service"], month), (record["service"], as_read)}
    counted = {
        (row["service"], row["month"]): int(row["value"])
        for row in measures
        if row["metric"] == "incidents" and row["service"] != ALL
    }
    told = {at: number for at, number in happened.items() if at in counted and at not in doubtful}
    assert len(told) > 60
    assert {at: counted[at] for at in told} == told


def test_supervision_counts_those_with_a_theme_and_an_action(
    measures: list[dict[str, str]],
) -> None:
    covered = {
        (record["service"], record["staff"])
        for record in builder().truth()["supervisions"]
        if f"{record['held_on']:%Y-%m}" == MONTH and record["theme"] and record["action_captured"]
    }
    row = one_row(measures, "supervision_coverage", ALL)
    assert (row["met"], row["due"]) == (str(len(covered)), "55")


# Nothing is lost


def test_the_rows_of_every_sheet_are_accounted_for(sample_run: SampleRun) -> None:
    record = json.loads((sample_run.folder / "run.json").read_text(encoding="utf-8"))
    sheets = [(one["file"], sheet) for one in record["inputs"] for sheet in one["sheets"]]
    parts = ("rows_used", "rows_superseded", "rows_set_aside", "rows_blank")
    wrong = [
        (file, sheet["sheet"])
        for file, sheet in sheets
        if sheet["rows_read"] != sum(sheet[part] for part in parts)
    ]
    assert wrong == []
    assert sum(sheet["rows_used"] for _, sheet in sheets) > 3_000


def test_of_exact_copies_the_copy_is_superseded(sample_run: SampleRun) -> None:
    record = json.loads((sample_run.folder / "run.json").read_text(encoding="utf-8"))
    sheets = {one["file"].split("/")[-1]: one["sheets"] for one in record["inputs"]}
    (copy,) = sheets["Copy of incidents 2026-03.xlsx"]
    (original,) = sheets["incidents 2026-03.xlsx"]
    assert (copy["rows_used"], copy["rows_superseded"]) == (0, original["rows_read"])
    assert original["rows_used"] > 0


def test_run_json_lists_every_output_with_its_fingerprint(sample_run: SampleRun) -> None:
    record = json.loads((sample_run.folder / "run.json").read_text(encoding="utf-8"))
    told = {one["file"]: one["sha256"] for one in record["outputs"]}
    there = {
        path.relative_to(sample_run.folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sample_run.folder.rglob("*")
        if path.is_file() and path.name != "run.json"
    }
    assert told == there
    assert (record["month"], record["as_of"]) == (MONTH, "2026-11-01T00:00:00")


# The four stories


def test_late_night_escalation_fell_and_held(
    workbook: CalamineWorkbook, sample_facts: SampleFacts
) -> None:
    actions = sample_facts.facts.judged.frames["actions"]
    (card,) = actions.loc[actions["ref"] == "AH-A225", "action"].unique()
    (row,) = [row for row in table(workbook, "Did it hold") if row["Change"] == card]
    assert (row["Verdict"], row["Service"], row["Theme"]) == ("held", "Alder House", LATE_NIGHT)
    assert row["Completed"] == dt.date(2026, 3, 6)
    # By the stories: 22 in the half year before, and one (the day after) in the half year since.
    assert (row["Signals before"], row["Signals since"]) == (22, 1)


def test_missed_signatures_came_back(workbook: CalamineWorkbook) -> None:
    found = {
        row["Change"]: row["Verdict"]
        for row in table(workbook, "Did it hold")
        if row["Service"] == "Birch Lodge"
        and row["Theme"] == MISSED_SIGNATURE
        and row["Verdict"] == "came back"
    }
    assert "Second person checks each MAR before the trolley is locked, red tabards worn" in found


def test_triage_at_cairn_view_is_a_concern(measures: list[dict[str, str]]) -> None:
    day = dt.timedelta(hours=24)
    start, end = dt.datetime(2026, 10, 1), dt.datetime(2026, 11, 1)
    due = [
        (record["reported_at"], record["triaged_at"])
        for record in builder().truth()["incidents"]
        if record["service"] == "Cairn View" and start <= record["reported_at"] + day < end
    ]
    met = [one for one in due if one[1] is not None and one[1] - one[0] <= day]
    assert (len(met), len(due)) == (10, 17)
    row = one_row(measures, "triaged_in_time", "Cairn View")
    assert (row["met"], row["due"], row["variation"]) == ("10", "17", "concern")


def test_the_chart_of_triage_stands_on_the_page(sample_facts: SampleFacts) -> None:
    # Cairn View pulls all three services down: theirs together fires, and goes before its own.
    charts = {chart.file: chart.alt for chart in build_page(sample_facts.facts).charts}
    assert "worse than usual" in charts["triaged_in_time.png"]


def test_falls_at_night_are_systemic(workbook: CalamineWorkbook) -> None:
    themes = table(workbook, "Themes")
    systemic = {(row["Theme"], row["Service"]) for row in themes if row["Systemic"] == "yes"}
    assert systemic == {
        ("Falls at night", service) for service in ("Alder House", "Birch Lodge", "Cairn View")
    }


# The files


def test_measures_have_the_contract_s_columns(measures: list[dict[str, str]]) -> None:
    assert list(measures[0]) == COLUMNS


def test_measures_have_one_row_for_each_metric_service_and_month(
    measures: list[dict[str, str]],
) -> None:
    keys = {(row["metric"], row["service"], row["month"]) for row in measures}
    names = {metric for metric, _, _ in keys}
    services = {"Alder House", "Birch Lodge", "Cairn View", ALL}
    months = {f"{2024 + (8 + n) // 12}-{(8 + n) % 12 + 1:02}" for n in range(26)}
    assert len(keys) == len(measures)
    assert keys == {(name, who, month) for name in names for who in services for month in months}


def test_met_never_exceeds_due(measures: list[dict[str, str]]) -> None:
    shares = [row for row in measures if row["due"] and not row["unit"].startswith("per 1,000")]
    assert [row for row in shares if float(row["met"]) > float(row["due"])] == []


def test_every_figure_on_the_page_is_a_row_of_measures(
    sample_facts: SampleFacts, measures: list[dict[str, str]]
) -> None:
    facts = sample_facts.facts
    for shown in build_page(facts).rows:
        row = one_row(measures, shown.key, ALL)
        metric = facts.metrics[shown.key]
        one = facts.measures.at(shown.key, ALL, facts.month)
        told = {name: float(row[name]) for name in ("met", "due") if row[name]}
        exact = {name: getattr(one, name) for name in told}
        assert told == exact, shown.key
        assert shown.value == value_text(metric.kind, float(row["value"])), shown.key
        assert shown.counts == counts_text(metric.kind, one, metric.better), shown.key


def test_every_cell_of_the_matrices_is_a_row_of_measures(
    sample_facts: SampleFacts, measures: list[dict[str, str]]
) -> None:
    page = build_page(sample_facts.facts)
    records = {title: f"trail.{key}" for key, title in RECORD_TITLES.items()}
    keys = [records.get(title, "trail_complete") for title in page.trail.columns]
    shown = dict(zip(keys, page.trail.rows[0][1], strict=True))
    duties = {title: key for key, title in DUTY_TITLES.items()}
    for tier, (_, cells) in enumerate(page.tiers.rows):
        told = zip(page.tiers.columns, cells, strict=True)
        shown |= {f"tier_{tier}.{duties[title]}": cell for title, cell in told}
    due = {row["metric"]: row for row in measures if (row["service"], row["month"]) == (ALL, MONTH)}
    for key, cell in shown.items():
        row = due.get(key, {"due": "0"})  # a duty that no tier has is no row
        met_of_due = f"{row['met']} of {row['due']}" if row["due"] != "0" else "–"
        assert cell.split(" (")[0] == met_of_due, key


def test_the_workbook_opens_on_the_one_page_with_its_sheets_behind(
    workbook: CalamineWorkbook,
) -> None:
    first, *behind = workbook.sheet_names
    assert first == "One page"
    assert [name for name in SHEETS if name not in behind] == []
    assert [name for name in behind if name in SHEETS] == list(SHEETS)
