"""The steps of a learning story in words, from one incident and one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from learnpipe.ground.terms import counted, list_words

Row = Mapping[str, Any]
_VERDICTS = {
    "held": "It held: fewer than before, and more than chance would explain",
    "worse": "Worse: more than before, and more than chance would explain",
    "came back": "It held at eight weeks and has come back since",
    "no clear change": "No clear change: the difference could be chance",
    "too few to tell": "Too few to tell",
    "too early": "Too early to tell",
}


_RESULTS = {
    "passed": "the change was seen",
    "partly": "the change was seen in part",
    "failed": "the change was not seen",
}


def trigger_told(case: Row, inferred: bool) -> str:
    """What happened, as the incident log tells it."""
    if not case:
        return ""
    when: str = f"On {day_told(case['day'])}: " if pd.notna(case["day"]) else ""
    story = _sentence(case["summary"]) or _sentence(case["category"]) or _sentence(case["theme"])
    link = " (Linked by service, theme and date: the action names no incident.)" if inferred else ""
    return f"{when}{story}{link}"


def review_told(case: Row) -> str:
    """What the review found, by its route and day."""
    if not case:
        return ""
    route = case["review_route"] if isinstance(case["review_route"], str) else "review"
    cause, factors = _bare(case["cause"]), _bare(case["contributing_factors"])
    found = [cause, f"contributing factors: {factors}" if factors not in ("", cause) else ""]
    when: str = f" on {day_told(case['reviewed_on'])}" if pd.notna(case["reviewed_on"]) else ""
    told = "; ".join(one for one in found if one)
    return f"{route[:1].upper() + route[1:]}{when}{f': {told}' if told else ''}."


def change_told(action: Row, case: Row) -> str:
    """What was changed: the action, and the plan or procedure that now says so."""
    plan = _bare(action["plan_updated"]) or _bare(case.get("plan_updated"))
    told = f"{_bare(action['action'])} (completed {day_told(action['completed_on'])})."
    return f"{told} Plan or procedure: {plan}." if plan else told


def verification_told(action: Row) -> str:
    """How the change was checked, when, and with what result."""
    if pd.isna(action["verified_on"]) or not isinstance(action["verify_by"], str):
        return ""
    result = action["verification_result"]
    told = f"{action['verify_by'].capitalize()} on {day_told(action['verified_on'])}"
    told += (
        f": {_RESULTS.get(result, result)}" if isinstance(result, str) else ", result not recorded"
    )
    measure = _bare(action["how_we_will_know"])
    return f"{told}. Measure: {measure}." if measure else f"{told}."


def spread_told(action: Row, case: Row, sessions: Sequence[Row], as_at: pd.Timestamp) -> str:
    """How the learning reached practice: the note, and the sessions given since."""
    told = []
    note = _bare(case.get("learning_note")) or _bare(action["learning_note"])
    shared = case.get("shared_on")
    if note:
        when = f" shared on {day_told(shared)}" if pd.notna(shared) and shared < as_at else ""
        told.append(f"learning note{when}: “{note}”")
    if sessions:
        days = list_words([day_told(one["delivered_on"]) for one in sessions[-2:]])
        told.append(f"micro-training on {days}")
        if any(pd.notna(one["observed_on"]) and one["observed_on"] < as_at for one in sessions):
            told.append("followed by an observation check")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def outcome_told(before: int, before_days: int, after: int, after_days: int, verdict: str) -> str:
    """Signals of the theme before the change and since, and what may be said of them.

    >>> outcome_told(9, 182, 0, 180, "held")
    'From 9 signals in 26 weeks before to 0 signals in 26 weeks since. It held: fewer than before, \
and more than chance would explain.'
    """
    if verdict not in _VERDICTS:
        return ""
    return (
        f"From {counted(before, 'signal')} in {_weeks(before_days)} before to "
        f"{counted(after, 'signal')} in {_weeks(after_days)} since. {_VERDICTS[verdict]}."
    )


def day_told(moment: Any) -> str:
    """A day in words, such as 4 March 2026."""
    return f"{moment.day} {moment.strftime('%B %Y')}"


def _weeks(days: int) -> str:
    return counted(round(days / 7), "week")


def _bare(cell: Any) -> str:
    """A text without line breaks and the full stop at its end; "" for what is no text."""
    return " ".join(cell.split()).rstrip(" .;") if isinstance(cell, str) else ""


def _sentence(cell: Any) -> str:
    text = _bare(cell)
    return f"{text}." if text else ""
