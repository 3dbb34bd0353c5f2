"""Other wordings of a header: bags of words that say the same thing, the surest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from learnpipe.recognise.header_words import Bag, bag_of

Dated = Literal["dated", "undated", "any"]

_DATE = frozenset(("date",))
_TIME, _DATE_AND_TIME = frozenset(("time", "and")), frozenset(("date", "time"))
_ADD_NOTHING = bag_of("principal primary final current short full detailed overall".split())
_SAYS_NO_MORE = frozenset(("description", "detail", "name"))
_SUBJECTS = {
    "incidents": frozenset(("incident", "accident", "event", "concern", "allegation", "fall")),
    "actions": frozenset(
        "action recommendation task finding improvement issue remediation corrective".split()
    ),
    "feedback": frozenset(("complaint", "feedback", "compliment", "concern", "grievance")),
}
"""The words for what one row of a log is: in its other headers they add nothing."""
_ANY_SUBJECT = _SAYS_NO_MORE.union(*_SUBJECTS.values())
_KINDS = {
    "incidents": ("incident", bag_of(
        "concern allegation fall exposure hazard error breach spill assault collision crash "
        "violation".split()
    )),
    "feedback": ("complaint", _SUBJECTS["feedback"] - {"complaint"}),
}  # fmt: skip
"""The log's own word, and the kinds of it: the date of an exposure is that of an incident."""
_ALL_KINDS = frozenset[str]().union(*(kinds for _, kinds in _KINDS.values()))
_PAIRS = (bag_of(("close", "call")), bag_of(("near", "miss")))
_COUNTED = frozenset(("no",))


class Wording(NamedTuple):
    """A bag that says the same, in one log or all (None), for fields of dates, others or any."""

    bag: Bag
    log: str | None
    fields: Dated


def other_wordings(bag: Bag, whole: bool) -> Iterator[Wording]:
    """The other wordings of a bag that has words of more than one kind; ``whole``: one header."""
    # "Strategy meeting" and "Strategy meeting on" differ in nothing that its cells do not say.
    if len(other := bag ^ _DATE) > 1:
        yield Wording(other, None, "any")
    if bag >= _DATE_AND_TIME:  # "Date and time" of something is its date, to the minute
        yield Wording(bag - _TIME, None, "dated")
    plain = bag - _ADD_NOTHING
    if plain and plain != bag:
        yield Wording(plain, None, "any")
    if not plain.isdisjoint(_ANY_SUBJECT):
        for log, own in _SUBJECTS.items():
            # "Status of recommendation" in a list of recommendations is their status.
            less = plain - own - _SAYS_NO_MORE
            if less and less != bag:
                yield Wording(less, log, "undated")
    pairs = [pair for pair in _PAIRS if pair <= plain]
    if whole and (pairs or not plain.isdisjoint(_ALL_KINDS)):
        for log, (word, kinds) in _KINDS.items():
            less = plain - kinds
            if log == "incidents":
                less = less.difference(*pairs)
            if less and less != plain and less.isdisjoint(_COUNTED):
                yield Wording(less | {word}, log, "any")
