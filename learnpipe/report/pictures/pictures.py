"""Pictures beside the charts of months, as pure data: themes by size, changes before and after.

What the log calls a theme is free text: the names of known people are taken out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, isnan
from typing import TYPE_CHECKING

from learnpipe.ground.frames import counted_in_order, each_row
from learnpipe.ground.terms import VERDICTS, counted, percent
from learnpipe.report.pictures.icons import Icon
from learnpipe.report.shapes import ChartSpec

if TYPE_CHECKING:
    import pandas as pd

MOST_BARS, MOST_CHANGES = 8, 8
DAYS = 30.0
"""Rates before and since a change are for so many days."""
HALF = 0.5
_TOLD = {"held": "held", "worse": "got worse", "came back": "came back",
         "no clear change": "no clear change", "too few to tell": "too few to tell"}  # fmt: skip


@dataclass(frozen=True)
class Breakdown:
    """Parts of a whole, the largest first: (name, count); ``rest`` is what the smaller add up to.

    ``vital``: so many of the bars make up half of the whole; 0 where all of them do not.
    """

    title: str
    subtitle: str
    note: str
    bars: tuple[tuple[str, int], ...]
    rest: tuple[str, int] | None
    vital: int
    alt: str
    file: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return 360.0, 62.0 + 17.0 * (len(self.bars) + (self.rest is not None))


@dataclass(frozen=True)
class Change:
    """One verified change: what, where; signals a month before and since; in words; verdict."""

    label: str
    told: str
    before: float
    after: float
    verdict: str


@dataclass(frozen=True)
class BeforeAfter:
    """Verified changes with the rate of signals before and since each."""

    title: str
    subtitle: str
    note: str
    changes: tuple[Change, ...]
    alt: str
    file: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return 450.0, 84.0 + 24.0 * len(self.changes)


Picture = ChartSpec | Breakdown | BeforeAfter | Icon


def pictures_beside(
    themes: pd.DataFrame, held: pd.DataFrame, masked: Callable[[str], str]
) -> dict[str, Breakdown | BeforeAfter]:
    """The pictures that stand beside sheets, by the sheet's name, as far as there is anything."""
    found = {"Themes": theme_picture(themes, masked), "Did it hold": held_picture(held, masked)}
    return {sheet: picture for sheet, picture in found.items() if picture}


def theme_picture(
    themes: pd.DataFrame, masked: Callable[[str], str], untold: int = 0
) -> Breakdown | None:
    """The themes of the last twelve months by their signals, over all services; None without any.

    ``themes``: a row a theme and service with `theme` and `last_12_months`. ``untold``: signals of
    further themes that may not be told one by one; they are no theme, but part of the whole.
    """
    counts = themes.groupby("theme")["last_12_months"].sum()
    counts = counts[counts > 0].sort_index().sort_values(ascending=False, kind="stable")
    if counts.empty:
        return None
    whole = int(counts.sum()) + untold
    shown = MOST_BARS if len(counts) != MOST_BARS + 1 or untold else MOST_BARS + 1
    bars = tuple((masked(str(name)), int(n)) for name, n in counts.head(shown).items())
    others = len(counts) - len(bars)
    left = whole - sum(n for _, n in bars)
    rest = "Other themes" if untold else counted(others, "other theme")
    reached = (counts.cumsum() / whole).to_list()
    vital = next((at for at, share in enumerate(reached, 1) if share >= HALF), 0)
    if vital:
        of = "" if untold else f" of {len(counts)}"
        some = "One theme makes" if vital == 1 else f"{vital}{of} themes make"
    else:
        some = "The largest theme makes"
    share = percent(reached[max(vital, 1) - 1])
    title = f"{some} up {share} of the last twelve months' signals"
    listed = "; ".join(f"{name} {n} ({percent(n / whole)})" for name, n in bars)
    return Breakdown(
        title=title,
        subtitle="Signals in the last twelve months, all services; share, and share so far",
        note=f"{'Darker: the themes that make up half. ' if vital else ''}Theme, else category.",
        bars=bars,
        rest=(rest, left) if left else None,
        vital=vital,
        alt=f"Bar chart of themes by size. {title}. {listed}."
        + (f" {rest}: {left}." if left else ""),
        file="themes.png",
    )


def held_picture(held: pd.DataFrame, masked: Callable[[str], str]) -> BeforeAfter | None:
    """The latest verified changes that are old enough to judge; None where there is none.

    ``held``: a row a verified change, the latest last. They are the latest, whatever became of
    them: no choice of those that went well. The title counts all.
    """
    judged = held[held["verdict"].isin(list(_TOLD))]
    if judged.empty:
        return None
    tally = counted_in_order(judged["verdict"], VERDICTS)
    told = ", ".join(f"{number} {_TOLD[verdict]}" for verdict, number in tally.items())
    changes = tuple(
        Change(
            label=f"{masked(str(row.theme))}, {row.service}",
            told=_told(row),
            before=_rate(row.before, row.before_days),
            after=_rate(row.after, row.after_days),
            verdict=row.verdict,
        )
        for row in each_row(judged.iloc[::-1].head(MOST_CHANGES))
    )
    title = f"{counted(len(judged), 'verified change')}: {told}"
    lines = "; ".join(f"{one.label}: {one.told}, {_TOLD[one.verdict]}" for one in changes)
    return BeforeAfter(
        title=title,
        subtitle=f"Signals of the theme in {DAYS:.0f} days: ring before the change, filled since. "
        f"The latest {len(changes)}",
        note="Rate: 95% interval, since against before. "
        "Changes made after a cluster look better than they are.",
        changes=changes,
        alt=f"Before-and-after chart. {title}. The latest: {lines}.",
        file="did-it-hold.png",
    )


def _rate(number: int, days: int) -> float:
    return number / days * DAYS if days > 0 else 0.0


def _told(row: object) -> str:
    """Counts, days and the interval of one change in words."""
    get = row.__getattribute__
    counts = (
        f"{get('before')} in {counted(get('before_days'), 'day')} before, "
        f"{get('after')} in {get('after_days')} since"
    )
    if isnan(get("ratio")):
        return counts
    low, high = get("low"), get("high")
    times = f"{low:.2f} to {high:.2f} times" if isfinite(high) else f"{low:.2f} times or more"
    return f"{counts}; rate {times}"
