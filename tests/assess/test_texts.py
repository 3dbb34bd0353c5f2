"""What a plan update says: a change, or only that somebody was trained, reminded or told."""

from __future__ import annotations

import pandas as pd
import pytest

from learnpipe.assess.texts import in_list, says_something, says_what_changed
from learnpipe.ground.schemas import load_schemas

NO_CHANGE = [
    "Re-trained staff",
    "retrained all staff",
    "re-trained all staff",
    "Reminded everyone",
    "All staff reminded",
    "Staff reminded about fluid charts",
    "Reminded staff of falls and mobility risks",
    "Discussed at handover",
    "discussed in supervision",
    "Discussed in team meeting",
    "Discussed at team meeting and shared with night staff",
    "Refresher training given; staff reminded",
    "Refresher training booked for the night team",
    "Training",
    "Training delivered to all seniors",
    "E-learning completed",
    "Toolbox talk",
    "Supervision",
    "Supervision held",
    "Supervision completed with carer involved",
    "Team meeting",
    "Handover",
    "Spoke to staff member",
    "Spoken to the nurse on shift",
    "Emailed all staff",
    "Memo sent to staff",
    "Message sent to the team WhatsApp group",
    "Staff made aware",
    "Raised awareness",
    "Staff to be more vigilant",
    "Be more careful",
    "Monitor",
    "Continue to monitor",
    "Ongoing monitoring",
    "Lessons learned shared",
    "Learning shared with team",
    "Reflective discussion held",
    "No change needed",
    "Care plan reviewed, no changes",
    "Care plan remains appropriate",
    "Care plan to be updated",
    "Policy will be amended",
    "Re-trained staff on the updated falls plan",
    "Staff reminded to use the new chart",
    "Competency reassessed",
    "Disciplinary",
    "Staff informed, advised and reminded",
    "Policy re-read by all staff",
    "n/a",
    "None",
    "tbc",
    "not yet",
    "-",
    "Staff to follow care plan",
    "Awareness session held at huddle",
]
A_CHANGE = [
    "Updated falls care plan; re-trained staff",
    "Falls care plan updated",
    "Staff reminded; hourly checks in plan",
    "Sensor mat added to the falls plan",
    "Sensor mat in place",
    "Care plan rewritten and staff retrained",
    "Staff retrained and falls plan updated",
    "Hourly checks added to night plan, discussed at handover",
    "Handover sheet changed to include fluid targets",
    "New two-nurse check introduced for insulin",
    "SOP 12 v3",
    "Risk assessment",
    "Care plan reviewed and updated",
    "MAR chart moved to the front of the folder",
    "Supervision template changed",
    "Monitoring chart introduced",
    "yes",
    "Y",
    "✓",
    "Reminded staff. Bed rails assessment rewritten.",
    "Training delivered - hoist procedure amended",
    "Medication policy: second signature now required",
    "Mat in care plan",
    "Observations increased to hourly",
    "Removed rug from the hall and reminded visitors",
    "Updated so that the alarm will be on at night",
]


def column(*texts: str | None) -> pd.Series:
    return pd.Series(list(texts), dtype=object)


@pytest.mark.parametrize("text", NO_CHANGE)
def test_training_reminding_and_talking_are_no_plan_update(text: str) -> None:
    assert not says_what_changed(column(text), load_schemas())[0]


@pytest.mark.parametrize("text", A_CHANGE)
def test_what_was_changed_is_a_plan_update_whatever_stands_beside_it(text: str) -> None:
    assert says_what_changed(column(text), load_schemas())[0]


def test_case_blanks_and_full_stops_do_not_matter_and_an_empty_cell_says_nothing() -> None:
    said = column("  RE-TRAINED   all Staff. ", "UPDATED falls plan.", None)
    assert says_what_changed(said, load_schemas()).tolist() == [False, True, False]


def test_a_cell_that_puts_off_or_denies_says_nothing() -> None:
    said = column("tbc", "N/A", " None. ", "Wet floor", None, "-")
    assert says_something(said, load_schemas()).tolist() == [
        False, False, False, True, False, False,
    ]  # fmt: skip


def test_a_list_is_looked_up_by_whole_answers() -> None:
    none_needed = load_schemas().lists["none_needed"]
    said = column("Not notifiable", "None needed.", "CQC told; not notifiable to the council", None)
    assert in_list(said, none_needed).tolist() == [True, True, False, False]
