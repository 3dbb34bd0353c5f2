"""Each duty that falls due with the review: over Christmas, before its month, at its last day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import Got, measured

MET, LATE, NOTHING_SHOWN = (1, 1, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)
STILL_RUNNING = (0, 0, 0, 1)
DUTIES = [
    ("2", "signed_off", "signed_off_on"),
    ("2", "debriefed", "debriefed_on"),
    ("2", "reviewed", "reviewed_on"),
    ("2", "candour", "candour_on"),
    ("3", "multi_agency", "multi_agency_on"),
    ("3", "debriefed", "debriefed_on"),
    ("3", "reviewed", "reviewed_on"),
    ("3", "candour", "candour_on"),
]
LAST_DAY = {
    # From Wednesday 23 December 2026. England's bank holidays: 25 and 28 December, 1 January.
    "2": "2027-01-04",  # 24, 29, 30, 31 December; 4 January: five working days
    "3": "2027-01-25",  # those five, 5 to 8, 11 to 15, 18 to 22 and 25 January: 5+4+5+5+1 = 20
}
DAY_AFTER = {"2": "2027-01-05", "3": "2027-01-26"}


def got(tier: str, field: str, done: str | None, month: str = "2027-01") -> Got:
    row: dict[str, Any] = {
        "occurred_at": "2026-12-23 10:00", "tier": tier, "candour_applies": "yes", field: done,
    }  # fmt: skip
    # A later signal: the log was kept to the end of January.
    kept = {"occurred_at": "2027-01-31 10:00", "tier": "0"}
    return measured(month, incidents=[row, kept])


@pytest.mark.parametrize(("tier", "duty", "field"), DUTIES)
def test_over_christmas_the_last_day_is_in_time_and_the_next_is_not(
    tier: str, duty: str, field: str
) -> None:
    key = f"tier_{tier}.{duty}"
    assert got(tier, field, LAST_DAY[tier]).counts(key) == MET
    assert got(tier, field, DAY_AFTER[tier]).counts(key) == LATE
    assert got(tier, field, None).counts(key) == NOTHING_SHOWN


@pytest.mark.parametrize(("tier", "duty", "field"), DUTIES)
def test_done_in_december_counts_in_january_when_it_falls_due(
    tier: str, duty: str, field: str
) -> None:
    key = f"tier_{tier}.{duty}"
    early = got(tier, field, "2026-12-24")
    assert early.counts(key, month="2026-12") == STILL_RUNNING
    assert early.row(key, month="2026-12").why_blank == "nothing fell due"
    assert early.counts(key) == MET


@pytest.mark.parametrize(
    ("occurred", "done", "counts"),
    [
        # Reported on Saturday 24 October: Monday 26 to Friday 30 October are five working days.
        ("2026-10-24 10:00", "2026-10-30", MET),
        # Reported on the 23rd, a Friday: the 30th too. On Monday 26: to Monday 2 November.
        ("2026-10-23 23:59", "2026-10-31", LATE),
        ("2026-10-26 00:00", "2026-10-31", STILL_RUNNING),
    ],
)
def test_the_last_moment_of_a_month(occurred: str, done: str, counts: tuple[int, ...]) -> None:
    row = {"occurred_at": occurred, "tier": "2", "signed_off_on": done}
    assert measured("2026-10", incidents=[row]).counts("tier_2.signed_off") == counts
