"""What is done about a metric: the next due action, and whether last month's step was taken."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.measurements import ALL, Metric
from learnpipe.ground.terms import same_words

_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAST_WORDS, _LEAST_SHARE = 3, 0.6
"""House: so many words, and so much of a step, must stand in an action for it to be meant."""
_LONGEST = 60


def own_commentary(metric: Metric, commentary: pd.DataFrame, month: int) -> pd.Series[Any] | None:
    """The provider's row for a metric and month: that of all services before that of one."""
    if commentary.empty:
        return None
    name = commentary["metric"].fillna("").str.casefold().str.strip()
    own = commentary[
        name.isin([metric.key, metric.key.replace("_", " "), metric.title.casefold()])
        & (commentary["month"] == month)
    ]
    if own.empty:
        return None
    return own.sort_values("service", key=lambda names: names != ALL, kind="stable").iloc[0]


def last_step(metric: Metric, commentary: pd.DataFrame, actions: pd.DataFrame, month: int) -> str:
    """What the provider said last month it would do next, and whether that was done; "" if not.

    The step is found in the action log by its reference, else by its words where they are those of
    one action raised then or since, and not due before; what cannot be found is "not known".
    """
    row = own_commentary(metric, commentary, month - 1)
    if row is None or not isinstance(row["what_next"], str):
        return ""
    step = " ".join(row["what_next"].split()).rstrip(" .;")
    shown = step if len(step) <= _LONGEST else step[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
    action = _action_meant(step, row["service"], actions, month)
    return f'Last month: "{shown}" ({_how_it_stands(action, row["due_on"], month)})'


def _action_meant(
    step: str, service: Any, actions: pd.DataFrame, month: int
) -> pd.Series[Any] | None:
    """The action that a step names or speaks of; None where there is none or more than one."""
    now = actions[(actions["valid_from"] <= month) & (month < actions["valid_to"])]
    if service != ALL:
        now = now[now["service"] == service]
    told = same_words(step)
    named = [
        at for at, ref in enumerate(now["ref"])
        if isinstance(ref, str) and any(c.isdigit() for c in ref) and not ref.isdigit()
        and re.search(rf"(?<!\w){re.escape(same_words(ref))}(?!\w)", told)
    ]  # fmt: skip
    if len(named) == 1:
        return now.iloc[named[0]]
    last = pd.Timestamp(month_end(month - 1))
    recent = now[
        now["raised_month"].isin((month - 1, month))
        & ~(now["completed_on"] < last) & ~(now["due_on"] < last)
    ]  # fmt: skip
    words = set(_WORD.findall(told))
    alike = [
        len(words & set(_WORD.findall(same_words(text)))) if isinstance(text, str) else 0
        for text in recent["action"]
    ]
    best = max(alike, default=0)
    if best < max(_LEAST_WORDS, _LEAST_SHARE * len(words)) or alike.count(best) > 1:
        return None
    return recent.iloc[int(np.argmax(alike))]


def _how_it_stands(action: pd.Series[Any] | None, due_on: Any, month: int) -> str:
    as_at = pd.Timestamp(month_end(month))
    if action is None:
        later = pd.notna(due_on) and due_on >= as_at
        return f"not known, due {_day(due_on)}" if later else "not known if done"
    if pd.notna(action["completed_on"]) and action["completed_on"] < as_at:
        return f"done {_day(action['completed_on'])}"
    due = action["due_on"] if pd.notna(action["due_on"]) else due_on
    if pd.isna(due):
        return "not done yet"
    return f"not done, was due {_day(due)}" if due < as_at else f"open, due {_day(due)}"


def next_action(service: str | None, label: str | None, actions: pd.DataFrame, month: int) -> str:
    """The next due action where a change came from, by its owner's role and never by a name.

    At the ``service`` (of any if None); of the theme or category ``label`` where there is one.
    """
    if (service is None and label is None) or actions.empty:
        return ""
    as_at = pd.Timestamp(month_end(month))
    open_now = actions[
        (actions["open_from"] <= month) & (month < actions["open_to"])
        & (actions["due_on"] >= as_at)
    ]  # fmt: skip
    if service is not None:
        open_now = open_now[open_now["service"] == service]
    if label is not None:
        plain = same_words(label)
        of_label = np.zeros(len(open_now), dtype=bool)
        for name in ("theme", "category"):
            of_label |= np.array(
                [isinstance(one, str) and same_words(one) == plain for one in open_now[name]],
                dtype=bool,
            )
        if of_label.any() or service is None:
            open_now = open_now[of_label]
    if open_now.empty:
        return ""
    row = open_now.sort_values(["due_on", "source", "row"], kind="stable").iloc[0]
    role = row["owner_role"] if isinstance(row["owner_role"], str) else "owner's role not stated"
    where = "there" if service is not None else "on it"
    return f"next action {where} due {_day(row['due_on'])} ({role})"


def _day(moment: Any) -> str:
    return f"{moment.day} {moment.strftime('%B')}"
