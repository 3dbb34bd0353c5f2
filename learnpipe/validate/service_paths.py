"""The service that a sheet, file or folder is named after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.ground.tables import Source
from learnpipe.validate.service_list import key_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_ENDINGS = {
    "house", "court", "lodge", "grange", "manor", "hall", "cottage", "cottages", "villa", "villas",
    "gardens", "grove", "mews", "priory", "rectory", "vicarage", "hospice", "lawns", "towers",
}  # fmt: skip
"""Words with which the names of homes end; a file named after none of them names no service."""
_NO_NAME = {
    "the", "of", "and", "at", "for", "in", "from", "our", "copy", "final", "draft", "new", "old",
    "latest", "updated", "version", "care", "nursing", "residential", "home", "homes", "service",
    "log", "logs", "incident", "incidents", "accident", "accidents", "action", "actions", "plan",
    "plans", "register", "report", "reports", "tracker", "falls", "fall", "medication", "errors",
    "near", "miss", "misses", "feedback", "complaint", "complaints", "compliments", "training",
    "observation", "observations", "supervision", "supervisions", "activity", "audit", "audits",
    "data", "monthly", "quarterly", "annual", "quarter", "month", "year", "safeguarding", "full",
    "town", "village", "safe", "open",
    *(name.casefold() for name in MONTH_NAMES),
    *(name[:3].casefold() for name in MONTH_NAMES),
}  # fmt: skip


def _texts(source: Source) -> Iterator[str]:
    """What a sheet goes by, nearest first: its name, the file's, the folders'."""
    yield source.sheet or ""
    yield from reversed(source.file.rsplit(".", 1)[0].split("/"))


def known_in_path(source: Source, names: Mapping[str, str]) -> str | None:
    """The one known service that a sheet, file or folder is named after, nearest first.

    ``names``: key → name. Of names that hold each other ("Oak", "Oak Lodge") the longest counts.
    """
    for text in _texts(source):
        key = key_of(text)
        words = f" {key} "
        found = [one for one in names if one and len(one) <= len(key) and f" {one} " in words]
        longest = [one for one in found if not any(one != two and one in two for two in found)]
        if len({names[one] for one in longest}) == 1:
            return names[longest[0]]
    return None


def name_in_path(source: Source) -> str | None:
    """What looks like a home's name in a sheet's, file's or folder's: "Rose Court", or None.

    >>> from learnpipe.ground.tables import Source
    >>> def of(file): return name_in_path(Source(0, "incidents", file, "Sheet1", 0, {}))
    >>> of("Rose Court incidents March.xlsx"), of("Elm Lodge/2026/log.xlsx"), of("Falls.xlsx")
    ('Rose Court', 'Elm Lodge', None)
    """
    for text in _texts(source):
        words = _WORD.findall(text)
        ends = [end for end, word in enumerate(words) if word.casefold() in _ENDINGS]
        named = {name for end in ends if (name := _name_that_ends(words, end))}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _name_that_ends(words: list[str], end: int) -> str | None:
    start = end
    while start and _may_be_named(words[start - 1]):
        start -= 1
    return " ".join(words[start : end + 1]) if start < end else None


def _may_be_named(word: str) -> bool:
    return not word.isdigit() and word.casefold() not in _NO_NAME
