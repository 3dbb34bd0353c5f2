"""What callers hand in, checked and turned into arrays; every refusal names the argument."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from learnpipe.spc.words import BETTER, Floats

LARGEST_COUNT = 2.0**53
"""Beyond this a double no longer holds every whole number."""

LARGEST = 1e100
"""Gaps and denominators beyond this, or as far below 1, are slips, not measurements."""


_BETTER = {word: at for at, word in enumerate(BETTER)}


def numbers(given: Any, name: str, dimensions: int = 1) -> Floats:
    """Return `given` as an array of doubles, None and NaN as NaN; raises ValueError otherwise."""
    shape = "one number per point" if dimensions == 1 else "series by points"
    if isinstance(given, np.ma.MaskedArray):
        given = np.ma.filled(given.astype(np.float64), np.nan)
    try:
        array = np.asarray(given)
        if array.size == 0 and array.ndim == dimensions:
            return np.empty(array.shape)
        if array.dtype.kind not in "biufO":
            raise TypeError(f"it holds {array.dtype} values")
        if array.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in array.flat):
            raise TypeError("it holds text")
        array = np.asarray(array, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name}: expected numbers, {shape}: {error}") from error
    if array.ndim != dimensions:
        raise ValueError(f"{name}: expected {shape}, got {array.ndim} dimensions")
    # Missing months are no number: of all others the largest and the smallest tell.
    if array.size and np.isinf([np.fmax.reduce(array, None), np.fmin.reduce(array, None)]).any():
        infinite = np.argwhere(np.isinf(array))
        place = ", ".join(str(i) for i in infinite[0])
        raise ValueError(f"{name}: the value at position {place} is infinite")
    return array


def counts(given: Floats, name: str, kind: str) -> Floats:
    """Return `given` if every present value is a count; raises ValueError otherwise."""
    present = np.isfinite(given)
    wrong = present & ((given < 0) | (given > LARGEST_COUNT))
    wrong[present] |= given[present] != np.floor(given[present])
    if wrong.any():
        at = int(np.argmax(wrong))
        raise ValueError(
            f"{name}: a {kind} chart takes counts (0, 1, 2 …), position {at} holds {given[at]:g}"
        )
    return given


def gaps(given: Floats, kind: str) -> Floats:
    """Return `given` if every present value is a gap: above 0 on a t chart, 0 or more on a g
    chart; raises ValueError otherwise."""
    wrong = (given > LARGEST) | (given < 0) | ((given == 0) & (kind == "t"))
    if wrong.any():
        at = int(np.argmax(wrong))
        needed = "above 0 (or draw a g chart)" if kind == "t" else "of 0 or more"
        raise ValueError(
            f"y: a {kind} chart takes gaps {needed}, position {at} holds {given[at]:g}"
        )
    return given


def denominators(given: Any, y: Floats, kind: str) -> Floats:
    """Return n, one a point, above 0 wherever something was counted; raises ValueError."""
    n = numbers(given, "n", y.ndim)
    if n.shape != y.shape:
        raise ValueError(f"n: has {n.size} points, y has {y.size}")
    possible = (n >= 1 / LARGEST) & (n <= LARGEST)
    nothing = (n == 0) & ((y == 0) | np.isnan(y))
    wrong = ~(possible | nothing | np.isnan(n))
    if wrong.any():
        at = int(np.argmax(wrong))
        raise ValueError(f"n: must be above 0 (and sane), position {at} holds {n[at]:g}")
    if kind in ("p", "pp") and (y > n).any():
        at = int(np.argmax(y > n))
        raise ValueError(
            f"y: a {kind} chart counts some of n, position {at} holds {y[at]:g} of {n[at]:g}"
        )
    return n


def whole(given: Any, name: str, least: int) -> int:
    """Return `given` as an int of at least `least`; raises ValueError otherwise."""
    try:
        if isinstance(given, bool | np.bool_):
            raise TypeError
        number = operator.index(given)
    except TypeError:
        raise ValueError(f"{name}: expected a whole number, got {given!r}") from None
    if number < least:
        raise ValueError(f"{name}: must be at least {least}, got {number}")
    return number


def baseline_points(given: Any) -> int | None:
    """Return the number of points limits come from, None for all; raises ValueError under 12."""
    return None if given is None else whole(given, "baseline", 12)


def phase_spans(rebase: Any, points: int) -> list[tuple[int, int]]:
    """Return the half-open spans of the phases; raises ValueError for a position not there.

    >>> phase_spans((4,), 10)
    [(0, 4), (4, 10)]
    """
    if isinstance(rebase, str | bytes) or not isinstance(rebase, Iterable):
        raise ValueError(f"rebase: expected positions where a phase starts, got {rebase!r}")
    starts = {whole(position, "rebase", 0) for position in rebase}
    for start in starts:
        if start >= points:
            raise ValueError(f"rebase: position {start} is not among the {points} points")
    return list(pairwise([*sorted(starts | {0}), points]))


def directions(better: Any, series: int) -> npt.NDArray[np.intp]:
    """Return an index into BETTER for each series; raises ValueError for any other word."""
    if isinstance(better, str):
        return np.full(series, BETTER.index(chosen(better, "better", BETTER)), dtype=np.intp)
    if not isinstance(better, Iterable):
        raise ValueError(f"better: expected one of {', '.join(BETTER)}; got {better!r}")
    words = list(better)
    try:
        found = [_BETTER[word] for word in words]
    except (KeyError, TypeError):
        found = [BETTER.index(chosen(word, "better", BETTER)) for word in words]
    if len(found) != series:
        raise ValueError(f"better: {len(found)} words for {series} series")
    return np.array(found, dtype=np.intp)


def single_target(target: Any) -> float:
    """Return the target, NaN for None; raises ValueError for what is not a finite number."""
    if target is None:
        return float("nan")
    array = numbers([target], "target")
    if np.isnan(array[0]):
        raise ValueError("target: is NaN; say None for no target")
    return float(array[0])


def targets(target: Any, series: int) -> Floats:
    """Return a target for each series, NaN for none; raises ValueError for a wrong length."""
    if target is None or np.ndim(target) == 0:
        return np.full(series, single_target(target))
    array = numbers(target, "target")
    if array.size != series:
        raise ValueError(f"target: {array.size} numbers for {series} series")
    return array


def chosen(given: Any, name: str, allowed: Iterable[str]) -> str:
    """Return `given` if it is one of the allowed words; raises ValueError otherwise."""
    words = list(allowed)
    if not isinstance(given, str) or given not in words:
        raise ValueError(f"{name}: expected one of {', '.join(words)}; got {given!r}")
    return given


def bounds_of(given: Any, y: Floats) -> tuple[float, float]:
    """Return the lowest and highest value possible; raises ValueError if y passes them."""
    try:
        low, high = given
    except (TypeError, ValueError):
        raise ValueError(f"bounds: expected (lowest, highest), got {given!r}") from None
    floor = -np.inf if low is None else float(numbers([low], "bounds")[0])
    ceiling = np.inf if high is None else float(numbers([high], "bounds")[0])
    if not floor < ceiling:
        raise ValueError(f"bounds: {low!r} is not below {high!r}")
    if floor == -np.inf and ceiling == np.inf:
        return floor, ceiling
    if ((y < floor) | (y > ceiling)).any():
        raise ValueError(f"y: holds a value outside bounds {given!r}")
    return floor, ceiling
