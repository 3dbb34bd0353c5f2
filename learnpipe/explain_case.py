"""One case's whole chain in words, from the logs of a folder."""

from __future__ import annotations

import datetime as dt
import textwrap
from difflib import get_close_matches
from pathlib import Path

from learnpipe.assess import judge
from learnpipe.assess.refs import ref_key
from learnpipe.ground.calendar import month_end
from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.intake import understand
from learnpipe.measure.held import did_it_hold
from learnpipe.needed import latest_month, need_incidents
from learnpipe.report.sheets.case_chain import case_chain
from learnpipe.report.sheets.story_words import day_told

_WIDTH = 78


def explain_case(ref: str, folder: Path, settings_file: Path | None, today: dt.date) -> str:
    """The chain of the case that goes by ``ref``, as at the end of the latest month that ended.

    References count as the same however they are typed; of several services' cases each is told.
    Raises `LearnpipeError` where no case goes by it, naming the nearest.
    """
    understood = understand(folder, folder / "output", settings_file)
    need_incidents(understood)
    month = latest_month(understood.evidence, today)
    judged = judge(understood.evidence, understood.schemas, understood.nations, month)
    frames = judged.frames
    cases = frames["cases"]
    known = cases[cases["ref"].notna()]
    own = known[[ref_key(one) == ref_key(ref) for one in known["ref"]]]
    if own.empty:
        near = get_close_matches(ref, known["ref"].unique().tolist(), n=3, cutoff=0.6)
        raise LearnpipeError(
            Finding(
                "no-such-case",
                "stop",
                Place(folder.name or str(folder)),
                f'No incident has the reference "{ref}", and nothing else of that name can be '
                "explained.",
                f"Did you mean {' or '.join(near)}?" if near else "Check the reference in the log.",
            )
        )
    held = did_it_hold(
        frames["actions"], cases, judged.span, understood.schemas, frames["activity"]
    )
    as_at = day_told(month_end(month).astype(object))
    told = [f"As at 00:00 on {as_at}."]
    for case in own["case"]:
        lines = case_chain(int(case), judged, understood.evidence.sources, held)
        told.append("\n".join(_line(text, place) for text, place in lines))
    return "\n\n".join(told)


def _line(text: str, place: str) -> str:
    """A line of the chain, with its place indented below it."""
    indent = " " * (len(text) - len(text.lstrip()))
    shown = textwrap.fill(
        text.strip(), _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    )  # fmt: skip
    return f"{shown}\n{indent}  [{place}]" if place else shown
