"""Headers: from the words a provider uses to the fields they may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from learnpipe.ground.schemas import Schemas

Role = Literal["sure", "maybe", "time", "tick"]

BY_CELLS = 0.93
"""The score of a header that is known but for the word "date": its cells must agree, even one."""

_SLIP = 0.28  # the share of a word's letters that may be slips of the pen
_STOP_WORDS = frozenset(
    "a an any are at been brief did has have if is it of please short the this was were".split()
)
_ALIKE = {
    "on": "date", "when": "date", "dates": "date", "occurred": "happened",
    "accident": "incident", "occurrence": "incident", "learnt": "learned", "informed": "notified",
    "told": "notified", "patient": "resident", "client": "resident", "tenant": "resident",
    "reference": "ref", "inc": "incident", "desc": "description", "rptd": "reported",
    "ack": "acknowledged", "dept": "department", "loc": "location", "cat": "category",
    "resp": "responsible",
}  # fmt: skip
_SAYS_LITTLE = frozenset("no id date time name ref reference details type of by to and or".split())
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|ID\b)")
_QUESTION_NUMBER = re.compile(
    r"^\s*(?:q(?:uestion)?\s*)?\d{1,3}\s*[a-z]?\s*[.):]\s*", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|<[^>]*>")
_OPENING = re.compile(r"[(\[<]")
_YES_NO_TAIL = re.compile(r"\b(?:y(?:es)?\s*(?:/|or)\s*no?)\b\W*$", re.IGNORECASE)
_AS_AT = re.compile(r"\b(?:as (?:at|of)|up to|w/?e|week ending)?\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_NUMBER_SIGN = re.compile(r"#|\b(?:number|num|nos|nr|n°|№)\b", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_PIVOT = re.compile(r"(?:count|sum|average|max|min) of |(?:row|column) labels$|grand total$")
_HINT = re.compile(r"\s(?:e\.?g\.?|i\.?e\.?|please|choose|select|tick|enter)\s.*$")


@lru_cache(maxsize=1 << 16)
def normal(header: str, hints: bool = False) -> str:
    """A header without what does not matter: case, numbers in front, hints behind, punctuation.

    ``hints`` keeps what stands in brackets, which may be the telling part.

    >>> [normal(h) for h in ("4a. Date of incident (DD/MM/YYYY)", "caseNo", "Safeguarding Y/N",
    ...                      "Date\\nclosed: ", "ID #", "Status as at 31/10/2026")]
    ['date of incident', 'case no', 'safeguarding', 'date closed', 'id no', 'status']
    >>> normal("SG raised (date)", hints=True)
    'sg raised date'
    """
    text = _CAMEL.sub(" ", header)
    text = text.replace("&", " and ").replace("_", " ").replace("’", "").replace("'", "")
    text = _QUESTION_NUMBER.sub("", text)
    bare = text if hints else _BRACKETS.sub(" ", text)
    bare = _AS_AT.sub(" ", _YES_NO_TAIL.sub(" ", bare).casefold().strip())
    bare = _HINT.sub("", bare) or bare
    bare = _NOT_WORD.sub(" ", _NUMBER_SIGN.sub(" no ", bare)).strip()
    return bare or _NOT_WORD.sub(" ", text.casefold()).strip()


def _bag(words: str) -> tuple[str, ...]:
    """The words that matter, in no order; plural or not, "on" or "date"."""
    told = [_ALIKE.get(word, word) for word in words.split()]
    told = [
        word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] != "s" else word
        for word in told
    ]
    bag = set(told) - _STOP_WORDS or set(told)
    return tuple(sorted(bag - {"no"} if bag & {"ref", "id"} else bag))


@dataclass(frozen=True, slots=True)
class Hit:
    """One field that a header may stand for, and how good the match is (0 to 1)."""

    log: str
    field: str
    role: Role
    score: float


@dataclass
class HeaderIndex:
    """All known headers, looked up exactly, then as a bag of words, then with slips mended."""

    exact: dict[str, list[tuple[str, str, Role]]] = field(default_factory=dict)
    bags: dict[tuple[str, ...], list[tuple[str, str, Role]]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    against: dict[str, set[str]] = field(default_factory=dict)
    not_logs: dict[str, set[str]] = field(default_factory=dict)
    _near_length: dict[int, list[str]] = field(default_factory=dict)
    _found: dict[tuple[str, bool], tuple[Hit, ...]] = field(default_factory=dict)
    _mended: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, schemas: Schemas) -> HeaderIndex:
        """The index of a set of schemas."""
        index = cls()
        for log, schema in schemas.logs.items():
            for name, one in schema.fields.items():
                own = (name.replace("_", " "), one.title)
                roles: tuple[tuple[Role, tuple[str, ...]], ...] = (
                    ("sure", (*one.headers, *own)),
                    ("time", one.time_headers),
                    ("tick", one.tick_headers),
                    ("maybe", one.maybe),
                )
                for role, headers in roles:
                    for header in headers:
                        index._add(normal(header), (log, name, role))
            index.against[log] = {normal(header) for header in schema.marks_against}
        for kind in schemas.not_logs:
            for header in kind.headers:
                index.not_logs.setdefault(kind.kind, set()).add(normal(header))
                index.vocabulary.update(normal(header).split())
        return index

    def _add(self, header: str, entry: tuple[str, str, Role]) -> None:
        self.vocabulary.update(header.split())
        for entries in (
            self.exact.setdefault(header, []),
            self.bags.setdefault(_bag(header), []),
        ):
            if not any(e[:2] == entry[:2] and e[2] == "sure" for e in entries):
                entries.append(entry)

    def find(self, header: str, mend: bool = True) -> tuple[Hit, ...]:
        """The fields that a header may stand for, in any log; ``mend``: slips of the pen too."""
        raw = header
        if (raw, mend) not in self._found:
            text = with_hints = normal(raw, hints=True)
            if _OPENING.search(raw):
                text = normal(raw)
            found: dict[str, tuple[Hit, ...]] = {}
            if text and len(text) <= 120:
                found = self._look_up(with_hints)
                if text != with_hints:
                    for log, hits in self._look_up(text).items():
                        if log not in found or (_unsure(found[log]) and not _unsure(hits)):
                            found[log] = hits
                if mend:
                    for log, hits in _by_log(self._search(text)).items():
                        found.setdefault(log, hits)
            self._found[raw, mend] = tuple(hit for hits in found.values() for hit in hits)
        return self._found[raw, mend]

    def is_known(self, text: str) -> bool:
        """Whether a text, made `normal`, is surely the header of some field as it stands."""
        return any(role == "sure" for _, _, role in self.exact.get(text, ()))

    def _look_up(self, text: str) -> dict[str, tuple[Hit, ...]]:
        """The fields of a header as it stands, or of its words in another order: log → hits.

        Each log takes what the surest way of looking finds for it.
        """
        bag = _bag(text)
        found = _by_log(_hits(self.exact.get(text, ()), 1.0))
        for log, hits in _by_log(_hits(self.bags.get(bag, ()), 0.97)).items():
            found.setdefault(log, hits)
        # "Strategy meeting" and "Strategy meeting on" differ in nothing that its cells do not say.
        other = tuple(word for word in bag if word != "date")
        if other == bag:
            other = tuple(sorted({*bag, "date"}))
        if len(other) > 1 and other in self.bags:
            for log, hits in _by_log(_hits(self.bags[other], BY_CELLS)).items():
                found.setdefault(log, hits)
        return found

    def _search(self, text: str) -> tuple[Hit, ...]:
        words = text.split()
        if len(words) > 12:
            return ()
        for mended in product(*(self._mend(word) for word in words)):
            if list(mended) != words and (bag := _bag(" ".join(mended))) in self.bags:
                return _hits(self.bags[bag], 0.9)
        # Words that no header uses say nothing: without them it may be a known header.
        plain = [word for word in words if word in self.vocabulary and not word.isdigit()]
        telling = set(plain) - _SAYS_LITTLE
        if telling and 0 < len(words) - len(plain) <= len(plain):
            return tuple(
                Hit(hit.log, hit.field, "maybe" if hit.role == "sure" else hit.role, 0.6)
                for hit in _hits(self.bags.get(_bag(" ".join(plain)), []), 0.6)
            )
        return ()

    def _mend(self, word: str) -> tuple[str, ...]:
        """The known words of which this one may be a slip of the pen, or the word itself."""
        if word in self.vocabulary or len(word) < 4 or word.isdigit():
            return (word,)
        if word not in self._mended:
            near = process.extract(
                word,
                self._of_length(len(word)),
                scorer=OSA.normalized_similarity,
                score_cutoff=1 - _SLIP if len(word) > 6 else 0.75,
                limit=2,
            )
            self._mended[word] = tuple(found for found, _, _ in near) or (word,)
        return self._mended[word]

    def _of_length(self, length: int) -> list[str]:
        """The known words that are not too long or too short to be a slip of one of this length."""
        if length not in self._near_length:
            self._near_length[length] = sorted(
                word
                for word in self.vocabulary
                if len(word) >= 4 and abs(len(word) - length) <= _SLIP * max(len(word), length)
            )
        return self._near_length[length]

    def not_a_log(self, headers: list[str]) -> tuple[str, int]:
        """The kind of sheet that is no log whose headers are most of these, and how many are."""
        present = set(headers)
        counts = {kind: len(present & marks) for kind, marks in self.not_logs.items()}
        counts["pivot table"] = sum(_PIVOT.match(header) is not None for header in headers)
        kind = max(counts, key=lambda k: counts[k], default="")
        return (kind, counts.get(kind, 0))


def _hits(entries: Sequence[tuple[str, str, Role]], score: float) -> tuple[Hit, ...]:
    return tuple(Hit(log, name, role, score) for log, name, role in entries)


def _by_log(hits: tuple[Hit, ...]) -> dict[str, tuple[Hit, ...]]:
    out: dict[str, tuple[Hit, ...]] = {}
    for hit in hits:
        out[hit.log] = (*out.get(hit.log, ()), hit)
    return out


def _unsure(hits: tuple[Hit, ...]) -> bool:
    return all(hit.role == "maybe" for hit in hits)
