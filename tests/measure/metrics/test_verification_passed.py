"""Verification passed: of the actions that were verified, those whose check saw the change."""

from __future__ import annotations

from tests.builders import Row, measured

SINCE_JULY = [{"occurred_at": "2026-07-03 10:00"}]


def checked(result: str | None, **facts: str | None) -> Row:
    """Completed on 6 August, window closed on 1 October, checked in between."""
    return {
        "raised_on": "2026-08-03", "completed_on": "2026-08-06", "verify_by": "re-audit",
        "verified_on": "2026-09-20", "verification_result": result, **facts,
    }  # fmt: skip


def counts(*actions: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    got = measured("2026-10", incidents=SINCE_JULY, actions=list(actions))
    return got.counts("verification_passed")


def test_passed_of_all_that_were_verified():
    # One of three: "partly" is not passed.
    assert counts(checked("passed"), checked("partly"), checked("failed")) == (1, 3, 0, 0)


def test_a_check_without_a_result_is_no_evidence():
    assert counts(checked("passed"), checked(None)) == (1, 2, 1, 0)


def test_what_was_not_verified_is_not_asked():
    not_by_method = checked("passed", verify_by="other")
    too_late = checked("passed", verified_on="2026-11-02")

    assert counts(checked("failed"), not_by_method, too_late) == (0, 1, 0, 0)


def test_it_counts_in_the_month_in_which_the_window_closes():
    got = measured("2026-10", incidents=SINCE_JULY, actions=[checked("passed")])

    assert got.counts("verification_passed", month="2026-09")[1] == 0
    assert got.counts("verification_passed", month="2026-10")[1] == 1


def test_nothing_verified_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_JULY, actions=[checked("passed", verify_by=None)])

    assert got.row("verification_passed", month="2026-09").why_blank == "nothing fell due"
