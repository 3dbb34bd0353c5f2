"""Every reference value: other people's implementations say what ours must say."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom  # type: ignore[import-untyped]

from learnpipe import spc
from learnpipe.spc.runs import fewest_allowed, longest_allowed

pytestmark = pytest.mark.filterwarnings("error")

VECTORS = Path(__file__).parent / "vectors"
NHSR = json.loads((VECTORS / "xmr_nhsrplotthedots.json").read_text(encoding="utf-8"))
MDC = json.loads((VECTORS / "xmr_mdc_golden.json").read_text(encoding="utf-8"))["vectors"]
QIC = json.loads((VECTORS / "charts_qicharts2.json").read_text(encoding="utf-8"))

BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
SIGNAL = {
    "Common Cause": None,
    "Above UCL": "outside_high",
    "Below LCL": "outside_low",
    "7 Point Trend (Increasing)": "trend_up",
    "7 Point Trend (Decreasing)": "trend_down",
    "2 in 3 Above CL": "two_of_three_high",
    "2 in 3 Below CL": "two_of_three_low",
    "7 Points Above CL": "shift_high",
    "7 Points Below CL": "shift_low",
}
MEANING = {
    "common_cause": "common",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "high",
    "special_cause_neutral_low": "low",
}
ASSURANCE = {
    None: None,
    "inconsistent": "hit and miss",
    "consistent_pass": "met",
    "consistent_fail": "missed",
}


def numbers(given: list[float | None]) -> Any:
    """Return JSON numbers as an array, null as NaN."""
    return np.array([np.nan if v is None else v for v in given], dtype=float)


def close(ours: Any, theirs: Any) -> bool:
    """Return whether two lines agree within the README's tolerance."""
    return bool(np.allclose(ours, theirs, rtol=1e-3, atol=1e-12, equal_nan=True))


def nhsr_chart(case: dict[str, Any], profile: str = "nhsr") -> spc.Chart:
    """Return our chart for one case of NHSRplotthedots."""
    return spc.xmr(
        case["y"],
        better=BETTER[case["improvement_direction"]],
        target=case["target"],
        profile=profile,
        screen=case["screen_outliers"],
        baseline=case["fix_after_n_points"],
        rebase=case["rebase_at"],
    )


@pytest.mark.parametrize("case", NHSR, ids=lambda case: case["id"])
def test_nhsrplotthedots(case: dict[str, Any]) -> None:
    chart, expect = nhsr_chart(case), case["expect"]
    assert close(chart.centre, numbers(expect["mean"]))
    for ours, theirs in ((chart.lower, "lower"), (chart.upper, "upper")):
        limit = numbers(expect[theirs])
        # Where a phase is constant and screened, R has NaN: ours are zero-width (README).
        constant = np.isnan(limit)
        assert close(ours[~constant], limit[~constant])
        assert close(ours[constant], chart.centre[constant])
    assert list(chart.signal) == [SIGNAL[words] for words in expect["special_cause"]]
    assert list(chart.meaning) == [MEANING[words] for words in expect["point_type"]]
    assert chart.variation == chart.meaning[-1]
    if expect["lower"][-1] is not None:
        assert chart.assurance == ASSURANCE[expect["assurance"]]
    elif chart.target is None or chart.better == "neither":
        assert chart.assurance is None
    else:  # R compares with NaN and falls through; against zero-width limits it is decided
        on, above = chart.target == chart.upper[-1], chart.target > chart.upper[-1]
        reached = "met" if above == (chart.better == "lower") else "missed"
        assert chart.assurance == ("hit and miss" if on else reached)


def mdc_better(code: str) -> str:
    """Return the direction behind a code such as "02. SCHI": special cause, high, improving;
    D is deteriorating, C a change without direction."""
    if code == "01. CC" or code.endswith("C"):
        return "neither"
    return "higher" if (code[-2] == "H") == (code[-1] == "I") else "lower"


@pytest.mark.parametrize("case", MDC, ids=lambda case: f"{case['set']}-{case['metric']}")
def test_making_data_count(case: dict[str, Any]) -> None:
    code = case["expected_variation"]
    batch = spc.xmr_many([case["values"]], better=mdc_better(code))
    chart = batch.chart(0)
    assert close(chart.centre, case["mean"])
    assert close(chart.lower, case["lpl"])
    assert close(chart.upper, case["upl"])
    rules = {"Astro": 0b11, "Trend": 0b1100, "2of3": 0b110000, "Shift": 0b11000000}
    for rule, bits in rules.items():
        assert np.flatnonzero(batch.fired[0] & bits).tolist() == case["flags"][rule], rule
    if code == "01. CC":
        assert set(chart.meaning) == {"common"}
        return
    meaning = {"I": "improvement", "D": "concern", "C": {"H": "high", "L": "low"}[code[-2]]}[
        code[-1]
    ]
    assert set(chart.meaning) == {"common", meaning}
    if case["set"] == "last_point":
        assert chart.variation == meaning


@pytest.mark.parametrize("case", QIC, ids=lambda case: f"{case['id']}-{case['chart']}")
def test_qicharts2(case: dict[str, Any]) -> None:
    chart, expect = spc.chart(case["chart"], case["y"], n=case["n"]), case["expect"]
    for ours, theirs in (
        (chart.value, "value"),
        (chart.centre, "centre"),
        (chart.lower, "lower"),
        (chart.upper, "upper"),
    ):
        assert close(ours, numbers(expect[theirs])), theirs
    outside = [(word or "").startswith("outside") for word in chart.signal]
    assert outside == expect["sigma_signal"]
    assert chart.runs == spc.Runs(
        longest=expect["longest_run"],
        longest_max=expect["longest_run_max"],
        crossings=expect["crossings"],
        crossings_min=expect["crossings_min"],
        useful=expect["n_useful"],
        signal=expect["runs_signal"],
    )


def test_anhoej_critical_values() -> None:
    with (VECTORS / "anhoej_critical_values.csv").open(encoding="utf-8", newline="") as file:
        rows = [{key: int(value) for key, value in row.items()} for row in csv.DictReader(file)]
    assert [row["n_useful"] for row in rows] == list(range(5, 61))
    for row in rows:
        assert longest_allowed(row["n_useful"]) == row["longest_run_max"]
        assert fewest_allowed(row["n_useful"]) == row["crossings_min"]


def test_crossings_are_the_exact_quantile() -> None:
    # In whole numbers: the least c with 20 times the ways of at most c crossings >= 2 ** (n - 1).
    for useful in range(2, 400):
        ways, least = 0, -1
        while 20 * ways < 2 ** (useful - 1):
            least += 1
            ways += math.comb(useful - 1, least)
        assert fewest_allowed(useful) == least
    for useful in (1_000, 12_345, 100_000):
        assert fewest_allowed(useful) == int(binom.ppf(0.05, useful - 1, 0.5))
