"""Incidents: the verdicts on each signal: its month, harm, repeats, and expected and used tier."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.repeats import prior_signals
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import same_words

UNKNOWN_TIER = -1
HARMS = ("none", "low", "moderate", "severe", "fatal")


def judge_incidents(versions: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """The versions of incidents with their verdicts.

    Adds `start` (when its clocks start), `near_miss`, `harm` (0 none to 4 fatal, −1 not known),
    `theme_or_category`, `prior_signals`, `repeat`, `repeat_raises`, `expected_tier`,
    `recorded_tier` and `tier` (recorded, else expected; −1 not known).
    """
    out = versions.copy()
    out["start"] = out["reported_at"].where(out["reported_at"].notna(), out["occurred_at"])
    out["near_miss"] = (out["signal"] == "near miss").to_numpy()
    out["harm"] = _harm(out)
    out["theme_or_category"] = _theme_or_category(out)
    prior = prior_signals(out, int(schemas.number("repeat_days")))
    out["prior_signals"] = prior
    # A repeat is judged in the signal's own month and stays with its case.
    by_case = pd.Series(prior).groupby(out["case"].to_numpy()).max()
    known = by_case.reindex(out["case"]).to_numpy()
    out["repeat"] = known >= 1
    out["repeat_raises"] = known >= int(schemas.number("repeat_signals")) - 1
    out["expected_tier"] = _expected_tier(out)
    tier = pd.to_numeric(out["tier"], errors="coerce").fillna(UNKNOWN_TIER).astype(np.int64)
    out["recorded_tier"] = tier
    out["tier"] = np.where(tier == UNKNOWN_TIER, out["expected_tier"], tier)
    return out


def _harm(incidents: pd.DataFrame) -> np.ndarray[Any, Any]:
    """The worse of physical and psychological harm; a near miss is none unless the log says so."""
    rank = {word: at for at, word in enumerate(HARMS)}
    physical = incidents["severity"].map(rank).fillna(-1)
    psychological = incidents["psychological_severity"].map(rank).fillna(-1)
    worse = np.maximum(physical.to_numpy(), psychological.to_numpy()).astype(np.int64)
    return np.where((worse < 0) & incidents["near_miss"].to_numpy(), 0, worse)


def _theme_or_category(incidents: pd.DataFrame) -> pd.Series[Any]:
    """The theme (else category), without case and runs of blanks, for counting together."""
    told = incidents["theme"].where(incidents["theme"].notna(), incidents["category"])
    plain = {raw: same_words(str(raw)) for raw in told.dropna().unique()}
    return told.map(plain).astype(object)


def _expected_tier(incidents: pd.DataFrame) -> np.ndarray[Any, Any]:
    """The tier that the rules expect. Source: the article's tiers; repeats: House.

    Unknown severity has no expected tier, but a safeguarding concern is tier 3 whatever the harm.
    A repeat raises to 2; a near miss never goes above 1.
    """
    harm = incidents["harm"].to_numpy()
    tier = np.select([harm >= 3, harm == 2, harm == 1, harm == 0], [3, 2, 1, 0], UNKNOWN_TIER)
    raises = incidents["repeat_raises"].to_numpy() & (tier >= 0)
    tier = np.where(raises, np.maximum(tier, 2), tier)
    near_miss = incidents["near_miss"].to_numpy()
    tier = np.where(near_miss, np.minimum(tier, 1), tier)
    safeguarding = (
        (incidents["safeguarding"] == "yes") | (incidents["signal"] == "safeguarding concern")
    ).to_numpy()
    return np.where(safeguarding, 3, tier)
