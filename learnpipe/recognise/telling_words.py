"""The telling words of a log's fields, looked up in one header after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from learnpipe.ground.schemas import Schema
from learnpipe.recognise.header_words import Bag, bag_of, normal

_LONGEST = 12  # words; what is longer is a question about many things
_BRACKETS = re.compile(r"\([^)]*\)|\by(?:es)? ?/ ?no?\b", re.IGNORECASE)


@dataclass
class TellingWords:
    """For each phrase its field, the words that must stand in a header, and those that must not."""

    phrases: tuple[tuple[str, Bag, Bag], ...]
    _found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, schema: Schema) -> TellingWords:
        """The telling words of a schema."""
        return cls(
            tuple(
                (name, _bag(phrase, without=False), _bag(phrase, without=True))
                for name, one in schema.fields.items()
                for phrase in one.telling
            )
        )

    def fields_in(self, header: str) -> tuple[str, ...]:
        """The fields whose telling words stand in a header."""
        if not self.phrases:
            return ()
        if header not in self._found:
            self._found[header] = tuple(dict.fromkeys(self._look_up(header)))
        return self._found[header]

    def _look_up(self, header: str) -> Iterable[str]:
        words = normal(header, hints=True).split()
        if len(words) > _LONGEST or "/" in _BRACKETS.sub("", header):
            return ()  # about many things, of which the words tell one
        bag = bag_of(words)
        return (
            name
            for name, wanted, unwanted in self.phrases
            if wanted <= bag and unwanted.isdisjoint(bag)
        )


def _bag(phrase: str, without: bool) -> Bag:
    """The words of a phrase, or those behind a minus, which are to be missing."""
    return bag_of(w.removeprefix("-") for w in phrase.split() if (w[0] == "-") == without)
