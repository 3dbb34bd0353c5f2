"""The story in a few lines: read → recognise → validate → assess → measure → report.

Heavy libraries are imported while the children read, so that neither waits for the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnpipe import __version__
from learnpipe.ground.calendar import NO_MONTH, month_end, month_number, month_text, months_of
from learnpipe.ground.findings import Finding, LearnpipeError, Place, count_by_severity
from learnpipe.ground.schemas import Schemas, schemas_in
from learnpipe.ground.settings import FILE_NAME, Settings, load_settings
from learnpipe.ground.tables import Evidence, Judged, LedgerLine, ReadFile, Source
from learnpipe.read.children import start
from learnpipe.read.folder import FileToRead, Listing, list_files
from learnpipe.understand import WORK, Context

if TYPE_CHECKING:
    from learnpipe.report.chart_process import ChartProcess
    from learnpipe.validate import People

Progress = Callable[[str, int, int], None]
SIZE_FOR_A_CHILD = 2_000_000
"""Bytes of files for which another child is worth starting."""


@dataclass(frozen=True)
class Understood:
    """A folder as far as checking goes: its files, evidence, findings, services' nations."""

    listing: Listing
    files: tuple[ReadFile, ...]
    evidence: Evidence
    nations: dict[str, str]
    schemas: Schemas
    settings: Settings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far: of the folder, the files, the cells."""
        return (*self.listing.findings, *self.evidence.findings)


@dataclass(frozen=True)
class Run:
    """What a run wrote, and what it found."""

    month: str
    workbook: Path
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerLine, ...]
    files: tuple[ReadFile, ...]


def settings_for(folder: Path, given: Path | None, schemas: Schemas) -> Settings:
    """The settings file that was named, else the one in the folder, else the defaults."""
    beside = folder / FILE_NAME
    return load_settings(given or (beside if beside.is_file() else None), schemas)


def understand(
    folder: Path,
    output: Path,
    settings_file: Path | None = None,
    schemas_folder: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Understood:
    """Read, recognise and validate a folder. Raises `LearnpipeError` where nothing is usable."""
    schemas = schemas_in(schemas_folder)
    listing = list_files(folder, (output,))
    settings = settings_for(folder, settings_file, schemas)
    schemas = settings.applied_to(schemas)
    if not listing.files:
        raise LearnpipeError((*listing.findings, _nothing(folder)))
    files = _read(listing.files, schemas, settings, workers, progress)
    from learnpipe.validate import gather

    evidence, services = gather(files, schemas, settings)
    return Understood(listing, files, evidence, dict(services.nations), schemas, settings)


def _nothing(folder: Path) -> Finding:
    return Finding(
        "nothing-to-read", "stop", Place(folder.name or str(folder)),
        "There is no spreadsheet in this folder.",
        "Put your logs into it (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .tsv) and run again.",
    )  # fmt: skip


def _read(
    files: Sequence[FileToRead],
    schemas: Schemas,
    settings: Settings,
    workers: int,
    progress: Progress | None,
) -> tuple[ReadFile, ...]:
    """Every file as understood, in the children; meanwhile this process loads its libraries."""
    done = 0

    def told(file: FileToRead) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("Reading", done, len(files))

    # This process is busy importing meanwhile: a second child earns its start only later.
    children = 1 + sum(file.size for file in files) // SIZE_FOR_A_CHILD
    with start(files, WORK, Context(schemas, settings), min(workers, children)) as reading:
        _load_libraries()
        answers = reading.results(told)
    first_of: dict[str, str] = {}
    out = []
    for answer in answers:
        name, twin = answer.file.name, first_of.get(answer.sha256)
        if twin is None or not answer.sha256:
            first_of.setdefault(answer.sha256, name)
        sheets: Any = answer.value or ()
        out.append(ReadFile(name, answer.sha256, tuple(sheets), answer.findings, twin))
    return tuple(out)


def _load_libraries() -> None:
    """Import what the later rooms need, down to what they would only import on first use."""
    import xlsxwriter  # noqa: F401

    import learnpipe.assess
    import learnpipe.measure
    import learnpipe.report.paint_workbook
    import learnpipe.validate
    from learnpipe.ground.calendar import NATIONS, bank_holidays

    learnpipe.validate.warm_up()
    bank_holidays(NATIONS[0], 2026, 2026)


def latest_month(evidence: Evidence, today: dt.date) -> int:
    """The latest month that the incident logs cover and that has ended by ``today``."""
    ended = month_number(today.year, today.month) - 1
    frame = evidence.logs["incidents"]
    months = [
        int(month)
        for name in ("occurred_at", "reported_at")
        for month in months_of(frame[name].to_numpy())
        if month != NO_MONTH and month <= ended
    ]
    declared = [s.declared for s in evidence.sources if s.log == "incidents" and s.declared]
    known = [*months, *(month for month in declared if month <= ended)]
    if not known:
        raise LearnpipeError(
            Finding(
                "no-month", "stop", Place("incident log"),
                "No incident has a date in a month that has ended.",
                "Check the dates in the log, or name the month with --month YYYY-MM.",
            )  # fmt: skip
        )
    return max(known)


def need_incidents(understood: Understood) -> None:
    """Raise `LearnpipeError` where there is no incident log, saying what was there instead."""
    if "incidents" in understood.evidence.logs:
        return
    read = [file for file in understood.files if file.included]
    sheets = [sheet for file in read for sheet in file.sheets]
    near = next((t.why for s in sheets for t in s.tables if "incident log" in t.why), "")
    found = sorted({sheet.log for sheet in sheets if sheet.log})
    problem = f"None of the {len(understood.files)} files holds an incident log"
    problem += f" (found: {', '.join(found)})." if found else "."
    fix = (
        "An incident log needs a column with the date it happened or was reported, and one with "
        "its category, theme or summary. See how each sheet was understood with: learnpipe columns "
        "FILE."
    )
    if near:
        fix = f"One sheet is {near}. {fix}"
    finding = Finding("no-incident-log", "stop", Place("folder"), problem, fix)
    raise LearnpipeError((*(f for f in understood.findings if f.severity == "stop"), finding))


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
    from learnpipe.report.chart_process import ChartProcess

    understood = understand(folder, output, settings_file, schemas_folder, workers, progress)
    need_incidents(understood)
    painter = ChartProcess(beside=workers > 1)
    try:
        return _report(understood, painter, output, today, month, strict, progress)
    finally:
        painter.end()


def _report(
    understood: Understood,
    painter: ChartProcess,
    output: Path,
    today: dt.date,
    month: int | None,
    strict: bool,
    progress: Progress | None,
) -> Run:
    """Judge, measure and write one month of what was understood."""
    month = latest_month(understood.evidence, today) if month is None else month
    from learnpipe.assess import judge
    from learnpipe.validate import People

    schemas, evidence = understood.schemas, understood.evidence
    judged = judge(evidence, schemas, understood.nations, month)
    findings = (*understood.findings, *judged.findings)
    if strict and any(finding.severity != "note" for finding in findings):
        raise LearnpipeError([finding for finding in findings if finding.severity != "note"])
    if progress:
        progress("Measuring", 1, 1)
    ledger = _ledger(understood.files, evidence.sources, judged)
    people = People.in_logs(evidence.logs, schemas)
    path = _write(understood, judged, findings, ledger, people, painter, output, month, progress)
    return Run(month_text(month), path, findings, ledger, understood.files)


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
                    sheet.file, sheet.sheet, sheet.log,
                    tables[0].header_row if tables else None,
                    sum(table.read for table in tables), records - superseded, superseded,
                    sum(table.set_aside for table in tables), sum(table.blank for table in tables),
                )  # fmt: skip
            )
    return tuple(lines)


def _write(
    understood: Understood,
    judged: Judged,
    findings: tuple[Finding, ...],
    ledger: tuple[LedgerLine, ...],
    people: People,
    painter: ChartProcess,
    output: Path,
    month: int,
    progress: Progress | None,
) -> Path:
    """Measure, build the page, and publish the month's set."""
    from learnpipe.measure import load_metrics, measure, measures_table
    from learnpipe.measure.held import did_it_hold
    from learnpipe.measure.themes import theme_table
    from learnpipe.report.data import write_cases, write_findings, write_measures
    from learnpipe.report.lists import case_table
    from learnpipe.report.page import Facts, build_page
    from learnpipe.report.paint_workbook import paint_workbook
    from learnpipe.report.previous import said_before
    from learnpipe.report.publish import edition
    from learnpipe.report.record import alt_texts, run_record
    from learnpipe.report.sheets import build_sheets

    schemas, sources = understood.schemas, understood.evidence.sources
    metrics = load_metrics()
    supplied = tuple(understood.evidence.logs)
    measures = measure(judged.frames, judged.span, metrics, schemas, supplied)
    inputs = sha256("\n".join(sorted(file.sha256 for file in understood.files)).encode())
    facts = Facts(
        month=month,
        judged=judged,
        measures=measures,
        metrics=metrics,
        schemas=schemas,
        settings=understood.settings,
        files=understood.files,
        ledger=ledger,
        findings=findings,
        left_out=understood.listing.findings,
        nations=understood.nations,
        fingerprint=inputs.hexdigest(),
        version=__version__,
        previous=said_before(output, month),
    )
    page = build_page(facts)
    painter.begin(page.charts)
    cases = judged.frames["cases"]
    held = did_it_hold(judged.frames["actions"], cases, judged.span, schemas)
    themes = theme_table(cases, judged.span.services, month, schemas)
    trails = case_table(facts, sources)
    sheets = build_sheets(facts, sources, trails, held, themes)
    name = month_text(month)
    if progress:
        progress("Writing", 1, 1)
    with edition(output, name) as staging:
        charts = staging.folder / "charts"
        charts.mkdir()
        (charts / "alt-text.csv").write_bytes(alt_texts(page.charts))
        data = staging.folder / "data"
        data.mkdir()
        write_measures(measures_table(measures), data / "measures.csv")
        write_cases(trails, data / "cases.csv", people.masked)
        write_findings(findings, data / "findings.csv", people.masked)
        pictures = painter.pictures()
        for file, picture in pictures.items():
            (charts / file).write_bytes(picture)
        paint_workbook(page, sheets, pictures, staging.folder / f"governance-{name}.xlsx")
        record = run_record(
            name, str(month_end(month)), understood.settings.sha256, schemas.sha256, __version__,
            understood.files, ledger, dict(count_by_severity(findings)), people.masked,
        )  # fmt: skip
        staging.run.update(record)
    return output / name / f"governance-{name}.xlsx"


def columns(
    path: Path, settings_file: Path | None, schemas_folder: Path | None
) -> tuple[ReadFile, Schemas]:
    """How each sheet and column of one file is understood. Raises where the file is refused."""
    if not path.is_file():
        raise LearnpipeError(
            Finding("no-file", "stop", Place(str(path)), "There is no such file.", "Check the path.")
        )
    schemas = schemas_in(schemas_folder)
    settings = settings_for(path.parent, settings_file, schemas)
    schemas = settings.applied_to(schemas)
    file = FileToRead(path.resolve(), path.name, path.stat().st_size)
    with start([file], WORK, Context(schemas, settings), 1) as reading:
        answer = reading.results()[0]
    if answer.findings:
        raise LearnpipeError(answer.findings)
    sheets: Any = answer.value
    return ReadFile(path.name, answer.sha256, tuple(sheets)), replace(schemas)
