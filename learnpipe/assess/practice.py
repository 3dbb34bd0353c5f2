"""Complaints, micro-training, observations, supervisions, activity: the verdicts on their rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.snapshots import FIRST
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.schemas import Schemas

Array = np.ndarray[Any, Any]
_TICKS = tuple("✓✔√☑✅")


def judge_feedback(
    feedback: pd.DataFrame, nations: Mapping[str, str], schemas: Schemas
) -> pd.DataFrame:
    """Complaints, concerns and compliments; a complaint's clocks start when it was received.

    Adds `is_complaint`, `is_compliment`, `received_month` (`NO_MONTH` where this version does not
    hold then, so that each counts once), and for *acknowledged* and *responded* `…_due_month`,
    `…_state`, `…_open_from`, `…_open_to`. What the log does not call anything is a complaint.
    """
    out = feedback.copy()
    out["is_complaint"] = out["kind"].isna() | (out["kind"] == "complaint")
    out["is_compliment"] = out["kind"] == "compliment"
    holds = (out["valid_from"] <= out["month"]) & (out["month"] < out["valid_to"])
    out["received_month"] = out["month"].where(holds, NO_MONTH)
    received = out["received_on"].to_numpy()
    nation = out["service"].map(lambda name: nations.get(name, "England")).to_numpy()
    number = schemas.number
    acknowledge = clocks.after_working_days(
        received, int(number("acknowledge_working_days")), nation
    )
    respond = clocks.after_days(received, int(number("respond_days")))
    says_open = out["status"].isin(["open", "in progress"]).to_numpy()
    for name, last_day, done in (
        ("acknowledged", acknowledge, out["acknowledged_on"].to_numpy()),
        ("responded", respond, out["responded_on"].to_numpy()),
    ):
        log_says_open = says_open if name == "responded" else None
        state = clocks.state_by_day(last_day, done, log_says_open)
        out = _with_clock(out, name, received, last_day, state, out["is_complaint"].to_numpy())
    return out


def judge_training(training: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """Micro-training sessions; the clock starts with the theme that triggered them."""
    out = training.copy()
    triggered = out["triggered_on"].to_numpy()
    last_day = clocks.after_days(triggered, int(schemas.number("micro_training_days")))
    state = clocks.state_by_day(last_day, out["delivered_on"].to_numpy())
    return _with_clock(out, "delivered", triggered, last_day, state, ~np.isnat(triggered))


def judge_observations(observations: pd.DataFrame) -> pd.DataFrame:
    """Practice observations: `has_result` and `passed`."""
    return observations.assign(
        has_result=observations["result"].notna(), passed=observations["result"] == "passed"
    )


def judge_supervisions(supervisions: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """One row a person and month: `covered` when a theme was discussed and an action captured."""
    no = {word.casefold() for word in schemas.lists["no_answer"]} | {"no", "n", "false", "0"}
    told = supervisions["action_captured"]
    if told.isin(_TICKS).any():
        no |= {"x", "×"}  # a cross among ticks
    captured = told.map(lambda text: isinstance(text, str) and text.strip().casefold() not in no)
    theme = supervisions["theme"].map(
        lambda text: isinstance(text, str) and text.strip().casefold() not in no
    )
    rows = supervisions.assign(
        covered=captured.astype(bool) & theme.astype(bool),
        who=supervisions["staff"].astype(str).str.casefold().str.split().str.join(" "),
    )
    rows = rows[(rows["month"] != NO_MONTH) & rows["staff"].notna()]
    grouped = rows.groupby(["service", "month", "who"], as_index=False, sort=True)
    return grouped.agg(covered=("covered", "any"))


def judge_activity(activity: pd.DataFrame) -> pd.DataFrame:
    """One row a service and month: `exposure`, its `basis` (such as bed_days), `headcount`.

    Bed-days before visits before hours; a month given twice takes the last row given.
    """
    rows = activity[activity["month"] != NO_MONTH]
    rows = rows.drop_duplicates(["service", "month"], keep="last")
    out = rows[["service", "source", "row", "month", "headcount"]].assign(
        exposure=np.nan, basis=None
    )
    for basis in ("hours", "visits", "bed_days"):
        kept = rows[basis].notna()
        out["exposure"] = out["exposure"].where(~kept, rows[basis])
        out["basis"] = out["basis"].astype(object).where(~kept, basis)
    # One basis a service, its most frequent, so that its months can be compared.
    months = out[out["basis"].notna()].groupby(["service", "basis"]).size()
    told = months.reset_index(name="months").sort_values("months", kind="stable")
    main = told.drop_duplicates("service", keep="last").set_index("service")["basis"]
    wanted = out["service"].map(main)
    for basis in ("hours", "visits", "bed_days"):
        other = (wanted == basis) & (out["basis"] != basis)
        out.loc[other, "exposure"] = rows.loc[other[other].index, basis]
    return out.assign(basis=wanted)


def _with_clock(
    table: pd.DataFrame, name: str, start: Array, last_day: Array, state: Array, asked: Array
) -> pd.DataFrame:
    """The table with a day clock's due month, state and months at whose end it still runs."""
    due = months_of(last_day)
    valid_from, valid_to = table["valid_from"].to_numpy(), table["valid_to"].to_numpy()
    holds = asked & (due != NO_MONTH) & (valid_from <= due) & (due < valid_to)
    return table.assign(
        **{
            f"{name}_due_month": np.where(holds, due, NO_MONTH),
            f"{name}_state": state,
            f"{name}_open_from": np.maximum(months_of(start), valid_from),
            f"{name}_open_to": np.where(asked, np.minimum(due, valid_to), FIRST),
            f"{name}_by_on": last_day.astype("datetime64[s]"),
        }
    )
