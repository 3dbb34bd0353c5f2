"""What a log could know on a given day: nothing that happened later."""

from __future__ import annotations

from datetime import date

from builder.stories.provider import Record, day_of

GOES_WITH: dict[str, tuple[str, ...]] = {
    "triaged_at": ("tier", "review_route", "review_due_on"),
    "reviewed_on": ("reviewed_by", "cause", "contributing_factors", "lesson", "plan_updated"),
    "signed_off_on": ("signed_off_by",),
    "safeguarding_enquiry_on": ("safeguarding_outcome", "recommendation", "shared_with"),
    "shared_on": ("learning_note",),
    "verified_on": ("verified_by", "verification_result", "verify_by"),
    "completed_on": ("plan_updated", "learning_note"),
    "escalated_on": ("escalated_to",),
    "responded_on": ("outcome", "satisfied"),
}
_PLANNED = ("due_on", "review_due_on", "verify_due_on", "ends_on")


def as_known(record: Record, on: date) -> Record:
    """The record as it stood at the end of the day `on`; `status` follows from the dates."""
    known = dict(record)
    for field, value in record.items():
        if isinstance(value, date) and field not in _PLANNED and day_of(value) > on:
            known[field] = None
            for follower in GOES_WITH.get(field, ()):
                known[follower] = None
    if "raised_on" in record:
        known["status"] = "completed" if known.get("completed_on") else "open"
    elif "signal" in record or record.get("kind") in ("complaint", "concern"):
        known["status"] = "closed" if known.get("closed_on") else "open"
    return known
