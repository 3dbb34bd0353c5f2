"""The chase list: by owner, what is overdue, unverified, owed or due before the next meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted
from learnpipe.report.facts import Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.sheets.duty_rows import duties_now

MOST_ROWS = 5_000
_TOGETHER = re.compile(r"\s*(?:/|&|\+|;|\band\b)\s*")
_COLUMNS = (
    "owner", "role", "what", "service", "action_ref", "incident_ref", "promised", "due_on",
    "escalated", "source", "row", "field",
)  # fmt: skip
_SYSTEMIC = "Systemic theme"
DUTIES = {
    "triaged": "Triage not recorded",
    "shared": "Sharing in the huddle not recorded",
    "micro_action": "No micro-action recorded",
    "reviewed": "Review not recorded",
    "signed_off": "Sign-off not recorded",
    "multi_agency": "Multi-agency step not recorded",
    "debriefed": "Staff debrief not recorded",
    "reporter_told": "No record that the reporter was told",
    "service_wide_plan": f"{_SYSTEMIC}: no service-wide plan recorded",
    "training_refresh": f"{_SYSTEMIC}: no training refresh recorded",
    "governance": f"{_SYSTEMIC}: no governance oversight recorded",
    "cross_site_audit": f"{_SYSTEMIC}: no cross-site re-audit recorded",
}
"""What is chased when a duty fell due and the log does not show it: it may have been done."""
OWED = {
    "candour_told": "Candour: tell the person",
    "candour_apology": "Candour: apologise",
    "candour_written": "Candour: follow up in writing",
    "notified_cqc": "Notification owed: CQC",
    "notified_riddor": "Notification owed: RIDDOR",
}
"""What is chased from the day of the incident until it is done."""


def chase_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *Chase list*, by owner; joint owners have a row each."""
    as_at = pd.Timestamp(month_end(facts.month))
    meeting = pd.Timestamp(next_meeting(facts))
    table = pd.concat(
        [_of_actions(facts, as_at, meeting), _of_duties(facts, as_at), _questions(facts)],
        ignore_index=True,
    )
    table = _by_owner(table, facts.schemas.lists["no_answer"])
    whole = len(table)
    table = table.iloc[:MOST_ROWS]
    rows = _rows(table, as_at, sources)
    more = f" Of {counted(whole, 'row')} the first {MOST_ROWS:,} stand here." if (
        whole > MOST_ROWS
    ) else ""  # fmt: skip
    return Sheet(
        "Chase list", "Chase list",
        "By owner: what is overdue, closed but not verified, owed, not recorded when it fell due, "
        f"or due before the next meeting ({meeting.strftime('%d/%m/%Y')}). Not recorded need not "
        "mean not done: if it was done, put its date into the cell. What an incident still needs "
        "stands with its reviewer (a sign-off with who signs), since the log names no owner for "
        f"it. Joint owners have a row each. Internal: it names people.{more}",
        (
            SheetColumn("Owner", width=22), SheetColumn("Role", width=18),
            SheetColumn("What", width=36), SheetColumn("Service", width=20),
            SheetColumn("Action", width=12), SheetColumn("Incident", width=12),
            SheetColumn("What was promised", "long text", 54), SheetColumn("Due", "date", 12),
            SheetColumn("Days late", "whole", 9), SheetColumn("Escalated", width=10),
            SheetColumn("Where", "text", 52),
        ),
        rows,
        "Nothing is overdue, owed or due before the next meeting.",
    )  # fmt: skip


def next_meeting(facts: Facts) -> np.datetime64:
    """The next meeting: the setting, else the usual day of the next month."""
    if facts.settings.next_meeting:
        return np.datetime64(facts.settings.next_meeting, "D")
    day = round(facts.schemas.number("next_meeting_day"))
    first = month_end(facts.month).astype("datetime64[D]")
    return np.datetime64(first + np.timedelta64(day - 1, "D"))


def _of_actions(facts: Facts, as_at: pd.Timestamp, meeting: pd.Timestamp) -> pd.DataFrame:
    """Overdue, due soon, closed but unverified, and re-checks due before the meeting.

    A re-check is due on the day that the provider has set, else on the last of its window.
    """
    month = facts.month
    actions = facts.judged.frames["actions"]
    now = actions[(actions["valid_from"] <= month) & (month < actions["valid_to"])]
    planned = now["verify_due_on"].where(now["verify_due_on"].notna(), now["verify_by_on"])
    now = now.assign(planned_on=planned)
    is_open = (now["open_from"] <= month) & (month < now["open_to"])
    checking = (now["verify_open_from"] <= month) & (month < now["verify_open_to"])
    parts = []
    for what, mask, date in (
        ("Overdue", (now["overdue_from"] <= month) & (month < now["overdue_to"]), "due_on"),
        ("Due before the meeting",
         is_open & (now["due_on"] >= as_at) & (now["due_on"] <= meeting), "due_on"),
        ("Closed but not verified",
         (now["unverified_from"] <= month) & (month < now["unverified_to"]), "verify_by_on"),
        ("Verification due before the meeting",
         checking & (planned <= meeting) & ~(now["verified_on"] < as_at), "planned_on"),
    ):  # fmt: skip
        rows = now[mask]
        told = rows["escalated_from"] <= month
        parts.append(
            pd.DataFrame(
                {
                    "owner": rows["owner"].where(rows["owner"].notna(), rows["owner_role"]),
                    "role": rows["owner_role"], "what": what,
                    "service": rows["service"], "action_ref": rows["ref"],
                    "incident_ref": rows["incident_ref"], "promised": rows["action"],
                    "due_on": rows[date], "escalated": told, "source": rows["source"],
                    "row": rows["row"],
                    "field": "verified_on" if "erif" in what else "completed_on",
                },
                columns=list(_COLUMNS),
            )
        )  # fmt: skip
    return pd.concat(parts)


def _of_duties(facts: Facts, as_at: pd.Timestamp) -> pd.DataFrame:
    """Duties of the last months that were not done, and what is owed until it is."""
    duties = facts.judged.frames["duties"]
    since = pd.Timestamp(month_end(facts.month - round(facts.schemas.number("chase_months"))))
    due = duties["due_on"]
    late = (due < as_at) & (due >= since) & duties["duty"].isin(DUTIES)
    if "actions" not in facts.judged.span.covered:  # nobody can tell whether one was raised
        late &= duties["duty"] != "micro_action"
    undone = ~(duties["done_on"] < as_at)
    rows = duties_now(facts, (undone & (late | duties["duty"].isin(OWED))).to_numpy())
    rows = rows.assign(
        what=[
            _what(duty, theme, mark)
            for duty, theme, mark in zip(rows["duty"], rows["theme"], rows["mark"], strict=True)
        ]
    )
    rows = _steps_together(rows)
    owner = rows["reviewed_by"].where(rows["duty"] != "signed_off", rows["signed_off_by"])
    return pd.DataFrame(
        {
            "owner": owner, "what": rows["what"], "service": rows["service"],
            "incident_ref": rows["ref"], "due_on": rows["due_on"], "escalated": False,
            "source": rows["source"],
            "row": rows["row"], "field": rows["field"],
        },
        columns=list(_COLUMNS),
    )  # fmt: skip


def _what(duty: str, theme: object, mark: object) -> str:
    """What is chased; a systemic theme is named where its case's reference does not name it."""
    what = {**DUTIES, **OWED}[duty]
    if what.startswith(_SYSTEMIC) and str(theme) not in str(mark):
        what = what.replace(_SYSTEMIC, f"{_SYSTEMIC} {theme}", 1)
    return what if mark is None else f"{what} ({mark})"


def _steps_together(rows: pd.DataFrame) -> pd.DataFrame:
    """The open steps of candour of one incident in one row, that of the first of them."""
    step = rows["duty"].str.startswith("candour").to_numpy()
    told = rows[step].groupby("version", sort=False)["what"].agg(
        lambda steps: "Candour: " + ", ".join(one.removeprefix("Candour: ") for one in steps)
    )  # fmt: skip
    first = rows[step].drop_duplicates("version")
    first = first.assign(what=first["version"].map(told))
    return pd.concat([rows[~step], first])


def _questions(facts: Facts) -> pd.DataFrame:
    """Severe or fatal harm where the log leaves open whether the duty of candour applies."""
    cases = facts.judged.frames["cases"]
    rows = cases[cases["candour_asked"].astype(bool) & (cases["month"] <= facts.month)]
    return pd.DataFrame(
        {
            "owner": rows["reviewed_by"], "what": "Does the duty of candour apply?",
            "service": rows["service"], "incident_ref": rows["ref"], "escalated": False,
            "due_on": pd.Series(pd.NaT, rows.index, dtype="datetime64[s]"),
            "source": rows["source"], "row": rows["row"], "field": "candour_applies",
        },
        columns=list(_COLUMNS),
    )  # fmt: skip


def _by_owner(table: pd.DataFrame, nobody: Sequence[str]) -> pd.DataFrame:
    """A row for each of joint owners, in the order of owner and day; those of nobody last."""
    told = {name: owners(name, nobody) for name in table["owner"].dropna().unique()}
    named = [told.get(one, [None]) for one in table["owner"]]
    each = [owner for one in named for owner in one]
    table = table.iloc[np.repeat(np.arange(len(table)), [len(one) for one in named])]
    table = table.assign(owner=pd.Series(each, table.index, dtype=object))
    key = [str(name).casefold() if isinstance(name, str) else "\U0010ffff"
           for name in table["owner"]]  # fmt: skip
    return table.assign(key=key).sort_values(
        ["key", "due_on", "what", "source", "row"], kind="stable", ignore_index=True
    )


def owners(cell: str, nobody: Sequence[str] = ()) -> list[str | None]:
    """The owners that a cell names; None where it names nobody.

    >>> owners("Ann Lee / Bo Day"), owners("n/a", ["n/a"]), owners("Al Reed")
    (['Ann Lee', 'Bo Day'], [None], ['Al Reed'])
    """
    if cell.strip().casefold() in nobody:
        return [None]
    named = [part.strip() for part in _TOGETHER.split(cell) if part.strip()]
    return list(dict.fromkeys(named)) or [None]


def _rows(
    table: pd.DataFrame, as_at: pd.Timestamp, sources: Sequence[Source]
) -> tuple[tuple[Cell, ...], ...]:
    """The rows of the sheet, column by column: there may be thousands."""
    due = table["due_on"].to_numpy().astype("datetime64[D]")
    known = ~np.isnat(due)
    days = np.where(known, (as_at.to_datetime64().astype("datetime64[D]") - due), 0)
    late = [number if number > 0 else None for number in days.astype(np.int64).tolist()]
    dates = [day if there else None for day, there in zip(due.tolist(), known, strict=True)]
    told = {name: [one if isinstance(one, str) else None for one in table[name]]
            for name in ("owner", "role", "what", "service", "action_ref", "incident_ref",
                         "promised")}  # fmt: skip
    where = [
        str(sources[source].place(row, field))
        for source, row, field in zip(
            table["source"].tolist(), table["row"].tolist(), table["field"], strict=True
        )
    ]
    escalated = ["yes" if one else None for one in table["escalated"]]
    owners_told = [one or "owner not stated" for one in told.pop("owner")]
    return tuple(zip(owners_told, *told.values(), dates, late, escalated, where, strict=True))
