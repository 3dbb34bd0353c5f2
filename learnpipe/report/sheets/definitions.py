"""The sheet *Definitions*: how each metric is counted here, and every number from outside."""

from __future__ import annotations

from learnpipe.ground.measurements import ALL, Metric
from learnpipe.ground.terms import counted, list_words
from learnpipe.report.facts import Facts
from learnpipe.report.figures import target_text
from learnpipe.report.pictures.chart_words import CHOICE, KINDS, kind_and_why
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

BY_PROVIDER = "this provider"


def definition_rows(facts: Facts) -> Sheet:
    """Metrics, charts, standards and notes on this month's logs, a row each."""
    rows = [_metric(key, metric, facts) for key, metric in facts.metrics.items()]
    rows += [("Chart", KINDS[kind], kind or None, None, told, *(None,) * 5)
             for kind, told in CHOICE.items()]  # fmt: skip
    rows += _standards(facts)
    rows += [("Note", title, None, None, text, *(None,) * 5) for title, text in _notes(facts)]
    return Sheet(
        "Definitions", "Definitions",
        "How each metric is counted: what counts and what does not, target and source; which chart "
        "a figure gets; every number from outside, with whether this provider set it; and notes on "
        "this month's logs. House: our own default where no source gives one.",
        (
            SheetColumn("Family", width=12), SheetColumn("Metric", width=34),
            SheetColumn("Key", width=24), SheetColumn("Question", "long text", 34),
            SheetColumn("Definition", "long text", 90), SheetColumn("Better", width=10),
            SheetColumn("Target", width=10), SheetColumn("Set by", width=14),
            SheetColumn("Source", "long text", 44), SheetColumn("Chart", "long text", 34),
        ),
        tuple(rows),
    )  # fmt: skip


def _metric(key: str, metric: Metric, facts: Facts) -> tuple[Cell, ...]:
    target = facts.schemas.number(metric.target) if metric.target else None
    line = facts.measures.position(key, ALL)
    chart = None
    if line is not None and metric.kind not in ("median_days", "days"):
        chart = kind_and_why(facts.measures.charts, line)
    return (
        metric.family, metric.title, key, metric.question, " ".join(metric.definition.split()),
        metric.better, target_text(metric.kind, target, metric.better) or None,
        BY_PROVIDER if metric.target in facts.settings.standards else None, metric.source, chart,
    )  # fmt: skip


def _standards(facts: Facts) -> list[tuple[Cell, ...]]:
    """Clocks, windows and thresholds; targets stand with their metrics."""
    rows: list[tuple[Cell, ...]] = []
    for one in facts.schemas.standards.values():
        if one.name.startswith("target_"):
            continue
        value = "" if isinstance(one.value, str) else f" Here: {_amount(one.value, one.unit)}."
        set_by = BY_PROVIDER if one.name in facts.settings.standards else None
        rows.append(
            ("Standard", one.name.replace("_", " "), one.name, None, f"{one.means}{value}", None,
             None, set_by, one.source, None)
        )  # fmt: skip
    return rows


def _amount(value: float, unit: str) -> str:
    """A standard's number as it is said.

    >>> _amount(1, "months"), _amount(0.25, "share"), _amount(5, "count"), _amount(7, "days")
    ('1 month', '25%', '5', '7 days')
    >>> _amount(15, "day of the month")
    'day 15 of the month'
    """
    if unit == "share":
        return f"{100 * value:g}%"
    if unit == "count":
        return f"{value:g}"
    if unit.startswith("day of"):
        return f"day {value:g}{unit.removeprefix('day')}"
    return f"{value:g} {unit.removesuffix('s') if value == 1 else unit}"


def _notes(facts: Facts) -> list[tuple[str, str]]:
    """What of this month's logs and settings bears on the figures."""
    notes = []
    logs = facts.schemas.logs
    undated = {logs[log].title.lower(): n for log, n in facts.judged.undated.items() if n}
    if undated:
        told = list_words([f"{n:,} of the {title}" for title, n in undated.items()])
        notes.append(
            ("Rows without a date",
             f"{told}. They are used, but no date and no file gives them a month: they are in no "
             "month's figures.")
        )  # fmt: skip
    duties = facts.judged.frames["duties"]
    by_day = int(((duties["due_month"] == facts.month) & duties["by_day"]).sum())
    if by_day:
        notes.append(
            ("Dates without a time",
             f"{counted(by_day, 'entry', 'entries')} of this month with a date and no time (or "
             'midnight, which is how a spreadsheet keeps a day): "within 24 hours" is judged as '
             '"same or next day" there.')
        )  # fmt: skip
    unset = [name for name in facts.judged.span.services if name not in facts.nations]
    if unset:
        notes.append(
            ("Nation not set",
             f"Bank holidays of England are used for {list_words(unset)}. Set the nation in the "
             "service list or in learnpipe.toml.")
        )  # fmt: skip
    for name, words in facts.settings.words.items():
        told = "; ".join(f"{ours}: {list_words(theirs, 'or')}" for ours, theirs in words.items())
        notes.append((f"Words this provider added to {name.replace('_', ' ')}", f"{told}."))
    return notes
