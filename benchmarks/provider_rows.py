"""Rows of a made-up provider's logs: seeded, plain, and shaped like the real thing.

Nobody in them exists. A row is a tuple in the order of its log's header; an empty cell is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

Cell = str | int | date | datetime | time | None
Row = tuple[Cell, ...]

LAST_DAY = date(2026, 10, 31)
"""What falls after it has not happened yet, so its cells are empty."""

TEXT_DATES = 0.03
"""The share of rows whose first date was typed as text."""

INCIDENTS = (
    "Ref", "Service", "Incident date", "Time of incident", "Date reported", "Type of incident",
    "Theme", "Level of harm", "Tier", "Person affected", "Reported by", "What happened",
    "Immediate action taken", "Triaged", "Date reviewed", "Reviewed by", "Root cause",
    "Safeguarding", "Duty of candour", "Status", "Date closed", "Learning note",
)  # fmt: skip
ACTIONS = (
    "Action ref", "Incident ref", "Service", "Theme", "Action required", "Owner", "Priority",
    "Date raised", "Due date", "Status", "Date completed", "Verification method", "Verified on",
    "Result",
)  # fmt: skip
FEEDBACK = (
    "Ref", "Service", "Type of feedback", "Theme", "Details", "Date received",
    "Date acknowledged", "Date responded", "Outcome", "Satisfied with handling", "Status",
    "Date closed",
)  # fmt: skip
TRAINING = (
    "Service", "Theme", "Date triggered", "Date delivered", "Minutes", "Number attended",
    "Number eligible", "Trainer",
)  # fmt: skip
OBSERVATIONS = (
    "Service", "Theme", "Behaviour observed", "Staff member", "Observer", "Date observed", "Result",
)  # fmt: skip
SUPERVISIONS = ("Service", "Staff member", "Supervision date", "Theme discussed", "Action captured")
ACTIVITY = ("Service", "Month", "Bed days", "Headcount")

THEMES = {
    "Fall": ("Falls at night", "Falls in bathroom", "Falls on transfer"),
    "Medication": ("Missed dose", "Wrong time", "Recording gap on MAR"),
    "Skin integrity": ("Pressure damage", "Skin tear"),
    "Nutrition": ("Choking risk", "Weight loss"),
    "Behaviour": ("Distress at personal care", "Altercation between residents"),
    "Environment": ("Call bell not answered", "Equipment failure"),
}
HARM = {"No harm": 0.46, "Low": 0.36, "Moderate": 0.15, "Severe": 0.03}
CAUSES = (
    "Handover did not mention the change", "Care plan out of date", "Staffing below plan",
    "Equipment not checked", "Guidance hard to find", "Lighting poor in the corridor",
)  # fmt: skip
FOUND = ("found by the bed", "found in the bathroom", "seen in the lounge", "heard calling out",
         "noticed at handover", "noticed during the medication round")  # fmt: skip
THEN = ("Checked for injury and observations taken", "GP rung and family told",
        "Made comfortable and monitored hourly", "Manager informed, area made safe",
        "111 called, advice followed")  # fmt: skip
DOINGS = ("Update the care plan for", "Add a prompt to the handover sheet about",
          "Re-audit ten records for", "Order and check equipment for",
          "Rewrite the room checklist for", "Observe two shifts for")  # fmt: skip
SURNAMES = (
    "Abbot", "Barlow", "Cotter", "Denby", "Eccles", "Farrow", "Garside", "Hallam", "Ingham",
    "Jessop", "Kershaw", "Lomas", "Mellor", "Nuttall", "Ogden", "Pickup", "Quarmby", "Ramsden",
    "Sugden", "Thorpe", "Unsworth", "Varley", "Whitham", "Yarwood",
)  # fmt: skip


class Place(NamedTuple):
    """One service and the people in it."""

    name: str
    code: str
    residents: tuple[str, ...]
    staff: tuple[str, ...]


def place(name: str, code: str, chance: Random) -> Place:
    """Make a service with 40 residents and 18 staff."""

    def people(count: int) -> tuple[str, ...]:
        return tuple(
            f"{chance.choice('ABCDEFGHJKLMNPRSTW')}. {chance.choice(SURNAMES)}"
            for _ in range(count)
        )

    return Place(name, code, people(40), people(18))


def incidents(where: Place, days: Sequence[date], chance: Random) -> Iterator[Row]:
    """One row of `INCIDENTS` for each day given, in that order."""
    kinds, harms, weights = tuple(THEMES), tuple(HARM), tuple(HARM.values())
    for number, day in enumerate(days, start=1):
        kind = chance.choice(kinds)
        theme = chance.choice(THEMES[kind])
        harm = chance.choices(harms, weights)[0]
        tier = harms.index(harm)
        at = time(chance.randrange(24), chance.randrange(0, 60, 5))
        reported = day if chance.random() < 0.85 else _by(day, 1)
        person = chance.choice(where.residents)
        triaged = datetime.combine(reported or day, at) + timedelta(hours=chance.randrange(1, 40))
        reviewed = None
        if tier and chance.random() < 0.9:
            reviewed = _by(reported, chance.randrange(1, (7, 9, 10, 34)[tier]))
        closed = _by(reviewed or triaged.date(), chance.randrange(2, 45))
        yield (
            f"{where.code}-{number:05d}",
            where.name,
            _typed(day, chance),
            at,
            reported,
            kind,
            theme,
            harm,
            f"Tier {tier}" if chance.random() < 0.96 else None,
            person,
            chance.choice(where.staff),
            f"{theme}: {person} {chance.choice(FOUND)} at {at:%H:%M}, room "
            f"{chance.randrange(1, 45)}, check number {chance.randrange(1000, 9999)}.",
            chance.choice(THEN),
            triaged if triaged.date() <= LAST_DAY and chance.random() < 0.94 else None,
            reviewed,
            chance.choice(where.staff[:4]) if reviewed else None,
            chance.choice(CAUSES) if reviewed and chance.random() < 0.9 else None,
            "Yes" if tier == 3 or chance.random() < 0.04 else "No",
            "Yes" if tier == 3 else "No",
            "Closed" if closed else "Open",
            closed,
            f"What changed: {chance.choice(CAUSES).lower()} put right; shared at huddle."
            if closed and chance.random() < 0.7
            else None,
        )


def actions(where: Place, from_rows: Sequence[Row], count: int, chance: Random) -> list[Row]:
    """`count` rows of `ACTIONS` that follow from rows of `INCIDENTS`, by date raised."""
    column = {header: position for position, header in enumerate(INCIDENTS)}
    made: list[tuple[date, Row]] = []
    for cause in chance.choices(from_rows, k=count):
        reported = cause[column["Date reported"]]
        start = reported if isinstance(reported, date) else LAST_DAY
        raised = _by(start, chance.randrange(6)) or LAST_DAY
        allowed = chance.choice((7, 14, 28, 42))
        took = round(allowed * chance.uniform(0.3, 1.3))
        completed = _by(raised, took) if chance.random() < 0.95 else None
        verified = _by(completed, chance.randrange(20, 70)) if chance.random() < 0.75 else None
        theme = cause[column["Theme"]]
        row: Row = (
            None,
            cause[column["Ref"]],
            where.name,
            theme,
            f"{chance.choice(DOINGS)} {str(theme).lower()}, room {chance.randrange(1, 45)}",
            chance.choice(where.staff),
            chance.choice(("High", "Medium", "Low")),
            _typed(raised, chance),
            raised + timedelta(days=allowed),
            "Completed" if completed else chance.choice(("Open", "In progress")),
            completed,
            chance.choice(("Re-audit", "Sampling", "Observation")) if verified else None,
            verified,
            chance.choice(("Change seen", "Change seen", "Not yet seen")) if verified else None,
        )
        made.append((raised, row))
    made.sort(key=lambda pair: (pair[0], str(pair[1][1:])))
    return [(f"{where.code}-A{n:05d}", *row[1:]) for n, (_, row) in enumerate(made, start=1)]


def feedback(where: Place, days: Sequence[date], chance: Random) -> Iterator[Row]:
    """One row of `FEEDBACK` for each day given."""
    for number, day in enumerate(days, start=1):
        kind = chance.choice(("Complaint", "Complaint", "Concern", "Compliment"))
        theme = chance.choice(THEMES[chance.choice(tuple(THEMES))])
        told = None if kind == "Compliment" else _by(day, chance.randrange(6))
        answered = _by(told, chance.randrange(5, 40))
        yield (
            f"{where.code}-F{number:04d}",
            where.name,
            kind,
            theme,
            f"Family of {chance.choice(where.residents)} wrote about {theme.lower()}.",
            _typed(day, chance),
            told,
            answered,
            chance.choice(("Upheld", "Partly upheld", "Not upheld")) if answered else None,
            chance.choice(("Yes", "Yes", "No", None)) if answered else None,
            "Closed" if answered or kind == "Compliment" else "Open",
            answered,
        )


def training(where: Place, days: Sequence[date], chance: Random) -> Iterator[Row]:
    """One row of `TRAINING` for each day on which a need was seen."""
    for day in days:
        theme = chance.choice(THEMES[chance.choice(tuple(THEMES))])
        delivered = _by(day, chance.randrange(1, 12))
        eligible = chance.randrange(12, 19)
        came = eligible - chance.randrange(5)
        yield (where.name, theme, day, delivered, chance.choice((10, 15, 20, 30)), came, eligible,
               chance.choice(where.staff[:4]))  # fmt: skip


def observations(where: Place, days: Sequence[date], chance: Random) -> Iterator[Row]:
    """One row of `OBSERVATIONS` for each day given."""
    for day in days:
        theme = chance.choice(THEMES[chance.choice(tuple(THEMES))])
        yield (where.name, theme, f"Follows the agreed steps for {theme.lower()}",
               chance.choice(where.staff), chance.choice(where.staff[:4]), _typed(day, chance),
               chance.choice(("Pass", "Pass", "Pass", "Pass", "Fail")))  # fmt: skip


def supervisions(where: Place, days: Sequence[date], chance: Random) -> Iterator[Row]:
    """One row of `SUPERVISIONS` for each day given."""
    for day in days:
        theme = chance.choice(THEMES[chance.choice(tuple(THEMES))])
        yield (where.name, chance.choice(where.staff), day, theme,
               chance.choice(("Yes", "Yes", "Yes", "No")))  # fmt: skip


def _by(start: date | None, days: int) -> date | None:
    """So many days later, or None if that is yet to come."""
    if start is None:
        return None
    day = start + timedelta(days=days)
    return day if day <= LAST_DAY else None


def _typed(day: date, chance: Random) -> Cell:
    """The day as a true date, or now and then as somebody typed it."""
    return f"{day:%d/%m/%Y}" if chance.random() < TEXT_DATES else day
