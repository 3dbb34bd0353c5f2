"""Day and month changed round: Excel reads 03/10 as 10 March where it is set up the US way.

It swaps only what is a date both ways; 25/10 it leaves as text. Nothing is changed here unless
the settings say so: strong signs become a question that shows both readings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from learnpipe.ground.calendar import month_end, month_name, month_start, months_of
from learnpipe.ground.settings import MONTH_FIRST, SWAPPED
from learnpipe.ground.tables import Cell
from learnpipe.recognise.dates import NO_SUCH_DAY, month_first, swapped

Dates = np.ndarray[Any, Any]

_LOOKED_AT = 5_000  # rows of a table: more would not be surer, only slower
_FEWEST = 3
_ENOUGH_SURE = 5
_MOSTLY = 0.8
_CHANCE = 1e-3
_LAST_EITHER_WAY = 12
_IN_FIGURES = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2,4})")
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Doubt:
    """A column whose day and month may have changed places: an example's position, and why.

    ``some``: the positions of the only dates in doubt, where the others are right as they are.
    """

    at: int
    why: str
    some: tuple[int, ...] = ()


@dataclass(frozen=True)
class Both:
    """A column's dates both ways: as they are, and with day and month of ``small`` swapped.

    ``small``: true dates that are a date both ways; ``sure``: dates that are one only as they are.
    """

    stands: Dates
    turned: Dates
    small: Dates
    sure: Dates


def doubt_order(
    cells: Sequence[Cell],
    column: Dates,
    ahead: bool,
    declared: int | None,
    others: Callable[[], Dates],
) -> Doubt | None:
    """Why the true dates of a column may be swapped, or None where there is no strong sign.

    ``ahead``: its dates may lie ahead of the others; ``declared``: the month that the file or
    sheet declares; ``others`` gives the sure dates of the table's other columns.
    """
    cells, column = cells[:_LOOKED_AT], column[:_LOOKED_AT]
    kinds = set(map(type, cells))
    if dt.date not in kinds and dt.datetime not in kinds:
        return None
    texts, before = str in kinds, _disorder(column)
    in_order = ahead or (declared is None and not before)
    if in_order and not (texts and _all_early(cells)):
        return None  # Nothing but a mixture tells of dates in order, or such as may lie ahead.
    both = _both_ways(cells, column, texts)
    if both.small.sum() < _FEWEST:
        return None
    after = _disorder(both.turned)
    if not ahead and (span := _span(both, declared, others)) is not None:
        astray = _astray(both, span, 0 if declared is None else before + 1)
        if astray is not None:
            return astray
        if (
            not (both.small & _outside(both.stands, span)).any()
            and (both.small & _outside(both.turned, span)).any()
        ):
            return None
    if after > before:
        return None
    if texts and (found := _split(cells, both)):
        return found
    if not ahead and before >= _FEWEST and after * 10 <= before and both.small.sum() >= 2 * _FEWEST:
        why = f"as they stand the dates are out of order in {before} places, swapped in {after}"
        return Doubt(int(np.argmax(both.small)), why)
    return None


def _all_early(cells: Sequence[Cell]) -> bool:
    """Whether no true date has a day after the 12th."""
    return all(cell.day <= _LAST_EITHER_WAY for cell in cells if isinstance(cell, dt.date))


def _astray(both: Both, span: Dates, slack: int) -> Doubt | None:
    """The sign of dates that lie outside the months of their sheet, and inside when swapped.

    Swapping must bring dates into order, but for ``slack`` places. Where other dates of the
    column are right as they are, the lost ones alone are in doubt, if it is no chance that so
    many of them fall into so few months.
    """
    lost, inside = both.small & _outside(both.stands, span), ~_outside(both.turned, span)
    found = np.flatnonzero(lost)
    # Three different days: whatever happens on the first of next month is no sign.
    if len(np.unique(both.stands[lost])) < _FEWEST or not inside[lost].all():
        return None
    whole = bool(inside[both.small].all())
    turned = both.turned if whole else np.where(lost, both.turned, both.stands)
    if _disorder(turned) >= _disorder(both.stands) + slack:
        return None
    first, last = (int(month) for month in months_of(span))
    said = month_name(first) if first == last else f"{month_name(first)} to {month_name(last)}"
    why = f"{len(found)} dates lie outside {said} as they stand, and none when swapped"
    if whole:
        return Doubt(int(found[0]), why)
    if ((last - first + 1) / 12) ** len(found) > _CHANCE:
        return None
    return Doubt(int(found[0]), why, tuple(map(int, found)))


def sure_dates(cells: Sequence[Cell], column: Dates) -> Dates:
    """The dates of a column that are none when day and month are swapped, or were typed out."""
    cells, column = cells[:_LOOKED_AT], column[:_LOOKED_AT]
    both = _both_ways(cells, column, True)
    return column[both.sure]


def _both_ways(cells: Sequence[Cell], column: Dates, texts: bool) -> Both:
    days = column.astype("datetime64[D]")
    months = column.astype("datetime64[M]")
    day = (days - months).astype(np.int64) + 1
    month = months.astype(np.int64) % 12 + 1
    known = ~np.isnat(column)
    true = known
    if texts:
        true = known & np.fromiter((not isinstance(cell, str) for cell in cells), bool, len(cells))
    either = true & (day <= _LAST_EITHER_WAY)
    small = either & (day != month)
    turned = days.copy()
    turned[small] = (
        days[small].astype("datetime64[Y]").astype("datetime64[M]") + (day[small] - 1)
    ).astype("datetime64[D]") + (month[small] - 1)
    return Both(days, turned, small, known & ~either)


def _disorder(column: Dates) -> int:
    """How often the dates go against their order, be it oldest or newest first."""
    days = column[~np.isnat(column)].astype("datetime64[D]").astype(np.int64)
    steps = days[1:] - days[:-1]
    return min(int((steps < 0).sum()), int((steps > 0).sum()))


def _span(both: Both, declared: int | None, others: Callable[[], Dates]) -> Dates | None:
    """First and last day of the months in which the dates should lie, where that is known."""
    sure = both.stands[both.sure]
    if declared is not None:
        span = np.array([month_start(declared), month_end(declared) - _DAY], dtype="datetime64[D]")
        inside = ~_outside(sure, span)
        return span if not len(sure) or inside.mean() >= _MOSTLY else None
    if len(sure) < _ENOUGH_SURE:
        sure = others().astype("datetime64[D]")
    if len(sure) < _ENOUGH_SURE:
        return None
    months = np.array([sure.min(), sure.max()]).astype("datetime64[M]")
    return np.array([months[0].astype("datetime64[D]"),
                     (months[1] + 1).astype("datetime64[D]") - _DAY])  # fmt: skip


def _outside(days: Dates, span: Dates) -> Dates:
    out: Dates = (days < span[0]) | (days > span[1])
    return out


def _split(cells: Sequence[Cell], both: Both) -> Doubt | None:
    """The sign of a mixture: all true dates up to the 12th, all dates in figures as text later."""
    text = np.fromiter(
        (isinstance(cell, str) and bool(_IN_FIGURES.match(cell)) for cell in cells),
        bool, len(cells),
    )  # fmt: skip
    late = both.sure & text
    day = (both.stands - both.stands.astype("datetime64[M]")).astype(np.int64) + 1
    typed = text & ~np.isnat(both.stands)
    true_late = both.sure & np.fromiter(
        (not isinstance(cell, str) for cell in cells), bool, len(cells)
    )
    if true_late.any() or late.sum() < _FEWEST or (day[typed] <= _LAST_EITHER_WAY).any():
        return None
    small, texts = int(both.small.sum()), int(late.sum())
    # Twelve days of about thirty-one are dates both ways: how likely is such a split by chance?
    if (12 / 31) ** small * (19 / 31) ** texts > _CHANCE:
        return None
    why = (
        f"all {small} true dates of the column have a day up to 12, "
        f"all {texts} that stand there as text a later one"
    )
    return Doubt(int(np.argmax(both.small)), why)


def doubt_text(cells: Sequence[Cell], failures: Sequence[tuple[int, str]]) -> Doubt | None:
    """Why the texts of a date column are month first, or None where there is no strong sign.

    ``failures`` are the positions of the cells that could not be read, each with its code.
    """
    late = [
        at for at, code in failures if code == NO_SUCH_DAY and month_first(cells[at]) is not None
    ]
    if not late:
        return None
    figures = [
        found.groups()
        for cell in cells[:_LOOKED_AT]
        if isinstance(cell, str) and (found := _IN_FIGURES.match(cell))
    ]
    either = [(int(one), int(two)) for one, two, _ in figures if int(two) <= _LAST_EITHER_WAY]
    if any(int(one) > _LAST_EITHER_WAY for one, _, _ in figures):
        return None
    if len(late) < _FEWEST and len(either) < _ENOUGH_SURE:
        return None
    # Read the right way the dates lie together: a slip in a log of one month is no other order.
    if len({one for one, _ in either}) > len({two for _, two in either}) + _FEWEST:
        return None
    why = f"{len(late)} of its {len(figures)} texts are dates only month first, none only day first"
    return Doubt(late[0], why)


def turn(cells: Sequence[Cell], order: str) -> tuple[list[Cell], list[int]]:
    """A date column's cells as the settings say that they are meant; and the positions changed."""
    out, changed = list(cells), []
    for at, cell in enumerate(cells):
        if isinstance(cell, dt.date) and SWAPPED in order:
            moment = cell if isinstance(cell, dt.datetime) else dt.datetime(*cell.timetuple()[:3])
            meant: dt.datetime | None = swapped(moment)
            if meant == moment:
                continue
        else:
            meant = month_first(cell) if MONTH_FIRST in order else None
        if meant is not None:
            out[at] = meant
            changed.append(at)
    return out, changed
