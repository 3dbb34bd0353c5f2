"""Logs to be marked: one with everything in it that a copy must keep, and the findings about it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from hashlib import sha256
from typing import Any

import openpyxl
import xlsxwriter

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.tables import ColumnRead, ReadFile, Recognised, Table
from learnpipe.report.marked.marked import Job, jobs

FILE = "north/march.xlsx"
LOG = "Jo's log"
BAD_SEVERITY = Finding(
    "not-on-list", "blank", Place(FILE, LOG, 5, "C"), '"lowish" is not a severity.', "Type low."
)
LATE = Finding("late", "note", Place(FILE, LOG, 5, "C"), "It is late.", "Look at the date.")
COMMENTED = Finding("odd", "note", Place(FILE, LOG, 6, "B"), "An odd day.", "Check it.")


def full_log(**options: Any) -> bytes:
    """A workbook with all that people keep in their logs; ``options`` go to its maker."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    white = book.add_format({"font_color": "white", "bg_color": "#12436d", "locked": False})
    bold = book.add_format({"bold": True})
    log = book.add_worksheet(LOG)
    lists = book.add_worksheet("Lists")
    secret = book.add_worksheet("Old")
    log.merge_range("A1:D1", "Incidents of the north", bold)
    log.write_row("A3", ["Ref", "Date", "Severity", "Days", "What happened"], white)
    for row in range(3, 40):
        log.write_string(row, 0, f"{row:04}")
        log.write_datetime(row, 1, dt.datetime(2026, 3, 1 + row % 28, 9, 30), date)
        log.write_string(row, 2, "low", white)
        log.write_formula(row, 3, f"=TODAY()-B{row + 1}", None, 12)
        log.write_rich_string(row, 4, "Fell ", bold, "in the hall", " at night")
    log.write_comment("B6", "Ask Sam about this", {"author": "Jo"})
    log.data_validation("C4:C40", {"validate": "list", "source": ["none", "low", "moderate"]})
    log.data_validation(
        "B4:B40", {"validate": "date", "criteria": ">", "value": dt.date(2020, 1, 1)}
    )
    log.conditional_format("D4:D40", {"type": "cell", "criteria": ">", "value": 7, "format": bold})
    log.conditional_format("A4:A40", {"type": "duplicate", "format": white})
    log.autofilter("A3:E40")
    log.freeze_panes(3, 1)
    log.set_column("A:A", 9)
    log.set_column("E:E", 44, None, {"level": 1})
    log.set_row(2, 31)
    log.protect("secret", {"sort": True, "autofilter": True})
    log.print_area("A1:E40")
    log.repeat_rows(2)
    log.set_landscape()
    log.set_header("&CNorth &D")
    log.set_h_pagebreaks([20])
    log.write_url("E41", "https://example.org/policy", string="Policy")
    lists.write_column("A1", ["none", "low", "moderate"])
    lists.add_table("C1:D4", {"name": "Homes", "columns": [{"header": "Home"}, {"header": "Area"}]})
    secret.hide()
    book.define_name("Severities", "=Lists!$A$1:$A$3")
    book.set_properties({"title": "North", "author": "Jo", "created": dt.datetime(2026, 1, 1)})
    book.set_custom_property("Owner", "Jo")
    lists.activate()
    book.close()
    return target.getvalue()


def job_for(body: bytes, *findings: Finding, file: str = FILE, hidden: bool = False) -> Job:
    """The job of marking a log whose header stands in row 3."""
    columns = tuple(ColumnRead(letter, letter, None, True) for letter in "ABCDE")
    sheet = Recognised(file, LOG, hidden, (Table("incidents", "by its headers", 3, columns),))
    (job,) = jobs([ReadFile(file, sha256(body).hexdigest(), (sheet,))], findings)
    return job


def opened(body: bytes, **options: bool) -> openpyxl.Workbook:
    """A workbook's bytes as openpyxl reads them."""
    return openpyxl.load_workbook(io.BytesIO(body), **options)


def parts_of(body: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(body: bytes, parts: dict[str, bytes | tuple[bytes, bytes] | None]) -> bytes:
    """A workbook with parts added, taken out (None), or with bytes of one replaced by others."""
    changed = parts_of(body)
    for name, value in parts.items():
        if value is None:
            del changed[name]
        elif isinstance(value, bytes):
            changed[name] = value
        else:
            assert value[0] in changed[name], f"{value[0]!r} is not in {name}"
            changed[name] = changed[name].replace(*value)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in changed.items():
            archive.writestr(name, part)
    return target.getvalue()
