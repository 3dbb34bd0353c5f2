"""The sheet *Did it hold?*: every verified change with its counts, interval and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.frames import counted_in_order, each_row
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import VERDICTS
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

MOST_CHANGES = 1_000
"""So many changes stand on the sheet, the latest first; its tally and `data/held.csv` hold all."""


def held_rows(held: pd.DataFrame, sources: Sequence[Source]) -> Sheet:
    """The sheet *Did it hold?*, the latest change first."""
    rows: list[tuple[Cell, ...]] = []
    for row in each_row(held.iloc[::-1].head(MOST_CHANGES)):
        interval = None
        if pd.notna(row.ratio):
            high = "no upper limit" if np.isinf(row.high) else f"{row.high:.2f}"
            interval = f"{row.low:.2f} to {high}"
        rows.append(
            (
                row.verdict, row.service, row.theme, row.action, _day(row.completed_on),
                row.verify_by,
                _day(row.verified_on),
                *((None,) * 4 if row.verdict == "no theme" else
                  (row.before, row.before_days, row.after, row.after_days)),
                _one_place(row.before_per_1000), _one_place(row.after_per_1000),
                None if pd.isna(row.ratio) or np.isinf(row.ratio) else round(row.ratio, 2),
                interval,
                row.at_first, str(sources[row.source].place(row.row, "action")),
            )
        )  # fmt: skip
    tally = counted_in_order(held["verdict"], VERDICTS)
    told = "; ".join(f"{number} {verdict}" for verdict, number in tally.items())
    more = len(held) > MOST_CHANGES
    return Sheet(
        "Did it hold", "Did it hold?",
        f"Every verified change, not a choice of them: {len(held)} in all ({told or 'none'}). "
        "Signals of the theme at the service in the 26 weeks before the change and in up to 26 "
        "weeks since, and for each 1,000 bed-days (or visits, or hours) where the activity of "
        "those months is known. Held: fewer signals since, and worse: more, than chance would "
        "explain (the 95% interval of the rate ratio leaves out 1). Came back: it held at eight "
        "weeks, and now the difference could be chance again. Too few to tell: so few signals that "
        "no split of them could show more than chance. Changes made after a cluster look better "
        "than they are."
        + (f" Here are the latest {MOST_CHANGES:,}; data/held.csv has all." if more else ""),
        (
            SheetColumn("Verdict", width=17), SheetColumn("Service", width=20),
            SheetColumn("Theme", width=28), SheetColumn("Change", "long text", 50),
            SheetColumn("Completed", "date", 12), SheetColumn("Verified by", width=13),
            SheetColumn("Verified on", "date", 12), SheetColumn("Signals before", "whole", 9),
            SheetColumn("Days before", "whole", 9), SheetColumn("Signals since", "whole", 9),
            SheetColumn("Days since", "whole", 9), SheetColumn("Per 1,000 before", "number", 10),
            SheetColumn("Per 1,000 since", "number", 10), SheetColumn("Rate ratio", "number", 10),
            SheetColumn("95% interval", width=22), SheetColumn("At 8 weeks", width=16),
            SheetColumn("Where", "text", 44),
        ),
        tuple(rows),
        "No completed action was verified by re-audit, sampling or observation yet.",
    )  # fmt: skip


def _one_place(value: float) -> Cell:
    return None if pd.isna(value) else round(value, 1)


def _day(value: Any) -> Cell:
    return None if pd.isna(value) else value.date()
