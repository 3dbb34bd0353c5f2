"""The date columns of a table, looked at once more when all of them are read.

What one cell leaves open its neighbours may tell: a year that is not there, and whether day and
month have changed places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from learnpipe.ground.asking import toml_text
from learnpipe.ground.schemas import Schema
from learnpipe.ground.settings import MONTH_FIRST, SWAPPED
from learnpipe.ground.tables import Cell
from learnpipe.ground.terms import counted
from learnpipe.recognise.dates import NO_YEAR, month_first, swapped
from learnpipe.recognise.swapped import doubt_order, doubt_text, sure_dates
from learnpipe.recognise.years import year_that_fits

YEAR_FROM_SHEET, SWAPPED_DATES, MONTH_FIRST_DATES, DATES_AS_SET = (
    "year-from-sheet", "swapped-dates", "month-first-dates", "dates-as-set",
)  # fmt: skip
_AHEAD = ("due", "ends")
"""Words in the names of fields whose dates may lie ahead of all others."""


@dataclass(frozen=True)
class Typed:
    """A date column as it was typed: its header, cells, and what could not be read of them."""

    header: str
    cells: Sequence[Cell]
    failures: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Remark:
    """What is to be said of a cell: its position, its field, a finding's code and its texts."""

    at: int
    field: str
    code: str
    told: tuple[str, ...] = ()


def look_again(
    schema: Schema,
    data: dict[str, np.ndarray[Any, Any]],
    typed: Mapping[str, Typed],
    declared: int | None,
) -> list[Remark]:
    """Put in the years that the other dates tell, and remark on what is in doubt or unread.

    ``typed``: field → its column; ``declared``: the month that the sheet or file declares.
    """
    out: list[Remark] = []
    for name, one in typed.items():
        if one.failures:
            out += _unread(schema, data, name, one, declared)
        # Reviews and the like may well lie months after what they follow.
        ahead = name not in schema.dates or any(word in name for word in _AHEAD)
        others = _SureElsewhere(data, typed, name)
        found = doubt_order(one.cells, data[name], ahead, declared, others)
        if found and not any(r.field == name and r.code == MONTH_FIRST_DATES for r in out):
            for at in found.some or (found.at,):
                stands = data[name][at].astype(dt.datetime)
                order = "" if found.some else SWAPPED
                told = (one.header, _said(stands), _said(swapped(stands)), found.why, order)
                out.append(Remark(at, name, SWAPPED_DATES, told))
    return _with_lines(out)


def _with_lines(remarks: list[Remark]) -> list[Remark]:
    """Each question about an order with the settings lines of all columns in question.

    A section stands only once in a settings file, so that what is pasted must hold them all.
    """
    asked = [one for one in remarks if one.code in (SWAPPED_DATES, MONTH_FIRST_DATES)]
    lines = "\n".join(
        f"{toml_text(header)} = {toml_text(order)}"
        for header, order in {one.told[0]: one.told[-1] for one in asked}.items()
        if order
    )
    return [
        replace(one, told=(*one.told[:-1], lines)) if one in asked and one.told[-1] else one
        for one in remarks
    ]


class _SureElsewhere:
    """The sure dates of a table's other columns, worked out only when they are asked for."""

    def __init__(
        self, data: Mapping[str, np.ndarray[Any, Any]], typed: Mapping[str, Typed], name: str
    ) -> None:
        self._data, self._typed, self._name = data, typed, name

    def __call__(self) -> np.ndarray[Any, Any]:
        parts = [
            sure_dates(one.cells, self._data[name])
            for name, one in self._typed.items()
            if name != self._name and not any(word in name for word in _AHEAD)
        ]
        return np.concatenate(parts) if parts else np.array([], dtype="datetime64[s]")


def _unread(
    schema: Schema,
    data: dict[str, np.ndarray[Any, Any]],
    name: str,
    one: Typed,
    declared: int | None,
) -> list[Remark]:
    out: list[Remark] = []
    found = doubt_text(one.cells, one.failures)
    if found:
        meant = month_first(one.cells[found.at])
        true = [cell for cell in one.cells if isinstance(cell, dt.date)]
        order = MONTH_FIRST
        if len(true) >= 3 and all(cell.day <= 12 for cell in true):
            order = f"{MONTH_FIRST}, {SWAPPED}"
        told = (one.header, _said(meant) if meant else "", found.why, order)
        out.append(Remark(found.at, name, MONTH_FIRST_DATES, told))
    for at, code in one.failures:
        cell = one.cells[at]
        if found and month_first(cell) is not None:
            continue
        if code == NO_YEAR and isinstance(cell, str):
            moment = year_that_fits(schema, data, name, at, cell, declared)
            if moment is not None:
                data[name][at] = moment
                out.append(Remark(at, name, YEAR_FROM_SHEET, (f"{moment:%d/%m/%Y}",)))
                continue
        out.append(Remark(at, name, code))
    return out


def as_set(header: str, typed: Cell, meant: Cell, changed: int, order: str) -> tuple[str, ...]:
    """The texts of the note that a column was read as the settings say."""
    return (header, _said(typed), _said(meant), counted(changed, "cell"), order)


def _said(cell: Cell) -> str:
    """A date in words, so that day and month cannot be taken for each other."""
    return f"{cell.day} {cell:%B %Y}" if isinstance(cell, dt.date) else f'"{cell}"'
