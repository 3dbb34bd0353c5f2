"""Supervision coverage: staff with a theme discussed and an action captured, of the headcount."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def held(staff: str, day: str = "2026-10-05", **facts: str | None) -> Row:
    return {"staff": staff, "held_on": day, "theme": "Falls", "action_captured": "yes", **facts}


def heads(count: float | None, month: str = "2026-10-01", service: str = "Oak") -> Row:
    return {"service": service, "month": month, "headcount": count}


def of(supervisions: list[Row], activity: list[Row]) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, supervisions=supervisions, activity=activity)


def counts(*supervisions: Row) -> tuple[float | None, float | None]:
    """Covered staff, of a headcount of 4, in October."""
    return of(list(supervisions), [heads(4)]).counts("supervision_coverage")[:2]


def test_each_person_with_a_theme_and_an_action_counts():
    got = of([held("A Khan"), held("B Lee"), held("C Roy")], [heads(4)])

    assert got.counts("supervision_coverage") == (3, 4, 0, 0)
    assert got.row("supervision_coverage").value == 0.75


def test_a_person_counts_once_a_month():
    assert counts(held("A Khan"), held("a  khan", "2026-10-20")) == (1, 4)


def test_a_person_counts_again_the_next_month():
    got = of([held("A Khan", "2026-09-05"), held("A Khan")], [heads(4, "2026-09-01"), heads(4)])

    assert got.counts("supervision_coverage", month="2026-09")[:2] == (1, 4)
    assert got.counts("supervision_coverage", month="2026-10")[:2] == (1, 4)


def test_without_a_theme_it_does_not_count():
    assert counts(held("A Khan", theme=None), held("B Lee")) == (1, 4)


def test_without_an_action_it_does_not_count():
    assert counts(held("A Khan", action_captured=None), held("B Lee")) == (1, 4)


def test_the_word_no_is_no_action():
    assert counts(held("A Khan", action_captured="No"), held("B Lee")) == (1, 4)


def test_what_one_supervision_leaves_out_another_of_the_month_may_hold():
    assert counts(held("A Khan", action_captured=None), held("A Khan", "2026-10-20")) == (1, 4)


def test_theme_and_action_must_stand_in_the_same_supervision():
    assert counts(
        held("A Khan", theme=None), held("A Khan", "2026-10-20", action_captured=None)
    ) == (0, 4)


def test_more_people_than_the_headcount_are_not_more_than_all():
    assert counts(*[held(f"Person {n}") for n in range(6)]) == (4, 4)


def test_a_supervision_without_a_name_counts_for_nobody():
    assert counts({**held("A Khan"), "staff": None}, held("B Lee")) == (1, 4)


def test_a_month_without_a_headcount_is_blank():
    for activity in ([heads(None)], [heads(0)], [heads(4, "2026-09-01")]):
        one = of([held("A Khan")], activity).row("supervision_coverage")
        assert one.value is None


def test_a_month_that_the_supervision_log_does_not_cover_is_a_gap_and_not_zero_per_cent():
    # The headcounts begin in August, the supervision log in October.
    months = ("2026-08", "2026-09", "2026-10")
    got = of([held("A Khan")], [heads(4, f"{month}-01") for month in months])

    assert [got.row("supervision_coverage", month=month).value for month in months] == [
        None, None, 0.25
    ]  # fmt: skip
    assert got.row("supervision_coverage", month="2026-08").why_blank == "not covered by the log"


def test_a_covered_month_in_which_nobody_was_supervised_is_a_zero():
    months = ("2026-08", "2026-09", "2026-10")
    got = of(
        [held("A Khan", "2026-08-05"), held("A Khan")],
        [heads(4, f"{month}-01") for month in months],
    )

    assert got.counts("supervision_coverage", month="2026-09")[:2] == (0, 4)


def test_all_is_the_sum_of_the_services_that_keep_both():
    # Ash has a headcount but no supervision log: it is not asked.
    got = of(
        [held("A Khan"), held("B Lee", service="Elm"), held("C Roy", service="Elm")],
        [heads(4), heads(10, service="Elm"), heads(50, service="Ash")],
    )
    names = ("Oak", "Elm", "Ash", "All")

    assert [got.counts("supervision_coverage", name)[:2] for name in names] == [
        (1, 4), (2, 10), (None, None), (3, 14)
    ]  # fmt: skip


def test_without_a_supervision_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST, activity=[heads(4)])

    assert got.row("supervision_coverage").why_blank == "no supervision log supplied"


def test_without_an_activity_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST, supervisions=[held("A Khan")])

    assert got.row("supervision_coverage").why_blank == "no activity log supplied"
