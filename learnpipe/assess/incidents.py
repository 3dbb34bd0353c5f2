"""Incidents: the verdicts on each signal: its month, harm, repeats, and expected and used tier."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess.repeats import prior_signals
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import HARMS, same_words

UNKNOWN_TIER = -1
SYSTEMIC_TIER = 4
AGREES, UNDER_TRIAGED, OVER_PROCESSED, NOT_KNOWN, NOT_RECORDED = (
    "agrees", "under-triaged", "over-processed", "not known", "not recorded",
)  # fmt: skip


def judge_incidents(versions: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """The versions of incidents with their verdicts.

    Adds `start` (when its clocks start), `near_miss`, `is_safeguarding`, `harm` (0 none to 4
    fatal, −1 not known), `theme_or_category`, `prior_signals`, `repeat`, `repeat_raises`,
    `expected_tier`, `recorded_tier`, `tier` (recorded, else expected; −1 not known) and
    `agreement` (how the recorded tier compares with the expected one).
    """
    signal = versions["signal"].to_numpy()
    near_miss = signal == "near miss"
    harm = _harm(versions, near_miss)
    safeguarding = _safeguarding(versions, signal)
    themed = versions.assign(theme_or_category=_theme_or_category(versions))
    prior, known = _prior(themed, schemas)
    raises = known >= int(schemas.number("repeat_signals")) - 1
    expected = _expected_tier(harm, raises, near_miss, safeguarding)
    recorded = (
        pd.to_numeric(versions["tier"], errors="coerce").fillna(UNKNOWN_TIER).to_numpy(np.int64)
    )
    return themed.assign(
        start=versions["reported_at"].where(
            versions["reported_at"].notna(), versions["occurred_at"]
        ),
        near_miss=near_miss,
        is_safeguarding=safeguarding,
        harm=harm,
        prior_signals=prior,
        repeat=known >= 1,
        repeat_raises=raises,
        expected_tier=expected,
        recorded_tier=recorded,
        tier=np.where(recorded == UNKNOWN_TIER, expected, recorded),
        agreement=_agreement(recorded, expected),
    )


def _harm(incidents: pd.DataFrame, near_miss: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The worse of physical and psychological harm; a near miss is none unless the log says so."""
    code = {name: at for at, name in enumerate(HARMS)}
    physical = incidents["severity"].map(code).fillna(-1).to_numpy(np.int64)
    psychological = incidents["psychological_severity"].map(code).fillna(-1).to_numpy(np.int64)
    worse = np.maximum(physical, psychological)
    return np.where((worse < 0) & near_miss, 0, worse)


def _safeguarding(incidents: pd.DataFrame, signal: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Whether it is a safeguarding concern: the log says so, or when it was raised."""
    says = incidents["safeguarding"].to_numpy()
    raised = ~np.isnat(incidents["safeguarding_on"].to_numpy()) & (says != "no")
    found: np.ndarray[Any, Any] = (says == "yes") | (signal == "safeguarding concern") | raised
    return found


def _theme_or_category(incidents: pd.DataFrame) -> np.ndarray[Any, Any]:
    """The theme (else category), without case and runs of blanks, for counting together."""
    theme = incidents["theme"].to_numpy()
    codes, spellings = pd.factorize(np.where(pd.isna(theme), incidents["category"], theme))
    plain = np.array([*(same_words(str(raw)) for raw in spellings), None], dtype=object)
    told: np.ndarray[Any, Any] = plain[codes]
    return told


def _prior(
    versions: pd.DataFrame, schemas: Schemas
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """How many signals came before each version, and before its case in the signal's own month."""
    prior = prior_signals(versions, int(schemas.number("repeat_days")))
    case = versions["case"].to_numpy(np.int64)
    # A repeat is judged in the signal's own month and stays with its case.
    by_case = np.full(int(case.max(initial=-1)) + 1, -1, dtype=np.int64)
    np.maximum.at(by_case, case, prior)
    return prior, by_case[case]


def _expected_tier(
    harm: np.ndarray[Any, Any],
    raises: np.ndarray[Any, Any],
    near_miss: np.ndarray[Any, Any],
    safeguarding: np.ndarray[Any, Any],
) -> np.ndarray[Any, Any]:
    """The tier that the rules expect. Source: the article's tiers; repeats: House.

    Unknown severity has no expected tier, but a safeguarding concern is tier 3 whatever the harm.
    A repeat raises to 2; a near miss never goes above 1.
    """
    tier = np.select([harm >= 3, harm == 2, harm == 1, harm == 0], [3, 2, 1, 0], UNKNOWN_TIER)
    tier = np.where(raises & (tier >= 0), np.maximum(tier, 2), tier)
    tier = np.where(near_miss, np.minimum(tier, 1), tier)
    return np.where(safeguarding, 3, tier)


def _agreement(
    recorded: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """How the recorded tier compares with the expected one; tier 4 is no incident's own."""
    return np.select(
        [
            (recorded == UNKNOWN_TIER) | (recorded == SYSTEMIC_TIER),
            expected == UNKNOWN_TIER,
            recorded < expected,
            recorded > expected,
        ],
        [NOT_RECORDED, NOT_KNOWN, UNDER_TRIAGED, OVER_PROCESSED],
        AGREES,
    ).astype(object)
