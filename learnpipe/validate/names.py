"""Known people's names: how they are taken from personal fields, and where a text holds them.

Names are compared as runs of letters without accents or case, so that O'Brien, Smith-Jones, José
and "SMITH, John" are found however they are typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

Runs = tuple[str, ...]

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d"  # accents that stand alone, and what cannot be seen
RUN = re.compile(rf"(?:[^\W\d_][{_MARKS}]*)+")
_JOINER = re.compile(r"[\s.,_'’‘`´-]{0,3}")
_SPLIT = re.compile(r"\s*(?:[/;&+\n|]|\band\b)\s*", re.IGNORECASE)
_NO_DECOMPOSITION = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_LONGEST_NAME = 5  # words; a longer cell is a sentence
_MOST_INITIALS = 5
_SHORT = 2  # letters; so short a part is looked at only beside another


def folded(run: str) -> str:
    """A run of letters without accents and case.

    >>> folded("Łukasz"), folded("JOSÉ")
    ('lukasz', 'jose')
    """
    if run.isascii():
        return run.lower()
    plain = unicodedata.normalize("NFKD", run.casefold().translate(_NO_DECOMPOSITION))
    return "".join(letter for letter in plain if letter.isalpha())


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters of a text: where it stands, its folded form, and whether it is capital."""

    start: int
    end: int
    run: str
    capital: bool
    shouted: bool


def tokens_of(text: str) -> list[Token]:
    """The runs of letters of a text."""
    return [
        Token(one.start(), one.end(), folded(one[0]), one[0][0].isupper(), one[0].isupper())
        for one in RUN.finditer(text)
    ]


def together(text: str, one: Token, other: Token) -> bool:
    """Whether a token follows another as parts of one name do: no sentence ends between them."""
    between = text[one.end : other.start]
    if not _JOINER.fullmatch(between):
        return False
    initial = len(one.run) == 1 or (one.run, between.strip()) in _ABBREVIATED
    return initial or not (between.startswith(".") and between[1:].isspace())


_ABBREVIATED = {(title, ".") for title in ("mr", "mrs", "ms", "mx", "dr", "prof", "rev", "st")}
_PARTICLES = frozenset("de la le du van der den von di da del dos al el ul ur ap ab bin".split())


@dataclass
class Names:
    """Known people: whole names by their first run, and the parts by which each goes.

    ``whole``: first run → names, in every order in which they are typed; ``parts``: part → the
    people (numbers) who bear it; ``initials``: those that stand in a personal field as such.
    """

    roles: Collection[str] = ()
    whole: dict[str, set[Runs]] = field(default_factory=dict)
    parts: dict[str, set[int]] = field(default_factory=dict)
    firsts: dict[str, set[int]] = field(default_factory=dict)
    joined: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    people: dict[Runs, int] = field(default_factory=dict)

    def add_cell(self, cell: str) -> None:
        """The people whom a cell of a personal field names; words for roles are no names."""
        for part in _SPLIT.split(cell):
            sides = [self._own_runs(side) for side in part.split(",")]
            if len(sides) == 2 and all(len(side) == 1 for side in sides):
                self._add((*sides[1], *sides[0]))  # Smith, John
                continue
            for side in sides:
                self._add(side)

    def _own_runs(self, part: str) -> Runs:
        found = [one[0] for one in RUN.finditer(part)]
        if len(found) > _LONGEST_NAME:
            # A sentence: its capitalised words, the first of which may only begin it.
            found = [run for run in found[1:] if run[0].isupper()]
        if len(found) == 1 and found[0].isupper() and 1 < len(found[0]) <= 3:
            self._add_initials(found[0].lower())
        if len(found) > 1 and all(len(run) == 1 for run in found):
            self._add_initials("".join(found).lower())
            return ()
        runs = (folded(run) for run in found)
        return tuple(run for run in runs if run and run not in self.roles)

    def _add_initials(self, letters: str) -> None:
        if letters not in self.roles:
            self.initials.add(letters)

    def _add(self, runs: Runs) -> None:
        if not runs or runs in self.people:
            return
        number = self.people[runs] = len(self.people)
        for run in runs:
            if len(run) > 1:
                self.parts.setdefault(run, set()).add(number)
            self.firsts.setdefault(run[0], set()).add(number)
        if len(runs) > 1:
            first, last = runs[0], runs[-1]
            for order in (runs, (first, last), (last, first), (last, *runs[:-1])):
                self.whole.setdefault(order[0], set()).add(order)
            self.joined |= {first + last, last + first, "".join(runs)}

    def is_whole(self, runs: Runs) -> bool:
        """Whether some runs are a known person's whole name."""
        return runs in self.whole.get(runs[0] if runs else "", ())

    def found(
        self, text: str, tokens: list[Token], kept: set[int], common: Collection[str],
        titles: Collection[str],
    ) -> set[int]:  # fmt: skip
        """The positions of the tokens that are names; those in ``kept`` never are.

        Whole names in any case; a part when capitalised, and if it is also a ``common`` word (or
        very short) only beside one of the ``titles`` or another part of the name.
        """
        out: set[int] = set()
        for at, one in enumerate(tokens):
            out.update(self._whole_from(text, tokens, at))
            if one.run in self.joined and len(one.run) > 5:
                out.add(at)
            if self.initials and one.shouted:
                out.update(self._initials_from(text, tokens, at))
            if at in kept or not one.capital or one.run not in self.parts:
                continue
            beside = list(_beside(text, tokens, at))
            if (
                (len(one.run) > _SHORT and one.run not in common)
                or any(tokens[by].run in titles and by < at for by in beside)
            ):  # fmt: skip
                out.add(at)
                out.update(by for by in beside if self._same_person(one, tokens[by]))
            else:
                own = [by for by in beside if self._same_person(one, tokens[by])]
                out.update([at, *own] if own else ())
        out |= {at for one in out for at in _particles_after(one, tokens, out)}
        return out - kept

    def _whole_from(self, text: str, tokens: list[Token], at: int) -> Iterable[int]:
        for name in self.whole.get(tokens[at].run, ()):
            end = at + len(name)
            if end <= len(tokens) and all(
                tokens[at + step].run == run for step, run in enumerate(name)
            ):
                own = tokens[at:end]
                if all(together(text, *pair) for pair in pairwise(own)):
                    yield from range(at, end)

    def _initials_from(self, text: str, tokens: list[Token], at: int) -> Iterable[int]:
        if tokens[at].run in self.initials and len(tokens[at].run) > 1:
            yield at
        letters, end = "", at
        while (
            end < len(tokens) and end - at < _MOST_INITIALS
            and len(tokens[end].run) == 1 and tokens[end].capital
            and (end == at or together(text, tokens[end - 1], tokens[end]))
        ):  # fmt: skip
            letters, end = letters + tokens[end].run, end + 1
            if len(letters) > 1 and letters in self.initials:
                yield from range(at, end)

    def _same_person(self, one: Token, other: Token) -> bool:
        """Whether another token is a part, or an initial, of somebody who bears this one."""
        if not other.capital or other.run == one.run:
            return False
        by = self.firsts if len(other.run) == 1 else self.parts
        return not self.parts[one.run].isdisjoint(by.get(other.run, ()))


def _particles_after(at: int, tokens: list[Token], names: set[int]) -> Iterator[int]:
    """The small words of a name between two of its parts, as in Anne de la Tour."""
    for last in range(at + 2, min(at + 4, len(tokens))):
        between = range(at + 1, last)
        if last in names and all(tokens[by].run in _PARTICLES for by in between):
            yield from between


def _beside(text: str, tokens: list[Token], at: int) -> Iterator[int]:
    if at and together(text, tokens[at - 1], tokens[at]):
        yield at - 1
    if at + 1 < len(tokens) and together(text, tokens[at], tokens[at + 1]):
        yield at + 1
