"""What must never change, whatever the series."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe import spc

pytestmark = pytest.mark.filterwarnings("error")

SWAP = {"high": "low", "low": "high", "up": "down", "down": "up"}
KINDS = st.sampled_from(["mdc", "nhsr", "i"])
VALUES = st.lists(st.integers(-20, 20), max_size=40).map(lambda v: np.array(v, dtype=float))
LINES = ("centre", "lower", "upper", "near_lower", "near_upper")
COUNTED = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))),
    max_size=40,
)


def draw(kind: str, y: Any, **given: Any) -> spc.Chart:
    """Return an XmR chart of a profile or the i chart."""
    return spc.chart("i", y, **given) if kind == "i" else spc.xmr(y, profile=kind, **given)


def same_lines(ours: spc.Chart, expected: list[Any], size: float) -> None:
    """Compare the lines of a chart with what they should be, to rounding at a given size."""
    for name, line in zip(LINES, expected, strict=True):
        np.testing.assert_allclose(getattr(ours, name), line, rtol=1e-9, atol=1e-9 * size)


@settings(deadline=None)
@given(kind=KINDS, y=VALUES, shift=st.integers(-1000, 1000), scale=st.sampled_from([0.1, 3, 1e6]))
def test_shifting_and_scaling(kind: str, y: Any, shift: int, scale: float) -> None:
    plain = draw(kind, y)
    for factor, offset in ((1, shift), (scale, 0)):
        chart = draw(kind, y * factor + offset)
        lines = [getattr(plain, name) * factor + offset for name in LINES]
        same_lines(chart, lines, 1000 * max(factor, 1))
        if factor != 0.1:  # tenths are not exact, and may make or break a tie
            assert chart.signal == plain.signal
            assert chart.meaning == plain.meaning
            assert chart.runs == plain.runs


@settings(deadline=None)
@given(kind=KINDS, y=VALUES)
def test_a_mirrored_series_swaps_high_and_low(kind: str, y: Any) -> None:
    plain, mirrored = draw(kind, y, better="lower"), draw(kind, -y, better="higher")
    c, lo, up, near_lo, near_up = (getattr(plain, name) for name in LINES)
    same_lines(mirrored, [-c, -up, -lo, -near_up, -near_lo], 100)
    swapped = [
        word and "_".join([*word.split("_")[:-1], SWAP[word.split("_")[-1]]])
        for word in plain.signal
    ]
    assert list(mirrored.signal) == swapped
    assert mirrored.meaning == plain.meaning
    assert mirrored.runs == plain.runs


def same_until(one: spc.Chart, other: spc.Chart, points: slice) -> None:
    """Compare two charts over some points."""
    for name in LINES:
        np.testing.assert_array_equal(getattr(one, name)[points], getattr(other, name)[points])
    assert one.signal[points] == other.signal[points]
    assert one.meaning[points] == other.meaning[points]


@settings(deadline=None)
@given(kind=KINDS, first=VALUES, second=VALUES, third=VALUES)
def test_phases_know_nothing_of_each_other(kind: str, first: Any, second: Any, third: Any) -> None:
    # Each phase of a longer chart is the chart of that phase alone: so a later phase never
    # changes an earlier one, and no flag rests on a point of another phase.
    parts = [part for part in (first, second, third) if len(part)]
    if not parts:
        return
    starts = np.cumsum([0, *(len(part) for part in parts)])
    whole = draw(kind, np.concatenate(parts), rebase=starts[:-1].tolist())
    for number, part in enumerate(parts):
        alone = draw(kind, part)
        span = slice(starts[number], starts[number + 1])
        for name in LINES:
            np.testing.assert_array_equal(getattr(whole, name)[span], getattr(alone, name))
        assert whole.signal[span] == alone.signal
        assert whole.meaning[span] == alone.meaning
        assert set(whole.phase[span].tolist()) == {number}
    assert whole.runs == alone.runs
    assert whole.variation == alone.variation


@settings(deadline=None)
@given(kind=st.sampled_from(["run", "p", "pp", "u", "up", "c", "g", "t"]), one=COUNTED, two=COUNTED)
def test_phases_of_counts_know_nothing_of_each_other(kind: str, one: Any, two: Any) -> None:
    def of(points: Any, **given: Any) -> spc.Chart:
        y = [pair[0] + (kind == "t") for pair in points]
        n = [pair[1] for pair in points] if kind in ("p", "pp", "u", "up") else None
        return spc.chart(kind, y, n=n, **given)

    whole = of([*one, *two], rebase=[len(one)] if two else [])
    for part, span in ((one, slice(0, len(one))), (two, slice(len(one), None))):
        same = of(part)
        for name in LINES:
            np.testing.assert_array_equal(getattr(whole, name)[span], getattr(same, name))
        assert whole.signal[span] == same.signal


@settings(deadline=None)
@given(
    kind=st.sampled_from([*spc.KINDS, "mdc", "nhsr"]),
    table=st.integers(0, 20).flatmap(
        lambda points: st.lists(
            st.lists(
                st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(1, 9))),
                min_size=points,
                max_size=points,
            ),
            min_size=1,
            max_size=4,
        )
    ),
    late=st.booleans(),
)
def test_many_at_once_are_each_alone(kind: str, table: Any, late: bool) -> None:
    y = [[None if pair is None else min(pair) + (kind == "t") for pair in row] for row in table]
    n = [[None if pair is None else max(pair) for pair in row] for row in table]
    given = {"rebase": (len(y[0]) // 2,) if late and y[0] else ()}
    shares = kind in ("p", "pp", "u", "up")
    if kind in ("mdc", "nhsr"):
        batch = spc.xmr_many(y, target=2, profile=kind, **given)
    else:
        batch = spc.chart_many(kind, y, n=n if shares else None, target=2, **given)
    for at in range(len(y)):
        if kind in ("mdc", "nhsr"):
            alone = spc.xmr(y[at], target=2, profile=kind, **given)
        else:
            alone = spc.chart(kind, y[at], n=n[at] if shares else None, target=2, **given)
        same_lines(batch.chart(at), [getattr(alone, name) for name in LINES], 1)
        for name in ("signal", "meaning", "variation", "assurance", "runs"):
            assert getattr(batch.chart(at), name) == getattr(alone, name)


@settings(deadline=None)
@given(kind=KINDS, y=VALUES, gaps=st.lists(st.integers(0, 40), max_size=10))
def test_gaps_change_nothing_elsewhere(kind: str, y: Any, gaps: list[int]) -> None:
    holed = np.insert(y, [min(gap, len(y)) for gap in gaps], np.nan)
    present = ~np.isnan(holed)
    plain, chart = draw(kind, y), draw(kind, holed)
    for name in LINES:
        np.testing.assert_allclose(
            getattr(chart, name)[present], getattr(plain, name), rtol=1e-12, atol=1e-12
        )
    assert [s for s, here in zip(chart.signal, present, strict=True) if here] == list(plain.signal)
    assert (chart.variation, chart.runs) == (plain.variation, plain.runs)


FLOATS = st.lists(
    st.one_of(st.floats(allow_infinity=False), st.sampled_from([0.0, 1.7e308, -1.7e308, 5e-324])),
    max_size=20,
)


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from(["mdc", "nhsr", "i", "run"]), y=FLOATS, target=st.integers(-5, 5))
def test_no_number_crashes_or_warns(kind: str, y: list[float], target: int) -> None:
    if kind == "run":
        chart = spc.chart("run", y, target=target)
    else:
        chart = draw(kind, y, target=target, rebase=(0,) if y else ())
    if kind == "nhsr" and sum(v == v for v in y) >= 2:
        assert not np.isnan([chart.centre, chart.lower, chart.upper]).any()
        assert (chart.lower <= chart.upper).all()


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(["p", "pp", "u", "up", "c", "g", "t", "i", "run"]),
    points=st.lists(
        st.tuples(
            st.one_of(st.just(None), st.integers(0, 3), st.just(2**50)),
            st.one_of(st.just(None), st.integers(0, 3), st.just(1e90), st.just(2**50)),
        ),
        max_size=20,
    ),
)
def test_no_counts_crash_or_warn(kind: str, points: list[tuple[Any, Any]]) -> None:
    y = [pair[0] for pair in points]
    n = [pair[1] for pair in points]
    if kind == "t":
        y = [None if v is None else v + 0.5 for v in y]
    if kind in ("p", "pp"):
        n = [None if m is None else max(m, v or 0) for v, m in points]
    if kind in ("u", "up"):
        n = [None if m is None else m or v for v, m in points]
    chart = spc.chart(kind, y, n=n if kind in ("p", "pp", "u", "up") else None, target=1)
    drawn = ~np.isnan(chart.upper)
    assert (chart.lower[drawn] <= chart.upper[drawn]).all()
    assert len(chart.signal) == len(chart) == len(y)
    if kind in ("p", "pp"):
        assert (chart.lower[drawn] >= 0).all() and (chart.upper[drawn] <= 1).all()


@pytest.mark.parametrize("kind", ["mdc", "nhsr", "i"])
@pytest.mark.parametrize("value", [0.0, 7.0, 0.1, -1 / 3, 1e300, 1e-300])
@pytest.mark.parametrize("points", [2, 13, 36])
def test_a_constant_series_has_limits_of_no_width_and_no_signal(
    kind: str, value: float, points: int
) -> None:
    chart = draw(kind, [value] * points, target=value)
    assert set(chart.signal) == {None}
    assert chart.runs.useful == 0
    if kind == "mdc" and points < 13:
        assert chart.variation == "too few points"
        return
    assert chart.variation == "common"
    for name in LINES:
        np.testing.assert_allclose(getattr(chart, name), value, rtol=1e-12)
    assert chart.assurance == "hit and miss"


def test_a_very_long_series() -> None:
    y = np.random.default_rng(3).normal(100, 10, 200_000)
    chart = spc.xmr(y)
    assert chart.upper[0] == pytest.approx(130, rel=0.01)
    assert chart.runs.useful == 200_000
    assert not chart.runs.signal


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (3, 0), (3, 5)])
def test_all_missing_and_nothing_at_all(shape: tuple[int, int]) -> None:
    batch = spc.xmr_many(np.full(shape, np.nan), target=1)
    assert batch.upper.shape == batch.signal.shape == shape
    assert [spc.VARIATIONS[code] for code in batch.variation] == ["too few points"] * shape[0]
    for i in range(shape[0]):
        assert batch.chart(i).runs.useful == 0
