"""Each rule worked by hand on a series small enough to check by eye."""

from __future__ import annotations

import numpy as np
import pytest

from learnpipe import spc
from learnpipe.spc.limits import mean_range

pytestmark = pytest.mark.filterwarnings("error")


def fired(y: list[float], word: str, **given: object) -> list[int]:
    """Return the positions where a rule fires, whatever else fires there."""
    batch = spc.xmr_many([y], **given)  # type: ignore[arg-type]
    return np.flatnonzero(batch.fired[0] & 1 << spc.SIGNALS.index(word) - 1).tolist()


# Mean 10 and mean moving range 2 (13 ranges of 2): limits 10 ± 3 / 1.128 * 2 = 4.681, 15.319.
WAVE = [9.0, 11.0] * 7
BASE = [11.0, 9.0] * 6  # the same limits, as a baseline of twelve that ends below


def test_limits_by_hand() -> None:
    chart = spc.xmr(WAVE)
    assert chart.centre[0] == 10
    assert chart.upper[0] == pytest.approx(10 + 6 / 1.128)
    assert chart.near_upper[0] == pytest.approx(10 + 4 / 1.128)
    assert chart.lower[0] == pytest.approx(10 - 6 / 1.128)
    assert chart.near_lower[0] == pytest.approx(10 - 4 / 1.128)
    assert spc.xmr(WAVE, profile="nhsr").upper[0] == pytest.approx(10 + 2.66 * 2)


def test_outside_is_strictly_beyond() -> None:
    # The first 12 points set the limits (mean 10, ranges 2); on the limit is not beyond it.
    limit = 10 + 6 / 1.128
    base = WAVE[:12]
    assert fired([*base, limit], "outside_high", baseline=12) == []
    assert fired([*base, limit + 0.001], "outside_high", baseline=12) == [12]
    assert fired([*base, 20 - limit], "outside_low", baseline=12) == []
    assert fired([*base, 19.999 - limit], "outside_low", baseline=12) == [12]


def test_shift_of_six_and_of_seven() -> None:
    six = [*WAVE[:12], 11, 11, 11, 11, 11, 9, 9]  # the last of WAVE's 11s makes six in a row
    assert fired(six, "shift_high", baseline=12) == [11, 12, 13, 14, 15, 16]
    assert fired(six, "shift_high", baseline=12, shift=7) == []
    assert fired(six, "shift_high", baseline=12, profile="nhsr") == []
    seven = [*WAVE[:12], 11, 11, 11, 11, 11, 11, 9]
    assert fired(seven, "shift_high", baseline=12, profile="nhsr") == list(range(11, 18))


def test_a_value_on_the_mean_breaks_a_shift() -> None:
    # Six of seven are above the mean of 10, but the fourth lies on it: runs of three and three.
    assert fired([*BASE, 11, 12, 11, 10, 11, 12, 11], "shift_high", baseline=12) == []


def test_rounding_does_not_move_a_value_off_the_mean() -> None:
    # 0.1 * 3 / 3 is 0.10000000000000002 in doubles: constant all the same.
    for value in (0.1, 0.3, 1e-9 / 7, 1e9 / 7, -0.7):
        chart = spc.xmr([value] * 13)
        assert set(chart.signal) == {None}
        assert chart.runs.useful == 0


def test_trend_of_six_points_is_five_steps_and_a_tie_breaks_it() -> None:
    flat = WAVE[:12]  # ends on 11
    assert fired([*flat, 9, 10, 11, 12, 13, 14], "trend_up", baseline=12) == list(range(12, 18))
    assert fired([*flat, 9, 10, 11, 11, 12, 13, 14], "trend_up", baseline=12) == []
    assert fired([*flat, 10, 9, 8, 7, 6, 7], "trend_down", baseline=12) == list(range(11, 17))
    assert fired([*flat, 9, 10, 11, 12, 13, 14], "trend_up", baseline=12, trend=7) == []
    # nhsr: seven points, six steps
    assert fired([*flat, 9, 10, 11, 12, 13, 14], "trend_up", baseline=12, profile="nhsr") == []
    assert fired([*flat, 9, 10, 11, 12, 13, 14, 15], "trend_up", baseline=12, profile="nhsr") == (
        list(range(12, 19))
    )


# Near limits 10 ± 4 / 1.128 = 6.454, 13.546, limits 4.681, 15.319.
@pytest.mark.parametrize(
    ("three", "mdc", "nhsr"),
    [
        ([14, 11, 14], [12, 14], [12, 14]),  # two beyond, the one between is not flagged
        ([14, 14, 14], [12, 13, 14], [12, 13, 14]),
        ([14, 9, 14], [], []),  # two beyond, but not all three on one side
        ([14, 10, 14], [], []),  # on the mean is on no side
        ([14, 13, 13], [], []),  # one beyond only
        ([16, 11, 14], [12, 14], []),  # 16 is outside: counts for mdc, not for nhsr
        ([16, 14, 14], [12, 13, 14], [13, 14]),  # nhsr: the two between the limits
        ([16, 16, 11], [12, 13], []),
    ],
)
def test_two_of_three(three: list[float], mdc: list[int], nhsr: list[int]) -> None:
    y = [*BASE, *three]
    assert fired([*y, 9], "two_of_three_high", baseline=12) == mdc
    assert fired([*y, 9], "two_of_three_high", baseline=12, profile="nhsr") == nhsr
    mirrored = [20 - v for v in [*y, 9]]
    assert fired(mirrored, "two_of_three_low", baseline=12) == mdc


# The last points fall (trend down) while all above the mean of 10 (shift high).
FALLING_HIGH = [*WAVE[:12], 15.0, 14.5, 14.0, 13.0, 12.0, 11.0, 10.5]


def test_improvement_wins_in_mdc_and_order_wins_in_nhsr() -> None:
    # Falling and high: where higher is better the shift is the improvement, where lower is
    # better the trend is; mdc takes the improvement, nhsr always the trend.
    mdc = {
        better: spc.xmr(FALLING_HIGH, better=better, baseline=12)
        for better in ("higher", "lower", "neither")
    }
    assert mdc["higher"].signal[-1] == "shift_high"
    assert mdc["higher"].variation == "improvement"
    assert mdc["lower"].signal[-1] == "trend_down"
    assert mdc["lower"].variation == "improvement"
    assert mdc["neither"].signal[-1] == "trend_down"
    assert mdc["neither"].variation == "low"
    nhsr = spc.xmr(FALLING_HIGH, better="higher", baseline=12, profile="nhsr")
    assert (nhsr.signal[-1], nhsr.variation) == ("trend_down", "concern")


def test_outside_comes_before_the_rest() -> None:
    rising = [*WAVE[:12], 8.0, 9.5, 11.0, 12.5, 14.0, 15.2, 17.0]
    for profile in ("mdc", "nhsr"):
        chart = spc.xmr(rising, better="higher", baseline=12, profile=profile)
        assert chart.signal[-1] == "outside_high"
        assert chart.signal[-2] == "trend_up"


def test_screening_is_once_and_strict() -> None:
    # Ranges: nine of 1 and one of 8, mean 1.7, screen 5.55: the 8 goes, the mean becomes 1.
    y = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 9]
    assert spc.xmr(y, profile="nhsr").upper[0] == pytest.approx(14 / 11 + 2.66)
    assert spc.xmr(y, profile="nhsr", screen=False).upper[0] == pytest.approx(14 / 11 + 2.66 * 1.7)


def test_a_range_at_the_screen_is_left_out() -> None:
    # Ten ranges with a mean of 1,000; the greatest is 3.267 times that, not strictly less.
    ranges = np.array([[3267.0, *[750.0] * 8, 733.0]])
    assert ranges.mean() == 1000
    screened, before = mean_range(ranges.T, np.array([10]), screen=True)
    assert (screened[0], before[0]) == (pytest.approx(6733 / 9), 1000)


def test_few_points() -> None:
    twelve, thirteen = spc.xmr(WAVE[:12], target=1), spc.xmr(WAVE[:13], target=1)
    assert twelve.variation == "too few points"
    assert twelve.assurance is None
    assert np.isnan([twelve.centre, twelve.lower, twelve.upper]).all()
    assert set(twelve.signal) == {None}
    assert thirteen.variation == "common"
    assert thirteen.assurance == "missed"
    # Eight rising points are a trend of six, but points without limits carry no signal.
    assert set(spc.xmr(range(8)).signal) == {None}
    assert set(spc.xmr([*WAVE, *range(8)], rebase=(14,)).signal) == {None}
    two = spc.xmr([1, 2], profile="nhsr")
    assert two.upper[0] == pytest.approx(1.5 + 2.66)
    one = spc.xmr([1], profile="nhsr")
    assert np.isnan(one.upper[0])
    assert one.variation == "too few points"
    assert spc.xmr([]).variation == "too few points"


def test_a_missing_month_is_no_point() -> None:
    # Removing the gaps first gives the same limits and signals: the moving range over a gap is
    # that of its neighbours, a run goes on over it, and the gap itself carries nothing.
    nan = float("nan")
    y = [*WAVE[:11], nan, 9, 11, nan, 11, 12, 11, nan, 11, 11, nan]
    present = ~np.isnan(y)
    with_gaps, without = spc.xmr(y), spc.xmr(np.array(y)[present])
    assert with_gaps.upper[0] == without.upper[0]
    assert tuple(np.array(with_gaps.signal)[present]) == without.signal
    assert {s for s, here in zip(with_gaps.signal, present, strict=True) if not here} == {None}
    assert with_gaps.variation == without.variation == "concern"  # a shift over the gaps
    assert with_gaps.runs == without.runs


def test_after_the_last_point_comes_no_step() -> None:
    # With a month missing: five points falling (7 6 5 4 3) are four steps, and nothing follows.
    y = [5, 6, None, 5, 6, 5, 6, 5, 6, 5, 6, 7, 6, 5, 4, 3]
    assert not any((word or "").startswith("trend") for word in spc.xmr(y).signal)
    assert spc.xmr([*y, 2]).signal[-6:-1] == ("trend_down",) * 5


@pytest.mark.parametrize(
    ("target", "higher", "lower"),
    [
        (4.0, "met", "missed"),  # below the lower limit of 4.68
        (10.0, "hit and miss", "hit and miss"),
        (16.0, "missed", "met"),  # above the upper limit of 15.32
        (10 + 6 / 1.128, "hit and miss", "hit and miss"),  # on the limit
        (10 - 6 / 1.128, "hit and miss", "hit and miss"),
    ],
)
def test_assurance(target: float, higher: str, lower: str) -> None:
    assert spc.xmr(WAVE, better="higher", target=target).assurance == higher
    assert spc.xmr(WAVE, better="lower", target=target).assurance == lower
    assert spc.xmr(WAVE, better="neither", target=target).assurance is None
    assert spc.xmr(WAVE, better="lower").assurance is None


def test_assurance_and_variation_are_the_last_phase_s() -> None:
    # The first phase is about 10, the second about 30: only the second counts.
    y = [*WAVE, *(v + 20 for v in WAVE)]
    chart = spc.xmr(y, better="higher", target=20, rebase=(14,))
    assert chart.assurance == "met"
    assert spc.xmr(y[:20], better="higher", target=20, rebase=(14,)).variation == "too few points"
    assert chart.runs.useful == 14
    assert chart.phase.tolist() == [0] * 14 + [1] * 14


def test_bounds_stop_the_lines_and_nothing_else() -> None:
    y = [0, 1, 0, 3] * 5
    free, drawn = spc.xmr(y), spc.xmr(y, bounds=(0, None))
    assert free.lower[0] < 0 == drawn.lower[0]
    assert drawn.upper[0] == free.upper[0]
    assert drawn.signal == free.signal
