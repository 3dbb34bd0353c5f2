"""Words in pictures: none over another, none off the picture, none read as mathematics."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
import typical_charts as typical
from hypothesis import example, given, settings
from hypothesis import strategies as st

from learnpipe.report import theme
from learnpipe.report.pictures.paint_canvas import MISSING, Canvas, drawable, fit, width
from learnpipe.report.pictures.paint_charts import draw_chart
from learnpipe.report.shapes import ChartSpec

SIZES = [
    theme.CHART_SIZE, typical.SLOT, (210.0, 90.0), (200.0, 58.0), (95.0, 84.0), (68.0, 58.0),
]  # fmt: skip
TOUCH = 0.7
"""Points by which the boxes of letters may reach into each other: the air above a line of text."""
ALL_AT_THE_TOP = replace(
    typical.CONCERN, values=(0.1, *(0.96,) * 23), centre=(0.96,) * 24, target=0.96,
    subtitle="W" * 60,
)  # fmt: skip
ANEW_AT_THE_END = replace(ALL_AT_THE_TOP, target=None, phases=((23, "0000"),))
Box = tuple[float, float, float, float]

texts = st.text(max_size=90) | st.sampled_from(
    ["Falls at night: worse than usual (below the lower limit)", "$x^2$_a {b} \\frac{", "W" * 60]
)


def boxes(canvas: Canvas) -> list[tuple[str, Box]]:
    """Every text of a picture with the points it takes: left, bottom, right, top."""
    return [(text.text, text.box) for text in canvas.texts]


def overlap(one: Box, other: Box) -> bool:
    return (
        one[0] + TOUCH < other[2]
        and other[0] + TOUCH < one[2]
        and one[1] + TOUCH < other[3]
        and other[1] + TOUCH < one[3]
    )


@st.composite
def charts(draw: st.DrawFn) -> ChartSpec:
    """Charts of all lengths, levels and meanings, with gaps, phases and any words."""
    count = draw(st.integers(1, 40))
    percent = draw(st.booleans())
    top = 1.0 if percent else draw(st.sampled_from([0.003, 1.0, 40.0, 5e6]))
    number = st.floats(0, 1).map(lambda share: share * top)
    values = draw(st.lists(st.none() | number, min_size=count, max_size=count))
    limits = draw(st.booleans())
    centre, lower, upper = sorted((draw(number), draw(number), draw(number)))
    lower, centre = centre, lower
    level = [(n,) * count if limits else (None,) * count for n in (centre, lower, upper)]
    meaning = st.sampled_from(["common", "concern", "improvement", "high", "low", "too few points"])
    start = draw(st.integers(0, count))
    return typical.chart(
        values, percent=percent, centre=level[0], lower=level[1], upper=level[2],
        meanings=tuple(draw(st.lists(meaning, min_size=count, max_size=count))),
        target=draw(st.none() | number), title=draw(texts), subtitle=draw(texts),
        note=draw(texts), signal=draw(st.just("") | st.just("7 below the mean since Mar 26")),
        phases=((start, draw(texts)),) if start < count else (),
        kind=draw(st.sampled_from(["xmr", "pp", "g", "run"])),
    )  # fmt: skip


@settings(max_examples=40)
@given(charts(), st.sampled_from(SIZES))
@example(typical.CONCERN, theme.CHART_SIZE)
@example(typical.REBASED, theme.CHART_SIZE)
@example(typical.FEW, (68.0, 58.0))
@example(typical.CONCERN, (200.0, 58.0))
@example(ALL_AT_THE_TOP, theme.CHART_SIZE)
@example(ANEW_AT_THE_END, (210.0, 90.0))
def test_no_text_lies_over_another_or_leaves_the_picture(
    spec: ChartSpec, size: tuple[float, float]
) -> None:
    canvas = draw_chart(spec, size)
    placed = boxes(canvas)
    for text, (left, bottom, right, top) in placed:
        assert left >= -TOUCH and bottom >= -TOUCH, text
        assert right <= size[0] + TOUCH and top <= size[1] + TOUCH, text
    for (text, one), (other_text, other) in combinations(placed, 2):
        assert not overlap(one, other), (text, other_text)


@pytest.mark.parametrize("name", [n for n, (_, _, p) in typical.TYPICAL.items() if p.name != ""])
def test_typical_pictures_have_no_text_over_another(name: str) -> None:
    placed = boxes(draw_chart(*typical.TYPICAL[name]))
    assert [pair for pair in combinations(placed, 2) if overlap(pair[0][1], pair[1][1])] == []


def shown(spec: ChartSpec, size: tuple[float, float] = theme.CHART_SIZE) -> list[str]:
    return [text for text, _ in boxes(draw_chart(spec, size))]


def test_text_from_logs_is_never_mathematics() -> None:
    assert "Costs $ and x_1^2 {in} \\frac: as usual" in shown(typical.GAPPED)
    assert "A $x^2$ b" in shown(replace(typical.GAPPED, subtitle="A $x^2$ b"))


def test_what_the_font_does_not_have_stands_as_a_box() -> None:
    assert drawable("Zoë ≥ 5\n漢") == f"Zoë ≥ 5 {MISSING}"


def test_a_line_is_cut_at_its_width() -> None:
    assert fit("one two three", width("one two…") + 0.1) == ["one two…"]
    assert fit("one two three", width("one two") + 0.1, lines=2) == ["one two", "three"]


def test_the_month_says_its_value_and_what_it_means() -> None:
    assert {"70%", "concern", "mean 91%", "target 95%"} <= set(shown(typical.CONCERN))
    assert {"90%", "usual range"} <= set(shown(typical.chart(typical.SHARES)))


def test_what_fired_stands_beside_its_points_but_not_in_a_narrow_picture() -> None:
    assert "6 below the mean since May 26" in shown(typical.CONCERN)
    assert "6 below the mean since May 26" not in shown(typical.CONCERN, typical.SLOT)


def test_the_unit_stands_under_the_title_even_where_there_is_little_room() -> None:
    assert "of those due" in shown(typical.CONCERN, typical.SLOT)
    assert "Triaged within 24 hours, of those due, all services, by month" in shown(typical.CONCERN)


def test_run_and_g_charts_name_their_median() -> None:
    assert "median 91%" in shown(typical.RUN)
    assert "median 2.5" in shown(typical.RARE)


def test_where_limits_begin_anew_the_reason_stands() -> None:
    assert "Nov 25: a deputy on each shift" in shown(typical.REBASED)


def test_too_few_points_are_shown_as_numbers() -> None:
    texts = shown(typical.FEW, (210.0, 110.0))
    assert texts[-6:] == ["Jul 26", "90%", "Sep 26", "75%", "Oct 26", "100%"]
    assert "Fewer than 6 points: numbers only" in texts


def test_the_kind_of_chart_is_shortened_to_its_name_where_it_does_not_fit() -> None:
    assert "P′ chart" in shown(typical.CONCERN, typical.SLOT)
    assert "P′ chart: shares of 28 due a month on average" in shown(typical.CONCERN)


def test_nothing_is_smaller_than_8_points() -> None:
    for spec, size, palette in typical.TYPICAL.values():
        assert all(text.size >= 8 for text in draw_chart(spec, size, palette).texts)
