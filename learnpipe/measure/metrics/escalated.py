"""Actions overdue at the end of the month that were escalated by then, of all actions overdue at
the end of the month. An escalation without a date counts from the start; one dated later is not
met; where the log has nothing of one there is no evidence.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Actions standing overdue at each month's end, and those of them that were escalated."""
    rows = frames["actions"]
    at, start, stop, escalated = (
        rows[name].to_numpy() for name in ("at", "overdue_from", "overdue_to", "escalated_from")
    )
    none = rows["no_escalation"].to_numpy(dtype=bool)
    return {
        "": Tally(
            met=span.standing(at, np.maximum(start, escalated), stop),
            due=span.standing(at, start, stop),
            no_evidence=span.standing(at[none], start[none], stop[none]),
            not_yet_due=np.zeros(span.shape, dtype=np.int64),
        )
    }


METRIC = Metric(
    key="escalated",
    title="Overdue actions escalated",
    family="Actions",
    order=25,
    kind="share",
    better="higher",
    question="Does somebody know what is late?",
    unit="of those overdue",
    covers="actions",
    needs={"actions": ("at", "overdue_from", "overdue_to", "escalated_from", "no_escalation")},
    tally=tally,
    source="Article: escalation route if overdue",
    stock=True,
)
