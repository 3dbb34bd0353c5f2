"""Notifications made by their last day, of those owed. To CQC, in England: deaths, severe harm and
safeguarding concerns that are not marked as needing none; the law says "without delay" and gives no
number of hours, so that none is invented: they fall due with the review. Under RIDDOR, in Great
Britain: within 10 days of the accident, 15 for over-seven-day injuries; where the kind is not
known, 10. A disease falls due with the review: no log tells when it was diagnosed. Regulators of
other nations are not judged.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Notifications by the month in which they fell due, by category and theme, and to whom."""
    duties = frames["duties"]
    name = duties["duty"].to_numpy()
    to_cqc, to_hse = name == "notified_cqc", name == "notified_riddor"
    out = share(duties[to_cqc | to_hse], span, by=("category", "theme"))
    out["cqc"] = share(duties[to_cqc], span)[""]
    out["riddor"] = share(duties[to_hse], span)[""]
    return out


METRIC = Metric(
    key="notified",
    title="Notifications made",
    family="Timeliness",
    order=60,
    kind="share",
    better="higher",
    question="Did the regulators hear of what they must?",
    unit="of those owed",
    covers="incidents",
    needs={
        "duties": (
            "at", "duty", "due_month", "state", "open_from", "open_to", "category", "theme",
        )
    },
    tally=tally,
    source="CQC (Registration) Regulations 2009, regulations 16 and 18; RIDDOR 2013",
    parts={
        "cqc": Part("Notified to CQC", "share", "higher", "of those owed"),
        "riddor": Part("Reported under RIDDOR", "share", "higher", "of those owed"),
    },
    england_only=True,
)  # fmt: skip
