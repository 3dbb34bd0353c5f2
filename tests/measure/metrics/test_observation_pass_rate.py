"""Practice observations passed, of all observations of the month that have a result."""

from __future__ import annotations

from tests.builders import Got, Row, measured

SINCE_AUGUST = [{"occurred_at": "2026-08-03 10:00"}]


def seen(result: str | None, day: str = "2026-10-05", service: str = "Oak") -> Row:
    return {"service": service, "observed_on": day, "result": result}


def of(*observations: Row) -> Got:
    return measured("2026-10", incidents=SINCE_AUGUST, observations=list(observations))


def counts(*observations: Row) -> tuple[float | None, float | None, int | None, int | None]:
    """met, due, no evidence, not yet due of October."""
    return of(*observations).counts("observation_pass_rate")


def test_passed_of_all_with_a_result():
    got = of(seen("passed"), seen("passed"), seen("passed"), seen("failed"))

    assert got.counts("observation_pass_rate") == (3, 4, 0, 0)
    assert got.row("observation_pass_rate").value == 0.75


def test_partly_is_not_passed():
    assert counts(seen("partly")) == (0, 1, 0, 0)


def test_an_observation_without_a_result_is_left_out():
    assert counts(seen("passed"), seen(None)) == (1, 1, 0, 0)


def test_an_observation_belongs_to_the_month_it_was_made_in():
    assert counts(seen("passed", "2026-10-31 23:59"), seen("passed", "2026-11-01")) == (1, 1, 0, 0)


def test_only_observations_without_a_result_are_blank_with_the_reason():
    one = of(seen(None)).row("observation_pass_rate")

    assert (one.value, one.due, one.why_blank) == (None, 0, "nothing fell due")


def test_a_month_before_the_log_is_a_gap():
    one = of(seen("passed")).row("observation_pass_rate", month="2026-08")

    assert (one.value, one.due, one.why_blank) == (None, None, "not covered by the log")


def test_all_is_the_sum_of_the_services():
    got = of(seen("passed"), seen("failed", service="Elm"), seen("passed", service="Elm"))
    names = ("Oak", "Elm", "All")

    assert [got.counts("observation_pass_rate", name)[:2] for name in names] == [
        (1, 1), (1, 2), (2, 3)
    ]  # fmt: skip


def test_by_theme_the_parts_add_up_to_the_whole():
    got = of({**seen("passed"), "theme": "Falls"}, {**seen("failed"), "theme": "falls "},
             seen("passed"))  # fmt: skip
    parts = got.measures.tallies["observation_pass_rate"]

    assert {name: (int(p.met.sum()), int(p.due.sum())) for name, p in parts.items()} == {
        "": (2, 3),
        "theme.Falls": (1, 2),
        "theme.not stated": (1, 1),
        "focused_theme": (0, 0),
    }


def test_without_an_observation_log_it_is_blank_with_the_reason():
    got = measured("2026-10", incidents=SINCE_AUGUST)

    assert got.row("observation_pass_rate").why_blank == "no practice observation log supplied"


# The focused theme


def focused(*observations: Row, training: list[Row]) -> tuple[float | None, float | None]:
    """Passed, of those with a result, of the theme of the latest micro-training."""
    got = measured("2026-10", incidents=SINCE_AUGUST, observations=list(observations),
                   training=training)  # fmt: skip
    return got.counts("observation_pass_rate.focused_theme")[:2]


def test_the_focused_theme_is_that_of_the_latest_micro_training_by_the_day():
    training = [
        {"theme": "Falls", "delivered_on": "2026-09-01"},
        {"theme": "Hydration", "delivered_on": "2026-10-10"},
        {"theme": "Medicines", "delivered_on": "2026-11-02"},
    ]
    falls = {**seen("passed"), "theme": "falls "}  # 5 October: falls are on

    assert focused(falls, training=training) == (1, 1)
    assert focused({**falls, "observed_on": "2026-10-10"}, training=training) == (0, 0)
    hydration = {**seen("failed", "2026-10-10"), "theme": "Hydration"}
    assert focused(falls, hydration, training=training) == (1, 2)


def test_the_training_of_another_service_is_not_ours():
    training = [{"theme": "Falls", "delivered_on": "2026-09-01", "service": "Elm"}]

    assert focused({**seen("passed"), "theme": "Falls"}, training=training) == (0, 0)


def test_before_the_first_training_no_theme_is_focused():
    training = [{"theme": "Falls", "delivered_on": "2026-10-06"}]

    assert focused({**seen("passed"), "theme": "Falls"}, training=training) == (0, 0)
