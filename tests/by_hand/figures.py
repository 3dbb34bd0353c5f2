"""Figures worked out by hand, written as a table, beside those of `data/measures.csv`.

A cell of the table holds one month's figures:

    2/3       two met of three due; "?1" behind it: for one of them there is no evidence
    +1        one clock still running at the month's end
    4         a count
    =0.5      the value, where it is not met divided by due; "= " alone leaves it out
    –         nothing due, or not covered: no value
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.commands import learnpipe

COUNTS = ("due", "met", "no_evidence", "not_yet_due")
_CELL = re.compile(
    r"(?:(?P<met>[\d.]+)(?:/(?P<due>[\d.]+))?)?"
    r"(?: ?\?(?P<none>\d+))?(?: ?\+(?P<running>\d+))?(?: ?=(?P<value>[\d.]*))?"
)


@dataclass(frozen=True)
class Figures:
    """A row of `data/measures.csv` without its names and its chart."""

    due: float = 0
    met: float = 0
    no_evidence: float = 0
    not_yet_due: float = 0
    value: float | None = None


def by_hand(table: str) -> dict[tuple[str, str], Figures]:
    """(metric, month) → figures, from lines of ``metric | month … | why``."""
    heading, *lines = [line for line in table.strip().splitlines() if "|" in line]
    months = [cell.strip() for cell in heading.split("|")[1:-1]]
    out: dict[tuple[str, str], Figures] = {}
    for line in lines:
        metric, *cells = (cell.strip() for cell in line.split("|"))
        for month, cell in zip(months, cells[: len(months)], strict=True):
            assert (metric, month) not in out, metric
            out[metric, month] = _figures(cell)
    return out


def _figures(cell: str) -> Figures:
    if cell in ("–", ""):
        return Figures()
    found = _CELL.fullmatch(cell)
    assert found, cell
    met, due, none, running, told = found.groups()
    value = None
    if told:
        value = float(told)
    elif told is None and met is not None:
        value = float(met) if due is None else float(met) / float(due)
    due, met, none, running = (float(number or 0) for number in (due, met, none, running))
    return Figures(due, met, none, running, value)


def as_counted(folder: Path, month: str, output: Path) -> dict[tuple[str, str, str], Figures]:
    """What `learnpipe run` writes: (service, metric, month) → figures."""
    done = learnpipe("run", folder, "--month", month, "--output", output)
    assert done.returncode == 0, done.stderr
    path = output / month / "data" / "measures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (row["service"], row["metric"], row["month"]): Figures(
            **{name: float(row[name] or 0) for name in COUNTS},
            value=float(row["value"]) if row["value"] else None,
        )
        for row in rows
    }


def differences(
    counted: dict[tuple[str, str, str], Figures],
    service: str,
    worked: dict[tuple[str, str], Figures],
) -> Iterator[str]:
    """Each row of a service that is not as it was worked out, either way round."""
    own = {key[1:]: row for key, row in counted.items() if key[0] == service}
    for key in sorted(own.keys() | worked.keys()):
        found, meant = own.get(key), worked.get(key)
        if found is None or meant is None or not _same(found, meant):
            yield f"{' '.join(key)}: by hand {meant}, counted {found}"


def _same(found: Figures, meant: Figures) -> bool:
    if (found.value is None) != (meant.value is None):
        return False
    near = found.value is None or abs(found.value - (meant.value or 0)) < 0.0001
    return near and all(getattr(found, name) == getattr(meant, name) for name in COUNTS)
