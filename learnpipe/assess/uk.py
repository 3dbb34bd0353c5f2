"""What the law asks in the United Kingdom: notifications owed, candour, and by which day.

England: CQC (Registration) Regulations 2009, regulations 16 and 18, notify without delay; no
number of hours is given, and none is invented: it falls due with the review. Great Britain:
RIDDOR 2013, within 10 days, or 15 where a worker is away for more than seven. Other nations have
regulators and laws of their own, which are not judged.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.texts import in_list
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]
SEVERE = 3
GREAT_BRITAIN = ("England", "Wales", "Scotland")
KIND_NOT_KNOWN = "kind of RIDDOR report not known"
CANDOUR_STEPS = ("told", "apology", "written")


def cqc_owed(incidents: pd.DataFrame, nation: Array, schemas: Schemas) -> Array:
    """Whether the log shows something notifiable: a death, serious injury, or abuse alleged.

    Not where it says that no notification was needed. Police, deprivation of liberty and events
    that stop the service are notifiable too, but no field of a log shows them.
    """
    notifiable = (incidents["harm"].to_numpy() >= SEVERE) | incidents["is_safeguarding"].to_numpy()
    owed: Array = (nation == "England") & notifiable & ~none_needed(incidents["notified"], schemas)
    return owed


def none_needed(notified: pd.Series[Any], schemas: Schemas) -> Array:
    """Whether the cell says that no notification was needed."""
    return in_list(notified, schemas.lists["none_needed"])


def riddor_owed(incidents: pd.DataFrame, nation: Array) -> Array:
    """Whether a RIDDOR report is owed: the log says so, or names its kind or date."""
    says = incidents["riddor"].to_numpy()
    told = incidents["riddor_kind"].notna() | incidents["riddor_on"].notna()
    owed: Array = np.isin(nation, GREAT_BRITAIN) & (
        (says == "yes") | (told.to_numpy() & (says != "no"))
    )
    return owed


def riddor_due(incidents: pd.DataFrame, review_due: Array, schemas: Schemas) -> Array:
    """The last day for a RIDDOR report; the day of the accident is day 0, weekends count.

    A disease is reported when it is diagnosed, which no log dates: it falls due with the review.
    """
    accident = incidents["occurred_at"].where(
        incidents["occurred_at"].notna(), incidents["reported_at"]
    )
    kind = incidents["riddor_kind"].to_numpy()
    number = schemas.number
    due = np.where(
        kind == "over-seven-day",
        clocks.after_days(accident.to_numpy(), int(number("riddor_over_seven_days"))),
        clocks.after_days(accident.to_numpy(), int(number("riddor_days"))),
    )
    return np.where(kind == "disease", review_due, due)


def candour_steps(incidents: pd.DataFrame) -> dict[str, Array]:
    """The day of each of the three steps of candour, and of the last of them (`candour`).

    Where a log keeps one date for all, it stands for each. Source: HSCA Regulations 2014,
    regulation 20: told in person, an apology, and a written follow-up.
    """
    steps = {step: incidents[f"candour_{step}_on"].to_numpy() for step in CANDOUR_STEPS}
    whole = incidents["candour_on"].to_numpy()
    untold = np.all([np.isnat(one) for one in steps.values()], axis=0)
    steps = {step: np.where(untold, whole, one) for step, one in steps.items()}
    last = np.maximum.reduce(list(steps.values()))  # NaT where one is missing
    return {**{f"candour_{step}": one for step, one in steps.items()}, "candour": last}


def candour_unanswered(incidents: pd.DataFrame, nation: Array) -> Array:
    """Whether the log leaves open if the duty of candour applies to severe or fatal harm."""
    blank = incidents["candour_applies"].isna().to_numpy()
    asked: Array = (nation == "England") & blank & (incidents["harm"].to_numpy() >= SEVERE)
    return asked
