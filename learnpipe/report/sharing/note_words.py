"""The sentences of the "what changed" note, in the plainest English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
A_FEW, FEWER = "a few times", "fewer than"
SMALL = (A_FEW, FEWER)
"""How small numbers are told."""
_A_FEW_AT_MOST = 5
_CHECKS = {
    "re-audit": "A new audit",
    "sampling": "A sample check",
    "observation": "A practice check",
}
_RESULTS = {"passed": "was passed", "partly": "was passed in part", "failed": "was not passed"}
_VERDICTS = {
    "held": "It now comes up less often, by more than chance.",
    "worse": "It now comes up more often, by more than chance.",
    "came back": "It went down at first, then came back.",
    "no clear change": "Any difference could be chance.",
    "too few to tell": "There are too few to tell if it helped.",
    "too early": "It is too early to tell if it helped.",
}

_LABEL = re.compile(
    r"^(?:(?:what (?:we |has |have )*changed|changes?(?: made)?|learning(?: note| points?)?"
    r"|lessons?(?: learn(?:ed|t))?|actions?(?: taken)?)\s*(?::|[-–—](?=\s))\s*)+",
    re.IGNORECASE,
)
_ROOM = re.compile(r"(?:,| in| at| for|,? of)? \(?(?:room|flat|bed) \[number\]\)?", re.IGNORECASE)


def times_told(count: int | str, threshold: int) -> str:
    """How often: a number that may be told, or words for a small one that may not.

    >>> times_told(0, 5), times_told(12, 5), times_told("under 5", 5), times_told("under 10", 10)
    ('never', '12 times', 'a few times', 'fewer than 10 times')
    """
    if isinstance(count, str):
        return A_FEW if threshold <= _A_FEW_AT_MOST else f"{FEWER} {threshold:,} times"
    return f"{count:,} times" if count else "never"


def weeks_told(weeks: int, within: str = "in") -> str:
    """A span of weeks.

    >>> weeks_told(1), weeks_told(26, "in the")
    ('in 1 week', 'in the 26 weeks')
    """
    return f"{within} 1 week" if weeks == 1 else f"{within} {weeks} weeks"


def came_up(times: str, when: str, place: str = "") -> str:
    """How often something came up, and where.

    >>> came_up("a few times", "in 26 weeks", "Alder House")
    'At Alder House it came up a few times in 26 weeks.'
    >>> came_up("never", "in 9 weeks"), came_up("", "in May 2026")
    ('It did not come up in 9 weeks.', 'It came up in May 2026.')
    """
    who = f"At {place} it" if place else "It"
    if times == "never":
        return f"{who} did not come up {when}."
    return f"{who} came up {f'{times} ' if times else ''}{when}."


def raised_told(begun_on: Any, place: str = "") -> str:
    """When a change was raised whose signals may not be counted here."""
    who = f"At {place} it" if place else "It"
    when = f" in {begun_on.strftime('%B %Y')}" if begun_on == begun_on else ""
    return f"{who} was first raised{when}."


def checked_told(action: Row) -> str:
    """How a change was checked, when, and what the check found.

    >>> import datetime as dt
    >>> checked_told({"verify_by": "observation", "verified_on": dt.date(2026, 10, 13),
    ...               "verification_result": "passed"})
    'A practice check in October 2026 was passed.'
    """
    how = _CHECKS.get(str(action["verify_by"]), "A check")
    result = _RESULTS.get(str(action["verification_result"]), "looked at it")
    return f"{how} in {action['verified_on'].strftime('%B %Y')} {result}."


def verdict_told(verdict: str, since: str) -> str:
    """How often since the change, as far as it may be told, and all that may be said of it.

    >>> verdict_told("held", "It did not come up in 26 weeks.")
    'After the change it did not come up in 26 weeks. It now comes up less often, by more than \
chance.'
    >>> verdict_told("too early", "It came up a few times in 1 week.")
    'It is too early to tell if it helped.'
    """
    said = _VERDICTS.get(verdict, "")
    if verdict == "too early" or not since:
        return said
    return f"After the change {since[:1].lower()}{since[1:]} {said}"


def changed_texts(action: Row, case: Row) -> list[str]:
    """What the logs say was changed, the text meant for staff and families first."""
    found = (action["learning_note"], case.get("learning_note"), action["action"])
    texts = [unlabelled(text) for text in found if isinstance(text, str)]
    return [_sentence(text) for text in texts if text.strip(" .;")]


def unlabelled(text: str) -> str:
    """A text without the label that its writer put before it, for it has one of ours already.

    >>> unlabelled("What changed: Action - new mats"), unlabelled("Changes to the rota")
    ('new mats', 'Changes to the rota')
    """
    return _LABEL.sub("", " ".join(text.split()))


def unplaced(text: str) -> str:
    """A text without the stump that a masked room leaves behind.

    >>> unplaced("Check the mat in room [number] nightly."), unplaced("Sign for it, room [number].")
    ('Check the mat nightly.', 'Sign for it.')
    """
    return _ROOM.sub("", text)


def cut(text: str, most: int) -> str:
    """A text of at most so many words, with … where it was longer.

    >>> cut("one two three", 2)
    'one two…'
    """
    words = text.split()
    return text if len(words) <= most else " ".join(words[:most]).rstrip(" ,;:.") + "…"


def _sentence(text: str) -> str:
    plain = " ".join(text.split()).rstrip(" .;")
    plain = plain[:1].upper() + plain[1:]
    return plain if plain[-1] in "!?" else f"{plain}."
