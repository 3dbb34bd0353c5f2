"""The sheet *CQC evidence*: which of our figures and sheets speak for which statement."""

from __future__ import annotations

from learnpipe.ground.cqc import load_framework
from learnpipe.ground.measurements import ALL
from learnpipe.report.facts import Facts
from learnpipe.report.figures import counts_text, value_text
from learnpipe.report.shapes import Cell, Sheet, SheetColumn


def cqc_rows(facts: Facts) -> Sheet:
    """A row for each statement and figure or sheet that speaks for it, by the dated file."""
    framework = load_framework()
    rows: list[tuple[Cell, ...]] = []
    for one in framework.statements:
        for key in one.evidence:
            metric = facts.metrics.get(key)
            if metric is None:
                continue
            figure = facts.measures.at(key, ALL, facts.month)
            rows.append(
                (
                    one.question, one.statement, metric.title,
                    value_text(metric.kind, figure.value) or None,
                    counts_text(metric.kind, figure, metric.better) or None,
                    "All measures", figure.why_blank or None,
                )
            )  # fmt: skip
        rows += [(one.question, one.statement, None, None, None, sheet, None)
                 for sheet in one.sheets]  # fmt: skip
    return Sheet(
        "CQC evidence", "CQC evidence",
        f"{framework.framework}, as they stood on {framework.dated:%d/%m/%Y}. What speaks for "
        "each statement; a statement that no log can speak for is left out. Good figures are not "
        f"needed to stand here: evidence is. Source: {framework.source}.",
        (
            SheetColumn("Key question", width=14), SheetColumn("Statement", width=40),
            SheetColumn("Figure", width=40), SheetColumn("This month", width=12),
            SheetColumn("Counts", width=14), SheetColumn("Sheet", width=18),
            SheetColumn("Why blank", "text", 34),
        ),
        tuple(rows),
        "The framework's file names no statement.",
    )  # fmt: skip
