"""Adding up: services to All, files and rows to the same figures; and what measures.csv says."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe.assess import judge
from learnpipe.ground.calendar import parse_month
from learnpipe.ground.measurements import ALL, Measures, Tally
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.tables import Evidence
from learnpipe.measure import load_metrics, measure
from learnpipe.measure.table import measures_table
from tests.builders import Row, evidence, judged, measured

METRICS = load_metrics()
LOGS = {
    "incidents": [{"occurred_at": "2026-08-03 10:00"}],
    "actions": [{"raised_on": "2026-08-05"}],
    "feedback": [{"received_on": "2026-08-05", "kind": "complaint"}],
    "training": [{"triggered_on": "2026-08-05"}],
    "observations": [{"observed_on": "2026-08-05", "result": "passed"}],
    "supervisions": [{"held_on": "2026-08-05", "staff": "A Khan"}],
    "activity": [{"month": "2026-08-01", "bed_days": 300, "headcount": 10}],
}


# Random logs


def day(first: int = 0, last: int = 150) -> st.SearchStrategy[str]:
    """A moment from June 2026 on."""
    start = np.datetime64("2026-06-01T00:00")
    return st.builds(
        lambda days, minutes: str(start + np.timedelta64(days * 1440 + minutes, "m")),
        st.integers(first, last), st.sampled_from([0, 1, 600, 1439]),
    )  # fmt: skip


SERVICES = st.sampled_from(["Oak", "Elm", "Ash"])
THEMES = st.sampled_from(["Falls", "falls", "Medication", None])
SIGNALS = st.lists(
    st.fixed_dictionaries(
        {
            "service": SERVICES,
            "occurred_at": day(),
            "triaged_at": st.none() | day(),
            "reviewed_on": st.none() | day(),
            "theme": THEMES,
            "signal": st.sampled_from(["incident", "near miss", None]),
            "severity": st.sampled_from(["none", "low", "moderate", "severe", None]),
            "tier": st.sampled_from(["0", "1", "2", "3", None]),
            "closed_on": st.none() | day(),
            "shared_on": st.none() | day(),
            "learning_note": st.sampled_from([None, "Rails moved"]),
        }
    ),
    min_size=1,
    max_size=12,
)
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "service": SERVICES,
            "incident": st.integers(0, 5),
            "raised_on": day(),
            "due_on": st.none() | day(),
            "completed_on": st.none() | day(),
            "verified_on": st.none() | day(30, 200),
            "verify_by": st.sampled_from(["sampling", "other", None]),
            "status": st.sampled_from(["open", "closed", "cancelled", None]),
            "theme": THEMES,
        }
    ),
    min_size=1,
    max_size=12,
)


def with_refs(signals: list[Row], actions: list[Row]) -> dict[str, list[Row]]:
    """References of their own; an action may name an incident of its own service."""
    told = [{**row, "ref": f"I{at}{row['service']}"} for at, row in enumerate(signals)]
    done = [
        {
            **{name: cell for name, cell in row.items() if name != "incident"},
            "ref": f"A{at}",
            "incident_ref": f"I{row['incident']}{row['service']}",
        }
        for at, row in enumerate(actions)
    ]
    return {"incidents": told, "actions": done}


def measures_of(given_evidence: Evidence) -> Measures:
    schemas, month = load_schemas(), parse_month("2026-10")
    one = judge(given_evidence, schemas, {}, month)
    return measure(one.frames, one.span, METRICS, schemas, tuple(given_evidence.logs))


def counts_of(measures: Measures) -> dict[str, list[Any]]:
    """All tallies as lists, by metric and breakdown."""
    out = {}
    for metric, parts in measures.tallies.items():
        for part, tally in parts.items():
            out[f"{metric}/{part}"] = [
                None if array is None else array.tolist()
                for array in (getattr(tally, one.name) for one in fields(tally))
            ]
    return out


def split(whole: Evidence, rng: np.random.Generator, files: int) -> Evidence:
    """The same rows in another order, dealt out to several files."""
    logs, sources = {}, []
    for log, frame in whole.logs.items():
        first = whole.sources[int(frame["source"].iloc[0])]
        shuffled = frame.sample(frac=1, random_state=rng).reset_index(drop=True)
        logs[log] = shuffled.assign(
            source=rng.integers(0, files, len(frame)) + len(sources), row=shuffled.index + 2
        )
        sources += [
            replace(first, number=len(sources) + n, file=f"{log} {n}.xlsx") for n in range(files)
        ]
    return Evidence(logs, tuple(sources), ())


@settings(max_examples=25, deadline=None)
@given(SIGNALS, ACTIONS, st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_neither_the_order_of_rows_nor_their_files_change_a_figure(signals, actions, seed, files):
    whole = evidence(**with_refs(signals, actions))
    dealt = split(whole, np.random.default_rng(seed), files)

    assert counts_of(measures_of(dealt)) == counts_of(measures_of(whole))


@settings(max_examples=15, deadline=None)
@given(SIGNALS, ACTIONS)
def test_a_service_counted_alone_has_the_figures_it_has_among_others(signals, actions):
    logs = with_refs(signals, actions)
    # One early signal at each service, so that all begin in the same month.
    logs["incidents"] += [
        {"service": name, "ref": f"first{name}", "occurred_at": "2026-06-01 10:00"}
        for name in ("Oak", "Elm", "Ash")
    ]
    together = measures_of(evidence(**logs))
    for at, name in enumerate(together.span.services):
        own = {log: [row for row in rows if row["service"] == name] for log, rows in logs.items()}
        if not own["actions"]:
            continue
        alone = measures_of(evidence(**own))
        for key in METRICS:
            mine, among = alone.tallies.get(key, {}).get(""), together.tallies.get(key, {}).get("")
            if isinstance(mine, Tally) and isinstance(among, Tally):
                assert mine.met[0].tolist() == among.met[at].tolist(), key


@settings(max_examples=25, deadline=None)
@given(SIGNALS, ACTIONS)
def test_all_is_the_sum_of_the_services_and_met_is_at_most_due(signals, actions):
    measures = measures_of(evidence(**with_refs(signals, actions)))
    for key in {line.key for line in measures.lines}:
        all_at = measures.position(key)
        own = [measures.position(key, name) for name in measures.span.services]
        for counts in (measures.met, measures.due, measures.no_evidence, measures.not_yet_due):
            summed = np.nansum(counts[own], axis=0)
            assert np.array_equal(np.nan_to_num(counts[all_at]), summed), key
    shown = ~np.isnan(measures.due)
    missing = np.nan_to_num(measures.no_evidence[shown])
    assert (measures.met[shown] + missing <= measures.due[shown]).all()
    shares = [at for at, line in enumerate(measures.lines) if line.kind == "share"]
    values = measures.value[shares]
    assert ((values >= 0) & (values <= 1) | np.isnan(values)).all()


# Values


def test_a_rate_never_travels_without_its_counts():
    rows = [{"occurred_at": "2026-10-03 10:00", "severity": word} for word in ("low", "severe")]
    one = measured("2026-10", incidents=rows).row("harm_rate")

    assert (one.met, one.due, one.value) == (1, 2, 0.5)


def test_a_share_where_lower_is_better_leaves_no_evidence_out():
    # One of moderate harm, two of low harm, one unknown: 1 of 3, not 1 of 4.
    words = ("moderate", "low", "low", None)
    rows = [{"occurred_at": "2026-10-03 10:00", "severity": word} for word in words]
    one = measured("2026-10", incidents=rows).row("harm_rate")

    assert (one.met, one.due, one.no_evidence) == (1, 4, 1)
    assert one.value == pytest.approx(1 / 3)


def test_a_share_where_lower_is_better_is_blank_when_nothing_is_known():
    one = measured("2026-10", incidents=[{"occurred_at": "2026-10-03 10:00"}]).row("harm_rate")

    assert (one.value, one.why_blank) == (None, "no evidence for any of them")


def test_a_share_where_higher_is_better_counts_no_evidence_as_not_met():
    rows = [
        {"occurred_at": "2026-10-03 10:00", "triaged_at": "2026-10-03 11:00"},
        {"occurred_at": "2026-10-03 10:00"},
    ]
    one = measured("2026-10", incidents=rows).row("triaged_in_time")

    assert (one.met, one.due, one.no_evidence, one.value) == (1, 2, 1, 0.5)


@pytest.mark.parametrize("key", [key for key, one in METRICS.items() if one.covers != "incidents"])
def test_without_its_log_a_metric_is_blank_with_the_reason_and_never_a_zero(key):
    title = load_schemas().logs[METRICS[key].covers].title.lower()
    got = measured("2026-10", incidents=[{"occurred_at": "2026-10-03 10:00"}])
    one = got.row(key)

    assert (one.met, one.due, one.value) == (None, None, None)
    assert one.why_blank == f"no {title} supplied"


def test_each_metric_of_a_share_says_when_nothing_fell_due():
    got = measured("2026-10", incidents=[{"occurred_at": "2026-10-31 10:00"}])

    assert got.row("triaged_in_time").why_blank == "nothing fell due"


# The table of measures


def test_the_table_has_the_columns_of_the_product():
    table = measures_table(measured("2026-10", **LOGS).measures)

    assert ", ".join(table.columns) == (
        "month, service, metric, due, met, no_evidence, not_yet_due, value, unit, centre, lower, "
        "upper, variation, assurance"
    )


def test_the_table_has_one_row_for_each_metric_service_and_month_since_coverage_began():
    # Coverage begins in August; two services and All; three months.
    logs = {
        **LOGS,
        "incidents": [*LOGS["incidents"], {"service": "Elm", "reported_at": "2026-09-01"}],
    }
    table = measures_table(measured("2026-10", **logs).measures)

    assert not table.duplicated(["metric", "service", "month"]).any()
    for key in METRICS:
        own = table[table["metric"] == key]
        assert own["service"].tolist() == [n for n in ("Elm", "Oak", ALL) for _ in range(3)]
        assert own["month"].tolist() == ["2026-08", "2026-09", "2026-10"] * 3


def test_tiers_trail_and_breakdowns_are_rows_too():
    row = {"occurred_at": "2026-10-03 10:00", "tier": "2", "category": "Falls"}
    names = set(measures_table(measured("2026-10", incidents=[row]).measures)["metric"])

    assert {"tier_2.reviewed", "trail.review", "incidents.category.falls"} <= names


def test_a_count_has_its_value_in_met_and_no_due():
    table = measures_table(measured("2026-08", **LOGS).measures)
    row = table[(table["metric"] == "incidents") & (table["service"] == ALL)].iloc[0]

    assert (row["met"], row["value"]) == (1, 1)
    assert np.isnan(row["due"])


def test_a_rate_is_the_count_for_each_thousand_of_its_exposure():
    table = measures_table(measured("2026-08", **LOGS).measures)
    row = table[(table["metric"] == "incident_rate") & (table["service"] == ALL)].iloc[0]

    assert (row["met"], row["due"]) == (1, 300)
    assert row["value"] == pytest.approx(1000 / 300)


# What metrics read


@pytest.mark.parametrize("key", list(METRICS))
def test_a_metric_needs_only_columns_that_the_judged_rows_have(key):
    frames = judged("2026-10", **LOGS).frames
    asked = {(frame, name) for frame, names in METRICS[key].needs.items() for name in names}

    assert asked == {(frame, name) for frame, name in asked if name in frames[frame]}
