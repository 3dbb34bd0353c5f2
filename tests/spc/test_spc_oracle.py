"""The rules once more, as plain loops over exact fractions, against ours on random series.

Written from the specification and nothing else: no arrays, no rounding, no shared code.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe import spc

pytestmark = pytest.mark.filterwarnings("error")

Point = int | None


def phases_of(y: list[Point], rebase: tuple[int, ...]) -> list[list[int]]:
    """Return the positions of the present points of each phase."""
    found: list[list[int]] = [[]]
    for i, value in enumerate(y):
        if i in rebase and i > 0:
            found.append([])
        if value is not None:
            found[-1].append(i)
    return found


def limits(
    values: list[int], profile: str, screen: bool, baseline: int | None
) -> tuple[Fraction, Fraction] | None:
    """Return the mean and the distance of the limits, None where there are none."""
    if len(values) < (13 if profile == "mdc" else 2):
        return None
    used = values[:baseline]
    ranges = [Fraction(abs(b - a)) for a, b in pairwise(used)]
    mean_range = sum(ranges, Fraction(0)) / len(ranges)
    if screen and mean_range > 0:
        kept = [r for r in ranges if r < Fraction("3.267") * mean_range]
        mean_range = sum(kept, Fraction(0)) / len(kept)
    k = 3 / Fraction("1.128") if profile == "mdc" else Fraction("2.66")
    return Fraction(sum(used), len(used)), k * mean_range


def rules(values: list[int], mean: Fraction, half: Fraction, profile: str) -> list[set[str]]:
    """Return the words of all rules that fire at each present point."""
    n, mdc = len(values), profile == "mdc"
    fired: list[set[str]] = [set() for _ in values]
    shift, trend = (6, 6) if mdc else (7, 7)
    for sign, high, up in ((1, "high", "up"), (-1, "low", "down")):
        away = [sign * (v - mean) for v in values]
        outside = [a > half for a in away]
        near = [a > half * 2 / 3 and (mdc or not o) for a, o in zip(away, outside, strict=True)]
        for i in range(n):
            if outside[i]:
                fired[i].add(f"outside_{high}")
            if i + shift <= n and all(a > 0 for a in away[i : i + shift]):
                for j in range(i, i + shift):
                    fired[j].add(f"shift_{high}")
            window = away[i : i + trend]
            if len(window) == trend and all(a < b for a, b in pairwise(window)):
                for j in range(i, i + trend):
                    fired[j].add(f"trend_{up}")
            if i + 3 <= n and all(a > 0 for a in away[i : i + 3]) and sum(near[i : i + 3]) >= 2:
                for j in range(i, i + 3):
                    if near[j]:
                        fired[j].add(f"two_of_three_{high}")
    return fired


def choose(fired: set[str], better: str, profile: str) -> tuple[str | None, str]:
    """Return the signal and the meaning of one point."""
    order = ["outside", "trend", "two_of_three", "shift"]
    ranked = sorted(fired, key=lambda word: order.index(word.rsplit("_", 1)[0]))

    def means(word: str) -> str:
        direction = "high" if word.endswith(("high", "up")) else "low"
        if better == "neither":
            return direction
        return "improvement" if (direction == "high") == (better == "higher") else "concern"

    if profile == "mdc":
        ranked.sort(key=lambda word: means(word) != "improvement")
    return (ranked[0], means(ranked[0])) if ranked else (None, "common")


def check(
    chart: spc.Chart, y: list[Point], better: str, profile: str, screen: bool, **setup: Any
) -> None:
    """Compare a chart with the loops above."""
    rebase, baseline, target = setup["rebase"], setup["baseline"], setup["target"]
    signal: list[str | None] = [None] * len(y)
    meaning = ["common"] * len(y)
    variation, assurance = "too few points", None
    for phase, places in enumerate(phases_of(y, rebase)):
        values = [v for v in (y[i] for i in places) if v is not None]
        variation, assurance = "too few points", None
        line = limits(values, profile, screen, baseline)
        here = chart.phase == phase
        if line is None:
            assert np.isnan(chart.upper[here]).all()
            assert np.isnan(chart.lower[here]).all()
            continue
        mean, half = line
        assert chart.centre[here] == pytest.approx(float(mean), rel=1e-9, abs=1e-9)
        assert chart.upper[here] == pytest.approx(float(mean + half), rel=1e-9, abs=1e-9)
        assert chart.lower[here] == pytest.approx(float(mean - half), rel=1e-9, abs=1e-9)
        for i, fired in zip(places, rules(values, mean, half, profile), strict=True):
            signal[i], meaning[i] = choose(fired, better, profile)
        variation = meaning[places[-1]]
        if target is not None and better != "neither":
            assurance = "hit and miss"
            if target > mean + half:
                assurance = "met" if better == "lower" else "missed"
            if target < mean - half:
                assurance = "met" if better == "higher" else "missed"
    assert list(chart.signal) == signal
    assert list(chart.meaning) == meaning
    assert chart.variation == variation
    assert chart.assurance == assurance


# Narrow ranges make ties, values on the mean and constant stretches common; drifts make trends.
SERIES = st.one_of(
    st.lists(st.integers(0, 3), max_size=40),
    st.lists(st.integers(-30, 30), max_size=40),
    st.lists(st.sampled_from([0, 0, 0, 0, 0, 1, 2, 9]), max_size=60),
    st.lists(st.integers(-2, 3), max_size=40).map(lambda steps: np.cumsum(steps).tolist()),
    st.lists(st.sampled_from([0, 1, 8, 9, None]), max_size=40),
)


@settings(max_examples=600, deadline=None)
@given(
    y=SERIES,
    better=st.sampled_from(spc.BETTER),
    profile=st.sampled_from(["mdc", "nhsr"]),
    screen=st.booleans(),
    baseline=st.sampled_from([None, None, 12, 15]),
    target=st.one_of(st.none(), st.integers(-10, 20)),
    cuts=st.sets(st.integers(0, 39), max_size=2),
)
def test_against_plain_loops(
    y: list[Point],
    better: str,
    profile: str,
    screen: bool,
    baseline: int | None,
    target: int | None,
    cuts: set[int],
) -> None:
    rebase = tuple(cut for cut in cuts if cut < len(y))
    chart = spc.xmr(y, better, target, profile, screen, baseline, rebase)
    check(chart, y, better, profile, screen, rebase=rebase, baseline=baseline, target=target)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.sampled_from([0, 1, 2, 3, 8, None]), min_size=30, max_size=30), max_size=6
    ),
    data=st.data(),
    profile=st.sampled_from(["mdc", "nhsr"]),
    rebase=st.sampled_from([(), (14,), (5, 29)]),
)
def test_a_batch_equals_one_by_one(
    rows: list[list[Point]], data: st.DataObject, profile: str, rebase: tuple[int, ...]
) -> None:
    size = len(rows)
    better = data.draw(st.lists(st.sampled_from(spc.BETTER), min_size=size, max_size=size))
    target = data.draw(st.lists(st.integers(-5, 9), min_size=size, max_size=size))
    table = np.array(rows, dtype=float).reshape(size, 30)
    batch = spc.xmr_many(table, better=better, target=target, profile=profile, rebase=rebase)
    assert len(batch) == size
    for i, row in enumerate(rows):
        ours = batch.chart(i)
        alone = spc.xmr(row, better[i], target[i], profile, rebase=rebase)
        for name in ("value", "centre", "lower", "upper", "near_lower", "near_upper", "phase"):
            # Sums over a row may round differently when rows are summed together.
            np.testing.assert_allclose(getattr(ours, name), getattr(alone, name), rtol=1e-12)
        for name in ("signal", "meaning", "variation", "assurance", "runs", "better", "target"):
            assert getattr(ours, name) == getattr(alone, name), name
