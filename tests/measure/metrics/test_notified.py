"""Notifications owed: to CQC with the review, under RIDDOR in 10 or 15 days; and where none is."""

from __future__ import annotations

from typing import Any

import pytest

from learnpipe.assess.uk import KIND_NOT_KNOWN
from tests.builders import Got, Row, measured

MET, LATE, NOT_SHOWN, NONE_OWED = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0), (0, 0, 0, 0)
CASE: Row = {"occurred_at": "2026-10-01 10:00", "tier": "3"}  # review due on 29 October


def got_of(nation: str | None = None, month: str = "2026-10", **more: Any) -> Got:
    nations = {"Oak": nation} if nation else None
    return measured(month, nations, incidents=[{**CASE, **more}])


@pytest.mark.parametrize(
    "shows", [{"severity": "fatal"}, {"severity": "severe"}, {"safeguarding": "yes"},
              {"psychological_severity": "severe"}]
)  # fmt: skip
def test_what_is_notifiable_falls_due_with_the_review(shows: Row) -> None:
    assert got_of(**shows, notified_on="2026-10-29").counts("notified.cqc") == MET
    assert got_of(**shows, notified_on="2026-10-30").counts("notified.cqc") == LATE
    assert got_of(**shows, notified="CQC").counts("notified.cqc") == NOT_SHOWN  # without a date


def test_moderate_harm_is_not_owed_nor_what_the_log_says_needs_none() -> None:
    assert got_of(severity="moderate").counts("notified") == NONE_OWED
    assert got_of(severity="severe", notified="None needed.").counts("notified") == NONE_OWED
    assert got_of(severity="severe", notified="tbc").counts("notified") == NOT_SHOWN


RIDDOR: Row = {"riddor": "yes", "severity": "low"}


@pytest.mark.parametrize(
    ("kind", "last_day", "too_late"),
    [
        ("specified injury", "2026-10-11", "2026-10-12"),  # a Sunday: weekends count
        ("death", "2026-10-11", "2026-10-12"),
        ("hospital treatment", "2026-10-11", "2026-10-12"),
        ("over-seven-day", "2026-10-16", "2026-10-17"),
        (None, "2026-10-11", "2026-10-12"),
        ("disease", "2026-10-29", "2026-10-30"),  # with the review
    ],
)
def test_riddor_by_its_kind(kind: str | None, last_day: str, too_late: str) -> None:
    case = {**RIDDOR, "riddor_kind": kind}
    assert got_of(**case, riddor_on=last_day).counts("notified.riddor") == MET
    assert got_of(**case, riddor_on=too_late).counts("notified.riddor") == LATE
    assert got_of(**case).counts("notified.riddor") == NOT_SHOWN


def test_a_kind_that_is_not_known_is_marked() -> None:
    def mark(**more: Any) -> list[Any]:
        duties = got_of(**RIDDOR, **more).judged.frames["duties"]
        return duties.loc[duties["duty"] == "notified_riddor", "mark"].tolist()

    assert mark() == [KIND_NOT_KNOWN]
    assert mark(riddor_kind="death") == [None]


def test_its_clock_runs_from_the_accident_and_not_from_the_report() -> None:
    late_report = {**RIDDOR, "reported_at": "2026-10-10 09:00", "riddor_on": "2026-10-12"}
    assert got_of(**late_report).counts("notified.riddor") == LATE


def test_a_kind_or_a_date_shows_that_it_is_owed_unless_the_log_says_no() -> None:
    assert got_of(riddor_on="2026-10-05").counts("notified.riddor") == MET
    assert got_of(riddor_kind="death").counts("notified.riddor") == NOT_SHOWN
    assert got_of(riddor="no", riddor_on="2026-10-05").counts("notified.riddor") == NONE_OWED


def test_both_owed_are_two_notifications() -> None:
    got = got_of(severity="severe", riddor="yes", riddor_on="2026-10-05")
    assert got.counts("notified") == (1, 2, 1, 0)


@pytest.mark.parametrize(
    ("nation", "owed"), [("Wales", 1), ("Scotland", 1), ("Northern Ireland", 0)]
)
def test_riddor_is_of_great_britain_and_cqc_of_england(nation: str, owed: int) -> None:
    got = got_of(nation, severity="fatal", riddor="yes")
    assert got.counts("notified.cqc") == NONE_OWED
    assert got.counts("notified.riddor")[1] == owed


def test_where_nothing_is_judged_the_reason_is_told() -> None:
    one = got_of("Northern Ireland", severity="fatal").row("notified", "Oak")
    assert one.why_blank == "regulator and law of Northern Ireland are not judged"


def test_it_counts_in_the_month_in_which_it_falls_due() -> None:
    # 25 October + 10 days: 4 November.
    case = {**RIDDOR, "occurred_at": "2026-10-25 10:00", "riddor_on": "2026-10-26"}
    got = got_of(month="2026-11", **case)
    assert got.counts("notified.riddor", month="2026-10") == (0, 0, 0, 1)
    assert got.counts("notified.riddor") == MET
