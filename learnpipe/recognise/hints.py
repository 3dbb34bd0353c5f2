"""What a header says beside its field: the exact one of several, a date, the answers to choose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from learnpipe.ground.schemas import Field
from learnpipe.recognise.header_words import bag_of, normal
from learnpipe.recognise.hits import Hit
from learnpipe.recognise.knowledge import Knowledge, Samples

_EXACT = re.compile(r"\b(?:exact|precise|specific)\b", re.IGNORECASE)
_EXACTLY = 0.1
_SO_CALLED = 0.08
_NAMES = {"location": re.compile("location|where", re.I), "category": re.compile("category", re.I)}
"""Fields for which several columns may stand; the one that bears their name is the one."""
_OF_A_DATE = frozenset(("date", "time", "and", "dd", "mm", "yy", "yyyy"))
_ANSWERS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_SEVERAL = re.compile(r"s (?:affected|involved|injured|hurt|harmed)\b", re.IGNORECASE)
_LEAST_LETTERS = 3
_BETWEEN = re.compile(r"\s*[/,;|]\s*|\s+or\s+")


def to_the_point(header: str, name: str) -> float:
    """What a header gains against another for the same field: it is the exact one, or so called.

    Of "Room no" and "Location of fall" the second is the location.
    """
    so_called = name in _NAMES and _NAMES[name].search(header)
    return bool(so_called) * _SO_CALLED + bool(_EXACT.search(header)) * _EXACTLY


def asks_date(know: Knowledge, header: str, hits: Sequence[Hit]) -> bool:
    """Whether a header with but one reading may be a yes or no, or a date, and asks for the date.

    "Parents informed" may be either; "Date parents informed" is its date.
    """
    bag = bag_of(normal(header, hints=True).split())
    less = bag - _OF_A_DATE
    entries = {(hit.log, hit.field, "maybe") for hit in hits}
    return less != bag and len(hits) == 1 and not entries.isdisjoint(know.index.bags.get(less, ()))


def counts_people(header: str, one: Field, samples: Samples, at: int) -> bool:
    """Whether a column says how many, not who: "Patients affected" over numbers."""
    many = one.kind == "person" and _SEVERAL.search(header)
    return bool(many) and samples.are_numbers(at)


def has_other_answers(know: Knowledge, header: str, one: Field) -> bool:
    """Whether the answers that a header offers in brackets are none of the field's words.

    "Status (employee/customer)" is no status; of "L/M/H" nobody can tell.
    """
    answers = _answers(header, one)
    told = [know.reader.choice(answer, one.words or "") for answer in answers]
    return len(told) > 1 and min(map(len, answers)) >= _LEAST_LETTERS and not any(told)


def has_own_answers(know: Knowledge, header: str, one: Field) -> bool:
    """Whether all answers that a header offers are the field's: "Injury (none/minor/major)"."""
    told = [know.reader.choice(answer, one.words or "") for answer in _answers(header, one)]
    return len(told) > 1 and all(told)


def _answers(header: str, one: Field) -> list[str]:
    listed = _ANSWERS.search(header) if one.kind == "choice" else None
    return [word for word in _BETWEEN.split(listed[1]) if word] if listed else []
