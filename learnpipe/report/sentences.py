"""The sentence beside each metric: the provider's own, else a draft from facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe import spc
from learnpipe.ground.calendar import month_end
from learnpipe.ground.measurements import ALL, Durations, Measures, Metric, Tally
from learnpipe.report.figures import reason_text

_LONGEST = 170


@dataclass(frozen=True)
class Reading:
    """How a metric's last point reads on its chart: meaning, signal, and points on that side."""

    meaning: str
    signal: str | None
    run: int

    @property
    def upwards(self) -> bool:
        """Whether the rule that fired says higher, not lower."""
        return bool(self.signal) and str(self.signal).endswith(("_high", "_up"))


def sentence(
    metric: Metric,
    measures: Measures,
    reading: Reading,
    commentary: pd.DataFrame,
    actions: pd.DataFrame,
    month: int,
) -> tuple[str, bool]:
    """The sentence for a metric and whether it is ours (a draft)."""
    own = _own_words(metric, commentary, month)
    if own:
        return own, False
    if measures.at(metric.key, ALL, month).value is None:
        return "", False
    fired = reading.meaning in ("improvement", "concern", "high", "low")
    # Noise has no cause to look for; a service's own signal has.
    where, service = (
        _where_from(metric, measures, month, reading.upwards)
        if fired
        else _service_signal(metric, measures, month)
    )
    parts = [_signal_or_noise(metric, reading), where, _next_action(service, actions, month)]
    return _shorten(f"{'; '.join(part for part in parts if part)}."), True


def _service_signal(metric: Metric, measures: Measures, month: int) -> tuple[str, str | None]:
    """The service whose own chart shows a concern while all together show nothing."""
    if metric.kind == "median_days":
        return "", None
    for service in measures.span.services:
        line = measures.position(metric.key, service)
        if line is None or measures.at(metric.key, service, month).value is None:
            continue
        reading = read_last_point(measures.charts, line, spc)
        if reading.meaning == "concern":
            why = reason_text(reading.signal, reading.run)
            return f"but worsened at {service}: {why}", service
    return "", None


def _own_words(metric: Metric, commentary: pd.DataFrame, month: int) -> str:
    """The provider's commentary for this metric and month, for all services before for one."""
    if commentary.empty:
        return ""
    name = commentary["metric"].fillna("").str.casefold().str.strip()
    own = commentary[
        name.isin([metric.key, metric.key.replace("_", " "), metric.title.casefold()])
        & (commentary["month"] == month)
    ]
    if own.empty:
        return ""
    row = own.sort_values("service", key=lambda names: names != ALL, kind="stable").iloc[0]
    why = _clean(row["why_it_moved"])
    then = _clean(row["what_next"])
    text = f"{why}; {then[:1].lower() + then[1:]}" if why and then else why or then
    prefix = "" if row["service"] == ALL else f"{row['service']}: "
    return f"{prefix}{text}." if text else ""


def _clean(cell: Any) -> str:
    return " ".join(cell.split()).rstrip(" .;") if isinstance(cell, str) else ""


def _signal_or_noise(metric: Metric, reading: Reading) -> str:
    """Signal or noise in words; *improved* and *worsened* only when a rule fired."""
    if metric.kind == "median_days":
        return "Over the last twelve months; months overlap, so no limits are drawn"
    if reading.meaning == "too few points":
        return "Too few months to tell signal from noise"
    if reading.meaning in ("common", ""):
        return "Within its usual range"
    why = reason_text(reading.signal, reading.run)
    if reading.meaning == "improvement":
        return f"Improved: {why}"
    if reading.meaning == "concern":
        return f"Worsened: {why}"
    side = "Higher" if reading.meaning == "high" else "Lower"
    return f"{side} than usual: {why}"


def _where_from(
    metric: Metric, measures: Measures, month: int, upwards: bool
) -> tuple[str, str | None]:
    """Which service moved most against the mean of the last twelve months, and that service.

    Nothing where this month moved the other way than the rule that fired.

    For a count the difference of the service's count to its own mean; for a share the met that
    are more or fewer than at its own rate of those twelve months: a service that is always lower
    moved nothing.
    """
    tally = measures.tallies.get(metric.key, {}).get("")
    column = month - measures.span.first
    if not isinstance(tally, Tally) or isinstance(tally, Durations) or column < 3:
        return "", None
    before = slice(max(0, column - 12), column)
    if tally.due is None:
        parts = tally.met[:, column] - tally.met[:, before].mean(axis=1)
        unit = ""
    elif metric.kind == "share":
        unknown = tally.no_evidence if tally.no_evidence is not None else tally.due * 0
        due = tally.due - unknown if metric.better == "lower" else tally.due
        usual_met, usual_due = tally.met[:, before].sum(axis=1), due[:, before].sum(axis=1)
        if not usual_due.sum():
            return "", None
        # A service without a year of its own is held against all of them together.
        together = usual_met.sum() / usual_due.sum()
        rate = np.where(usual_due > 0, usual_met / np.maximum(usual_due, 1), together)
        parts = tally.met[:, column] - rate * due[:, column]
        unit = ""
    else:
        return "", None
    whole = parts.sum()
    if (whole if upwards else -whole) < 0.5 or len(parts) < 2:
        return "", None
    at = int(np.argmax(parts * np.sign(whole)))
    if abs(parts[at]) < 0.5 * abs(whole):
        return "", None
    service = measures.span.services[at]
    return f"mostly {service} ({parts[at]:+.0f}{unit} against its usual)", service


def _next_action(service: str | None, actions: pd.DataFrame, month: int) -> str:
    """The next due action at the service where the change came from, by its owner's role."""
    if service is None or actions.empty:
        return ""
    as_at = pd.Timestamp(month_end(month))
    open_now = actions[
        (actions["service"] == service)
        & (actions["open_from"] <= month)
        & (month < actions["open_to"])
        & (actions["due_on"] >= as_at)
    ]
    if open_now.empty:
        return ""
    row = open_now.sort_values(["due_on", "source", "row"], kind="stable").iloc[0]
    role = row["owner_role"] if isinstance(row["owner_role"], str) else "owner not stated"
    due = row["due_on"]
    return f"next action there due {due.day} {due.strftime('%B')} ({role})"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def read_last_point(charts: Any, line: int, words: Any) -> Reading:
    """How the last present point of a line reads on its chart; ``words`` is the spc room."""
    value = charts.value[line]
    present = np.flatnonzero(~np.isnan(value))
    variation = words.VARIATIONS[charts.variation[line]]
    if not len(present):
        return Reading("", None, 0)
    last = int(present[-1])
    signal = words.SIGNALS[charts.signal[line, last]]
    side = np.sign(value[present] - charts.centre[line, present])
    same = side[::-1] == side[-1]
    run = len(same) if same.all() else int(np.argmin(same))
    return Reading(variation, signal, run)
