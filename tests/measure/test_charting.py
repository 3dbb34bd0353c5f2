"""Which chart a line gets, and why; charts of rare events; limits that begin anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from learnpipe import spc
from learnpipe.ground.calendar import month_text, parse_month
from learnpipe.ground.charted import Charted
from learnpipe.ground.findings import LearnpipeError
from learnpipe.ground.measurements import Line
from learnpipe.ground.settings import Rebase
from learnpipe.ground.tallies import Span
from learnpipe.measure.charting import chart_lines
from learnpipe.measure.phases import phases_of
from tests.builders import measured

NAN = float("nan")
FIRST = parse_month("2025-01")
MET = [9, 8, 9, 10, 9, 8, 9, 9, 10, 8, 9, 9, 8, 10]
"""Fourteen months of what was met."""


def charted(
    kind: str,
    met: list[float],
    due: list[float] | float = 1.0,
    better: str = "lower",
    stock: bool = False,
    target: float | None = None,
    starts: tuple[str, ...] = (),
) -> Charted:
    """The chart of one line: counts of `met`, or shares or rates of `due`."""
    line = Line("falls", "All", kind, "", better, target, "Falls", stock)
    counts = np.array([met], dtype=float)
    base = np.broadcast_to(np.array(due, dtype=float), counts.shape)
    scale = {"share": 1 / base, "rate": 1000 / base}.get(kind, 1.0)
    phases = tuple(Rebase("falls", "All", parse_month(month), "New pathway") for month in starts)
    own = {0: phases} if phases else {}
    return chart_lines([line], counts * scale, counts, base, own, FIRST)


@pytest.mark.parametrize(
    ("kind", "met", "due", "chart", "why"),
    [
        ("share", MET, 12.0, "pp", "shares of 12 due a month on average"),
        ("share", MET, 11.9, "xmr", "only 11.9 due a month on average: read with care"),
        # Two months of 30 and twelve of 9 make 168 in 14 months: 12 a month.
        ("share", [8] * 14, [30, 30, *[9] * 12], "pp", "shares of 12 due a month on average"),
        # More attended than were eligible: no share of a count.
        ("share", [*MET[:-1], 21], 20.0, "xmr", "one figure a month"),
        ("rate", MET, 900.0, "up", "a rate, by each month's activity"),
        ("count", MET, 1.0, "xmr", "one figure a month"),
        ("count", [0, 1] * 7, 1.0, "xmr", "one figure a month"),
        ("count", MET[:12], 1.0, "run", "12 points, limits need 13"),
        ("share", MET[:6], 20.0, "run", "6 points, limits need 13"),
        ("count", MET[:5], 1.0, "", "5 of the 6 points that a chart needs"),
        ("count", [*MET[:5], *[NAN] * 9], 1.0, "", "5 of the 6 points that a chart needs"),
    ],
)  # fmt: skip
def test_the_chart_that_suits_and_why(kind: str, met: Any, due: Any, chart: str, why: str) -> None:
    got = charted(kind, met, due)
    assert (got.kind[0], got.why(0)) == (chart, why)


def test_what_counts_a_window_of_months_has_no_chart() -> None:
    # An action of each of 20 months, closed on the day: all of every twelve months' within 30.
    days = [f"{month_text(parse_month('2026-10') - back)}-05" for back in range(20)]
    actions = [{"service": "Oak", "raised_on": day, "completed_on": day, "due_on": day}
               for day in days]  # fmt: skip
    measures = measured("2026-10", incidents=[{"occurred_at": days[0]}], actions=actions).measures
    for key in ("days_to_close", "days_to_close.within_30"):
        line = measures.position(key)
        assert line is not None
        assert measures.charts.kind[line] == ""
        assert measures.charts.why(line) == "neighbouring months share most of what they count"
    assert measures.at("days_to_close.within_30", "All", parse_month("2026-10")).value == 1


def test_a_stock_that_is_mostly_zero_is_no_rare_event() -> None:
    got = charted("count", [0, 0, 1] * 5, stock=True)
    assert got.kind[0] == "xmr"
    assert got.why(0) == "over half of the months are zero: read with care"


def test_limits_of_a_share_are_those_of_the_p_chart_with_its_counts() -> None:
    due = [20.0, 14, 18, 22, 16, 12, 19, 25, 13, 17, 21, 15, 18, 20]
    got = charted("share", MET, due, better="higher", target=0.9)
    chart = spc.chart("pp", MET, n=due, better="higher", target=0.9)
    for name in ("centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(got, name)[0], getattr(chart, name))
    # 125 of 250: half of those due.
    assert got.centre[0, 0] == pytest.approx(125 / 250)
    assert spc.ASSURANCES[got.assurance[0]] == chart.assurance == "missed"


def test_limits_of_a_rate_are_per_thousand() -> None:
    # 126 events in 14 months of 900 bed-days are 10 per 1,000.
    got = charted("rate", [9] * 14, 900.0)
    assert got.centre[0].tolist() == pytest.approx([10.0] * 14)


def test_too_few_points_draw_a_median_and_no_limits() -> None:
    got = charted("count", [5, 1, 3, 9, 2, 7], target=4)
    assert got.centre[0].tolist() == [4.0] * 6  # between 3 and 5
    assert np.isnan([got.lower, got.upper]).all()
    assert spc.VARIATIONS[got.variation[0]] == "too few points"
    assert spc.ASSURANCES[got.assurance[0]] is None
    assert not got.limited.any()


def test_no_limit_stands_where_no_figure_can() -> None:
    got = charted("count", [0, 6] * 10)
    assert got.lower[0, 0] == 0
    got = charted("share", [0, 2] * 10, 2.0)
    assert (got.lower[0, 0], got.upper[0, 0]) == (0, 1)


# Rare events: a point each month with one, the months without one before it


def test_gaps_are_the_months_without_one_between_months_with_one() -> None:
    # With one: months 0, 3, 5, 6, 8, 13 and 14; several in one month are one month.
    met = [1, 0, 0, 2, 0, 1, 1, 0, 3, 0, 0, 0, 0, 1, 1]
    got = charted("count", met)
    points = got.points(0)
    assert points.value.tolist() == [2, 1, 0, 1, 4, 0]
    assert points.at.tolist() == [3, 5, 6, 8, 13, 14]
    assert got.kind[0] == "run"
    assert got.why(0) == "8 of 15 months are zero, only 6 gaps between the others, limits need 13"
    assert points.centre.tolist() == [1.0] * 6
    assert got.value[0].tolist() == met


def test_a_gap_over_months_that_no_log_covers_is_not_known() -> None:
    met = [1, 0, 1, 0, NAN, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]
    assert charted("count", met).points(0).value.tolist() == [1, 2, 2, 2, 2, 2]


def rare(gaps: list[int]) -> list[float]:
    """The months of a count with so many zeros between its ones."""
    months = [1.0]
    for gap in gaps:
        months += [*[0.0] * gap, 1.0]
    return months


def test_thirteen_gaps_have_the_limits_of_a_g_chart() -> None:
    # Mean 26 / 13 = 2, sigma √(2 * 3): 2 + 3 * 2.449 = 9.35.
    got = charted("count", rare([2] * 13))
    points = got.points(0)
    assert got.kind[0] == "g"
    assert (
        got.why(0) == "26 of 40 months are zero, so each point is the months between two with one"
    )
    assert points.upper[0] == pytest.approx(2 + 3 * 6**0.5)
    assert points.centre[0] == 2
    assert np.isnan([got.centre, got.lower, got.upper]).all()  # in months, not in events


@pytest.mark.parametrize(
    ("better", "meaning"),
    [("lower", "improvement"), ("higher", "concern"), ("neither", "low")],
)
def test_a_long_gap_means_fewer(better: str, meaning: str) -> None:
    # Fourteen gaps of mean (13 * 1 + 15) / 14 = 2: above 2 + 3 * √6 = 9.35 is the last, of 15.
    got = charted("count", [*rare([*[1] * 13, 15]), 0, 0], better=better)
    assert spc.VARIATIONS[got.variation[0]] == meaning
    # It stands until the next event, and not before its own.
    assert [spc.MEANINGS[code] for code in got.meaning[0, -4:]] == ["common", *[meaning] * 3]


# Limits that begin anew


def test_nothing_crosses_where_limits_begin_anew() -> None:
    before, after = [20.0, 22, 19, 21] * 4, [9.0, 11, 10, 12] * 4
    got = charted("count", [*before, *after], starts=("2026-05",))  # the 17th month
    for part, span in ((before, slice(0, 16)), (after, slice(16, 32))):
        alone = spc.xmr(part)
        for name in ("centre", "upper"):
            np.testing.assert_allclose(getattr(got, name)[0, span], getattr(alone, name))
    assert got.phase[0].tolist() == [0] * 16 + [1] * 16
    assert spc.VARIATIONS[got.variation[0]] == "common"


def test_a_young_phase_has_no_limits_yet_and_leaves_the_old_ones() -> None:
    got = charted("share", [*MET, 3, 4, 3], 20.0, starts=("2026-03",))  # the 15th month
    assert np.isnan(got.upper[0, 14:]).all()
    old = spc.chart("pp", MET, n=[20] * 14)
    np.testing.assert_allclose(got.upper[0, :14], old.upper)
    assert spc.VARIATIONS[got.variation[0]] == "too few points"
    assert got.limited[0].tolist() == [True] * 14 + [False] * 3


def test_a_gap_does_not_cross_a_phase() -> None:
    met = rare([1] * 20)
    got = charted("count", [*met, 0, 0, 0, 0, 0], starts=("2026-02",))
    assert 7 <= len(got.points(0).value) < 20
    starts = np.flatnonzero(got.phase[0])[0]
    # The first event of the new phase has none before it.
    assert [at for at in got.points(0).at if starts <= at < starts + 2] == []


SPAN = Span(("Ash", "Oak"), FIRST, FIRST + 20, {})
AT = {("falls", service): at for at, service in enumerate(("Ash", "Oak", "All"))}


def test_settings_apply_to_their_line_in_order_of_time() -> None:
    late = Rebase("falls", "oak", FIRST + 15, "Second")
    early = Rebase("falls", "Oak", FIRST + 3, "First")
    assert phases_of([late, early], AT, SPAN) == {1: (early, late)}


def test_one_that_begins_after_the_report_does_not_apply_yet() -> None:
    assert phases_of([Rebase("falls", "All", FIRST + 21, "Later")], AT, SPAN) == {}


@pytest.mark.parametrize(
    ("metric", "service", "month", "problem", "fix"),
    [
        ("fals", "All", "2025-06", 'rebase 2.metric: "fals" is no metric', 'mean "falls"'),
        ("falls", "Oka", "2025-06", 'rebase 2.service: "Oka" is no service', 'mean "Oak"'),
        ("falls", "Oak", "2025-01", "rebase 2.month: the logs begin in January 2025", "2025-01"),
    ],
)
def test_one_that_fits_nothing_is_an_error_that_names_the_key(
    metric: str, service: str, month: str, problem: str, fix: str
) -> None:
    wrong = Rebase(metric, service, parse_month(month), "Why", "my.toml", "rebase 2")
    with pytest.raises(LearnpipeError) as error:
        phases_of([wrong], AT, SPAN)
    (finding,) = error.value.findings
    assert finding.place.file == "my.toml"
    assert finding.problem.startswith(problem)
    assert fix in finding.fix


# Events whose days are known: a point each


def serious(days: list[str]) -> tuple[Charted, int]:
    """The charts, and the line of the days between tier 3 events."""
    rows = [{"service": "Oak", "occurred_at": day, "severity": "severe", "tier": "3"}
            for day in days]  # fmt: skip
    got = measured("2026-10", incidents=rows).measures
    line = got.position("days_between_serious")
    assert line is not None
    assert got.charts.kind[line]
    return got.charts, line


def test_the_days_between_serious_events_are_a_t_chart() -> None:
    # Every 30 days since 1 September 2025, fourteen times: thirteen gaps of 30 days.
    days = [str(np.datetime64("2025-09-01") + 30 * n) for n in range(14)]
    charts, line = serious(days)
    points = charts.points(line)
    assert (charts.kind[line], points.unit) == ("t", "days")
    assert points.value.tolist() == [30.0] * 13
    assert points.upper.tolist() == pytest.approx([30.0] * 13)  # they never differ
    assert charts.why(line) == "each event is a point, with the days since the one before"


def test_two_on_one_day_are_no_days_apart_on_a_g_chart() -> None:
    days = [str(np.datetime64("2025-09-01") + 30 * n) for n in range(13)]
    charts, line = serious([*days, days[-1]])
    assert charts.kind[line] == "g"
    assert charts.points(line).value.tolist() == [*[30.0] * 12, 0.0]
