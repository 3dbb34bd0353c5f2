"""The regulator's framework in its dated file: what it names is there, and mistakes are told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from learnpipe.ground.cqc import QUESTIONS, load_framework
from learnpipe.ground.findings import LearnpipeError
from learnpipe.measure import load_metrics

GOOD = """
framework = "Test"
dated = 2026-01-31
source = "A test"
[[statements]]
question = "Safe"
statement = "Learning culture"
evidence = ["incidents", "verified"]
"""


def written(folder: Path, text: str) -> Path:
    (folder / "cqc.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_file_names_only_metrics_that_there_are() -> None:
    named = {key for one in load_framework().statements for key in one.evidence}
    assert named - set(load_metrics()) == set()


def test_every_statement_has_evidence_and_stands_under_a_key_question() -> None:
    framework = load_framework()
    assert {one.question for one in framework.statements} == set(QUESTIONS)
    assert [one.statement for one in framework.statements if not one.evidence] == []


def test_it_is_dated_and_a_metric_leads_to_its_statements(tmp_path: Path) -> None:
    framework = load_framework(written(tmp_path, GOOD))
    assert framework.dated == dt.date(2026, 1, 31)
    assert [one.statement for one in framework.of_metric("verified")] == ["Learning culture"]
    assert framework.of_metric("complaints") == ()


@pytest.mark.parametrize(
    ("was", "instead", "said"),
    [
        ('"Safe"', '"Save"', "is no key question"),
        ("evidence", "evidnce", 'Did you mean "evidence"'),
        ("2026-01-31", '"last year"', "dated is not a date"),
        (
            "[[statements]]",
            GOOD.split("source")[1].split("\n", 1)[1] + "[[statements]]",
            "each once",
        ),
    ],
)
def test_a_mistake_in_the_file_is_told_with_what_to_do(
    tmp_path: Path, was: str, instead: str, said: str
) -> None:
    with pytest.raises(LearnpipeError, match=said):
        load_framework(written(tmp_path, GOOD.replace(was, instead, 1)))
