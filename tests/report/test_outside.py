"""What charts tell beside one another, and which services go by letter."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from learnpipe.report.sharing.outside import without_small_rests
from learnpipe.report.sharing.shared_words import service_names
from learnpipe.report.sharing.suppress import Sharing
from learnpipe.report.sharing.tender_figures import series_of
from tests.conftest import SampleFacts
from tests.report.typical_charts import chart


def test_overdue_actions_are_not_drawn_beside_all_open_ones_where_few_are_not_overdue() -> None:
    whole = replace(chart([20.0, 30.0]), key="actions_open", title="Open")
    some = {"few left": (10.0, 27.0), "none left": (10.0, 30.0), "many left": (10.0, 20.0)}
    found = {}
    for name, values in some.items():
        part = replace(chart(values), key="actions_overdue", title="Overdue")
        told, left = without_small_rests((whole, part), Sharing(5, 1, {}))
        found[name] = ([one.title for one in told], [title for title, _ in left])
    both = (["Open", "Overdue"], [])
    assert found == {"few left": (["Open"], ["Overdue"]), "none left": both, "many left": both}


@pytest.mark.parametrize("key", ["safeguarding", "restrictive_practice"])
def test_counts_among_signals_are_held_against_all_signals(
    key: str, sample_facts: SampleFacts
) -> None:
    series = series_of(sample_facts.facts.measures)
    assert series[key].counts["due"] == series["incidents"].counts["met"]


def test_a_service_that_is_called_like_a_person_goes_by_letter() -> None:
    facts: Any = SimpleNamespace(
        judged=SimpleNamespace(span=SimpleNamespace(services=("Ann Ford", "Oak"))),
        masked={"Ann Ford": "[name]", "Oak": "Oak"}.get,
    )
    assert service_names(facts) == {"Ann Ford": "Service A", "Oak": "Oak"}
    assert service_names(facts, by_letter=True) == {"Ann Ford": "Service A", "Oak": "Service B"}
