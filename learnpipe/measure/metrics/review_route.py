"""Reviews by the route that their tier asks for, of those that fell due in the month: tier 1 a
reflective review, tier 2 an RCA light, tier 3 a full RCA, tier 4 a service-wide plan. A lighter
route and a heavier one are both not met; no route in the log is no evidence. Tier 0 needs no
review.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Routes by the month in which the review fell due, and by category and theme."""
    duties = frames["duties"]
    rows = duties[(duties["duty"] == "reviewed").to_numpy() & (duties["version"] >= 0).to_numpy()]
    rows = rows.drop(columns="state").rename(columns={"route_state": "state"})
    return share(rows, span, by=("category", "theme"))


METRIC = Metric(
    key="review_route",
    title="Review route as the tier asks",
    family="Timeliness",
    order=30,
    kind="share",
    better="higher",
    question="Is the review as deep as the event asks?",
    unit="of reviews due",
    covers="incidents",
    needs={
        "duties": (
            "at", "duty", "version", "due_month", "state", "route_state", "open_from", "open_to",
            "category", "theme",
        )
    },
    tally=tally,
    source="Article: review routes by tier",
)  # fmt: skip
