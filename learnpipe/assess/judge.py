"""Judging the evidence of one month's report: every log's rows with their verdicts.

Each frame carries `service` (the name), `at` (its position in the span), `source` and `row`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from learnpipe.assess.actions import (
    judge_actions,
    kept_days,
    link_actions,
    unraised_findings,
)
from learnpipe.assess.after_change import after_verified
from learnpipe.assess.changes import all_changes
from learnpipe.assess.complaint_cases import complaint_cases
from learnpipe.assess.coverage import Covered, coverage
from learnpipe.assess.duties import judge_duties, nations_of
from learnpipe.assess.feedback import judge_feedback
from learnpipe.assess.incidents import judge_incidents
from learnpipe.assess.practice import (
    judge_activity,
    judge_case_samples,
    judge_micro_tests,
    judge_observations,
    judge_supervisions,
    judge_training,
    length_findings,
)
from learnpipe.assess.reviews import judge_reviews, note_known_from
from learnpipe.assess.snapshots import merge, primary_day, valid_at
from learnpipe.assess.systemic import systemic_cases
from learnpipe.assess.systemic_duties import systemic_duties
from learnpipe.assess.told_twice import told_twice
from learnpipe.assess.trail import complete_trails, judge_trail, safeguarding_outcomes
from learnpipe.assess.uk import candour_unanswered
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
    changes: list[pd.DataFrame] = []
    for log, schema in schemas.logs.items():
        frame = evidence.logs.get(log)
        if frame is None:
            frame = _no_rows(schemas, log)
        else:
            day = primary_day(schema, frame)
            first, until = kept_days(frame) if log == "actions" else (day, day)
            covered[log] = coverage(log, frame, first, evidence.sources, month, until)
        one = merge(schema, frame, evidence.sources)
        merged[log] = one.versions
        findings += one.findings
        changes.append(one.changes)
        for number, count in one.superseded["source"].value_counts().items():
            superseded[int(str(number))] = int(count)
        if schema.dates:
            latest = one.versions.drop_duplicates("case", keep="last")
            undated[log] = int((latest["month"] == NO_MONTH).sum())
    latest = merged["incidents"].drop_duplicates("case", keep="last")
    findings += told_twice(latest, evidence.sources, schemas)
    span = _span(merged, covered, month)
    declared = {source.number: source.declared for source in evidence.sources}
    frames = _judge_frames(merged, schemas, nations, declared)
    frames["abroad"] = _abroad(span, nations)
    frames |= _judge_systemic(frames, span, schemas, nations, tuple(evidence.logs))
    findings += unraised_findings(frames["actions"], evidence.sources)
    findings += length_findings(frames["training"], evidence.sources, schemas)
    services = pd.Index(span.services, dtype=object)
    for name, frame in frames.items():
        frames[name] = frame.assign(at=services.get_indexer(pd.Index(frame["service"])))
    frames["cases"] = valid_at(frames["incident_versions"], month)
    frames["incidents"] = valid_at(
        frames["incident_versions"], frames["incident_versions"]["month"]
    )
    frames["changes"] = all_changes(changes)
    return Judged(month, span, frames, superseded, undated, tuple(findings))


def _abroad(span: Span, nations: Mapping[str, str]) -> pd.DataFrame:
    """The services outside England, whose regulators and candour laws are not judged."""
    told = [(name, nations.get(name, "England")) for name in span.services]
    own = [(name, nation) for name, nation in told if nation != "England"]
    return pd.DataFrame(own, columns=["service", "nation"])


def _judge_systemic(
    frames: Mapping[str, pd.DataFrame],
    span: Span,
    schemas: Schemas,
    nations: Mapping[str, str],
    supplied: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """The systemic themes, and the duties with theirs among them."""
    versions = frames["incident_versions"]
    known = valid_at(versions, versions["month"])
    cases = systemic_cases(known, len(span.services), schemas)
    if cases.empty:
        return {"systemic": cases}
    nation = nations_of(cases["service"], nations)
    more = systemic_duties(
        cases, versions, frames["actions"], frames["training"], nation, supplied, schemas
    )
    return {"systemic": cases, "duties": pd.concat([frames["duties"], more], ignore_index=True)}


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
    merged: Mapping[str, pd.DataFrame],
    schemas: Schemas,
    nations: Mapping[str, str],
    declared: Mapping[int, int | None],
) -> dict[str, pd.DataFrame]:
    incidents = judge_incidents(merged["incidents"], schemas)
    linked = link_actions(merged["actions"], incidents, schemas, declared)
    actions = judge_actions(linked, schemas)
    linked = actions[actions["incident_case"] >= 0]
    first_actions = linked.groupby("incident_case")["raised_on"].min()
    incidents = incidents.assign(
        after_verified=after_verified(incidents, actions, schemas),
        noted_from=note_known_from(incidents, actions, schemas),
        candour_asked=candour_unanswered(incidents, nations_of(incidents["service"], nations)),
    )
    duties = judge_duties(incidents, first_actions, nations, schemas)
    trail = judge_trail(incidents, actions, duties, schemas)
    feedback = judge_feedback(merged["feedback"], actions, nations, schemas)
    complaints, their_trail = complaint_cases(
        feedback, actions, int(incidents["case"].max()) + 1 if len(incidents) else 0, schemas
    )
    outcomes = safeguarding_outcomes(trail, incidents)
    trail = pd.concat([trail, their_trail], ignore_index=True) if len(their_trail) else trail
    return {
        "incident_versions": incidents,
        "actions": actions,
        "duties": duties,
        "trail": trail,
        "trails": complete_trails(trail),
        "safeguarding": outcomes,
        "complaint_cases": complaints,
        "feedback": feedback,
        "reviews": judge_reviews(incidents, actions, schemas),
        "training": judge_training(merged["training"], schemas),
        "observations": judge_observations(merged["observations"], merged["training"]),
        "supervisions": judge_supervisions(merged["supervisions"], schemas),
        "activity": judge_activity(merged["activity"]),
        "micro_tests": judge_micro_tests(merged["micro_tests"], schemas),
        "case_samples": judge_case_samples(merged["case_samples"]),
        "commentary": merged["commentary"],
    }
