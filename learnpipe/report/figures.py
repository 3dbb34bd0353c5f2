"""Figures as they are printed: values with their units, counts, targets, words for variation."""

from __future__ import annotations

from learnpipe.ground.measurements import Measurement
from learnpipe.ground.terms import percent


def value_text(kind: str, value: float | None) -> str:
    """A value as printed: a whole percentage, a count, a rate to one decimal, whole days.

    >>> value_text("share", 0.825), value_text("rate", 4.26), value_text("median_days", 12.0)
    ('83%', '4.3', '12 days')
    """
    if value is None:
        return ""
    if kind == "share":
        return percent(value)
    if kind == "rate":
        return f"{value:.1f}"
    if kind in ("median_days", "days"):
        return f"{value:,.0f} day{'' if value == 1 else 's'}"
    return f"{value:,.0f}"


def interval_text(kind: str, low: float | None, high: float | None) -> str:
    """The 95 % interval of a value as printed; a limit that is not known is said to be so.

    >>> interval_text("share", 0.49, 0.943), interval_text("median_days", 5.0, None)
    ('49% to 94%', '5 days to no upper limit')
    """
    if low is None and high is None:
        return ""
    bottom = value_text(kind, low) if low is not None else "no lower limit"
    return f"{bottom} to {value_text(kind, high) if high is not None else 'no upper limit'}"


def counts_text(kind: str, one: Measurement, better: str) -> str:
    """Met of due, as printed beside a value; empty for a plain count.

    A lower-is-better share is of those for which there is evidence.
    """
    if one.due is None or one.met is None or kind == "count":
        return ""
    due = one.due
    if kind == "share" and better == "lower":
        due -= one.no_evidence or 0
    if kind == "median_days":
        return f"{one.met:,.0f} of {due:,.0f}"
    if kind == "rate":
        return f"{one.met:,.0f} in {due:,.0f}"
    return f"{one.met:,.0f} of {due:,.0f}"


def target_text(kind: str, target: float | None, better: str) -> str:
    """A target as printed, with its direction."""
    if target is None:
        return ""
    return f"{'≤' if better == 'lower' else '≥'} {value_text(kind, target)}"


LONGER_GAP = "longer_gap_low"
"""The signal of a chart of rare events: the gap before the last one was long, so they are fewer."""

_VARIATION = {
    "common": "Usual range",
    "improvement": "Improvement",
    "concern": "Concern",
    "high": "High",
    "low": "Low",
    "too few points": "Too few points",
    "": "",
}


def variation_text(meaning: str, signal: str | None) -> str:
    """The words beside the variation icon: what it means, and on which side.

    >>> variation_text("concern", "shift_low"), variation_text("common", None)
    ('Concern: low', 'Usual range')
    """
    words = _VARIATION[meaning]
    if meaning in ("improvement", "concern") and signal:
        side = "high" if signal.endswith(("_high", "_up")) else "low"
        return f"{words}: {side}"
    return words


def reason_text(signal: str | None, run: int) -> str:
    """Which rule fired, in plain words; ``run`` is how many points in a row it lasts.

    >>> reason_text("shift_low", 8), reason_text("outside_high", 1), reason_text(None, 0)
    ('8 months in a row below the average', 'above the upper limit', '')
    """
    if signal is None:
        return ""
    if signal == LONGER_GAP:
        return "longer without one than usual"
    if signal.startswith("outside"):
        return "above the upper limit" if signal.endswith("high") else "below the lower limit"
    if signal.startswith("shift"):
        side = "above" if signal.endswith("high") else "below"
        return f"{run} months in a row {side} the average"
    if signal.startswith("trend"):
        return "rising month by month" if signal.endswith("up") else "falling month by month"
    return f"two of three months near the {'upper' if signal.endswith('high') else 'lower'} limit"
