"""What happened: every incident and near miss, in time order, before anyone followed it up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from builder.stories.provider import SERVICES, Record, Service, day_of, month_end, months, rng
from builder.stories.themes import LATE_NIGHT, MISSED_SIGNATURE, NIGHT_FALLS, THEMES, Theme

STORY_COUNTS: dict[tuple[str, str], str] = {
    # Signals in each of the 26 months, September 2024 first, October 2026 last.
    ("Alder House", LATE_NIGHT): "3434334343 43343434 2 0000000",
    ("Birch Lodge", MISSED_SIGNATURE): "3433443343 33433 0011 3544344",
    ("Alder House", NIGHT_FALLS): "0100010010 0010010001 012322",
    ("Birch Lodge", NIGHT_FALLS): "1000100100 0100100100 012223",
    ("Cairn View", NIGHT_FALLS): "0010000100 1000010001 012232",
}
_ORDINARY = {"Alder House": (5, 8), "Birch Lodge": (4, 7), "Cairn View": (11, 14)}
_MODERATE_MORE = {LATE_NIGHT: 0.35, NIGHT_FALLS: 0.25}
_VARIANTS = ("", "", " (mornings)", " (evenings)", " (weekends)")
_PLACES = ("Bedroom", "Lounge", "Dining room", "Corridor", "Bathroom", "Garden", "Clinic room")


def _hour(theme: str, dice: Random) -> int:
    draw = dice.random()
    if theme == LATE_NIGHT:
        return (22, 23, 23, 0, 1, 2)[int(draw * 6)]
    if theme == NIGHT_FALLS:
        return (22, 23, 1, 2, 3, 4, 5)[int(draw * 7)]
    return 6 + int(draw * 15)


def _severity(theme: Theme, near_miss: bool, dice: Random) -> str:
    if near_miss:
        return "none"
    draw = dice.random()
    moderate = _MODERATE_MORE.get(theme.name, 0.13)
    if draw < 0.007:
        return "fatal"
    if draw < 0.026:
        return "severe"
    if draw < 0.026 + moderate:
        return "moderate"
    return "low" if draw < 0.72 else "none"


def _signal(service: Service, month: date, theme: Theme, number: int, day: int | None) -> Record:
    dice = rng("signal", service.name, month, theme.name, number)
    if day is None:
        day = dice.randint(1, month_end(month).day)
    at = time(_hour(theme.name, dice), dice.randrange(0, 60, 5))
    occurred = datetime.combine(month.replace(day=day), at)
    late = dice.random() < 0.05
    delay = timedelta(days=dice.randint(1, 3)) if late else timedelta(minutes=0)
    reported = occurred + delay + timedelta(minutes=dice.randrange(10, 240, 5))
    near_miss = dice.random() < (0.1 if theme.name in (LATE_NIGHT, NIGHT_FALLS) else 0.24)
    severity = _severity(theme, near_miss, dice)
    who, by = dice.choice(service.residents), dice.choice(service.staff)
    abuse = theme.name in ("Dignity and tone", "Distressed behaviour", "Front door security")
    safeguarding = not near_miss and (
        severity in ("severe", "fatal") or dice.random() < (0.16 if abuse else 0.03)
    )
    if near_miss:
        signal = "near miss"
    elif safeguarding:
        signal = "safeguarding concern"
    elif theme.name == "Records not updated" and dice.random() < 0.3:
        signal = "audit variance"
    else:
        signal = "incident"
    short = who.split()[0] if dice.random() < 0.3 else who
    return {
        "service": service.name,
        "location": "Bedroom" if theme.name == NIGHT_FALLS else dice.choice(_PLACES),
        "signal": signal,
        "category": theme.category,
        "theme": theme.name + dice.choice(_VARIANTS) * theme.ordinary,
        "severity": severity,
        "occurred_at": occurred,
        "reported_at": reported,
        "reported_by": by,
        "person_affected": who,
        "summary": dice.choice(theme.summaries).format(who=short, by=by),
        "immediate_action": theme.immediate,
        "safeguarding": safeguarding,
        "restrictive_practice": theme.name == "Distressed behaviour" and dice.random() < 0.3,
    }


def _month_of(service: Service, index: int, month: date) -> list[Record]:
    dice = rng("month", service.name, month)
    found: list[Record] = []
    for (home, name), counts in STORY_COUNTS.items():
        if home == service.name:
            for n in range(int(counts.replace(" ", "")[index])):
                # The change of March 2026 came on the sixth: one signal before, one after it.
                day = (3, 19)[n] if name == LATE_NIGHT and month == date(2026, 3, 1) else None
                found.append(_signal(service, month, THEMES[name], n, day))
    ordinary = [theme for theme in THEMES.values() if theme.used_by(service.name)]
    low, high = _ORDINARY[service.name]
    wanted = dice.randint(low, high) - (int(month.year == 2026) if service.name[0] == "A" else 0)
    for n, theme in enumerate(dice.choices(ordinary, k=wanted)):
        found.append(_signal(service, month, theme, n, None))
    return found


def _expected(record: Record, earlier: list[Record]) -> int:
    """The tier that the rules ask for: harm, safeguarding, or a repeat within 90 days."""
    if record["severity"] in ("severe", "fatal") or record["safeguarding"]:
        return 3
    near_miss = record["severity"] == "none"
    since = day_of(record["occurred_at"]) - timedelta(days=90)
    alike = [
        other
        for other in earlier
        if other["theme"] == record["theme"] and day_of(other["occurred_at"]) >= since
    ]
    repeat = len(alike) >= 2
    if record["signal"] == "near miss":
        return 1 if repeat else 0
    if record["severity"] == "moderate" or repeat:
        return 2
    return 0 if near_miss else 1


def signals() -> list[Record]:
    """Every incident and near miss with its expected tier (`_expected`) and its number."""
    everything: list[Record] = []
    for service in SERVICES:
        mine: list[Record] = []
        for index, month in enumerate(months()):
            found = _month_of(service, index, month)
            mine.extend(sorted(found, key=lambda record: record["occurred_at"]))
        for number, record in enumerate(mine):
            record["_expected"] = _expected(record, mine[:number])
            record["_number"] = number + 1
        everything.extend(mine)
    return everything
