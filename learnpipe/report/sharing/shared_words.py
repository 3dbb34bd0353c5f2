"""Free text as it may be shared: without names, services as set, days as months; or held back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.ground.settings import BY_LETTER
from learnpipe.ground.tables import letter_of
from learnpipe.report.facts import Facts

_MONTHS = "|".join(MONTH_NAMES)
_DAY = re.compile(rf"\b(on )?(?:\d{{1,2}}(?:st|nd|rd|th)? )((?:{_MONTHS}) \d{{4}})", re.IGNORECASE)
_DAYS = re.compile(rf"\b(?:\d{{1,2}})(?= and \d{{1,2}} (?:{_MONTHS}))")
_NUMBERS = re.compile(r"\b(on )?\d{1,2}[/.-](\d{1,2})[/.-]((?:20)?\d{2})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(on )?(20\d{2})-(\d{2})-\d{2}\b", re.IGNORECASE)
_NAMED = re.compile(r"((?:^|[.!?:]\s+|[“\"]))?\[name\]")


@dataclass
class Words:
    """What free text becomes before it is shared, and which words a person has yet to look at.

    ``waiting``: word → where it stands and how often.
    """

    masked: Callable[[str], str]
    doubtful: Callable[[str], Iterable[str]]
    services: dict[str, str]
    cleared: frozenset[str]
    waiting: dict[str, Counter[str]] = field(default_factory=dict)
    looked_at: dict[str, Counter[str]] = field(default_factory=dict)
    removed: int = 0
    _known: dict[str, tuple[str, tuple[str, ...], str]] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Facts) -> Words:
        """The words of one report."""
        return cls(
            facts.masked,
            facts.doubtful,
            service_names(facts, facts.settings.sharing.services == BY_LETTER),
            frozenset(word.casefold() for word in facts.settings.sharing.cleared),
        )  # fmt: skip

    def service(self, name: str) -> str:
        """A service as it is shown: its name or its letter."""
        return self.services.get(name, "another service")

    def told(self, text: str, where: str) -> str | None:
        """A text as it may be shared; None while a word in it waits to be cleared."""
        shown, words, told = self._known.get(text) or self._look_at(text)
        self.removed += shown.count("[") - text.count("[")
        waiting = [word for word in words if word.casefold() not in self.cleared]
        for word in words:
            found = self.waiting if word in waiting else self.looked_at
            found.setdefault(word, Counter())[where] += 1
        return None if waiting else told

    def _look_at(self, text: str) -> tuple[str, tuple[str, ...], str]:
        """A text masked, its doubtful words, and how it is told once they are cleared."""
        shown = self.masked(text)
        told = self._by_month(self._lettered(_NAMED.sub(_someone, shown)))
        found = self._known[text] = shown, tuple(self.doubtful(shown)), told
        return found

    def _lettered(self, text: str) -> str:
        if not any(name != shown for name, shown in self.services.items()):
            return text
        for name in sorted(self.services, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self.services[name], text,
                          flags=re.IGNORECASE)  # fmt: skip
        return text

    def _by_month(self, text: str) -> str:
        """Days as months: the day of an event tells those who were there whose it was."""
        text = _DAYS.sub("", text).replace("  and ", " ")
        text = _ISO.sub(lambda one: _in(one[1], int(one[3]), one[2]) or one[0], text)
        text = _NUMBERS.sub(lambda one: _in(one[1], int(one[2]), one[3]) or one[0], text)
        return _DAY.sub(lambda one: f"{_like(one[1])}{one[2]}", text)


def service_names(facts: Facts, by_letter: bool = False) -> dict[str, str]:
    """How each service is called: by letter where that is set, or where its name is a person's."""
    return {
        name: f"Service {letter_of(at)}" if by_letter or facts.masked(name) != name else name
        for at, name in enumerate(facts.judged.span.services)
    }


def _someone(found: re.Match[str]) -> str:
    """Reads better in a bid than a gap in brackets."""
    return "someone" if found[1] is None else f"{found[1]}Someone"


def _like(before: str | None) -> str:
    return "" if not before else "In " if before[0].isupper() else "in "


def _in(before: str | None, month: int, year: str) -> str:
    if not 1 <= month <= 12:
        return ""
    return f"{_like(before)}{MONTH_NAMES[month - 1]} {year if len(year) == 4 else f'20{year}'}"
