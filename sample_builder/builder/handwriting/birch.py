"""Birch Lodge: one workbook a log, a sheet a month, headers on two rows, dates as typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from builder.handwriting.birch_words import (
    ACTION_COLUMNS,
    ACTION_SLIPS,
    GROUPS,
    INCIDENT_COLUMNS,
    INCIDENT_SLIPS,
)
from builder.handwriting.paper import Cell, Sheet, letter, write_xlsx
from builder.handwriting.slips import (
    Clerk,
    Column,
    Mess,
    Notebook,
    by_id,
    choose,
    short,
    uk,
)
from builder.stories.provider import KNOWN_ON, Record, day_of, months, rng

HOME = "Birch Lodge"
INCIDENT_FILE = f"{HOME}/Birch Lodge Incident Log.xlsx"
ACTION_FILE = f"{HOME}/Birch Lodge Action Tracker.xlsx"
SWAPPED = date(2025, 2, 1)
"""The month whose dates were typed day first into a computer set to US dates."""
_NAMES = {9: "Sept"}


def sheet_name(month: date) -> str:
    """The name of a month's sheet, which has changed with whoever set it up.

    >>> [sheet_name(date(2024, 9, 1)), sheet_name(date(2024, 10, 1)), sheet_name(date(2026, 3, 1))]
    ['Sept 24', 'Oct 2024', 'March 2026']
    """
    if month < date(2024, 10, 1):
        return f"Sept {month:%y}"
    if month < date(2025, 1, 1):
        return f"{month:%b %Y}"
    if month < date(2026, 1, 1):
        return f"{_NAMES.get(month.month, month.strftime('%b'))} {month:%y}"
    return f"{month:%B %Y}"


def _swapped(value: date) -> Cell:
    if value.day <= 12:
        return date(value.year, value.day, value.month)
    return uk(value)


def _style(month: date) -> Callable[[Any], Cell]:
    """How dates are typed in a month: as text in three ways, or as true dates."""
    styles: tuple[Callable[[Any], Cell], ...] = (uk, lambda v: v, short, lambda v: v, uk)
    return styles[(month.year * 12 + month.month) % 5]


def _columns(month: date) -> list[Column]:
    style = _style(month)
    columns: list[Column] = []
    for column in INCIDENT_COLUMNS:
        write = column.write
        if column.field == "occurred_on":
            write = _swapped if month == SWAPPED else style
        elif column.field.endswith("_on"):
            write = uk if month == SWAPPED else style
        columns.append(Column(column.header, column.field, write))
    return columns


def _as_kept(record: Record) -> Record:
    """The record with its date and time apart, as Birch Lodge keeps them."""
    at: datetime = record["occurred_at"]
    kept = dict(record)
    kept["occurred_on"] = at.date()
    kept["occurred_time"] = at.time()
    kept["reported_on"] = day_of(record["reported_at"])
    triaged = record.get("triaged_at")
    kept["triaged_on"] = triaged.date() if triaged else None
    kept["level"] = "near miss" if record["signal"] == "near miss" else record["severity"]
    return kept


def _time_as_typed(value: time, number: int) -> Cell:
    """A time as 05:00pm, as `10:15am `, as a real time or as 17.05, by turns."""
    if number % 4 == 0:
        return value.strftime("%I:%M%p").lower()
    if number % 4 == 1:
        return value.strftime("%I:%M%p").lower() + " "
    return value if number % 4 == 2 else value.strftime("%H:%M")


def _head(sheet: Sheet, month: date) -> int:
    """Logo, title and the two header rows; returns the lower header's row."""
    sheet.add("[Hazelbrook Care logo]")
    sheet.header(f"BIRCH LODGE – INCIDENT & NEAR MISS LOG – {month:%B %Y}".upper())
    sheet.add("Complete on the day. One line per incident. Send to manager by the 5th.")
    sheet.add()
    groups: list[Cell] = []
    top = len(sheet.rows)
    for name, width in GROUPS:
        if width > 1:
            sheet.merged.append((top, len(groups), top, len(groups) + width - 1))
        groups.extend([name] + [None] * (width - 1))
    sheet.header(*groups)
    return sheet.header(*(column.header for column in INCIDENT_COLUMNS))


def _tail(sheet: Sheet, notebook: Notebook, month: date, count: int, next_no: int) -> None:
    """What stands below the records: numbered empty rows, totals, footnote, header once more."""
    name, number = sheet.name, month.month
    if number % 3 == 0:
        for step in range(4):
            row = sheet.add(f"INC-{next_no + step:03d}", "Birch Lodge" if step < 2 else None)
            notebook.note("pre-numbered empty row", INCIDENT_FILE, name, row)
    if number % 4 == 1:
        headers = [column.header for column in INCIDENT_COLUMNS]
        row = sheet.header(*headers)
        notebook.note("header repeated as the last row", INCIDENT_FILE, name, row)
    if number % 3 != 1:
        row = sheet.add("TOTAL", None, count)
        notebook.note("totals row", INCIDENT_FILE, name, row)
    if number % 4 == 0:
        sheet.add()
        row = sheet.add("* DoC = duty of candour. SG = safeguarding. See policy HC-12.")
        notebook.note("footnote", INCIDENT_FILE, name, row)


def _row_per_person(records: list[Record]) -> Record:
    """The incident that stands on two rows, because two residents were in it."""
    return next(
        record
        for record in records
        if record["theme"].startswith("Choking") and record["occurred_at"] >= datetime(2025, 6, 1)
    )


def write_incidents(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    """Write the incident workbook: a cover, a sheet a month, a blank form, hidden lists."""
    kept = [_as_kept(record) for record in records]
    chosen = choose(INCIDENT_SLIPS, kept, "birch incidents")
    doubled = _row_per_person(kept)
    sheets = [_cover()]
    for month in months():
        sheet = Sheet(sheet_name(month))
        _head(sheet, month)
        mine = [record for record in kept if day_of(record["occurred_at"]).replace(day=1) == month]
        if month.month == 5:
            row = sheet.add()
            notebook.note("blank row between header and data", INCIDENT_FILE, sheet.name, row)
        clerk = Clerk(notebook, "incidents", _columns(month), chosen, by_id(kept))
        for number, record in enumerate(mine):
            typed = record | {"occurred_time": _time_as_typed(record["occurred_time"], number)}
            row = clerk.add(sheet, INCIDENT_FILE, typed)
            if month == SWAPPED and record["occurred_at"].day <= 12:
                notebook.mess.append(Mess(
                    "day and month swapped", INCIDENT_FILE, sheet.name, f"C{row}", "incidents",
                    record["_id"], "occurred_at", str(_swapped(record["occurred_on"])), "ask",
                ))  # fmt: skip
            if record is doubled:
                other = rng("second person").choice([r["person_affected"] for r in kept])
                row = clerk.add(sheet, INCIDENT_FILE, typed | {"person_affected": other})
                notebook.note("one incident on two rows", INCIDENT_FILE, sheet.name, row)
        _tail(sheet, notebook, month, len(mine), kept[-1]["_number"] + 1)
        sheets.append(sheet)
    sheets.append(_blank_form())
    sheets.append(_lists())
    _note_layout(notebook, sheets)
    write_xlsx(folder / INCIDENT_FILE, sheets, KNOWN_ON)


def _note_layout(notebook: Notebook, sheets: list[Sheet]) -> None:
    first = sheets[1].name
    notebook.note("title, logo and instructions above the header", INCIDENT_FILE, first, 1)
    notebook.note("merged header of two rows", INCIDENT_FILE, first, 5)
    notebook.note("sheet names of a month in several styles", INCIDENT_FILE, first)
    notebook.note("cover sheet", INCIDENT_FILE, "Cover")
    notebook.note("blank form", INCIDENT_FILE, "Blank form")
    notebook.note("hidden list sheet", INCIDENT_FILE, "Lists")
    column = letter([c.field for c in INCIDENT_COLUMNS].index("occurred_time"))
    notebook.mess.append(Mess("time typed as 05:00pm", INCIDENT_FILE, first, f"{column}7"))
    notebook.mess.append(Mess("time typed as 10:15am with a space", INCIDENT_FILE, first,
                              f"{column}8"))  # fmt: skip
    notebook.mess.append(Mess("ticks for yes and no", INCIDENT_FILE, first))
    notebook.note("date as text", INCIDENT_FILE, sheets[1].name)
    notebook.note("un-rendered placeholders", INCIDENT_FILE, "Blank form", 8)


def _cover() -> Sheet:
    sheet = Sheet("Cover")
    sheet.add()
    sheet.add(None, "Birch Lodge")
    sheet.add(None, "Incident and near miss log")
    sheet.add()
    sheet.add(None, "Kept by", "Clinical lead")
    sheet.add(None, "Policy", "HC-12")
    sheet.add(None, "Started", "September 2024")
    return sheet


def _blank_form() -> Sheet:
    sheet = Sheet("Blank form")
    sheet.add("TEMPLATE – copy for next month")
    _head(sheet, date(2026, 11, 1))
    sheet.add("{{ref}}", "{{home}}", "{{date}}", "{{time}}")
    for _ in range(6):
        sheet.add(None, "Birch Lodge")
    return sheet


def _lists() -> Sheet:
    sheet = Sheet("Lists", hidden=True)
    sheet.add("Level of harm", "Yes/No")
    for level, tick in (("None", "✓"), ("Minor", "x"), ("Moderate", None), ("Severe", None),
                        ("Death", None), ("Near miss", None)):  # fmt: skip
        sheet.add(level, tick)
    return sheet


def write_actions(folder: Path, notebook: Notebook, records: list[Record]) -> None:
    """Write the action tracker: a sheet a year, with a key above the header."""
    chosen = choose(ACTION_SLIPS, records, "birch actions")
    clerk = Clerk(notebook, "actions", ACTION_COLUMNS, chosen, by_id(records))
    sheets: list[Sheet] = []
    for year in (2024, 2025, 2026):
        sheet = Sheet(str(year))
        sheet.header(f"Birch Lodge action tracker {year}")
        sheet.add("Key", "Meaning")
        sheet.add("Open", "Not yet done")
        sheet.add("Done", "Done, not always checked")
        sheet.add()
        notebook.note("key table above the header", ACTION_FILE, sheet.name, 2)
        row = sheet.header(*(column.header for column in ACTION_COLUMNS))
        notebook.note("header with a date that moves", ACTION_FILE, sheet.name, row)
        for record in records:
            if record["raised_on"].year == year:
                clerk.add(sheet, ACTION_FILE, record)
        sheets.append(sheet)
    write_xlsx(folder / ACTION_FILE, sheets, KNOWN_ON)


def write(folder: Path, notebook: Notebook, known: dict[str, list[Record]]) -> None:
    """Write both workbooks of Birch Lodge."""
    incidents = [record for record in known["incidents"] if record["service"] == HOME]
    actions = [record for record in known["actions"] if record["service"] == HOME]
    write_incidents(folder, notebook, incidents)
    write_actions(folder, notebook, actions)
