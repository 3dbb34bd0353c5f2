"""Run whole processes side by side, and say what each cost.

Wall is the time from start to end. CPU and the peak come from `os.wait4`: CPU is that of the
process and of every descendant that was waited for; the peak is the resident memory of the
largest single one of them. On Linux the resident memory of the whole family, added up, is sampled
ten times a second too (pages that processes share count once for each). Windows has no `wait4`:
there, only the wall is measured.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

Command = Callable[[Path], list[str]]
"""Makes the command line, given an empty folder for the output."""

EVERY = 0.1
MIB = 2**20


@dataclass(frozen=True)
class Run:
    """What one process cost: seconds, and MiB; None where this machine does not tell."""

    wall: float
    cpu: float | None
    peak: float | None
    family: float | None
    code: int
    out: str
    err: str


def run(command: Sequence[str], folder: Path) -> Run:
    """Run one command in `folder` to its end."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = perf_counter()
        child = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        ended, most = threading.Event(), [0]
        watch = threading.Thread(target=_watch, args=(child.pid, ended, most), daemon=True)
        watch.start()
        cpu: float | None = None
        peak: float | None = None
        if sys.platform != "win32":
            _, status, used = os.wait4(child.pid, 0)
            wall = perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            cpu = used.ru_utime + used.ru_stime
            peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MIB
        else:
            child.wait()
            wall = perf_counter() - start
        ended.set()
        watch.join()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    return Run(wall, cpu, peak, most[0] / MIB or None, child.returncode, *texts)


def alternate(commands: Mapping[str, Command], runs: int, folder: Path) -> dict[str, list[Run]]:
    """Warm each command up once, then run them in turn, `runs` times over.

    A command that fails is not run again; what it cost is left out, and its last words are shown.
    """
    done: dict[str, list[Run]] = {name: [] for name in commands}
    failed: set[str] = set()
    for turn in range(runs + 1):
        for name, command in commands.items():
            if name in failed:
                continue
            with tempfile.TemporaryDirectory(prefix="benchmark-") as out:
                result = run(command(Path(out) / "out"), folder)
            if result.code:
                failed.add(name)
                done[name].clear()
                words = (result.err or result.out).strip().splitlines()[-3:]
                print(f"{name}: failed with exit code {result.code}", *words, sep="\n    ")
            elif turn:
                done[name].append(result)
    return done


def middle(runs: Sequence[Run], what: str) -> float | None:
    """The median of one cost over the runs, or None where it was not measured."""
    values = [value for one in runs if (value := getattr(one, what)) is not None]
    return statistics.median(values) if values else None


def ratio(some: Sequence[Run], others: Sequence[Run]) -> tuple[float, float, float] | None:
    """The median, least and greatest of the wall ratios of runs made next to one another."""
    ratios = [one.wall / other.wall for one, other in zip(some, others, strict=False)]
    return (statistics.median(ratios), min(ratios), max(ratios)) if ratios else None


def table(done: Mapping[str, Sequence[Run]]) -> str:
    """The medians of each command's costs, as text."""
    lines = [f"{'median of runs':<34}{'wall s':>9}{'CPU s':>9}{'peak MiB':>10}{'family MiB':>12}"]
    for name, runs in done.items():
        cells = (
            _cell(middle(runs, "wall"), 9, 3),
            _cell(middle(runs, "cpu"), 9, 3),
            _cell(middle(runs, "peak"), 10, 0),
            _cell(middle(runs, "family"), 12, 0),
        )
        lines.append(f"{name:<34}" + "".join(cells))
    return "\n".join(lines)


def _cell(value: float | None, width: int, places: int) -> str:
    return f"{'-' if value is None else f'{value:,.{places}f}':>{width}}"


def _watch(pid: int, ended: threading.Event, most: list[int]) -> None:
    """Keep in `most` the greatest resident memory of a process and its descendants together."""
    while not ended.wait(EVERY):
        most[0] = max(most[0], _resident(pid))


def _resident(pid: int) -> int:
    """The resident bytes of a process and its descendants now; 0 where there is no /proc."""
    total = 0
    home = Path("/proc") / str(pid)
    with contextlib.suppress(OSError, ValueError):
        pages = int((home / "statm").read_text().split()[1])
        total = pages * os.sysconf("SC_PAGE_SIZE")
        for children in home.glob("task/*/children"):
            total += sum(_resident(int(child)) for child in children.read_text().split())
    return total
