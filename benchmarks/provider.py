"""Build a made-up provider's folder to run benchmarks on: the same bytes for the same seed.

`small` is the provider that the targets speak of: 3 services, 24 months, 72 files, 3,000
incidents, 5,000 actions, and the lesser logs. `scaled` is a group: one workbook of incidents a
service, as many rows as asked.

    python benchmarks/provider.py                                     # small, in a temporary folder
    python benchmarks/provider.py FOLDER
    python benchmarks/provider.py FOLDER --workbooks 1000 --rows 1000000
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import provider_rows as logs
from provider_rows import Cell, Place, Row

SEED = 2026
MONTHS = 24
SERVICES = (("Alder House", "ALD"), ("Birch Court", "BIR"), ("Cedar Lodge", "CED"))
WIDE = {"What happened", "Immediate action taken", "Action required", "Details", "Learning note"}


def month_starts() -> list[date]:
    """The first day of each month covered, and of the month after the last."""
    last = logs.LAST_DAY.year * 12 + logs.LAST_DAY.month
    return [date((n - 1) // 12, (n - 1) % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 2)]


def some_days(count: int, first: date, after: date, chance: Random) -> list[date]:
    """`count` days in order, from `first` to the day before `after`."""
    span = (after - first).days
    return sorted(first + timedelta(days=chance.randrange(span)) for _ in range(count))


def small(folder: Path, seed: int = SEED, incidents: int = 3000, actions: int = 5000) -> None:
    """Write the small provider into `folder`.

    Incidents: the first year in one file a service, then a file a month and service. Actions: a
    file a quarter and service. Feedback and observations: a file a service. Supervisions: a sheet
    a service. Training and activity: a csv each.
    """
    starts = month_starts()
    first, after = starts[0], starts[-1]
    activity: list[Row] = []
    training: list[Row] = []
    supervisions: dict[str, list[Row]] = {}
    for position, (name, code) in enumerate(SERVICES):
        chance = Random(f"{seed} {code}")
        where = logs.place(name, code, chance)
        share = _share(incidents, position)
        days = some_days(share, first, after, chance)
        rows = list(logs.incidents(where, days, chance))
        _incident_files(folder / name, where, days, rows, starts, titled=position != 1)
        for quarter, some in enumerate(
            _by_quarter(logs.actions(where, rows, _share(actions, position), chance), starts)
        ):
            path = folder / name / f"{code} action plan Q{quarter + 1}.xlsx"
            workbook(path, {"Actions": (logs.ACTIONS, some)})
        chosen = some_days(190, first, after, chance)
        said = logs.feedback(where, chosen, chance)
        workbook(folder / f"Feedback {name}.xlsx", {"Feedback": (logs.FEEDBACK, said)})
        seen = logs.observations(where, some_days(290, first, after, chance), chance)
        path = folder / f"Practice observations {name}.xlsx"
        workbook(path, {"Observations": (logs.OBSERVATIONS, seen)}, title="Practice observations")
        held = logs.supervisions(where, some_days(380, first, after, chance), chance)
        supervisions[name] = list(held)
        training += logs.training(where, some_days(48, first, after, chance), chance)
        activity += (
            (name, f"{start:%B %Y}", 38 * 30 + chance.randrange(-40, 41), 18)
            for start in starts[:-1]
        )
    sheets = {name: (logs.SUPERVISIONS, rows) for name, rows in supervisions.items()}
    workbook(folder / "Supervisions.xlsx", sheets)
    text(folder / "Micro-training.csv", logs.TRAINING, training)
    text(folder / "Activity.csv", logs.ACTIVITY, activity)


def scaled(folder: Path, workbooks: int, rows: int, seed: int = SEED) -> None:
    """Write a group's incident logs: `workbooks` services, `rows` rows in all, on every core."""
    jobs = [
        (folder, number, rows // workbooks + (number < rows % workbooks), seed)
        for number in range(workbooks)
    ]
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for _ in pool.imap_unordered(_one_service, jobs, chunksize=4):
            pass


def workbook(
    path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Row]]], title: str = ""
) -> None:
    """Write one log a sheet: header in the first row, or in the fourth, under a title."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": datetime.combine(logs.LAST_DAY, time())})
        bold = book.add_format({"bold": True, "bg_color": "#D9E2EC", "text_wrap": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        for name, (header, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            top = 0
            if title:
                sheet.write_string(0, 0, title)
                sheet.write_string(1, 0, "Please complete every column. Do not delete rows.")
                top = 3
            for column, word in enumerate(header):
                sheet.set_column(column, column, 40 if word in WIDE else 14)
                sheet.write_string(top, column, word, bold)
            sheet.freeze_panes(top + 1, 0)
            for number, row in enumerate(rows, start=top + 1):
                for column, cell in enumerate(row):
                    if cell is None:
                        continue
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif isinstance(cell, int):
                        sheet.write_number(number, column, cell)
                    elif isinstance(cell, time):
                        share = (cell.hour * 60 + cell.minute) / 1440
                        sheet.write_number(number, column, share, clock)
                    else:
                        look = moment if isinstance(cell, datetime) else day
                        sheet.write_number(number, column, _serial(cell), look)


def text(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """Write one log as Excel saves it: comma-separated, UTF-8 with a byte-order mark."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_as_text(cell) for cell in row] for row in rows)


def _share(total: int, position: int) -> int:
    """What falls to one of the services when a total is split evenly."""
    return total // len(SERVICES) + (position < total % len(SERVICES))


def _incident_files(
    folder: Path,
    where: Place,
    days: Sequence[date],
    rows: Sequence[Row],
    starts: Sequence[date],
    titled: bool,
) -> None:
    """The first year in one workbook, then one a month."""
    year = starts[MONTHS // 2]
    title = f"{where.name}: incident log" if titled else ""
    old = [row for day, row in zip(days, rows, strict=True) if day < year]
    path = folder / f"{where.code} incidents to {year - timedelta(days=1):%B %Y}.xlsx"
    workbook(path, {"Incident log": (logs.INCIDENTS, old)}, title)
    for start, after in zip(starts[MONTHS // 2 :], starts[MONTHS // 2 + 1 :], strict=False):
        some = [row for day, row in zip(days, rows, strict=True) if start <= day < after]
        path = folder / f"{where.code} incidents {start:%Y-%m}.xlsx"
        workbook(path, {f"{start:%b %Y}": (logs.INCIDENTS, some)}, title)


def _by_quarter(rows: Sequence[Row], starts: Sequence[date]) -> list[list[Row]]:
    """Actions in the order raised, dealt into the quarters they were raised in."""
    raised, firsts = logs.ACTIONS.index("Date raised"), starts[0:-1:3]
    quarters: list[list[Row]] = [[] for _ in firsts]
    for row in rows:
        cell = row[raised]
        day = datetime.strptime(cell, "%d/%m/%Y").date() if isinstance(cell, str) else cell
        assert isinstance(day, date)
        quarters[sum(first <= day for first in firsts) - 1].append(row)
    return quarters


def _one_service(job: tuple[Path, int, int, int]) -> None:
    """Write one workbook of `scaled`."""
    folder, number, count, seed = job
    chance = Random(f"{seed} {number}")
    starts = month_starts()
    where = logs.place(f"Service {number + 1:04d}", f"S{number + 1:04d}", chance)
    rows = logs.incidents(where, some_days(count, starts[0], starts[-1], chance), chance)
    path = folder / f"Region {number % 20 + 1:02d}" / f"{where.name} incident log.xlsx"
    title = f"{where.name}: incident log" if number % 3 == 0 else ""
    workbook(path, {"Incident log": (logs.INCIDENTS, rows)}, title)


def _serial(day: date) -> float:
    """The number Excel keeps for a date or a moment."""
    whole = day.toordinal() - date(1899, 12, 30).toordinal()
    return whole + (day.hour * 60 + day.minute) / 1440 if isinstance(day, datetime) else whole


def _as_text(cell: Cell) -> str:
    """A cell as Excel would put it into a csv file in the United Kingdom."""
    if cell is None:
        return ""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def main() -> int:
    """Build the folder that the command line asks for, whole or not at all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, help="default: a new temporary folder")
    parser.add_argument("--workbooks", type=int, help="a group of so many services")
    parser.add_argument("--rows", type=int, help="incident rows in all (default: 1,000 a workbook)")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="provider-")) / "provider"
    if folder.exists():
        parser.error(f"{folder} is there already: name a new folder")
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    if asked.workbooks:
        scaled(part, asked.workbooks, asked.rows or 1000 * asked.workbooks, asked.seed)
    else:
        small(part, asked.seed)
    part.rename(folder)
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
