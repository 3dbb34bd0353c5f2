"""Practice observations that passed, of all observations of the month that have a result. Partly
is not passed. Beside it those of the focused theme: that of the latest micro-training at the
service by the day of the observation.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies
from learnpipe.measure.counting import part_of


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Observations with a result by month, and by theme."""
    rows = frames["observations"]
    rows = rows[rows["has_result"]]
    focused = rows[rows["focused"]]
    return {
        **part_of(rows, span, rows["passed"], by=("theme",)),
        "focused_theme": part_of(focused, span, focused["passed"])[""],
    }


METRIC = Metric(
    key="observation_pass_rate",
    title="Practice observations passed",
    family="Learning",
    order=20,
    kind="share",
    better="higher",
    question="Is the learning seen in practice?",
    unit="of those with a result",
    covers="observations",
    needs={"observations": ("at", "month", "theme", "has_result", "passed", "focused")},
    tally=tally,
    source="Article: observation pass rate",
    target="target_observation_pass_rate",
    parts={
        "focused_theme": Part(
            "Practice observations passed, focused theme", "share", "higher",
            "of those with a result",
        )
    },
)  # fmt: skip
