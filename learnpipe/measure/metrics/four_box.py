"""Reviews done in the month that hold all four boxes: what happened (a summary), why (a cause or
contributing factors), what will change (an action, a recommendation or a plan update), and how we
will know (on one action: what is measured, a date, and who verifies, else who owns the action). An
empty box is no evidence. Beside it each box, and the reviews that name people, process,
environment, communication or equipment as a factor.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies
from learnpipe.ground.terms import MET, NO_EVIDENCE
from learnpipe.measure.counting import part_of

BOXES = ("what_happened", "why", "what_will_change", "how_we_will_know")
FACTORS = ("people", "process", "environment", "communication", "equipment")


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Reviews by the month in which they were done: all boxes, each box, each factor."""
    rows, out = frames["reviews"], {}
    for name in ("boxes_state", *BOXES):
        state = rows[name].to_numpy()
        key = "" if name == "boxes_state" else name
        out[key] = part_of(rows, span, state == MET, state == NO_EVIDENCE)[""]
    for factor in FACTORS:
        out[f"factor_{factor}"] = part_of(rows, span, rows[f"factor_{factor}"])[""]
    return out


METRIC = Metric(
    key="four_box",
    title="Reviews with all four boxes",
    family="Actions",
    order=65,
    kind="share",
    better="higher",
    question="Do our reviews say what happened, why, what changes and how we will know?",
    unit="of reviews",
    covers="incidents",
    needs={
        "reviews": (
            "at", "month", "boxes_state", *BOXES, *(f"factor_{factor}" for factor in FACTORS),
        )
    },
    tally=tally,
    source="Article: four-box template",
    also=("actions",),
    parts={
        **{
            box: Part(f"Reviews that say {box.replace('_', ' ')}", "share", "higher", "of reviews")
            for box in BOXES
        },
        **{
            f"factor_{factor}": Part(
                f"Reviews that name {factor} as a factor", "share", "neither", "of reviews"
            )
            for factor in FACTORS
        },
    },
)  # fmt: skip
