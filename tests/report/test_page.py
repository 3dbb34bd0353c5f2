"""The one page of the sample provider, as text, and what stands on every page."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from page_text import page_text

from learnpipe.ground.calendar import parse_month
from learnpipe.ground.measurements import FAMILIES
from learnpipe.report.facts import Facts
from learnpipe.report.page.page import MOST_ROWS, build_page
from learnpipe.report.page.previous import fingerprint_before, said_before
from learnpipe.report.shapes import MetricRow
from tests.conftest import SampleFacts, SampleRun

GOLDEN = Path(__file__).parent.parent / "golden" / "sample-2026-10.txt"


@pytest.fixture
def facts(sample_facts: SampleFacts) -> Facts:
    """The sample's facts without what changes with every version and every sheet of paper."""
    return replace(sample_facts.facts, version="0.0.0", fingerprint="0" * 64)


def row(facts: Facts, key: str) -> MetricRow:
    return next(row for row in build_page(facts).rows if row.key == key)


def test_the_page_of_the_sample(facts: Facts, refresh_golden: bool) -> None:
    text = page_text(build_page(facts))
    if refresh_golden:
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_families_stand_in_their_order(facts: Facts) -> None:
    families = [row.family for row in build_page(facts).rows]
    assert list(dict.fromkeys(families)) == list(FAMILIES)
    assert families == sorted(families, key=FAMILIES.index)


def test_at_most_eighteen_rows(facts: Facts) -> None:
    every = replace(facts.settings, page=tuple(facts.metrics))
    assert len(facts.metrics) > MOST_ROWS == 18
    assert len(build_page(replace(facts, settings=every)).rows) == MOST_ROWS


def test_which_rows_is_a_setting(facts: Facts) -> None:
    chosen = replace(facts.settings, page=("complaints", "harm_rate"))
    page = build_page(replace(facts, settings=chosen))
    assert [row.key for row in page.rows] == ["harm_rate", "complaints"]
    assert {chart.key for chart in page.charts} <= {"harm_rate", "complaints"}


def test_a_share_never_travels_without_its_counts(facts: Facts) -> None:
    shares = [row for row in build_page(facts).rows if row.value.endswith("%")]
    assert len(shares) > 5
    assert [row.key for row in shares if " of " not in row.counts] == []


def test_no_known_person_stands_on_the_page(facts: Facts, sample_facts: SampleFacts) -> None:
    logs = sample_facts.understood.evidence.logs
    known = {*logs["incidents"]["person_affected"].dropna(), *logs["actions"]["owner"].dropna()}
    names = {name for name in known if len(name.split()) == 2 and name.istitle()}
    text = page_text(build_page(facts))
    assert len(names) > 20
    assert [name for name in names if name in text] == []


# Restated: last month's figure, where late entries changed it (September had 34 signals)


def test_a_changed_figure_of_last_month_says_what_it_was(facts: Facts) -> None:
    changed = row(replace(facts, previous={"incidents": 31.0}), "incidents")
    assert (changed.last_value, changed.last_note) == ("34", "restated, was 31")


@pytest.mark.parametrize("previous", [{}, {"incidents": 34.0}], ids=["no edition", "the same"])
def test_an_unchanged_figure_says_nothing(facts: Facts, previous: dict[str, float]) -> None:
    assert row(replace(facts, previous=previous), "incidents").last_note == ""


def test_a_change_too_small_to_print_is_no_restatement(facts: Facts) -> None:
    # 25 of 34 are 74%; 0.738 prints the same.
    same = row(replace(facts, previous={"repeat_rate": 0.738}), "repeat_rate")
    assert (same.last_value, same.last_note) == ("74%", "")


def test_what_an_edition_said_is_its_own_month_of_all_services(tmp_path: Path) -> None:
    data = tmp_path / "2026-09" / "data"
    data.mkdir(parents=True)
    (data / "measures.csv").write_text(
        "month,service,metric,value\n"
        "2026-08,All,incidents,30\n"
        "2026-09,Oak,incidents,4\n"
        "2026-09,All,incidents,34\n"
        "2026-09,All,verified,\n",
        encoding="utf-8",
    )
    assert said_before(tmp_path, parse_month("2026-10")) == {"incidents": 34.0}
    assert said_before(tmp_path, parse_month("2026-11")) == {}


def test_every_verified_change_stands_in_held_csv(sample_run: SampleRun) -> None:
    """The sheet shows the latest; the file has all that its tally counts, and no free text."""
    with (sample_run.folder / "data" / "held.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    verdicts = Counter(row["verdict"] for row in rows)
    assert verdicts["came back"] == 2
    assert "action" not in rows[0]
    assert rows[0]["file"].endswith((".xlsx", ".csv"))


def test_what_a_person_typed_over_a_figure_is_no_figure(tmp_path: Path) -> None:
    data = tmp_path / "2026-09" / "data"
    data.mkdir(parents=True)
    (data / "measures.csv").write_text(
        "month,service,metric,value\n2026-09,All,incidents,about 34\n2026-09,All,verified,nan\n",
        encoding="utf-8",
    )
    assert said_before(tmp_path, parse_month("2026-10")) == {}


def test_the_fingerprint_of_an_edition_is_that_of_its_record(tmp_path: Path) -> None:
    assert fingerprint_before(tmp_path, parse_month("2026-10")) is None
    (tmp_path / "2026-09").mkdir()
    (tmp_path / "2026-09" / "run.json").write_bytes(b"{}")
    # SHA-256 of "{}".
    assert fingerprint_before(tmp_path, parse_month("2026-10")) == (
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )
