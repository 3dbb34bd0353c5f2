"""Safety and timeliness: services add up to all, parts to the whole, and met is never above due."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe.ground.measurements import ALL, Measures
from tests.builders import Row, measured

METRICS = (
    "restrictive_practice", "safeguarding", "safeguarding_learning", "repeat_after_verified",
    "review_route", "tier_agreement", "candour_done", "notified", "debriefed", "reporter_told",
)  # fmt: skip


def day(first: int = 0, last: int = 150) -> st.SearchStrategy[str]:
    """A day from June 2026 on."""
    start = np.datetime64("2026-06-01")
    return st.integers(first, last).map(lambda days: str(start + np.timedelta64(days, "D")))


YES_NO = st.sampled_from(["yes", "no", None])
SIGNALS = st.lists(
    st.fixed_dictionaries(
        {
            "service": st.sampled_from(["Oak", "Elm", "Ash"]),
            "occurred_at": day(),
            "theme": st.sampled_from(["Falls", "falls", "Medication", None]),
            "tier": st.sampled_from(["0", "1", "2", "3", "4", None]),
            "severity": st.sampled_from(["none", "low", "moderate", "severe", "fatal", None]),
            "review_route": st.sampled_from(["full RCA", "RCA light", None]),
            "reviewed_on": st.none() | day(),
            "restrictive_practice": YES_NO,
            "safeguarding": YES_NO,
            "safeguarding_outcome": st.sampled_from([None, "No further action"]),
            "candour_applies": YES_NO,
            "candour_on": st.none() | day(),
            "riddor": YES_NO,
            "riddor_on": st.none() | day(),
            "notified_on": st.none() | day(),
            "debriefed_on": st.none() | day(),
            "reporter_told_on": st.none() | day(),
        }
    ),
    min_size=1,
    max_size=14,
)
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "service": st.sampled_from(["Oak", "Elm", "Ash"]),
            "theme": st.sampled_from(["Falls", "Medication"]),
            "scope": st.sampled_from(["service-wide", None]),
            "raised_on": day(),
            "completed_on": st.none() | day(),
            "verified_on": st.none() | day(30, 150),
            "verify_by": st.sampled_from(["sampling", "re-audit", None]),
        }
    ),
    max_size=8,
)


def measures_of(signals: list[Row], actions: list[Row]) -> Measures:
    return measured("2026-10", incidents=signals, actions=actions, training=[]).measures


def summed(measures: Measures, key: str, name: str) -> tuple[Any, Any]:
    """What stands for all services, and the sum of the services; gaps are nought in both."""
    table = np.nan_to_num(getattr(measures, name))
    services = [measures.position(key, service) for service in measures.span.services]
    return table[measures.position(key, ALL)], table[services].sum(axis=0)


@settings(max_examples=20)
@given(SIGNALS, ACTIONS)
def test_services_add_up_to_all(signals: list[Row], actions: list[Row]) -> None:
    measures = measures_of(signals, actions)
    tiers = {line.key for line in measures.lines if line.key.startswith(("tier_", "trail."))}
    for key in (*METRICS, *tiers):
        for name in ("met", "due", "no_evidence", "not_yet_due"):
            whole, parts = summed(measures, key, name)
            assert whole.tolist() == parts.tolist(), (key, name)


@settings(max_examples=20)
@given(SIGNALS, ACTIONS)
def test_met_and_no_evidence_are_never_more_than_due(
    signals: list[Row], actions: list[Row]
) -> None:
    measures = measures_of(signals, actions)
    for at, line in enumerate(measures.lines):
        if line.kind == "share":
            due = np.nan_to_num(measures.due[at])
            told = np.nan_to_num(measures.met[at]) + np.nan_to_num(measures.no_evidence[at])
            assert (told <= due).all(), line


@settings(max_examples=20)
@given(SIGNALS, ACTIONS)
def test_each_signal_has_each_duty_due_once_over_the_months(
    signals: list[Row], actions: list[Row]
) -> None:
    measures = measures_of(signals, actions)
    # Due so far and still running at the end are all that were ever asked.
    line = measures.position("reporter_told")
    running = np.nan_to_num(measures.not_yet_due[line, -1])
    asked = np.nansum(measures.due[line]) + running
    assert asked == len(signals)


@settings(max_examples=20)
@given(SIGNALS, ACTIONS)
def test_the_order_of_the_rows_does_not_matter(signals: list[Row], actions: list[Row]) -> None:
    one, other = measures_of(signals, actions), measures_of(signals[::-1], actions[::-1])
    for key in METRICS:
        mine, theirs = one.position(key), other.position(key)
        assert np.array_equal(one.met[mine], other.met[theirs], equal_nan=True), key


@settings(max_examples=20)
@given(SIGNALS)
def test_the_last_serious_event_of_all_is_the_latest_of_any(signals: list[Row]) -> None:
    measures = measures_of(signals, [])
    services = [measures.position("days_between_serious", s) for s in measures.span.services]
    whole = measures.value[measures.position("days_between_serious", ALL), -1]
    each = measures.value[services, -1]
    if np.isfinite(each).any():
        assert whole == np.nanmin(each)
