"""Cases closed in the month with a learning note, their own or one of their actions, that was
shared by the month's end, of all cases closed in the month. A note shared later is not met; no
note, or no date of sharing, is no evidence.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.calendar import months_of
from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Cases by the month of closing; met where the note was there and shared."""
    rows = frames["incident_versions"]
    rows = rows.assign(month=months_of(rows["closed_on"].to_numpy()))
    rows = rows[(rows["valid_from"] <= rows["month"]) & (rows["month"] < rows["valid_to"])]
    shared = months_of(rows["shared_on"].to_numpy())
    noted = rows["noted_from"] <= rows["month"]
    met = noted & (shared >= 0) & (shared <= rows["month"])
    unknown = ~noted | rows["shared_on"].isna()
    return part_of(rows, span, met, unknown)


METRIC = Metric(
    key="notes_shared",
    title="Learning notes shared",
    family="Learning",
    order=40,
    kind="share",
    better="higher",
    question="Do closed cases leave a note that staff have seen?",
    unit="of closed cases",
    covers="incidents",
    needs={
        "incident_versions": (
            "at", "closed_on", "valid_from", "valid_to", "noted_from", "shared_on",
        )
    },
    tally=tally,
    source="Article: a short 'what changed' summary for staff",
)  # fmt: skip
