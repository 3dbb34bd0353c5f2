"""Judging the evidence of one month's report: every log's rows with their verdicts.

Each frame carries `service` (the name), `at` (its position in the span), `source` and `row`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from learnpipe.assess.actions import judge_actions, link_actions
from learnpipe.assess.coverage import Covered, coverage
from learnpipe.assess.duties import judge_duties
from learnpipe.assess.incidents import judge_incidents
from learnpipe.assess.practice import (
    judge_activity,
    judge_feedback,
    judge_observations,
    judge_supervisions,
    judge_training,
)
from learnpipe.assess.snapshots import merge, primary_day, valid_at
from learnpipe.assess.trail import complete_trails, judge_trail
from learnpipe.ground.calendar import NO_MONTH
from learnpipe.ground.findings import Finding
from learnpipe.ground.measurements import ALL, Span
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Evidence, Judged


def judge(evidence: Evidence, schemas: Schemas, nations: Mapping[str, str], month: int) -> Judged:
    """Judge all logs as at the end of ``month``; ``nations`` gives a service's nation."""
    merged: dict[str, pd.DataFrame] = {}
    superseded: dict[int, int] = {}
    undated: dict[str, int] = {}
    findings: list[Finding] = []
    covered: dict[str, Covered] = {}
    for log, schema in schemas.logs.items():
        frame = evidence.logs.get(log)
        if frame is None:
            frame = _no_rows(schemas, log)
        else:
            day = primary_day(schema, frame)
            covered[log] = coverage(log, frame, day, evidence.sources, month)
        one = merge(schema, frame, evidence.sources)
        merged[log] = one.versions
        findings += one.findings
        for number, count in one.superseded["source"].value_counts().items():
            superseded[int(str(number))] = int(count)
        if schema.dates:
            latest = one.versions.drop_duplicates("case", keep="last")
            undated[log] = int((latest["month"] == NO_MONTH).sum())
    span = _span(merged, covered, month)
    frames = _judge_frames(merged, schemas, nations)
    position = {name: at for at, name in enumerate(span.services)}
    for name, frame in frames.items():
        codes = frame["service"].map(position).fillna(-1).astype(np.int64)
        frames[name] = frame.assign(at=codes)
    frames["cases"] = valid_at(frames["incident_versions"], month)
    frames["incidents"] = valid_at(
        frames["incident_versions"], frames["incident_versions"]["month"]
    )
    return Judged(month, span, frames, superseded, undated, tuple(findings))


def _no_rows(schemas: Schemas, log: str) -> pd.DataFrame:
    columns = {"source": pd.Series(dtype="int64"), "row": pd.Series(dtype="int64")}
    for name, field in schemas.logs[log].fields.items():
        kind = "datetime64[s]" if field.dated else "float64" if field.kind == "number" else "object"
        columns[name] = pd.Series(dtype=kind)
    return pd.DataFrame(columns)


def _span(merged: Mapping[str, pd.DataFrame], covered: Mapping[str, Covered], month: int) -> Span:
    """All services that any log names, and all months from the first that any log covers."""
    names = {
        service
        for log, frame in merged.items()
        if "service" in frame and log not in ("commentary",)
        for service in frame["service"].dropna().unique()
    } - {ALL}
    services = tuple(sorted(names, key=lambda name: (name.casefold(), name)))
    incident_months = [m for months in covered.get("incidents", {}).values() for m in months]
    first = min(incident_months, default=month)
    months = range(first, month + 1)
    tables = {}
    for log, spoken in covered.items():
        tables[log] = np.array(
            [[m in spoken.get(service, ()) for m in months] for service in services], dtype=bool
        ).reshape(len(services), len(months))
    return Span(services, first, month, tables)


def _judge_frames(
    merged: Mapping[str, pd.DataFrame], schemas: Schemas, nations: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    incidents = judge_incidents(merged["incidents"], schemas)
    actions = judge_actions(link_actions(merged["actions"], incidents), schemas)
    linked = actions[actions["incident_case"] >= 0]
    first_actions = linked.groupby("incident_case")["raised_on"].min()
    duties = judge_duties(incidents, first_actions, nations, schemas)
    trail = judge_trail(incidents, actions, duties, schemas)
    return {
        "incident_versions": incidents,
        "actions": actions,
        "duties": duties,
        "trail": trail,
        "trails": complete_trails(trail),
        "feedback": judge_feedback(merged["feedback"], nations, schemas),
        "training": judge_training(merged["training"], schemas),
        "observations": judge_observations(merged["observations"]),
        "supervisions": judge_supervisions(merged["supervisions"], schemas),
        "activity": judge_activity(merged["activity"]),
        "micro_tests": merged["micro_tests"],
        "case_samples": merged["case_samples"],
        "commentary": merged["commentary"],
    }
