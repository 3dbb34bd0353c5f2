"""Which charts stand on the page: what matters most first, and the same choice each time."""

from __future__ import annotations

from histories import MONTH, USUAL, history, triage

from learnpipe.ground.calendar import month_text
from learnpipe.measure import load_metrics
from learnpipe.report.charts import MOST_POINTS, choose_charts
from learnpipe.report.shapes import ChartSpec
from tests.builders import Got, Row

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
    chart = next(one for one in chosen(history(triage(USUAL[:12]))) if one.percent)
    assert chart.note == "Fewer than 13 points: no limits are drawn"
    assert set(chart.centre) == set(chart.lower) == set(chart.upper) == {None}


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
