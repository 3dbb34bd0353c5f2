"""The one page: what stands where, as pure data."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from learnpipe import spc
from learnpipe.ground.calendar import month_end, month_name
from learnpipe.ground.measurements import ALL, Metric
from learnpipe.ground.terms import list_words
from learnpipe.report.facts import (
    DUTY_TITLES,
    RECORD_TITLES,
    SYSTEMIC_TITLES,
    TIER_TITLES,
    Facts,
)
from learnpipe.report.figures import counts_text, target_text, value_text, variation_text
from learnpipe.report.page.page_foot import build_foot
from learnpipe.report.page.sentences import sentence
from learnpipe.report.pictures.charts import choose_charts
from learnpipe.report.pictures.reading import read_last_point
from learnpipe.report.shapes import Matrix, MetricRow, Page

DEFAULT_ROWS = (
    "incidents", "incident_rate", "harm_rate", "repeat_rate",
    "triaged_in_time", "reviewed_in_time",
    "actions_open", "actions_overdue", "closed_in_time", "days_to_close", "verified",
    "complaints", "acknowledged_in_time",
    "micro_training_in_time", "observation_pass_rate", "supervision_coverage",
)  # fmt: skip
MOST_ROWS = 18
PAGE_CHARTS = 4
SPARK_MONTHS = 12
_LEAST_DUTIES = 4
"""Columns of the tier table in a month in which no duty fell due: its title must fit."""


def page_metrics(facts: Facts) -> list[Metric]:
    """The metrics on the page, at most eighteen, in the order of the families."""
    wanted = facts.settings.page or DEFAULT_ROWS
    return [metric for key, metric in facts.metrics.items() if key in wanted][:MOST_ROWS]


def build_page(facts: Facts) -> Page:
    """The page of a month."""
    metrics = page_metrics(facts)
    return Page(
        provider=facts.settings.provider or "Our services",
        month=month_name(facts.month),
        band=_band(facts),
        rows=tuple(_row(metric, facts) for metric in metrics),
        tiers=_tiers(facts),
        trail=_trail(facts),
        charts=choose_charts(metrics, facts.measures, facts.month, PAGE_CHARTS),
        foot=build_foot(facts),
    )


def _band(facts: Facts) -> tuple[tuple[str, str], ...]:
    span = facts.judged.span
    covered = span.covered.get("incidents")
    if covered is None:
        services = list(span.services)
    else:
        services = [name for name, own in zip(span.services, covered, strict=True) if own[-1]]
    missing = [
        schema.title.lower()
        for log, schema in facts.schemas.logs.items()
        if log not in span.covered and log not in ("services", "micro_tests", "case_samples")
    ]
    as_at = str(month_end(facts.month).astype("datetime64[D]"))
    year, month, day = as_at.split("-")
    shown = (
        list_words(services) if len(services) <= 4 else f"{len(services)} of {len(span.services)}"
    )
    logs = f"{len(span.covered)} of {len(facts.schemas.logs)}"
    return (
        ("Month", month_name(facts.month)),
        ("As at", f"00:00 on {day}/{month}/{year}"),
        ("Services covered", shown or "none"),
        ("Logs supplied", logs + (f" (not supplied: {list_words(missing)})" if missing else "")),
    )


def _row(metric: Metric, facts: Facts) -> MetricRow:
    measures, month = facts.measures, facts.month
    now, last = (measures.at(metric.key, ALL, m) for m in (month, month - 1))
    line = measures.position(metric.key)
    assert line is not None  # every metric has its line
    blank = now.value is None
    per = f" {measures.lines[line].unit}" if metric.kind == "rate" and not blank else ""
    reading = read_last_point(measures.charts, line, spc)
    meaning = "" if blank or metric.kind == "median_days" else reading.meaning
    text, drafted = sentence(
        metric, measures, reading, facts.judged.frames["commentary"],
        facts.judged.frames["actions"], month,
    )  # fmt: skip
    spark = measures.value[line, -SPARK_MONTHS:]
    limits = bool(measures.charts.limited[line, -1])
    assurance = spc.ASSURANCES[measures.charts.assurance[line]] or ""
    return MetricRow(
        key=metric.key,
        family=metric.family,
        title=f"{metric.title}{per}",
        counts=counts_text(metric.kind, now, metric.better),
        value=value_text(metric.kind, now.value),
        last_value=value_text(metric.kind, last.value),
        last_note=_restated(metric, last.value, facts.previous),
        spark=tuple(None if np.isnan(value) else float(value) for value in spark),
        target=target_text(metric.kind, measures.lines[line].target, metric.better),
        variation=meaning,  # type: ignore[arg-type]
        variation_words=variation_text(meaning, reading.signal),
        assurance="" if blank or not limits else assurance,
        sentence=facts.masked(text),
        drafted=drafted,
        why_blank=now.why_blank,
    )


def _restated(metric: Metric, value: float | None, previous: Mapping[str, float]) -> str:
    """What last month's edition said, where late entries have changed it since."""
    before = previous.get(metric.key)
    if before is None or value is None:
        return ""
    said, says = value_text(metric.kind, before), value_text(metric.kind, value)
    return f"restated, was {said}" if said != says else ""


def _of_due(facts: Facts, key: str) -> str:
    one = facts.measures.at(key, ALL, facts.month)
    return f"{one.met:,.0f} of {one.due:,.0f}" if one.due else "–"


def _tiers(facts: Facts) -> Matrix:
    """Tiers by duty; a duty of which nothing fell due at any tier is named below instead."""
    cells = {
        duty: [_of_due(facts, f"tier_{tier}.{duty}") for tier in range(len(TIER_TITLES))]
        for duty in DUTY_TITLES
    }
    shown = [duty for duty in DUTY_TITLES if any(cell != "–" for cell in cells[duty])]
    shown = shown or list(DUTY_TITLES)[:_LEAST_DUTIES]
    none_due = [DUTY_TITLES[duty].lower() for duty in DUTY_TITLES if duty not in shown]
    unknown = sum(
        facts.measures.at(f"tier_{tier}.{duty}", ALL, facts.month).no_evidence or 0
        for tier in range(len(TIER_TITLES))
        for duty in (*DUTY_TITLES, *SYSTEMIC_TITLES)
    )
    systemic = {
        title: told
        for duty, title in SYSTEMIC_TITLES.items()
        if (told := _of_due(facts, f"tier_4.{duty}")) != "–"
    }
    notes = []
    if systemic:
        told = "; ".join(f"{title.lower()} {of_due}" for title, of_due in systemic.items())
        notes.append(f"Tier 4 also: {told}.")
    if unknown:
        notes.append(
            f"Of the duties due, {unknown:,} have no evidence in the logs and count as not met."
        )
    if none_due:
        notes.append(f"None due: {list_words(none_due)}.")
    return Matrix(
        "Tier compliance: met of those due",
        tuple(DUTY_TITLES[duty] for duty in shown),
        tuple(
            (f"Tier {tier}", tuple(cells[duty][tier] for duty in shown))
            for tier in range(len(TIER_TITLES))
        ),
        " ".join(notes),
    )


def _trail(facts: Facts) -> Matrix:
    keys = [*(f"trail.{record}" for record in RECORD_TITLES), "trail_complete"]
    return Matrix(
        "Evidence trail: cases with each record, of those for which it fell due this month",
        (*RECORD_TITLES.values(), "All it needs"),
        (("Cases", tuple(_of_due(facts, key) for key in keys)),),
    )
