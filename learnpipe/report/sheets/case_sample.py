"""The case sample: five closed cases, drawn the same way whenever the month's report is made."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pandas as pd

from learnpipe.ground.calendar import month_end, month_text
from learnpipe.ground.frames import each_row
from learnpipe.ground.tables import Source
from learnpipe.report.facts import Facts
from learnpipe.report.shapes import Cell, Sheet, SheetColumn

_LOG = "case_samples"
_CASE = (
    "case", "ref", "service", "tier", "theme", "category", "closed_on", "plan_updated", "source",
    "row",
)  # fmt: skip
"""What the sample reads of a case."""


def drawn_cases(
    cases: pd.DataFrame, provider: str, month: int, months: int, size: int
) -> pd.DataFrame:
    """The sample of a month, in the order drawn: a case of each tier there is, then any others.

    ``cases``: one row a case, with `closed_on`, `tier` (−1 not known), `service`, `ref`, `source`,
    `row`. Drawn of those closed in the last ``months`` months. A case's lot is a fingerprint of
    provider, month, service and reference, so that the order of the rows and other cases change
    nothing; nobody chooses.
    """
    as_at, since = (pd.Timestamp(month_end(at)) for at in (month, month - months))
    when = cases["closed_on"]
    closed = cases[[name for name in _CASE if name in cases]][(when >= since) & (when < as_at)]
    seed = f"{provider}\x1f{month_text(month)}"
    lots = [
        sha256(f"{seed}\x1f{service}\x1f{_name(ref, source, row)}".encode()).hexdigest()
        for service, ref, source, row in zip(
            closed["service"], closed["ref"], closed["source"], closed["row"], strict=True
        )
    ]
    closed = closed.assign(lot=lots).sort_values("lot", kind="stable")
    first = closed[closed["tier"] >= 0].drop_duplicates("tier").sort_values(
        "tier", ascending=False, kind="stable"
    )  # fmt: skip
    rest = closed[~closed["case"].isin(first["case"])]
    return pd.concat([first.head(size), rest]).head(size).drop(columns="lot")


def _name(ref: Any, source: int, row: int) -> str:
    return ref if isinstance(ref, str) else f"{source}\x1f{row}"


def sample_rows(facts: Facts, sources: Sequence[Source]) -> Sheet:
    """The sheet *Case sample*: the drawn cases, with the columns of the case sample log."""
    number = facts.schemas.number
    size, months = round(number("case_sample_size")), round(number("case_sample_months"))
    cases = facts.judged.frames["cases"]
    drawn = drawn_cases(cases, facts.settings.provider, facts.month, months, size)
    fields = facts.schemas.logs[_LOG].fields
    answers, changes = _answers(facts), _changes(facts, drawn)
    rows: list[tuple[Cell, ...]] = []
    for one in each_row(drawn):
        ref = one.ref if isinstance(one.ref, str) else None
        told = answers.get((one.service, ref), {})
        rows.append(
            (
                ref, one.service, _day(told.get("sampled_on")), told.get("sampled_by"),
                told.get("in_records"), told.get("in_practice"),
                None if one.tier < 0 else int(one.tier),
                one.theme if isinstance(one.theme, str) else one.category, _day(one.closed_on),
                changes.get(one.case),
                str(sources[int(one.source)].place(int(one.row))),
            )
        )  # fmt: skip
    empty = f"No case of the incident log was closed in the last {months} months."
    if cases["closed_on"].isna().all():
        empty = "The incident log gives no date on which a case was closed, so none can be drawn."
    return Sheet(
        "Case sample", "Case sample",
        f"{len(rows)} of the cases closed in the last {months} months, at least one of each tier "
        "there is. Drawn by lot, the same whenever this month's report is made. Look for the "
        "change in the records and in practice, and write the answers (yes or no) into the case "
        "sample log. Internal.",
        (
            SheetColumn(fields["incident_ref"].title, width=18),
            SheetColumn(fields["service"].title, width=20),
            SheetColumn(fields["sampled_on"].title, "date", 12),
            SheetColumn(fields["sampled_by"].title, width=18),
            SheetColumn(fields["in_records"].title, width=14),
            SheetColumn(fields["in_practice"].title, width=14), SheetColumn("Tier", "whole", 6),
            SheetColumn("Theme", width=26), SheetColumn("Closed", "date", 12),
            SheetColumn("Change to look for", "long text", 46),
            SheetColumn("Where", "text", 48),
        ),
        tuple(rows),
        empty,
    )  # fmt: skip


def _answers(facts: Facts) -> dict[tuple[Any, Any], dict[str, Any]]:
    """What the case sample log already says of cases, by service and reference."""
    samples = facts.judged.frames[_LOG]
    known = samples[samples["sampled_on"] < pd.Timestamp(month_end(facts.month))]
    columns = ["sampled_on", "sampled_by", "in_records", "in_practice"]
    told = known[["service", "incident_ref", *columns]].astype(object)
    told = told.where(told.notna(), None)
    return {
        (one["service"], one["incident_ref"]): {str(name): cell for name, cell in one.items()}
        for one in told.to_dict("records")
    }


def _changes(facts: Facts, drawn: pd.DataFrame) -> dict[int, str]:
    """What was changed in each drawn case: its actions, else its plan update."""
    actions = facts.judged.frames["actions"]
    own = actions[actions["incident_case"].isin(drawn["case"]) & actions["action"].notna()]
    own = own.drop_duplicates("case", keep="last")
    told = {one.case: one.plan_updated for one in each_row(drawn)
            if isinstance(one.plan_updated, str)}  # fmt: skip
    return told | own.groupby("incident_case")["action"].agg("; ".join).to_dict()


def _day(value: Any) -> Cell:
    return None if value is None or pd.isna(value) else value.date()
