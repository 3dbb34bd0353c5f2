"""Other wordings of a header: bags of words that say the same thing, the surest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from learnpipe.recognise.header_words import Bag, bag_of

Dated = Literal["dated", "undated", "any"]

_DATE = frozenset(("date",))
_TIME, _DATE_AND_TIME = frozenset(("time", "and")), frozenset(("date", "time"))
_ADD_NOTHING = bag_of(
    "principal primary final current short full detailed overall key unique specific".split()
)
_MAIN, _NUMBERED = frozenset(("main",)), frozenset(("id", "no", "ref"))
_SAYS_NO_MORE = frozenset(("description", "detail", "name", "identified", "named", "agreed"))
_ROWS = {
    "incidents": frozenset(("incident", "accident", "event", "concern", "allegation", "fall")),
    "actions": frozenset(
        "action recommendation task finding improvement issue remediation corrective remedial "
        "preventive preventative capa implementation".split()
    ),
    "feedback": frozenset(("complaint", "feedback", "compliment", "concern", "grievance")),
    "training": bag_of("training session talk toolbox huddle briefing course".split()),
    "observations": bag_of("observation observed spot check assessment assessed".split()),
    "supervisions": bag_of("supervision session discussed discussion meeting".split()),
    "micro_tests": bag_of("test cycle trial pilot pdsa micro".split()),
    "case_samples": bag_of("change seen visible evident evidenced found reflected care".split()),
    "activity": bag_of("total delivered provided monthly".split()),
}
"""The words for what one row of a log is: in its other headers they add nothing."""
_SUBJECTS = {log: own | _SAYS_NO_MORE for log, own in _ROWS.items()}
_ANY_SUBJECT = frozenset[str]().union(*_SUBJECTS.values())
_KINDS = {
    "incidents": ("incident", bag_of(
        "concern allegation fall exposure hazard error breach spill assault collision crash "
        "violation".split()
    )),
    "feedback": ("complaint", _ROWS["feedback"] - {"complaint"}),
    "actions": ("action", bag_of(
        "corrective remedial preventive preventative improvement agreed proposed".split()
    )),
}  # fmt: skip
"""The log's own word, and the kinds of it: the date of an exposure is that of an incident."""
_ALL_KINDS = frozenset[str]().union(*(kinds for _, kinds in _KINDS.values()))
_PAIRS = (bag_of(("close", "call")), bag_of(("near", "miss")))
_COUNTED = frozenset(("no",))
_FOR = frozenset(("for",))
_AHEAD = bag_of("target due planned expected anticipated deadline".split())


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
    if bag > _FOR:  # the "date for review" lies ahead, that "of review" need not
        yield Wording(bag - _FOR, None, "undated" if bag.isdisjoint(_AHEAD) else "any")
    plain = bag - _ADD_NOTHING
    if bag.isdisjoint(_NUMBERED):  # a "Main task ID" is another row's
        plain -= _MAIN
    if plain and plain != bag:
        yield Wording(plain, None, "any")
    if not plain.isdisjoint(_ANY_SUBJECT):
        for log, own in _SUBJECTS.items():
            # "Status of recommendation" in a list of recommendations is their status.
            less = plain - own
            if less and len(less) < len(bag):
                yield Wording(less, log, "undated")
    pairs = [pair for pair in _PAIRS if pair <= plain]
    if whole and (pairs or not plain.isdisjoint(_ALL_KINDS)):
        for log, (word, kinds) in _KINDS.items():
            less = plain - kinds
            if log == "incidents":
                less = less.difference(*pairs)
            if less and less != plain and less.isdisjoint(_COUNTED):
                yield Wording(less | {word}, log, "any")
