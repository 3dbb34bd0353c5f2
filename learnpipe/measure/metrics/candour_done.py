"""Duty of candour done by the last day of the review, of those for which the log says that it
applies: the person told in person, an apology given, and a written follow-up sent. All three are
needed; where a log keeps one date for the whole, it stands for each. England only: other nations
have candour laws of their own, which are not judged. Severe or fatal harm where the log leaves
open whether candour applies is asked on the chase list and never falls due.
"""

from collections.abc import Mapping

import pandas as pd

from learnpipe.ground.measurements import Metric, Part, Span, Tallies
from learnpipe.measure.counting import share


def tally(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Candour by the month in which it fell due, by category and theme, and each step."""
    duties = frames["duties"]
    name = duties["duty"].to_numpy()
    out = share(duties[name == "candour"], span, by=("category", "theme"))
    for step in METRIC.parts:
        out[step] = share(duties[name == f"candour_{step}"], span)[""]
    return out


METRIC = Metric(
    key="candour_done",
    title="Duty of candour done",
    family="Timeliness",
    order=50,
    kind="share",
    better="higher",
    question="Were we open with people when it went wrong?",
    unit="of those due",
    covers="incidents",
    needs={
        "duties": (
            "at", "duty", "due_month", "state", "open_from", "open_to", "category", "theme",
        )
    },
    tally=tally,
    source="HSCA Regulations 2014, regulation 20; article: evidence duty of candour",
    parts={
        "told": Part("Candour: told in person", "share", "higher", "of those due"),
        "apology": Part("Candour: apology given", "share", "higher", "of those due"),
        "written": Part("Candour: written follow-up", "share", "higher", "of those due"),
    },
    england_only=True,
)  # fmt: skip
