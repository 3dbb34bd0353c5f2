"""Where a change came from: parts by service, category and theme that add up to the whole."""

from __future__ import annotations

import numpy as np
import pytest
from histories import MONTH, USUAL, history, triage
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe.ground.calendar import month_text
from learnpipe.measure import load_metrics
from learnpipe.report.page.why import by_label, by_service, cause
from tests.builders import Got, Row, measured

METRICS = load_metrics()
SPLIT = ("incidents", "incident_rate", "harm_rate", "triaged_in_time", "complaints", "verified")


@st.composite
def logs(draw: st.DrawFn) -> dict[str, list[Row]]:
    """Half a year of three services: signals with and without harm, theme and triage; the rest."""
    incidents: list[Row] = []
    feedback: list[Row] = []
    actions: list[Row] = []
    activity: list[Row] = []
    for service in ("Ash", "Elm", "Oak"):
        for month in (month_text(MONTH - back) for back in range(6)):
            activity.append({"service": service, "month": f"{month}-01", "bed_days": 300})
            for _ in range(draw(st.integers(0, 3))):
                triaged = draw(st.sampled_from(["04 12:00", "09 12:00"]))
                incidents.append(
                    {"service": service, "occurred_at": f"{month}-04 10:00",
                     "triaged_at": f"{month}-{triaged}",
                     "severity": draw(st.sampled_from(["none", "low", "moderate", None])),
                     "category": draw(st.sampled_from(["Falls", "Medicines", None])),
                     "theme": draw(st.sampled_from(["Falls at night", None]))}
                )  # fmt: skip
            if draw(st.booleans()):
                feedback.append({"service": service, "kind": "complaint", "theme": "Food",
                                 "received_on": f"{month}-05"})  # fmt: skip
                actions.append({"service": service, "action": "Do", "theme": "Food",
                                "raised_on": "2026-01-02", "completed_on": f"{month}-01",
                                "verify_by": draw(st.sampled_from(["re-audit", None])),
                                "verified_on": f"{month}-06"})  # fmt: skip
    incidents.append({"service": "Oak", "occurred_at": "2026-05-01 09:00", "severity": "low"})
    out = {"incidents": incidents, "activity": activity, "feedback": feedback, "actions": actions}
    return {name: rows for name, rows in out.items() if rows}


def whole(got: Got, key: str) -> float | None:
    """The month's figure less the mean of the months before, straight from the measures."""
    line = got.measures.position(key)
    assert line is not None
    met, due, value = (getattr(got.measures, name)[line] for name in ("met", "due", "value"))
    before = np.flatnonzero(~np.isnan(value[:-1]))
    if np.isnan(value[-1]) or len(before) < 3:
        return None
    if METRICS[key].kind == "count":
        return float(met[-1] - met[before].mean())
    known = due - (got.measures.no_evidence[line] if METRICS[key].better == "lower" else 0)
    return float(met[-1] / known[-1] - met[before].sum() / known[before].sum())


@settings(max_examples=20)
@given(logs())
def test_parts_add_up_to_the_whole(rows: dict[str, list[Row]]) -> None:
    got = measured("2026-10", **rows)
    for key in SPLIT:
        difference = whole(got, key)
        parts = by_service(METRICS[key], got.measures, MONTH)
        if difference is None or parts is None:
            assert difference is None and parts is None
            continue
        assert sum(part.adds for part in parts) == pytest.approx(difference)
        for breakdown in ("category", "theme"):
            labels = by_label(METRICS[key], got.measures, MONTH, breakdown)
            if labels is None:
                continue
            assert sum(part.adds for part in labels) == pytest.approx(difference)
            for at, part in enumerate(parts):
                own = by_label(METRICS[key], got.measures, MONTH, breakdown, at)
                assert own is not None
                assert sum(one.adds for one in own) == pytest.approx(part.adds)


def test_a_count_s_parts_by_hand() -> None:
    # Oak: 10 a month, now 16 (+6); Ash: 4 a month, now 3 (-1). Together 14, now 19 (+5).
    got = history(
        triage([5] * 13, of=[10] * 12 + [16]), triage([2] * 13, of=[4] * 12 + [3], service="Ash")
    )
    parts = by_service(METRICS["incidents"], got.measures, MONTH)
    assert parts is not None
    assert [(part.name, part.met, part.usual, part.adds) for part in parts] == [
        ("Ash", 3, 4, -1),
        ("Oak", 16, 10, 6),
    ]


def test_a_share_s_parts_by_hand() -> None:
    # Oak 9 of 10, now 4 of 10; Ash always 3 of 10. Together 12 of 20 (60%), now 7 of 20 (35%).
    # Oak: (4 - 6)/20 - (9 - 6)/20 = -25 points; Ash: (3 - 6)/20 - (3 - 6)/20 = 0.
    got = history(triage([9] * 12 + [4]), triage([3] * 13, service="Ash"))
    parts = by_service(METRICS["triaged_in_time"], got.measures, MONTH)
    assert parts is not None
    assert [(part.name, round(part.adds, 6)) for part in parts] == [("Ash", 0.0), ("Oak", -0.25)]


@pytest.mark.parametrize(
    ("theme", "category", "named"),
    [("Falls at night", "Falls", "Falls at night"), (None, "Falls", "Falls"), (None, None, None)],
)
def test_the_theme_is_named_else_the_category_else_nothing(
    theme: str | None, category: str | None, named: str | None
) -> None:
    rows = triage([5] * 13, of=[10] * 12 + [30])
    usual = [{**row, "category": "Other"} for row in rows[30:]]
    new = [{**row, "theme": theme, "category": category} for row in rows[:30]]
    got = history(usual, new)
    found = cause(METRICS["incidents"], got.measures, MONTH, upwards=True)
    assert (found.label if found else None) == named


def test_a_month_that_moved_the_other_way_has_no_cause() -> None:
    got = history(triage([*USUAL, 1]), triage([9] * 21, service="Ash"))
    metric = METRICS["triaged_in_time"]
    assert cause(metric, got.measures, MONTH, upwards=True) is None
    assert cause(metric, got.measures, MONTH, upwards=False) is not None


def test_medians_have_no_parts() -> None:
    assert by_service(METRICS["days_to_close"], history(triage(USUAL)).measures, MONTH) is None
