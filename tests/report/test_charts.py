"""Which charts stand on the page: what matters most first, and the same choice each time."""

from __future__ import annotations

import numpy as np
import pytest
from histories import MONTH, USUAL, history, triage

from learnpipe.ground.calendar import month_text
from learnpipe.ground.settings import Rebase
from learnpipe.measure import load_metrics, measures_table
from learnpipe.report.pictures.charts import MOST_POINTS, choose_charts
from learnpipe.report.pictures.reading import read_last_point
from learnpipe.report.shapes import ChartSpec
from tests.builders import Got, Row, measured

KEYS = ("incidents", "harm_rate", "triaged_in_time", "complaints")


def chosen(got: Got, *keys: str, most: int = 4) -> list[ChartSpec]:
    metrics = load_metrics()
    wanted = [metrics[key] for key in metrics if key in (keys or KEYS)]
    return list(choose_charts(wanted, got.measures, MONTH, most))


def files(got: Got, *keys: str, most: int = 4) -> list[str]:
    return [chart.file for chart in chosen(got, *keys, most=most)]


def complaints(counts: list[int], acknowledged: list[int] | None = None) -> list[Row]:
    """So many complaints a month, so many of them acknowledged the next day."""
    rows = []
    for back, count in enumerate(reversed(counts)):
        month, done = month_text(MONTH - back), (acknowledged or counts)[-1 - back]
        rows += [
            {"service": "Oak", "kind": "complaint", "ref": f"C{back}-{number}",
             "received_on": f"{month}-03",
             "acknowledged_on": f"{month}-04" if number < done else None}
            for number in range(count)
        ]  # fmt: skip
    return rows


USUAL_COMPLAINTS = [4, 5, 3, 4, 6, 4, 5, 3, 4, 5, 4, 3, 5, 4, 6, 4, 3, 5, 4, 4]


def test_a_fired_concern_stands_before_everything_else() -> None:
    got = history(triage([*USUAL, 1]), feedback=complaints([*USUAL_COMPLAINTS, 4]))
    first, *_ = chosen(got)
    assert first.key == "triaged_in_time"
    assert first.title == "Triaged within 24 hours: worse than usual (below the lower limit)"


def test_two_concerns_stand_in_the_order_of_the_page() -> None:
    got = history(triage([*USUAL, 1]), feedback=complaints([*USUAL_COMPLAINTS, 30]))
    assert files(got)[:2] == ["triaged_in_time.png", "complaints.png"]


def test_a_service_s_concern_stands_before_an_improvement() -> None:
    noise = [38, 22, 30, 39, 21, 31, 38, 24, 29, 37, 22, 33, 39, 20, 30, 36, 24, 31, 38, 23, 32]
    better = [3, 2, 3, 4, 3, 2, 3, 3, 4, 2, 3, 3, 2, 4, 3, 2, 3, 3, 4, 3, 9]
    got = history(
        triage([*USUAL, 2]),
        triage(noise, of=40, service="Ash"),
        feedback=complaints([10] * 21, better),
    )
    one, two = chosen(got, "triaged_in_time", "acknowledged_in_time", most=2)
    assert (one.file, two.file) == ("triaged_in_time-service-2.png", "acknowledged_in_time.png")
    assert one.title.startswith("Triaged within 24 hours at Oak: worse than usual")
    assert two.title.endswith(": better than usual (above the upper limit)")


def test_the_name_of_a_service_is_in_no_file_name() -> None:
    got = history(triage([*USUAL, 2]), triage([*USUAL, 9], service="Ash"))
    assert [file for file in files(got, most=9) if "Oak" in file or "oak" in file] == []


def test_a_missed_target_stands_before_what_has_none() -> None:
    # Triage is always about 60%: within its usual range, which lies below the target of 95%.
    low = [6, 5, 6, 7, 6, 5, 6, 6, 7, 5, 6, 6, 5, 7, 6, 5, 6, 6, 7, 6, 6]
    assert files(history(triage(low)))[0] == "triaged_in_time.png"


def test_an_improvement_stands_before_a_missed_target() -> None:
    # Triage misses its target of 95% as ever; nine of ten complaints were acknowledged for once.
    low = [6, 5, 6, 7, 6, 5, 6, 6, 7, 5, 6, 6, 5, 7, 6, 5, 6, 6, 7, 6, 6]
    better = [3, 2, 3, 4, 3, 2, 3, 3, 4, 2, 3, 3, 2, 4, 3, 2, 3, 3, 4, 3, 9]
    got = history(triage(low), feedback=complaints([10] * 21, better))
    first, second = chosen(got, "triaged_in_time", "acknowledged_in_time", most=2)
    assert first.title.startswith("Complaints acknowledged in 3 working days: better than usual")
    assert second.file == "triaged_in_time.png"


def test_charts_are_few_and_the_choice_is_stable() -> None:
    got = history(triage([*USUAL, 1]), feedback=complaints([*USUAL_COMPLAINTS, 4]))
    every = files(got, most=9)
    assert files(got, most=2) == every[:2]
    again = history(
        list(reversed(triage([*USUAL, 1]))), feedback=complaints([*USUAL_COMPLAINTS, 4])
    )
    assert files(again, most=9) == every


def test_a_metric_without_a_figure_this_month_has_no_chart() -> None:
    assert "complaints.png" not in files(history(triage(USUAL)), most=9)


def test_five_points_are_no_chart() -> None:
    assert files(history(triage([9, 8, 9, 10, 9]))) == []
    assert "triaged_in_time.png" in files(history(triage([9, 8, 9, 10, 9, 8])))


def test_fewer_than_thirteen_points_have_no_limits() -> None:
    (chart,) = chosen(history(triage(USUAL[:12])), "triaged_in_time")
    assert chart.note == "Run chart, median: 12 points, limits need 13"
    assert chart.kind == "run"
    # Three shares of 8, seven of 9 and two of 10: the two in the middle are 9 of 10.
    assert set(chart.centre) == {0.9}
    assert set(chart.lower) == set(chart.upper) == {None}
    assert set(chart.meanings) == {"too few points"}


def test_at_most_two_years_are_drawn() -> None:
    chart = chosen(history(triage([*USUAL, *USUAL])), "triaged_in_time")[0]
    assert len(chart.months) == len(chart.values) == MOST_POINTS == 24
    assert (chart.months[0], chart.months[-1]) == ("Nov 24", "Oct 26")


def test_the_alt_text_says_what_the_chart_says() -> None:
    # The mean of all 21 months: (179 + 1) of 210 = 86%.
    chart = chosen(history(triage([*USUAL, 1])), "triaged_in_time")[0]
    assert chart.alt.startswith("Line chart of Triaged within 24 hours, Feb 25 to Oct 26.")
    assert "worse than usual (below the lower limit)" in chart.alt
    assert "Latest: 10%; average 86%, limits " in chart.alt
    assert chart.alt.endswith("; target 95%.")


# What is plotted, and why


def drawn(got: Got, key: str) -> ChartSpec:
    return chosen(got, key)[0]


def test_the_chart_says_its_kind_and_why() -> None:
    few, many = (drawn(history(triage(USUAL, of=of)), "triaged_in_time") for of in (11, 12))
    assert (few.kind, many.kind) == ("xmr", "pp")
    assert few.note == (
        "Process behaviour chart (XmR): only 11.0 due a month on average: read with care"
    )
    assert many.note == "P′ chart: shares of 12 due a month on average"


def test_the_signal_is_told_with_when_it_began() -> None:
    # The mean of 26 months is (179 + 45) / 26 = 8.6 of 10: below it from May on.
    months = [*USUAL, 7, 8, 7, 8, 7, 8]
    chart = drawn(history(triage(months)), "triaged_in_time")
    assert chart.signal == "6 below the mean since May 26"
    assert chart.title.endswith("worse than usual (6 months in a row below the average)")


RARE = [1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1]


def test_a_rare_event_has_a_point_each_time_it_happened() -> None:
    # Complaints in Feb, May, Aug and Dec 2025 and so on: 2, 2, 3, 2, 3 and 2 months without.
    chart = drawn(history(triage([*USUAL, 9]), feedback=complaints(RARE)), "complaints")
    assert chart.values == (2, 2, 3, 2, 3, 2)
    assert chart.months == ("May 25", "Aug 25", "Dec 25", "Mar 26", "Jul 26", "Oct 26")
    assert chart.subtitle == (
        "Complaints, months without one before each month with one, all services"
    )
    assert chart.note.startswith("Run chart, median: 14 of 21 months are zero, only 6 gaps")
    assert (chart.unit, chart.target) == ("months", None)
    assert chart.alt.endswith("Latest: 2; median 2.")


def test_limits_begin_anew_with_the_reason_under_the_chart() -> None:
    better = [3, 2, 3, 4, 3, 2, 3, 3, 4, 3, 2, 3, 3, *USUAL]
    setting = Rebase("triaged_in_time", "All", MONTH - 19, "New triage rota")
    rows = triage(better)
    chart = drawn(measured("2026-10", rebase=(setting,), incidents=rows), "triaged_in_time")
    assert chart.note.endswith("; anew from March 2025: New triage rota")
    assert chart.phases == ((4, "New triage rota"),)  # of the 24 months drawn, from Nov 24
    # 38 of 130 before, 179 of 200 since.
    assert chart.centre[3:5] == pytest.approx((38 / 130, 179 / 200))
    assert chart.title.endswith("within its usual range")


def test_where_all_services_show_a_signal_no_single_one_takes_a_place() -> None:
    # Ash improves so much that all together do, while Oak alone worsens.
    got = history(
        triage([*[20] * 20, 40], of=40, service="Ash"), triage([*USUAL, 3]),
    )  # fmt: skip
    assert files(got, "triaged_in_time", most=9) == ["triaged_in_time.png"]


# One source: the page, the table of measures and the charts say the same


def test_the_page_the_table_and_the_chart_agree() -> None:
    due = [14, 15, 13, 16, 14, 15, 17, 14, 13, 15, 16, 14, 15, 13, 14, 16, 15, 14, 13, 15, 20]
    got = history(
        triage([*[12] * 20, 3], of=due),
        triage([*USUAL, 9], service="Ash"),
        feedback=complaints(RARE),
    )
    table = measures_table(got.measures)
    for metric in load_metrics().values():
        line = got.measures.position(metric.key)
        assert line is not None
        own = table[(table["metric"] == metric.key) & (table["service"] == "All")].iloc[-1]
        if own["value"] != own["value"]:
            continue
        assert own["variation"] == read_last_point(got.measures.charts, line).meaning or (
            metric.kind in ("median_days", "days")
        )
        for chart in chosen(got, metric.key, most=1):
            if chart.file != f"{metric.key}.png" or chart.unit == "months":
                continue
            assert chart.meanings[-1] == own["variation"]
            for name in ("centre", "lower", "upper"):
                assert getattr(chart, name)[-1] == pytest.approx(own[name]) or (
                    getattr(chart, name)[-1] is None and np.isnan(own[name])
                )
