"""Learning notes shared: of the cases closed in the month, those with a note that was shared."""

from __future__ import annotations

from typing import Any

from tests.builders import Got, Row, measured


def case(**facts: Any) -> Row:
    return {"occurred_at": "2026-09-05 10:00", "closed_on": "2026-10-10", **facts}


NOTED = case(learning_note="Grab rails moved", shared_on="2026-10-12")


def of(*cases: Row) -> Got:
    return measured("2026-10", incidents=[*cases, {"occurred_at": "2026-10-01 10:00"}])


def counts(*cases: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*cases).counts("notes_shared")


def test_a_case_closed_with_a_note_that_was_shared_is_met():
    assert counts(NOTED) == (1, 1, 0, 0)


def test_shared_before_the_case_was_closed_is_met():
    assert counts({**NOTED, "shared_on": "2026-09-20"}) == (1, 1, 0, 0)


def test_shared_on_the_last_day_of_the_month_is_met_and_on_the_first_of_the_next_is_not():
    assert counts({**NOTED, "shared_on": "2026-10-31 23:59"}) == (1, 1, 0, 0)
    assert counts({**NOTED, "shared_on": "2026-11-01"}) == (0, 1, 0, 0)


def test_without_a_note_there_is_no_evidence():
    assert counts({**NOTED, "learning_note": None}) == (0, 1, 1, 0)


def test_a_note_that_nobody_is_known_to_have_seen_is_no_evidence():
    assert counts({**NOTED, "shared_on": None}) == (0, 1, 1, 0)


def test_an_open_case_is_not_asked():
    assert counts({**NOTED, "closed_on": None}) == (0, 0, 0, 0)


def test_a_case_counts_in_the_month_it_was_closed_in():
    got = of(NOTED, {**NOTED, "closed_on": "2026-09-30"}, {**NOTED, "closed_on": "2026-11-01"})

    assert got.counts("notes_shared", month="2026-09")[1] == 1
    assert got.counts("notes_shared", month="2026-10")[1] == 1


def test_a_note_written_into_a_later_months_file_was_not_there_at_this_months_end():
    row = case(ref="I1", shared_on="2026-10-12")
    got = of(
        {**row, "snapshot": "2026-10"},
        {**row, "snapshot": "2026-11", "learning_note": "Grab rails moved"},
    )

    assert got.counts("notes_shared")[:2] == (0, 1)


def test_a_case_in_two_months_files_counts_once():
    row = {**NOTED, "ref": "I1"}
    got = of({**row, "snapshot": "2026-10"}, {**row, "snapshot": "2026-11"})

    assert got.counts("notes_shared") == (1, 1, 0, 0)


def test_all_is_the_sum_of_the_services():
    got = of({**NOTED, "service": "Oak"}, case(service="Elm"), {**NOTED, "service": "Elm"})
    names = ("Oak", "Elm", "All")

    assert [got.counts("notes_shared", name)[:2] for name in names] == [(1, 1), (1, 2), (2, 3)]


def test_no_case_closed_is_blank_with_the_reason():
    one = of().row("notes_shared")

    assert (one.value, one.due, one.why_blank) == (None, 0, "nothing fell due")


# The note of an action


def with_action(note: str | None, month: str = "2026-10", **facts: Any) -> Got:
    row = case(ref="I1", shared_on="2026-10-12", **facts)
    return measured(
        "2026-10",
        incidents=[row],
        actions=[{"incident_ref": "I1", "raised_on": "2026-09-06", "learning_note": note,
                  "snapshot": month}],
    )  # fmt: skip


def test_the_note_of_an_action_that_came_of_the_case_counts():
    assert with_action("Grab rails moved").counts("notes_shared") == (1, 1, 0, 0)


def test_a_note_that_says_none_is_no_note():
    assert with_action("n/a").counts("notes_shared") == (0, 1, 1, 0)


def test_an_actions_note_of_a_later_months_file_was_not_there_yet():
    row = {"incident_ref": "I1", "ref": "A1", "raised_on": "2026-09-06"}
    got = measured(
        "2026-10",
        incidents=[case(ref="I1", shared_on="2026-10-12")],
        actions=[{**row, "snapshot": "2026-10"},
                 {**row, "snapshot": "2026-11", "learning_note": "Grab rails moved"}],
    )  # fmt: skip

    assert got.counts("notes_shared")[:2] == (0, 1)
