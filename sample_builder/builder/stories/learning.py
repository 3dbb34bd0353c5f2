"""How learning reached practice: training, observation, supervision, micro-tests, samples."""

from __future__ import annotations

from datetime import date, timedelta

from builder.stories.provider import (
    KNOWN_ON,
    SERVICES,
    Record,
    Service,
    day_of,
    month_end,
    months,
    rng,
)
from builder.stories.themes import MISSED_SIGNATURE, NIGHT_FALLS, theme_of


def _themes_of(incidents: list[Record], service: Service, month: date) -> list[str]:
    """The themes of the service's signals in the month, the most frequent first."""
    names = [
        theme_of(record["theme"]).name
        for record in incidents
        if record["service"] == service.name
        and day_of(record["occurred_at"]).replace(day=1) == month
    ]
    return sorted(set(names), key=lambda name: (-names.count(name), name))


def training(incidents: list[Record]) -> list[Record]:
    """Two or so micro-training sessions a service and month, each set off by a theme."""
    found: list[Record] = []
    for month in months():
        for service in SERVICES:
            dice = rng("training", service.name, month)
            for theme in _themes_of(incidents, service, month)[: dice.choice((1, 2, 2, 2, 3))]:
                triggered = month.replace(day=dice.randint(1, 24))
                wait = dice.randint(1, 7) if dice.random() < 0.83 else dice.randint(9, 20)
                delivered = triggered + timedelta(days=wait)
                eligible = len(service.staff) - dice.randint(0, 3)
                record: Record = {
                    "service": service.name, "theme": theme, "triggered_on": triggered,
                    "delivered_on": delivered,
                    "minutes": dice.choice((10, 12, 15, 15, 15, 20, 20, 20, 30)),
                    "attended": eligible - dice.choice((0, 1, 1, 2, 3, 5)), "eligible": eligible,
                    "trainer": dice.choice(service.leads)[0],
                }  # fmt: skip
                if dice.random() < 0.74:
                    record["observed_on"] = delivered + timedelta(days=dice.randint(3, 21))
                found.append(record)
    return _numbered(found, "training", "MT-{:03d}", "delivered_on")


def observations(sessions: list[Record]) -> list[Record]:
    """Six or seven practice observations a service and month, mostly on the latest training."""
    found: list[Record] = []
    for month in months():
        for service in SERVICES:
            dice = rng("observations", service.name, month)
            themes = [
                session["theme"]
                for session in sessions
                if session["service"] == service.name
                and session["delivered_on"] <= month_end(month)
            ][-3:] or [NIGHT_FALLS]
            for _ in range(dice.randint(6, 7)):
                theme = dice.choice(themes)
                seen = month.replace(day=dice.randint(1, month_end(month).day))
                dip = theme == MISSED_SIGNATURE and seen >= date(2026, 5, 1)
                found.append({
                    "service": service.name, "theme": theme,
                    "behaviour": theme_of(theme).behaviour,
                    "staff": dice.choice(service.staff[2:]),
                    "observer": dice.choice(service.leads[:3])[0], "observed_on": seen,
                    "result": "passed" if dice.random() < (0.55 if dip else 0.84) else "not passed",
                })  # fmt: skip
    return _numbered(found, "observation", "OB{:04d}", "observed_on")


def supervisions(incidents: list[Record]) -> list[Record]:
    """One supervision a member of staff and month, for about nine in ten."""
    found: list[Record] = []
    for month in months():
        for service in SERVICES:
            themes = _themes_of(incidents, service, month)
            for staff in service.staff[1:]:
                dice = rng("supervision", service.name, month, staff)
                if dice.random() > 0.9:
                    continue
                found.append({
                    "service": service.name, "staff": staff,
                    "held_on": month.replace(day=dice.randint(1, month_end(month).day)),
                    "theme": dice.choice(themes) if dice.random() < 0.94 else None,
                    "action_captured": dice.random() < 0.9,
                })  # fmt: skip
    return _numbered(found, "supervision", None, "held_on")


def micro_tests() -> list[Record]:
    """Two-week tests of one change, each with its stop rule."""
    lines = """
Alder House|Late night escalation|2026-02-09|Late escalations a week|Stop if 111 is rung twice without need|No late escalation in two weeks|Adopt
Alder House|Hydration|2025-06-02|People who reach their fluid target|Stop if drinks round takes over an hour|8 of 10, was 5 of 10|Adopt
Birch Lodge|Medicines: missed signature|2025-11-10|Gaps in the MAR a week|Stop if the round ends after 10:30|1 gap, was 4|Adopt
Birch Lodge|Handover gaps|2025-03-10|Handover sheets complete|Stop if handover takes over 25 minutes|Handover took 40 minutes|Stopped by the stop rule
Cairn View|Equipment not ready|2026-05-11|Hoists charged at 07:00|Stop if a hoist is missing at night|13 of 14 mornings|Adapt
Cairn View|Falls at night|2026-10-19|Falls between 22:00 and 06:00|Stop if anyone is woken more than twice||
"""  # noqa: E501
    found: list[Record] = []
    for number, line in enumerate(lines.strip().splitlines(), start=1):
        service, theme, start, measure, stop, result, decision = line.split("|")
        begun = date.fromisoformat(start)
        found.append({
            "service": service, "theme": theme, "started_on": begun,
            "ends_on": begun + timedelta(days=14), "measure": measure, "stop_rule": stop,
            "result": result or None, "decision": decision or None,
            "ref": f"T{number}", "_id": f"micro_test/{number}",
        })  # fmt: skip
    return found


def case_samples(incidents: list[Record]) -> list[Record]:
    """Five closed cases a month from March 2026, looked for in records and in practice."""
    found: list[Record] = []
    for month in months()[18:]:
        dice = rng("samples", month)
        closed = [
            record for record in incidents
            if record.get("closed_on") and 0 <= (month - record["closed_on"]).days <= 90
        ]  # fmt: skip
        for record in dice.sample(closed, 5):
            service = next(s for s in SERVICES if s.name == record["service"])
            found.append({
                "incident_ref": record["ref"], "service": record["service"],
                "sampled_on": month_end(month) - timedelta(days=dice.randint(2, 9)),
                "sampled_by": service.manager, "in_records": dice.random() < 0.88,
                "in_practice": dice.random() < 0.78,
            })  # fmt: skip
    return _numbered(found, "case_sample", None, "sampled_on")


def _numbered(found: list[Record], what: str, ref: str | None, by: str) -> list[Record]:
    found = [record for record in found if record[by] <= KNOWN_ON]
    found.sort(key=lambda record: (record[by], record["service"]))
    for number, record in enumerate(found, start=1):
        record["_id"] = f"{what}/{number}"
        if ref:
            record["ref"] = ref.format(number)
    return found
