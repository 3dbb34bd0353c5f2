"""What a finding says, by its code: the problem and what to do, in plain English."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence

from learnpipe.ground.asking import file_pattern, toml_text
from learnpipe.ground.findings import Finding, Place, Severity
from learnpipe.ground.schemas import Field, Schemas
from learnpipe.ground.terms import list_words

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d+)")
_ISO_DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)")
_A_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:\d\d|\d{4}))(?: [\d:]+)?$")
_TO_COME = re.compile(
    r"\b(tb[acd]|to be (?:confirmed|decided|agreed|set|arranged)|to follow|await\w+)\b"
)
_HOW_OFTEN = re.compile(
    r"\b(daily|weekly|fortnightly|monthly|quarterly|annual(?:ly)?|yearly|ongoing|on going"
    r"|continuous|each|every)\b"
)
_HOW_SOON = re.compile(r"\b(immediate(?:ly)?|asap|urgent(?:ly)?|now|straight away|today|soon)\b")
_TYPE_A_DATE = "Type the day, month and year, such as 26/03/2026, or leave the cell empty."

_UNREAD: dict[str, tuple[Severity, str, str]] = {
    "not-a-date": ("blank", '"{raw}" is not a date.', _TYPE_A_DATE),
    "no-such-day": (
        "blank",
        '"{raw}" is no day of the calendar when read day first.',
        "Type the date again as day/month/year.",
    ),
    "date-without-year": (
        "blank",
        '"{raw}" has no year, and the dates around it do not tell it.',
        "Add the year, such as 13/09/2026.",
    ),
    "year-from-sheet": (
        "note",
        '"{raw}" has no year; it was read as {0}, the only one that fits the dates around it.',
        "Type the year as well, so that nothing is left to be worked out.",
    ),
    "two-dates": (
        "blank",
        '"{raw}" holds more than one date.',
        "Keep one date in the cell; put the other into a column of its own or into the notes.",
    ),
    "swapped-dates": (
        "note",
        'In the column "{0}" day and month may have changed places: {3}. This cell holds {1}, '
        "which may be meant as {2}. Nothing was changed.",
        "If they have, add to learnpipe.toml:\n{lines}\nIf the dates are right as they are, write "
        '"as it stands" there instead.',
    ),
    "month-first-dates": (
        "blank",
        'The column "{0}" looks like month first: {2}. This cell is {1} that way. Such cells were '
        "set empty, and the others read day first.",
        "If it is month first, add to learnpipe.toml:\n{lines}\nIf not, type these dates again as "
        "day/month/year.",
    ),
    "dates-as-set": (
        "note",
        'The column "{0}" is read as "{4}", as learnpipe.toml says: {1} as {2}, and so on in {3}.',
        "If that is wrong, take the line out of learnpipe.toml.",
    ),
    "severity-direction": (
        "blank",
        'The column "{0}" tells severity in {2}, and does not say which end is worse, so that '
        "nothing can be read from it ({1}).",
        "If {4} is the worst, add to learnpipe.toml:\n{5}\nIf {3} is the worst:\n{6}\nMove what "
        "means another harm in your log.",
    ),
    "date-beside-word": (
        "note",
        '"{raw}" is a word and a date in one cell: the word is used, the date is not. That is '
        "so in {0} of the column.",
        "Put the date into the column that is meant for it.",
    ),
    "not-a-time": (
        "note",
        '"{raw}" is not a time of day, so the date is used without one.',
        "Type the time as hours and minutes, such as 14:30.",
    ),
    "unclear-mark": (
        "blank",
        '"{raw}" could mean yes or no in this column.',
        "Type yes or no.",
    ),
    "not-a-number": ("blank", '"{raw}" is not a number.', "Type the number alone, in figures."),
}


def unread_finding(
    code: str, place: Place, raw: str, field: Field | None, told: Sequence[str] = ()
) -> Finding:
    """The finding for a cell that could not be read as its field's kind, or needs a word.

    ``told`` are the texts that its sentences need, as the recognise room gives them.
    """
    severity, problem, fix = _UNREAD[code]
    if field is not None and field.kind == "month":
        fix = "Type the month and year, such as Oct 2026."
    elif code == "not-a-date":
        problem, fix = _no_date(raw)
    elif code == "no-such-day":
        problem, fix = _no_day(raw)
    elif code == "swapped-dates" and not told[-1]:
        problem = "Day and month of {1} may have changed places: in this column {3}."
        fix = "If they have, type the date again as {2}."
    lines = ""
    if code in ("swapped-dates", "month-first-dates"):
        pattern = toml_text(file_pattern(place.file, place.sheet))
        lines = f"[dates.{pattern}]\n{told[-1]}"
    texts = {"raw": _short(raw), "lines": lines}
    return Finding(
        code, severity, place, problem.format(*told, **texts), fix.format(*told, **texts)
    )


def _no_date(raw: str) -> tuple[str, str]:
    """Problem and fix for what is no date, by what a person may have meant with it."""
    words = " ".join(raw.casefold().replace("-", " ").split()).strip(" .")
    year = _DAY_MONTH_YEAR.match(raw.strip())
    if year and len(year[3]) not in (2, 4):
        problem = f'"{{raw}}" is not a date: its year has {len(year[3])} figures.'
        return problem, "Type the date again with a year of four figures, such as 26/03/2026."
    if year:
        problem = '"{raw}" is not a date alone.'
        return problem, "Keep the date in the cell; put the rest into the notes."
    if _TO_COME.search(words):
        problem = '"{raw}" is not a date but says that there is none yet.'
        return problem, "Type the date once it is known; until then leave the cell empty."
    if _HOW_OFTEN.search(words):
        problem = '"{raw}" is not a date: it says how often, not by when.'
        return problem, "Type the date by which it is to be done, or looked at next."
    if _HOW_SOON.search(words):
        problem = '"{raw}" is not a date: it says how soon, not which day.'
        return problem, "Type the day that was meant, such as 26/03/2026."
    return _UNREAD["not-a-date"][1:]


def _no_day(raw: str) -> tuple[str, str]:
    """Problem and fix for a day that is none, and may be one month first."""
    found = _DAY_MONTH_YEAR.match(raw.strip())
    if found and int(found[1]) <= 12 < int(found[2]) <= 31:
        month, day = int(found[1]), int(found[2])
        if day > monthrange(2024, month)[1]:  # a leap year
            problem = '"{raw}" is no day of the calendar, whether day or month stands first.'
            return problem, _UNREAD["no-such-day"][2]
        problem = '"{raw}" is no day of the calendar: it looks as if the month stands first.'
        return problem, f"Type the day first, such as {day:02}/{month:02}/{found[3]}."
    return _UNREAD["no-such-day"][1:]


def not_on_list(place: Place, raw: str, field: Field, schemas: Schemas) -> Finding:
    """The finding for a word that is not one of a choice's."""
    words = schemas.words[field.words or "yes_no"]
    said = list_words(list(words.order), "or")
    if _A_DATE.match(raw):
        shown = _ISO_DAY.sub(r"\3/\2/\1", raw).removesuffix(" 00:00:00")
        return Finding(
            "not-on-list",
            "blank",
            place,
            f'"{shown}" is a date, and not {words.title}.',
            f"Type one of {said}; put the date into the column that is meant for it.",
        )
    return Finding(
        "not-on-list",
        "blank",
        place,
        f'"{_short(raw)}" is not {words.title} we know.',
        f'Type one of {said}; or add "{_short(raw)}" to words.{words.name} in learnpipe.toml.',
    )


def out_of_range(place: Place, value: float, field: Field) -> Finding:
    """The finding for a number below or above what its field can hold."""
    low, high = field.low, field.high
    bounds = f"from {low:,.10g} up" if high is None else f"up to {high:,.10g}"
    if low is not None and high is not None:
        bounds = f"from {low:,.10g} to {high:,.10g}"
    return Finding(
        "out-of-range",
        "blank",
        place,
        f"{value:,.10g} cannot be right here: it should be {bounds}.",
        "Check the number and type it again.",
    )


def implausible_date(place: Place, value: str) -> Finding:
    """The finding for a date that no log of today can hold."""
    return Finding(
        "implausible-date",
        "blank",
        place,
        f"{value} is too far back or ahead to be right.",
        "Check the year and type the date again.",
    )


def _short(raw: str) -> str:
    text = " ".join(raw.split())
    return text if len(text) <= 60 else text[:57] + "…"
