"""Words that might still be a name: capitalised where an ordinary word would not be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

import pandas as pd

from learnpipe.ground.schemas import Schemas
from learnpipe.validate.known_names import NameWords
from learnpipe.validate.names import RUN, Token, begins_sentence, does_something, folded, tokens_of

Vocabulary = frozenset[str]
_NAMES_TOO = ("common_words", "everyday_words", "seldom_words")  # they, or their forms
_TEXT_KINDS = ("text", "choice", "service")
_MOST_TEXTS = 20_000
_LONGEST_SHORT_FORM = 5  # letters of an abbreviation in capitals, such as MAR or SALT
_PLACEHOLDER = re.compile(r"\[[^\]]*\]")
_ENDINGS = (
    "s", "es", "d", "ed", "ing", "ly", "er", "ers", "or", "ion", "ions", "al", "y", "ies", "ied",
    "n", "en", "ment", "ness", "e",
)  # fmt: skip


@lru_cache(maxsize=4)
def words_of_schemas(schemas: Schemas) -> Vocabulary:
    """The ordinary words that the schemas write: of fields, headers, choices and lists."""
    texts: list[str] = []
    for schema in schemas.logs.values():
        for one in schema.fields.values():
            texts += [one.title, one.means, *one.headers]
    for words in schemas.words.values():
        texts += [word for ours in words.words.values() for word in ours]
    for name, listed in schemas.lists.items():
        if name not in _NAMES_TOO:
            texts += listed
    return frozenset(folded(run) for text in texts for run in RUN.findall(text))


def words_in_texts(logs: Mapping[str, pd.DataFrame], schemas: Schemas) -> Vocabulary:
    """The ordinary words: of the schemas, and what the logs mostly write without a capital."""
    often: Counter[str] = Counter()
    at_first: Counter[str] = Counter()
    for log, frame in logs.items():
        for one in schemas.logs[log].fields.values():
            if one.kind in _TEXT_KINDS and one.name in frame:
                texts = [str(text) for text in frame[one.name].dropna().unique()[:_MOST_TEXTS]]
                often.update(RUN.findall("\n".join(texts)))
                at_first.update(run[0] for run in map(RUN.search, texts) if run)
    capital: Counter[str] = Counter()
    for run, times in often.items():
        if run[0].isupper():
            capital[run.lower()] += times - at_first[run]
    return words_of_schemas(schemas) | {
        folded(run) for run, times in often.items() if run.islower() and times >= capital[run]
    }


def doubtful_words(
    text: str,
    kept: Callable[[str, Sequence[Token]], set[int]],
    vocabulary: Vocabulary,
    words: NameWords,
    everyday: Collection[str] = (),
    parts: Collection[str] = (),
) -> tuple[str, ...]:
    """The capitalised words of a masked text that are no known word, service or short form.

    A word that begins a sentence is looked at too: an ordinary one is known from elsewhere. In
    the middle of one, a word that is both a word and a name is doubtful; at its beginning too, if
    it is part of a known name (``parts``) and what follows is what people do.
    """
    text = _PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
    tokens = tokens_of(text)
    services = kept(text, tokens)
    out = []
    for at, one in enumerate(tokens):
        if not one.capital or len(one.run) < 2 or at in services:
            continue
        first = begins_sentence(text, one.start)
        if first and one.run in parts and does_something(text, tokens, at):
            out.append(text[one.start : one.end])
            continue
        if one.run in words.not_names or _touches_digit(text, one):
            continue
        if one.shouted and len(one.run) <= _LONGEST_SHORT_FORM:
            continue
        if is_ordinary(one.run, vocabulary) and (first or one.run not in words.common):
            continue
        if first and (one.run in words.common or one.run in everyday):
            continue
        out.append(text[one.start : one.end])
    return tuple(dict.fromkeys(out))


def is_ordinary(run: str, vocabulary: Vocabulary) -> bool:
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


def _touches_digit(text: str, one: Token) -> bool:
    return bool(re.search(r"\d[-/_]?$", text[: one.start][-2:])) or bool(
        re.match(r"[-/_]?\d", text[one.end : one.end + 2])
    )
