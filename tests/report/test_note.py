"""The "what changed" note: short, plain, nameless, and never more than the verdict allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import Told, told

from learnpipe.ground.settings import Settings, Sharing
from learnpipe.measure.held_alternatives import small_alternatives
from learnpipe.measure.themes import theme_table
from learnpipe.report.sharing.note import MOST_WORDS, build_note
from learnpipe.report.sharing.note_shapes import Note
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.tender import decide
from learnpipe.report.sharing.tender_changes import HELD_BACK, Counts
from learnpipe.report.sheets.stories import learning_stories
from tests.builders import Row
from tests.conftest import SampleFacts

THEMES = ("Falls at night", "Late medicines", "Cold food", "Lost glasses")


def signals(theme: str, *days: str, service: str = "Oak House") -> list[Row]:
    return [
        {"ref": f"{theme}{day}", "service": service, "theme": theme, "category": "Other",
         "occurred_at": f"{day} 10:00", "severity": "low"}
        for day in days
    ]  # fmt: skip


def change(theme: str, completed: str = "2026-09-10", **more: str | None) -> Row:
    return {"ref": f"A-{theme}", "service": "Oak House", "theme": theme, "action": "New check list",
            "raised_on": "2026-09-01", "completed_on": completed, "status": "closed",
            "verify_by": "re-audit", "verified_on": "2026-10-12", "verification_result": "passed",
            **more}  # fmt: skip


NINE = [f"2026-08-{day}" for day in range(10, 19)]
LOGGED_ON = [
    row for month in range(3, 11) for row in signals(f"Other {month}", f"2026-{month:02}-05")
]


def noted(got: Told, words: Words | None = None, **over: object) -> Note:
    facts = replace(got.facts, **over)  # type: ignore[arg-type]
    frames, span = facts.judged.frames, facts.judged.span
    themes = theme_table(frames["cases"], span.services, facts.month, facts.schemas)
    most = facts.settings.sharing.threshold - 1
    decided = decide(facts, got.held, small_alternatives(got.held, most), ())
    return build_note(
        facts, learning_stories(facts, got.held), themes, decided.counts,
        words or Words.of(facts),
    )  # fmt: skip


def test_a_theme_step_by_step() -> None:
    # Nine signals in February, of 63 days before 5 April: 9 weeks. None in the 26 weeks since.
    days = (f"2026-02-{day}" for day in range(10, 19))
    note = noted(told(incidents=[*signals(THEMES[0], *days), *LOGGED_ON],
                      actions=[change(THEMES[0], "2026-04-05")]))  # fmt: skip
    assert note.lines == (
        "What changed: October 2026",
        "One theme from our logs.",
        "Falls at night",
        "What we noticed: It came up 9 times in the 9 weeks before.",
        "What changed: New check list.",
        "How we know: A new audit in October 2026 was passed. After the change it did not come up "
        "in 26 weeks. It now comes up less often, by more than chance.",
    )


@pytest.mark.parametrize(
    ("before", "since", "completed", "said"),
    [
        # 9 in 26 weeks, then 9 in 8 weeks: the interval of the rate ratio lies above 1.
        (NINE, [f"2026-10-{d}" for d in range(10, 19)], "2026-09-05", "more often, by more than"),
        (NINE, ["2026-10-02", "2026-10-09"], "2026-09-05", "could be chance"),
        (NINE[:1], [], "2026-09-05", "too few to tell"),
        (NINE, [], "2026-09-20", "too early to tell"),
    ],
)
def test_no_more_is_claimed_than_the_verdict_allows(
    before: list[str], since: list[str], completed: str, said: str
) -> None:
    rows = [*signals(THEMES[0], *before, *since), *LOGGED_ON]
    (theme,) = noted(told(incidents=rows, actions=[change(THEMES[0], completed)])).themes
    assert said in theme.known
    assert "less often" not in theme.known


@pytest.mark.parametrize(
    ("result", "said"),
    [("passed", "was passed."), ("partly", "was passed in part."), ("failed", "was not passed."),
     (None, "looked at it.")],
)  # fmt: skip
def test_what_the_check_found_is_said_as_it_was(result: str | None, said: str) -> None:
    rows = [*signals(THEMES[0], *NINE), *LOGGED_ON]
    action = change(THEMES[0], verification_result=result)
    (theme,) = noted(told(incidents=rows, actions=[action])).themes
    assert theme.known.startswith(f"A new audit in October 2026 {said}")


def test_a_change_that_nobody_checked_is_said_to_be_unchecked() -> None:
    action = change(THEMES[0], verified_on=None, verify_by=None, verification_result=None)
    note = noted(told(incidents=signals(THEMES[0], *NINE), actions=[action]))
    assert note.themes[0].known == "We have not yet checked if it helped."


def test_verified_first_then_the_newest_and_three_at_most() -> None:
    actions = [
        change(THEMES[0], "2026-03-10", verified_on="2026-04-20"),
        change(THEMES[1], "2026-10-10", verified_on=None),
        change(THEMES[2], "2026-09-01", verified_on="2026-10-12"),
        change(THEMES[3], "2026-07-10", verified_on="2026-08-20"),
    ]
    rows = [row for theme in THEMES for row in signals(theme, *NINE)]
    note = noted(told(incidents=rows, actions=actions))
    assert [theme.title for theme in note.themes] == [THEMES[2], THEMES[3], THEMES[0]]


def test_a_theme_that_repeats_without_a_change_fills_the_note_and_says_so() -> None:
    repeats = signals("Cold food", "2026-10-02", "2026-10-03", "2026-10-04")
    (theme,) = noted(told(incidents=repeats)).themes
    assert theme.noticed == "It keeps coming up."
    assert theme.changed == "Our records show no finished change yet."
    assert theme.known == "There is nothing to check yet."


def test_with_nothing_to_say_it_says_so() -> None:
    note = noted(told(incidents=signals("Cold food", "2026-10-02")))
    assert note.themes == ()
    assert "no finished change" in note.text


def test_a_text_that_names_somebody_gives_way_to_one_that_does_not() -> None:
    action = change(THEMES[0], learning_note="Ask Sunita for the mat", action="Mats are checked")
    got = told(incidents=signals(THEMES[0], *NINE), actions=[action])
    note = noted(got, masked=lambda text: text.replace("Sunita", "[name]"))
    assert note.themes[0].changed == "Mats are checked."


@pytest.mark.parametrize(
    ("learning_note", "said"),
    [
        ("What changed: lighter plates", "Lighter plates."),
        ("WHAT WE CHANGED - What changed: lighter plates.", "Lighter plates."),
        ("Learning: lighter plates", "Lighter plates."),
        ("Lessons learnt: lighter plates", "Lighter plates."),
        ("Action taken: lighter plates", "Lighter plates."),
        ("Change: lighter plates", "Lighter plates."),
        ("Changes to the plates", "Changes to the plates."),
        ("Action-based huddles", "Action-based huddles."),
        ("What changed:", "New check list."),  # nothing but a label: the action is told
    ],
)
def test_a_note_s_own_label_is_not_told_after_ours(learning_note: str, said: str) -> None:
    action = change(THEMES[0], learning_note=learning_note)
    note = noted(told(incidents=signals(THEMES[0], *NINE), actions=[action]))
    assert note.themes[0].changed == said


def test_a_masked_room_leaves_no_stump(sample_facts: SampleFacts) -> None:
    action = change(THEMES[0], action="Check the mat, room 12")
    got = told(incidents=signals(THEMES[0], *NINE), actions=[action])
    note = noted(got, masked=sample_facts.facts.masked)
    assert note.themes[0].changed == "Check the mat."


def test_a_word_that_may_be_a_name_holds_a_change_back_until_it_is_cleared() -> None:
    def doubtful(text: str) -> Sequence[str]:
        return ("Zimmer",) if "Zimmer" in text else ()

    action = change(THEMES[0], action="Zimmer frames are labelled")
    logs: dict[str, list[Row]] = {"incidents": signals(THEMES[0], *NINE), "actions": [action]}
    kept_back = noted(told(**logs), doubtful=doubtful)  # type: ignore[arg-type]
    assert "Zimmer" not in kept_back.text
    assert "Some changes are not told here yet" in kept_back.text
    words = Words.of(replace(told(**logs).facts, doubtful=doubtful))
    noted(told(**logs), words=words)
    assert words.waiting == {"Zimmer": {"what changed note": 1}}
    cleared = Settings(sharing=Sharing(cleared=("zimmer",)))
    told_now = noted(told(settings=cleared, **logs), doubtful=doubtful)  # type: ignore[arg-type]
    assert told_now.themes[0].changed == "Zimmer frames are labelled."


def test_services_are_named_where_there_are_several_and_not_by_letter() -> None:
    rows = [*signals(THEMES[0], *NINE), *signals("Other", "2026-10-02", service="Elm")]
    actions = [change(THEMES[0])]
    assert noted(told(incidents=rows, actions=actions)).themes[0].noticed.startswith("At Oak House")
    lettered = Settings(sharing=Sharing(services="letters"))
    note = noted(told(settings=lettered, incidents=rows, actions=actions))
    assert note.themes[0].noticed.startswith("At Service B it came up")


@settings(max_examples=12)
@given(st.integers(0, 14), st.integers(0, 14), st.sampled_from([3, 5, 10]))
def test_no_small_count_can_be_read_from_it(before: int, since: int, threshold: int) -> None:
    days = [f"2026-08-{day}" for day in range(10, 10 + before)]
    later = [f"2026-09-{day}" for day in range(10, 10 + since)]
    rows = [*signals(THEMES[0], *days, *later), *LOGGED_ON]
    sharing = Settings(sharing=Sharing(threshold=threshold))
    got = told(settings=sharing, incidents=rows, actions=[change(THEMES[0], "2026-09-05")])
    theme = noted(got).themes[0]
    counts = re.findall(r"(\d+) times", f"{theme.noticed} {theme.known}")
    assert all(int(number) >= threshold for number in counts)


def test_a_count_that_the_tender_workbook_hides_is_not_told_at_all() -> None:
    got = told(incidents=[*signals(THEMES[0], *NINE), *LOGGED_ON],
               actions=[change(THEMES[0], "2026-09-05")])  # fmt: skip
    facts, stories = got.facts, learning_stories(got.facts, got.held)
    themes = theme_table(facts.judged.frames["cases"], ("Oak House",), facts.month, facts.schemas)
    (story,) = stories
    hidden = {(story.source, story.row): Counts(HELD_BACK, 26, HELD_BACK, 8)}
    (theme,) = build_note(facts, stories, themes, hidden, Words.of(facts)).themes
    assert theme.noticed == "It was first raised in September 2026."
    assert theme.known == "A new audit in October 2026 was passed. Any difference could be chance."


@settings(max_examples=12)
@given(
    st.lists(st.integers(1, 40), min_size=3, max_size=3),
    st.lists(st.integers(1, 12), min_size=3, max_size=3),
    st.text("ab ", max_size=60),
)
def test_never_more_than_two_hundred_words(
    texts: list[int], names: list[int], provider: str
) -> None:
    themes = [" ".join([f"theme{at}", *["word"] * (size - 1)]) for at, size in enumerate(names)]
    actions = [
        change(theme, action=" ".join(["word"] * size))
        for theme, size in zip(themes, texts, strict=True)
    ]
    rows = [row for theme in themes for row in signals(theme, *NINE)]
    got = told(settings=Settings(provider=provider), incidents=rows, actions=actions)
    note = noted(got)
    assert note.words <= MOST_WORDS
    assert len(note.text.split()) == note.words
    number = ("One theme", "Two themes", "Three themes")[len(note.themes) - 1]
    assert number in note.intro


def test_a_remark_gives_way_before_a_theme_does() -> None:
    # A place of seven words thrice: with the remark on small numbers it would have 208 words.
    place = "Saint Bartholomew Supported Living and Reablement Service"
    rows = [row for theme in THEMES[:3] for row in
            signals(theme, *NINE[:3], "2026-09-20", service=place)]  # fmt: skip
    actions = [change(theme, "2026-08-24", service=place, action=" ".join(["word"] * 20))
               for theme in THEMES[:3]]  # fmt: skip
    others = [row | {"service": "Elm"} for row in LOGGED_ON]
    note = noted(told(incidents=[*rows, *others], actions=actions))
    assert len(note.themes) == 3
    assert "a few times" in note.text
    assert "Small numbers" not in note.text


def reading_grade(note: Note) -> float:
    """Flesch–Kincaid grade: 0.39 words a sentence + 11.8 syllables a word − 15.59.

    Source: Kincaid et al. (1975). An age of 12 is grade 7. Headings and labels are no sentences.
    """
    told = [note.intro, *(step for one in note.themes for _, step in one.points), *note.closing]
    text = " ".join(told)
    words = re.findall(r"[A-Za-z]+", text)
    sentences = len(re.findall(r"[.!?…](?=\s|$)", text))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out; at least one."""
    plain = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^dt])ed$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def test_a_twelve_year_old_can_read_it(sample_facts: SampleFacts) -> None:
    got = Told(sample_facts.facts, sample_facts.understood.evidence.sources)
    note = noted(got)
    assert len(note.themes) == 3
    assert reading_grade(note) < 7
    assert noted(told(incidents=signals("Cold food", "2026-10-02"))).words < 60
    assert reading_grade(noted(told(incidents=signals("Cold food", "2026-10-02")))) < 7


def test_the_sample_names_nobody(sample_facts: SampleFacts) -> None:
    note = noted(Told(sample_facts.facts, sample_facts.understood.evidence.sources))
    assert sample_facts.facts.masked(note.text) == note.text
    assert "[" not in note.text
