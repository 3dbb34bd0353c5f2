"""The facts that every part of a report is made of, and what duties and records are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from learnpipe.ground.findings import Finding
from learnpipe.ground.measurements import Measures, Metric
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import Judged, LedgerLine, ReadFile

DUTY_TITLES = {
    "triaged": "Triaged in 24 h",
    "shared": "Shared in huddle",
    "micro_action": "Micro-action",
    "reviewed": "Reviewed",
    "signed_off": "Signed off",
    "debriefed": "Debriefed",
    "candour": "Candour",
    "multi_agency": "Multi-agency",
    "verified": "Verified",
}
SYSTEMIC_TITLES = {
    "service_wide_plan": "Service-wide plan",
    "training_refresh": "Training refresh",
    "governance": "Governance oversight",
    "cross_site_audit": "Cross-site re-audit",
}
"""What is asked of a systemic theme alone: told below the table, which has no room for more."""
TIER_TITLES = (
    "Tier 0 near miss", "Tier 1 low harm", "Tier 2 moderate / repeat", "Tier 3 serious",
    "Tier 4 systemic",
)  # fmt: skip
RECORD_TITLES = {
    "incident": "Incident record",
    "review": "Review",
    "action": "Action log",
    "plan": "Plan / SOP",
    "verification": "Verification",
    "learning_note": "Learning note",
}


def _none_doubtful(text: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Facts:
    """What a page is made of.

    ``masked`` takes known people, and what else tells of a person, out of a text; ``doubtful``
    names the words of a masked text that might still be a name.
    """

    month: int
    judged: Judged
    measures: Measures
    metrics: Mapping[str, Metric]
    schemas: Schemas
    settings: Settings
    files: Sequence[ReadFile]
    ledger: Sequence[LedgerLine]
    findings: Sequence[Finding]
    left_out: Sequence[Finding]
    nations: Mapping[str, str]
    fingerprint: str
    version: str
    previous: Mapping[str, float]
    masked: Callable[[str], str]
    previous_edition: str | None = None
    doubtful: Callable[[str], Sequence[str]] = _none_doubtful
