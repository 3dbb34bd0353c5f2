"""Verified actions whose check saw the change, of the actions verified by the end of the month in
which their re-check window closed. "Partly" is not passed; a check without a result is no
evidence.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.ground.terms import MET, NO_EVIDENCE
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Verified actions by the month in which their window closes, and by category and theme."""
    rows = frames["actions"]
    rows = rows[rows["verify_state"] == MET]
    state = rows["passed_state"]
    return part_of(rows, span, state == MET, state == NO_EVIDENCE, ("category", "theme"),
                   month="verify_due_month")  # fmt: skip


METRIC = Metric(
    key="verification_passed",
    title="Verification passed",
    family="Actions",
    order=54,
    kind="share",
    better="higher",
    question="When we checked, was the change there?",
    unit="of those verified",
    covers="actions",
    needs={
        "actions": (
            "at", "verify_due_month", "verify_state", "passed_state", "category", "theme",
        )
    },
    tally=tally,
    source="Article: re-audit or observation result and the date it was checked",
)  # fmt: skip
