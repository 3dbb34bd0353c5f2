"""The tables that the keys of the data files lead to: one row a metric, one row a service."""

from __future__ import annotations

from learnpipe.ground.measurements import ALL, Line
from learnpipe.report.data.csv_table import CsvTable
from learnpipe.report.data.data import csv_of_rows
from learnpipe.report.facts import (
    DUTY_TITLES,
    RECORD_TITLES,
    SYSTEMIC_TITLES,
    TIER_TITLES,
    Facts,
)

METRIC_COLUMNS = (
    "metric", "part_of", "title", "family", "question", "kind", "unit", "better", "target",
    "stock", "definition", "source",
)  # fmt: skip


def metrics_csv(facts: Facts) -> CsvTable:
    """`metrics.csv`: what each `metric` of `measures.csv` is, breakdowns and duties included."""
    seen: dict[str, tuple[str, ...]] = {}
    for line in facts.measures.lines:
        key = facts.masked(line.key)
        if key not in seen:
            seen[key] = (key, *_about(line, facts))
    return csv_of_rows("metrics.csv", METRIC_COLUMNS, list(seen.values()))


def _about(line: Line, facts: Facts) -> tuple[str, ...]:
    base, _, part = line.key.partition(".")
    metric = facts.metrics.get(base)
    target = "" if line.target is None else f"{line.target:.6f}".rstrip("0").rstrip(".")
    told = (line.kind, line.unit, line.better, target, "true" if line.stock else "false")
    if metric is None:
        return base if part else "", _title_of_duty(base, part), "", "", *told, "", ""
    title = line.title or f"{metric.title}: {facts.masked(part.partition('.')[2] or part)}"
    definition = "" if part else " ".join(metric.definition.split())
    return (
        base if part else "", title, metric.family, metric.question, *told, definition,
        metric.source,
    )  # fmt: skip


def _title_of_duty(base: str, part: str) -> str:
    """What a duty of a tier, or a record of the trail, is called."""
    if base == "trail":
        return f"Evidence trail: {RECORD_TITLES.get(part, part)}"
    number = base.removeprefix("tier_")
    tier = TIER_TITLES[int(number)] if number.isdigit() else base
    return f"{tier}: {(DUTY_TITLES | SYSTEMIC_TITLES).get(part, part)}"


def services_csv(facts: Facts) -> CsvTable:
    """`services.csv`: each service with its nation, and `All` for all of them together."""
    services = [*facts.judged.span.services]
    nations = [facts.nations.get(name, "") for name in services]
    if ALL not in services:
        services, nations = [ALL, *services], ["", *nations]
    return CsvTable("services.csv", {"service": services, "nation": nations})
