"""Numbers in words, as patterns: days of a month, years, great ages, rooms."""

from __future__ import annotations

_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty"
)
_TENS = "thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NTHS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_LATER = (
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|"
    "nineteenth|twentieth|thirtieth"
)
_HYPHEN = r"[\s-]+"

A_DAY = rf"(?:(?:twenty|thirty){_HYPHEN}(?:{_NTHS})|{_LATER}|{_NTHS})\b"
A_YEAR = (
    r"(?:nineteen|twenty|two\s+thousand)"
    rf"(?:{_HYPHEN}(?:hundred|and|oh|{_TENS}|{_TEENS}|{_UNITS})\b)*"
)
A_NINETY = (
    rf"(?:ninety(?:{_HYPHEN}(?:{_UNITS}))?"
    rf"|(?:a|one){_HYPHEN}hundred(?:{_HYPHEN}and{_HYPHEN}(?:{_UNITS}|{_TEENS}))?)\b"
)
A_SMALL_NUMBER = rf"(?:twenty{_HYPHEN}(?:{_UNITS})|{_TEENS}|{_UNITS})"
