"""What a finding says, by its code: the problem and what to do, in plain English."""

from __future__ import annotations

from learnpipe.ground.findings import Finding, Place, Severity
from learnpipe.ground.schemas import Field, Schemas
from learnpipe.ground.terms import list_words

_UNREAD: dict[str, tuple[Severity, str, str]] = {
    "not-a-date": (
        "blank",
        '"{raw}" is not a date.',
        "Type the day, month and year, such as 26/03/2026, or leave the cell empty.",
    ),
    "no-such-day": (
        "blank",
        '"{raw}" is no day of the calendar when read day first.',
        "Type the date again as day/month/year.",
    ),
    "date-without-year": (
        "blank",
        '"{raw}" has no year.',
        "Add the year, such as 13/09/2026.",
    ),
    "two-dates": (
        "blank",
        '"{raw}" holds more than one date.',
        "Keep one date in the cell; put the other into a column of its own or into the notes.",
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


def unread_finding(code: str, place: Place, raw: str, field: Field | None) -> Finding:
    """The finding for a cell that could not be read as its field's kind."""
    severity, problem, fix = _UNREAD[code]
    if field is not None and field.kind == "month":
        fix = "Type the month and year, such as Oct 2026."
    return Finding(code, severity, place, problem.format(raw=_short(raw)), fix)


def not_on_list(place: Place, raw: str, field: Field, schemas: Schemas) -> Finding:
    """The finding for a word that is not one of a choice's."""
    words = schemas.words[field.words or "yes_no"]
    said = list_words(list(words.order), "or")
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
