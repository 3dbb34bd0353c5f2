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

from learnpipe.assess.refs import ref_keys
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Source

FIRST, LAST = 0, 1_000_000  # months before and after all others
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Merged:
    """The versions of a log's cases, which rows are superseded, and what was found.

    ``versions``: the log's fields and `source`, `row`, `case`, `day` (the date that dates it),
    `month`, `valid_from`, `valid_to`; one row a version, in the order of the cases. The version
    of a month m has valid_from ≤ m < valid_to.
    """

    versions: pd.DataFrame
    superseded: pd.DataFrame
    findings: tuple[Finding, ...]


def merge(schema: Schema, frame: pd.DataFrame, sources: Sequence[Source]) -> Merged:
    """Merge a log's rows into cases and their versions; rows without a ref are never merged."""
    periods = np.array([source.period for source in sources] or [0], dtype=np.int64)
    period = periods[frame["source"].to_numpy()] if len(frame) else np.array([], dtype=np.int64)
    day = primary_day(schema, frame)
    case, findings = _cases(schema, frame, day, sources)
    order = np.lexsort((frame["row"], frame["source"], period, case))
    sorted_frame = frame.take(order).assign(case=case[order], period=period[order])
    many = np.bincount(case, minlength=1)[case[order]] > 1 if len(case) else np.array([], bool)
    single = sorted_frame[~many].assign(valid_from=FIRST, valid_to=LAST)
    parts = [single]
    superseded = sorted_frame.loc[np.zeros(len(sorted_frame), bool), ["source", "row"]]
    if many.any():
        merged, superseded = _merge_many(schema, sorted_frame[many])
        parts.append(merged)
    versions = pd.concat(parts) if len(parts) > 1 else single
    versions = versions.sort_values(["case", "valid_from"], kind="stable").reset_index(drop=True)
    versions["day"] = primary_day(schema, versions)
    versions["month"] = _months(versions, sources)
    return Merged(versions.drop(columns="period"), superseded, tuple(findings))


def primary_day(schema: Schema, frame: pd.DataFrame) -> pd.Series[Any]:
    """The date that dates each row: the first of the log's dates that is known."""
    out = pd.Series(np.datetime64("NaT", "s"), index=frame.index, dtype="datetime64[s]")
    for name in schema.dates:
        out = out.where(out.notna(), frame[name])
    return out


def _months(versions: pd.DataFrame, sources: Sequence[Source]) -> Ints:
    """The month of each row: of its date, else the one its file declares, else none."""
    declared = np.array(
        [NO_MONTH if s.declared is None else s.declared for s in sources] or [NO_MONTH]
    )
    months = months_of(versions["day"].to_numpy())
    fallback = declared[versions["source"].to_numpy()] if len(versions) else months
    return np.where(months == NO_MONTH, fallback, months)


def _cases(
    schema: Schema, frame: pd.DataFrame, day: pd.Series[Any], sources: Sequence[Source]
) -> tuple[Ints, list[Finding]]:
    """The case of each row (0, 1, …, in order of first appearance)."""
    if not schema.key:
        return np.arange(len(frame)), []
    ref = frame[schema.key[-1]]
    known = ref.notna().to_numpy()
    keys = ref_keys(ref).astype(str)
    for name in schema.key[:-1]:
        keys = frame[name].astype(str).str.casefold() + "\x1f" + keys
    codes = pd.factorize(keys)[0].astype(np.int64)
    moments = day.to_numpy().astype("datetime64[s]").astype(np.int64)
    told = next((name for name in ("summary", "action", "theme") if name in frame), None)
    words = pd.factorize(frame[told])[0] if told else np.zeros(len(frame), dtype=np.int64)
    source, rows = frame["source"].to_numpy(), frame["row"].to_numpy()
    twice = _used_twice(codes, moments, source, words, known & day.notna().to_numpy())
    findings = []
    if twice.any():
        first = pd.Series(np.flatnonzero(twice)).groupby(codes[twice]).first()
        for at in first:
            place = sources[int(source[at])].place(int(rows[at]), schema.key[-1])
            findings.append(
                Finding(
                    "ref-used-twice",
                    "note",
                    place,
                    "This reference stands for different records; each is counted.",
                    "Give each record a reference of its own.",
                )
            )
        # The date tells the records apart, in every snapshot of them.
        codes = pd.factorize(_both(codes, np.where(twice, moments, 0)))[0]
    alone = int(codes.max(initial=-1)) + 1 + np.arange(len(frame))
    codes = np.where(known, codes, alone)
    return pd.factorize(codes)[0].astype(np.int64), findings


def _both(codes: Ints, others: Ints) -> Ints:
    """One number for each pair of numbers."""
    small = pd.factorize(others)[0].astype(np.int64)
    return codes * (int(small.max(initial=0)) + 1) + small


def _used_twice(codes: Ints, moments: Ints, source: Ints, words: Ints, known: Any) -> Any:
    """Rows whose key stands for different records.

    On one sheet: different days. Anywhere: different moments and different words as well; a date
    alone may have been put right from one month to the next, words alone told in other words.
    """
    table = pd.DataFrame({"code": codes, "source": source, "moment": moments, "words": words})[
        known
    ]
    several = table.groupby("code")["moment"].nunique()
    table = table[table["code"].isin(several[several > 1].index)]
    if table.empty:
        return np.zeros(len(codes), dtype=bool)
    table["day"] = table["moment"] // 86_400
    on_sheet = table.groupby(["code", "source"])["day"].nunique()
    bad = set(on_sheet[on_sheet > 1].index.get_level_values("code"))
    apart = table.groupby("code")["words"].nunique() > 1
    bad |= set(apart[apart].index)
    return np.isin(codes, list(bad)) & known


def _merge_many(schema: Schema, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Versions of the cases that stand on several rows; ``rows`` are in order of case, period."""
    last_source = rows.groupby("case")["source"].transform("last")
    superseded = rows.loc[rows["source"] != last_source, ["source", "row"]]
    # Several rows of one case on one sheet (a row a person) are one version.
    snapshots = rows.groupby(["case", "period", "source"], sort=False, as_index=False).first()
    by_case = snapshots.groupby("case", sort=False)
    dated = [name for name, field in schema.fields.items() if field.dated]
    undated = [
        name for name, field in schema.fields.items()
        if not field.dated and snapshots[name].notna().any()
    ]  # fmt: skip
    for name in dated:
        if snapshots[name].notna().any():
            snapshots[name] = by_case[name].transform("last")
    if undated:
        snapshots[undated] = by_case[undated].ffill()
    following = by_case["period"].shift(-1)
    first = by_case.cumcount() == 0
    return (
        snapshots.assign(
            valid_from=snapshots["period"].where(~first, FIRST).astype(np.int64),
            valid_to=following.fillna(LAST).astype(np.int64),
        ),
        superseded,
    )


def valid_at(versions: pd.DataFrame, month: Any) -> pd.DataFrame:
    """The versions that hold at a month, or at each row's own month."""
    holds = (versions["valid_from"] <= month) & (month < versions["valid_to"])
    held: pd.DataFrame = versions[holds]
    return held
