"""Known people's names: how they are taken from the personal fields.

They are compared as runs of letters without accents or case, so that O'Brien, Smith-Jones, José
and "SMITH, John" are found however they are typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations

from learnpipe.ground.terms import same_words
from learnpipe.validate.names import RUN, Runs, folded, pieces

_SPLIT = re.compile(r"\s*(?:[/;&+\n|]|\band\b)\s*", re.IGNORECASE)
_COMPOUND = re.compile(rf"{RUN.pattern}(?:['’‘`´‐‑–-]{RUN.pattern})+")
_LONGEST_NAME = 5  # words; a longer cell is a sentence
_LONGEST_INITIALS = 3
_LEAST_ALONE = 3  # letters of a part that is looked for without a capital
_LEAST_JOINED = 5
LEAST_MISTYPED = 5
"""Letters that a part needs for a slip in it to be told from another word."""
PARTICLES = frozenset("de la le du van der den von di da del dos al el ul ur ap ab bin".split())
_NO_INITIALS = frozenset(
    "am pm eg ie nb uk us tv id od bd qd po pr iv im sc cc bp dn na nk abc dob uti tbc".split()
)


@dataclass(frozen=True)
class NameWords:
    """The words that are no names, or seldom alone, folded.

    ``common``: everyday words that are names too; ``seldom``: names that are seldom words;
    ``never``: neither roles nor other known words are ever names by themselves; ``answers``: cells
    that name nobody.
    """

    roles: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    seldom: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """What, without a capital, is a word and no name."""
        return self.common | self.seldom | self.never | self.roles | self.titles | self.honorifics


@dataclass
class Names:
    """Known people: whole names by their first run, and the parts by which each goes.

    ``whole``: first run → names, in every order in which they are typed; ``parts``: part → the
    people (numbers) who bear it; ``alone``: parts that no ordinary word is, found without a capital
    too; ``initials``: those that stand in a personal field as such; ``dotted``: all the others'.
    """

    words: NameWords
    whole: dict[str, set[Runs]] = field(default_factory=dict)
    parts: dict[str, set[int]] = field(default_factory=dict)
    firsts: dict[str, set[int]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    dotted: set[str] = field(default_factory=set)
    people: dict[Runs, int] = field(default_factory=dict)

    def add_cell(self, cell: str) -> None:
        """The people whom a cell of a personal field names; words for roles are no names."""
        if same_words(cell) in self.words.answers:
            return
        for part in _SPLIT.split(cell):
            sides = [self._own_runs(side) for side in part.split(",")]
            if len(sides) == 2 and all(len(side) == 1 for side in sides):
                self._add([*sides[1], *sides[0]])  # Smith, John
            else:
                for side in sides:
                    self._add(side)
            for one in _COMPOUND.findall(part):
                self._add_compound(one)

    def _own_runs(self, part: str) -> list[str]:
        found = RUN.findall(part)
        if len(found) > _LONGEST_NAME:
            found = self._of_sentence(found)
        if len(found) == 1 and found[0].isupper() and 1 < len(found[0]) <= _LONGEST_INITIALS:
            self._add_initials(found[0].lower())
        if len(found) > 1 and all(len(run) == 1 for run in found):
            self._add_initials("".join(found).lower())
            return []
        leave = self.words.roles | self.words.honorifics
        return [run for run in found if folded(run) and folded(run) not in leave]

    def _of_sentence(self, found: list[str]) -> list[str]:
        """The capitalised words of a sentence that are no ordinary ones."""
        words = self.words
        plain = words.ordinary - words.common
        begin = [run for run in found[:1] if folded(run) not in words.ordinary]
        return [
            run for run in (*begin, *found[1:]) if run[0].isupper() and folded(run) not in plain
        ]

    def _add_initials(self, letters: str) -> None:
        words = self.words
        if letters not in words.roles | words.answers | words.not_names | _NO_INITIALS:
            self.initials.add(letters)

    def _add(self, found: list[str]) -> None:
        runs = tuple(map(folded, found))
        words = self.words
        if not runs or (len(runs) == 1 and runs[0] in _NO_INITIALS):
            return
        if all(run in words.never and run not in words.common for run in runs):
            return
        plain = any(len(run) > 1 and run in words.ordinary for run in runs)
        self.alone |= {
            run for raw, run in zip(found, runs, strict=True)
            if len(run) >= _LEAST_ALONE and run not in words.ordinary
            and (raw[0].isupper() or not plain)
        }  # fmt: skip
        if runs in self.people:
            return
        number = self.people[runs] = len(self.people)
        for run in runs:
            self._bears(run, number)
        for raw in found:
            if len(inner := pieces(raw)) > 1:
                self._put(inner)
        if len(runs) > 1:
            for order in self._orders(runs):
                self._put(order)
            self.joined |= {one + other for one, other in permutations(runs, 2)} | {"".join(runs)}
            letters = {runs[0][0] + runs[-1][0], "".join(run[0] for run in runs)}
            self.dotted |= letters - _NO_INITIALS - words.roles - words.not_names

    def _bears(self, run: str, number: int) -> None:
        if len(run) > 1:
            self.parts.setdefault(run, set()).add(number)
        self.firsts.setdefault(run[0], set()).add(number)

    def _put(self, order: Runs) -> None:
        self.whole.setdefault(order[0], set()).add(order)

    def _orders(self, runs: Runs) -> Iterator[Runs]:
        """A name as it may be typed in any case: whole, and two of its parts."""
        yield runs
        ordinary = self.words.ordinary
        last = runs[-1]
        yield (last, *runs[:-1])
        if len(last) >= _LEAST_ALONE and last not in ordinary and runs[0][0] not in "ai":
            yield (runs[0][0], last)
        for (at, one), (by, other) in permutations(enumerate(runs), 2):
            shortest = min(len(one), len(other))
            if shortest == 1 or one in PARTICLES or other in PARTICLES:
                continue
            if at < by or one not in ordinary or other not in ordinary:
                yield (one, other)

    def _add_compound(self, compound: str) -> None:
        """Smith-Jones and O'Dowd, as they are typed without what joins their parts."""
        own = [folded(one) for one in RUN.findall(compound)]
        run, known = "".join(own), [self.parts.get(one, set()) for one in own if len(one) > 1]
        bearers = set.intersection(*known) if known else set()
        if len(run) >= _LEAST_JOINED and bearers and run not in self.words.ordinary:
            self.parts.setdefault(run, set()).update(bearers)
            self.alone.add(run)

    def is_whole(self, runs: Runs) -> bool:
        """Whether some runs are a known person's whole name."""
        return runs in self.whole.get(runs[0] if runs else "", ())

    @cached_property
    def mistypable(self) -> dict[str, list[str]]:
        """The parts in which a slip can be told, in order, by their first letter."""
        out: dict[str, list[str]] = defaultdict(list)
        for part in sorted(self.parts):
            if len(part) >= LEAST_MISTYPED and part not in self.words.ordinary:
                out[part[0]].append(part)
        return out
