"""Learning stories: only what the logs say, and what is missing is said."""

from __future__ import annotations

import pytest
from told import Told, told

from learnpipe.report.sheets.stories import STEPS, Story, learning_stories, plain_text
from learnpipe.report.sheets.story_sheet import story_rows
from tests.builders import Row

SIGNAL: Row = {
    "ref": "I1", "occurred_at": "2026-03-02 10:00", "severity": "moderate", "tier": "2",
    "theme": "Falls at night", "category": "Fall", "summary": "Fell beside the bed.",
    "review_route": "RCA light", "reviewed_on": "2026-03-06", "cause": "Mat not plugged in",
    "learning_note": "Rounds now check the mat", "shared_on": "2026-04-02",
}  # fmt: skip
ACTION: Row = {
    "ref": "A1", "incident_ref": "I1", "action": "Mat check on the rounding sheet",
    "raised_on": "2026-03-06", "completed_on": "2026-03-16", "status": "closed",
    "plan_updated": "Rounding sheet has a mat line", "verify_by": "re-audit",
    "how_we_will_know": "Falls a month", "verified_on": "2026-04-20",
    "verification_result": "passed",
}  # fmt: skip
EARLIER = [
    {**SIGNAL, "ref": f"E{number}", "occurred_at": f"2026-02-{number + 10} 22:00"}
    for number in range(9)
]
TRAINING: Row = {"theme": "Falls at night", "triggered_on": "2026-03-10",
                 "delivered_on": "2026-03-12", "observed_on": "2026-03-20"}  # fmt: skip


def stories(got: Told) -> tuple[Story, ...]:
    return learning_stories(got.facts, got.held)


def one(signal: Row | None = None, action: Row | None = None, **logs: list[Row]) -> Story:
    """The one story of a signal, its action and nine signals before it."""
    incidents = [*EARLIER, {**SIGNAL, **(signal or {})}]
    (story,) = stories(told(incidents=incidents, actions=[{**ACTION, **(action or {})}], **logs))
    return story


def test_a_story_step_by_step() -> None:
    story = one(training=[TRAINING])
    # Ten signals of the theme before 16 March: nine in February and that of 2 March. The log ends
    # with March, fifteen days after the change, which is too early for an outcome.
    assert (story.missing, story.verdict) == (("outcome",), "too early")
    assert story.trigger == "On 2 March 2026: Fell beside the bed."
    assert story.review == "RCA light on 6 March 2026: Mat not plugged in."
    assert story.change == (
        "Mat check on the rounding sheet (completed 16 March 2026). Plan or procedure: Rounding "
        "sheet has a mat line."
    )
    assert story.verification == (
        "Re-audit on 20 April 2026: the change was seen. Measure: Falls a month."
    )
    assert story.spread == (
        "Learning note shared on 2 April 2026: “Rounds now check the mat”; micro-training on 12 "
        "March 2026; followed by an observation check."
    )
    assert (story.before, story.after) == (10, 0)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"cause": "Mat unplugged", "contributing_factors": "process, people"},
         "Mat unplugged; contributing factors: process, people"),
        ({"cause": None, "contributing_factors": "process"}, "contributing factors: process"),
        ({"cause": "process", "contributing_factors": "process"}, "process"),
    ],
)  # fmt: skip
def test_factors_are_called_so_and_not_told_twice(found: Row, said: str) -> None:
    assert one(found).review == f"RCA light on 6 March 2026: {said}."


@pytest.mark.parametrize(
    ("result", "said"),
    [("passed", "the change was seen"), ("partly", "the change was seen in part"),
     ("failed", "the change was not seen")],
)  # fmt: skip
def test_a_check_finds_a_change_and_fails_nobody(result: str, said: str) -> None:
    story = one(action={"verification_result": result})
    assert story.verification == f"Re-audit on 20 April 2026: {said}. Measure: Falls a month."


@pytest.mark.parametrize(
    ("signal", "action", "missing"),
    [
        ({}, {"incident_ref": None, "raised_on": None, "theme": "Falls at night"}, "trigger"),
        ({"reviewed_on": None}, {}, "review"),
        ({}, {"plan_updated": "Re-trained all staff"}, "plan or SOP update"),
        ({}, {"verified_on": None}, "verification"),
        ({}, {"verify_by": "other"}, "verification"),
        ({"shared_on": None}, {}, "spread"),
    ],
)
def test_a_step_that_the_logs_do_not_show_is_named(signal: Row, action: Row, missing: str) -> None:
    story = one(signal, action)
    assert missing in story.missing
    if missing in STEPS:
        assert getattr(story, missing) == ""
    assert f"Not shown by the logs: {', '.join(story.missing)}." in story.text


def test_a_training_before_the_action_was_raised_spreads_nothing() -> None:
    early = {**TRAINING, "delivered_on": "2026-03-01"}
    assert "spread" in one({"shared_on": None}, training=[early]).missing
    assert "spread" not in one({"shared_on": None}, training=[TRAINING]).missing


def test_the_outcome_stands_with_its_counts_and_claims_no_more() -> None:
    quiet = [{**SIGNAL, "ref": f"Q{month}", "theme": "Other", "occurred_at": f"2026-{month:02}-05"}
             for month in range(4, 11)]  # fmt: skip
    got = told(incidents=[*EARLIER, SIGNAL, *quiet], actions=[ACTION])
    (story,) = [story for story in stories(got) if story.theme == "Falls at night"]
    # Before: 10 in 43 days. Since: none in 182 days, 26 weeks.
    assert story.outcome == (
        "From 10 signals in 6 weeks before to 0 signals in 26 weeks since. It held: fewer than "
        "before, and more than chance would explain."
    )
    few = told(incidents=[SIGNAL, *quiet], actions=[ACTION])
    (story,) = stories(few)
    assert story.outcome.endswith("Too few to tell.")


def test_the_best_evidenced_stand_first_whatever_their_outcome() -> None:
    bare = {"ref": "A2", "theme": "Food", "action": "New menu", "raised_on": "2026-09-01",
            "completed_on": "2026-09-20", "status": "closed"}  # fmt: skip
    got = told(incidents=[*EARLIER, SIGNAL], actions=[bare, ACTION])
    assert [story.theme for story in stories(got)] == ["Falls at night", "Food"]


def test_one_story_a_theme_and_service_of_the_last_twelve_months() -> None:
    again = {**ACTION, "ref": "A2", "verified_on": None}
    old = {**ACTION, "ref": "A3", "theme": "Food", "incident_ref": None,
           "raised_on": "2025-09-01", "completed_on": "2025-10-31"}  # fmt: skip
    got = told(incidents=[*EARLIER, SIGNAL], actions=[again, ACTION, old])
    assert [story.action_ref for story in stories(got)] == ["A1"]


def test_the_sheet_has_the_tally_above_and_a_row_a_step() -> None:
    got = told(incidents=[*EARLIER, SIGNAL], actions=[ACTION])
    (story,) = stories(got)
    sheet = story_rows([story], got.held, got.sources)
    tally, *steps, text = [row[3:] for row in sheet.rows]
    assert tally[:2] == ("Tally", "1 verified change in all: 1 too early. Sheet Did it hold has "
                         "each of them.")  # fmt: skip
    assert [row[0] for row in steps] == [step.capitalize() for step in STEPS]
    assert steps[2][3:] == ("A1", 'actions all.xlsx, sheet "Log", cell E2')
    assert steps[5][1] == "Not shown by the logs."
    assert text[:4] == ("Plain text", story.text, len(story.text.split()), "missing: outcome")


def test_plain_text_tells_its_words() -> None:
    got = told(incidents=[*EARLIER, SIGNAL], actions=[ACTION])
    (story,) = stories(got)
    assert plain_text([story]) == f"{story.text}\n({story.words} words)\n"


def test_without_a_completed_action_there_is_no_story_and_the_sheet_says_so() -> None:
    got = told(incidents=[SIGNAL])
    sheet = story_rows(stories(got), got.held, got.sources)
    assert sheet.rows == () and sheet.empty.startswith("No action with a theme was completed")
