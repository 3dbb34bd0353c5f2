"""The sheets behind the page: each one table, as pure data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe import spc
from learnpipe.ground.frames import each_row
from learnpipe.ground.measurements import ALL, Measures
from learnpipe.ground.tables import Source
from learnpipe.report.figures import reason_text, target_text, value_text, variation_text
from learnpipe.report.lists import case_rows, chase_rows
from learnpipe.report.page import DUTY_TITLES, TIER_TITLES, Facts
from learnpipe.report.sentences import read_last_point
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

MOST_FINDINGS = 5_000
MOST_CHANGES = 1_000
"""So many changes stand on the sheet, the latest first; its tally and `data/held.csv` hold all."""


def build_sheets(
    facts: Facts,
    sources: Sequence[Source],
    cases: pd.DataFrame,
    held: pd.DataFrame,
    themes: pd.DataFrame,
) -> tuple[Sheet, ...]:
    """All sheets behind the page, in their order."""
    return (
        _all_measures(facts),
        _tier_compliance(facts),
        case_rows(cases),
        chase_rows(facts, sources),
        _did_it_hold(held, sources),
        _themes(themes),
        _data_quality(facts),
        _definitions(facts),
        _how_it_was_read(facts),
    )


def _all_measures(facts: Facts) -> Sheet:
    measures, month = facts.measures, facts.month
    rows: list[tuple[Cell, ...]] = []
    for at, line in enumerate(measures.lines):
        metric = facts.metrics.get(line.key)
        if metric is None:
            continue
        one, last = (
            measures.at(line.key, line.service, month),
            measures.at(line.key, line.service, month - 1),
        )
        rows.append(
            (
                metric.family, metric.title, line.service, one.met, one.due, one.no_evidence,
                one.not_yet_due, value_text(line.kind, one.value),
                value_text(line.kind, last.value),
                target_text(line.kind, line.target, line.better),
                _variation(measures, at, one.value),
                line.unit, one.why_blank or None,
            )
        )  # fmt: skip
    return Sheet(
        "All measures", "All measures",
        "Every metric of every service this month, services in name order, with its counts.",
        (
            SheetColumn("Family", width=12), SheetColumn("Metric", width=38),
            SheetColumn("Service", width=22), SheetColumn("Met", "whole", 8),
            SheetColumn("Due", "whole", 8), SheetColumn("No evidence", "whole", 12),
            SheetColumn("Not yet due", "whole", 12), SheetColumn("Value", width=12),
            SheetColumn("Last month", width=12), SheetColumn("Target", width=10),
            SheetColumn("Variation", width=44), SheetColumn("Unit", width=20),
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
        for duty, name in DUTY_TITLES.items():
            for service in (*facts.judged.span.services, ALL):
                one = facts.measures.at(f"tier_{tier}.{duty}", service, facts.month)
                if not one.due and not one.not_yet_due:
                    continue
                missed = (one.due or 0) - (one.met or 0) - (one.no_evidence or 0)
                rows.append((title, name, service, one.due, one.met, missed, one.no_evidence,
                             one.not_yet_due, one.value))  # fmt: skip
    return Sheet(
        "Tier compliance", "Tier compliance",
        "Each duty of each tier: what fell due this month and whether it was met. Not yet due: "
        "clocks still running at the month's end.",
        (
            SheetColumn("Tier", width=24), SheetColumn("Duty", width=18),
            SheetColumn("Service", width=22), SheetColumn("Due", "whole", 8),
            SheetColumn("Met", "whole", 8), SheetColumn("Not met", "whole", 9),
            SheetColumn("No evidence", "whole", 12), SheetColumn("Not yet due", "whole", 12),
            SheetColumn("Met of due", "share", 11),
        ),
        tuple(rows),
    )  # fmt: skip


def _did_it_hold(held: pd.DataFrame, sources: Sequence[Source]) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for row in each_row(held.iloc[::-1].head(MOST_CHANGES)):
        interval = None
        if pd.notna(row.ratio):
            high = "no upper limit" if np.isinf(row.high) else f"{row.high:.2f}"
            interval = f"{row.low:.2f} to {high}"
        rows.append(
            (
                row.verdict, row.service, row.theme, row.action, _day(row.completed_on),
                row.verify_by,
                _day(row.verified_on), row.before, row.before_days, row.after, row.after_days,
                None if pd.isna(row.ratio) or np.isinf(row.ratio) else round(row.ratio, 2),
                interval,
                row.at_first, str(sources[row.source].place(row.row, "action")),
            )
        )  # fmt: skip
    tally, more = held["verdict"].value_counts(), len(held) > MOST_CHANGES
    told = "; ".join(f"{tally[verdict]} {verdict}" for verdict in
                     ("held", "worse", "came back", "no clear change", "too few to tell",
                      "too early")
                     if verdict in tally)  # fmt: skip
    return Sheet(
        "Did it hold", "Did it hold?",
        f"Every verified change, not a choice of them: {len(held)} in all ({told or 'none'}). "
        "Signals of the theme at the service in the 26 weeks before the change and in up to 26 "
        "weeks since. Changes made after a cluster look better than they are."
        + (f" Here are the latest {MOST_CHANGES:,}; data/held.csv has all." if more else ""),
        (
            SheetColumn("Verdict", width=17), SheetColumn("Service", width=20),
            SheetColumn("Theme", width=28), SheetColumn("Change", "long text", 50),
            SheetColumn("Completed", "date", 12), SheetColumn("Verified by", width=13),
            SheetColumn("Verified on", "date", 12), SheetColumn("Signals before", "whole", 9),
            SheetColumn("Days before", "whole", 9), SheetColumn("Signals since", "whole", 9),
            SheetColumn("Days since", "whole", 9), SheetColumn("Rate ratio", "number", 10),
            SheetColumn("95% interval", width=22), SheetColumn("At 8 weeks", width=16),
            SheetColumn("Where", "text", 44),
        ),
        tuple(rows),
    )  # fmt: skip


def _themes(themes: pd.DataFrame) -> Sheet:
    rows = tuple(
        (
            row.theme, row.service, row.this_month, row.last_90_days, row.last_12_months,
            "yes" if row.repeating else "no", "yes" if row.systemic else "no",
        )
        for row in each_row(themes)
    )  # fmt: skip
    return Sheet(
        "Themes", "Themes",
        "Signals by theme (else category) and service. Repeating: three or more within 90 days. "
        "Systemic: it repeats at three or more services and at a quarter of them or more.",
        (
            SheetColumn("Theme", width=36), SheetColumn("Service", width=22),
            SheetColumn("This month", "whole", 11), SheetColumn("Last 90 days", "whole", 12),
            SheetColumn("Last 12 months", "whole", 14), SheetColumn("Repeating", width=11),
            SheetColumn("Systemic", width=11),
        ),
        rows,
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
    )  # fmt: skip


def _definitions(facts: Facts) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for key, metric in facts.metrics.items():
        target = facts.schemas.number(metric.target) if metric.target else None
        rows.append(
            (
                metric.family, metric.title, key, metric.question,
                " ".join(metric.definition.split()),
                {"higher": "higher", "lower": "lower", "neither": "neither"}[metric.better],
                target_text(metric.kind, target, metric.better) or None, metric.source,
            )
        )  # fmt: skip
    for standard in facts.schemas.standards.values():
        if not standard.name.startswith("target_"):
            rows.append(
                ("Standard", standard.name.replace("_", " "), standard.name, None,
                 f"{standard.means} {standard.value:g} {standard.unit}"
                 if not isinstance(standard.value, str) else standard.means,
                 None, None, standard.source)
            )  # fmt: skip
    return Sheet(
        "Definitions", "Definitions",
        "How each metric is counted: what counts and what does not, target and source; then every "
        "number from outside. House: our own default where no source gives one.",
        (
            SheetColumn("Family", width=12), SheetColumn("Metric", width=34),
            SheetColumn("Key", width=24), SheetColumn("Question", "long text", 34),
            SheetColumn("Definition", "long text", 90), SheetColumn("Better", width=10),
            SheetColumn("Target", width=10), SheetColumn("Source", "long text", 44),
        ),
        tuple(rows),
    )  # fmt: skip


def _how_it_was_read(facts: Facts) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    lines = {(line.file, line.sheet): line for line in facts.ledger}
    for file in facts.files:
        for sheet in file.sheets:
            line = lines.get((sheet.file, sheet.sheet))
            for table in sheet.tables:
                log = facts.schemas.logs[table.log].title if table.log else "no log"
                why = f"{table.why}; hidden sheet" if sheet.hidden else table.why
                counts = (line.read, line.used) if line and table.log else (None, None)
                if not table.columns:
                    rows.append((sheet.file, sheet.sheet, log, why, table.header_row, *counts,
                                 None, None, None, None))  # fmt: skip
                for column in table.columns:
                    field = column.field.replace("_", " ") if column.field else None
                    asked = ", ".join(column.candidates) if not column.field else None
                    rows.append((sheet.file, sheet.sheet, log, why, table.header_row, *counts,
                                 column.letter, column.header, field, asked or None))  # fmt: skip
        if not file.sheets:
            why = file.findings[0].problem if file.findings else "nothing in it"
            if file.duplicate_of:
                why = f"an exact copy of {file.duplicate_of}"
            rows.append((file.file, None, "not included", why, *(None,) * 7))
    return Sheet(
        "How it was read", "How it was read",
        "Each file, sheet and column, and the field that it was understood as. An empty field was "
        "left alone; what it might be can be settled in learnpipe.toml.",
        (
            SheetColumn("File", width=36), SheetColumn("Sheet", width=18),
            SheetColumn("Log", width=18), SheetColumn("Why", "long text", 40),
            SheetColumn("Header row", "whole", 8), SheetColumn("Rows read", "whole", 8),
            SheetColumn("Rows used", "whole", 8), SheetColumn("Column", width=8),
            SheetColumn("Header", width=34), SheetColumn("Field", width=24),
            SheetColumn("Might be", width=24),
        ),
        tuple(rows),
    )  # fmt: skip


def _day(value: Any) -> Cell:
    return None if pd.isna(value) else value.date()
