"""Micro-training, observations, supervisions, activity, micro-tests, samples: their verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import clocks
from learnpipe.assess.feedback import holding, states, with_clock
from learnpipe.assess.links import days_from, group_codes
from learnpipe.assess.snapshots import FIRST
from learnpipe.ground.calendar import NO_MONTH, months_of
from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import NOT_MET, same_words

Array = np.ndarray[Any, Any]
_TICKS = tuple("✓✔√☑✅")
_SPAN = 1 << 22  # more days than any calendar has


def judge_training(training: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """Micro-training sessions; the clock of delivery starts with the theme that triggered them.

    Adds for *delivered* and for *observed* (the observation check that follows it) `…_due_month`,
    `…_state`, `…_open_from`, `…_open_to`; `attendance_month`, the month of a session that says for
    how many it was meant, with `came` of `asked`, and `came_known`.
    """
    number = schemas.number
    triggered, delivered = training["triggered_on"].to_numpy(), training["delivered_on"].to_numpy()
    observed = training["observed_on"].to_numpy()
    in_time = clocks.after_days(triggered, int(number("micro_training_days")))
    check_by = clocks.after_days(delivered, int(number("training_observed_days")))
    with np.errstate(invalid="ignore"):
        before = clocks.days_of(observed) < clocks.days_of(delivered)
    checked = clocks.state_by_day(check_by, observed)
    asked = np.rint(training["eligible"].fillna(0).to_numpy()).astype(np.int64)
    came = np.rint(training["attended"].fillna(0).to_numpy()).astype(np.int64)
    held = holding(training, months_of(delivered))
    return training.assign(
        **with_clock(
            training, "delivered", triggered, in_time,
            clocks.state_by_day(in_time, delivered), ~np.isnat(triggered),
        ),
        **with_clock(
            training, "observed", delivered, check_by,
            np.where(before, NOT_MET, checked), ~np.isnat(delivered),
        ),
        attendance_month=np.where(asked > 0, held, NO_MONTH),
        asked=asked,
        came=np.minimum(came, asked),
        came_known=training["attended"].notna(),
    )  # fmt: skip


def length_findings(
    training: pd.DataFrame, sources: Sequence[Source], schemas: Schemas
) -> list[Finding]:
    """A note for each micro-training that is shorter or longer than a micro-training is."""
    low, high = (schemas.number(f"micro_training_minutes_{end}") for end in ("low", "high"))
    last = training.drop_duplicates("case", keep="last")
    outside = last[(last["minutes"] < low) | (last["minutes"] > high)]
    return [
        Finding(
            "micro-training-length",
            "note",
            sources[int(source)].place(int(row), "minutes"),
            f"The session lasted {minutes:g} minutes; a micro-training lasts {low:g} to {high:g}.",
            "Check the number. A longer session still counts, but it is no micro-training.",
        )
        for source, row, minutes in zip(
            outside["source"], outside["row"], outside["minutes"], strict=True
        )
    ]


def judge_observations(observations: pd.DataFrame, training: pd.DataFrame) -> pd.DataFrame:
    """Practice observations: `has_result`, `passed`, and `focused`: of the theme that is on.

    That is the theme of the latest micro-training at the service by the day of the observation.
    """
    return observations.assign(
        has_result=observations["result"].notna(),
        passed=observations["result"] == "passed",
        focused=_focused(observations, training),
    )


def _focused(observations: pd.DataFrame, training: pd.DataFrame) -> Array:
    held = training.drop_duplicates("case", keep="last")
    held = held[held["delivered_on"].notna() & held["theme"].notna()]
    asked = (observations["theme"].notna() & observations["observed_on"].notna()).to_numpy()
    if held.empty or not asked.any():
        return np.zeros(len(observations), dtype=bool)
    stands, wanted = group_codes((held["service"],), (observations["service"],))
    themes = [
        one.map({raw: same_words(str(raw)) for raw in one.dropna().unique()}).to_numpy(object)
        for one in (held["theme"], observations["theme"])
    ]
    line = stands * _SPAN + days_from(held["delivered_on"].to_numpy())
    order = np.lexsort((pd.factorize(themes[0], sort=True)[0], line))
    day = wanted * _SPAN + days_from(observations["observed_on"].to_numpy())
    latest = np.searchsorted(line[order], day, "right") - 1
    there = (latest >= 0) & (line[order][latest] >= wanted * _SPAN)
    same: Array = asked & there & (themes[0][order][latest] == themes[1])
    return same


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


def judge_micro_tests(tests: pd.DataFrame, schemas: Schemas) -> pd.DataFrame:
    """Micro-tests: `running_from`/`running_to`, `waiting_from`/`waiting_to`, and how they ended.

    A test runs to its last day (else two weeks; as long again once it is extended), then waits for
    a decision. `ended_month` is the month in which an adopted or stopped test ended, once a case.
    """
    started = tests["started_on"].to_numpy()
    weeks = schemas.number("micro_test_weeks")
    ends = tests["ends_on"].to_numpy()
    ends = np.where(np.isnat(ends), clocks.after_weeks(started, weeks), clocks.days_of(ends))
    longer = clocks.after_weeks(ends, weeks)
    extended = (tests["decision"] == "extended").to_numpy()
    end_month = months_of(np.where(extended, longer, ends))
    known = ~np.isnat(started) & (end_month != NO_MONTH)
    decided = tests["decision"].isin(["adopted", "stopped"]).to_numpy()
    valid_from, valid_to = tests["valid_from"].to_numpy(), tests["valid_to"].to_numpy()
    running_to = np.where(known, np.minimum(end_month, valid_to), FIRST)
    waits = known & ~decided
    return tests.assign(
        running_from=np.maximum(months_of(started), valid_from),
        running_to=running_to,
        waiting_from=np.maximum(end_month, valid_from),
        waiting_to=np.where(waits, valid_to, FIRST),
        ended_month=clocks.counted_month(
            tests["case"].to_numpy(), end_month, valid_from, valid_to, known & decided
        ),
    )


def judge_case_samples(samples: pd.DataFrame) -> pd.DataFrame:
    """Sampled cases: `visible_state`, met where the change shows in records and in practice."""
    seen = [samples[name].to_numpy(object) for name in ("in_records", "in_practice")]
    yes, no = (np.array([one == word for one in seen]) for word in ("yes", "no"))
    return samples.assign(visible_state=states(yes.all(axis=0) | no.any(axis=0), yes.all(axis=0)))
