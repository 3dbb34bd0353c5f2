"""The month's set: all that a run writes, built once its figures are known, and published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from learnpipe import __version__
from learnpipe.ground.calendar import month_end, month_text
from learnpipe.ground.findings import count_by_severity
from learnpipe.ground.tables import Source
from learnpipe.intake import Progress
from learnpipe.measure import measures_table
from learnpipe.measure.held import did_it_hold
from learnpipe.measure.held_alternatives import small_alternatives
from learnpipe.measure.themes import theme_table
from learnpipe.report.data.data_folder import data_tables, write_data
from learnpipe.report.facts import Facts
from learnpipe.report.page.page import build_page
from learnpipe.report.page.paint_workbook import paint_workbook
from learnpipe.report.page.pdf_page import names_free
from learnpipe.report.page.picture_set import PictureSet
from learnpipe.report.pictures.pictures import pictures_beside
from learnpipe.report.publish import edition
from learnpipe.report.record import run_record
from learnpipe.report.sharing.note import build_note
from learnpipe.report.sharing.outside import what_leaves
from learnpipe.report.sharing.tender_book import tender_book
from learnpipe.report.sharing.tender_changes import may_be_told
from learnpipe.report.sheets.lists import case_table
from learnpipe.report.sheets.sheets import build_sheets
from learnpipe.report.sheets.stories import learning_stories
from learnpipe.report.side_process import SideProcess
from learnpipe.report.theme import palette_named


def write_month_set(
    facts: Facts,
    sources: Sequence[Source],
    side: SideProcess,
    output: Path,
    progress: Progress | None,
) -> Path:
    """Build the page and what stands behind it, and publish the set; the workbook's path.

    Raises `LearnpipeError` where an output cannot be written.
    """
    judged, schemas, masked = facts.judged, facts.schemas, facts.masked
    page = build_page(facts)
    cases = judged.frames["cases"]
    held = did_it_hold(
        judged.frames["actions"], cases, judged.span, schemas, judged.frames["activity"]
    )
    systemic = judged.frames["systemic"]
    themes = theme_table(cases, judged.span.services, facts.month, schemas, systemic)
    beside = pictures_beside(themes, held, masked)
    pictures = PictureSet(page, beside)
    side.begin(pictures.jobs, facts.settings.palette, names_free(page, masked))
    stories = learning_stories(facts, held)
    most = facts.settings.sharing.threshold - 1
    small = small_alternatives(may_be_told(held, stories), most)
    outside = what_leaves(facts, page, held, small, themes, stories, output)
    note = build_note(facts, stories, themes, outside.decided.counts, outside.words)
    trails = case_table(facts, sources)
    tables = data_tables(facts, sources, measures_table(facts.measures), trails, held)
    others, tender = pictures.others(outside.pictures), tender_book(outside.tender)
    side.hand_over(others, note, tables, tender)
    behind = build_sheets(facts, sources, trails, held, themes, stories)
    sheets = (*behind[:-2], outside.sheet, *behind[-2:])  # before what explains the rest
    name = month_text(facts.month)
    if progress:
        progress("Writing", 1, 1)
    with edition(output, name) as staging:
        outside.write(staging.folder)
        (staging.folder / f"what-changed-{name}.txt").write_bytes(note.text.encode())
        paint_workbook(
            page, sheets, lambda: pictures.in_workbook(side.pictures()),
            staging.folder / f"governance-{name}.xlsx",
            palette=palette_named(facts.settings.palette), beside=beside,
        )  # fmt: skip
        (staging.folder / f"one-page-{name}.pdf").write_bytes(side.document())
        files = pictures.files(outside.pictures, side.pictures(), side.others())
        for file, picture in files.items():
            (staging.folder / "charts" / file).write_bytes(picture)
        (staging.folder / f"what-changed-{name}.docx").write_bytes(side.note())
        write_data(staging.folder / "data", facts, tables, side.data())
        (staging.folder / f"tender-evidence-{name}.xlsx").write_bytes(side.tender())
        record = run_record(
            name, str(month_end(facts.month)), facts.settings.sha256, schemas.sha256, __version__,
            facts.files, facts.ledger, dict(count_by_severity(facts.findings)), masked,
            facts.previous_edition or outside.previous,
        )  # fmt: skip
        staging.run.update(record)
    return output / name / f"governance-{name}.xlsx"
