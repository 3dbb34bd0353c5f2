"""Safeguarding concerns: said, called so, or dated when they were raised."""

from __future__ import annotations

import pytest

from tests.builders import Row, measured


def signal(day: str = "2026-10-05", **more: str) -> Row:
    return {"occurred_at": f"{day} 10:00", "signal": "incident", **more}


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ({"safeguarding": "yes"}, 1),
        ({"signal": "safeguarding concern"}, 1),
        ({"safeguarding_on": "2026-10-06"}, 1),
        ({"safeguarding": "no", "safeguarding_on": "2026-10-06"}, 0),  # pointed out as a finding
        ({"safeguarding": "no"}, 0),
        ({}, 0),
    ],
)
def test_what_makes_a_concern(told: dict[str, str], counted: int) -> None:
    assert measured(incidents=[signal(**told)]).row("safeguarding").value == counted


def test_it_counts_in_the_month_in_which_it_happened() -> None:
    rows = [signal("2026-09-30", safeguarding="yes", reported_at="2026-10-02 09:00"),
            signal("2026-10-01", safeguarding="yes")]  # fmt: skip
    got = measured(incidents=rows)
    assert [got.row("safeguarding", month=m).value for m in ("2026-09", "2026-10")] == [1, 1]


def test_a_log_that_never_tells_is_blank_and_not_nought() -> None:
    one = measured(incidents=[{"occurred_at": "2026-10-05 10:00"}]).row("safeguarding")
    assert one.value is None
    assert one.why_blank == (
        "the incident log says nothing of safeguarding, kind of signal or safeguarding raised on"
    )


def test_a_concern_is_expected_to_be_tier_3() -> None:
    got = measured(incidents=[signal(safeguarding_on="2026-10-06", severity="low")])
    assert got.judged.frames["incidents"]["expected_tier"].tolist() == [3]
