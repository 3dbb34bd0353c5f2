"""Dates without a year (``13-Sep``): read where the dates around them leave one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from learnpipe.ground.calendar import month_end, month_start
from learnpipe.ground.schemas import Schema
from learnpipe.recognise.dates import with_year

Dates = np.ndarray[Any, Any]

_NEAR = np.timedelta64(92, "D")  # a quarter of a year: no two years have a day as near as that


def year_that_fits(
    schema: Schema,
    data: Mapping[str, Dates],
    field: str,
    at: int,
    raw: str,
    declared: int | None,
) -> dt.datetime | None:
    """The date that a text without a year stands for, or None where it could be two or none.

    It must lie near the other dates of its column (else of the sheet, else the declared month),
    and break no rule of order with the dates of its row; where two years do, it must lie near
    the dates of its row.
    """
    row = {
        name: column[at]
        for name, column in data.items()
        if name in schema.fields and schema.fields[name].dated and not np.isnat(column[at])
    }
    span = _span(schema, data, field, declared)
    if span is None:
        return None
    first, last = span[0] - _NEAR, span[1] + _NEAR
    years = range(first.astype(object).year, last.astype(object).year + 1)
    found = [moment for year in years if (moment := with_year(raw, year)) is not None]
    fitting = [
        moment
        for moment in found
        if first <= np.datetime64(moment, "s") <= last and _in_order(schema, row, field, moment)
    ]
    if len(fitting) > 1:
        fitting = [
            moment
            for moment in fitting
            if any(abs(np.datetime64(moment, "s") - other) <= _NEAR for other in row.values())
        ]
    return fitting[0] if len(fitting) == 1 else None


def _span(
    schema: Schema, data: Mapping[str, Dates], field: str, declared: int | None
) -> tuple[np.datetime64, np.datetime64] | None:
    """The first and the last date of a column, else of its table, else of the declared month."""
    for names in ((field,), tuple(data)):
        parts = [
            data[name][~np.isnat(data[name])]
            for name in names
            if name in schema.fields and schema.fields[name].dated and name in data
        ]
        dates = np.concatenate(parts) if parts else np.array([], dtype="datetime64[s]")
        if len(dates):
            return dates.min(), dates.max()
    return None if declared is None else (month_start(declared), month_end(declared))


def _in_order(
    schema: Schema, row: Mapping[str, np.datetime64], field: str, moment: dt.datetime
) -> bool:
    """Whether a date breaks none of the log's rules of order with the dates of its row."""
    day = np.datetime64(moment, "D")
    for rule in schema.rules:
        if rule.check != "not_before":
            continue
        if rule.field == field and rule.other in row and day < row[rule.other].astype("M8[D]"):
            return False
        if rule.other == field and rule.field in row and row[rule.field].astype("M8[D]") < day:
            return False
    return True
