"""What was changed: every action, when it was done, and whether anyone checked that it held."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from builder.stories.clocks import recheck_window
from builder.stories.provider import ALDER, BIRCH, CAIRN, SERVICES, Record, Service, day_of, rng
from builder.stories.themes import LATE_NIGHT, MISSED_SIGNATURE, NIGHT_FALLS, Theme, theme_of

_SCOPES = ("this service", "this service", "this service", "service-wide", "cross-site")
_HOW_MANY = {0: (0.45, 1), 1: (0.97, 2), 2: (1.0, 2), 3: (1.0, 3)}


def _verify(action: Record, service: Service, dice: Random) -> None:
    tier, completed = action["_tier"], action["completed_on"]
    if dice.random() > (0.84 if tier >= 2 else 0.3):
        return
    first, last = recheck_window(completed, tier)
    action["verify_due_on"] = last
    in_window = dice.random() < 0.84
    span = (last - first).days
    action["verified_on"] = (
        first + timedelta(days=dice.randint(0, span))
        if in_window
        else last + timedelta(days=dice.randint(3, 25))
    )
    action["verify_by"] = dice.choice(("re-audit", "sampling", "observation"))
    action["verified_by"] = dice.choice(service.leads)[0]
    action["verification_result"] = "change seen" if dice.random() < 0.87 else "change not seen"


def _action(incident: Record, service: Service, theme: Theme, number: int) -> Record:
    dice = rng("action", incident["_id"], number)
    tier: int = min(3, incident["_tier"])
    base = incident.get("reviewed_on") or day_of(incident["reported_at"])
    raised = base + timedelta(days=dice.randint(0, 1))
    owner, role = dice.choice(service.leads)
    days = {0: (5, 10), 1: (3, 14), 2: (10, 28), 3: (14, 42)}[tier]
    due = raised + timedelta(days=dice.randint(*days))
    action: Record = {
        "_id": f"{incident['_id']}/{number}", "_tier": tier,
        "incident_ref": incident["ref"], "service": service.name, "theme": incident["theme"],
        "action": theme.actions[number % len(theme.actions)],
        "scope": dice.choice(_SCOPES) if tier >= 2 else "this service",
        "owner": owner, "owner_role": role,
        "priority": ("low", "low", "medium", "high")[tier],
        "raised_on": raised, "due_on": due,
    }  # fmt: skip
    if tier >= 2 or dice.random() < 0.5:
        action["how_we_will_know"] = theme.know
    draw = dice.random()
    if draw < 0.77:
        early = dice.randint(0, min(6, (due - raised).days - 1))
        action["completed_on"] = due - timedelta(days=early)
    elif draw < 0.965:
        action["completed_on"] = due + timedelta(days=dice.randint(1, 35))
    done = action.get("completed_on")
    if (done is None or done > due + timedelta(days=7)) and dice.random() < 0.55:
        action["escalated_on"] = due + timedelta(days=dice.randint(3, 7))
        action["escalated_to"] = "Operations manager" if owner == service.manager else "Manager"
    if done is not None:
        if dice.random() < 0.7:
            action["plan_updated"] = theme.plan
        if dice.random() < 0.7:
            action["learning_note"] = theme.note
        _verify(action, service, dice)
    return action


def _told(
    service: Service, theme: str, what: str, owner: int, dates: str, method: str, passed: bool
) -> Record:
    raised, due, completed, verified = (
        date.fromisoformat(text) if text != "-" else None for text in dates.split()
    )
    story, (name, role) = theme_of(theme), service.leads[owner]
    told: Record = {
        "_tier": 3, "service": service.name, "theme": theme, "action": what,
        "scope": "service-wide", "owner": name, "owner_role": role, "priority": "high",
        "raised_on": raised, "due_on": due, "completed_on": completed,
        "how_we_will_know": story.know,
    }  # fmt: skip
    if completed and verified:
        told |= {
            "plan_updated": story.plan, "learning_note": story.note,
            "verify_due_on": completed + timedelta(weeks=8), "verified_on": verified,
            "verify_by": method, "verified_by": service.manager,
            "verification_result": "change seen" if passed else "change not seen",
        }  # fmt: skip
    return told


def _stories(incidents: list[Record]) -> list[Record]:
    """The changes that the sample tells its stories about."""
    card = "Introduce pocket escalation card and handover script for all night staff"
    check = "Second person checks each MAR before the trolley is locked, red tabards worn"
    triage = "Deputy to triage every morning, cover named for days off"
    nights = "Sensor mat check added to night rounding sheet at every home"
    told = [
        _told(ALDER, LATE_NIGHT, card, 1, "2026-02-09 2026-03-09 2026-03-06 2026-04-24",
              "sampling", True),
        _told(BIRCH, MISSED_SIGNATURE, check, 2, "2025-11-03 2025-12-01 2025-11-28 2026-01-16",
              "re-audit", True),
        _told(BIRCH, MISSED_SIGNATURE, "Re-audit MAR charts after new nurses started", 2,
              "2026-08-10 2026-09-21 - -", "re-audit", False),
        _told(CAIRN, "Dignity and tone", triage, 0, "2026-08-24 2026-09-30 - -", "sampling", False),
        _told(ALDER, NIGHT_FALLS, nights, 3, "2026-10-12 2026-11-30 - -", "sampling", False),
        _told(BIRCH, NIGHT_FALLS, nights, 3, "2026-10-12 2026-11-30 - -", "sampling", False),
        _told(CAIRN, NIGHT_FALLS, nights, 3, "2026-10-12 2026-11-30 - -", "sampling", False),
    ]  # fmt: skip
    for number, action in enumerate(told):
        action["_id"] = f"story/{number}"
        before = [
            incident
            for incident in incidents
            if incident["service"] == action["service"]
            and incident["theme"].startswith(action["theme"])
            and day_of(incident["occurred_at"]) < action["raised_on"]
        ]
        action["incident_ref"] = before[-1]["ref"]
    told[3] |= {  # Raised at a governance meeting, not after an incident.
        "theme": "Triage within 24 hours", "incident_ref": None,
        "how_we_will_know": "Share triaged within 24 hours a month",
    }  # fmt: skip
    return told


_PREFIX = {"Alder House": "AH-A{:03d}", "Birch Lodge": "BL/{:03d}", "Cairn View": "A{:04d}"}


def actions(incidents: list[Record]) -> list[Record]:
    """Every action of every service, in the order raised, with its own ref."""
    found = _stories(incidents)
    for incident in incidents:
        service = next(s for s in SERVICES if s.name == incident["service"])
        theme = theme_of(incident["theme"])
        share, most = _HOW_MANY[min(3, incident["_tier"])]
        dice = rng("actions", incident["_id"])
        if dice.random() < share:
            for number in range(dice.randint(1, most)):
                found.append(_action(incident, service, theme, number))
    for service in SERVICES:
        mine = [action for action in found if action["service"] == service.name]
        mine.sort(key=lambda action: (action["raised_on"], action["_id"]))
        for number, action in enumerate(mine, start=1):
            action["ref"] = _PREFIX[service.name].format(number)
    return sorted(found, key=lambda action: (action["service"], action["ref"]))
