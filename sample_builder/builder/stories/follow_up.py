"""What was done about each incident: triage, review, candour, learning, closure."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from random import Random

from builder.stories.clocks import review_due
from builder.stories.provider import SERVICES, Record, Service, day_of, rng
from builder.stories.signals import signals
from builder.stories.themes import LATE_NIGHT, NIGHT_FALLS, theme_of

CAIRN_LATE_FROM_2026_03 = (0.86, 0.80, 0.77, 0.71, 0.62, 0.60, 0.60, 0.58)
"""Share triaged within 24 hours at Cairn View, by due month: March to October 2026."""
ROUTES = ("Huddle", "Reflective review", "RCA light", "Full RCA", "Service-wide review")
_PREFIX = {"Alder House": "AH-{:04d}", "Birch Lodge": "INC-{:03d}", "Cairn View": "INC-{:03d}"}
_FIRST_NUMBER = {"Alder House": 0, "Birch Lodge": 0, "Cairn View": 220}
"""Cairn View went on counting from its paper book, so some refs exist at Birch Lodge as well."""


def _late_at_cairn(records: list[Record]) -> set[int]:
    """Numbers of the Cairn View incidents triaged late: a fixed share of each due month."""
    by_month: dict[date, list[Record]] = {}
    for record in records:
        due = record["reported_at"] + timedelta(hours=24)
        by_month.setdefault(due.date().replace(day=1), []).append(record)
    late: set[int] = set()
    for index, (month, mine) in enumerate(sorted(by_month.items())):
        share = 1 - (0.0, 1 / len(mine))[index % 3 != 1]
        if month >= date(2026, 3, 1):
            share = CAIRN_LATE_FROM_2026_03[min(month.month, 10) - 3]
        count = math.floor((1 - share) * len(mine) + 0.5)
        chosen = rng("cairn triage", month).sample(mine, count)
        late.update(record["_number"] for record in chosen)
    return late


def _triage(record: Record, service: Service, dice: Random, late: bool) -> None:
    reported: datetime = record["reported_at"]
    draw = dice.random()
    hours = dice.uniform(0.5, 20)
    if service.name == "Cairn View":
        missing = late and draw < 0.12
    else:
        late, missing = draw > service.triage, draw > 0.985
    if late:
        hours = dice.uniform(52, 110)
    triaged = (reported + timedelta(hours=hours)).replace(second=0, microsecond=0)
    record["triaged_at"] = None if missing else triaged.replace(minute=triaged.minute // 5 * 5)
    tier, agree = record["_expected"], dice.random()
    record["_tier"] = tier
    if agree > 0.95:
        record["tier"] = None
        return
    if agree > 0.84:
        tier = max(0, min(3, tier + dice.choice((-1, -1, 1))))
    record["tier"] = record["_tier"] = tier


def _review(record: Record, service: Service, dice: Random) -> None:
    theme, tier = theme_of(record["theme"]), record["_tier"]
    due = review_due(day_of(record["reported_at"]), tier, service.nation)
    record["review_due_on"] = due
    record["review_route"] = ROUTES[tier if dice.random() < 0.92 else max(0, tier - 1)]
    draw = dice.random()
    if due is None or draw > 0.965:
        record["reviewed_on"] = None
    elif draw > service.review:
        record["reviewed_on"] = due + timedelta(days=dice.randint(2, 12))
    else:
        span = (due - day_of(record["reported_at"])).days
        record["reviewed_on"] = due - timedelta(days=dice.randint(0, max(1, span - 3)))
    reviewed = record["reviewed_on"]
    if reviewed is None:
        return
    record["reviewed_by"] = dice.choice(service.leads[:3])[0]
    if dice.random() < 0.9:
        record["cause"] = theme.cause
    if dice.random() < 0.85:
        record["contributing_factors"] = theme.factors
    if dice.random() < 0.7:
        record["lesson"] = theme.note
    if dice.random() < 0.76:
        record["plan_updated"] = theme.plan
    elif dice.random() < 0.6:
        record["plan_updated"] = dice.choice(
            ("Re-trained staff", "Reminded staff at handover", "Discussed in supervision")
        )
    if tier >= 2 and dice.random() < 0.88:
        record["signed_off_by"] = service.manager
        record["signed_off_on"] = reviewed + timedelta(days=dice.randint(0, 2))


def _duties(record: Record, service: Service, dice: Random) -> None:
    tier, start = record["_tier"], day_of(record["reported_at"])
    serious = record["severity"] in ("severe", "fatal")
    record["candour_applies"] = serious or (
        record["severity"] == "moderate" and dice.random() < 0.25
    )
    if record["candour_applies"]:
        told = start + timedelta(days=dice.randint(0, 2))
        record["candour_told_on"] = told
        if dice.random() < 0.93:
            record["candour_apology_on"] = told + timedelta(days=dice.randint(0, 1))
        if dice.random() < 0.8:
            record["candour_written_on"] = told + timedelta(days=dice.randint(3, 12))
    record["notified"] = "None needed"
    if serious or record["safeguarding"]:
        both = f"{service.regulator}, {service.council}"
        record["notified"] = both if record["safeguarding"] else service.regulator
        if dice.random() < 0.93:
            record["notified_on"] = start + timedelta(days=dice.choice((0, 1, 1, 2, 4)))
    if record["signal"] != "near miss" and dice.random() < 0.85:
        record["families_told_on"] = start + timedelta(days=dice.choice((0, 0, 1, 1, 2)))
    if record["safeguarding"]:
        record["safeguarding_on"] = start + timedelta(days=dice.choice((0, 0, 1, 1, 3)))
        if dice.random() < 0.6:
            record["safeguarding_enquiry_on"] = start + timedelta(days=dice.randint(8, 25))
            record["recommendation"] = "Share learning at the provider forum"
            record["shared_with"] = service.council
            record["safeguarding_outcome"] = dice.choice(
                ("Substantiated", "Not substantiated", "No further action, learning agreed")
            )
        if tier >= 3 and dice.random() < 0.85:
            record["multi_agency_on"] = start + timedelta(days=dice.randint(5, 18))
    if tier >= 2 and dice.random() < 0.82:
        record["debriefed_on"] = start + timedelta(days=dice.randint(0, 5))
    record["riddor"] = serious and service.name == "Cairn View"
    if record["riddor"]:
        record["riddor_kind"] = "death" if record["severity"] == "fatal" else "specified injury"
        record["riddor_on"] = start + timedelta(days=dice.choice((4, 8)))
    if record["severity"] in ("moderate", "severe"):
        record["psychological_severity"] = dice.choice(("none", "low", "moderate"))


def _learning_and_closure(record: Record, dice: Random) -> None:
    theme, start = theme_of(record["theme"]), day_of(record["reported_at"])
    base = record.get("reviewed_on") or start
    if dice.random() < 0.82:
        record["shared_on"] = base + timedelta(days=dice.randint(1, 9))
        record["learning_note"] = theme.note
    if dice.random() < 0.85:
        slow = dice.random() < 0.12
        record["reporter_told_on"] = start + timedelta(
            days=dice.randint(33, 45) if slow else dice.randint(2, 24)
        )
    if dice.random() < 0.03:
        return
    known = [day_of(value) for key, value in record.items() if isinstance(value, date)
             and key != "review_due_on"]  # fmt: skip
    record["closed_on"] = max(known) + timedelta(days=dice.randint(0, 9))


def followed_up() -> list[Record]:
    """Every incident with all that followed, as if seen from far in the future."""
    records = signals()
    late = _late_at_cairn([r for r in records if r["service"] == "Cairn View"])
    systemic = [r for r in records if r["service"] == "Alder House" and r["theme"] == NIGHT_FALLS]
    for record in records:
        service = next(s for s in SERVICES if s.name == record["service"])
        dice = rng("follow", service.name, record["_number"])
        number = record["_number"] + _FIRST_NUMBER[service.name]
        record["ref"] = _PREFIX[service.name].format(number)
        record["_id"] = f"{service.name}/{record['_number']}"
        _triage(record, service, dice, record["_number"] in late)
        if record is systemic[-1]:  # By then the theme had come up at all three services.
            record["tier"] = record["_tier"] = 4
        _review(record, service, dice)
        _duties(record, service, dice)
        _learning_and_closure(record, dice)
        if record["theme"] == LATE_NIGHT and record["_number"] % 7 == 0:
            record["lesson"] = "Staff did not know that ringing at night is always right"
    return records
