"""Complaints, concerns and compliments: the verdicts on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.after_change import after_verified
from learnpipe.assess.duties import nations_of
from learnpipe.assess.refs import cases_meant
from learnpipe.assess.snapshots import FIRST
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.terms import MET, NO_EVIDENCE, NOT_MET, same_words

Array = np.ndarray[Any, Any]
_UPHELD = ("upheld", "partly upheld")


def judge_feedback(
    feedback: pd.DataFrame, actions: pd.DataFrame, nations: Mapping[str, str], schemas: Schemas
) -> pd.DataFrame:
    """Complaints, concerns and compliments; a complaint's clocks start when it was received.

    Adds `is_complaint`, `is_compliment`, `received_month` (`NO_MONTH` where this version does not
    hold then, so that each counts once), and for *acknowledged*, *responded* and *ombudsman* (the
    response by the ombudsman's limit) `…_due_month`, `…_state`, `…_open_from`, `…_open_to`;
    `answered_month`, with `satisfied_state` and `upheld_state`; for compliments `linked_state`.
    What the log does not call anything is a complaint.
    """
    kind, number = feedback["kind"], schemas.number
    is_complaint = (kind.isna() | (kind == "complaint")).to_numpy()
    is_compliment = (kind == "compliment").to_numpy()
    received, responded = feedback["received_on"].to_numpy(), feedback["responded_on"].to_numpy()
    nation = nations_of(feedback["service"], nations)
    acknowledge = int(number("acknowledge_working_days"))
    says_open = feedback["status"].isin(["open", "in progress"]).to_numpy()
    columns: dict[str, Array] = {
        "is_complaint": is_complaint,
        "is_compliment": is_compliment,
        "received_month": holding(feedback, feedback["month"].to_numpy()),
    }
    for name, last_day, done, log_says_open in (
        ("acknowledged", clocks.after_working_days(received, acknowledge, nation),
         feedback["acknowledged_on"].to_numpy(), None),
        ("responded", clocks.after_days(received, int(number("respond_days"))), responded,
         says_open),
        ("ombudsman", clocks.after_weeks(received, number("ombudsman_weeks")), responded,
         says_open),
    ):  # fmt: skip
        state = clocks.state_by_day(last_day, done, log_says_open)
        columns |= with_clock(feedback, name, received, last_day, state, is_complaint)
    return feedback.assign(
        **columns,
        **_outcome(feedback, is_complaint),
        linked_state=_linked(feedback, is_compliment, actions, schemas),
    )


def _outcome(feedback: pd.DataFrame, is_complaint: Array) -> dict[str, Array]:
    """How an answered complaint ended. One that was withdrawn was not decided."""
    ended = feedback["responded_on"].where(feedback["responded_on"].notna(), feedback["closed_on"])
    month = holding(feedback, months_of(ended.to_numpy()))
    satisfied, outcome = feedback["satisfied"], feedback["outcome"]
    return {
        "answered_month": np.where(is_complaint, month, NO_MONTH),
        "satisfied_state": states(satisfied.notna(), satisfied == "yes"),
        "upheld_state": states(outcome.notna(), outcome.isin(_UPHELD)),
        "withdrawn": (outcome == "withdrawn").to_numpy(),
    }


def _linked(
    feedback: pd.DataFrame, is_compliment: Array, actions: pd.DataFrame, schemas: Schemas
) -> Array:
    """Whether each compliment names an action of ours, or a theme that a change was verified in.

    No evidence where it names neither an action nor a theme.
    """
    out = np.full(len(feedback), NO_EVIDENCE)
    index = np.flatnonzero(is_compliment)
    if not len(index):
        return out
    rows = feedback.iloc[index]
    named = np.zeros(len(index), dtype=bool)
    if rows["action_ref"].notna().any() and len(actions):
        known = actions.drop_duplicates("case", keep="last")
        named = cases_meant(rows["action_ref"], rows["service"], known) >= 0
    plain = {raw: same_words(str(raw)) for raw in rows["theme"].dropna().unique()}
    themes = rows.assign(theme_or_category=rows["theme"].map(plain), day=rows["received_on"])
    changed = after_verified(themes, actions, schemas)
    told = (rows["action_ref"].notna() | rows["theme"].notna()).to_numpy()
    out[index] = states(told, named | changed)
    return out


def states(shown: Any, met: Any) -> Array:
    """Met or not met where something is shown, else no evidence."""
    return np.where(np.asarray(shown), np.where(np.asarray(met), MET, NOT_MET), NO_EVIDENCE)


def holding(table: pd.DataFrame, month: Array) -> Array:
    """The months at which each row's own version holds, else `NO_MONTH`: so each counts once."""
    holds = (table["valid_from"].to_numpy() <= month) & (month < table["valid_to"].to_numpy())
    return np.where(holds, month, NO_MONTH)


def with_clock(
    table: pd.DataFrame, name: str, start: Array, last_day: Array, state: Array, asked: Array
) -> dict[str, Array]:
    """A day clock's due month, state and months at whose end it still runs, by column."""
    due = months_of(last_day)
    valid_from, valid_to = table["valid_from"].to_numpy(), table["valid_to"].to_numpy()
    return {
        f"{name}_due_month": np.where(asked, holding(table, due), NO_MONTH),
        f"{name}_state": state,
        f"{name}_open_from": np.maximum(months_of(start), valid_from),
        f"{name}_open_to": np.where(asked, np.minimum(due, valid_to), FIRST),
        f"{name}_by_on": last_day.astype("datetime64[s]"),
    }
