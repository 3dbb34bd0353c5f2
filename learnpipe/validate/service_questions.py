"""Services that may be the same under two names: asked, never merged silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from learnpipe.ground.asking import toml_text
from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.settings import Settings
from learnpipe.ground.terms import counted

NEAR, VERY_NEAR = 82.0, 90.0
"""From which likeness (100: the same) a rare name, and any name, is asked about."""
RARE = 3
"""A name is rare beside one that stands in so many times as many rows."""
MOST_ASKED = 500
"""So many names are asked about, the rarest first: slips are rare, and nobody answers more."""
_SAID_OF_MANY = {
    "the", "and", "of", "care", "nursing", "residential", "home", "homes", "service", "services",
    "centre", "ltd", "limited",
}  # fmt: skip


@dataclass(frozen=True)
class Spelling:
    """How a name is mostly typed, in how many rows it stands, and where first."""

    raw: str
    rows: int
    place: Place


def questions(
    spellings: Mapping[str, Spelling],
    sure: Set[str],
    names: Mapping[str, str],
    settings: Settings,
) -> list[Finding]:
    """A question for each name that is no service for sure but may be another one's name.

    ``spellings``: the names in the logs by key. ``sure``: the keys that the list or the settings
    name. ``names``: key → name, of all.
    """
    asked = sorted((key for key in spellings if key not in sure), key=lambda k: spellings[k].rows)
    asked = asked[:MOST_ASKED]
    others = sorted(sure | set(spellings))
    if not asked or len(others) < 2:
        return []
    same = _short_forms(asked, others, sure, names) | _slips(asked, others, spellings, sure)
    pairs: dict[str, str] = {}
    for key in asked:
        other = same.get(key)
        # Two names that may each be the other's: the rarer is asked about.
        if other is not None and pairs.get(other) != key:
            pairs[key] = other
    by_name: dict[str, list[str]] = {}
    for key, other in sorted(pairs.items()):
        by_name.setdefault(names[other], []).append(spellings[key].raw)
    return [
        _question(spellings[key], names[other], by_name[names[other]], settings)
        for key, other in sorted(pairs.items())
    ]


def _question(
    spelling: Spelling, name: str, of_the_name: Sequence[str], settings: Settings
) -> Finding:
    known = settings.services.get(name)
    before = known.also_known_as if known else ()
    told = ", ".join(toml_text(one) for one in (*before, *of_the_name))
    lines = f"[services.{toml_text(name)}]\nalso_known_as = [{told}]"
    replaced = " in place of the line there" if known else ""
    replaced += " (leave out what is not)" if len(of_the_name) > 1 else ""
    return Finding(
        "service-near-miss",
        "note",
        spelling.place,
        f'"{spelling.raw}" ({counted(spelling.rows, "row")}) looks like "{name}", but is counted '
        "as a service of its own.",
        f"If it is the same, put into learnpipe.toml{replaced}:\n{lines}\n"
        f"If it is another service, put: [services.{toml_text(spelling.raw)}]",
    )


def _slips(
    asked: Sequence[str], others: Sequence[str], spellings: Mapping[str, Spelling], sure: Set[str]
) -> dict[str, str]:
    """Names that are nearly spelt as another one, with the same numbers in them."""
    scores = process.cdist(asked, others, scorer=fuzz.ratio, score_cutoff=NEAR)
    found: dict[str, tuple[float, str]] = {}
    for at, to in zip(*scores.nonzero(), strict=True):
        key, other, score = asked[at], others[to], float(scores[at, to])
        rows, other_rows = spellings[key].rows, 0 if other in sure else spellings[other].rows
        commoner = other in sure or (other_rows, other) > (rows, key)
        rare = other in sure or rows * RARE <= other_rows
        if key == other or not commoner or _numbers(key) != _numbers(other):
            continue
        if score >= VERY_NEAR or rare:
            found[key] = max(found.get(key, (0.0, "")), (score, other))
    return {key: other for key, (_, other) in found.items()}


def _numbers(key: str) -> list[str]:
    return [word for word in key.split() if any(mark.isdigit() for mark in word)]


def _short_forms(
    asked: Sequence[str], others: Sequence[str], sure: Set[str], names: Mapping[str, str]
) -> dict[str, str]:
    """Names that are short or long for one service only: part of its words, or its initials."""
    told = {key: frozenset(_core(key)) for key in others}
    by_word: dict[str, set[str]] = {}
    initials: dict[str, set[str]] = {}
    for key, words in told.items():
        for word in words:
            by_word.setdefault(word, set()).add(key)
        for one in {_initials(key.split()), _initials(_core(key))} - {""}:
            initials.setdefault(one, set()).add(key)
    usual = Counter(word for words in told.values() for word in words)
    out = {}
    for key in asked:
        words = told[key]
        rarest = min(words, key=lambda word: (usual[word], word))
        longer = {other for other in by_word[rarest] if words <= told[other]}
        shorter = {other for word in words for other in by_word[word]
                   if usual[word] <= MOST_ASKED and told[other] < words}  # fmt: skip
        short = initials.get(key.replace(" ", ""), set())
        for found in (longer - {key}, shorter, short - {key}):
            found = found & sure or found
            different = {names[other] for other in found} - {names[key]}
            if len(different) == 1:
                out[key] = min(found)
                break
    return out


def _core(key: str) -> list[str]:
    """The words that tell a name from others; all of them where none does."""
    words = key.split()
    return [word for word in words if word not in _SAID_OF_MANY] or words


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 1 else ""
