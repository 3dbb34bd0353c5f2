"""What free texts say: whether a cell answers at all, and whether a plan update tells a change."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import same_words

Array = np.ndarray[Any, Any]
_PARTS = re.compile(r"[.;\n!|•]+|\s[-–—]+\s")
_CLAUSES = re.compile(r"[,:&+/()]|\b(?:and|then|also|but|plus|as well as|with)\b")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_EDGES = " .,;:-–"


def in_list(texts: pd.Series[Any], listed: tuple[str, ...]) -> Array:
    """Whether each text is one of a list, whatever its case, blanks and full stops."""
    words = _plain(listed)
    longest = max(map(len, words)) + 8
    codes, spellings = pd.factorize(texts.to_numpy())
    hit = [
        len(one) <= longest and same_words(one).strip(_EDGES) in words
        for one in map(str, spellings)
    ]
    found: Array = np.array([*hit, False], dtype=bool)[codes]
    return found


def says_something(texts: pd.Series[Any], schemas: Schemas) -> Array:
    """Whether a cell holds an answer: not empty, and not "tbc", "n/a", "none" and the like."""
    filled: Array = texts.notna().to_numpy()
    return filled & ~in_list(texts, schemas.lists["no_answer"])


@lru_cache(maxsize=8)
def _plain(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(same_words(one).strip(_EDGES) for one in listed)


def says_what_changed(plan: pd.Series[Any], schemas: Schemas) -> Array:
    """Whether a plan update says what was changed; "re-trained staff" and its kin do not.

    A clause is judged by its first telling word: one of `only_told` (trained, reminded,
    discussed) changes nothing, one of `change_words` does. A promise ("to be updated") and "no
    change" are no change. What has neither word counts: the column's header says what it is.
    """
    lists = schemas.lists
    codes, spellings = pd.factorize(plan.to_numpy())
    words = _Words(
        _phrases(lists["only_told"]),
        _phrases(lists["change_words"]),
        _phrases(lists["not_changed"]),
        _plain(lists["people_and_occasions"]),
        _plain(lists["not_a_plan_update"]),
        _plain(lists["no_answer"]),
        _plain(schemas.words["yes_no"].words["yes"]),
    )
    verdicts = [words.tell_a_change(str(one)) for one in spellings]
    found: Array = np.array([*verdicts, False], dtype=bool)[codes]
    return found


@lru_cache(maxsize=8)
def _phrases(listed: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({same_words(one) for one in listed}, key=lambda one: (-len(one), one))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


class _Words:
    """The word lists of plan updates, and the verdict that they give."""

    def __init__(
        self,
        told: re.Pattern[str],
        changed: re.Pattern[str],
        unchanged: re.Pattern[str],
        filler: frozenset[str],
        hollow: frozenset[str],
        nothing: frozenset[str],
        yes: frozenset[str],
    ) -> None:
        self.told, self.changed, self.unchanged = told, changed, unchanged
        self.filler, self.hollow, self.nothing, self.yes = filler, hollow, nothing, yes

    def tell_a_change(self, raw: str) -> bool:
        """Whether one text tells a change."""
        text = " ".join(raw.casefold().replace("’", "'").split())
        whole = text.strip(_EDGES)
        if whole in self.yes or whole in ("✓", "✔", "y"):
            return True
        if not whole or whole in self.nothing or whole in self.hollow:
            return False
        return any(self._part_changes(part) for part in _PARTS.split(text))

    def _part_changes(self, part: str) -> bool:
        """Whether a sentence tells a change: by itself, or in one of its clauses."""
        if self._only_filler(part) or part.strip(_EDGES) in self.hollow:
            return False
        telling, undone = self.told.search(part), self.unchanged.search(part)
        if not telling and not undone:
            return True
        return any(self._clause_changes(clause) for clause in _CLAUSES.split(part))

    def _clause_changes(self, clause: str) -> bool:
        changed = self.changed.search(clause)
        if not changed or clause.strip(_EDGES) in self.hollow:
            return False
        before = [
            found.start()
            for found in (self.told.search(clause), self.unchanged.search(clause))
            if found
        ]
        return changed.start() < min(before, default=len(clause))

    def _only_filler(self, text: str) -> bool:
        return all(word in self.filler or word.isdigit() for word in _WORD.findall(text))
