"""Restrictive practice: a count, and blank where the log never asks."""

from __future__ import annotations

from tests.builders import Row, measured


def signal(says: str | None, day: str = "2026-10-05", **more: str) -> Row:
    return {"occurred_at": f"{day} 10:00", "restrictive_practice": says, **more}


def test_signals_that_say_yes_are_counted_in_their_month() -> None:
    # October: 2 of 4 rows say yes; September: 1.
    rows = [signal("yes"), signal("yes"), signal("no"), signal(None), signal("yes", "2026-09-30")]
    got = measured(incidents=rows)
    assert got.row("restrictive_practice").value == 2
    assert got.row("restrictive_practice", month="2026-09").value == 1


def test_none_used_is_nought_where_the_log_asks() -> None:
    assert measured(incidents=[signal("no")]).row("restrictive_practice").value == 0


def test_where_no_row_says_anything_it_is_blank_with_the_reason() -> None:
    one = measured(incidents=[signal(None)]).row("restrictive_practice")
    assert (one.value, one.met) == (None, None)
    assert one.why_blank == "the incident log says nothing of restrictive practice"


def test_services_add_up_and_themes_are_counted_apart() -> None:
    rows = [signal("yes", theme="Distress"), signal("yes", service="Elm", theme="distress")]
    got = measured(incidents=rows)
    assert [got.row("restrictive_practice", name).value for name in ("Oak", "Elm", "All")] == [
        1, 1, 2,
    ]  # fmt: skip
    parts = got.measures.tallies["restrictive_practice"]
    assert parts["theme.Distress"].met.sum() == 2


def test_a_month_that_the_log_does_not_cover_is_a_gap() -> None:
    assert (
        measured(incidents=[signal("yes", "2026-08-05")]).row("restrictive_practice").value is None
    )


def test_a_service_whose_own_sheet_never_asks_is_blank_and_not_nought() -> None:
    rows = [
        {**signal("no"), "snapshot": "2026-10"},
        {**signal(None, service="Elm"), "snapshot": "2026-09"},
    ]
    got = measured(incidents=rows)
    assert got.row("restrictive_practice", "Oak").value == 0
    elm = got.row("restrictive_practice", "Elm")
    assert (elm.value, elm.why_blank) == (
        None, "the incident log says nothing of restrictive practice",
    )  # fmt: skip
    assert got.row("restrictive_practice", "All").value == 0


def test_a_sheet_shared_by_services_asks_for_all_of_them() -> None:
    # Only the signal at Oak is answered; the column stands for Elm too.
    got = measured(incidents=[signal("yes"), signal(None, service="Elm")])
    assert got.row("restrictive_practice", "Elm").value == 0
