"""Runs of letters of a text, compared without accents or case, and how they stand together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

Runs = tuple[str, ...]

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d"  # accents that stand alone, and what cannot be seen
RUN = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+")
_JOINER = re.compile(r"[\s.,_'’‘`´-]{0,3}")
_NO_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_INNER_CAPITAL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


def folded(run: str) -> str:
    """A run of letters without accents and case.

    >>> folded("Łukasz"), folded("JOSÉ")
    ('lukasz', 'jose')
    """
    if run.isascii():
        return run.lower()
    plain = unicodedata.normalize("NFKD", run.casefold().translate(_NO_DECOMPOSITION))
    return "".join(letter for letter in plain if letter.isalpha())


def pieces(run: str) -> Runs:
    """The folded pieces of a run that has capitals within; alone, if it has none.

    >>> pieces("McDonald"), pieces("ANN"), pieces("AnnSmith")
    (('mc', 'donald'), ('ann',), ('ann', 'smith'))
    """
    return tuple(folded(piece) for piece in _INNER_CAPITAL.split(run))


class Token(NamedTuple):
    """A run of letters of a text: where it stands, its folded form, and whether it is capital."""

    start: int
    end: int
    run: str
    capital: bool
    shouted: bool


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """The runs of letters of a text."""
    return tuple(
        Token(one.start(), one.end(), folded(run), run[0].isupper(), run.isupper())
        for one in RUN.finditer(text)
        for run in (one[0],)
    )


def together(text: str, one: Token, other: Token) -> bool:
    """Whether a token follows another as parts of one name do: no sentence ends between them."""
    between = text[one.end : other.start]
    if not _JOINER.fullmatch(between):
        return False
    initial = len(one.run) == 1 or (one.run, between.strip()) in _ABBREVIATED
    return initial or not (between.startswith(".") and between[1:].isspace())


_ABBREVIATED = {(title, ".") for title in ("mr", "mrs", "ms", "mx", "dr", "prof", "rev", "st")}


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, or a line, begins here."""
    before = text[:at].rstrip(" \t\"'“”‘’([•*–—-")
    return not before or before[-1] in ".!?:;\n\r"


def does_something(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a word is what people do."""
    after = tokens[at + 1 : at + 2]
    return any(one.run in _DOINGS and together(text, tokens[at], one) for one in after)


_DOINGS = frozenset(
    "fell fallen was is has had said says told refused slipped tripped asked complained reported "
    "felt wanted wants ate drank slept woke cried shouted hit went came forgot did does could "
    "became began stated declined sustained vomited collapsed choked appeared seemed returned "
    "found left took tried got started walked tells needs likes".split()
)
