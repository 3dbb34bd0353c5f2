"""Counting judged rows into tallies by service and month, with breakdowns.

All parts of a breakdown are counted at once: a row is a number for its part, service and month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.tallies import Span, Tallies, Tally
from learnpipe.ground.terms import MET, NO_EVIDENCE, same_words

Array = np.ndarray[Any, Any]
_NOT_STATED = "not stated"


def count_rows(
    rows: pd.DataFrame, span: Span, month: str = "month", by: Sequence[str] = ()
) -> Tallies:
    """Rows by service and month; ``by`` names columns whose values become breakdowns."""
    at, months = rows["at"].to_numpy(), rows[month].to_numpy()
    out: Tallies = {}
    for names, part in _breakdowns(rows, by):
        counted = span.count_by(part, len(names), at, months)
        out |= {name: Tally(own) for name, own in zip(names, counted, strict=True)}
    return out


def share(rows: pd.DataFrame, span: Span, clock: str = "", by: Sequence[str] = ()) -> Tallies:
    """Duties by the month in which they fall due: due, met, no evidence; and the clocks running.

    ``rows`` has `at` and, with the prefix ``clock``, `due_month`, `state`, `open_from`,
    `open_to`. ``by`` names columns whose values become breakdowns.
    """
    month, state = rows[f"{clock}due_month"].to_numpy(), rows[f"{clock}state"].to_numpy()
    running = (rows[f"{clock}open_from"].to_numpy(), rows[f"{clock}open_to"].to_numpy())
    return _shares(rows, span, month, state == MET, state == NO_EVIDENCE, by, running)


def part_of(
    rows: pd.DataFrame,
    span: Span,
    met: Any,
    unknown: Any = None,
    by: Sequence[str] = (),
    month: str = "month",
) -> Tallies:
    """Rows by month: due is every row, met those of the mask, no evidence the unknown ones."""
    unsure = np.zeros(len(rows), dtype=bool) if unknown is None else np.asarray(unknown)
    return _shares(rows, span, rows[month].to_numpy(), np.asarray(met), unsure, by)


def _shares(
    rows: pd.DataFrame,
    span: Span,
    month: Array,
    met: Array,
    unknown: Array,
    by: Sequence[str],
    running: tuple[Array, Array] | None = None,
) -> Tallies:
    """The shares of all rows and of each part of them."""
    at = rows["at"].to_numpy()
    met, unknown = met.astype(bool), unknown.astype(bool)
    out: Tallies = {}
    for names, part in _breakdowns(rows, by):
        parts = len(names)
        counted = [
            span.count_by(part[mask], parts, at[mask], month[mask]) for mask in (met, unknown)
        ]
        due = span.count_by(part, parts, at, month)
        open_now = np.zeros_like(due)
        if running is not None:
            open_now = span.standing_by(part, parts, at, *running)
        for n, name in enumerate(names):
            out[name] = Tally(counted[0][n], due[n], counted[1][n], open_now[n])
    return out


def _breakdowns(rows: pd.DataFrame, by: Sequence[str]) -> Iterator[tuple[list[str], Array]]:
    """The names of the tallies and the one that each row is counted in: all rows, then each column.

    Empty cells are "not stated".
    """
    yield [""], np.zeros(len(rows), dtype=np.int64)
    for name in by:
        labels, part = part_codes(rows[name])
        if labels:
            yield [f"{name}.{label}" for label in labels], part


def part_codes(column: pd.Series[Any]) -> tuple[list[str], Array]:
    """The parts of a column in name order, and the number of each row's part.

    Spellings that differ only in case and blanks are one part, under the most common one.
    """
    codes, spellings = pd.factorize(column.to_numpy())
    shown = _best_spellings(spellings, np.bincount(codes[codes >= 0], minlength=len(spellings)))
    names = sorted({*shown, *([_NOT_STATED] if (codes < 0).any() else [])})
    number = {name: n for n, name in enumerate(names)}
    told = [number[name] for name in shown] + [number.get(_NOT_STATED, -1)]
    return names, np.array(told, dtype=np.int64)[codes]


def display_names(column: pd.Series[Any]) -> dict[Any, str]:
    """Each spelling → the most common spelling of the same words."""
    codes, spellings = pd.factorize(column.to_numpy())
    counts = np.bincount(codes[codes >= 0], minlength=len(spellings))
    return dict(zip(spellings, _best_spellings(spellings, counts), strict=True))


def _best_spellings(spellings: Any, counts: Array) -> list[str]:
    """For each spelling the most common one of the same words; of equals the first by name."""
    told = [str(spelling) for spelling in spellings]
    best: dict[str, str] = {}
    for n in sorted(range(len(told)), key=lambda n: (-int(counts[n]), told[n])):
        best.setdefault(same_words(told[n]), told[n])
    return [best[same_words(text)] for text in told]
