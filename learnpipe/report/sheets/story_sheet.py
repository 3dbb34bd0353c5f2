"""The sheet *Learning stories*: a row for each step, and the whole as plain text with its words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from learnpipe.ground.frames import counted_in_order
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import VERDICTS
from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.sheets.stories import STEPS, Story, tally_told

NOT_SHOWN = "Not shown by the logs."


def story_rows(stories: Sequence[Story], held: pd.DataFrame, sources: Sequence[Source]) -> Sheet:
    """The stories, the best-evidenced first, with the tally of all verified changes above them."""
    tally = tally_told(held, counted_in_order(held["verdict"], VERDICTS))
    above: list[tuple[Cell, ...]] = [
        (None, "All", "All", "Tally", f"{tally}. Sheet Did it hold has each of them.", *(None,) * 3)
    ]
    told = [row for number, one in enumerate(stories, 1) for row in _of_story(number, one, sources)]
    return Sheet(
        "Learning stories", "Learning stories",
        "Trigger, review, change, verification, spread and outcome trend of the changes completed "
        "in the last twelve months: one story a theme and service, the best-evidenced first, only "
        "from what the logs say. Above them the tally of all verified changes, not a choice of "
        "them. Internal: they may name people.",
        (
            SheetColumn("Story", "whole", 7), SheetColumn("Theme", width=24),
            SheetColumn("Service", width=18), SheetColumn("Step", width=13),
            SheetColumn("What the logs say", "long text", 80), SheetColumn("Words", "whole", 8),
            SheetColumn("References", width=16), SheetColumn("Where", "text", 40),
        ),
        tuple(above + told) if told else (),
        "No action with a theme was completed in the last twelve months, so there is no story yet.",
    )  # fmt: skip


def _of_story(number: int, one: Story, sources: Sequence[Source]) -> list[tuple[Cell, ...]]:
    """The rows of one story: its six steps, and its plain text."""
    about = (number, one.theme, one.service)
    refs = {"trigger": one.incident_ref, "change": one.action_ref}
    where = {"change": str(sources[one.source].place(one.row, "action"))}
    rows: list[tuple[Cell, ...]] = [
        (*about, step.capitalize(), getattr(one, step) or NOT_SHOWN, None, refs.get(step) or None,
         where.get(step))
        for step in STEPS
    ]  # fmt: skip
    missing = f"missing: {', '.join(one.missing)}" if one.missing else "complete"
    return [*rows, (*about, "Plain text", one.text, one.words, missing, None)]
