"""All the stories at once: every log's records as the newest files could know them."""

from __future__ import annotations

from functools import cache

from builder.stories import changes, follow_up, house, learning, voices
from builder.stories.knowledge import as_known
from builder.stories.provider import ALDER, KNOWN_ON, Record, month_end, months


@cache
def unfolding() -> dict[str, list[Record]]:
    """Each log's records as seen from far in the future; a snapshot hides what is still to come."""
    incidents = follow_up.followed_up()
    actions = changes.actions(incidents)
    sessions = learning.training(incidents)
    return {
        "incidents": incidents,
        "actions": actions,
        "feedback": voices.feedback(actions),
        "training": sessions,
        "observations": learning.observations(sessions),
        "supervisions": learning.supervisions(incidents),
        "activity": house.activity(),
        "micro_tests": learning.micro_tests(),
        "case_samples": learning.case_samples(incidents),
        "commentary": house.commentary(),
        "services": house.services(),
    }


def known() -> dict[str, list[Record]]:
    """Each log's records on the day when the newest files were saved."""
    return {
        log: [as_known(record, KNOWN_ON) for record in records if _in_the_files(record)]
        for log, records in unfolding().items()
    }


def _in_the_files(record: Record) -> bool:
    """Whether a file holds it yet: Alder House's newest ends with October, the others run on."""
    newest = month_end(months()[-1]) if record.get("service") == ALDER.name else KNOWN_ON
    return bool(record.get("raised_on", newest) <= newest)
