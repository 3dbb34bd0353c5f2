"""References: the same one however it is typed, and which record another log means by it."""

from __future__ import annotations

import pandas as pd
import pytest

from learnpipe.assess.refs import cases_meant, ref_key, ref_keys
from tests.builders import judged

KNOWN = pd.DataFrame(
    {
        "ref": ["OAK-0012", "OAK-0013", "ELM-0012", "77", "77", None],
        "service": ["Oak", "Oak", "Elm", "Oak", "Elm", "Oak"],
        "case": [0, 1, 2, 3, 4, 5],
    }
)


def meant(ref: str | None, service: str = "Oak", known: pd.DataFrame = KNOWN) -> int:
    """The case that a reference in another log of that service means."""
    return int(cases_meant(pd.Series([ref], dtype=object), pd.Series([service]), known)[0])


@pytest.mark.parametrize(
    "typed", ["AH-0062", "ah-0062", "AH 0062", "AH0062", "AH/62", "ah62", " AH_062 ", "AH–0062"]
)
def test_case_blanks_punctuation_and_leading_zeros_do_not_matter(typed):
    assert ref_key(typed) == ref_key("AH-0062")


@pytest.mark.parametrize("other", ["AH-0063", "AH-00620", "BH-0062", "62"])
def test_other_letters_or_numbers_are_another_reference(other):
    assert ref_key(other) != ref_key("AH-0062")


def test_zeros_within_a_number_stay():
    assert ref_key("AH-100") != ref_key("AH-1")


def test_zero_itself_stays():
    assert ref_key("INC-000") == "inc0"


def test_no_reference_has_no_key():
    assert ref_keys(pd.Series(["A1", None], dtype=object)).isna().tolist() == [False, True]


def test_a_reference_means_the_record_of_its_own_service():
    assert meant("77", "Oak") == 3
    assert meant("77", "Elm") == 4


def test_a_reference_of_another_service_is_found_when_it_stands_for_one_record_only():
    assert meant("ELM-0012", "Oak") == 2


def test_a_reference_that_could_mean_two_records_means_neither():
    assert meant("77", "Ash") == -1


def test_a_bare_number_means_the_record_of_its_service_that_ends_with_it():
    assert meant("12", "Oak") == 0
    assert meant("12", "Elm") == 2
    assert meant("0013", "Oak") == 1


def test_a_bare_number_is_not_looked_for_at_other_services():
    assert meant("13", "Elm") == -1


def test_an_empty_reference_means_no_record():
    assert meant(None) == -1


def test_an_unknown_reference_means_no_record():
    assert meant("OAK-9999") == -1


def test_an_action_finds_its_incident_however_the_reference_is_typed():
    one = judged(
        incidents=[{"ref": "OAK-0012", "occurred_at": "2026-10-01 10:00", "theme": "Falls",
                    "severity": "moderate"}],
        actions=[{"ref": "A1", "incident_ref": "oak 12", "raised_on": "2026-10-02"}],
    )  # fmt: skip
    action = one.frames["actions"].iloc[0]

    assert (action["incident_case"], action["incident_tier"], action["theme"]) == (0, 2, "Falls")


def test_an_actions_own_theme_stands_before_the_incidents():
    one = judged(
        incidents=[{"ref": "1", "occurred_at": "2026-10-01 10:00", "theme": "Falls"}],
        actions=[{"ref": "A1", "incident_ref": "1", "theme": "Lighting",
                  "raised_on": "2026-10-02"}],
    )  # fmt: skip

    assert one.frames["actions"]["theme"].tolist() == ["Lighting"]
