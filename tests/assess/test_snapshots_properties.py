"""Snapshots, whatever the files: splitting, shuffling and copying them never changes the cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from learnpipe.assess.snapshots import Merged, merge, valid_at
from learnpipe.ground.calendar import parse_month
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.tables import Evidence
from tests.builders import Row, evidence

MONTHS = ("2026-08", "2026-09", "2026-10")
FACTS = ("service", "ref", "day", "month", "severity", "status", "theme", "triaged_at", "summary")
Facts = list[tuple[str, ...]]
File = tuple[str, list[Row]]

some = settings(max_examples=20)


@st.composite
def incidents(draw: st.DrawFn, may_lack_ref: bool = True) -> list[Row]:
    """Incidents of three months at two services, each on a row."""
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 9))):
        day = f"{draw(st.sampled_from(MONTHS))}-{draw(st.integers(1, 28)):02}"
        triaged = draw(st.sampled_from([None, f"{day} 20:00"]))
        rows.append(
            {
                "ref": None if may_lack_ref and draw(st.booleans()) else f"INC-{number // 2:03}",
                # Both services number from the same start: no ref means one row alone.
                "service": ("Oak", "Elm")[number % 2],
                "occurred_at": f"{day} 09:00",
                "theme": draw(st.sampled_from([None, "Falls", "Medication"])),
                "severity": draw(st.sampled_from([None, "none", "low", "moderate"])),
                "status": draw(st.sampled_from(["open", "closed"])),
                "summary": draw(st.sampled_from([None, "Fell", "Wrong dose"])),
                "triaged_at": triaged,
            }
        )
    return rows


def month_of(row: Row) -> str:
    return str(row["occurred_at"])[:7]


def by_month(rows: Sequence[Row]) -> list[File]:
    """A file a month, each with its month's incidents."""
    return [
        (month, own) for month in MONTHS if (own := [row for row in rows if month_of(row) == month])
    ]


def growing(rows: Sequence[Row]) -> list[File]:
    """A file a month, each with all incidents so far."""
    files = [(month, [row for row in rows if month_of(row) <= month]) for month in MONTHS]
    return [(month, own) for month, own in files if own]


def logs(files: Sequence[File], twice: bool = False) -> Evidence:
    """The evidence of these files, in this order; ``twice``: each saved again by another name."""
    one = evidence(incidents=[{**row, "snapshot": month} for month, own in files for row in own])
    if not twice:
        return one
    frame, count = one.logs["incidents"], len(one.sources)
    again = frame.assign(source=frame["source"] + count)
    copies = [
        replace(source, number=source.number + count, file=f"Copy of {source.file}")
        for source in one.sources
    ]
    both = pd.concat([again, frame], ignore_index=True)
    return Evidence({"incidents": both}, (*one.sources, *copies), ())


def merged(one: Evidence) -> Merged:
    """The cases of the incident log."""
    return merge(load_schemas().logs["incidents"], one.logs["incidents"], one.sources)


def facts(one: Evidence) -> Facts:
    """What is known of each case at the end of October."""
    cases = valid_at(merged(one).versions, parse_month("2026-10"))
    told: list[tuple[Any, ...]] = cases[list(FACTS)].to_numpy().tolist()
    return sorted(tuple("" if pd.isna(value) else str(value) for value in case) for case in told)


@some
@given(incidents())
def test_a_file_a_month_tells_what_one_file_tells(rows: list[Row]) -> None:
    assert facts(logs(by_month(rows))) == facts(logs([("2026-10", rows)]))


@some
@given(incidents(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_never_matters(rows: list[Row], chance: Any) -> None:
    files = [(month, chance.sample(own, len(own))) for month, own in by_month(rows)]

    assert facts(logs(chance.sample(files, len(files)))) == facts(logs(by_month(rows)))


@some
@given(incidents(may_lack_ref=False), st.randoms(use_true_random=False))
def test_files_that_repeat_the_months_before_tell_the_same(rows: list[Row], chance: Any) -> None:
    files = growing(rows)

    assert facts(logs(chance.sample(files, len(files)))) == facts(logs(by_month(rows)))


@some
@given(incidents(may_lack_ref=False))
def test_files_that_were_saved_again_by_another_name_change_nothing(rows: list[Row]) -> None:
    assert facts(logs(growing(rows), twice=True)) == facts(logs(growing(rows)))


@some
@given(incidents(may_lack_ref=False), st.randoms(use_true_random=False))
def test_rows_used_and_superseded_add_up(rows: list[Row], chance: Any) -> None:
    files = growing(rows)
    one = logs(chance.sample(files, len(files)))

    used = len(one.logs["incidents"]) - len(merged(one).superseded)
    assert used == len(facts(one)) == len(rows)


@some
@given(incidents(may_lack_ref=False), st.data())
def test_what_a_later_file_knows_and_the_changes_do_not_hang_on_the_order(
    rows: list[Row], data: st.DataObject
) -> None:
    def changed(row: Row) -> Row:
        return {**row, "severity": data.draw(st.sampled_from(["low", "severe"]))}

    files = growing(rows)
    files = [*files[:-1], (files[-1][0], [changed(row) for row in files[-1][1]])]

    def told(order: Sequence[File]) -> tuple[Facts, Facts]:
        table = merged(logs(order)).changes
        listed = table[["service", "ref", "field", "said", "now"]].astype(str).to_numpy().tolist()
        return facts(logs(order)), sorted(map(tuple, listed))

    assert told(files[::-1]) == told(files)
