"""Words that might still be a name: capitalised where an ordinary word would not be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

import pandas as pd

from learnpipe.ground.schemas import Schemas
from learnpipe.validate.names import RUN, Token, folded, tokens_of

Vocabulary = frozenset[str]
_TEXT_KINDS = ("text", "choice", "service")
_MOST_TEXTS = 20_000
_LONGEST_SHORT_FORM = 5  # letters of an abbreviation in capitals, such as MAR or SALT
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_ENDINGS = (
    "s", "es", "d", "ed", "ing", "ly", "er", "ers", "or", "ion", "ions", "al", "y", "ies", "ied",
    "n", "en", "ment", "ness", "e",
)  # fmt: skip


def words_in_texts(logs: Mapping[str, pd.DataFrame], schemas: Schemas) -> Vocabulary:
    """The ordinary words: those of the schemas, and what the logs write without a capital."""
    texts: list[str] = []
    for schema in schemas.logs.values():
        for one in schema.fields.values():
            texts += [one.title.lower(), one.means.lower(), *map(str.lower, one.headers)]
    for words in schemas.words.values():
        texts += [word.lower() for ours in words.words.values() for word in ours]
    for name, listed in schemas.lists.items():
        if name not in ("common_words", "everyday_words"):  # names too, they or their forms
            texts += [word.lower() for word in listed]
    for log, frame in logs.items():
        for one in schemas.logs[log].fields.values():
            if one.kind in _TEXT_KINDS and one.name in frame:
                texts += [str(text) for text in frame[one.name].dropna().unique()[:_MOST_TEXTS]]
    return frozenset(folded(run) for text in texts for run in RUN.findall(text) if run.islower())


def doubtful_words(
    text: str,
    kept: Callable[[str, list[Token]], set[int]],
    vocabulary: Vocabulary,
    common: Collection[str],
    not_names: Collection[str],
    everyday: Collection[str] = (),
) -> tuple[str, ...]:
    """The capitalised words of a masked text that are no known word, service or short form.

    A word that begins a sentence is looked at too: an ordinary one is known from elsewhere. In
    the middle of one, a word that is both a word and a name is doubtful.
    """
    text = _PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
    tokens = tokens_of(text)
    services = kept(text, tokens)
    out = []
    for at, one in enumerate(tokens):
        if not one.capital or len(one.run) < 2 or at in services or one.run in not_names:
            continue
        if one.shouted and len(one.run) <= _LONGEST_SHORT_FORM:
            continue
        if _touches_digit(text, one):
            continue
        first = _begins(text, one.start)
        if _ordinary(one.run, vocabulary) and (first or one.run not in common):
            continue
        if first and (one.run in common or one.run in everyday):
            continue
        out.append(text[one.start : one.end])
    return tuple(dict.fromkeys(out))


def _ordinary(run: str, vocabulary: Vocabulary) -> bool:
    """Whether a word, or its stem, is written without a capital elsewhere."""
    if run in vocabulary:
        return True
    for ending in _ENDINGS:
        stem = run.removesuffix(ending)
        if stem != run and len(stem) >= 3:
            doubled = stem[:-1] if stem[-1] == stem[-2] else stem
            if not vocabulary.isdisjoint(
                {stem, doubled, *(stem + other for other in ("e", "ed", "es", "s", "ing", "y"))}
            ):
                return True
    return any(run + ending in vocabulary for ending in ("s", "d", "ed", "ing", "es"))


def _begins(text: str, at: int) -> bool:
    """Whether a sentence, or a line, begins here."""
    before = text[:at].rstrip(" \t\"'“”‘’([•*–—-")
    return not before or before[-1] in ".!?:;\n\r"


def _touches_digit(text: str, one: Token) -> bool:
    return bool(re.search(r"\d[-/_]?$", text[: one.start][-2:])) or bool(
        re.match(r"[-/_]?\d", text[one.end : one.end + 2])
    )
