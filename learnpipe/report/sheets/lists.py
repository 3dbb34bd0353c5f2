"""The evidence trail of this month's cases, and where each chain first breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.findings import Place
from learnpipe.ground.frames import each_row
from learnpipe.ground.tables import Source
from learnpipe.report.facts import RECORD_TITLES, Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

MOST_CASES = 5_000


def case_table(facts: Facts, sources: Sequence[Source]) -> pd.DataFrame:
    """Each case with a record that fell due this month: its records and where it first breaks."""
    month = facts.month
    trail = facts.judged.frames["trail"]
    holds = (trail["valid_from"] <= month) & (month < trail["valid_to"])
    trail = trail[holds]
    own = trail.loc[trail["due_at"] == month, "case"].unique()
    trail = trail[trail["case"].isin(own)]
    state = np.where(
        trail["present_month"] <= month,
        "there",
        np.where(trail["due_at"] > month, "not yet due", "missing"),
    )
    trail = trail.assign(state_now=state)
    records = dict(
        zip(zip(trail["case"], trail["record"], strict=True), trail["state_now"], strict=True)
    )
    missing = trail[trail["state_now"] == "missing"].drop_duplicates("case").set_index("case")
    breaks = missing[["record", "at_source", "at_row", "at_field"]].to_dict("index")
    cases = facts.judged.frames["cases"]
    complaints = facts.judged.frames["complaint_cases"]
    holds = (complaints["valid_from"] <= month) & (month < complaints["valid_to"])
    columns = [name for name in complaints.columns if name in cases]
    if holds.any():
        cases = pd.concat([cases[columns], complaints.loc[holds, columns]])
    cases = cases[cases["case"].isin(own)]
    inferred = set(trail.loc[trail["inferred"].astype(bool), "case"])
    rows = []
    for one in cases.to_dict("records"):
        broken = breaks.get(one["case"])
        where = ""
        if broken is not None:
            place = sources[int(broken["at_source"])].place(
                int(broken["at_row"]), broken["at_field"]
            )
            where = str(place)
        rows.append(
            {
                "ref": one["ref"],
                "service": one["service"],
                "day": one["day"],
                "tier": None if one["tier"] < 0 else int(one["tier"]),
                "tier_recorded": bool(one["recorded_tier"] >= 0),
                "expected_tier": None if one["expected_tier"] < 0 else int(one["expected_tier"]),
                "theme": one["theme"] if isinstance(one["theme"], str) else one["category"],
                **{
                    record: records.get((one["case"], record), "not required")
                    for record in RECORD_TITLES
                },
                "breaks_at": RECORD_TITLES[str(broken["record"])] if broken is not None else "",
                "where": where,
                "action_link": "inferred" if one["case"] in inferred else "",
                "file": sources[int(one["source"])].file,
                "sheet": sources[int(one["source"])].sheet,
                "row": int(one["row"]),
            }
        )
    columns = [
        "ref", "service", "day", "tier", "tier_recorded", "expected_tier", "theme", *RECORD_TITLES,
        "breaks_at", "where", "action_link", "file", "sheet", "row",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["service", "day", "ref"], kind="stable").reset_index(drop=True)


def case_rows(table: pd.DataFrame) -> Sheet:
    """The sheet *Evidence trail*, from `case_table`."""
    rows: list[tuple[Cell, ...]] = [
        (
            row.ref, row.service, _day(row.day), row.tier if pd.notna(row.tier) else None,
            None if row.tier_recorded else "expected", row.theme,
            *(getattr(row, record) for record in RECORD_TITLES), row.breaks_at or None,
            row.where or str(Place(row.file, row.sheet, row.row)), row.action_link or None,
        )
        for row in each_row(table.head(MOST_CASES))
    ]  # fmt: skip
    return Sheet(
        "Evidence trail", "Evidence trail",
        "Each case with a record that fell due this month, and where its chain first breaks. "
        "Missing: it fell due and the logs do not show it. "
        "Complaints that name an action are cases too. Inferred: the action names no incident; it "
        "was linked by service, theme and date.",
        (
            SheetColumn("Ref", width=14), SheetColumn("Service", width=20),
            SheetColumn("Happened", "date", 12), SheetColumn("Tier", "whole", 6),
            SheetColumn("Tier is", width=10), SheetColumn("Theme", width=28),
            *(SheetColumn(title, width=13) for title in RECORD_TITLES.values()),
            SheetColumn("First break", width=16), SheetColumn("Where to look", "text", 52),
            SheetColumn("Action linked by", width=14),
        ),
        tuple(rows),
        "No record of any case fell due this month.",
    )  # fmt: skip


def _day(value: Any) -> Cell:
    return None if pd.isna(value) else value.date()
