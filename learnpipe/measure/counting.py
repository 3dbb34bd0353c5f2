"""Counting judged rows into tallies by service and month, with breakdowns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.measurements import Span, Tallies, Tally
from learnpipe.ground.terms import MET, NO_EVIDENCE, same_words


def count_rows(
    rows: pd.DataFrame, span: Span, month: str = "month", by: Sequence[str] = ()
) -> Tallies:
    """Rows by service and month; ``by`` names columns whose values become breakdowns."""
    out: Tallies = {"": Tally(span.count(rows["at"], rows[month]))}
    for name, label, own in _parts(rows, by):
        out[f"{name}.{label}"] = Tally(span.count(own["at"], own[month]))
    return out


def share(rows: pd.DataFrame, span: Span, clock: str = "", by: Sequence[str] = ()) -> Tallies:
    """Duties by the month in which they fall due: due, met, no evidence; and the clocks running.

    ``rows`` has `at` and, with the prefix ``clock``, `due_month`, `state`, `open_from`,
    `open_to`. ``by`` names columns whose values become breakdowns.
    """
    out: Tallies = {"": _share(rows, span, clock)}
    for name, label, own in _parts(rows, by):
        out[f"{name}.{label}"] = _share(own, span, clock)
    return out


def _share(rows: pd.DataFrame, span: Span, clock: str) -> Tally:
    at, month = rows["at"].to_numpy(), rows[f"{clock}due_month"].to_numpy()
    state = rows[f"{clock}state"].to_numpy()
    return Tally(
        met=span.count(at[state == MET], month[state == MET]),
        due=span.count(at, month),
        no_evidence=span.count(at[state == NO_EVIDENCE], month[state == NO_EVIDENCE]),
        not_yet_due=span.standing(at, rows[f"{clock}open_from"], rows[f"{clock}open_to"]),
    )


def part_of(
    rows: pd.DataFrame, span: Span, met: Any, unknown: Any = None, by: Sequence[str] = ()
) -> Tallies:
    """Rows by month: due is every row, met those of the mask, no evidence the unknown ones."""
    rows = rows.assign(
        _met=np.asarray(met), _unknown=False if unknown is None else np.asarray(unknown)
    )
    out: Tallies = {"": _part(rows, span)}
    for name, label, own in _parts(rows, by):
        out[f"{name}.{label}"] = _part(own, span)
    return out


def _part(rows: pd.DataFrame, span: Span) -> Tally:
    met, unknown = rows[rows["_met"]], rows[rows["_unknown"]]
    return Tally(
        met=span.count(met["at"], met["month"]),
        due=span.count(rows["at"], rows["month"]),
        no_evidence=span.count(unknown["at"], unknown["month"]),
        not_yet_due=np.zeros(span.shape, dtype=np.int64),
    )


def _parts(rows: pd.DataFrame, by: Sequence[str]) -> list[tuple[str, str, pd.DataFrame]]:
    """Each value of each column, in name order, with its rows; empty cells are "not stated".

    Spellings that differ only in case and blanks count together, under the most common one.
    """
    out = []
    for name in by:
        shown = display_names(rows[name])
        label = rows[name].map(shown).astype(object).fillna("not stated")
        for value, own in rows.groupby(label, sort=True):
            out.append((name, str(value), own))
    return out


def display_names(column: pd.Series[Any]) -> dict[Any, str]:
    """Each spelling → the most common spelling of the same words."""
    counts = column.dropna().astype(str).value_counts()
    best: dict[str, str] = {}
    for spelling in sorted(counts.index, key=lambda text: (-int(counts[text]), text)):
        best.setdefault(same_words(spelling), spelling)
    return {raw: best[same_words(str(raw))] for raw in column.dropna().unique()}
