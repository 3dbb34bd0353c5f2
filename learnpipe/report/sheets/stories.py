"""Learning stories: trigger → review → change → verification → spread → outcome trend.

Only what the logs say, in the article's bid-ready order. A story is of one theme at one service and
of the change for it that the logs evidence best; a step that they do not show is named as missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.terms import VERIFYING, counted, same_words
from learnpipe.report.facts import Facts
from learnpipe.report.sheets.story_words import (
    change_told,
    outcome_told,
    review_told,
    spread_told,
    trigger_told,
    verification_told,
)

Array = np.ndarray[Any, Any]
Row = dict[str, Any]
STEPS = ("trigger", "review", "change", "verification", "spread", "outcome")
MOST_STORIES = 60
MONTHS = 12
_NOTHING_TO_COUNT = ("", "too early", "no theme")
_ACTION = (
    "source", "row", "ref", "service", "theme", "category", "action", "completed_on", "begun_on",
    "plan_updated", "how_we_will_know", "verify_by", "verified_on", "verification_result",
    "learning_note", "incident_case", "link_inferred",
)  # fmt: skip
"""What a story reads of an action."""
_CLEAR = ("held", "worse", "came back", "no clear change")


@dataclass(frozen=True)
class Story:
    """One story; a step that the logs do not show is "" and stands in ``missing``.

    Only ``outcome`` holds counts: those of ``before`` … ``after_days``, signals of the theme at the
    service before the change and since. ``verdict`` is one of `VERDICTS`, or "" for a change that
    is not verified. The texts may hold names, which are not masked here.
    """

    theme: str
    service: str
    trigger: str
    review: str
    change: str
    verification: str
    spread: str
    outcome: str
    missing: tuple[str, ...]
    changed_on: dt.date
    before: int
    before_days: int
    after: int
    after_days: int
    verdict: str
    incident_ref: str
    action_ref: str
    source: int
    row: int

    @property
    def text(self) -> str:
        """The whole story as plain text, for portals that take text."""
        told = [f"{self.theme}, {self.service}."]
        told += [f"{step.capitalize()}: {getattr(self, step)}" for step in STEPS
                 if getattr(self, step)]  # fmt: skip
        if self.missing:
            told.append(f"Not shown by the logs: {', '.join(self.missing)}.")
        return "\n".join(told)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return len(self.text.split())


def learning_stories(facts: Facts, held: pd.DataFrame) -> tuple[Story, ...]:
    """The stories of the last twelve months, the best-evidenced first.

    ``held``: every verified change with its verdict (`did_it_hold`). First those with the most of
    the six steps, then those with signals enough to tell, then the latest: whether the outcome is
    good changes nothing in the order.
    """
    rows = _completed(facts)
    if rows.empty:
        return ()
    rows = _with_verdicts(rows, held)
    sessions = _sessions(facts)
    there = _steps_there(rows, sessions, facts)
    steps = np.sum([there[step] for step in STEPS], axis=0)
    clear = rows["verdict"].isin(_CLEAR).to_numpy()
    order = np.lexsort(
        (rows["row"], rows["source"], -rows["completed_on"].to_numpy().astype(np.int64), ~clear,
         -steps)
    )  # fmt: skip
    first = ~_keys(rows).iloc[order].duplicated().to_numpy()
    kept = order[first][:MOST_STORIES]
    cases = facts.judged.frames["cases"]
    incidents = cases[cases["case"].isin(rows["incident_case"].iloc[kept])]
    by_case: dict[int, Row] = {row["case"]: row for row in _records(incidents)}
    return tuple(
        _story(
            rows.iloc[at].to_dict(), by_case, sessions,
            {step: bool(there[step][at]) for step in STEPS}, facts,
        )
        for at in kept
    )  # fmt: skip


def _completed(facts: Facts) -> pd.DataFrame:
    """The actions with a theme that were completed in the last twelve months, as now known."""
    month = facts.month
    actions = facts.judged.frames["actions"]
    done = actions["completed_month"].to_numpy()
    now = (actions["valid_from"] <= month) & (month < actions["valid_to"])
    now &= (month - MONTHS < done) & (done <= month)
    now &= (actions["status"] != "cancelled") & actions["action"].notna()
    now &= actions["theme"].notna() | actions["category"].notna()
    rows = actions[list(_ACTION)][now]
    rows = rows.assign(theme=rows["theme"].where(rows["theme"].notna(), rows["category"]))
    plain = {raw: same_words(str(raw)) for raw in rows["theme"].unique()}
    return rows.assign(theme_key=rows["theme"].map(plain))


def _with_verdicts(rows: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    columns = ["source", "row", "before", "before_days", "after", "after_days", "verdict"]
    own = held[columns].drop_duplicates(["source", "row"])
    out = rows.merge(own, on=["source", "row"], how="left").reset_index(drop=True)
    counts = {name: out[name].fillna(0).astype(np.int64) for name in columns[2:6]}
    return out.assign(verdict=out["verdict"].fillna(""), **counts)


def _steps_there(
    rows: pd.DataFrame, sessions: Mapping[tuple[str, str], Sequence[Row]], facts: Facts
) -> dict[str, Array]:
    """Which steps the logs show for each change; the trail's records where it has a case."""
    month = facts.month
    trail = facts.judged.frames["trail"]
    case = rows["incident_case"].to_numpy()
    there = (trail["valid_from"] <= month) & (month < trail["valid_to"])
    there &= trail["present_month"] <= month
    shown = {
        record: np.isin(case, trail.loc[there & (trail["record"] == record), "case"].unique())
        for record in ("review", "plan", "learning_note")
    }
    as_at = pd.Timestamp(month_end(month))
    checked = (
        rows["verify_by"].isin(VERIFYING)
        & (rows["verified_on"] >= rows["completed_on"]) & (rows["verified_on"] < as_at)
    ).to_numpy()  # fmt: skip
    return {
        "trigger": case >= 0,
        "review": shown["review"],
        "change": shown["plan"],
        "verification": checked,
        "spread": shown["learning_note"] | _trained(rows, sessions),
        "outcome": ~rows["verdict"].isin(_NOTHING_TO_COUNT).to_numpy(),
    }


def _sessions(facts: Facts) -> dict[tuple[str, str], list[Row]]:
    """The sessions delivered by the month's end, by service and theme, in the order of time."""
    training = facts.judged.frames["training"]
    held = training.drop_duplicates("case", keep="last")
    held = held[
        (held["delivered_on"] < pd.Timestamp(month_end(facts.month))) & held["theme"].notna()
    ].sort_values("delivered_on", kind="stable")
    out: dict[tuple[str, str], list[Row]] = {}
    wanted = ["service", "theme", "delivered_on", "minutes", "observed_on"]
    for one in _records(held[wanted]):
        out.setdefault((one["service"], same_words(one["theme"])), []).append(one)
    return out


def _trained(rows: pd.DataFrame, sessions: Mapping[tuple[str, str], Sequence[Row]]) -> Array:
    """Whether a session on the theme was given at the service since the action was raised."""
    latest = {_key(*of): given[-1]["delivered_on"] for of, given in sessions.items()}
    last = pd.to_datetime(_keys(rows).map(latest))
    since: Array = (last >= rows["begun_on"].dt.normalize()).to_numpy()
    return since


def _key(service: str, theme: str) -> str:
    return f"{service}\x1f{theme}"


def _keys(rows: pd.DataFrame) -> pd.Series[Any]:
    return rows["service"].astype(str) + "\x1f" + rows["theme_key"].astype(str)


def _since(sessions: list[Row], begun: Any) -> list[Row]:
    start = pd.NaT if pd.isna(begun) else begun.normalize()
    return [one for one in sessions if pd.notna(start) and one["delivered_on"] >= start]


def _story(
    row: Row,
    cases: dict[int, Row],
    sessions: dict[tuple[str, str], list[Row]],
    there: dict[str, bool],
    facts: Facts,
) -> Story:
    case = cases.get(row["incident_case"], {})
    as_at = pd.Timestamp(month_end(facts.month))
    given = _since(sessions.get((row["service"], row["theme_key"]), []), row["begun_on"])
    told = {
        "trigger": trigger_told(case, row["link_inferred"]),
        "review": review_told(case),
        "change": change_told(row, case),
        "verification": verification_told(row),
        "spread": spread_told(row, case, given, as_at),
        "outcome": outcome_told(
            row["before"], row["before_days"], row["after"], row["after_days"], row["verdict"]
        ),
    }
    missing = [_MISSING.get(step, step) for step in STEPS if not there[step]]
    kept = {step: text if there[step] or step == "change" else "" for step, text in told.items()}
    return Story(
        theme=row["theme"], service=row["service"], **kept, missing=tuple(missing),
        changed_on=row["completed_on"].date(), before=int(row["before"]),
        before_days=int(row["before_days"]), after=int(row["after"]),
        after_days=int(row["after_days"]), verdict=row["verdict"],
        incident_ref=_text(case.get("ref")), action_ref=_text(row["ref"]),
        source=int(row["source"]), row=int(row["row"]),
    )  # fmt: skip


_MISSING = {"change": "plan or SOP update"}
"""What is missing where the action stands in the log, but no document that was changed."""


def _records(rows: pd.DataFrame) -> list[Row]:
    return [{str(name): cell for name, cell in row.items()} for row in rows.to_dict("records")]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def plain_text(stories: Sequence[Story]) -> str:
    """Stories one below the other as plain text, each with its number of words."""
    return "\n\n".join(f"{one.text}\n({counted(one.words, 'word')})" for one in stories) + "\n"


def tally_told(held: pd.DataFrame, verdicts: dict[str, int]) -> str:
    """The tally of all verified changes, which stands above the stories."""
    told = "; ".join(f"{number} {verdict}" for verdict, number in verdicts.items())
    return f"{counted(len(held), 'verified change')} in all" + (f": {told}" if told else "")
