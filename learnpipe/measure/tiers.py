"""Tier compliance and the evidence trail as tallies: ``tier_2.reviewed``, ``trail.review``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.tallies import Span, Tallies, Tally
from learnpipe.ground.terms import MET, NO_EVIDENCE

Array = np.ndarray[Any, Any]
TIERS = (0, 1, 2, 3, 4)
TIER_DUTIES = (
    "triaged", "shared", "micro_action", "reviewed", "signed_off", "debriefed", "candour",
    "multi_agency", "service_wide_plan", "training_refresh", "governance", "cross_site_audit",
    "verified",
)  # fmt: skip


def tier_tallies(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Each duty of each tier, by the month in which it falls due.

    *Verified* counts the re-checks of the actions of incidents of that tier, and in tier 4 those
    of the systemic themes.
    """
    duties, actions = frames["duties"], frames["actions"]
    number = pd.Index(TIER_DUTIES).get_indexer(pd.Index(duties["duty"]))
    tier = duties["tier"].to_numpy()
    of_duties = np.where((number < 0) | (tier < 0), -1, tier * len(TIER_DUTIES) + number)
    verifying = actions["incident_tier"].to_numpy()
    of_actions = np.where(
        verifying < 0, -1, verifying * len(TIER_DUTIES) + TIER_DUTIES.index("verified")
    )
    names = [f"tier_{at}.{duty}" for at in TIERS for duty in TIER_DUTIES]
    out: Tallies = {}
    for name, tally in (
        *grouped_shares(duties, "", of_duties, names, span).items(),
        *grouped_shares(actions, "recheck_", of_actions, names, span).items(),
    ):
        before = out.get(name)
        out[name] = before + tally if isinstance(before, Tally) else tally
    return dict(sorted(out.items()))


def trail_tallies(frames: Mapping[str, pd.DataFrame], span: Span) -> Tallies:
    """Each of the six records, by the month in which it falls due."""
    trail = frames["trail"]
    codes, names = pd.factorize(trail["record"].to_numpy())
    return dict(grouped_shares(trail, "", codes, [f"trail.{name}" for name in names], span))


def grouped_shares(
    rows: pd.DataFrame, clock: str, group: Array, names: list[str], span: Span
) -> dict[str, Tally]:
    """The tally of duties of each group, by name; −1 is no group, one without rows has no tally.

    ``rows`` has `at` and, with the prefix ``clock``, `due_month`, `state`, `open_from`, `open_to`.
    """
    known = group >= 0
    part, at = group[known], rows["at"].to_numpy()[known]
    month = rows[f"{clock}due_month"].to_numpy()[known]
    state = rows[f"{clock}state"].to_numpy()[known]
    met, unknown, groups = state == MET, state == NO_EVIDENCE, len(names)
    due = span.count_by(part, groups, at, month)
    done, none_shown = (
        span.count_by(part[own], groups, at[own], month[own]) for own in (met, unknown)
    )
    running = span.standing_by(
        part, groups, at,
        rows[f"{clock}open_from"].to_numpy()[known], rows[f"{clock}open_to"].to_numpy()[known],
    )  # fmt: skip
    present = np.bincount(part, minlength=groups) > 0
    return {
        name: Tally(done[number], due[number], none_shown[number], running[number])
        for number, name in enumerate(names)
        if present[number]
    }
