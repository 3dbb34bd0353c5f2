"""The floor: the least that any program of this kind must do, and nothing else.

It imports the same libraries, reads the same files, draws the same number of charts at the same
size, and puts them into a workbook, in a single process. It prints, as one line of JSON, the
seconds each part took.

    python benchmarks/floor.py FOLDER OUT
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import sys
from pathlib import Path
from time import perf_counter

LIBRARIES = (
    "pandas",
    "pandera.pandas",
    "python_calamine",
    "xlsxwriter",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "click",
    "rich",
    "rapidfuzz",
    "holidays",
    "openpyxl",
    "docx",
    "typst",
)
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
TEXT = {".csv", ".tsv"}
MONTHS = 24


def files(folder: Path) -> list[Path]:
    """Every workbook and text file below `folder`, in order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in WORKBOOKS | TEXT)


def read(path: Path) -> int:
    """Read every cell of one file; return the number of its rows."""
    from python_calamine import CalamineWorkbook

    if path.suffix in TEXT:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return len(list(csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ",")))
    with CalamineWorkbook.from_path(path) as book:
        sheets = (book.get_sheet_by_name(name) for name in book.sheet_names)
        return sum(len(sheet.to_python(skip_empty_area=False)) for sheet in sheets)


def draw(folder: Path, count: int, width: float, height: float, dpi: int) -> list[Path]:
    """Draw `count` process-behaviour charts of 24 months into `folder`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(1, count + 1):
        months = list(range(MONTHS))
        values = [50 + (month * 37 * number) % 23 for month in months]
        centre = sum(values) / MONTHS
        figure = Figure(figsize=(width, height), dpi=dpi)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.12, 0.22, 0.85, 0.6))
        axes.plot(months, values, marker="o", markersize=3, linewidth=1)
        axes.axhline(centre, linewidth=0.8)
        axes.axhline(centre + 15, linewidth=0.8, linestyle="--")
        axes.axhline(centre - 15, linewidth=0.8, linestyle="--")
        axes.set_title(f"Measure {number}", fontsize=8)
        axes.set_xlabel("Month", fontsize=7)
        axes.set_ylabel("Per cent", fontsize=7)
        axes.tick_params(labelsize=6)
        path = folder / f"chart-{number}.png"
        figure.savefig(path, dpi=dpi)
        paths.append(path)
    return paths


def write(path: Path, charts: list[Path]) -> None:
    """Put the charts into one sheet of a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Charts")
        for number, chart in enumerate(charts):
            sheet.insert_image(number * 10, 0, chart)


def main() -> int:
    """Do each part once and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--charts", type=int, default=6)
    parser.add_argument("--width", type=float, default=3.4, help="inches")
    parser.add_argument("--height", type=float, default=1.6, help="inches")
    parser.add_argument("--dpi", type=int, default=200)
    asked = parser.parse_args()
    marks = [perf_counter()]
    for library in LIBRARIES:
        importlib.import_module(library)
    marks.append(perf_counter())
    for path in files(asked.folder):
        read(path)
    marks.append(perf_counter())
    charts = draw(asked.out / "charts", asked.charts, asked.width, asked.height, asked.dpi)
    marks.append(perf_counter())
    write(asked.out / "floor.xlsx", charts)
    marks.append(perf_counter())
    parts = ("imports", "reading", "charts", "workbook")
    took = zip(parts, marks, marks[1:], strict=False)
    print(json.dumps({part: round(after - before, 4) for part, before, after in took}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
