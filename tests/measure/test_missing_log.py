"""A log that is missing blanks what it would show, with the reason, and never says zero."""

from __future__ import annotations

from tests.builders import measured


def test_without_an_action_log_what_it_would_show_is_blank_with_the_reason() -> None:
    """A tier 1 incident of 2 October: what its actions would show cannot be judged."""
    got = measured(incidents=[{"ref": "1", "occurred_at": "2026-10-02 10:00", "tier": "1"}])
    for key in ("tier_1.micro_action", "trail.action", "trail.verification", "trail_complete"):
        one = got.row(key)
        assert (one.due, one.value, one.why_blank) == (None, None, "no action log supplied"), key
    assert got.counts("trail.incident")[1] == 1
