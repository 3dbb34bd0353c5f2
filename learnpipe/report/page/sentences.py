"""The sentence beside each metric: the provider's own, else a draft from facts alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from learnpipe.ground.measurements import ALL, Measures, Metric
from learnpipe.ground.terms import percent
from learnpipe.report.figures import reason_text
from learnpipe.report.page.next_step import last_step, next_action, own_commentary
from learnpipe.report.page.why import Cause, Part, cause
from learnpipe.report.pictures.reading import Reading, own_concern

_LONGEST = 230


def sentence(
    metric: Metric,
    measures: Measures,
    reading: Reading,
    commentary: pd.DataFrame,
    actions: pd.DataFrame,
    month: int,
) -> tuple[str, bool]:
    """The sentence for a metric and whether it is ours (a draft).

    Why it moved, what is done next, and how last month's step stands.
    """
    step = last_step(metric, commentary, actions, month)
    own = _own_words(metric, commentary, month)
    if own:
        return f"{own} {step}." if step else own, False
    if measures.at(metric.key, ALL, month).value is None:
        return "", False
    parts = [_signal_or_noise(metric, reading), *_why_and_next(metric, measures, reading, actions,
                                                               month)]  # fmt: skip
    text = _shorten(f"{'; '.join(part for part in parts if part)}.")
    return f"{text} {step}." if step else text, True


def _own_words(metric: Metric, commentary: pd.DataFrame, month: int) -> str:
    """The provider's commentary for this metric and month: why it moved; what comes next."""
    row = own_commentary(metric, commentary, month)
    if row is None:
        return ""
    why, then = _both(_clean(row["why_it_moved"]), _clean(row["what_next"]))
    text = f"{why}; {then[:1].lower() + then[1:]}" if why and then else why or then
    prefix = "" if row["service"] == ALL else f"{row['service']}: "
    return f"{prefix}{text}".removesuffix(".") + ("" if text.endswith("…") else ".") if text else ""


def _why_and_next(
    metric: Metric, measures: Measures, reading: Reading, actions: pd.DataFrame, month: int
) -> tuple[str, str]:
    """Where a signal came from, and the next action there; noise has no cause to look for.

    Where all services together show nothing, the service whose own chart shows a concern.
    """
    if not reading.fired:
        own = own_concern(measures, metric, month)
        if own is None:
            return "", ""
        service, _, concern = own
        why = reason_text(concern.signal, concern.run)
        return f"but worsened at {service}: {why}", next_action(service, None, actions, month)
    found = cause(metric, measures, month, reading.upwards)
    if found is None:
        return "", ""
    return _cause_told(metric, found), next_action(found.service, found.label, actions, month)


def _cause_told(metric: Metric, found: Cause) -> str:
    """Where a change came from in words, with the figures of that part."""
    if found.service is None:
        return f"mostly {found.label} ({_part_told(metric, found.part)})"
    above_all = f", above all {found.label}" if found.label else ""
    return f"mostly {found.service} ({_part_told(metric, found.part)}){above_all}"


def _part_told(metric: Metric, part: Part) -> str:
    """A part's figure and its usual one: "24, usually 7", "1 of 10, usually 90%"."""
    if metric.kind == "count" or part.due is None:
        now, usual = f"{part.met:,.0f}", f"{part.usual or 0:.1f}".removesuffix(".0")
    elif metric.kind == "share":
        now = f"{part.met:,.0f} of {part.due:,.0f}"
        usual = "" if part.usual is None else percent(part.usual)
    else:
        now = f"{part.met:,.0f} in {part.due:,.0f}"
        usual = "" if part.usual is None else f"{part.usual * 1000:.1f} per 1,000"
    return f"{now}, usually {usual}" if usual else now


def _signal_or_noise(metric: Metric, reading: Reading) -> str:
    """Signal or noise in words; *improved* and *worsened* only when a rule fired."""
    if metric.kind == "median_days":
        return "Over the last twelve months; months overlap, so no limits are drawn"
    if metric.kind == "days" and reading.meaning == "":
        return "Each event is a point, so months have no limits"
    if reading.meaning in ("", "too few points"):
        return "Too few months to tell signal from noise"
    if reading.meaning == "common":
        return "Within its usual range"
    why = reason_text(reading.signal, reading.run)
    if reading.meaning == "improvement":
        return f"Improved: {why}"
    if reading.meaning == "concern":
        return f"Worsened: {why}"
    side = "Higher" if reading.meaning == "high" else "Lower"
    return f"{side} than usual: {why}"


def _both(why: str, then: str) -> tuple[str, str]:
    """Why it moved and what comes next, the longer cut so that the page has room for both."""
    if len(why) + len(then) <= _LONGEST:
        return why, then
    half = _LONGEST // 2
    return (
        _shorten(why, max(half, _LONGEST - len(then))),
        _shorten(then, max(half, _LONGEST - len(why))),
    )


def _clean(cell: Any) -> str:
    return " ".join(cell.split()).rstrip(" .;") if isinstance(cell, str) else ""


def _shorten(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
