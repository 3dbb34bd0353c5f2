"""What a report says, as pure data: text and numbers, nothing of how it is painted.

A golden test compares these; painters (workbook, pictures, later PDF and note) only read them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Variation = Literal["common", "improvement", "concern", "high", "low", "too few points", ""]


@dataclass(frozen=True)
class MetricRow:
    """One row of the page: a metric of all services in the report's month.

    ``counts``: "23 of 27" or "". ``value``, ``last_value``, ``target``: as printed ("85%",
    "3.2", "12 days"), "" when there is none. ``last_note``: "restated, was 82%" or "".
    ``spark``: the last 12 months, None for a gap. ``variation`` and ``variation_words``
    ("Concern: high"), ``assurance`` ("met", "missed", "hit and miss" or "") for the icons.
    ``sentence`` is what stands beside it; ``drafted`` when it is ours and not the provider's.
    ``why_blank`` is the reason when there is no value.
    """

    key: str
    family: str
    title: str
    counts: str
    value: str
    last_value: str
    last_note: str
    spark: tuple[float | None, ...]
    target: str
    variation: Variation
    variation_words: str
    assurance: str
    sentence: str
    drafted: bool
    why_blank: str = ""


@dataclass(frozen=True)
class Matrix:
    """A small table of the page: a title, column headings and labelled rows of short texts.

    ``note`` stands under it in small print.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class ChartSpec:
    """One chart: a series of months with its limits.

    ``title`` says the finding ("Triage in 24 hours: worse than usual since July"), ``subtitle``
    what is plotted, ``note`` the kind of chart and why. ``months`` are labels ("Oct 26");
    ``values``, ``centre``, ``lower``, ``upper`` one number a month, None where there is none.
    ``meanings`` one word a month (see `Variation`). ``percent``: values are shares, drawn as
    percentages. ``alt`` is the text for those who cannot see it. ``file``: the picture's name
    without folder, such as "triaged_in_time.png".

    ``kind``: "xmr", "pp" or "up" (limits about a mean), "g" (one point a month with an event: the
    months without one before it; limits about a median), "t" (one point an event: the days since
    the one before it; limits about a mean) or "run" (a median and no limits).
    ``phases``: where limits begin anew, as (position in ``months``, the reason given for it).
    ``signal``: what fired at the last point, short, for the picture ("7 below the mean since
    Mar 26"), else "".
    """

    key: str
    title: str
    subtitle: str
    note: str
    months: tuple[str, ...]
    values: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    meanings: tuple[str, ...]
    target: float | None
    percent: bool
    unit: str
    alt: str
    file: str
    kind: str = "xmr"
    phases: tuple[tuple[int, str], ...] = ()
    signal: str = ""


@dataclass(frozen=True)
class Page:
    """The one page: band, rows by family, tier compliance, evidence trail, charts, foot."""

    provider: str
    month: str
    band: tuple[tuple[str, str], ...]
    rows: tuple[MetricRow, ...]
    tiers: Matrix
    trail: Matrix
    charts: tuple[ChartSpec, ...]
    foot: tuple[str, ...]


ColumnKind = Literal["text", "long text", "whole", "number", "share", "date", "month", "figure"]
"""A *figure* is printed already, such as a bound: a text that stands on the right."""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: heading, kind of its cells, width in characters."""

    title: str
    kind: ColumnKind = "text"
    width: float = 12.0


@dataclass(frozen=True)
class Sheet:
    """A sheet behind the page: one table with one header row, and what it is, in a sentence.

    Cells: text, number, date or None. ``empty`` says why there are no rows.
    """

    name: str
    title: str
    intro: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())
    empty: str = "Nothing to show"


Cell = str | int | float | dt.date | dt.datetime | None
