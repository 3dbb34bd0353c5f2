"""What gives a person away without a name: addresses, numbers, birthdays, great ages, rooms."""

from __future__ import annotations

import re

_DAY = r"\d{1,4}[\s./-]+(?:\d{1,2}|[A-Za-z]{3,9})[\s./,-]+\d{2,4}"
_DAY_IN_WORDS = r"\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+[A-Za-z]{3,9},?\s+\d{2,4}"
_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|close|drive|dr|way|court|place|crescent|cres|gardens|"
    "gdns|terrace|row|square|hill|grove|mews|walk|parade|green|rise|view|villas|broadway|quay"
)
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<![\w.+'’-])[\w.+'’-]{1,64}@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|birthday)\b[\s:,;(is-]{{0,8}}"
                rf"(?:{_DAY_IN_WORDS}|{_DAY}|\d{{8}}|(?:19|20)\d\d)", re.IGNORECASE),
     "[date of birth]"),
    (re.compile(rf"(?:{_DAY_IN_WORDS}|{_DAY})\s*\(?(?:d\.?o\.?b\b\.?|date of birth)\)?",
                re.IGNORECASE), "[date of birth]"),
    (re.compile(r"(?<![\w+])(?:\+|00)\s?44[\s().-]*(?:\(0\)[\s().-]*)?[1-9](?:[\s().-]{0,2}\d){8,9}"
                r"(?!\d)"), "[telephone]"),
    (re.compile(r"(?<![\w.,-])\(?(?!0\d[\s.-]\d{1,2}[\s.-]\d)0(?:[\s().-]{0,2}\d){9,10}(?!\w)"),
     "[telephone]"),
    (re.compile(r"(?<![\d.,/-])(?:\d(?:[ \u00a0]?\d){9}|\d{3}[.-]\d{3}[.-]\d{4})(?![\d/])"),
     "[number]"),
    (re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?(?:\d\s?){6}[A-D]\b", re.IGNORECASE),
     "[National Insurance number]"),
    (re.compile(r"\b(?:GIR\s?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|"
                r"[A-HK-Y]\d[ABEHMNPRVWXY])\s?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE),
     "[postcode]"),
    (re.compile(rf"\b\d{{1,4}}[A-Za-z]?,?\s+(?:[A-Z][\w'’-]*\s+){{1,3}}"
                rf"(?:{_STREETS.title()}|{_STREETS})\b\.?"), "[address]"),
    (re.compile(r"\b((?:bed)?room|bed|flat|apartment|apt|bungalow|bay|cubicle)s?"
                r"(?:\s+(?:no\.?|number|numbers))?[\s#:.-]{1,3}"
                r"(?:\d{1,4}[a-z]?\b(?!\s*(?:%|am\b|pm\b|hours?\b|days?\b|weeks?\b|minutes?\b|mins?\b|"
                r"times\b|rails?\b|of\b))|(?-i:[A-Z]\d{0,3})\b)", re.IGNORECASE), r"\1 [number]"),
)  # fmt: skip
_WITHOUT_DIGITS = (PATTERNS[0], PATTERNS[-1])
_AGE = re.compile(
    r"\b(aged?(?:\s+of)?\s*:?\s*)(9\d|1[01]\d)\b|\b(9\d|1[01]\d)([\s-]*(?:years?[\s-]*old|"
    r"yrs?[\s-]*old|y/?o|year[\s-]old)\b)",
    re.IGNORECASE,
)


def without_patterns(text: str) -> str:
    """A text without addresses, telephone and other personal numbers, birthdays and great ages.

    >>> without_patterns("Aged 93, room 12, ring 01632 960 001 or a.b@example.org")
    'Aged over 89, room [number], ring [telephone] or [e-mail]'
    """
    if text.isalpha():
        return text
    if any(letter.isdigit() for letter in text):
        text = _AGE.sub(_over_89, text)
        for pattern, shown in PATTERNS:
            text = pattern.sub(shown, text)
        return text
    for pattern, shown in _WITHOUT_DIGITS:
        text = pattern.sub(shown, text)
    return text


def _over_89(found: re.Match[str]) -> str:
    before, _, _, after = found.groups()
    return f"{before}over 89" if before else f"over 89{after}"
