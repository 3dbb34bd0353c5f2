"""The same case: which rows of a log stand for one record, over rows, sheets and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.refs import key_codes, name_codes, pair_codes
from learnpipe.ground.findings import Finding
from learnpipe.ground.frames import each_row
from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted

Array = np.ndarray[Any, Any]
Ints = np.ndarray[Any, np.dtype[np.int64]]
_WORDS = ("summary", "action", "theme")
_KINDS = ("category", "theme", "signal")
_A_DAY = 86_400
_EACH = 5
"""So many re-used references of a sheet are pointed out each; more of them together."""


def cases_of(
    schema: Schema, frame: pd.DataFrame, day: Array, sources: Sequence[Source]
) -> tuple[Ints, list[Finding]]:
    """The case of each row (0, 1, … in order of first appearance), and re-used references.

    Rows of one service and reference are one case, unless they plainly tell of different records:
    then each record is a case of its own. Rows without a reference are never merged.
    """
    count = len(frame)
    if not schema.key or not count:
        return np.arange(count), []
    codes, _ = key_codes(frame[schema.key[-1]])
    for name in schema.key[:-1]:
        codes = pair_codes(name_codes(frame[name])[0], codes)
    codes = pd.factorize(np.where(codes < 0, -1 - np.arange(count), codes))[0].astype(np.int64)
    several = np.flatnonzero(np.bincount(codes)[codes] > 1)
    if not len(several):
        return codes, []
    rows = _described(frame.iloc[several], codes[several], day[several])
    # People share an incident, each with a row; nobody shares the words of two actions.
    by_words = "action" in frame
    bad = rows["code"].isin(_used_twice(rows, by_words)).to_numpy()
    if not bad.any():
        return codes, []
    twice = rows[bad]
    apart = np.zeros(count, dtype=np.int64)
    records = _told_apart(twice, by_words)
    apart[several[bad]] = 1 + records
    codes = pd.factorize(pair_codes(codes, apart))[0].astype(np.int64)
    return codes, _findings(twice.assign(record=records), schema.key[-1], sources)


def _findings(twice: pd.DataFrame, field: str, sources: Sequence[Source]) -> list[Finding]:
    """A note for each re-used reference; one for all of a sheet where they are many.

    ``twice``: rows of references that stand for different records, each with its `record`.
    """
    first = twice.groupby("code")[["source", "row", "record"]].first()
    another = twice[twice["record"] != twice["code"].map(first["record"])]
    other = another.groupby("code")[["source", "row"]].first().add_prefix("other_")
    fix = "Give each record a reference of its own."
    findings = []
    for number, own in first.join(other).fillna(-1).astype(np.int64).groupby("source"):
        source = sources[int(str(number))]
        many = len(own) > _EACH
        for one in each_row(own.head(1 if many else _EACH)):
            there = ""
            if one.other_row >= 0:
                there = f" ({sources[one.other_source].place(one.other_row)})"
            problem = f"This reference also stands for another record{there}; each is counted."
            if many:
                others = counted(len(own) - 1, "other reference")
                problem = (
                    f"This reference also stands for another record{there}, and so do {others} "
                    "here; each is counted."
                )
            place = source.place(one.row, field)
            findings.append(Finding("ref-used-twice", "note", place, problem, fix))
    return findings


def _described(frame: pd.DataFrame, codes: Ints, day: Array) -> pd.DataFrame:
    """What tells records apart: `moment`, `words` and `kind`, as numbers; −1 where not known."""
    moment = day.astype("datetime64[s]").astype(np.int64)
    words = next((name for name in _WORDS if name in frame), None)
    kinds = [name for name in _KINDS if name in frame and name != words]
    kind = np.full(len(frame), None, dtype=object)
    for name in kinds:
        values = frame[name].to_numpy()
        kind = np.where(pd.isna(kind), values, kind)
    return pd.DataFrame(
        {
            "code": codes,
            "source": frame["source"].to_numpy(),
            "row": frame["row"].to_numpy(),
            "dated": ~np.isnat(day),
            "moment": moment,
            "words": pd.factorize(frame[words].to_numpy())[0] if words else -1,
            "kind": pd.factorize(kind)[0],
        }
    )


def _used_twice(rows: pd.DataFrame, by_words: bool) -> Array:
    """The codes that stand for different records.

    On one sheet: different days. Anywhere: different moments and different words as well; a date
    alone may have been put right from one month to the next, words alone told in other words.
    Where a row has no date: different words and different kinds, on one sheet different words of
    which no kind says that they are the same (several people of one incident). ``by_words``: on one
    sheet different words are different records.
    """
    known = rows.assign(
        moment=rows["moment"].where(rows["dated"]),
        day=(rows["moment"] // _A_DAY).where(rows["dated"]),
        words=rows["words"].where(rows["words"] >= 0),
        kind=rows["kind"].where(rows["kind"] >= 0),
    )
    anywhere = known.groupby("code")[["moment", "words", "kind"]].nunique()
    anywhere["undated"] = ~known.groupby("code")["dated"].all()
    told_apart = (anywhere["words"] > 1) & (
        (anywhere["moment"] > 1) | (anywhere["undated"] & (anywhere["kind"] > 1))
    )
    sheets = known.groupby(["code", "source"])
    on_sheet = sheets[["day", "words", "kind"]].nunique()
    on_sheet["undated"] = ~sheets["dated"].all()
    apart_on_sheet = (on_sheet["day"] > 1) | (
        (on_sheet["words"] > 1) & (by_words | (on_sheet["undated"] & (on_sheet["kind"] != 1)))
    )
    found = [
        anywhere.index[told_apart].to_numpy(),
        on_sheet.index.get_level_values("code")[apart_on_sheet].to_numpy(),
    ]
    return np.unique(np.concatenate(found))


def _told_apart(rows: pd.DataFrame, by_words: bool) -> Ints:
    """Of rows whose codes stand for different records, the number of the record of each.

    The date tells them apart, in every snapshot of them. A row without a date belongs to the
    record with its words, one without words to the row above it.
    """
    record = rows["moment"].where(rows["dated"])
    has_words = (rows["words"] >= 0).to_numpy()
    same_words = record[has_words].groupby([rows["code"][has_words], rows["words"][has_words]])
    record = record.fillna(same_words.transform("first").reindex(rows.index))
    # Words that no dated row has are a record of their own, with a number that no moment has.
    own = -1e12 - rows["words"]
    record = record.where(record.notna() | ~has_words, own)
    in_order = rows.sort_values(["code", "source", "row"], kind="stable").index
    record = record[in_order].groupby(rows["code"][in_order]).ffill()
    record = record.groupby(rows["code"][in_order]).bfill().reindex(rows.index)
    records = pd.factorize(record.to_numpy())[0].astype(np.int64)
    return pair_codes(records, 1 + rows["words"].to_numpy()) if by_words else records
