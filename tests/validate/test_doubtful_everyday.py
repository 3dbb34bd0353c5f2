"""Everyday verbs begin an action and are not taken for a name; names still are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from learnpipe.ground.schemas import load_schemas
from learnpipe.validate.people import People


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Fit a sensor mat. Order batteries.", ()),
        ("Fit a sensor mat for Benedetta.", ("Benedetta",)),
    ],
)
def test_everyday_words_begin_a_sentence(text: str, doubtful: tuple[str, ...]) -> None:
    logs: dict[str, Any] = {}
    assert People.in_logs(logs, load_schemas()).doubtful(text) == doubtful


def test_the_list_is_long_enough_for_a_log_of_a_few_rows() -> None:
    words = pd.Series(load_schemas().lists["everyday_words"])
    assert words.is_unique and len(words) >= 300
