"""Made-up pages to paint: an ordinary one, the fullest, a first month, one and forty services."""

from __future__ import annotations

from dataclasses import replace

from learnpipe.report.shapes import (
    ChartSpec,
    Matrix,
    MetricRow,
    Page,
    Sheet,
    SheetColumn,
    Variation,
)

METRICS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("incidents", "Safety", "Incidents and near misses", "", "47", ""),
    ("harm_rate", "Safety", "Moderate harm or worse", "12", "3.5", ""),
    ("repeat_rate", "Safety", "Repeats within 90 days", "6 of 47", "13%", "≤ 10%"),
    ("incident_rate", "Safety", "Incident rate", "47", "13.8", ""),
    ("triaged_in_time", "Timeliness", "Triaged within 24 hours", "39 of 47", "83%", "95%"),
    ("reviewed_in_time", "Timeliness", "Reviewed on time", "18 of 22", "82%", "90%"),
    ("closed_in_time", "Actions", "Actions closed by their due date", "31 of 40", "78%", "85%"),
    ("verified", "Actions", "Verified by re-audit, sampling or observation", "12 of 30", "40%",
     "80%"),
    ("actions_overdue", "Actions", "Actions overdue", "", "14", "0"),
    ("closed_unverified", "Actions", "Closed but not verified", "", "18", "0"),
    ("days_to_close", "Actions", "Days to close an action", "40 of 65", "21 days", "28"),
    ("trail_complete", "Actions", "Evidence trail complete", "9 of 22", "41%", "80%"),
    ("acknowledged", "Experience", "Complaints acknowledged in 3 working days", "5 of 6", "83%",
     "100%"),
    ("responded", "Experience", "Complaints answered in 28 days", "4 of 4", "100%", "90%"),
    ("compliments", "Experience", "Compliments", "", "23", ""),
    ("micro_training", "Learning", "Micro-training within 7 days", "7 of 9", "78%", "90%"),
    ("observations", "Learning", "Practice observations passed", "51 of 60", "85%", "90%"),
    ("supervision", "Learning", "Staff with reflective supervision", "88 of 120", "73%", "90%"),
)  # fmt: skip
STATES: tuple[tuple[Variation, str, str], ...] = (
    ("common", "Common cause", "hit and miss"),
    ("concern", "Concern: high", "missed"),
    ("improvement", "Improvement: low", "met"),
    ("high", "High", ""),
    ("too few points", "Too few points", ""),
)
SENTENCES = (
    "Two falls at night on Elm unit followed a rota change; the night plan is being rewritten.",
    "Higher because of Oak House (19 of 47) and medication; signal, not noise. Next due: MAR "
    "chart audit by the deputy manager, 12 November.",
    "No change beyond what is usual. Last month's step (huddle at handover) was done.",
    "Fewer repeats since the sensor mats came; keep going and check again in December.",
)
LONG = (
    "Rose because of The Old Rectory Nursing and Dementia Care Centre (21 of 47), mostly falls "
    "at night after the rota changed; sensor mats and hourly checks from 9 November."
)
SPARK = (0.8, 0.82, None, 0.79, 0.85, 0.9, 0.88, 0.86, 0.91, 0.83, 0.84, 0.82)
DUTIES = ("Triaged in 24 h", "Shared in huddle", "Micro-action", "Reviewed", "Signed off",
          "Debriefed", "Candour", "Multi-agency", "Verified")  # fmt: skip
RECORDS = ("Incident record", "Review", "Action log", "Plan / SOP", "Verification",
           "Learning note", "All it needs")  # fmt: skip
TIERS = ("Tier 0 near miss", "Tier 1 low harm", "Tier 2 moderate / repeat", "Tier 3 serious",
         "Tier 4 systemic")  # fmt: skip


def metric(index: int, sentence: str = "", drafted: bool = False) -> MetricRow:
    """The page's row number ``index``."""
    key, family, title, counts, value, target = METRICS[index]
    variation, words, assurance = STATES[index % len(STATES)]
    return MetricRow(
        key, family, title, counts, value, "80%", "restated, was 82%" if index % 4 == 2 else "",
        SPARK, target, variation, words, assurance if target else "",
        sentence or SENTENCES[index % len(SENTENCES)], drafted,
    )  # fmt: skip


def tiers() -> Matrix:
    """Tier compliance with all duties."""
    texts = ("39 of 47 (3 ?)", "–", "–", "18 of 22", "9 of 14", "2 of 2", "3 of 3", "–",
             "12 of 30 (18 ?)")  # fmt: skip
    return Matrix(
        "Tier compliance: met of those due",
        DUTIES,
        tuple((title, texts) for title in TIERS),
        "(n ?) = n of those due have no evidence in the logs; they count as not met. – = none due.",
    )


def trail() -> Matrix:
    """The evidence trail of the month's cases."""
    return Matrix(
        "Evidence trail: cases with each record, of those for which it fell due this month",
        RECORDS,
        (("Cases", tuple(f"{20 - at} of 22" for at in range(len(RECORDS)))),),
    )


def chart(index: int, months: int = 24) -> ChartSpec:
    """A chart of so many months, all meanings in it."""
    key, _, title, *_ = METRICS[index]
    values = tuple(
        0.82 + 0.03 * ((n * 7) % 5 - 2) - (0.1 if n > months - 4 else 0) for n in range(months)
    )
    meanings = ["common"] * months
    meanings[-3:] = ["concern"] * min(3, months)
    if months > 12:
        meanings[4:6] = ["improvement"] * 2
        meanings[8] = "high"
        limits = [0.83] * months, [0.70] * months, [0.96] * months
    else:
        meanings = ["too few points"] * months
        limits = [None] * months, [None] * months, [None] * months  # type: ignore[assignment]
    labels = tuple(
        f"{'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()[n % 12]} {24 + n // 12}"
        for n in range(10, 10 + months)
    )
    return ChartSpec(
        key, f"{title}: worse than usual since August", "Share by month of those due",
        "P′ chart: the mean due is 12 or more a month", labels, values,
        tuple(limits[0]), tuple(limits[1]), tuple(limits[2]), tuple(meanings), 0.95, True, "",
        f"Line chart of {title.lower()} over {months} months; the last is 73%.", f"{key}.png",
    )  # fmt: skip


def page(rows: int = 14, sentence: str = "", services: int = 3) -> Page:
    """A page of so many rows spread over the families."""
    keep = sorted(sorted(range(len(METRICS)), key=lambda n: (n % 4 == 3, n))[:rows])
    names = ", ".join(f"Service {n + 1}" for n in range(services))
    return Page(
        "Willow & Oak Care Ltd",
        "October 2026",
        (
            ("As at", "midnight at the end of 31 October 2026"),
            ("Services", f"{services} of {services}: {names}"),
            ("Logs supplied", "incidents, actions, feedback, training, observations, supervisions"),
        ),
        tuple(metric(n, sentence, drafted=n % 2 == 1) for n in keep),
        tiers(),
        trail(),
        tuple(chart(n) for n in (4, 2, 6, 7)),
        (
            "learnpipe 0.1.0, inputs 8f1c22ab90de. Names-free, small numbers not suppressed.",
            "Rows: 3,512 read, 3,301 used, 180 superseded, 31 set aside.",
            "Findings: 3 stop, 41 blank, 77 note. Files not included: 1 (march.xlsx, encrypted).",
            "How each figure is counted: sheet Definitions.",
        ),
    )


def first_month() -> Page:
    """A page on which nothing has a value yet, and of charts there are but a few points."""
    ordinary = page(14)
    blank = tuple(
        replace(
            row, counts="", value="", last_value="", last_note="", spark=(None,) * 12,
            variation="", variation_words="", assurance="", sentence="", drafted=False,
            why_blank="no actions log supplied",
        )
        for row in ordinary.rows
    )  # fmt: skip
    nothing = Matrix("Tier compliance: met, of those due", DUTIES, (), "Nothing due yet.")
    return replace(ordinary, rows=blank, tiers=nothing, charts=(chart(4, 3),))


def fullest() -> Page:
    """Eighteen rows, long sentences, long names, forty services."""
    return page(18, LONG, services=40)


def busy(long: int, short: int = 0) -> Page:
    """A month with tables of seven duties: so many rows of two lines, then so many of one."""
    ordinary = page(long + short)
    rows = tuple(
        replace(
            row, title="Falls", last_note="", counts="", target="", assurance="", drafted=False,
            sentence=LONG if at < long else "As usual.",
        )
        for at, row in enumerate(ordinary.rows)
    )  # fmt: skip
    texts = tuple((f"Tier {tier}", ("5 of 9",) * 7) for tier in range(5))
    note = "Of the duties due, 28 have no evidence in the logs and count as not met."
    tiers = Matrix(ordinary.tiers.title, DUTIES[:7], texts, f"{note} None due: candour.")
    return replace(ordinary, rows=rows, tiers=tiers)


def sheets() -> tuple[Sheet, ...]:
    """Sheets with every kind of cell, one of them empty."""
    import datetime as dt

    columns = (
        SheetColumn("Service", "text", 24),
        SheetColumn("What happened", "long text", 50),
        SheetColumn("Due", "whole", 8),
        SheetColumn("Share", "share", 8),
        SheetColumn("Rate", "number", 8),
        SheetColumn("On", "date", 12),
        SheetColumn("Month", "month", 10),
    )
    day = dt.date(2026, 10, 31)
    rows = (
        ("Oak House", "=cmd|' /C calc'!A0", 27, 0.85, 3.25, day, day),
        ("+44 20", "https://example.org/x", 0, None, None, None, None),
        ("007", "bell \x07 and lone \ud800", 1, 1.0, float("nan"), day, "Oct 2026"),
        ("long", "x" * 40_000, 1, 0.0, 0.0, dt.datetime(2026, 10, 31, 14, 30), day),
    )
    return (
        Sheet("All measures", "All measures", "Every measure of every service.", columns, rows),
        Sheet("Did it hold?", "Did it hold?", "Every verified change.", columns, ()),
    )
