"""Each kind of chart worked by hand, and what the reference values do not reach."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from learnpipe import spc

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")


def test_p_by_hand() -> None:
    # p̄ = 20 / 100; sigma √(0.2 * 0.8 / 25) = 0.08 and √(0.16 / 100) = 0.04.
    chart = spc.chart("p", [5, 15, 0], n=[25, 75, 0])
    assert chart.value.tolist()[:2] == [0.2, 0.2]
    assert np.isnan(chart.value[2])
    assert chart.centre.tolist() == [0.2, 0.2, 0.2]
    assert chart.upper[0] == pytest.approx(0.2 + 3 * 0.08)
    assert chart.lower[0] == 0  # 0.2 - 0.24
    assert chart.near_lower[0] == pytest.approx(0.2 - 2 * 0.08)
    assert np.isnan(chart.upper[2])  # no denominator, no limit


def test_p_stops_at_one() -> None:
    assert spc.chart("p", [9, 9], n=[10, 10]).upper.tolist() == [1, 1]


def test_u_by_hand() -> None:
    # ū = 12 / 12 = 1; sigma √(1 / 4) and √(1 / 8).
    chart = spc.chart("u", [4, 8], n=[4, 8])
    assert chart.upper.tolist() == pytest.approx([1 + 3 * 0.5, 1 + 3 / 8**0.5])
    assert chart.lower.tolist() == [0, 0]


def test_primes_by_hand() -> None:
    # p̄ = 0.5, sigma √(0.25 / 100) = 0.05; values 0.4 and 0.6 in turn: z -2 and 2, ranges 4,
    # sigma z 4 / 1.128. Limits 0.5 ± 3 * 0.05 * 3.546 = ± 0.532, stopped at 0 and 1; near
    # limits ± 0.355.
    chart = spc.chart("pp", [40, 60] * 3, n=[100] * 6)
    assert chart.near_upper[0] == pytest.approx(0.5 + 2 * 0.05 * 4 / 1.128)
    assert (chart.lower[0], chart.upper[0]) == (0, 1)
    # ū = 1, sigma √(1 / 100) = 0.1; values 0.9 and 1.1: z -1 and 1, ranges 2.
    chart = spc.chart("up", [90, 110] * 3, n=[100] * 6)
    assert chart.upper[0] == pytest.approx(1 + 3 * 0.1 * 2 / 1.128)


def test_a_phase_of_fewer_points_than_asked_for_has_no_limits() -> None:
    batch = spc.chart_many("pp", [[3, 4] * 8], n=[[9] * 16], target=0.1, rebase=(13,), at_least=13)
    chart = batch.chart(0)
    assert not np.isnan(chart.upper[:13]).any()
    assert np.isnan([chart.centre[13:], chart.upper[13:]]).all()
    assert (chart.variation, chart.assurance) == ("too few points", None)


def test_c_by_hand() -> None:
    chart = spc.chart("c", [16, 14, 18, 29])
    assert chart.centre[0] == 19.25
    assert chart.upper[0] == pytest.approx(19.25 + 3 * 19.25**0.5)
    assert chart.lower[0] == pytest.approx(19.25 - 3 * 19.25**0.5)


def test_g_by_hand() -> None:
    # Mean 8, sigma √(8 * 9); the centre is the median of 5.
    chart = spc.chart("g", [2, 5, 17], better="higher")
    assert chart.centre[0] == 5
    assert chart.upper[0] == pytest.approx(8 + 3 * 72**0.5)
    assert chart.lower[0] == 0


def test_t_by_hand() -> None:
    # Gaps of 1 and 2 ** 3.6 in turn are 1 and 2 on the scale of x: mean 1.5, ranges 1.
    chart = spc.chart("t", [1, 2**3.6] * 4, better="higher")
    assert chart.centre[0] == pytest.approx(1.5**3.6)
    assert chart.upper[0] == pytest.approx((1.5 + 3 / 1.128) ** 3.6)
    assert chart.lower[0] == 0  # 1.5 - 2.66 is below zero and has no power of 3.6


def test_run_has_a_median_and_no_limits() -> None:
    chart = spc.chart("run", [1, 9, 5, NAN], target=0)
    assert chart.centre.tolist() == [5, 5, 5, 5]
    assert np.isnan([chart.lower, chart.upper]).all()
    assert (chart.variation, chart.assurance) == ("common", None)
    assert chart.runs.useful == 2


def test_rates_on_run_and_i_charts() -> None:
    assert spc.chart("run", [1, 9], n=[2, 3]).value.tolist() == [0.5, 3]
    assert spc.chart("i", [1, 9, 4], n=[2, 3, 4]).centre[0] == pytest.approx(4.5 / 3)


def test_a_trend_is_one_of_z_scores_not_of_shares() -> None:
    # Centre 0.5 throughout (pairs cancel). The last six shares rise, 0.52 … 0.57, but their
    # denominators shrink so fast that the z-scores fall: 0.04 √n.
    shares = [0.52, 0.53, 0.54, 0.55, 0.56, 0.60]
    n = [40_000, 10_000, 2_500, 400, 100, 20]
    y = [round(share * m) for share, m in zip(shares, n, strict=True)]
    other = [m - c for m, c in zip(n, y, strict=True)]
    chart = spc.chart("p", [*other, *y], n=[*n, *n], better="lower")
    assert chart.centre[0] == 0.5
    z = (chart.value - 0.5) / (0.25 / np.array([*n, *n])) ** 0.5
    assert (np.diff(chart.value[6:]) > 0).all()
    assert (np.diff(z[6:]) < 0).all()
    assert set(chart.signal[6:]) == {"trend_down"}


def test_shift_and_two_of_three_on_counts() -> None:
    # n is 100 throughout, p̄ 0.5, near limits ± 0.1: six months of 0.55 are a shift up.
    y = [45] * 3 + [50] * 6 + [55] * 3 + [45] * 3 + [50] + [55] * 6 + [45] * 3 + [50]
    chart = spc.chart("p", y, n=[100] * len(y), better="lower")
    assert chart.centre[0] == 0.5
    shifts = [i for i, word in enumerate(chart.signal) if word == "shift_high"]
    assert shifts == list(range(16, 22))
    assert {chart.meaning[i] for i in shifts} == {"concern"}
    y = [50] * 10 + [61, 55, 61, 39, 45, 39]
    chart = spc.chart("p", y, n=[100] * len(y), better="lower")
    assert chart.signal[10:] == (
        "two_of_three_high",
        None,
        "two_of_three_high",
        "two_of_three_low",
        None,
        "two_of_three_low",
    )


def test_only_outside_on_g_t_c_and_run() -> None:
    # Seven above the middle and seven rising would fire on an i chart.
    y = [1, 2, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert {word for word in spc.chart("i", y).signal if word} >= {"trend_up"}
    for kind in ("g", "t", "c", "run"):
        chart = spc.chart(kind, y)
        assert set(chart.signal) <= {None, "outside_high", "outside_low"}, kind
        assert (chart.runs.crossings, chart.runs.crossings_min) == (1, 3), kind
        assert chart.runs.signal, kind
    assert spc.chart("c", [1, 2, 1, 2, 1, 2, 1, 2, 20]).signal[-1] == "outside_high"


def test_extremes_of_shares() -> None:
    # Nothing or all: sigma is 0, limits have no width, every point is on the line.
    for y in ([0] * 14, [10] * 14):
        for kind in ("p", "pp", "u", "up"):
            chart = spc.chart(kind, y, n=[10] * 14, target=0.5, better="higher")
            assert set(chart.signal) == {None}, kind
            if kind != "u" or y[0] == 0:
                assert (chart.lower == chart.upper).all(), kind
    # A baseline of nothing makes any event a signal.
    chart = spc.chart("p", [0] * 12 + [1], n=[10] * 13, baseline=12)
    assert chart.signal[-1] == "outside_high"


def test_one_point_has_no_limits_on_any_chart() -> None:
    for kind in ("p", "pp", "u", "up", "c", "g", "t", "i"):
        n = [9] if kind in ("p", "pp", "u", "up") else None
        chart = spc.chart(kind, [5], n=n, target=1)
        assert np.isnan([chart.lower[0], chart.upper[0]]).all(), kind
        assert (chart.variation, chart.assurance) == ("too few points", None), kind
    run = spc.chart("run", [5])
    assert (run.centre.tolist(), run.variation) == ([5], "common")
    assert spc.chart("run", [NAN]).variation == "too few points"


def test_assurance_where_limits_vary_is_that_of_the_last_present_point() -> None:
    # p̄ 0.5; limits at n = 100 are ± 0.15, at n = 1000 ± 0.047: a target of 0.6 is between the
    # first and beyond the second.
    y, n = [50, 500, 0], [100, 1000, 0]
    assert spc.chart("p", y, n=n, target=0.6).assurance == "met"
    assert spc.chart("p", y[::-1], n=n[::-1], target=0.6).assurance == "hit and miss"


def test_baseline_on_charts_of_counts() -> None:
    y = [4] * 12 + [40]
    assert spc.chart("c", y, baseline=12).centre[0] == 4
    assert spc.chart("u", y, n=[2] * 13, baseline=12).centre[0] == 2
    assert spc.chart("g", y, baseline=12).upper[0] == pytest.approx(4 + 3 * 20**0.5)
    assert spc.chart("run", y, baseline=12).centre[-1] == 4


def test_the_room_loads_numpy_and_nothing_heavier() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys; from learnpipe import spc; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    ).stdout.split()
    assert not {"pandas", "scipy", "matplotlib"} & set(loaded)


CARE = "care incident resident service complaint staff tier triage harm safeguarding home".split()


def test_the_room_knows_nothing_of_care() -> None:
    room = Path(__file__).parents[2] / "learnpipe" / "spc"
    words = {word for file in room.glob("*.py") for word in re.findall(r"[a-z]+", file.read_text())}
    assert words & {*CARE, *(f"{word}s" for word in CARE)} == set()
