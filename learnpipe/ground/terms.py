"""Words that rooms share: states of a duty, words in sentences, spellings that are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MET, NOT_MET, NO_EVIDENCE = 1, 2, 3
"""The state of a duty when it falls due; *not yet due* and *not required* are no rows of it."""


HARMS = ("none", "low", "moderate", "severe", "fatal")
"""The grades of harm, mildest first. Source: LFPSE."""


VERIFYING = ("re-audit", "sampling", "observation")
"""The methods by which a change counts as verified. Source: the article."""


VERDICTS = (
    "held", "worse", "came back", "no clear change", "too few to tell", "too early", "no theme",
)  # fmt: skip
"""What is said of a verified change, in the order in which they are told."""


def same_words(text: str) -> str:
    """A text without case and runs of blanks: spellings that differ in no more count together.

    >>> same_words(" Falls  at Night")
    'falls at night'
    """
    return " ".join(text.casefold().split())


def list_words(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> list_words(["no harm", "low", "moderate"], "or")
    'no harm, low or moderate'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def by_name(supplied: Mapping[str, str]) -> str:
    """What a register's name says for all its rows, in words; "" where it says nothing.

    >>> by_name({"category": "Falls", "signal": "near miss"})
    'category "Falls" and signal "near miss" for all rows, as its title, sheet or file is called'
    """
    said = list_words([f'{name.replace("_", " ")} "{word}"' for name, word in supplied.items()])
    return f"{said} for all rows, as its title, sheet or file is called" if said else ""


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "file"), counted(1200, "row"), counted(2, "entry", "entries")
    ('1 file', '1,200 rows', '2 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share as a whole percentage; 100 % and 0 % only when exact.

    >>> percent(0.825), percent(0.998), percent(1.0), percent(0.001)
    ('83%', '99%', '100%', '1%')
    """
    whole = int(share * 100 + 0.5)
    if whole == 100 and share < 1:
        whole = 99
    if whole == 0 and share > 0:
        whole = 1
    return f"{whole}%"
