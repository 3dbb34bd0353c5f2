"""Run learnpipe beside the floor and the alternative, and show the ratios against the targets.

    python benchmarks/compare.py              # the small provider, and --help
    python benchmarks/compare.py --scaled     # 1,000 workbooks, 1,000,000 incident rows
    python benchmarks/compare.py --cores      # one worker against two, on the same folder

Machines differ and are shared: read the ratios, not the seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from processes import Command, Run, alternate, middle, ratio, run, table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DPI = 200
CHART_WIDTH = 200
"""Pixels from which a picture counts as a chart; narrower ones are icons."""


def provider(keep: Path, workbooks: int = 0, rows: int = 0) -> Path:
    """The provider's folder, built unless an earlier run has left it."""
    folder = keep / (f"scaled-{workbooks}-{rows}" if workbooks else "small")
    if not folder.exists():
        size = ["--workbooks", str(workbooks), "--rows", str(rows)] if workbooks else []
        print(f"building {folder}", flush=True)
        subprocess.run(
            [*script("provider.py"), str(folder), *size], check=True, stdout=subprocess.DEVNULL
        )
    return folder


def script(name: str) -> list[str]:
    """The start of a command line that runs one of these scripts."""
    return [sys.executable, str(HERE / name)]


def learnpipe(*words: str) -> list[str]:
    """A learnpipe command line."""
    return [sys.executable, "-m", "learnpipe", *words]


def learnpipe_run(folder: Path, out: Path, workers: int | None = None) -> list[str]:
    """The command line that makes everything from a folder."""
    number = ["--workers", str(workers)] if workers else []
    return learnpipe("run", str(folder), "--output", str(out), "--quiet", *number)


def pictures(out: Path) -> Iterator[tuple[int, int]]:
    """The size in pixels of each different chart in an output folder and in its documents."""
    found = [path.read_bytes() for path in sorted(out.rglob("*.png"))]
    for path in sorted(out.rglob("*")):
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as packed:
                found += [packed.read(n) for n in packed.namelist() if n.endswith(".png")]
    for picture in {hashlib.sha256(data).digest(): data for data in found}.values():
        width, height = struct.unpack(">II", picture[16:24])
        if width >= CHART_WIDTH:
            yield width, height


def as_drawn(folder: Path) -> list[str]:
    """Options that make the floor draw as many charts, of the same size, as learnpipe does."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as out:
        if run(learnpipe_run(folder, Path(out) / "out"), ROOT).code:
            return []
        sizes = list(pictures(Path(out)))
    if not sizes:
        return []
    width, height = (statistics.median(side) / DPI for side in zip(*sizes, strict=True))
    print(f"learnpipe draws {len(sizes)} charts of {width:.2f} x {height:.2f} in at {DPI} dpi")
    return ["--charts", str(len(sizes)), "--width", f"{width:.2f}", "--height", f"{height:.2f}"]


def verdict(what: str, ratios: tuple[float, float, float] | None, target: float, most: bool) -> str:
    """One line: a ratio, its spread, and whether it meets its target."""
    goal = f"target {'<=' if most else '>='} {target:g}"
    if ratios is None:
        return f"{what:<48}{'-':>7}   {goal}: not measured"
    value, least, greatest = ratios
    met = value <= target if most else value >= target
    spread = f"({least:.2f} to {greatest:.2f})"
    return f"{what:<48}{value:>7.2f}   {goal}: {'met' if met else 'MISSED'}  {spread}"


def small(folder: Path, runs: int, charts: int | None) -> None:
    """The small provider: learnpipe, the floor and the alternative in turn."""
    size = ["--charts", str(charts)] if charts else as_drawn(folder)
    done = alternate(
        {
            "learnpipe run": lambda out: learnpipe_run(folder, out),
            "floor": lambda out: [*script("floor.py"), str(folder), str(out), *size],
            "alternative": lambda out: [*script("alternative.py"), str(folder), str(out)],
        },
        runs,
        ROOT,
    )
    print(f"\nSmall provider ({runs} runs each, in turn)\n{table(done)}")
    if parts := [json.loads(one.out) for one in done["floor"]]:
        inside = {part: statistics.median(one[part] for one in parts) for part in parts[0]}
        inside["start and exit"] = (middle(done["floor"], "wall") or 0) - sum(inside.values())
        print("floor, by part: " + ", ".join(f"{part} {took:.3f}" for part, took in inside.items()))
    print(verdict("learnpipe / floor", ratio(done["learnpipe run"], done["floor"]), 1.3, True))
    if spread := ratio(done["alternative"], done["floor"]):
        print(f"{'alternative / floor':<48}{spread[0]:>7.2f}")


def first_words(runs: int) -> None:
    """`learnpipe --help` against the least that a program with click costs."""
    done = alternate(
        {
            "learnpipe --help": lambda _: learnpipe("--help"),
            "python -c 'import click'": lambda _: [sys.executable, "-c", "import click"],
        },
        runs,
        ROOT,
    )
    print(f"\nHelp ({runs} runs each, in turn)\n{table(done)}")
    print(verdict("learnpipe --help / import click", ratio(*done.values()), 2, True))


def scaled(folder: Path, runs: int, workers: int, files: int, sample: int) -> None:
    """A group's workbooks: learnpipe against reading alone, and against the alternative."""
    alone = [*script("reading.py"), str(folder), "--workers", str(workers)]
    done = alternate(
        {
            f"learnpipe run --workers {workers}": lambda out: learnpipe_run(folder, out, workers),
            f"reading alone, {workers} workers": lambda _: alone,
        },
        runs,
        ROOT,
    )
    ours, reading = done.values()
    fractions = (sample // 4, sample)
    by_fraction = {f"alternative, {n} files": some_files(folder, n) for n in fractions}
    done |= alternate(by_fraction, 1, ROOT)
    print(f"\n{folder.name}: {files} workbooks ({runs} runs each, in turn)\n{table(done)}")
    print(verdict("learnpipe / reading alone", ratio(ours, reading), 2, True))
    faster = None
    if whole := extrapolated([done[name] for name in by_fraction], fractions, files):
        print(f"alternative on all {files}, extrapolated from {fractions}: {whole:.0f} s")
        walls = [whole / one.wall for one in ours]
        faster = (statistics.median(walls), min(walls), max(walls)) if walls else None
    print(verdict("alternative (extrapolated) / learnpipe", faster, 8, False))
    peak = middle(ours, "peak")
    gib = None if peak is None else (peak / 1024,) * 3
    print(verdict("learnpipe, largest process, GiB", gib, 3, True))


def some_files(folder: Path, number: int) -> Command:
    """The alternative, on the first so many files of a folder."""
    return lambda out: [
        *script("alternative.py"), str(folder), str(out), "--files", str(number)
    ]  # fmt: skip


def extrapolated(
    done: Sequence[Sequence[Run]], numbers: tuple[int, int], files: int
) -> float | None:
    """The wall of all files, on the straight line through two fractions of them."""
    short, long = (middle(runs, "wall") for runs in done)
    if short is None or long is None:
        return None
    return long + (long - short) / (numbers[1] - numbers[0]) * (files - numbers[1])


def cores(folder: Path, runs: int) -> None:
    """One worker against two: learnpipe, and for what the machine allows, reading alone."""
    alone = [*script("reading.py"), str(folder), "--workers"]
    done = alternate(
        {
            "learnpipe run --workers 1": lambda out: learnpipe_run(folder, out, 1),
            "learnpipe run --workers 2": lambda out: learnpipe_run(folder, out, 2),
            "reading alone, 1 worker": lambda _: [*alone, "1"],
            "reading alone, 2 workers": lambda _: [*alone, "2"],
        },
        runs,
        ROOT,
    )
    one, two, read_one, read_two = done.values()
    print(f"\nCores, on {folder.name} ({runs} runs each, in turn)\n{table(done)}")
    print(verdict("learnpipe, 1 worker / 2 workers", ratio(one, two), 1.7, False))
    if spread := ratio(read_one, read_two):
        print(f"{'reading alone, 1 worker / 2 workers':<48}{spread[0]:>7.2f}   (the most there is)")


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--scaled", action="store_true", help="a group's many workbooks")
    parser.add_argument("--cores", action="store_true", help="one worker against two")
    parser.add_argument("--runs", type=int, help="default: 5, or 3 with --scaled or --cores")
    parser.add_argument("--charts", type=int, help="charts in the floor (default: as learnpipe)")
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--sample", type=int, default=100, help="files for the alternative")
    kept = Path(tempfile.gettempdir()) / "learnpipe-benchmarks"
    parser.add_argument("--keep", type=Path, default=kept, help="where built folders stay")
    asked = parser.parse_args()
    if run(learnpipe("--version"), ROOT).code and run(learnpipe("--help"), ROOT).code:
        print("learnpipe does not run yet: only what it is to be measured against is shown")
    runs = asked.runs or (3 if asked.scaled or asked.cores else 5)
    if asked.scaled or asked.cores:
        folder = provider(asked.keep, asked.workbooks, asked.rows)
        if asked.scaled:
            sample = max(4, min(asked.sample, asked.workbooks))
            scaled(folder, runs, asked.workers, asked.workbooks, sample)
        if asked.cores:
            cores(folder, runs)
        return 0
    small(provider(asked.keep), runs, asked.charts)
    first_words(3 * runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
