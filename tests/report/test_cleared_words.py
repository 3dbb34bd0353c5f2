"""How free text is told to outsiders, and what keeps it inside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learnpipe.report.sharing.shared_words import Words


@pytest.fixture
def words() -> Words:
    """Petunia is doubtful, Ann is known, services go by letter."""
    return Words(
        lambda text: text.replace("Ann", "[name]"),
        lambda text: ["Petunia"] if "Petunia" in text else [],
        {"Oak": "Service A", "Oak Lodge": "Service B"},
        frozenset(),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("On 4 March 2026: Ann fell", "In March 2026: Someone fell"),
        ("Ann fell. Ann got up", "Someone fell. Someone got up"),
        ("trained on 3 May 2026 and 9 June 2026", "trained in May 2026 and June 2026"),
        ("on 04/03/2026 and 2026-03-04", "in March 2026 and March 2026"),
        ("At OAK LODGE, then Oak; Oakley", "At Service B, then Service A; Oakley"),
        ("Told Petunia", None),
    ],
)
def test_free_text_as_it_may_be_shared(words: Words, text: str, told: str | None) -> None:
    assert words.told(text, "story") == told


def test_a_cleared_word_lets_the_text_through(words: Words) -> None:
    cleared = replace(words, cleared=frozenset({"petunia"}), waiting={}, looked_at={})
    assert cleared.told("Petunia beds weeded", "story") == "Petunia beds weeded"
    assert (cleared.waiting, list(cleared.looked_at)) == ({}, ["Petunia"])
