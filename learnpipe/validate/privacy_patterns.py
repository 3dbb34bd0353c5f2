"""What gives a person away without a name: addresses, numbers, birthdays, great ages, rooms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.validate.spoken_numbers import A_DAY, A_NINETY, A_SMALL_NUMBER, A_YEAR

Pattern = tuple[re.Pattern[str], str, tuple[str, ...]]
"""What is looked for, what is shown instead, and of which texts one is in any text that has it."""

_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in MONTH_NAMES) + r"|Sept)\b\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_NINETEENTH = r"19\d\d"
_DATE = (
    rf"(?:{_NTH}(?:\s+of)?[\s-]+{_MONTH}(?:[\s,-]+\d{{2,4}})?"
    rf"|{_MONTH}[\s-]+{_NTH}(?:[\s,-]+\d{{2,4}})?"
    rf"|{A_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+(?:\d{{2,4}}|{A_YEAR}))?"
    r"|\d{1,4}[\s./-]+\d{1,2}[\s./,-]+\d{2,4}|\d{8}(?!\d)|(?:19|20)\d\d(?!\d))"
)
_GAP = r"(?:[\s:,;(=.–-]|\b(?:is|was|on|in|the)\b){0,8}"
_BORN_SIGNS = "o.b|o b|ob|birth|born"
_BIRTH = r"(?:d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date|born|birthday)"
_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|close|drive|dr|way|court|place|crescent|cres|gardens|"
    "gdns|terrace|row|square|hill|grove|mews|walk|parade|green|rise|view|villas|broadway|quay"
)
_HOUSE = r"\b\d{1,4}[A-Za-z]?(?:\s?[–/-]\s?\d{1,4}[A-Za-z]?)?,?\s+"
_NO_STREET = (
    "the|a|an|in|on|down|up|to|of|off|from|by|at|and|or|for|with|near|along|across|minutes?|hours?|"
    "days?|staff|residents?|people|times?|service|users?|metres?|miles?|side|main|busy|crossing"
)
_BETWEEN = r"[\s./_,–—-]{1,3}"
_NI = r"[\s./-]{0,2}(?:\d[\s./-]{0,2}){6}"
_ROOM = r"(?:bed)?room|bed|flat|apartment|apt|bungalow|bay|cubicle|rm"
_ROOM_SIGNS = "room|bed|flat|ap|bungalow|bay|cubicle|rm"
_DOMAIN = "com|org|net|uk|co|nhs|gov|info|care|eu|ie"
_TELEPHONE, _NUMBER, _BORN = "[telephone]", "[number]", "[date of birth]"
_NATIONAL_INSURANCE = "[National Insurance number]"


def _pattern(
    pattern: str, shown: str, signs: str = "", flags: re.RegexFlag = re.IGNORECASE
) -> Pattern:
    return re.compile(pattern, flags), shown, tuple(signs.split("|")) if signs else ()


_IN_WORDS: tuple[Pattern, ...] = (
    _pattern(r"\bhttps?://\S+|\bwww\.[\w.-]+\S*", "[link]", "http|www"),
    _pattern(r"(?<![\w.+'’-])[\w.+'’-]{1,64}@[\w-]+(?:\.[\w-]+)+", "[e-mail]", "@"),
    _pattern(rf"(?<![\w.+'’-])[\w.+'’-]{{1,64}}\s?(?:@|\(at\)|\[at\])\s?[\w-]+"
             rf"(?:(?:\.|\(dot\)|\[dot\])[\w-]+)*(?:\.|\(dot\)|\[dot\])(?:{_DOMAIN})\b",
             "[e-mail]", "@|(at)|[at]"),
    _pattern(rf"(?<!\w)[\w.+'’-]{{1,64}}\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)*\s+dot\s+(?:{_DOMAIN})\b",
             "[e-mail]", " dot "),
    _pattern(rf"\b{_BIRTH}{_GAP}{A_DAY}(?:\s+of)?\s+{_MONTH}"
             rf"(?:,?\s+(?:{A_YEAR}|\d{{2,4}}))?", _BORN, _BORN_SIGNS),
    _pattern(rf"\b(aged?(?:\s+of)?\s*:?\s*){A_NINETY}\b", r"\1over 89", "ninety|hundred"),
    _pattern(rf"\b{A_NINETY}([\s-]+years?[\s-]+(?:old|of age))\b", r"over 89\1", "ninety|hundred"),
    _pattern(rf"\b({_ROOM})s?(?:\s+(?:no\.?|number|numbers))?[\s#:.-]{{1,3}}(?-i:[A-Z]\d{{0,3}})\b",
             r"\1 [number]", _ROOM_SIGNS),
    _pattern(rf"\b((?:bed)?room|flat|bungalow)\s+(?:number\s+)?{A_SMALL_NUMBER}\b(?!\s+\w+s\b)",
             r"\1 [number]", "room|flat|bungalow"),
)  # fmt: skip
"""Those that a text without a digit may hold."""

_WITH_DIGITS: tuple[Pattern, ...] = (
    _pattern(r"\b(aged?(?:\s+of)?\s*:?\s*)(?:9\d|1[01]\d)(?:\s?(?:years?|yrs?))?(?!\d)",
             r"\1over 89"),
    _pattern(r"\b(?:9\d|1[01]\d)(\s?-?(?:years?|yrs?)[\s-]*(?:old|of age)\b|\s?yrs?\b|"
             r"\s?y\.?/?o\b\.?)", r"over 89\1"),
    _pattern(r"\b(?:9\d|1[01]\d)\s?years?(?=,? (?:and )?\d{1,2} months?\b)", "over 89 years"),
    _pattern(r"\b(?:9\d|1[01]\d)(?:st|nd|rd|th)\s+birthday", "birthday"),
    _pattern(rf"\b{_BIRTH}{_GAP}{_DATE}", _BORN, _BORN_SIGNS),
    _pattern(r"\bb\.\s?(?:19|20)\d\d\b", _BORN, "b."),
    _pattern(rf"{_DATE}\s*\(?(?:d\.?o\.?b\b\.?|date of birth)\)?", _BORN, _BORN_SIGNS),
    _pattern(rf"(?<![\d/.-])(?:\d{{1,2}}[\s./-]+\d{{1,2}}[\s./-]+{_NINETEENTH}|"
             rf"{_NTH}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_NINETEENTH}|{_NINETEENTH}-\d\d-\d\d)(?!\d)",
             _BORN, "19"),
    _pattern(r"(?<![\w+])(?:\+|00)\s?44[\s().-]*(?:\(0\)[\s().-]*)?[1-9](?:[\s().-]{0,2}\d){8,9}"
             r"(?!\d)", _TELEPHONE),
    _pattern(r"(?<![\w+])(?:\+|00)\s?[1-9]\d{0,2}(?:[\s().-]{0,2}\d){7,11}(?!\d)", _TELEPHONE),
    _pattern(r"(?<!\d)0\d{3,4}/\d{6}(?!\d)", _TELEPHONE),
    _pattern(r"(?<![\w.,-])\(?(?!0\d[\s.-]\d{1,2}[\s.-]\d)0(?:[\s().-]{0,2}\d){9,10}(?!\w)",
             _TELEPHONE),
    _pattern(r"(?<!\d)0[1237]\d{9}(?!\d)", _TELEPHONE),
    _pattern(r"(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)", _NUMBER),
    _pattern(rf"(?<!\d)(?<!\d[.,/-])(?:\d(?:[^\S\n]{{0,2}}\d){{9}}"
             rf"|\d{{3}}{_BETWEEN}\d{{3}}{_BETWEEN}\d{{4}})(?![\d/])", _NUMBER),
    _pattern(rf"\b(?:n\.?i\.?|nino|national insurance)(?:\s+(?:no|number|num)\b)?[\s.:#-]{{1,3}}"
             rf"[A-Z]{{2}}{_NI}[A-Z]?\b", _NATIONAL_INSURANCE),
    _pattern(rf"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]{_NI}[A-D]\b", _NATIONAL_INSURANCE),
    _pattern(r"\b(?:GIR[\s-]{0,3}0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|"
             r"[A-HK-Y]\d[ABEHMNPRVWXY])[\s-]{0,3}\d[ABD-HJLNP-UW-Z]{2})\b", "[postcode]"),
)  # fmt: skip
_PLACES: tuple[Pattern, ...] = (
    _pattern(rf"{_HOUSE}(?:[A-Z][\w'’.-]*\s+){{1,3}}(?:{_STREETS.title()}|{_STREETS})\b\.?",
             "[address]", "", re.RegexFlag(0)),
    _pattern(rf"{_HOUSE}(?:(?!(?:{_NO_STREET})\b)[^\W\d_][\w'’.-]*\s+){{1,2}}"
             r"(?:street|avenue|crescent|terrace|road|lane)\b", "[address]",
             "street|avenue|crescent|terrace|road|lane"),
    _pattern(rf"\b({_ROOM})s?(?:\s+(?:no\.?|number|numbers))?[\s#:.-]{{0,3}}"
             r"\d{1,4}[a-z]?\b(?!\s*(?:%|am\b|pm\b|hours?\b|days?\b|weeks?\b|minutes?\b|mins?\b|"
             r"times\b|rails?\b|of\b))", r"\1 [number]", _ROOM_SIGNS),
)  # fmt: skip
"""Where somebody lives; unless it is a service that goes by its address."""


def without_patterns(text: str, services: Iterable[str] = ()) -> str:
    """A text without addresses, telephone and other personal numbers, birthdays and great ages.

    ``services``: names with a number in them that are no person's address.

    >>> without_patterns("Aged 93, room 12, ring 01632 960 001 or a.b@example.org")
    'Aged over 89, room [number], ring [telephone] or [e-mail]'
    >>> without_patterns("At 14 Mill Road and 12 High Street", ["14 Mill Road"])
    'At 14 Mill Road and [address]'
    """
    if text.isalpha():
        return text
    low = text.lower()
    for pattern, shown, signs in _IN_WORDS:
        if not signs or any(sign in low for sign in signs):
            text = pattern.sub(shown, text)
    if not any(letter.isdigit() for letter in text):
        return text
    for pattern, shown, signs in _WITH_DIGITS:
        if not signs or any(sign in low for sign in signs):
            text = pattern.sub(shown, text)
    for pattern, shown, signs in _PLACES:
        if not signs or any(sign in low for sign in signs):
            text = pattern.sub(_unless_service(shown, services), text)
    return text


def _unless_service(shown: str, services: Iterable[str]) -> Callable[[re.Match[str]], str]:
    def told(found: re.Match[str]) -> str:
        for name in services:
            for own in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", found.string, re.IGNORECASE):
                if own.start() < found.end() and found.start() < own.end():
                    return found[0]
        return found.expand(shown)

    return told
