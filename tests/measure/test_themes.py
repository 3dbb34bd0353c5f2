"""Themes: which come up how often, which repeat, and which are systemic."""

from __future__ import annotations

import pandas as pd

from learnpipe.ground.calendar import parse_month
from learnpipe.ground.schemas import load_schemas
from learnpipe.measure.themes import theme_table
from tests.builders import Row, judged, with_standards

FOUR = ("Ash", "Beech", "Cedar", "Oak")
OCTOBER = ("2026-10-05", "2026-10-12", "2026-10-19")


def signals(service: str, days: tuple[str, ...] = OCTOBER, **facts: str) -> list[Row]:
    told = facts or {"theme": "Falls"}
    return [{"service": service, "occurred_at": f"{day} 10:00", **told} for day in days]


def table_of(*groups: list[Row], month: str = "2026-10", **settings: float) -> pd.DataFrame:
    schemas = with_standards(**settings) if settings else load_schemas()
    one = judged(month, schemas=schemas, incidents=[row for group in groups for row in group])
    return theme_table(one.frames["cases"], one.span.services, parse_month(month), schemas)


def systemic(*groups: list[Row], **settings: float) -> list[str]:
    table = table_of(*groups, **settings)
    return sorted(table.loc[table["systemic"], "theme"].unique())


def repeating(*groups: list[Row], month: str = "2026-10") -> list[tuple[str, str]]:
    table = table_of(*groups, month=month)
    return sorted(table.loc[table["repeating"], ["theme", "service"]].itertuples(index=False))


def elsewhere(count: int) -> list[list[Row]]:
    """So many services with one signal of another theme each."""
    return [signals(f"Home {n}", OCTOBER[:1], theme="Laundry") for n in range(count)]


def test_signals_are_counted_by_theme_and_service():
    days = ("2025-10-31", "2025-11-01", "2026-08-02", "2026-08-03", "2026-10-05")
    row = table_of(signals("Oak", days)).iloc[0]

    # October: 1. The 90 days up to the as-at begin on 3 August: 2. Twelve months: all but one.
    assert (row["theme"], row["service"]) == ("Falls", "Oak")
    assert (row["this_month"], row["last_90_days"], row["last_12_months"]) == (1, 2, 4)


def test_signals_after_the_as_at_do_not_count():
    row = table_of(signals("Oak", ("2026-10-31", "2026-11-01"))).iloc[0]

    assert (row["this_month"], row["last_12_months"]) == (1, 1)


def test_the_third_signal_within_90_days_repeats_and_the_second_does_not():
    assert repeating(signals("Oak", OCTOBER[:2])) == []
    assert repeating(signals("Oak", OCTOBER)) == [("Falls", "Oak")]


def test_day_90_is_within_the_90_days():
    # From 2 July to 30 September is 90 days, from 1 July 91.
    assert repeating(signals("Oak", ("2026-07-02", "2026-08-01", "2026-09-30"))) != []
    assert repeating(signals("Oak", ("2026-07-01", "2026-08-01", "2026-09-30"))) == []


def test_a_repeat_that_ended_more_than_90_days_ago_no_longer_stands():
    assert repeating(signals("Oak", ("2026-07-01", "2026-07-02", "2026-07-03"))) == []


def test_signals_at_different_services_do_not_repeat_one_another():
    assert repeating(*[signals(name, OCTOBER[:1]) for name in FOUR]) == []


def test_without_a_theme_the_category_counts():
    assert repeating(signals("Oak", category="medication")) == [("medication", "Oak")]


def test_spellings_that_differ_in_case_and_blanks_are_one_theme():
    rows = [
        *signals("Oak", OCTOBER[:2], theme="Night falls"),
        *signals("Oak", OCTOBER[2:], theme=" night  FALLS"),
    ]

    assert repeating(rows) == [("Night falls", "Oak")]


def test_near_misses_count_as_signals():
    assert repeating(signals("Oak", theme="Falls", signal="near miss")) == [("Falls", "Oak")]


def test_a_theme_that_repeats_at_three_services_is_systemic():
    assert systemic(*[signals(name) for name in FOUR[:3]]) == ["Falls"]


def test_a_theme_that_repeats_at_two_services_is_not():
    assert systemic(*[signals(name) for name in FOUR[:2]], *elsewhere(2)) == []


def test_a_theme_that_comes_up_at_many_services_but_repeats_at_few_is_not():
    once = [signals(f"Home {n}", OCTOBER[:1]) for n in range(5)]

    assert systemic(*[signals(name) for name in FOUR[:2]], *once) == []


def test_a_theme_must_repeat_at_a_quarter_of_the_services():
    three = [signals(name) for name in FOUR[:3]]

    assert systemic(*three, *elsewhere(9)) == ["Falls"]  # 3 of 12
    assert systemic(*three, *elsewhere(10)) == []  # 3 of 13


def test_the_share_is_a_setting_and_counts_exactly():
    # 0.28 × 25 services is 7; the computer makes it 7.000000000000001.
    seven = [signals(f"Block {n}") for n in range(7)]

    assert systemic(*seven, *elsewhere(18), systemic_share=0.28) == ["Falls"]
    assert systemic(*seven, *elsewhere(19), systemic_share=0.28) == []


def test_systemic_themes_come_first_then_the_most_frequent():
    eight = (*OCTOBER, "2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23", "2026-10-24")
    found = table_of(
        *[signals(name) for name in FOUR[:3]],
        signals("Oak", eight, theme="Laundry"),
        signals("Oak", OCTOBER[:1], theme="Post"),
    )

    assert list(dict.fromkeys(found["theme"])) == ["Falls", "Laundry", "Post"]


def test_signals_without_theme_and_category_have_no_themes():
    assert table_of([{"occurred_at": "2026-10-05 10:00"}]).empty


def test_a_systemic_theme_names_its_tier_4_case_and_others_none():
    rows = [row for name in FOUR[:3] for row in signals(name)]
    rows += signals("Oak", OCTOBER[:1], theme="Post")
    one, schemas = judged("2026-10", incidents=rows), load_schemas()
    found = theme_table(
        one.frames["cases"], one.span.services, parse_month("2026-10"), schemas,
        one.frames["systemic"],
    )  # fmt: skip

    # The third signal at each service is of 19 October.
    assert set(found.loc[found["theme"] == "Falls", "tier_4"]) == {"SYS-2026-10 Falls"}
    assert set(found.loc[found["theme"] == "Post", "tier_4"]) == {""}
