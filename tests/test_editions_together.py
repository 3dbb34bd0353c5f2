"""Editions of several months beside one another, in whatever order and however often made."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from learnpipe import pipeline
from learnpipe.ground.calendar import month_number, parse_month
from learnpipe.report.sharing.known_sums import nothing_small
from learnpipe.report.sharing.suppress import DUE, MET, Series

AUGUST, SEPTEMBER = month_number(2026, 8), month_number(2026, 9)
HEAD = ("Ref", "Home", "Date of incident", "Date reported", "Category", "Severity", "Triaged")


def write_log(folder: Path, **months: int) -> None:
    """Six falls a month for thirteen months at one service, but four in the last."""
    rows = [HEAD]
    for month in range(month_number(2025, 9), SEPTEMBER + 1):
        year, number = divmod(month, 12)
        counts = {"2026-09": 4, **{name.replace("_", "-"): n for name, n in months.items()}}
        for at in range(counts.get(f"{year}-{number + 1:02}", 6)):
            day = f"{at + 3:02}/{number + 1:02}/{year}"
            rows.append((f"{year}{number}{at}", "Oak", f"{day} 10:00", f"{day} 11:00", "Falls",
                         "Low", f"{day} 12:00"))  # fmt: skip
    with (folder / "incidents.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def run(folder: Path, month: int) -> Path:
    """Make one month's edition."""
    pipeline.run(folder, folder / "out", dt.date(2026, 11, 3), month, workers=1)
    return folder / "out" / f"{month // 12}-{month % 12 + 1:02}"


def told(editions: Iterable[Path]) -> dict[str, list[tuple[int, int]]]:
    """The months of which the signals are told, under whatever name."""
    names = {("incidents", MET), ("near_misses", DUE), ("repeat_rate", DUE)}
    out = []
    for edition in editions:
        with (edition / "data" / "shared.csv").open(encoding="utf-8", newline="") as file:
            out += [
                (parse_month(row["first"]), parse_month(row["last"]))
                for row in csv.DictReader(file)
                if (row["key"], row["part"]) in names
            ]
    return {MET: out}


@pytest.mark.parametrize("order", [(AUGUST, SEPTEMBER), (SEPTEMBER, AUGUST)])
def test_in_whatever_order_they_are_made(tmp_path: Path, order: tuple[int, int]) -> None:
    # By month up to August, and July to September together, would leave 4 for September.
    write_log(tmp_path)
    editions = [run(tmp_path, month) for month in order]
    signals = Series(month_number(2025, 9), np.array([6.0] * 12 + [4.0]))
    known = told(editions)
    assert len(known[MET]) > 2
    assert nothing_small(signals, known, 5)


def test_an_edition_made_again_beside_a_later_one_gives_the_same_bytes(tmp_path: Path) -> None:
    write_log(tmp_path)
    first = run(tmp_path, AUGUST)
    files = {path: path.read_bytes() for path in first.rglob("*") if path.is_file()}
    run(tmp_path, SEPTEMBER)
    run(tmp_path, AUGUST)
    assert {path: path.read_bytes() for path in first.rglob("*") if path.is_file()} == files


def test_what_an_edition_told_before_it_was_made_again_is_remembered(tmp_path: Path) -> None:
    # The first told August's 6. Now there are 5: the figure is another by one, and that is said.
    write_log(tmp_path)
    run(tmp_path, AUGUST)
    write_log(tmp_path, **{"2026_08": 5})
    edition = run(tmp_path, AUGUST)
    again = told([edition])[MET]
    assert again.count((AUGUST, AUGUST)) > 1
    book = CalamineWorkbook.from_path(edition / "governance-2026-08.xlsx")
    rows = book.get_sheet_by_name("Before you share").to_python()
    changed = [row for row in rows if row[0] == "Changed since"]
    assert [row[2] for row in changed if row[1] == "incidents"] == ["edition of August 2026"]
