"""Micro-tests running at the end of the month: begun by then, their last day not passed. Beside it
those that have passed their last day without a decision (due to stop), and those that ended in the
month and were adopted, or stopped by their stop rule. A test without a last day runs for two
weeks, one that is extended for two weeks more.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies, Tally


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Tests standing at each month end, and those that ended in it."""
    rows = frames["micro_tests"]

    def standing(name: str) -> Tally:
        return Tally(span.standing(rows["at"], rows[f"{name}_from"], rows[f"{name}_to"]))

    def ended(decision: str) -> Tally:
        own = rows[rows["decision"] == decision]
        return Tally(span.count(own["at"], own["ended_month"]))

    return {
        "": standing("running"),
        "due_to_stop": standing("waiting"),
        "adopted": ended("adopted"),
        "stopped": ended("stopped"),
    }


METRIC = Metric(
    key="micro_tests",
    title="Micro-tests running",
    family="Learning",
    order=50,
    kind="count",
    better="neither",
    question="Are we trying things out, and deciding?",
    unit="micro-tests",
    covers="micro_tests",
    needs={
        "micro_tests": (
            "at", "decision", "running_from", "running_to", "waiting_from", "waiting_to",
            "ended_month",
        )
    },
    tally=tally,
    source="Article: a two-week micro-test with a stop rule",
    stock=True,
    parts={
        "due_to_stop": Part(
            "Micro-tests due to stop", better="lower", unit="micro-tests", stock=True
        ),
        "adopted": Part("Micro-tests adopted", unit="micro-tests"),
        "stopped": Part("Micro-tests stopped by their stop rule", unit="micro-tests"),
    },
)  # fmt: skip
