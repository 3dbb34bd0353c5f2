"""The sentence beside a metric: the provider's own words first, else a draft of facts alone."""

from __future__ import annotations

import pytest
from histories import MONTH, USUAL, history, triage

from learnpipe import spc
from learnpipe.ground.measurements import ALL
from learnpipe.measure import load_metrics
from learnpipe.report.page.sentences import sentence
from learnpipe.report.pictures.reading import read_last_point
from tests.builders import Got, Row

OWN = {
    "metric": "triaged_in_time",
    "month": "2026-10-01",
    "service": ALL,
    "why_it_moved": "Deputy post empty since June.",
    "what_next": "Senior on shift to triage at weekends",
}


def said(got: Got, key: str = "triaged_in_time") -> tuple[str, bool]:
    measures, frames = got.measures, got.judged.frames
    line = measures.position(key)
    assert line is not None
    reading = read_last_point(measures.charts, line, spc)
    metric = load_metrics()[key]
    return sentence(metric, measures, reading, frames["commentary"], frames["actions"], MONTH)


# The provider's own


def test_the_provider_s_own_words_come_first() -> None:
    got = history(triage([*USUAL, 1]), commentary=[OWN])
    own = "Deputy post empty since June; senior on shift to triage at weekends."
    assert said(got) == (own, False)


@pytest.mark.parametrize("name", ["triaged_in_time", "triaged in time", "Triaged within 24 hours "])
def test_a_metric_goes_by_its_key_or_its_title(name: str) -> None:
    got = history(triage(USUAL), commentary=[{**OWN, "metric": name}])
    assert said(got)[1] is False


def test_words_for_one_service_say_which() -> None:
    got = history(triage(USUAL), commentary=[{**OWN, "service": "Oak"}])
    assert said(got)[0].startswith("Oak: Deputy post empty")


def test_words_for_all_services_stand_before_those_for_one() -> None:
    one = {**OWN, "service": "Oak", "why_it_moved": "Only here"}
    assert "Deputy" in said(history(triage(USUAL), commentary=[one, OWN]))[0]


@pytest.mark.parametrize("other", [{"month": "2026-09-01"}, {"metric": "harm_rate"}])
def test_words_for_another_month_or_metric_are_not_used(other: dict[str, str]) -> None:
    assert said(history(triage(USUAL), commentary=[{**OWN, **other}]))[1] is True


# Drafts: improved and worsened only when a rule fired


def test_noise_is_called_the_usual_range() -> None:
    text, drafted = said(history(triage([*USUAL, 8])))
    assert (text, drafted) == ("Within its usual range.", True)


def test_a_fall_that_breaks_no_rule_is_not_called_worse() -> None:
    # From ten of ten to eight of ten: fewer, but inside the limits.
    text, _ = said(history(triage([*USUAL[:-1], 10, 8])))
    assert "orsened" not in text and "mproved" not in text


def test_worsened_when_the_last_point_is_below_the_limit() -> None:
    text, _ = said(history(triage([*USUAL, 1])))
    assert text.startswith("Worsened: below the lower limit")


def test_improved_when_six_months_in_a_row_are_above_the_average() -> None:
    before = [6, 7, 5, 6, 7, 6, 5, 7, 6, 5, 6, 7, 6, 5]
    text, _ = said(history(triage([*before, 8, 8, 9, 8, 8, 8])))
    assert text.startswith("Improved: 6 months in a row above the average")


def test_more_signals_are_higher_and_neither_better_nor_worse() -> None:
    got = history(triage([5] * 21, of=[*([10, 11, 9, 10] * 5), 40]))
    text, _ = said(got, "incidents")
    assert text.startswith("Higher than usual: above the upper limit")


def test_twelve_months_are_too_few_to_tell() -> None:
    text, _ = said(history(triage([*USUAL[:11], 1])))
    assert text == "Too few months to tell signal from noise."


def test_a_blank_metric_has_no_sentence() -> None:
    assert said(history(triage(USUAL)), "complaints") == ("", False)


# Drafts: where it came from, and what is due next

ACTIONS = [
    {"ref": "A1", "service": "Oak", "action": "Triage rota", "raised_on": "2026-10-05",
     "due_on": "2026-11-20", "status": "open", "owner": "Jo Marsh", "owner_role": "Deputy manager"},
    {"ref": "A2", "service": "Oak", "action": "Done", "raised_on": "2026-10-05",
     "due_on": "2026-11-02", "status": "closed", "completed_on": "2026-10-20",
     "owner": "Jo Marsh", "owner_role": "Night senior"},
    {"ref": "A3", "service": "Ash", "action": "Elsewhere", "raised_on": "2026-10-05",
     "due_on": "2026-11-01", "status": "open", "owner": "Al Reed", "owner_role": "Chef"},
]  # fmt: skip


def test_it_names_the_service_that_the_change_came_from() -> None:
    # Oak usually has 9 of its 10 in time and now 1; Ash has its usual 9.
    text, _ = said(history(triage([*USUAL, 1]), triage([*USUAL, 9], service="Ash")))
    assert "; mostly Oak (1 of 10, usually 90%)" in text


def test_then_the_next_open_action_there_with_its_owner_s_role_and_no_name() -> None:
    text, _ = said(
        history(triage([*USUAL, 1]), triage([*USUAL, 9], service="Ash"), actions=ACTIONS)
    )
    assert text.endswith("; next action there due 20 November (Deputy manager).")
    assert "Marsh" not in text


def test_noise_has_no_cause() -> None:
    text, _ = said(
        history(triage([*USUAL, 8]), triage([*USUAL, 10], service="Ash"), actions=ACTIONS)
    )
    assert "mostly" not in text


def test_one_service_s_own_concern_is_named_where_all_together_show_none() -> None:
    # Ash is forty signals a month with all their noise, so Oak's fall drowns in them.
    noise = [38, 22, 30, 39, 21, 31, 38, 24, 29, 37, 22, 33, 39, 20, 30, 36, 24, 31, 38, 23, 32]
    text, _ = said(history(triage([*USUAL, 2]), triage(noise, of=40, service="Ash")))
    assert text == "Within its usual range; but worsened at Oak: below the lower limit."


def test_a_month_that_moved_the_other_way_is_not_given_as_the_cause() -> None:
    # A year of worse triage at Oak, in the last month of which it did a little better: 7, not 5.
    before = [9, 9, 10, 9, 9, 10, 9, 9, 10, 9, 9, 10, 9, 9]
    worse = [7, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5, 7]
    text, _ = said(history(triage([*before, *worse]), triage([9] * 26, service="Ash")))
    assert text.startswith("Worsened: 12 months in a row below the average")
    assert "mostly" not in text


def test_a_service_that_is_always_lower_is_not_the_cause_of_a_fall() -> None:
    # Ash is at 3 of 10 each month, as ever; Oak falls from 9 to 4.
    text, _ = said(history(triage([*USUAL, 4]), triage([3] * 21, service="Ash")))
    assert "; mostly Oak (4 of 10, usually 90%)" in text


# Last month's step, and whether it was done

BEFORE = {
    "metric": "triaged_in_time", "month": "2026-09-01", "service": ALL, "why_it_moved": "As usual",
    "what_next": "Put a daily triage slot on the rota", "due_on": "2026-10-20",
}  # fmt: skip
DONE = {
    "ref": "A7", "service": "Oak", "action": "Daily triage slot on the rota",
    "raised_on": "2026-09-28", "due_on": "2026-10-20", "status": "closed",
    "completed_on": "2026-10-12",
}  # fmt: skip
OPEN = {**DONE, "status": "open", "completed_on": None}


@pytest.mark.parametrize(
    ("actions", "how"),
    [
        ([DONE], "done 12 October"),
        ([OPEN], "not done, was due 20 October"),
        ([{**OPEN, "due_on": "2026-11-20"}], "open, due 20 November"),
        # Completed on 2 November: open at the end of October.
        ([{**DONE, "completed_on": "2026-11-02"}], "not done, was due 20 October"),
        ([DONE, {**OPEN, "ref": "A8", "service": "Ash"}], "not known if done"),
        ([{**DONE, "action": "New kettle"}], "not known if done"),
        # Raised two months before the step was planned: another matter.
        ([{**DONE, "raised_on": "2026-07-01"}], "not known if done"),
    ],
    ids=["done", "overdue", "open", "done too late", "two alike", "none alike", "an older one"],
)
def test_last_month_s_step_is_shown_with_whether_it_was_done(actions: list[Row], how: str) -> None:
    text, _ = said(history(triage([*USUAL, 9]), commentary=[BEFORE], actions=actions))
    said_next = 'Last month: "Put a daily triage slot on the rota"'
    assert text == f"Within its usual range. {said_next} ({how})."


def test_a_step_that_names_an_action_is_that_action() -> None:
    step = {**BEFORE, "what_next": "Finish A7"}
    kettle = {**DONE, "action": "New kettle"}
    text, _ = said(history(triage([*USUAL, 9]), commentary=[step], actions=[kettle]))
    assert text.endswith('Last month: "Finish A7" (done 12 October).')


def test_it_stands_behind_the_provider_s_own_words_too() -> None:
    got = history(triage([*USUAL, 1]), commentary=[BEFORE, OWN], actions=[DONE])
    text, drafted = said(got)
    assert text.startswith("Deputy post empty since June; senior on shift")
    assert text.endswith("(done 12 October).") and not drafted


def test_a_long_reason_leaves_room_for_what_comes_next() -> None:
    long = {**OWN, "why_it_moved": "The night rota ran two below plan for long, " * 8}
    text, _ = said(history(triage([*USUAL, 1]), commentary=[long]))
    assert "…; " in text and len(text) <= 240
    assert text.endswith("senior on shift to triage at weekends.")


# One sentence a metric, in every family

FAMILIES = {
    "incidents": "Higher than usual: above the upper limit; mostly Oak (40, usually 10), above all"
    " Falls.",
    "triaged_in_time": "Worsened: below the lower limit; mostly Oak (4 of 40, usually 90%), above"
    " all Falls.",
    "actions_open": "Too few months to tell signal from noise.",
    "complaints": "Within its usual range.",
    "observation_pass_rate": "Too few months to tell signal from noise.",
}


def eventful() -> Got:
    """Twenty even months at Oak and Ash, then forty falls at Oak, four of them triaged in time."""
    even = [{**row, "category": "Other"} for row in triage([*USUAL, 9])[10:]]
    falls = [{**row, "category": "Falls"} for row in triage([4], of=40)]
    others = [{**row, "category": "Other"} for row in triage([9] * 21, service="Ash")]
    months = [f"{2025 + (at + 1) // 12}-{(at + 1) % 12 + 1:02}" for at in range(21)]
    return history(
        even, falls, others,
        actions=[{"action": "New mats", "raised_on": "2026-10-05", "due_on": "2026-10-30",
                  "status": "open"}],
        feedback=[{"ref": f"C{month}", "kind": "complaint", "received_on": f"{month}-05"}
                  for month in months],
        observations=[{"observed_on": "2026-10-05", "result": "passed"}],
    )  # fmt: skip


@pytest.mark.parametrize("key", FAMILIES)
def test_one_sentence_in_plain_english_for_each_family(key: str) -> None:
    assert said(eventful(), key) == (FAMILIES[key], True)
