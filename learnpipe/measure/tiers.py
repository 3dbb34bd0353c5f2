"""Tier compliance and the evidence trail as tallies: ``tier_2.reviewed``, ``trail.review``."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Span, Tallies
from learnpipe.measure.counting import share

TIERS = (0, 1, 2, 3, 4)


def tier_tallies(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Each duty of each tier, by the month in which it falls due.

    *Verified* counts the re-checks of the actions of incidents of that tier.
    """
    duties, out = frames["duties"], {}
    for tier in TIERS:
        own = duties[duties["tier"] == tier]
        for duty in own["duty"].unique():
            out[f"tier_{tier}.{duty}"] = share(own[own["duty"] == duty], span)[""]
    actions = frames["actions"]
    for tier in TIERS:
        own = actions[actions["incident_tier"] == tier]
        if len(own):
            out[f"tier_{tier}.verified"] = share(own, span, clock="verify_")[""]
    return dict(sorted(out.items()))


def trail_tallies(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Each of the six records, by the month in which it falls due."""
    trail, out = frames["trail"], {}
    for record in trail["record"].unique():
        out[f"trail.{record}"] = share(trail[trail["record"] == record], span)[""]
    return out
