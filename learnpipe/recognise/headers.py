"""Headers: from the words a provider uses to the fields they may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from learnpipe.ground.schemas import Schemas
from learnpipe.recognise.header_words import Bag, bag_of, normal, without_tail
from learnpipe.recognise.hits import Hit, Role, all_unsure, by_log, hits_of
from learnpipe.recognise.telling_words import TellingWords
from learnpipe.recognise.wordings import other_wordings

BY_CELLS = 0.93
"""The score of a header that is known but for the word "date": its cells must agree, even one."""

_SLIP = 0.28  # the share of a word's letters that may be slips of the pen
_PARTS_OF_A_NAME = frozenset(("first name", "forename", "last name", "surname"))
_SAYS_LITTLE = frozenset("no id date time name ref reference details type of by to and or".split())
_OPENING = re.compile(r"[(\[<]")
_IN_BRACKETS = re.compile(r"\(([^()]{4,60})\)")
_IN_HOURS = re.compile(r"[(\[]\s*(?:in )?(?:hrs?|hours)\b", re.IGNORECASE)
_STILL_DUE = re.compile(r"[(\[]\s*(?:due|target|planned|expected)\b", re.IGNORECASE)
_TO_DO = re.compile(r"actions? to (?!.*\b(?:by|date|who|whom|when)\b)")
_CAPITALS = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,6}\b")
_EITHER = re.compile(r"(|.*\s)([^\W\d_]+)\s*/\s*([^\W\d_]+)(|\s.*)$", re.DOTALL)
_LONGEST = 120  # characters; what is longer is a sentence
_GROUP = " / "  # between the rows of a header
_STROKE = re.compile(r"\s*/\s*")
_PIVOT = re.compile(r"(?:count|sum|average|max|min) of |(?:row|column) labels$|grand total$")


@dataclass
class HeaderIndex:
    """All known headers, looked up exactly, then as a bag of words, then with slips mended."""

    exact: dict[str, list[tuple[str, str, Role]]] = field(default_factory=dict)
    bags: dict[Bag, list[tuple[str, str, Role]]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    against: dict[str, set[str]] = field(default_factory=dict)
    telling: dict[str, TellingWords] = field(default_factory=dict)
    not_logs: dict[str, list[str]] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    dated: set[tuple[str, str]] = field(default_factory=set)
    _near_length: dict[int, list[str]] = field(default_factory=dict)
    _found: dict[tuple[str, bool], tuple[Hit, ...]] = field(default_factory=dict)
    _mended: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, schemas: Schemas) -> HeaderIndex:
        """The index of a set of schemas."""
        index = cls()
        for log, schema in schemas.logs.items():
            for name, one in schema.fields.items():
                if one.dated:
                    index.dated.add((log, name))
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
            index.telling[log] = TellingWords.of(schema)
            index.against[log] = {normal(header) for header in schema.marks_against}
        index.kinds = [kind.kind for kind in schemas.not_logs]
        for kind in schemas.not_logs:
            for header in dict.fromkeys(map(normal, kind.headers)):
                index.not_logs.setdefault(header, []).append(kind.kind)
                index.vocabulary.update(header.split())
        return index

    def _add(self, header: str, entry: tuple[str, str, Role]) -> None:
        words = header.split()
        self.vocabulary.update(words)
        sure = (entry[0], entry[1], "sure")
        for entries in (
            self.exact.setdefault(header, []),
            self.bags.setdefault(bag_of(words), []),
        ):
            if sure not in entries:
                entries.append(entry)

    def find(self, header: str, mend: bool = True) -> tuple[Hit, ...]:
        """The fields that a header may stand for, in any log; ``mend``: slips of the pen too."""
        key = (header, mend)
        if key not in self._found:
            found = by_log(self.find(header, mend=False)) if mend else self._as_typed(header)
            if mend and len(text := normal(header)) <= _LONGEST:
                for log, hits in by_log(self._search(text)).items():
                    found.setdefault(log, hits)
            self._found[key] = tuple(hit for hits in found.values() for hit in hits)
        return self._found[key]

    def _as_typed(self, raw: str) -> dict[str, tuple[Hit, ...]]:
        """The fields of a header without a slip of the pen: log → hits."""
        text = with_hints = normal(raw, hints=True)
        if _OPENING.search(raw):
            text = normal(raw)
        if not text or len(text) > _LONGEST:
            return {}
        whole = _GROUP not in raw
        found = self._look_up(with_hints, whole)
        if text != with_hints:
            for log, all_hits in self._look_up(text, whole).items():
                hits = tuple(hit for hit in all_hits if not self._made_another(raw, hit))
                if hits and (log not in found or (all_unsure(found[log]) and not all_unsure(hits))):
                    found[log] = hits
            self._look_inside(raw, found)
        if "/" in raw:
            self._look_on_both_sides(raw, found)
            self._look_at_first_side(raw, found)
        if not found and (less := without_tail(with_hints)):
            found = {
                log: tuple(replace(hit, score=BY_CELLS) for hit in hits)
                for log, hits in self._look_up(less, whole).items()
            }
        if "actions" not in found and _TO_DO.match(text):  # "Action to prevent recurrence"
            found |= by_log(hits_of((("actions", "action", "sure"),), BY_CELLS))
        if not found and _CAPITALS.search(raw := raw.replace("_", " ")) and not raw.isupper():
            self._look_past_capitals(raw, found)
        return found

    def is_known(self, text: str) -> bool:
        """Whether a text, made `normal`, is surely the header of some field as it stands."""
        return any(role == "sure" for _, _, role in self.exact.get(text, ()))

    def _look_up(self, text: str, whole: bool = True) -> dict[str, tuple[Hit, ...]]:
        """The fields of a header as it stands, or of its words in another order: log → hits.

        Each log takes what the surest way of looking finds for it. ``whole``: no header of two
        rows, whose upper one may be about something else.
        """
        bag = bag_of(text.split())
        found = by_log(hits_of(self.exact.get(text, ()), 1.0))
        for log, hits in by_log(hits_of(self.bags.get(bag, ()), 0.97)).items():
            found.setdefault(log, hits)
        for other, of, fields in other_wordings(bag, whole):
            for log, hits in by_log(hits_of(self.bags.get(other, ()), BY_CELLS)).items():
                if log in found or of not in (None, log):
                    continue
                dated = [(log, hit.field) in self.dated for hit in hits]
                if fields == "dated" and not all(dated):
                    continue
                if mine := tuple(
                    hit for hit, one in zip(hits, dated, strict=True)
                    if not (one and fields == "undated")
                ):  # fmt: skip
                    found[log] = mine
        return found

    def _made_another(self, raw: str, hit: Hit) -> bool:
        """Whether brackets behind a header make another fact of it: "Replied (due)"."""
        if _IN_HOURS.search(raw):
            return hit.field == "minutes"
        return (
            (hit.log, hit.field) in self.dated
            and "due" not in hit.field
            and _STILL_DUE.search(raw) is not None
        )

    def _look_inside(self, raw: str, found: dict[str, tuple[Hit, ...]]) -> None:
        """Add what the words in brackets surely are, where those before them are nothing sure."""
        inside = _IN_BRACKETS.search(raw)
        if not inside or any(not all_unsure(hits) for hits in found.values()):
            return
        for hit in hits_of(self.exact.get(normal(inside[1]), ()), BY_CELLS):
            if hit.role == "sure":
                found[hit.log] = (hit,)

    def _look_on_both_sides(self, raw: str, found: dict[str, tuple[Hit, ...]]) -> None:
        """Add what "Clients/Residents involved" is, if it may be that with either word alone."""
        if not (parts := _EITHER.match(raw)):
            return
        before, one, other, after = parts.groups()
        read = [self._look_up(normal(before + word + after)) for word in (one, other)]
        for log in read[0].keys() & read[1].keys() - found.keys():
            sides = [side[log] for side in read]
            if {hit.field for hit in sides[0]} != {hit.field for hit in sides[1]}:
                continue
            if told := [hits for hits in sides if all(hit.role == "sure" for hit in hits)]:
                found[log] = tuple(replace(hit, score=BY_CELLS) for hit in told[0])

    def _look_at_first_side(self, raw: str, found: dict[str, tuple[Hit, ...]]) -> None:
        """Add what the first of two sides surely is, as "Lessons learned / shared with team"."""
        first, *others = map(normal, _STROKE.split(raw))
        if len(others) == 1 and " " in first:
            for hit in hits_of(self.exact.get(first, ()), BY_CELLS):
                if hit.role == "sure" and not self._look_up(others[0]).get(hit.log):
                    found.setdefault(hit.log, (hit,))

    def _look_past_capitals(self, raw: str, found: dict[str, tuple[Hit, ...]]) -> None:
        """Add which date or category "Date reported on StEIS" and "OVR category" are.

        Letters that no header uses are the name of somebody's system or form.
        """
        less = _CAPITALS.sub(
            lambda word: word[0] if self._is_of_words(word[0].casefold()) else " ", raw
        )
        for log, hits in self._look_up(normal(less)).items() if less != raw else ():
            known = all(
                ((log, hit.field) in self.dated and "review" not in hit.field)
                or hit.field == "category"
                for hit in hits
            )  # the "Date MUST reviewed" is a plan's
            if known and log not in found:
                found[log] = tuple(replace(hit, score=min(hit.score, BY_CELLS)) for hit in hits)

    def sides(self, raw: str) -> tuple[Hit, ...]:
        """What the sides of a stroke may stand for, of a header that as a whole says nothing."""
        sides = [self._look_up(normal(side)) for side in _STROKE.split(raw)]
        return tuple(
            Hit(hit.log, hit.field, "maybe", 0.6)
            for side in sides if len(sides) == 2
            for hits in side.values()
            for hit in hits
        )  # fmt: skip

    def _search(self, text: str) -> tuple[Hit, ...]:
        words = text.split()
        if len(words) > 12:
            return ()
        for mended in product(*(self._mend(word) for word in words)):
            if list(mended) != words and (bag := bag_of(mended)) in self.bags:
                return hits_of(self.bags[bag], 0.9)
        # Words that no header uses say nothing: without them it may be a known header.
        plain = [word for word in words if word in self.vocabulary and not word.isdigit()]
        telling = set(plain) - _SAYS_LITTLE
        if telling and 0 < len(words) - len(plain) <= len(plain):
            return tuple(
                Hit(hit.log, hit.field, "maybe" if hit.role == "sure" else hit.role, 0.6)
                for hit in hits_of(self.bags.get(bag_of(plain), []), 0.6)
            )
        return ()

    def _is_of_words(self, word: str) -> bool:
        """Whether a word is a known one, or may be a slip of the pen for one."""
        return word in self.vocabulary or self._mend(word) != (word,)

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
            # Another first letter makes another word ("treated", "created"), a lost one none.
            near = [one for one in near if one[0][0] == word[0] or one[0][1:] == word]
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
        counts = dict.fromkeys(self.kinds, 0)
        named = False
        for header in dict.fromkeys(headers):
            if header in _PARTS_OF_A_NAME:
                if named:
                    continue  # first and last name are one thing
                named = True
            for kind in self.not_logs.get(header, ()):
                counts[kind] += 1
        counts["pivot table"] = sum(_PIVOT.match(header) is not None for header in headers)
        kind = max(counts, key=counts.__getitem__)
        return (kind, counts[kind])
