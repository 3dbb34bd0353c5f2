"""Snapshots: the same record in several months' files becomes one case with dated knowledge.

A *version* is what a provider knew of a case from one snapshot to the next. Dated facts are taken
from the latest snapshot that knows them, since their date says when they were true. Undated ones
(status, severity, tier) hold from their snapshot's month until the next one's. The order is by the
month that a file, sheet or its rows declare, never by the file's date on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.changes import NO_CHANGES, Snapshots, change_findings, compare, listed
from learnpipe.assess.rows_of_case import disagreements, worse_of
from learnpipe.assess.same_case import cases_of
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Source

FIRST, LAST = 0, 1_000_000  # months before and after all others
Array = np.ndarray[Any, Any]
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Merged:
    """The versions of a log's cases, which rows are superseded, and what was found.

    ``versions``: the log's fields and `source`, `row`, `case`, `day` (the date that dates it),
    `month`, `valid_from`, `valid_to`; one row a version, in the order of the cases. The version
    of a month m has valid_from ≤ m < valid_to. ``changes``: what one file says otherwise than the
    file before it (`learnpipe.assess.changes`).
    """

    versions: pd.DataFrame
    superseded: pd.DataFrame
    findings: tuple[Finding, ...]
    changes: pd.DataFrame


def merge(schema: Schema, frame: pd.DataFrame, sources: Sequence[Source]) -> Merged:
    """Merge a log's rows into cases and their versions; rows without a ref are never merged."""
    day = primary_day(schema, frame).to_numpy()
    case, findings = cases_of(schema, frame, day, sources)
    at = frame[["source", "row"]]
    if not len(case) or case[-1] == len(case) - 1:  # every row is a case of its own
        versions = frame.assign(case=case, valid_from=FIRST, valid_to=LAST)
        superseded, changes = at.iloc[:0], NO_CHANGES
    else:
        versions, rows, found, changes = _merge_many(schema, frame, case, sources)
        findings += found
        superseded = at.iloc[rows]
        day = primary_day(schema, versions).to_numpy()
    versions = versions.assign(day=day, month=_months(day, versions["source"].to_numpy(), sources))
    return Merged(versions, superseded, tuple(findings), changes)


def primary_day(schema: Schema, frame: pd.DataFrame) -> pd.Series[Any]:
    """The date that dates each row: the first of the log's dates that is known."""
    out = np.full(len(frame), np.datetime64("NaT"), dtype="datetime64[s]")
    for name in schema.dates:
        out = np.where(np.isnat(out), frame[name].to_numpy(), out)
    return pd.Series(out, index=frame.index, dtype="datetime64[s]")


def _months(day: Array, source: Ints, sources: Sequence[Source]) -> Ints:
    """The month of each row: of its date, else the one its file declares, else none."""
    declared = np.array(
        [NO_MONTH if s.declared is None else s.declared for s in sources] or [NO_MONTH]
    )
    months = months_of(day)
    fallback = declared[source] if len(source) else months
    return np.where(months == NO_MONTH, fallback, months)


def in_time(sources: Sequence[Source]) -> Ints:
    """The position of each source in time: by the month it declares, then by file and sheet.

    Of two files of one month the longer name is taken for the later: "March.xlsx" comes before
    "March (2).xlsx". The order in which the files are given never matters.
    """
    order = sorted(
        range(len(sources)),
        key=lambda n: (sources[n].period, len(sources[n].file), sources[n].file, n),
    )
    out = np.empty(len(sources), dtype=np.int64)
    out[order] = np.arange(len(sources))
    return out


def _merge_many(
    schema: Schema, frame: pd.DataFrame, case: Ints, sources: Sequence[Source]
) -> tuple[pd.DataFrame, Ints, list[Finding], pd.DataFrame]:
    """Versions where cases stand on several rows; superseded rows; findings; changes.

    All rows are put in the order of case, snapshot and row. For every field of every version the
    row is looked up that tells it; what no row tells stays as empty as the version's first row.
    """
    source, row = frame["source"].to_numpy(), frame["row"].to_numpy()
    rank = in_time(sources)[source]
    order = np.lexsort((row, rank, case))
    case, rank = case[order], rank[order]
    new_case = np.append(True, case[1:] != case[:-1])
    # Several rows of one case on one sheet (a row a person) are one version.
    heads = np.flatnonzero(new_case | np.append(True, rank[1:] != rank[:-1]))
    superseded = order[rank != np.append(rank[np.flatnonzero(new_case)[1:] - 1], rank[-1])[case]]
    several_rows = len(heads) < len(case)
    first_row, starting = order[heads], np.flatnonzero(new_case[heads])
    snapshots = Snapshots(
        first_row=first_row,
        case=case[heads],
        source=source[first_row],
        starts=starting[case[heads]],
        ends=np.append(starting[1:], len(heads))[case[heads]] - 1,
    )
    columns: dict[str, Any] = {"source": snapshots.source, "row": row[first_row]}
    findings: list[Finding] = []
    changes: list[pd.DataFrame | None] = []
    position = np.arange(len(heads))
    for name, field in schema.fields.items():
        values = frame[name].to_numpy()
        known, told = ~pd.isna(values[order]), first_row
        if not known.any():
            columns[name] = pd.Series(values[first_row], dtype=frame[name].dtype)
            continue
        if several_rows:
            pick = _first(known, heads)
            if (worse := worse_of(field, values[order], heads)) is not None:
                findings += disagreements(field, worse, frame, order, sources)
                pick = np.where(worse.found, worse.pick, pick)
            told, known = order[pick], np.logical_or.reduceat(known, heads)
        # The snapshot that tells the fact: the latest of all, or the latest up to this one.
        latest = np.maximum.accumulate(np.where(known, position, -1))
        by = latest[snapshots.ends] if field.dated else latest
        by = np.where(by >= snapshots.starts, by, position)
        columns[name] = pd.Series(values[told[by]], dtype=frame[name].dtype)
        keeps = np.array([name in one.letters for one in sources])
        changes.append(compare(field, values, told, known, keeps, snapshots))
    period = np.array([one.period for one in sources], dtype=np.int64)[snapshots.source]
    columns |= {
        "case": snapshots.case,
        "valid_from": np.where(position == snapshots.starts, FIRST, period),
        "valid_to": np.where(position == snapshots.ends, LAST, np.append(period[1:], LAST)),
    }
    table = listed(schema, frame, changes)
    findings += change_findings(schema, table, sources)
    return pd.DataFrame(columns), superseded, findings, table


def _first(known: Array, heads: Ints) -> Ints:
    """For each run of rows the first that is known, else its first."""
    nowhere = len(known)
    first = np.minimum.reduceat(np.where(known, np.arange(nowhere), nowhere), heads)
    return np.where(first < nowhere, first, heads)


def valid_at(versions: pd.DataFrame, month: Any) -> pd.DataFrame:
    """The versions that hold at a month, or at each row's own month."""
    holds = (versions["valid_from"] <= month) & (month < versions["valid_to"])
    held: pd.DataFrame = versions[holds]
    return held
