"""From tallies to measurements: values, and where each stands on its chart, for every month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.measurements import ALL, Line, Measures, Metric, Part
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.settings import Rebase
from learnpipe.ground.tallies import Durations, LastDays, Span, Tallies, Tally
from learnpipe.ground.terms import list_words, same_words
from learnpipe.measure.charting import chart_lines
from learnpipe.measure.lines import FIGURES, Block, block
from learnpipe.measure.phases import phases_of
from learnpipe.measure.tiers import tier_tallies, trail_tallies

Array = np.ndarray[Any, Any]
_OF_ACTIONS = (".micro_action", ".verified", "trail.action", "trail.verification")
_OF_A_DUTY = Part("", "share", "higher", "of those due")
_DAYS_A_MONTH = 365.25 / 12
_LIMITS = {"lower_95": "low", "upper_95": "high"}
"""The rows that hold the interval of a median."""


def measure(
    frames: Mapping[str, pd.DataFrame],
    span: Span,
    metrics: Mapping[str, Metric],
    schemas: Schemas,
    supplied: Sequence[str],
    rebase: Sequence[Rebase] = (),
) -> Measures:
    """Count every metric, tier duty and trail record over services and months.

    ``supplied``: the logs there are; a metric without its log is blank with the reason.
    ``rebase``: where limits begin anew. Raises `LearnpipeError` for one that fits no line.
    """
    lines = _Lines(span, schemas, tuple(rebase))
    for metric in metrics.values():
        logs = [*metric.logs, *(log for name in metric.needs for log in _logs_of(name, schemas))]
        missing = [log for log in logs if log not in supplied]
        if missing:
            why = f"no {schemas.logs[missing[0]].title.lower()} supplied"
            lines.leave_blank(metric, schemas, why)
            continue
        if why := _nobody_asked(metric, frames, schemas):
            lines.leave_blank(metric, schemas, why)
            continue
        needed = {name: frames[name][list(columns)] for name, columns in metric.needs.items()}
        if metric.england_only:
            lines.why_blank |= _not_judged(metric, frames["abroad"], span)
        silent = _silent_services(metric, frames, span)
        if silent.any():
            why = _says_nothing(metric, schemas)
            names = np.array(span.services, dtype=object)[silent]
            lines.why_blank |= {f"{metric.key}/{service}": why for service in names}
        lines.add_metric(metric, schemas, metric.tally(needed, span), silent)
    if "incidents" in supplied:
        parts = {**tier_tallies(frames, span), **trail_tallies(frames, span)}
        if "actions" not in supplied:
            # Without an action log nobody can tell what was done: blank, not "0 of 12".
            of_actions = [key for key in parts if key.endswith(_OF_ACTIONS)]
            lines.why_blank |= dict.fromkeys(of_actions, "no action log supplied")
            parts = {key: tally for key, tally in parts.items() if key not in of_actions}
        for key, tally in parts.items():
            lines.add(key, _OF_A_DUTY, tally)
        lines.tallies["tiers"] = parts
    return _assemble(lines)


def _nobody_asked(metric: Metric, frames: Mapping[str, pd.DataFrame], schemas: Schemas) -> str:
    """Why a metric is blank although its log is there: no row answers any of its fields."""
    if not metric.answers or frames[metric.covers][list(metric.answers)].notna().any(axis=None):
        return ""
    return _says_nothing(metric, schemas)


def _says_nothing(metric: Metric, schemas: Schemas) -> str:
    schema = schemas.logs[metric.covers]
    told = list_words([schema.fields[name].title.lower() for name in metric.answers], "or")
    return f"the {schema.title.lower()} says nothing of {told}"


def _silent_services(metric: Metric, frames: Mapping[str, pd.DataFrame], span: Span) -> Array:
    """The services none of whose sheets answers what a count asks: their nought would be a guess.

    A sheet that several services share answers for all of them. Those without a row are not silent.
    """
    silent = np.zeros(len(span.services), dtype=bool)
    if metric.kind != "count" or not metric.answers:
        return silent
    rows = frames[metric.covers]
    source, at = rows["source"].to_numpy(), rows["at"].to_numpy()
    answered = rows[list(metric.answers)].notna().any(axis=1).to_numpy()
    heard = np.isin(source, source[answered])
    silent[at[at >= 0]] = True
    silent[at[heard & (at >= 0)]] = False
    return silent


def _not_judged(metric: Metric, abroad: pd.DataFrame, span: Span) -> dict[str, str]:
    """Why a metric is blank for services outside England, by key and service."""
    why = "regulator and law of {} are not judged"
    out = {
        f"{metric.key}/{service}": why.format(nation)
        for service, nation in zip(abroad["service"], abroad["nation"], strict=True)
    }
    if span.services and len(abroad) == len(span.services):
        out[metric.key] = why.format(list_words(sorted(set(abroad["nation"]))))
    return out


def _logs_of(frame: str, schemas: Schemas) -> tuple[str, ...]:
    """The logs that a judged frame is made of."""
    if frame == "trails":
        return ("incidents", "actions")
    return (frame,) if frame in schemas.logs else ()


@dataclass
class _Lines:
    """The lines gathered so far, a block for each tally: its services in name order, then all."""

    span: Span
    schemas: Schemas
    rebase: tuple[Rebase, ...]
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tallies: dict[str, Tallies] = field(default_factory=dict)
    why_blank: dict[str, str] = field(default_factory=dict)
    events: list[Array] = field(default_factory=list)

    def add_metric(self, metric: Metric, schemas: Schemas, tallies: Tallies, silent: Array) -> None:
        """A metric's own lines, those of its parts, and those of the breakdowns that it prints.

        ``silent``: the services of which its log says nothing.
        """
        key, own = metric.key, _own_part(metric)
        self.tallies[key] = tallies
        target = schemas.number(metric.target) if metric.target else None
        mixed = False
        if metric.kind == "rate":
            unit, mixed = _rate_unit(tallies, own.unit)
            own = replace(own, unit=unit)
        counted = self.add(key, own, tallies[""], metric.covers, target, mixed, silent)
        if isinstance(tallies[""], Durations):
            for name, limit in _LIMITS.items():
                self._keep(f"{key}.{name}", replace(own, title=""), None, counted.limit(limit))
        for name, part in metric.parts.items():
            counted = self.add(f"{key}.{name}", part, tallies.get(name), metric.covers)
            if metric.kind == "median_days":
                # Of a window of months too: no point stands alone.
                counted.plotted[:] = np.nan
        for breakdown in metric.breakdowns:
            for name, tally in tallies.items():
                if name.startswith(f"{breakdown}."):
                    label = f"{key}.{same_words(name)}"
                    self.add(label, replace(own, title=""), tally, metric.covers)

    def leave_blank(self, metric: Metric, schemas: Schemas, why: str) -> None:
        """The lines of a metric without its log, and the reason."""
        self.why_blank |= {
            metric.key: why,
            **{f"{metric.key}.{name}": why for name in metric.parts},
        }
        target = schemas.number(metric.target) if metric.target else None
        self.add(metric.key, _own_part(metric), None, metric.covers, target)
        for name, part in metric.parts.items():
            self.add(f"{metric.key}.{name}", part, None)

    def add(
        self,
        key: str,
        part: Part,
        tally: Tally | Durations | LastDays | None,
        covers: str | None = None,
        target: float | None = None,
        all_is_blank: bool = False,
        silent: Array | None = None,
    ) -> Block:
        """The lines of one tally; returns their figures."""
        covered = None if covers is None else self.span.covered.get(covers)
        if silent is not None and covered is not None:
            covered = covered & ~silent[:, None]
        counted = block(self.span, tally, part, covered, _settles(part, self.schemas))
        if isinstance(tally, LastDays):
            at, day = tally.events
            # Of each service, and of all of them together, whose line comes after theirs.
            everyone = np.full(len(at), len(self.span.services))
            own = np.stack([np.concatenate([at, everyone]), np.concatenate([day, day])])
            own[0] += len(self.lines)
            self.events.append(own)
        if all_is_blank:
            counted.blank_the_last()
        self._keep(key, part, target, counted)
        return counted

    def _keep(self, key: str, part: Part, target: float | None, counted: Block) -> None:
        self.blocks.append(counted)
        self.lines += [
            Line(key, service, part.kind, part.unit, part.better, target, part.title, part.stock)
            for service in (*self.span.services, ALL)
        ]


def _own_part(metric: Metric) -> Part:
    return Part(
        metric.title, metric.kind, metric.better, metric.unit, metric.stock, metric.looks_back
    )


def _settles(part: Part, schemas: Schemas) -> int:
    """The months at a log's start that are not plotted: a stock fills, a past is not known yet."""
    if part.stock:
        return round(schemas.number("stock_settles_months"))
    return ceil(schemas.number(part.looks_back) / _DAYS_A_MONTH) if part.looks_back else 0


def _rate_unit(parts: Tallies, unit: str) -> tuple[str, bool]:
    """The unit by the basis that is used, and whether services use different ones."""
    used = [
        name.removeprefix("basis.").replace("_", "-")
        for name, tally in parts.items()
        if name.startswith("basis.") and isinstance(tally, Tally) and tally.due is not None
        and tally.due.any()
    ]  # fmt: skip
    return (f"per 1,000 {used[0]}" if len(used) == 1 else unit), len(used) > 1


def _assemble(gathered: _Lines) -> Measures:
    lines = gathered.lines
    shape = (0, gathered.span.shape[1])

    def stacked(name: str) -> Array:
        arrays = [getattr(one, name) for one in gathered.blocks]
        return np.concatenate(arrays) if arrays else np.zeros(shape)

    figures = {name: stacked(name) for name in FIGURES}
    # A share of what is lower-is-better is of those for which there is evidence.
    known = np.array([line.kind == "share" and line.better == "lower" for line in lines], bool)
    unknown = np.where(known[:, None], figures["no_evidence"], 0.0)
    at = {(line.key, line.service): place for place, line in enumerate(lines)}
    charts = chart_lines(
        lines, stacked("plotted"), figures["met"], figures["due"] - unknown,
        phases_of(gathered.rebase, at, gathered.span), gathered.span.first,
        np.concatenate([np.zeros((2, 0), dtype=np.int64), *gathered.events], axis=1),
    )  # fmt: skip
    return Measures(
        span=gathered.span,
        lines=tuple(lines),
        charts=charts,
        tallies=gathered.tallies,
        why_blank=gathered.why_blank,
        _at=at,
        **figures,
    )
