"""The sample provider, whose truth is known: every field of every record is understood."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import SampleFacts
from tests.truth import Difference, builder, differences


@pytest.fixture(scope="module")
def misread(sample_facts: SampleFacts) -> list[Difference]:
    """Every field that was understood otherwise than the mess explains."""
    return list(differences(sample_facts.understood.evidence))


def is_tick(one: Difference) -> bool:
    return one.service == "Birch Lodge" and one.field in ("candour_applies", "safeguarding")


def is_signal(one: Difference) -> bool:
    """A log that only tells near misses apart says nothing of what else its signals are."""
    return one.field == "signal" and one.true == "incident" and one.understood is None


def is_near_miss(one: Difference) -> bool:
    return one.service == "Birch Lodge" and one.field == "signal" and one.true == "near miss"


def is_minutes(one: Difference) -> bool:
    return one.kind == "number with words"


def test_every_field_of_every_record_is_understood(misread: list[Difference]) -> None:
    known = (is_tick, is_signal, is_near_miss, is_minutes)
    assert [one for one in misread if not any(test(one) for test in known)] == []


def test_a_cross_among_ticks_is_no(misread: list[Difference]) -> None:
    assert [one for one in misread if is_tick(one)] == []


def test_a_near_miss_in_the_severity_column_is_a_near_miss(misread: list[Difference]) -> None:
    assert [one for one in misread if is_near_miss(one)] == []


def test_fifteen_mins_are_fifteen(misread: list[Difference]) -> None:
    assert [one for one in misread if is_minutes(one)] == []


@pytest.mark.parametrize("log", ["incidents", "actions", "feedback", "training", "observations"])
def test_each_case_counts_once(log: str, sample_facts: SampleFacts) -> None:
    frames = sample_facts.facts.judged.frames
    frame = frames["incident_versions" if log == "incidents" else log].drop_duplicates("case")
    truth = Counter(record["service"] for record in builder().truth()[log])
    assert frame["service"].value_counts().to_dict() == truth


@pytest.mark.parametrize("log", ["supervisions", "activity", "micro_tests", "case_samples"])
def test_each_row_of_a_log_without_snapshots_is_there(log: str, sample_facts: SampleFacts) -> None:
    rows = sample_facts.understood.evidence.logs[log]["service"].value_counts().to_dict()
    assert rows == Counter(record["service"] for record in builder().truth()[log])
