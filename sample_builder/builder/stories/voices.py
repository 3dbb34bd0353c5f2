"""What people told the provider: complaints, concerns and compliments."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from builder.stories.clocks import add_working_days
from builder.stories.provider import SERVICES, Record, Service, month_end, months, rng

_TOPICS = (
    ("Call bell response", "Daughter says {who} waited half an hour for the bell"),
    ("Communication with family", "Son not told about GP visit to {who} until the weekend"),
    ("Laundry and belongings", "{who}'s cardigan and £20 missing since respite stay"),
    ("Food and drink", "{who} served cold lunch twice, café corner closed"),
    ("Dignity and tone", "Niece unhappy with how {who} was spoken to at breakfast"),
    ("Falls at night", "Family of {who} ask why the sensor mat was unplugged at night"),
    ("Activities", "{who} would like to go out more often"),
    ("Medicines", "{who}'s eye drops late three evenings"),
)
_THANKS = (
    ("Kindness of staff", "Thank you card to {by} for care of {who}"),
    ("Medicines", "Daughter pleased that {who}'s tablets are now explained"),
    ("Falls at night", "Family of {who} like the new night light"),
    ("Communication with family", "Weekly call about {who} is “a real comfort”"),
)


def _answered(record: Record, service: Service, dice: Random) -> None:
    received = record["received_on"]
    if dice.random() < 0.87:
        days = dice.randint(0, 3)
        record["acknowledged_on"] = add_working_days(received, days, service.nation)
    elif dice.random() < 0.8:
        record["acknowledged_on"] = add_working_days(received, dice.randint(5, 9), service.nation)
    draw = dice.random()
    if draw < 0.82:
        record["responded_on"] = received + timedelta(days=dice.randint(8, 26))
    elif draw < 0.95:
        record["responded_on"] = received + timedelta(days=dice.randint(30, 70))
    if record.get("responded_on"):
        record["outcome"] = dice.choice(
            ("upheld", "partly upheld", "not upheld", "upheld", "resolved locally")
        )
        if dice.random() < 0.7:
            record["satisfied"] = dice.random() < 0.74
        record["closed_on"] = record["responded_on"] + timedelta(days=dice.randint(0, 6))


def feedback(actions: list[Record]) -> list[Record]:
    """Every complaint, concern and compliment in the order received."""
    found: list[Record] = []
    for month in months():
        for service in SERVICES:
            dice = rng("feedback", service.name, month)
            for _ in range(dice.randint(1, 4)):
                kind = dice.choice(("complaint", "complaint", "complaint", "concern", "compliment"))
                topics = _THANKS if kind == "compliment" else _TOPICS
                theme, words = dice.choice(topics)
                received = month.replace(day=dice.randint(1, month_end(month).day))
                record: Record = {
                    "service": service.name, "kind": kind, "theme": theme,
                    "summary": words.format(
                        who=dice.choice(service.residents), by=dice.choice(service.staff)
                    ),
                    "received_on": received,
                }  # fmt: skip
                if kind != "compliment":
                    _answered(record, service, dice)
                if dice.random() < 0.35:
                    near = [
                        action
                        for action in actions
                        if action["service"] == service.name
                        and abs((action["raised_on"] - received).days) < 15
                    ]
                    if near:
                        record["action_ref"] = dice.choice(near)["ref"]
                found.append(record)
    found.sort(key=lambda record: record["received_on"])
    for number, record in enumerate(found, start=1):
        record["ref"], record["_id"] = f"C{number:03d}", f"feedback/{number}"
    return found
