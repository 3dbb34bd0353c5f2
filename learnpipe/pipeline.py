"""The story in a few lines: read → recognise → validate → assess → measure → report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from learnpipe import __version__
from learnpipe.ground.calendar import NO_MONTH, month_end, month_number, month_text, months_of
from learnpipe.ground.findings import Finding, LearnpipeError, Place, count_by_severity
from learnpipe.ground.tables import Evidence, Judged, LedgerLine, ReadFile, Source
from learnpipe.intake import Progress, Understood, columns, understand
from learnpipe.marking import IN_A_RUN, Marking, Shelved

if TYPE_CHECKING:
    from learnpipe.report.chart_process import ChartProcess
    from learnpipe.report.page import Facts

__all__ = ["Progress", "Run", "Understood", "columns", "page_facts", "run", "understand"]


@dataclass(frozen=True)
class Run:
    """What a run wrote, and what it found."""

    month: str
    workbook: Path
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerLine, ...]
    files: tuple[ReadFile, ...]
    marked: Shelved


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
                "no-month",
                "stop",
                Place("incident log"),
                "No incident has a date in a month that has ended.",
                "Check the dates in the log, or name the month with --month YYYY-MM.",
            )
        )
    return max(known)


def need_incidents(understood: Understood) -> None:
    """Raise `LearnpipeError` where there is no incident log, saying what was there instead."""
    if "incidents" in understood.evidence.logs:
        need_rows(understood.evidence)
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


def need_rows(evidence: Evidence) -> None:
    """Raise `LearnpipeError` where the incident logs are still empty, and no month says why.

    An empty log of a month that its file or sheet names is a month without incidents.
    """
    own = [source for source in evidence.sources if source.log == "incidents"]
    if len(evidence.logs["incidents"]) or any(source.declared for source in own):
        return
    problem = "The incident log has no rows yet."
    fix = "Fill in a row for each incident and run again."
    place = Place(own[0].file, own[0].sheet)
    raise LearnpipeError(Finding("nothing-yet", "stop", place, problem, fix))


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

    painter = ChartProcess()
    try:
        understood = understand(
            folder, output, settings_file, schemas_folder, workers, progress,
            meanwhile=painter.start if workers > 1 else None,
        )  # fmt: skip
        need_incidents(understood)
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
        path = _write(facts, evidence.sources, painter, output, progress)
        marked = marking.finish()
    return Run(month_text(month), path, findings, tuple(facts.ledger), understood.files, marked)


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
    from learnpipe.report.page import Facts
    from learnpipe.report.previous import fingerprint_before, said_before
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


def _write(
    facts: Facts,
    sources: Sequence[Source],
    painter: ChartProcess,
    output: Path,
    progress: Progress | None,
) -> Path:
    """Build the page and what stands behind it, and publish the month's set."""
    from learnpipe.measure import measures_table
    from learnpipe.measure.held import did_it_hold
    from learnpipe.measure.held_alternatives import small_alternatives
    from learnpipe.measure.themes import theme_table
    from learnpipe.report.data_folder import write_data
    from learnpipe.report.lists import case_table
    from learnpipe.report.note import build_note
    from learnpipe.report.outside import what_leaves
    from learnpipe.report.page import build_page
    from learnpipe.report.paint_workbook import paint_workbook
    from learnpipe.report.pdf_page import names_free
    from learnpipe.report.picture_set import PictureSet
    from learnpipe.report.pictures import pictures_beside
    from learnpipe.report.publish import edition
    from learnpipe.report.record import run_record
    from learnpipe.report.sheets import build_sheets
    from learnpipe.report.stories import learning_stories
    from learnpipe.report.theme import palette_named

    judged, schemas, masked = facts.judged, facts.schemas, facts.masked
    page = build_page(facts)
    cases = judged.frames["cases"]
    held = did_it_hold(
        judged.frames["actions"], cases, judged.span, schemas, judged.frames["activity"]
    )
    systemic = judged.frames["systemic"]
    themes = theme_table(cases, judged.span.services, facts.month, schemas, systemic)
    beside = pictures_beside(themes, held, masked)
    stories = learning_stories(facts, held)
    small = small_alternatives(held, facts.settings.sharing.threshold - 1)
    outside = what_leaves(facts, page, held, small, themes, stories, output)
    pictures = PictureSet(page, beside, outside.pictures)
    painter.begin(pictures.jobs, facts.settings.palette, names_free(page, masked))
    trails = case_table(facts, sources)
    note = build_note(facts, stories, themes, outside.decided.counts, outside.words)
    painter.hand_over(note)
    behind = build_sheets(facts, sources, trails, held, themes, stories)
    sheets = (*behind[:-2], outside.sheet, *behind[-2:])  # before what explains the rest
    name = month_text(facts.month)
    if progress:
        progress("Writing", 1, 1)
    with edition(output, name) as staging:
        outside.write(staging.folder, name)
        charts, data = staging.folder / "charts", staging.folder / "data"
        write_data(data, facts, sources, measures_table(facts.measures), trails, held)
        (staging.folder / f"what-changed-{name}.txt").write_bytes(note.text.encode())

        def painted() -> dict[str, bytes]:
            all_of_them = painter.pictures()
            for file, picture in pictures.files(all_of_them).items():
                (charts / file).write_bytes(picture)
            return pictures.in_workbook(all_of_them)

        paint_workbook(
            page, sheets, painted, staging.folder / f"governance-{name}.xlsx",
            palette=palette_named(facts.settings.palette), beside=beside,
        )  # fmt: skip
        (staging.folder / f"one-page-{name}.pdf").write_bytes(painter.document())
        (staging.folder / f"what-changed-{name}.docx").write_bytes(painter.note())
        record = run_record(
            name, str(month_end(facts.month)), facts.settings.sha256, schemas.sha256, __version__,
            facts.files, facts.ledger, dict(count_by_severity(facts.findings)), masked,
            facts.previous_edition or outside.previous,
        )  # fmt: skip
        staging.run.update(record)
    return output / name / f"governance-{name}.xlsx"
