"""Reading and checking only: what is wrong in which cell, and marked copies of the logs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Evidence
from learnpipe.intake import Progress, Understood, understand
from learnpipe.marking import Marking, Shelved
from learnpipe.needed import latest_month, need_logs

__all__ = ["Checked", "Shelved", "check"]

PLANNED = ("due_on", "month")
"""Dates of rows that may well lie ahead."""


@dataclass(frozen=True)
class Checked:
    """What a check found in how many records, and the marked copies that it made."""

    findings: tuple[Finding, ...]
    marked: Shelved
    records: int


def check(
    folder: Path,
    output: Path,
    today: dt.date,
    settings_file: Path | None = None,
    schemas_folder: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Checked:
    """Read and check only; the logs with findings are marked in copies.

    It finds what a run would find that reports the latest month that has ended by ``today``, and
    the dates after it. Raises `LearnpipeError` where there is no log at all.
    """
    understood = understand(folder, output, settings_file, schemas_folder, workers, progress)
    need_logs(understood)
    findings = (
        *understood.findings,
        *_of_records(understood, today),
        *days_ahead(understood.evidence, understood.schemas, today),
    )
    tables = [t for file in understood.files for sheet in file.sheets for t in sheet.tables]
    records = sum(table.records for table in tables if table.log != "services")
    with Marking(understood.files, understood.listing.files, findings, output, workers) as marking:
        return Checked(findings, marking.finish(), records)


def _of_records(understood: Understood, today: dt.date) -> tuple[Finding, ...]:
    """What shows only when the rows of all files are put together."""
    from learnpipe.assess import judge

    evidence = understood.evidence
    if "incidents" not in evidence.logs:
        return ()
    try:
        month = latest_month(evidence, today)
    except LearnpipeError:
        return ()
    return judge(evidence, understood.schemas, understood.nations, month).findings


def days_ahead(evidence: Evidence, schemas: Schemas, today: dt.date) -> list[Finding]:
    """A note for each row that says that something happened on a day after ``today``."""
    import numpy as np

    tomorrow = np.datetime64(today + dt.timedelta(days=1), "s")
    found = []
    for log, frame in evidence.logs.items():
        for field in schemas.logs[log].dates:
            if field in PLANNED:
                continue
            ahead = frame[field].to_numpy() >= tomorrow
            for number, row in frame.loc[ahead, ["source", "row"]].itertuples(index=False):
                found.append(
                    Finding(
                        "day-ahead",
                        "note",
                        evidence.sources[int(number)].place(row, field),
                        "This day is still to come; the row is in no report before it.",
                        "Check the year, the month and the day.",
                    )
                )
    return found
