"""The length of a micro-training: 10 to 20 minutes, others are pointed out and still count."""

from __future__ import annotations

import pytest

from tests.builders import judged, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def notes(*minutes: float | None) -> list[tuple[str, str]]:
    """The cell and the problem of each note."""
    rows = [{"delivered_on": "2026-10-05", "minutes": one} for one in minutes]
    found = judged(incidents=SINCE_AUGUST, training=rows).findings
    return [(one.place.cell, one.problem) for one in found if one.code == "micro-training-length"]


@pytest.mark.parametrize("minutes", [10, 15, 20, None])
def test_ten_to_twenty_minutes_are_nothing_to_say(minutes):
    assert notes(minutes) == []


def test_shorter_and_longer_ones_are_pointed_out_with_their_cells():
    assert notes(15, 45, 9.5) == [
        ("F3", "The session lasted 45 minutes; a micro-training lasts 10 to 20."),
        ("F4", "The session lasted 9.5 minutes; a micro-training lasts 10 to 20."),
    ]


def test_a_long_session_still_counts():
    long = {"triggered_on": "2026-10-01", "delivered_on": "2026-10-05", "minutes": 60}
    got = measured(incidents=SINCE_AUGUST, training=[long])

    assert got.counts("micro_training_in_time")[:2] == (1, 1)
