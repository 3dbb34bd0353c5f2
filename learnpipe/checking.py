"""Reading and checking only: what is wrong in which cell, and marked copies of the logs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.terms import counted
from learnpipe.intake import Progress, Understood, understand
from learnpipe.marking import Marking, Shelved

__all__ = ["Checked", "Shelved", "check", "need_logs"]


@dataclass(frozen=True)
class Checked:
    """What a check found in how many records, and the marked copies that it made."""

    findings: tuple[Finding, ...]
    marked: Shelved
    records: int


def check(
    folder: Path,
    output: Path,
    settings_file: Path | None = None,
    schemas_folder: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Checked:
    """Read and check only; the logs with findings are marked in copies.

    Raises `LearnpipeError` where there is no log at all.
    """
    understood = understand(folder, output, settings_file, schemas_folder, workers, progress)
    need_logs(understood)
    findings = understood.findings
    tables = [t for file in understood.files for sheet in file.sheets for t in sheet.tables]
    records = sum(table.records for table in tables if table.log != "services")
    with Marking(understood.files, understood.listing.files, findings, output, workers) as marking:
        return Checked(findings, marking.finish(), records)


def need_logs(understood: Understood) -> None:
    """Raise `LearnpipeError` where no sheet of any file is a log."""
    sheets = [sheet for file in understood.files for sheet in file.sheets]
    if any(sheet.log for sheet in sheets):
        return
    why = next((t.why for sheet in sheets for t in sheet.tables if t.why), "")
    problem = f"None of the {counted(len(understood.files), 'file')} holds a log"
    problem += f" (the first sheet: {why})." if why else "."
    fix = (
        "A log is a table with a header row and a row for each incident, action, complaint or "
        "session. See how each sheet was understood with: learnpipe columns FILE."
    )
    stops = [finding for finding in understood.findings if finding.severity == "stop"]
    raise LearnpipeError((*stops, Finding("no-log", "stop", Place("folder"), problem, fix)))
