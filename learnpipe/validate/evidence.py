"""Gathering the evidence: join each log, check it, set bad cells empty, and say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import LOGS, Schema, Schemas
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import Evidence, ReadFile, Source
from learnpipe.validate.checks import failures, rule_of
from learnpipe.validate.columns_asked import asked
from learnpipe.validate.join import Pair, join, number_sources
from learnpipe.validate.services import Services, name_services
from learnpipe.validate.wording import (
    implausible_date,
    not_on_list,
    out_of_range,
    unread_finding,
)


def gather(
    files: Sequence[ReadFile], schemas: Schemas, settings: Settings
) -> tuple[Evidence, Services]:
    """All logs of the files that could be read, joined, checked and with their services named.

    Bad cells are set empty and become ``blank`` findings; no row is dropped. Every finding of
    the files and sheets is passed on.
    """
    findings = [finding for file in files for finding in file.findings]
    findings += [f for file in files for sheet in file.sheets for f in sheet.findings]
    findings += asked(files, schemas)
    pairs = number_sources(files, schemas)
    sources = tuple(source for source, _ in pairs)
    logs: dict[str, pd.DataFrame] = {}
    for log in LOGS:
        own = [pair for pair in pairs if pair[0].log == log]
        if not own:
            continue
        schema = schemas.logs[log]
        findings += _unread(schema, own)
        frame = join(schema, own)
        logs[log], found = _checked(schema, frame, schemas, sources)
        findings += found
    logs, services, found = name_services(logs, sources, settings)
    findings += found
    findings.sort(key=lambda finding: (finding.place.order, finding.code))
    return Evidence(logs, sources, tuple(findings)), services


def _unread(schema: Schema, pairs: Sequence[Pair]) -> list[Finding]:
    return [
        unread_finding(
            one.code,
            source.place(one.row, one.field),
            one.raw,
            schema.fields.get(one.field.removesuffix(":time")),
            one.told,
        )
        for source, table in pairs
        if not source.duplicate
        for one in table.unread
        if one.code != "not-on-list"
    ]


def _checked(
    schema: Schema, frame: pd.DataFrame, schemas: Schemas, sources: Sequence[Source]
) -> tuple[pd.DataFrame, list[Finding]]:
    findings: list[Finding] = []
    blanks: dict[str, list[int]] = {}
    failed = failures(schema, frame, schemas)
    source_of, row_of = frame["source"].to_numpy(), frame["row"].to_numpy()
    rules = {check: rule_of(schema, check) for check in failed["check"].unique()}
    values = {name: frame[name].to_numpy() for name in schema.fields}
    for index, column, check, case in failed.itertuples(index=False, name=None):
        source = sources[source_of[index]]
        rule = rules[check]
        if rule is not None:
            # A sheet without the column cannot be asked to fill it in, row by row.
            if rule.field not in source.letters:
                continue
            place = source.place(row_of[index], rule.field)
            said = {
                "value": _said(values[rule.field][index]),
                "other": _said(values[rule.other][index]),
            }
            findings.append(
                Finding(rule.code, rule.severity, place, rule.problem.format(**said), rule.fix)
            )
            if rule.severity == "blank":
                blanks.setdefault(rule.field, []).append(index)
            continue
        field, place = schema.fields[column], source.place(row_of[index], column)
        blanks.setdefault(column, []).append(index)
        if check == "not-on-list":
            findings.append(not_on_list(place, str(case), field, schemas))
        elif check == "out-of-range":
            findings.append(out_of_range(place, float(case), field))
        else:
            findings.append(implausible_date(place, _said(values[column][index])))
    for column, rows in blanks.items():
        cells = frame[column].to_numpy(copy=True)
        cells[rows] = (
            np.datetime64("NaT")
            if schema.fields[column].dated
            else (np.nan if schema.fields[column].kind == "number" else None)
        )
        frame = frame.assign(**{column: pd.Series(cells, dtype=frame[column].dtype)})
    return frame, findings


def _said(value: object) -> str:
    """A value as a sentence shows it: dates day first, without a time that is none."""
    if isinstance(value, np.datetime64):
        moment = value.astype("datetime64[s]").item()
        if not isinstance(moment, dt.datetime):
            return str(value)
        bare = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        return f"{moment:%d/%m/%Y}" if bare else f"{moment:%d/%m/%Y %H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
