"""Signals of the month whose recorded tier is the expected one, of all with a recorded tier. The
expected tier follows from harm, safeguarding and repeats. Under-triaged and over-processed are both
not met. Where harm is not known the expected tier is not either: no evidence. Tier 4 stands for a
theme and not for a signal, and is left out.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies, Tally
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Agreement by month, category and theme, and both ways of disagreeing."""
    rows = frames["incidents"]
    rows = rows[rows["agreement"] != "not recorded"]
    found = rows["agreement"].to_numpy()
    out = part_of(rows, span, found == "agrees", found == "not known", by=("category", "theme"))
    at, month = rows["at"].to_numpy(), rows["month"].to_numpy()
    for name, words in _WAYS.items():
        own = found == words
        out[name] = Tally(span.count(at[own], month[own]))
    return out


_WAYS = {"under_triaged": "under-triaged", "over_processed": "over-processed"}

METRIC = Metric(
    key="tier_agreement",
    title="Recorded tier as expected",
    family="Timeliness",
    order=40,
    kind="share",
    better="higher",
    question="Does the tier fit the event?",
    unit="of signals with a tier",
    covers="incidents",
    needs={"incidents": ("at", "month", "agreement", "category", "theme")},
    tally=tally,
    source="Article: tiers by harm; repeats: House",
    parts={
        "under_triaged": Part("Under-triaged", "count", "lower", "signals"),
        "over_processed": Part("Over-processed", "count", "neither", "signals"),
    },
)
