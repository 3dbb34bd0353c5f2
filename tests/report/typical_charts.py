"""Twelve typical pictures, as a board meets them: what each is of, and how large it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from learnpipe.report import theme
from learnpipe.report.page.picture_set import Picture
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown, Change
from learnpipe.report.shapes import ChartSpec
from learnpipe.report.theme import Palette

NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SHARES = (0.92, 0.88, 0.95, 0.9, 0.93, 0.86, 0.91, 0.94, 0.89, 0.92, 0.87, 0.93, 0.9, 0.95, 0.88,
          0.91, 0.89, 0.94, 0.9, 0.92, 0.86, 0.93, 0.91, 0.9)  # fmt: skip
PER_1000 = tuple(round(4 + 9 * (0.95 - share) + 20 * (0.91 - share), 2) for share in SHARES)
SLOT = (139.0, 160.0)


def months(count: int) -> tuple[str, ...]:
    """The last so many months up to October 2026."""
    return tuple(f"{NAMES[(n + 9) % 12]} {26 + (n + 9) // 12}" for n in range(1 - count, 1))


def chart(values: Sequence[float | None], **more: object) -> ChartSpec:
    """A chart of shares with level limits and nothing special, but for what is said."""
    count = len(values)
    usual = ChartSpec(
        key="triaged_in_time",
        title="Triaged within 24 hours: within its usual range",
        subtitle="Triaged within 24 hours, of those due, all services, by month",
        note="Process behaviour chart (XmR): under 12 due a month",
        months=months(count),
        values=tuple(values),
        centre=(0.908,) * count,
        lower=(0.80,) * count,
        upper=(1.0,) * count,
        meanings=("common",) * count,
        target=None,
        percent=True,
        unit="of those due",
        alt="A chart.",
        file="triaged_in_time.png",
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def stepped(centre: float, reach: float, dues: Sequence[int]) -> tuple[tuple[float, ...], ...]:
    """Lower and upper limits as far apart as the number due of each month makes them."""
    away = [reach / due**0.5 for due in dues]
    return (
        tuple(max(centre - n, 0.0) for n in away),
        tuple(min(centre + n, 1.0) for n in away),
    )


LOWER, UPPER = stepped(0.908, 0.45, [20 + (n * 7) % 19 for n in range(24)])
FALLEN = (*SHARES[:18], 0.82, 0.8, 0.78, 0.77, 0.74, 0.7)
CONCERN = chart(
    FALLEN,
    title="Triaged within 24 hours: worse than usual (below the lower limit)",
    note="P′ chart: shares of 28 due a month on average",
    kind="pp", lower=LOWER, upper=UPPER, target=0.95,
    meanings=("common",) * 18 + ("concern",) * 6, signal="6 below the mean since May 26",
)  # fmt: skip
IMPROVED = chart(
    tuple(share - 0.3 for share in FALLEN),
    title="Repeats within 90 days: better than usual (6 months in a row below the average)",
    subtitle="Repeats within 90 days, of signals, all services, by month", target=0.6,
    centre=(0.608,) * 24, lower=(0.5,) * 24, upper=(0.72,) * 24,
    meanings=("common",) * 18 + ("improvement",) * 6, signal="6 below the mean since May 26",
)  # fmt: skip
REBASED = chart(
    (*(n - 0.12 for n in SHARES[:12]), *SHARES[12:]),
    centre=(0.788,) * 12 + (0.908,) * 12, lower=(0.68,) * 12 + (0.82,) * 12,
    upper=(0.9,) * 12 + (1.0,) * 12, target=0.95,
    phases=((0, ""), (12, "Nov 25: a deputy on each shift")),
    meanings=("common",) * 24,
)  # fmt: skip
RATE = chart(
    (*PER_1000[:-1], 7.4), title="Falls: higher than usual (above the upper limit)",
    percent=False, kind="up", signal="above the upper limit",
    subtitle="Falls, per 1,000 bed-days, all services, by month", unit="per 1,000 bed-days",
    note="U′ chart: a rate per 1,000",
    centre=(4.4,) * 24, lower=tuple(2.2 + 0.2 * (n % 3) for n in range(24)),
    upper=tuple(6.6 - 0.2 * (n % 3) for n in range(24)),
    meanings=("common",) * 23 + ("high",),
)  # fmt: skip
RARE = chart(
    (1, 0, 3, 2, 0, 5, 1, 4, 2, 1, 6, 3, 9, 14), title="Severe harm: rarer than usual",
    subtitle="Months without one before each month with severe harm", percent=False, kind="g",
    note="G chart: over half of the months have none", unit="months between",
    centre=(2.5,) * 14, lower=(0.0,) * 14, upper=(12.2,) * 14,
    meanings=("common",) * 13 + ("improvement",), signal="above the upper limit",
)  # fmt: skip
RUN = chart(
    SHARES[:9], title="Triaged within 24 hours: too few months to judge", kind="run",
    note="Run chart: fewer than 13 points, so no limits", target=0.95,
    centre=(0.91,) * 9, lower=(None,) * 9, upper=(None,) * 9, meanings=("too few points",) * 9,
)  # fmt: skip
FEW = replace(
    RUN, months=months(4), values=(0.9, None, 0.75, 1.0), centre=(None,) * 4, lower=(None,) * 4,
    upper=(None,) * 4, meanings=("too few points",) * 4, note="Fewer than 6 points: numbers only",
)  # fmt: skip
GAPPED = replace(
    chart((*SHARES[:7], None, None, *SHARES[9:])), title="Costs $ and x_1^2 {in} \\frac: as usual"
)
THEMES = Breakdown(
    "3 of 14 themes make up 63% of the last twelve months' signals",
    "Signals in the last twelve months, all services; share, and share so far",
    "Darker: the themes that make up half. Theme, else category.",
    (("Falls at night", 60), ("Medicines: missed signature", 44), ("Late night escalation", 39),
     ("Distressed behaviour in the mornings on the first floor", 20), ("Call bell", 18)),
    ("9 other themes", 47), 3, "Bars.", "themes.png",
)  # fmt: skip
HELD = BeforeAfter(
    "31 verified changes: 4 held, 1 got worse, 20 no clear change, 6 too few to tell",
    "Signals of the theme in 30 days: ring before the change, filled since. The latest 3",
    "Rate: 95% interval, since against before.",
    (
        Change("Falls at night, Birch Lodge",
               "14 in 182 days before, 2 in 120 since; rate 0.02 to 0.93 times", 2.3, 0.5, "held"),
        Change("Hydration, Cairn View",
               "4 in 182 days before, 0 in 60 since; rate 0.00 to 4.60 times", 0.66, 0.0,
               "no clear change"),
        Change("Medicines: missed signature, Alder House",
               "4 in 182 days before, 6 in 63 since; rate 1.03 to 20.88 times", 0.66, 2.86,
               "worse"),
    ),
    "Rings and markers.", "did-it-hold.png",
)  # fmt: skip

TYPICAL: dict[str, tuple[Picture, tuple[float, float], Palette]] = {
    "common cause": (chart(SHARES), theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "concern": (CONCERN, theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "improvement": (IMPROVED, theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "limits begin anew": (REBASED, theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "rate": (RATE, theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "rare events": (RARE, theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "run chart": (RUN, theme.CHART_SIZE, theme.MAKING_DATA_COUNT),
    "numbers only": (FEW, (210.0, 110.0), theme.MAKING_DATA_COUNT),
    "on the page": (REBASED, SLOT, theme.MAKING_DATA_COUNT),
    "high contrast": (CONCERN, SLOT, theme.HIGH_CONTRAST),
    "themes": (THEMES, THEMES.size, theme.MAKING_DATA_COUNT),
    "did it hold": (HELD, HELD.size, theme.MAKING_DATA_COUNT),
}
