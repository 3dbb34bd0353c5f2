"""The sheets behind the page: each one table, as pure data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from learnpipe import spc
from learnpipe.ground.frames import each_row
from learnpipe.ground.measurements import ALL, Measures
from learnpipe.ground.tables import Source
from learnpipe.report.facts import DUTY_TITLES, SYSTEMIC_TITLES, TIER_TITLES, Facts
from learnpipe.report.figures import (
    interval_text,
    reason_text,
    target_text,
    value_text,
    variation_text,
)
from learnpipe.report.pictures.reading import read_last_point
from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.sheets.case_lists import change_rows, complaint_rows, micro_test_rows
from learnpipe.report.sheets.case_sample import sample_rows
from learnpipe.report.sheets.chase import chase_rows
from learnpipe.report.sheets.cqc import cqc_rows
from learnpipe.report.sheets.definitions import definition_rows
from learnpipe.report.sheets.disagreements import disagreement_rows
from learnpipe.report.sheets.held_sheet import held_rows
from learnpipe.report.sheets.lists import case_rows
from learnpipe.report.sheets.reading_sheet import reading_rows
from learnpipe.report.sheets.stories import Story
from learnpipe.report.sheets.story_sheet import story_rows
from learnpipe.report.sheets.uk_checks import uk_rows

MOST_FINDINGS = 5_000


def build_sheets(
    facts: Facts,
    sources: Sequence[Source],
    cases: pd.DataFrame,
    held: pd.DataFrame,
    themes: pd.DataFrame,
    stories: Sequence[Story],
) -> tuple[Sheet, ...]:
    """All sheets behind the page, in their order."""
    return (
        _all_measures(facts),
        _tier_compliance(facts),
        disagreement_rows(facts, sources),
        case_rows(cases),
        chase_rows(facts, sources),
        story_rows(stories, held, sources),
        held_rows(held, sources),
        _themes(themes),
        sample_rows(facts, sources),
        uk_rows(facts, sources),
        complaint_rows(facts, sources),
        micro_test_rows(facts, sources),
        cqc_rows(facts),
        _data_quality(facts),
        change_rows(facts, sources),
        definition_rows(facts),
        reading_rows(facts),
    )


def _all_measures(facts: Facts) -> Sheet:
    measures, month = facts.measures, facts.month
    rows: list[tuple[Cell, ...]] = []
    for at, line in enumerate(measures.lines):
        if not line.title:
            continue
        family = facts.metrics[line.key.partition(".")[0]].family
        one, last = (
            measures.at(line.key, line.service, month),
            measures.at(line.key, line.service, month - 1),
        )
        rows.append(
            (
                family, line.title, line.service, one.met, one.due, one.no_evidence,
                one.not_yet_due, value_text(line.kind, one.value),
                interval_text(line.kind, one.low, one.high),
                value_text(line.kind, last.value),
                target_text(line.kind, line.target, line.better),
                _variation(measures, at, one.value),
                line.unit, one.why_blank or None,
            )
        )  # fmt: skip
    return Sheet(
        "All measures", "All measures",
        "Every metric of every service this month, services in name order, with its counts. A "
        "count stands under Met. Where lower is better, the value leaves out what has no evidence: "
        "1 met of 6, 1 of them without evidence, is 1 of 5.",
        (
            SheetColumn("Family", width=12), SheetColumn("Metric", width=38),
            SheetColumn("Service", width=22), SheetColumn("Met", "whole", 8),
            SheetColumn("Due", "whole", 8), SheetColumn("No evidence", "whole", 12),
            SheetColumn("Not yet due", "whole", 12), SheetColumn("Value", width=12),
            SheetColumn("95% interval", width=20), SheetColumn("Last month", width=12),
            SheetColumn("Target", width=10), SheetColumn("Variation", width=44),
            SheetColumn("Unit", width=20),
            SheetColumn("Why blank", "text", 32),
        ),
        tuple(rows),
    )  # fmt: skip


def _variation(measures: Measures, line: int, value: float | None) -> str:
    """What the last point means on its chart, and by which rule."""
    if value is None or np.isnan(measures.charts.value[line]).all():
        return ""
    reading = read_last_point(measures.charts, line, spc)
    why = reason_text(reading.signal, reading.run)
    words = variation_text(reading.meaning, reading.signal)
    return f"{words} ({why})" if why else words


def _tier_compliance(facts: Facts) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for tier, title in enumerate(TIER_TITLES):
        for duty, name in (DUTY_TITLES | SYSTEMIC_TITLES).items():
            for service in (*facts.judged.span.services, ALL):
                one = facts.measures.at(f"tier_{tier}.{duty}", service, facts.month)
                if not one.due and not one.not_yet_due:
                    continue
                missed = (one.due or 0) - (one.met or 0) - (one.no_evidence or 0)
                rows.append((title, name, service, one.due, one.met, missed, one.no_evidence,
                             one.not_yet_due, one.value))  # fmt: skip
    return Sheet(
        "Tier compliance", "Tier compliance",
        "Each duty of each tier: what fell due this month and whether it was met by its last day. "
        "Verified: by the month's end, so that a check a few days late counts (All measures has "
        "those inside the window); an action that is itself overdue has its re-check due here too, "
        "while the measure counts completed actions only. Not yet due: clocks still running at the "
        "month's end.",
        (
            SheetColumn("Tier", width=24), SheetColumn("Duty", width=18),
            SheetColumn("Service", width=22), SheetColumn("Due", "whole", 8),
            SheetColumn("Met", "whole", 8), SheetColumn("Not met", "whole", 9),
            SheetColumn("No evidence", "whole", 12), SheetColumn("Not yet due", "whole", 12),
            SheetColumn("Met of due", "share", 11),
        ),
        tuple(rows),
        "No duty fell due this month, and no clock is running.",
    )  # fmt: skip


def _themes(themes: pd.DataFrame) -> Sheet:
    rows = tuple(
        (
            row.theme, row.service, row.this_month, row.last_90_days, row.last_12_months,
            "yes" if row.repeating else "no", "yes" if row.systemic else "no",
            row.tier_4 or None,
        )
        for row in each_row(themes)
    )  # fmt: skip
    return Sheet(
        "Themes", "Themes",
        "Signals by theme as the log words it (else category) and service. Repeating: a signal of "
        "the last 90 days was the third or a later one within 90 days, counted back from its own "
        "day. "
        "Systemic: it repeats at three or more services and at a quarter of them or more; that "
        "opens a tier 4 case for the theme, and the incidents keep their own tiers.",
        (
            SheetColumn("Theme", width=36), SheetColumn("Service", width=22),
            SheetColumn("This month", "whole", 11), SheetColumn("Last 90 days", "whole", 12),
            SheetColumn("Last 12 months", "whole", 14), SheetColumn("Repeating", width=11),
            SheetColumn("Systemic", width=11), SheetColumn("Tier 4 case", width=34),
        ),
        rows,
        "No signal of the last twelve months has a theme or a category.",
    )  # fmt: skip


def _data_quality(facts: Facts) -> Sheet:
    rank = {"stop": 0, "blank": 1, "note": 2}
    ordered = sorted(
        facts.findings, key=lambda one: (rank[one.severity], one.place.order, one.code)
    )
    rows: list[tuple[Cell, ...]] = [
        (one.severity, one.code, one.place.file, one.place.sheet, one.place.cell or None,
         one.problem,
         one.fix)
        for one in ordered[:MOST_FINDINGS]
    ]  # fmt: skip
    if len(ordered) > MOST_FINDINGS:
        rest = len(ordered) - MOST_FINDINGS
        rows.append(("note", "more", None, None, None, f"{rest:,} more findings.",
                     "They are in data/findings.csv."))  # fmt: skip
    return Sheet(
        "Data quality", "Data quality",
        "What is wrong or worth a look, where it stands, and what to do. Stop: not used. Blank: "
        "the "
        "cell was set empty, the row counts as no evidence. Note: used as it is.",
        (
            SheetColumn("Severity", width=10), SheetColumn("Code", width=22),
            SheetColumn("File", width=36), SheetColumn("Sheet", width=18),
            SheetColumn("Cell", width=10), SheetColumn("Problem", "long text", 60),
            SheetColumn("What to do", "long text", 60),
        ),
        tuple(rows),
        "Nothing was found wrong in the logs.",
    )  # fmt: skip
