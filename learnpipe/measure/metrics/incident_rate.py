"""Signals of the month for each 1,000 bed-days (or visits, or hours) that the activity log gives
for it. A month without activity, or one that the incident log does not cover, is blank. The line
for all services is blank where services count their activity in different ways, since bed-days and
visits do not add up.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Signals over exposure, where both logs speak for the month; by basis, so that mixes show."""
    activity = frames["activity"][frames["activity"]["exposure"].fillna(0) > 0]
    incidents = frames["incidents"]
    signals = span.count(incidents["at"], incidents["month"])
    covered = span.covered.get("incidents", False)
    out: Tallies = {}
    for basis in ("bed_days", "visits", "hours"):
        own = activity[activity["basis"] == basis]
        exposure = span.count(own["at"], own["month"], weights=own["exposure"]) * covered
        if basis == "bed_days" or exposure.any():
            out[f"basis.{basis}"] = Tally(met=signals * (exposure > 0), due=exposure)
    total = out["basis.bed_days"]
    for name, part in out.items():
        if name != "basis.bed_days" and isinstance(part, Tally):
            total = total + part if isinstance(total, Tally) else part
    return {"": total, **out}


METRIC = Metric(
    key="incident_rate",
    title="Incident rate",
    family="Safety",
    order=20,
    kind="rate",
    better="neither",
    question="How many signals for the care we gave?",
    unit="per 1,000 bed-days",
    covers="activity",
    needs={"incidents": ("at", "month"), "activity": ("at", "month", "exposure", "basis")},
    tally=tally,
    source="House: per 1,000 bed-days, visits or hours",
)
