"""The words of a header: as they matter for telling which field it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_STOP_WORDS = frozenset(
    "a an any are at been brief did explain has have if is it of please short the this was"
    " were".split()
)
_ALIKE = {
    "on": "date", "when": "date", "dates": "date", "occurred": "happened",
    "accident": "incident", "occurrence": "incident", "learnt": "learned", "informed": "notified",
    "told": "notified", "patient": "resident", "client": "resident", "tenant": "resident",
    "dt": "date", "dttm": "date", "dtim": "date", "dtm": "date", "cd": "code",
    "child": "resident", "pupil": "resident", "student": "resident", "consumer": "resident",
    "pt": "resident", "tell": "notified",
    "guest": "resident", "prisoner": "resident", "inmate": "resident", "individual": "resident",
    "res": "resident", "concerned": "involved",
    "reference": "ref", "inc": "incident", "desc": "description", "rptd": "reported",
    "recd": "received", "rcvd": "received", "hrs": "hours", "mins": "minutes",
    "ack": "acknowledged", "dept": "department", "loc": "location", "cat": "category",
    "resp": "responsible", "hiqa": "cqc", "ciw": "cqc", "rqia": "cqc",
}  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|ID\b)|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_QUESTION_NUMBER = re.compile(
    r"^\s*(?:q(?:uestion)?\s*)?\d{1,3}\s*[a-z]?\s*[.):]\s*", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|<[^>]*>")
_YES_NO_TAIL = re.compile(r"\b(?:y(?:es)?\s*(?:/|or)\s*no?)\b\W*$", re.IGNORECASE)
_AS_AT = re.compile(r"\b(?:as (?:at|of)|up to|w/?e|week ending)?\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_RANGE = re.compile(r"(?<=\w)\s*\b(\d{1,2})\s*(?:-|–|to)\s*(?!\1\b)\d{1,2}\s*$")
_NUMBER_SIGN = re.compile(r"#|\b(?:number|num|nos|nr|n°|№)\b", re.IGNORECASE)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_AT_THE_TIME = re.compile(r"\bat (?:the )?time of\b")
_HINT = re.compile(r"\s(?:e\.?g\.?|i\.?e\.?|please|choose|select|tick|enter)\s.*$")
_AS_IT_IS = re.compile(
    r"(?!.*\b(?:number|num|nos|nr|eg|ie|please|choose|select|tick|enter|or no?"
    r"|(\d+) to (?!\1\b)\d+)\b)"
    r"[a-z0-9]+(?: [a-z0-9]+)*$"
)


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
    if header.islower() and _AS_IT_IS.match(header):
        return header
    text = _CAMEL.sub(" ", header)
    text = text.replace("&", " and ").replace("_", " ").replace("’", "").replace("'", "")
    text = _QUESTION_NUMBER.sub("", text)
    bare = text if hints else _BRACKETS.sub(" ", text)
    bare = _AS_AT.sub(" ", _YES_NO_TAIL.sub(" ", bare).casefold().strip())
    bare = _RANGE.sub("", _HINT.sub("", bare)) or bare
    bare = _AT_THE_TIME.sub("of", bare)
    bare = _NOT_WORD.sub(" ", _NUMBER_SIGN.sub(" no ", bare)).strip()
    return bare or _NOT_WORD.sub(" ", text.casefold()).strip()


_TAIL = re.compile(
    r"((?:\w+ )+\w+|learning|lessons) (?:to|by|for) (?:the |our |your )?"
    r"(?:dsl|me|us|office|head|headteacher|staff|team|service|scheme|home|school|setting|practice"
    r"|trust|provider|organisation|company|ward|unit|supervisor|senior|nurse in charge"
    r"|shift leader|(?:line |home |registered |duty |service )?manager)$"
)


def without_tail(text: str) -> str | None:
    """What stands before "to the manager" or "by staff" in a `normal` header, None without them.

    >>> without_tail("date reported to line manager"), without_tail("reported by staff")
    ('date reported', None)
    """
    found = _TAIL.match(text)
    return found[1] if found else None


Bag = frozenset[str]


def bag_of(words: Iterable[str]) -> Bag:
    """The words that matter, in no order; plural or not, "on" or "date"."""
    told = [_PLAIN[word] for word in words]
    bag = frozenset(told) - _STOP_WORDS or frozenset(told)
    if "incident" in bag:  # "accident or dangerous occurrence" and "critical incident" are one
        bag -= _INCIDENT_AGAIN
    if "code" in bag and not bag.isdisjoint(_CODED):  # as databases name what has a list of its own
        bag -= _CODE
    return bag - _NUMBER_WORD if "no" in bag and not bag.isdisjoint(_IDS) else bag


class _PlainWords(dict[str, str]):
    """Each word as it stands in a bag, worked out when it is first asked for."""

    def __missing__(self, word: str) -> str:
        told = _ALIKE.get(word, word)
        if len(told) > 3 and told[-1] == "s" and told[-2] != "s" and told not in _STOP_WORDS:
            told = _ALIKE.get(told[:-1], told[:-1])
        self[word] = told
        return told


_PLAIN = _PlainWords()
_INCIDENT_AGAIN = frozenset(
    map(_PLAIN.__getitem__, "or event dangerous critical serious untoward unusual".split())
)
_CODED = frozenset(map(_PLAIN.__getitem__, "type status category severity cause".split()))
_CODE = frozenset(("code",))
_NUMBER_WORD = frozenset(("no",))
_IDS = frozenset(("ref", "id"))
