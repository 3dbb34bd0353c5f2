"""Changes: what a later file says otherwise of a case than the file before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Field, Schema
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted, same_words

Array = np.ndarray[Any, Any]
Ints = np.ndarray[Any, np.dtype[np.int64]]
COLUMNS = ("log", "case", "service", "ref", "field", "how", "said", "now",
           "said_source", "said_row", "source", "row")  # fmt: skip
NO_CHANGES = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
HOW = CHANGED, EMPTIED = ("changed", "emptied")
_TOLD_TEXTS = ("theme", "category")
"""The texts that are labels, not stories: what they said and say is shown."""


@dataclass(frozen=True)
class Snapshots:
    """The snapshots of the cases in their order, one an entry.

    ``first_row``: where its first row stands in the log's frame. ``case`` and ``source``: its own.
    ``starts``, ``ends``: the first and the last snapshot of its case.
    """

    first_row: Ints
    case: Ints
    source: Ints
    starts: Ints
    ends: Ints


def tells_values(field: Field) -> bool:
    """Whether a field's values may be shown in a list: never stories or people."""
    return field.kind not in ("text", "person") or field.name in _TOLD_TEXTS


def compare(
    field: Field, values: Array, told: Ints, known: Array, keeps: Array, snapshots: Snapshots
) -> pd.DataFrame | None:
    """The changes of one field, from each snapshot that tells it to the next one that does.

    ``told``: the row that tells the field in each snapshot, where it is ``known``. ``keeps``: for
    each source whether it has a column of the field; without one nothing was emptied.
    """
    position = np.arange(len(known))
    before = np.append(-1, np.maximum.accumulate(np.where(known, position, -1))[:-1])
    again = before >= snapshots.starts
    both = np.flatnonzero(known & again)
    differ = values[told[both]] != values[told[before[both]]]
    changed = both[differ.astype(bool)]
    if field.kind in ("text", "person", "ref"):
        changed = changed[_other_words(values, told[changed], told[before[changed]])]
    gone = ~known & again & (before == position - 1) & keeps[snapshots.source]
    emptied = np.flatnonzero(gone)
    if not len(changed) + len(emptied):
        return None
    at = np.concatenate([changed, emptied])
    said_row = told[before[at]]
    now_row = np.concatenate([told[changed], snapshots.first_row[emptied]])
    said = now = np.full(len(at), None, dtype=object)
    if tells_values(field):
        said = _as_text(field, values[said_row])
        now = np.append(_as_text(field, values[told[changed]]), now[len(changed) :])
    return pd.DataFrame(
        {
            "case": snapshots.case[at],
            "field": pd.Series(field.name, index=range(len(at)), dtype="category"),
            "how": pd.Categorical(
                np.repeat(np.array(HOW, dtype=object), [len(changed), len(emptied)]), HOW
            ),
            "said": pd.Series(said, dtype=object),
            "now": pd.Series(now, dtype=object),
            "said_at": said_row,
            "at": now_row,
        }
    )


def _other_words(values: Array, rows: Ints, others: Ints) -> Array:
    pairs = zip(values[rows], values[others], strict=True)
    return np.array([same_words(str(a)) != same_words(str(b)) for a, b in pairs], dtype=bool)


def _as_text(field: Field, values: Array) -> Array:
    """The values as text; equal ones share one text, so that a million changes stay small."""
    if not field.dated and field.kind != "number":
        return values
    codes, different = pd.factorize(values)
    if field.dated:
        minutes = different.astype("datetime64[m]").astype(str)
        texts = [one.replace("T", " ").removesuffix(" 00:00") for one in minutes]
    else:
        texts = [f"{one:g}" for one in different]
    return np.array(texts, dtype=object)[codes]


def listed(
    schema: Schema, frame: pd.DataFrame, parts: Sequence[pd.DataFrame | None]
) -> pd.DataFrame:
    """The changes of all fields of a log, with their records and places; in the cases' order."""
    found = [part for part in parts if part is not None]
    if not found:
        return NO_CHANGES
    fields = pd.CategoricalDtype([part["field"].iat[0] for part in found])
    table = pd.concat([part.astype({"field": fields}) for part in found], ignore_index=True)
    table = table.sort_values(["case", "at"], kind="stable", ignore_index=True)
    now, said = table.pop("at").to_numpy(), table.pop("said_at").to_numpy()
    source, row = (frame[name].to_numpy().astype(np.int32) for name in ("source", "row"))
    columns = {
        "log": pd.Series(schema.log, index=table.index, dtype="category"),
        "said_source": source[said],
        "said_row": row[said],
        "source": source[now],
        "row": row[now],
        "service": pd.Series(frame["service"].to_numpy()[now], dtype=object),
        "ref": pd.Series(frame[schema.key[-1]].to_numpy()[now], dtype=object),
    }
    return table.assign(**columns)[list(COLUMNS)]


def all_changes(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The changes of all logs, one a row.

    `log`, `case`, `service`, `ref`, `field`, `how` ("changed" or "emptied"), `said` and `now`
    (None where they are not to be shown), and the places: `said_source`, `said_row`, `source`,
    `row`.
    """
    found = [table for table in tables if len(table)]
    if not found:
        return NO_CHANGES
    texts = {"log": object, "field": object}
    return pd.concat([table.astype(texts) for table in found], ignore_index=True).astype(
        dict.fromkeys(texts, "category")
    )


def change_findings(
    schema: Schema, changes: pd.DataFrame, sources: Sequence[Source]
) -> list[Finding]:
    """One note for each field that changed, with how many cases and the first of them.

    Progress is no note: a status that moves on, or a story told in other words. All changes are
    in the table.
    """
    if changes.empty:
        return []
    told = [name for name, field in schema.fields.items() if tells_values(field)]
    moved_on = (changes["field"] == "status") & (changes["said"] != "closed")
    worth = changes[(changes["how"] == EMPTIED) | (changes["field"].isin(told) & ~moved_on)]
    findings = []
    for (name, how), own in worth.groupby(["field", "how"], observed=True):
        field, first = schema.fields[str(name)], own.iloc[0]
        before = sources[int(first["said_source"])].place(int(first["said_row"]), field.name)
        log = schema.title[:1].lower() + schema.title[1:]
        records = f"{counted(own['case'].nunique(), 'record')} of the {log}"
        if how == EMPTIED:
            code = "emptied-between-files"
            problem = f"{field.title} is empty here, but {before} tells it; so in {records}."
            fix = "What the older file says still counts. Type it again, or empty it there too."
        else:
            code = "changed-between-files"
            problem = (
                f"{field.title} is {_said(field, first['now'])} here, but "
                f"{_said(field, first['said'])} in {before}; such changes are in {records}."
            )
            fix = (
                "The latest file that knows the date counts, for earlier months too."
                if field.dated
                else "Each month is counted as its own file says."
            ) + " Check that it was put right, not mistyped."
        place = sources[int(first["source"])].place(int(first["row"]), field.name)
        findings.append(Finding(code, "note", place, problem, fix))
    return findings


def _said(field: Field, text: str) -> str:
    """A value as a sentence shows it: dates day first."""
    if not field.dated:
        return f'"{text}"'
    day, _, time = text.partition(" ")
    return f"{'/'.join(reversed(day.split('-')))} {time}".strip()
