"""Lists that name cases: the evidence trail of this month's cases, and the chase list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.frames import each_row
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import MET
from learnpipe.report.page import RECORD_TITLES, Facts
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
    cases = cases[cases["case"].isin(own)]
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
                "file": sources[int(one["source"])].file,
                "sheet": sources[int(one["source"])].sheet,
                "row": int(one["row"]),
            }
        )
    columns = [
        "ref", "service", "day", "tier", "tier_recorded", "expected_tier", "theme", *RECORD_TITLES,
        "breaks_at", "where", "file", "sheet", "row",
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
            row.where or f"{row.file}, row {row.row}",
        )
        for row in each_row(table.head(MOST_CASES))
    ]  # fmt: skip
    return Sheet(
        "Evidence trail", "Evidence trail",
        "Each case with a record that fell due this month, and where its chain first breaks.",
        (
            SheetColumn("Ref", width=14), SheetColumn("Service", width=20),
            SheetColumn("Happened", "date", 12), SheetColumn("Tier", "whole", 6),
            SheetColumn("Tier is", width=10), SheetColumn("Theme", width=28),
            *(SheetColumn(title, width=13) for title in RECORD_TITLES.values()),
            SheetColumn("First break", width=16), SheetColumn("Where to look", "text", 52),
        ),
        tuple(rows),
    )  # fmt: skip


def chase_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *Chase list*: what is overdue, closed but unverified, or due before the meeting."""
    month = facts.month
    as_at = pd.Timestamp(month_end(month))
    meeting = pd.Timestamp(_meeting(facts))
    actions = facts.judged.frames["actions"]
    now = actions[(actions["valid_from"] <= month) & (month < actions["valid_to"])]
    is_open = (now["open_from"] <= month) & (month < now["open_to"])
    overdue = now[(now["overdue_from"] <= month) & (month < now["overdue_to"])]
    soon = now[is_open & (now["due_on"] >= as_at) & (now["due_on"] <= meeting)]
    unverified = now[(now["unverified_from"] <= month) & (month < now["unverified_to"])]
    checks = now[
        (now["verify_open_from"] <= month) & (month < now["verify_open_to"])
        & (now["verify_by_on"] <= meeting) & ~(now["verified_on"] < as_at)
    ]  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for what, frame, date in (
        ("Overdue", overdue, "due_on"),
        ("Closed but not verified", unverified, "verify_by_on"),
        ("Due before the meeting", soon, "due_on"),
        ("Verification due before the meeting", checks, "verify_by_on"),
    ):
        for row in each_row(frame.sort_values([date, "source", "row"], kind="stable")):
            due = getattr(row, date)
            place = sources[int(row.source)].place(int(row.row), "action")
            rows.append(
                (
                    _text(row.owner) or _text(row.owner_role), _text(row.owner_role), what,
                    row.service, row.ref, row.incident_ref, _text(row.action), _day(due),
                    int((as_at - due).days) if due < as_at else None,
                    "yes" if _text(row.escalated_to) or pd.notna(row.escalated_on) else None,
                    str(place),
                )
            )  # fmt: skip
    duties = facts.judged.frames["duties"]
    late = duties[(duties["due_month"] == month) & (duties["state"] != MET)]
    cases = facts.judged.frames["cases"].set_index("case")[["reviewed_by", "ref"]].to_dict("index")
    for row in each_row(late[late["done_on"].isna()]):
        one = cases.get(row.case)
        if one is None:
            continue
        rows.append(
            (
                _text(one["reviewed_by"]), None, f"Not done: {row.duty.replace('_', ' ')}",
                row.service,
                None, one["ref"], None, _day(row.due_on), int((as_at - row.due_on).days), None,
                str(sources[int(row.source)].place(int(row.row), row.field)),
            )
        )  # fmt: skip
    rows.sort(key=lambda one: (str(one[0] or "~").casefold(), str(one[7] or "")))
    return Sheet(
        "Chase list", "Chase list",
        "By owner: what is overdue, closed but not verified, not done when it fell due this "
        "month, or "
        f"due before the next meeting ({meeting.strftime('%d/%m/%Y')}). Internal: it names people.",
        (
            SheetColumn("Owner", width=22), SheetColumn("Role", width=18),
            SheetColumn("What", width=30), SheetColumn("Service", width=20),
            SheetColumn("Action", width=12), SheetColumn("Incident", width=12),
            SheetColumn("What was promised", "long text", 54), SheetColumn("Due", "date", 12),
            SheetColumn("Days late", "whole", 9), SheetColumn("Escalated", width=10),
            SheetColumn("Where", "text", 52),
        ),
        tuple(rows),
    )  # fmt: skip


def _meeting(facts: Facts) -> np.datetime64:
    """The next meeting: the setting, else the usual day of the next month."""
    if facts.settings.next_meeting:
        return np.datetime64(facts.settings.next_meeting, "D")
    day = round(facts.schemas.number("next_meeting_day"))
    first = month_end(facts.month).astype("datetime64[D]")
    return np.datetime64(first + np.timedelta64(day - 1, "D"))


def _day(value: Any) -> Cell:
    return None if pd.isna(value) else value.date()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
