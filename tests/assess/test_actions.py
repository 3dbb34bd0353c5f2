"""Actions: when one began where nobody wrote it down, and for which months the log speaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from learnpipe.ground.calendar import month_text, parse_month
from tests.builders import Row, judged, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]
REPORTED = {"ref": "I1", "occurred_at": "2026-08-20 10:00", "reported_at": "2026-09-02 09:00"}


def action(**facts: str) -> pd.Series:
    """The one action as judged."""
    frames = judged(incidents=[*SINCE_AUGUST, REPORTED], actions=[facts]).frames
    return frames["actions"].iloc[0]


@pytest.mark.parametrize(
    ("facts", "month"),
    [
        ({"raised_on": "2026-09-20", "incident_ref": "I1"}, "2026-09"),
        ({"incident_ref": "I1", "due_on": "2026-10-20", "snapshot": "2026-10"}, "2026-09"),
        ({"due_on": "2026-10-20", "snapshot": "2026-08"}, "2026-08"),
        ({"due_on": "2026-10-20", "completed_on": "2026-10-12"}, "2026-10"),
        ({"completed_on": "2026-09-12"}, "2026-09"),
    ],
)
def test_it_began_when_raised_else_with_its_incident_its_file_its_due_date(facts, month):
    assert month_text(action(**facts)["raised_month"]) == month


def test_its_age_counts_from_the_report_of_its_incident():
    assert action(incident_ref="I1")["begun_on"] == pd.Timestamp("2026-09-02 09:00")
    assert pd.isna(action(due_on="2026-10-20")["begun_on"])


def test_a_micro_action_is_not_in_time_because_nobody_wrote_down_when_it_was_raised():
    got = measured(
        incidents=[{**REPORTED, "tier": "1"}], actions=[{"incident_ref": "I1", "status": "open"}]
    )

    assert got.counts("tier_1.micro_action", month="2026-09")[:2] == (0, 1)


def test_what_is_used_instead_is_said_once_a_sheet():
    rows = [{"incident_ref": "I1"}, {"due_on": "2026-10-20"}, {"owner": "Olive Example"},
            {"raised_on": "2026-10-01"}]  # fmt: skip
    findings = judged(incidents=[REPORTED], actions=rows).findings
    (told,) = [one for one in findings if one.code == "action-not-dated"]

    assert (told.severity, str(told.place)) == (
        "note", 'actions all.xlsx, sheet "Log", cell J2'
    )  # fmt: skip
    assert told.problem == (
        "3 actions have no date on which they were raised; used instead: the day on which the "
        "incident was reported (1); the month of the file, else the due date (1); nothing, where "
        "there is no date at all (1)."
    )


def covered(*actions: Row) -> list[str]:
    """The months for which the action log speaks."""
    span = judged(incidents=SINCE_AUGUST, actions=list(actions)).span
    return [month_text(span.first + n) for n in np.flatnonzero(span.covered["actions"][0])]


def test_a_completion_or_a_check_shows_that_the_log_was_kept():
    row = {"raised_on": "2026-08-05", "due_on": "2026-12-20"}

    assert covered(row) == ["2026-08"]
    assert covered({**row, "completed_on": "2026-09-03"}) == ["2026-08", "2026-09"]
    assert covered({**row, "completed_on": "2026-09-03", "verified_on": "2026-11-02"}) == [
        "2026-08", "2026-09", "2026-10"
    ]  # fmt: skip


def test_a_due_date_speaks_only_where_nothing_else_is_dated():
    assert covered({"due_on": "2026-09-20"}) == ["2026-09"]
    assert covered({"due_on": "2026-12-20", "completed_on": "2026-09-20"}) == ["2026-09"]


def test_days_to_close_looks_back_as_far_as_the_standard_says():
    row = action(raised_on="2025-11-01")

    assert (row["cohort_from"], row["cohort_to"]) == (
        parse_month("2025-11"), parse_month("2026-11")
    )  # fmt: skip
