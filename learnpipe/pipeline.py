"""The story in a few lines: read → recognise → validate → assess → measure → report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from learnpipe import __version__
from learnpipe.ground.calendar import month_text
from learnpipe.ground.findings import Finding, LearnpipeError
from learnpipe.ground.tables import Judged, LedgerLine, ReadFile, Source
from learnpipe.intake import Progress, Understood, columns, understand
from learnpipe.marking import IN_A_RUN, Marking, Shelved
from learnpipe.needed import latest_month, need_incidents

if TYPE_CHECKING:
    from learnpipe.report.facts import Facts
    from learnpipe.report.side_process import SideProcess

__all__ = ["Progress", "Run", "Understood", "columns", "page_facts", "run", "understand"]


@dataclass(frozen=True)
class Run:
    """What a run wrote, and what it found; ``covered``: whether an incident log has the month."""

    month: str
    workbook: Path
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerLine, ...]
    files: tuple[ReadFile, ...]
    marked: Shelved
    covered: bool


def run(
    folder: Path,
    output: Path,
    today: dt.date,
    month: int | None = None,
    settings_file: Path | None = None,
    schemas_folder: Path | None = None,
    workers: int = 1,
    strict: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Read, check, measure and write everything for one month.

    Raises `LearnpipeError` where nothing is usable, where ``strict`` and something was found, or
    where an output cannot be written.
    """
    from learnpipe.report.side_process import SideProcess

    side = SideProcess()
    try:
        understood = understand(
            folder, output, settings_file, schemas_folder, workers, progress,
            meanwhile=lambda: _get_ready(side, workers),
        )  # fmt: skip
        need_incidents(understood)
        return _report(understood, side, output, today, month, strict, progress)
    finally:
        side.end()


def _get_ready(side: SideProcess, workers: int) -> None:
    """While the readers read: start the process beside this one, load what is needed to the end."""
    if workers > 1:
        side.start()
    import learnpipe.month_set  # noqa: F401
    from learnpipe.measure import load_metrics

    load_metrics()


def _report(
    understood: Understood,
    side: SideProcess,
    output: Path,
    today: dt.date,
    month: int | None,
    strict: bool,
    progress: Progress | None,
) -> Run:
    """Judge, measure and write one month of what was understood."""
    month = latest_month(understood.evidence, today) if month is None else month
    from learnpipe.assess import judge
    from learnpipe.month_set import write_month_set

    schemas, evidence = understood.schemas, understood.evidence
    judged = judge(evidence, schemas, understood.nations, month)
    findings = (*understood.findings, *judged.findings)
    if strict and any(finding.severity != "note" for finding in findings):
        raise LearnpipeError([finding for finding in findings if finding.severity != "note"])
    if progress:
        progress("Measuring", 1, 1)
    with Marking(
        understood.files, understood.listing.files, findings, output, most_bytes=IN_A_RUN
    ) as marking:
        facts = page_facts(understood, judged, output)
        path = write_month_set(facts, evidence.sources, side, output, progress)
        marked = marking.finish()
    span = judged.span
    covered = month in span.months and bool(span.covered["incidents"][:, month - span.first].any())
    return Run(
        month_text(month), path, findings, tuple(facts.ledger), understood.files, marked, covered
    )


def _ledger(
    files: Sequence[ReadFile], sources: Sequence[Source], judged: Judged
) -> tuple[LedgerLine, ...]:
    """What became of the rows of every sheet."""
    by_sheet: dict[tuple[str, str | None], list[Source]] = {}
    for source in sources:
        by_sheet.setdefault((source.file, source.sheet), []).append(source)
    lines = []
    for file in files:
        for sheet in file.sheets:
            tables = [table for table in sheet.tables if table.log]
            own = by_sheet.get((sheet.file, sheet.sheet), [])
            records = sum(table.records for table in tables)
            superseded = sum(judged.superseded.get(source.number, 0) for source in own)
            if file.duplicate_of is not None:
                superseded = records
            lines.append(
                LedgerLine(
                    sheet.file,
                    sheet.sheet,
                    sheet.log,
                    tables[0].header_row if tables else None,
                    sum(table.read for table in tables),
                    records - superseded,
                    superseded,
                    sum(table.set_aside for table in tables),
                    sum(table.blank for table in tables),
                )
            )
    return tuple(lines)


def page_facts(understood: Understood, judged: Judged, output: Path) -> Facts:
    """What the page of the judged month is made of; ``output`` may hold the edition before it."""
    from learnpipe.measure import load_metrics, measure
    from learnpipe.report.facts import Facts
    from learnpipe.report.page.previous import fingerprint_before, said_before
    from learnpipe.validate import People

    schemas, evidence = understood.schemas, understood.evidence
    metrics = load_metrics()
    said = said_before(output, judged.month)
    people = People.in_logs(evidence.logs, schemas, understood.settings.provider)
    inputs = sha256("\n".join(sorted(file.sha256 for file in understood.files)).encode())
    return Facts(
        month=judged.month,
        judged=judged,
        measures=measure(
            *(judged.frames, judged.span, metrics, schemas, tuple(evidence.logs)),
            understood.settings.rebase,
        ),
        metrics=metrics,
        schemas=schemas,
        settings=understood.settings,
        files=understood.files,
        ledger=_ledger(understood.files, evidence.sources, judged),
        findings=(*understood.findings, *judged.findings),
        left_out=understood.listing.findings,
        nations=understood.nations,
        fingerprint=inputs.hexdigest(),
        version=__version__,
        previous=said,
        masked=people.masked,
        doubtful=people.doubtful,
        previous_edition=fingerprint_before(output, judged.month) if said else None,
    )
