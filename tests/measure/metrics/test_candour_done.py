"""Duty of candour: three steps by the day of the review, in England, where it applies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Got, Row, measured

# Tier 3 of Thursday 1 October: 20 working days end on 29 October.
CASE: Row = {
    "occurred_at": "2026-10-01 10:00", "tier": "3", "candour_applies": "yes",
    "candour_told_on": "2026-10-02", "candour_apology_on": "2026-10-02",
    "candour_written_on": "2026-10-29",
}  # fmt: skip
STEPS = ("told", "apology", "written")


def got_of(nation: str | None = None, month: str = "2026-10", **changed: Any) -> Got:
    nations = {"Oak": nation} if nation else None
    return measured(month, nations, incidents=[{**CASE, **changed}])


def test_all_three_by_the_last_day_is_met_and_a_day_later_is_not() -> None:
    assert got_of().counts("candour_done") == (1, 1, 0, 0)
    assert got_of(candour_written_on="2026-10-30").counts("candour_done") == (0, 1, 0, 0)


@pytest.mark.parametrize("step", STEPS)
def test_a_missing_step_is_no_evidence_for_the_whole_and_for_it_alone(step: str) -> None:
    got = got_of(**{f"candour_{step}_on": None})
    assert got.counts("candour_done") == (0, 1, 1, 0)
    for other in STEPS:
        met = (0, 1, 1, 0) if other == step else (1, 1, 0, 0)
        assert got.counts(f"candour_done.{other}") == met


def test_one_date_for_the_whole_stands_for_each() -> None:
    none = {f"candour_{step}_on": None for step in STEPS}
    assert got_of(**none, candour_on="2026-10-29").counts("candour_done") == (1, 1, 0, 0)


@pytest.mark.parametrize("says", ["no", None])
def test_it_is_never_due_unless_the_log_says_so(says: str | None) -> None:
    got = got_of(candour_applies=says, severity="fatal")
    assert got.counts("candour_done") == (0, 0, 0, 0)
    assert got.row("candour_done").why_blank == "nothing fell due"


def test_severe_harm_with_the_question_open_is_asked() -> None:
    def asked(**changed: Any) -> list[bool]:
        return got_of(**changed).judged.frames["cases"]["candour_asked"].tolist()

    assert asked(candour_applies=None, severity="severe") == [True]
    assert asked(candour_applies=None, severity="moderate") == [False]
    assert asked(candour_applies="no", severity="fatal") == [False]
    assert asked(candour_applies=None, severity="fatal", nation="Wales") == [False]


def test_the_law_of_another_nation_is_not_judged_and_the_page_says_so() -> None:
    one = got_of("Scotland").row("candour_done", "Oak")
    assert (one.due, one.value) == (0, None)
    assert one.why_blank == "regulator and law of Scotland are not judged"


def test_a_case_of_unknown_tier_takes_the_clock_of_tier_3() -> None:
    assert got_of(tier=None).counts("candour_done") == (1, 1, 0, 0)


def test_done_before_its_month_counts_in_the_month_it_falls_due() -> None:
    # 20 October + 20 working days: 17 November.
    got = got_of(month="2026-11", occurred_at="2026-10-20 10:00")
    assert got.counts("candour_done", month="2026-10") == (0, 0, 0, 1)
    assert got.counts("candour_done") == (1, 1, 0, 0)
