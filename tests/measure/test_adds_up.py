"""Adding up, for every metric: services to All, parts to the whole, and each case once over months.

The logs are made up at random, with the same records in several months' files.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe.ground.measurements import ALL, Measures
from learnpipe.ground.tallies import Tally
from learnpipe.measure import load_metrics
from learnpipe.measure.ages import BANDS, UNKNOWN
from tests.builders import Got, Row, measured

METRICS = load_metrics()
WEIGHTED = {"attendance", "supervision_coverage", "incident_rate", "days_between_serious"}
"""What counts people, days or bed-days, and not records."""
SNAPSHOTS = (None, "2026-08", "2026-09", "2026-10")


def day(first: int = 0, last: int = 150) -> st.SearchStrategy[str]:
    """A moment from June 2026 on."""
    start = np.datetime64("2026-06-01T00:00")
    return st.builds(
        lambda days, minutes: str(start + np.timedelta64(days * 1440 + minutes, "m")),
        st.integers(first, last), st.sampled_from([0, 600, 1439]),
    )  # fmt: skip


def rows(**cells: Any) -> st.SearchStrategy[list[Row]]:
    """Up to eight rows of a log at three services, some of them in two months' files."""
    cells = {"service": st.sampled_from(["Oak", "Elm", "Ash"]), **cells}
    return st.lists(st.fixed_dictionaries(cells), max_size=8)


THEME = st.sampled_from(["Falls", "falls", "Meals", None])
YES_NO = st.sampled_from(["yes", "no", None])
MAYBE = st.none() | day()
SNAPSHOT = st.sampled_from(SNAPSHOTS)
REF = st.integers(0, 5)
LOGS = st.fixed_dictionaries(
    {
        "incidents": rows(
            ref=REF, snapshot=SNAPSHOT, occurred_at=day(), theme=THEME, triaged_at=MAYBE,
            reviewed_on=MAYBE, closed_on=MAYBE, shared_on=MAYBE, debriefed_on=MAYBE,
            reporter_told_on=MAYBE, candour_applies=YES_NO, safeguarding=YES_NO,
            restrictive_practice=YES_NO, summary=st.sampled_from(["Slipped", None]),
            learning_note=st.sampled_from(["Rails moved", None]),
            contributing_factors=st.sampled_from(["process", "lighting, staff", None]),
            severity=st.sampled_from(["none", "low", "moderate", "severe", None]),
            tier=st.sampled_from(["0", "1", "2", "3", None]),
        ),
        "actions": rows(
            ref=REF, incident_ref=REF, snapshot=SNAPSHOT, theme=THEME, raised_on=MAYBE,
            due_on=MAYBE, completed_on=MAYBE, verified_on=st.none() | day(30, 200),
            escalated_on=MAYBE, verify_by=st.sampled_from(["sampling", "other", None]),
            verification_result=st.sampled_from(["passed", "failed", None]),
            status=st.sampled_from(["open", "closed", "cancelled", None]),
        ),
        "feedback": rows(
            ref=REF, action_ref=REF, snapshot=SNAPSHOT, theme=THEME, received_on=day(),
            acknowledged_on=MAYBE, responded_on=MAYBE, satisfied=YES_NO,
            kind=st.sampled_from(["complaint", "compliment", None]),
            outcome=st.sampled_from(["upheld", "not upheld", "withdrawn", None]),
        ),
        "training": rows(
            ref=REF, snapshot=SNAPSHOT, theme=THEME, triggered_on=MAYBE, delivered_on=MAYBE,
            observed_on=MAYBE, attended=st.sampled_from([None, 3, 12]),
            eligible=st.sampled_from([None, 0, 10]),
        ),
        "observations": rows(
            theme=THEME, observed_on=day(), result=st.sampled_from(["passed", "partly", None])
        ),
        "supervisions": rows(
            staff=st.sampled_from(["A Khan", "B Lee"]), held_on=day(), theme=THEME,
            action_captured=YES_NO,
        ),
        "activity": rows(
            month=day(), bed_days=st.sampled_from([None, 300]),
            headcount=st.sampled_from([None, 1, 9]),
        ),
        "micro_tests": rows(
            ref=REF, snapshot=SNAPSHOT, started_on=day(), ends_on=MAYBE,
            decision=st.sampled_from(["adopted", "stopped", "extended", None]),
        ),
        "case_samples": rows(sampled_on=day(), in_records=YES_NO, in_practice=YES_NO),
    }
)  # fmt: skip


def as_written(logs: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """References as a log writes them: of their own service; and one early signal."""
    first = {"incidents": "I", "actions": "A", "feedback": "F", "training": "T", "micro_tests": "M"}
    own_refs = {"ref": "", "incident_ref": "I", "action_ref": "A"}
    told = {}
    for log, lines in logs.items():
        told[log] = [
            {
                name: f"{own_refs[name] or first[log]}{row['service']}{cell}"
                if name in own_refs
                else cell
                for name, cell in row.items()
            }
            for row in lines
        ]
    told["incidents"] = [{"service": "Oak", "occurred_at": "2026-06-01 10:00"}, *told["incidents"]]
    return {log: lines for log, lines in told.items() if lines}


@settings(max_examples=30)
@given(LOGS)
def test_services_parts_ages_and_months_add_up(logs):
    got = measured("2026-10", **as_written(logs))

    all_is_the_sum_of_the_services(got.measures)
    the_parts_of_a_breakdown_are_the_whole(got.measures)
    the_ages_are_all_that_stands(got.measures)
    over_the_months_each_case_counts_once_at_most(got)


def all_is_the_sum_of_the_services(measures: Measures) -> None:
    for key in dict.fromkeys(line.key for line in measures.lines):
        all_at = measures.position(key)
        own = [measures.position(key, name) for name in measures.span.services]
        assert all_at is not None
        if measures.lines[all_at].kind == "rate":
            continue  # bed-days and hours do not add up: All may be blank
        for counts in (measures.met, measures.due, measures.no_evidence, measures.not_yet_due):
            summed = np.nansum(counts[own], axis=0)
            assert np.array_equal(np.nan_to_num(counts[all_at]), summed), key


def the_parts_of_a_breakdown_are_the_whole(measures: Measures) -> None:
    for key, tallies in measures.tallies.items():
        breakdowns = {name.partition(".")[0] for name in tallies if "." in name} - {"basis"}
        for breakdown in breakdowns if "" in tallies else ():
            parts = [one for name, one in tallies.items() if name.startswith(f"{breakdown}.")]
            for name in ("met", "due", "no_evidence", "not_yet_due"):
                whole = getattr(tallies[""], name, None)
                if whole is not None:
                    summed = sum(getattr(part, name) for part in parts)
                    assert np.array_equal(summed, whole), (key, breakdown, name)


def the_ages_are_all_that_stands(measures: Measures) -> None:
    for key in ("actions_open", "actions_overdue"):
        tallies = measures.tallies.get(key)
        if tallies is not None:
            bands = [tallies[name].met for name in (*(one for one, _, _ in BANDS), UNKNOWN)]
            assert np.array_equal(sum(bands), tallies[""].met), key


def over_the_months_each_case_counts_once_at_most(got: Got) -> None:
    """Met, not met or no evidence in one month; or its clock still runs at the last month's end."""
    frames = {**got.judged.frames, "incidents": got.judged.frames["incident_versions"]}
    for key, metric in METRICS.items():
        tally = got.measures.tallies.get(key, {}).get("")
        if metric.stock or key in WEIGHTED or not isinstance(tally, Tally):
            continue
        total = (tally.met if tally.due is None else tally.due).sum()
        if tally.not_yet_due is not None:
            total += tally.not_yet_due[:, -1].sum()
        log = "trails" if key == "trail_complete" else metric.covers
        assert total <= frames[log]["case"].nunique(), key


@pytest.mark.parametrize("key", [key for key, one in METRICS.items() if one.stock])
def test_what_stands_at_a_month_end_says_so(key):
    """product.md: stocks add up over services, not over months."""
    assert key in {
        "actions_open", "actions_overdue", "escalated", "days_to_close", "closed_unverified",
        "micro_tests", "days_between_serious",
    }  # fmt: skip


def test_a_stock_counts_the_same_action_month_after_month():
    got = measured(
        "2026-10", incidents=[{"occurred_at": "2026-08-01 10:00"}],
        actions=[{"raised_on": "2026-08-05", "due_on": "2026-08-20", "status": "open"},
                 {"raised_on": "2026-10-05", "due_on": "2026-12-20", "status": "open"}],
    )  # fmt: skip

    assert got.measures.tallies["actions_overdue"][""].met.tolist() == [[1, 1, 1]]
    assert got.row("actions_overdue", ALL).value == 1
