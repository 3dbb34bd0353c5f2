"""Facts about the house: bed-days and headcount, service names, and the meeting's own sentences."""

from __future__ import annotations

from datetime import date

from builder.stories.provider import SERVICES, Record, month_end, months, rng

_SENTENCES = (
    # metric, month, service, why it moved, what next, due
    ("triaged_in_time", "2026-07", "Cairn View", "Deputy post empty since June",
     "Senior on shift to triage at weekends", "2026-08-14"),
    ("triaged_in_time", "2026-08", "Cairn View", "Deputy still vacant, agency cover at weekends",
     "Name triage cover on the rota", "2026-09-30"),
    ("triaged_in_time", "2026-09", "", "Cairn View again: triage waits for Monday",
     "Deputy starts 19 October, daily triage slot", "2026-10-31"),
    ("triaged_in_time", "2026-10", "", "Cairn View without a deputy until 19 October",
     "Re-check triage times for November", "2026-12-04"),
    ("incidents", "2026-09", "", "More falls at night at all three homes",
     "Joint night falls plan to October governance", "2026-10-15"),
    ("incidents", "2026-10", "", "Falls at night still up, medicines gaps at Birch Lodge",
     "Sensor mat check at every home by end of November", "2026-11-30"),
    ("repeat_rate", "2026-09", "", "Missed signatures are back at Birch Lodge",
     "Re-audit MAR charts and induct new nurses", "2026-10-30"),
    ("repeat_rate", "2026-10", "", "Same two themes repeat: night falls and missed signatures",
     "Cross-site plan for night falls", "2026-12-11"),
    ("verified", "2026-09", "", "Re-checks moved to a weekly slot", "Keep the slot", "2026-10-30"),
    ("verified", "2026-10", "", "Half-term left two re-checks undone",
     "Finish both before the December meeting", "2026-12-10"),
    ("acknowledged_in_time", "2026-10", "", "One complaint sat in a shared mailbox",
     "Mailbox checked at morning huddle", "2026-11-20"),
    ("observation_pass_rate", "2026-09", "Birch Lodge", "New nurses not yet through MAR practice",
     "Pair with a regular nurse for four rounds", "2026-10-23"),
    ("observation_pass_rate", "2026-10", "Birch Lodge", "Two of five new nurses still to pair",
     "Finish pairing", "2026-11-27"),
    ("Incidents", "2026-03", "Alder House", "Escalation card and handover script in use",
     "Sample night notes at seven weeks", "2026-04-24"),
)  # fmt: skip


def activity() -> list[Record]:
    """Bed-days and headcount of each service and month."""
    found: list[Record] = []
    for month in months():
        for service in SERVICES:
            dice = rng("activity", service.name, month)
            days = month_end(month).day
            empty = dice.randint(0, 2 * days)
            found.append({
                "_available": service.beds * days, "_empty": empty,
                "_id": f"activity/{service.name}/{month}", "service": service.name, "month": month,
                "bed_days": service.beds * days - empty,
                "headcount": len(service.staff) + dice.choice((0, 0, 0, 1)),
            })  # fmt: skip
    return found


def commentary() -> list[Record]:
    """Why a metric moved and what comes next, as the governance meeting wrote it down."""
    return [
        {
            "_id": f"commentary/{number}", "metric": metric,
            "month": date.fromisoformat(month + "-01"), "service": service or None,
            "why_it_moved": why, "what_next": then,
            "owner": SERVICES[number % 3].leads[number % 2][0],
            "due_on": date.fromisoformat(due),
        }
        for number, (metric, month, service, why, then, due) in enumerate(_SENTENCES)
    ]  # fmt: skip


def services() -> list[Record]:
    """The list of services."""
    return [
        {
            "_id": f"service/{service.name}", "service": service.name,
            "also_known_as": service.also_known_as, "kind": service.kind,
            "nation": service.nation,
        }
        for service in SERVICES
    ]  # fmt: skip
