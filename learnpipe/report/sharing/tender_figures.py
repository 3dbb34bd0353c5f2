"""The figures of the tender workbook: twelve months of all services, as far as they may be told."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from learnpipe.ground.calendar import month_name
from learnpipe.ground.measurements import ALL, Measures
from learnpipe.ground.terms import percent
from learnpipe.report.facts import DUTY_TITLES, SYSTEMIC_TITLES, TIER_TITLES, Facts
from learnpipe.report.figures import target_text
from learnpipe.report.shapes import Cell
from learnpipe.report.sharing.suppress import NONE_DUE, Series, Sharing, Shown

MONTHS = 12
NEAR_MISSES = "near_misses"
NOT_SHOWN = "not shown"
LOOP: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Signal", "Incidents, near misses, safeguarding concerns, audit variances and feedback are "
     "logged; reporting is a positive act.", (NEAR_MISSES, "repeat_rate")),
    ("Triage", "Severity and repeats decide the review route and its timescale within 24 hours.",
     ("triaged_in_time", "tier_agreement")),
    ("Review", "Reflective review, RCA light or full RCA, by tier, to a clock.",
     ("reviewed_in_time", "four_box")),
    ("Action", "Each change has an owner and a deadline.", ("closed_in_time", "escalated")),
    ("Verify", "Re-audit, sampling or observation confirms that the change stuck.",
     ("verified", "verified_in_window", "verification_passed", "sample_visible")),
    ("Share", "A short learning note, micro-training within a week, supervision, observation.",
     ("notes_shared", "reporter_told", "micro_training_in_time", "training_observed",
      "observation_pass_rate", "supervision_coverage")),
)  # fmt: skip
TIMELINESS = (
    "triaged_in_time", "reviewed_in_time", "review_route", "candour_done", "notified", "debriefed",
    "reporter_told", "closed_in_time", "acknowledged_in_time", "responded_in_time",
    "micro_training_in_time",
)  # fmt: skip
VERIFICATION = (
    "verified", "verified_in_window", "verification_passed", "repeat_after_verified",
    "safeguarding_learning", "training_observed", "observation_pass_rate", "sample_visible",
    "trail_complete",
)  # fmt: skip
WHOLE_OF_DUTY = {
    "triaged": "triaged_in_time", "reviewed": "reviewed_in_time", "candour": "candour_done",
    "debriefed": "debriefed", "verified": "verified",
}  # fmt: skip
AMONG_SIGNALS = ("safeguarding", "restrictive_practice")
"""Counts of some of the signals: beside those of all, what is left may be a small number."""
TOGETHER = "Tiers not shown, together"
NESTED = (("verified", "verified_in_window"),)
"""Of what is due in both, the second meets a part of what the first does."""


@dataclass(frozen=True)
class Figure:
    """A measure over the twelve months: what it is called and asks, and how it is told."""

    key: str
    title: str
    question: str
    shown: Shown
    target: float | None = None
    better: str = "higher"
    why_blank: str = ""

    @property
    def met(self) -> Cell:
        """What was met, as a cell."""
        return None if self.blank else _cell(self.shown.met)

    @property
    def due(self) -> Cell:
        """Of how many, as a cell."""
        return None if self.blank else _cell(self.shown.due)

    @property
    def share(self) -> str:
        """The share as printed, or the bound that stands for it."""
        return "" if self.blank else share_text(self.shown)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to tell, small or not."""
        return bool(self.why_blank) or self.shown.why == NONE_DUE

    @property
    def note(self) -> str:
        """Why something is not told, or nothing is there."""
        return self.why_blank or self.shown.why

    @property
    def level(self) -> float | None:
        """The share, or the least that it can be; None where nothing is told."""
        return self.shown.share if self.shown.share is not None else self.shown.least


def share_text(shown: Shown) -> str:
    """A share as printed: exact, or the bound that stands for it.

    >>> share_text(Shown(43, None, least=39 / 43)), share_text(Shown(60, None, most=4 / 60))
    ('at least 90%', 'at most 7%')
    """
    if shown.share is not None:
        return percent(shown.share)
    if shown.least is not None:
        return f"at least {floor(shown.least * 100 + 1e-9)}%"
    if shown.most is not None:
        return f"at most {ceil(shown.most * 100 - 1e-9)}%"
    return NOT_SHOWN


def target_words(one: Figure) -> str:
    """A target as printed, with its direction."""
    return target_text("share", one.target, one.better)


def _cell(number: int | None) -> Cell:
    return NOT_SHOWN if number is None else number


def period(month: int) -> str:
    """The twelve months that end with a month, in words."""
    return f"{month_name(month - MONTHS + 1)} to {month_name(month)}"


def series_of(measures: Measures) -> dict[str, Series]:
    """The monthly counts of every metric, tier duty and theme, of all services together.

    Of a share of which less is better, what has no evidence is left out, as on the page.
    """
    out = {}
    for at, line in enumerate(measures.lines):
        if line.service != ALL or line.kind not in ("share", "count", "rate") or line.stock:
            continue
        met, due = measures.met[at], measures.due[at]
        if line.kind != "share" or np.isnan(due).all():
            out[line.key] = Series(measures.span.first, met)
        else:
            unknown = measures.no_evidence[at] if line.better == "lower" else 0.0
            out[line.key] = Series(measures.span.first, met, due - unknown)
    if "incidents" in out and "incidents" not in measures.why_blank:
        every = out["incidents"].met
        near = out.get("incidents.signal.near miss")
        met = np.zeros(len(every)) if near is None else np.nan_to_num(near.met)
        out[NEAR_MISSES] = Series(measures.span.first, met, every)
        for key in (name for name in AMONG_SIGNALS if name in out):
            out[key] = Series(measures.span.first, out[key].met, every)
    return out


def figures(facts: Facts, sharing: Sharing) -> dict[str, Figure]:
    """Every metric that the workbook tells, by key, in the order in which they are decided."""
    keys = dict.fromkeys(
        (*(key for _, _, own in LOOP for key in own), *TIMELINESS, *VERIFICATION)
    )  # fmt: skip
    first, last = facts.month - MONTHS + 1, facts.month
    out = {}
    for key in keys:
        why = facts.measures.why_blank.get(key, "")
        if why and key in facts.metrics:
            out[key] = _figure(key, facts, Shown(), why)
            continue
        if key not in sharing.series:
            continue
        out[key] = _figure(key, facts, sharing.share(key, first, last), "")
    for whole, part in NESTED:
        both = [out.get(key) for key in (whole, part)]
        if all(one is not None and one.shown.met is not None for one in both):
            apart = both[0].shown.met - both[1].shown.met  # type: ignore[union-attr, operator]
            if sharing.small(apart):
                out[part] = _figure(part, facts, sharing.take_back(part, first, last), "")
    return out


def _figure(key: str, facts: Facts, shown: Shown, why: str) -> Figure:
    if key == NEAR_MISSES:
        question = "How much do we hear of before anybody is harmed?"
        return Figure(key, "Near misses among all signals", question, shown, None, "neither", why)
    metric = facts.metrics[key]
    target = facts.schemas.number(metric.target) if metric.target else None
    if not why and shown.why == NONE_DUE:
        why = NONE_DUE
    return Figure(key, metric.title, metric.question, shown, target, metric.better, why)


@dataclass(frozen=True)
class TierDuty:
    """A duty of a tier over the twelve months."""

    tier: str
    duty: str
    figure: Figure


def tier_duties(facts: Facts, sharing: Sharing) -> tuple[TierDuty, ...]:
    """Each duty of each tier that fell due in the twelve months."""
    first, last = facts.month - MONTHS + 1, facts.month
    told: dict[str, Shown] = {}
    for duty in (*DUTY_TITLES, *SYSTEMIC_TITLES):
        keys = [f"tier_{tier}.{duty}" for tier in range(len(TIER_TITLES))]
        own = [key for key in keys if key in sharing.series]
        total = WHOLE_OF_DUTY.get(duty, "")
        if total in sharing.series:
            told |= sharing.parts(total, own, first, last)
        else:
            told |= {key: sharing.share(key, first, last) for key in own}
    rows: list[TierDuty] = []
    for tier, title in enumerate(TIER_TITLES):
        for duty, name in (DUTY_TITLES | SYSTEMIC_TITLES).items():
            shown = told.get(f"tier_{tier}.{duty}")
            if shown is not None and shown.why != NONE_DUE:
                rows.append(TierDuty(title, name, Figure(duty, name, "", shown)))
    for duty, total in WHOLE_OF_DUTY.items():
        there = {
            key: one
            for key, one in told.items()
            if key.endswith(f".{duty}") and one.why != NONE_DUE
        }
        rest = sharing.rest(total, there, first, last) if total in sharing.series else None
        if rest is not None:
            name = DUTY_TITLES[duty]
            rows.append(TierDuty(TOGETHER, name, Figure(duty, name, "", rest)))
    return tuple(rows)
