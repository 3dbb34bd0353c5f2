"""Joining: one frame a log, over all sheets that hold it; every row leads back to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import NO_MONTH, declared_month, months_of
from learnpipe.ground.schemas import Field, Schema, Schemas
from learnpipe.ground.tables import ReadFile, Source, Table

Array = np.ndarray[Any, Any]
Pair = tuple[Source, Table]


def number_sources(files: Sequence[ReadFile], schemas: Schemas) -> list[Pair]:
    """Each table that is a log, numbered in the order of the files, with the month it declares."""
    pairs: list[Pair] = []
    for file in files:
        for sheet in file.sheets:
            for table in sheet.tables:
                if table.log is None or table.rows is None:
                    continue
                schema = schemas.logs[table.log]
                # A folder may declare the month when neither the sheet nor the file does.
                declared = sheet.period or declared_month(sheet.file)
                source = Source(
                    number=len(pairs),
                    log=table.log,
                    file=sheet.file,
                    sheet=sheet.sheet,
                    period=declared if declared is not None else _last_month(schema, table),
                    letters=table.letters,
                    declared=declared,
                    duplicate=file.duplicate_of is not None,
                )
                pairs.append((source, table))
    return pairs


def _last_month(schema: Schema, table: Table) -> int:
    for name in schema.dates:
        if name in table.data and len(months := months_of(table.data[name])):
            known = months[months != NO_MONTH]
            if len(known):
                return int(known.max())
    return 0


def join(schema: Schema, pairs: Sequence[Pair]) -> pd.DataFrame:
    """All rows of a log: `source`, `row`, then every field of its schema (empty where not kept).

    Exact duplicate files are left out: their rows are superseded as they stand.
    """
    own = [
        (source, table)
        for source, table in pairs
        if source.log == schema.log and not source.duplicate
    ]
    sizes = [table.records for _, table in own]
    ends = np.cumsum(sizes, dtype=np.int64).tolist()
    total = ends[-1] if ends else 0
    places = list(zip([0, *ends], ends, (table for _, table in own), strict=False))
    rows = np.empty(total, dtype=np.int64)
    for start, end, table in places:
        rows[start:end] = table.rows
    columns: dict[str, object] = {
        "source": np.repeat([source.number for source, _ in own], sizes).astype(np.int64),
        "row": rows,
    }
    for name, field in schema.fields.items():
        cells = blank_column(field, total)
        for start, end, table in places:
            if name in table.data:
                cells[start:end] = table.data[name]
        columns[name] = pd.Series(cells, dtype=cells.dtype)
    return pd.DataFrame(columns)


def blank_column(field: Field, size: int) -> Array:
    """A column of a field that a sheet does not keep."""
    if field.dated:
        return np.full(size, np.datetime64("NaT"), dtype="datetime64[s]")
    if field.kind == "number":
        return np.full(size, np.nan)
    return np.full(size, None, dtype=object)
