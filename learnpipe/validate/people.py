"""The people whom the personal fields name: to keep them out of whatever leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

import pandas as pd

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.ground.schemas import Schemas
from learnpipe.validate.doubtful import (
    Vocabulary,
    doubtful_words,
    is_ordinary,
    words_in_texts,
    words_of_schemas,
)
from learnpipe.validate.finding_names import found_names
from learnpipe.validate.known_names import Names, NameWords
from learnpipe.validate.names import RUN, Runs, Token, folded, together, tokens_of
from learnpipe.validate.privacy_patterns import without_patterns

_MONTHS = {name.casefold()[:length] for name in MONTH_NAMES for length in (3, len(name))}
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?[\s./-]*(?:of\s+)?$")
_YEAR_AFTER = re.compile(r"[\s.,/’'-]*\d")
NAME, CODE = "[name]", "[number]"
_CODE = re.compile(r"(?<![^\W_])([^\W\d_]{0,12})[ \-/.#_]?(\d{1,12}[^\W\d_]?)(?![^\W_])")
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Kept:
    """Words that are no names although a person may bear one: services, as runs, by first run."""

    services: Mapping[str, frozenset[Runs]] = field(default_factory=dict)

    def positions(self, text: str, tokens: Sequence[Token]) -> set[int]:
        """The positions of tokens that stand in a service's name, and of months of a date."""
        out: set[int] = set()
        for at, one in enumerate(tokens):
            if one.run in _MONTHS and _dates(text, one):
                out.add(at)
            for name in self.services.get(one.run, ()):
                own = tokens[at : at + len(name)]
                if tuple(token.run for token in own) == name and all(
                    together(text, *pair) for pair in pairwise(own)
                ):
                    out.update(range(at, at + len(name)))
        return out


@dataclass(frozen=True)
class People:
    """Known people, and the masking of whatever gives one away in a text."""

    known: Names
    codes: frozenset[str]
    kept: Kept
    addresses: tuple[str, ...]
    everyday: frozenset[str]
    vocabulary: Callable[[], Vocabulary]
    _remembered: dict[str, str] = field(default_factory=dict)

    @classmethod
    def in_logs(
        cls, logs: Mapping[str, pd.DataFrame], schemas: Schemas, provider: str = ""
    ) -> People:
        """Those named in the personal fields; roles, services and the provider are no names."""
        words = name_words(schemas)
        known, codes = Names(words), set()
        for log, frame in logs.items():
            for name in schemas.logs[log].personal:
                for cell in frame[name].dropna().unique():
                    known.add_cell(str(cell))
                    codes |= _codes_in(str(cell))
        services = [provider, *sorted(_services_of(logs))]
        return cls(
            known,
            frozenset(codes),
            Kept(_by_first(services, known)),
            tuple(name for name in services if any(letter.isdigit() for letter in name)),
            _plain(schemas.lists.get("everyday_words", ())),
            lambda: words_in_texts(logs, schemas),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The whole names of two words or more, folded, as they were met."""
        return tuple(" ".join(runs) for runs in self.known.people if len(runs) > 1)

    def masked(self, text: str) -> str:
        """A text, or a file's name, with known people and what else tells of a person put out."""
        shown = self._remembered.get(text)
        if shown is None:
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.clear()
            shown = self._remembered[text] = self._without_names(
                self._without_codes(without_patterns(text, self.addresses))
            )
        return shown

    def doubtful(self, text: str) -> tuple[str, ...]:
        """The words of a masked text that might still be a name: for a person to look at."""
        return doubtful_words(
            text, self.kept.positions, self._words, self.known.words, self.everyday,
            self.known.parts,
        )  # fmt: skip

    @cached_property
    def _words(self) -> Vocabulary:
        return self.vocabulary()

    def _without_codes(self, text: str) -> str:
        if not self.codes:
            return text
        return _CODE.sub(self._code, text)

    def _code(self, found: re.Match[str]) -> str:
        if folded_code(found[0]) in self.codes:
            return CODE
        if found[2] in self.codes:  # beside another word than in the field
            return f"{found.string[found.start() : found.start(2)]}{CODE}"
        return found[0]

    def _without_names(self, text: str) -> str:
        tokens = tokens_of(text)
        if not tokens:
            return text
        kept = self.kept.positions(text, tokens)
        names = found_names(
            self.known, text, tokens, kept, lambda run: is_ordinary(run, self._words)
        )
        if not names:
            return text
        out, last = [], 0
        for start, end in _spans(text, tokens, names):
            out += [text[last:start], NAME]
            last = end
        return "".join([*out, text[last:]])


@lru_cache(maxsize=4)
def name_words(schemas: Schemas) -> NameWords:
    """What the schemas tell about words that are names, may be names, or never are."""
    lists = {name: _plain(words) for name, words in schemas.lists.items()}
    own = {
        name: lists.get(listed, frozenset())
        for name, listed in (
            ("roles", "role_words"), ("common", "common_words"), ("seldom", "seldom_words"),
            ("honorifics", "honorifics"), ("answers", "no_answer"), ("not_names", "not_names"),
        )
    }  # fmt: skip
    titles = lists.get("titles", frozenset())
    own["not_names"] |= own["roles"] | titles
    own["titles"] = titles | own["honorifics"]
    everyday = lists.get("everyday_words", frozenset())
    own["never"] = (everyday | own["not_names"] | words_of_schemas(schemas)) - own["seldom"]
    return NameWords(**own)


def _dates(text: str, one: Token) -> bool:
    """Whether a month's name stands beside a day or a year."""
    before = _DAY_BEFORE.search(text[max(0, one.start - 8) : one.start])
    return bool(before or _YEAR_AFTER.match(text, one.end))


def folded_code(text: str) -> str:
    """A person's number or mark without case, what stands between its parts, and leading zeros.

    >>> folded_code("SU-014"), folded_code("su 14"), folded_code("0047")
    ('su14', 'su14', '0047')
    """
    plain = "".join(letter for letter in text.casefold() if letter.isalnum())
    return re.sub(r"^([^\W\d_]+)0+(?=\d)", r"\1", plain)


def _codes_in(cell: str) -> set[str]:
    """Marks by which a personal field names somebody: letters with digits, or four digits."""
    if not any(letter.isdigit() for letter in cell):
        return set()
    found = {folded_code(one[0]) for one in _CODE.finditer(cell)}
    return {code for code in found if not code.isdigit() or len(code) >= 4}


def _plain(words: Collection[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


def _services_of(logs: Mapping[str, pd.DataFrame]) -> set[str]:
    return {
        str(name)
        for frame in logs.values()
        if "service" in frame
        for name in frame["service"].dropna().unique()
    }


def _by_first(services: Iterable[str], known: Names) -> dict[str, frozenset[Runs]]:
    """Services by their first run; one that is a known person's whole name stays a name."""
    out: dict[str, set[Runs]] = {}
    for service in services:
        runs = tuple(folded(one[0]) for one in RUN.finditer(service))
        if runs and not known.is_whole(runs):
            out.setdefault(runs[0], set()).add(runs)
    return {first: frozenset(names) for first, names in out.items()}


_BEFORE = re.compile(r"(?:[^\W\d_]|Mc|Mac)['’]$")
_APART = re.compile(r"[\s._'’‘,-]{0,2}")


def _spans(text: str, tokens: Sequence[Token], names: set[int]) -> Iterable[tuple[int, int]]:
    """Where names stand, those that follow one another as one; O' goes with what follows."""
    start = end = -1
    for at in sorted(names):
        one = tokens[at]
        if start >= 0 and _APART.fullmatch(text[end : one.start]):
            end = one.end
            continue
        if start >= 0:
            yield start, end
        start, end = one.start, one.end
        if before := _BEFORE.search(text[max(0, start - 4) : start]):
            start -= len(before[0])
    if start >= 0:
        yield start, end
