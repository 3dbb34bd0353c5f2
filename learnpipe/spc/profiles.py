"""The houses' rules: every difference between one rule book and another is a field here."""

from __future__ import annotations

from dataclasses import dataclass, replace

D2 = 1.128
"""Mean moving range of two normal values in standard deviations (Montgomery, app. VI)."""

SCREEN = 3.267
"""Upper limit of a moving range in mean moving ranges, D4 for n = 2 (Nelson 1982)."""


@dataclass(frozen=True)
class Profile:
    """One rule book for a chart of individual values; lengths are numbers of points."""

    name: str
    k: float
    """Limits are the mean plus and minus k mean moving ranges."""
    screen: bool
    """Whether moving ranges of `SCREEN` times their mean or more are left out, once."""
    at_least: int
    """Points a phase needs before it has limits."""
    shift: int
    trend: int
    outside_counts: bool
    """Whether a point beyond the limits counts towards two of three."""
    improvement_wins: bool
    """Whether, of a point's several meanings, improvement comes first."""


MDC = Profile("mdc", 3 / D2, False, 13, 6, 6, outside_counts=True, improvement_wins=True)
"""NHS England, Making Data Count, as its spreadsheet tool counts."""

NHSR = Profile("nhsr", 2.66, True, 2, 7, 7, outside_counts=False, improvement_wins=False)
"""NHSRplotthedots 0.2.2."""

CHARTS = replace(MDC, name="chart", screen=True, at_least=2)
"""Limits as qicharts2 0.8.1 computes them with screening on, signals by the `mdc` rules."""

PROFILES = {"mdc": MDC, "nhsr": NHSR}
