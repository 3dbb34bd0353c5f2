"""How much longer judging ten thousand charts takes than computing their limits alone.

The floor is plain numpy: mean, mean moving range, limits; no rules, no missing months.
Prints the ratio for each way of charting and whether it is within the target of 5. Run with
`python benchmarks/spc_speed.py`. Machines differ and are shared, so floor and candidate are
timed in turn, and the ratio is the median over many pairs. Neither hands its memory back to the
system in between, which would cost more than the sums and most of all in the floor.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from learnpipe import spc

SERIES, POINTS, PAIRS, TARGET = 10_000, 36, 41, 5.0
KEPT = 30 << 20
"""Bytes: the most for which glibc can be taught to keep memory is 32 MiB."""


def floor(table: Any) -> tuple[Any, Any, Any]:
    """Return centre, lower and upper limit of each series by plain numpy."""
    centre = table.mean(axis=1)
    half = 3 / 1.128 * np.abs(np.diff(table, axis=1)).mean(axis=1)
    return centre, centre - half, centre + half


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that `work` takes once: others at work count for less in it."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def ratio(work: Callable[[], object], beside: Callable[[], object]) -> tuple[float, float]:
    """Return the median ratio of the two, timed in turn, and the floor's median seconds."""
    pairs = [(seconds(work), seconds(beside)) for _ in range(PAIRS)]
    return (
        statistics.median(w / b for w, b in pairs),
        statistics.median(b for _, b in pairs),
    )


def main() -> int:
    """Print the ratios; return 1 if the default way misses the target."""
    np.ones(KEPT // 8)  # once it is freed, glibc keeps what is no larger
    rng = np.random.default_rng(1)
    table = rng.poisson(12, (SERIES, POINTS)).astype(np.float64)
    holes = table.copy()
    holes[rng.random(table.shape) < 0.05] = np.nan
    direction = rng.choice(spc.BETTER, SERIES).tolist()
    cases: dict[str, Callable[[], object]] = {
        "mdc": lambda: spc.xmr_many(table, better="lower", target=10),
        "mdc, a direction each": lambda: spc.xmr_many(table, better=direction, target=10),
        "nhsr (screens)": lambda: spc.xmr_many(table, better="lower", target=10, profile="nhsr"),
        "mdc, one month in twenty missing": lambda: spc.xmr_many(holes, target=10),
        "mdc, two phases": lambda: spc.xmr_many(table, target=10, rebase=(18,)),
    }
    measured = {}
    for name, work in cases.items():
        measured[name], base = ratio(work, lambda: floor(table))
        told = "within" if measured[name] <= TARGET else "MISSED"
        print(f"{name}: {measured[name]:.1f} times plain limits ({base * 1e3:.2f} ms): {told}")
    return 0 if measured["mdc"] <= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
