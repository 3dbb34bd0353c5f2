"""The case sample: drawn by lot, the same way whenever a month's report is made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from told import told

from learnpipe.ground.calendar import parse_month
from learnpipe.ground.settings import Settings
from learnpipe.report.sheets.case_sample import drawn_cases, sample_rows
from tests.builders import Row

OCTOBER = parse_month("2026-10")


def closed(tiers: dict[str, int], day: str = "2026-09-10") -> pd.DataFrame:
    """Cases of Oak closed on a day, by reference and tier."""
    rows = [
        {"case": at, "ref": ref, "service": "Oak", "tier": tier, "closed_on": pd.Timestamp(day),
         "source": 0, "row": at + 2}
        for at, (ref, tier) in enumerate(tiers.items())
    ]  # fmt: skip
    return pd.DataFrame(rows)


MANY = {f"I{number}": 1 for number in range(40)} | {"S1": 3, "N1": 0, "M1": 2, "U1": -1}


def refs(cases: pd.DataFrame, provider: str = "Willow", month: int = OCTOBER) -> list[str]:
    return drawn_cases(cases, provider, month, months=3, size=5)["ref"].tolist()


def test_five_with_at_least_one_of_each_tier_there_is() -> None:
    drawn = refs(closed(MANY))
    assert len(drawn) == 5
    assert drawn[:2] == ["S1", "M1"] and drawn[3] == "N1"
    assert drawn[2].startswith("I")


@given(st.permutations(range(44)))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    cases = closed(MANY)
    assert refs(cases.iloc[order]) == refs(cases)


def test_another_provider_or_month_draws_others() -> None:
    cases = closed({f"I{number}": 1 for number in range(40)})
    assert refs(cases) == refs(cases)
    assert refs(cases) != refs(cases, provider="Hazel")
    assert refs(cases) != refs(cases, month=OCTOBER + 1)


def test_a_case_that_is_not_drawn_changes_nothing_when_it_goes() -> None:
    cases = closed({f"I{number}": 1 for number in range(40)})
    drawn = refs(cases)
    left = next(ref for ref in cases["ref"] if ref not in drawn)
    assert refs(cases[cases["ref"] != left]) == drawn


def test_closed_in_the_last_three_months() -> None:
    # August, September and October; neither 31 July nor 1 November.
    days = ("2026-07-31", "2026-08-01", "2026-10-31", "2026-11-01")
    cases = pd.concat([closed({day: 1}, day) for day in days], ignore_index=True)
    cases["case"] = range(len(cases))
    assert sorted(refs(cases)) == ["2026-08-01", "2026-10-31"]


SIGNAL: Row = {"ref": "I1", "occurred_at": "2026-08-03 10:00", "severity": "low", "tier": "1"}


def shown(**logs: list[Row]) -> tuple[list[dict[str, Any]], str]:
    got = told("2026-10", settings=Settings(provider="Willow"), **logs)
    sheet = sample_rows(got.facts, got.sources)
    titles = [column.title for column in sheet.columns]
    return [dict(zip(titles, row, strict=True)) for row in sheet.rows], sheet.empty


def test_the_sheet_has_the_columns_of_the_log_to_be_filled_in() -> None:
    action = {"incident_ref": "I1", "action": "New mats", "raised_on": "2026-08-04"}
    (row,), _ = shown(incidents=[{**SIGNAL, "closed_on": "2026-09-01"}], actions=[action])
    assert list(row)[:6] == [
        "Incident reference", "Service", "Sampled on", "Sampled by", "Visible in records",
        "Visible in practice",
    ]  # fmt: skip
    assert list(row.values())[:6] == ["I1", "Oak", None, None, None, None]
    assert (row["Change to look for"], row["Tier"]) == ("New mats", 1)


def test_answers_that_the_log_has_stand_there() -> None:
    answer = {"incident_ref": "I1", "sampled_on": "2026-10-05", "in_records": "yes",
              "in_practice": "no", "sampled_by": "Ann Lee"}  # fmt: skip
    (row,), _ = shown(incidents=[{**SIGNAL, "closed_on": "2026-09-01"}], case_samples=[answer])
    assert (row["Visible in records"], row["Visible in practice"]) == ("yes", "no")


def test_nothing_to_draw_says_why() -> None:
    without, why = shown(incidents=[SIGNAL])
    assert (without, why) == (
        [], "The incident log gives no date on which a case was closed, so none can be drawn.",
    )  # fmt: skip
    long_ago, why = shown(incidents=[{**SIGNAL, "closed_on": "2026-05-01"}])
    assert (long_ago, why) == ([], "No case of the incident log was closed in the last 3 months.")


def test_the_number_drawn_is_a_setting() -> None:
    got = told("2026-10", incidents=[{**SIGNAL, "ref": f"I{n}", "closed_on": "2026-09-01"}
                                     for n in range(9)])  # fmt: skip
    two = Settings(standards={"case_sample_size": 2})
    schemas = two.applied_to(got.facts.schemas)
    assert len(sample_rows(got.facts, got.sources).rows) == 5
    assert len(sample_rows(replace(got.facts, schemas=schemas), got.sources).rows) == 2
