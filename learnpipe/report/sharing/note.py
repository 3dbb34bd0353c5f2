"""The "what changed" note: three themes in at most two hundred words, without a name.

Each theme says what we noticed, what changed and how we know. The newest verified changes come
first, and never more is claimed than the verdict allows. Counts are told as the tender workbook
tells them or not at all, so that the note gives away nothing that the workbook hides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from learnpipe.ground.calendar import month_name
from learnpipe.ground.terms import same_words
from learnpipe.report.facts import Facts
from learnpipe.report.sharing.note_shapes import Note, NoteTheme
from learnpipe.report.sharing.note_words import (
    SMALL,
    came_up,
    changed_texts,
    checked_told,
    cut,
    raised_told,
    times_told,
    unplaced,
    verdict_told,
    weeks_told,
)
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.tender_changes import HELD_BACK, Counts
from learnpipe.report.sheets.stories import Story

MOST_WORDS = 200
MOST_THEMES = 3
_NEWS = 3
"""Months: a change made or verified in them is told before an older one."""
_LEAST_CHANGED = 8
"""Words: what changed is never cut shorter, else there is nothing left of it."""
_WHERE = "what changed note"
_CHOICE = "The newest checks come first, not the best results."
_FEW = "Small numbers are told in words, to protect people."
_HELD_BACK = "Some changes are not told here yet: we first make sure that nobody is named in them."
_NOTHING = (
    "Our records show no finished change with a theme in the last 12 months. So there is "
    "nothing that we can say has changed.",
    "When a change is finished, its theme belongs in the action log. Then it is told here.",
)
Row = Mapping[str, Any]
_OF_ACTIONS = [
    "source", "row", "action", "learning_note", "verify_by", "verified_on", "verification_result",
    "incident_case", "begun_on",
]  # fmt: skip
_OF_CASES = ["case", "day", "learning_note"]


def build_note(
    facts: Facts,
    stories: Sequence[Story],
    themes: pd.DataFrame,
    counts: Mapping[tuple[int, int], Counts],
    words: Words,
) -> Note:
    """The note of a month, from its learning stories; ``themes`` (`theme_table`) fill it up.

    ``counts``: the signals of each verified change as they may be shared, by source and row;
    ``words``: what free text becomes before it is shared.
    """
    told: list[NoteTheme] = []
    seen: set[str] = set()
    held_back = False
    for story, action, case in _in_order(facts, stories):
        if len(told) == MOST_THEMES:
            break
        if same_words(story.theme) in seen:
            continue
        theme = words.told(story.theme, _WHERE)
        changed = _changed(changed_texts(action, case), facts, words)
        if not theme or not changed:
            held_back = True
            continue
        seen.add(same_words(story.theme))
        place = _place(facts, story.service, words)
        own = counts.get((story.source, story.row))
        told.append(
            NoteTheme(
                theme, _noticed(action, case, own, place, facts), changed,
                _known(story, action, own, facts),
            )
        )  # fmt: skip
    told += _only_noticed(themes, seen, facts, words, MOST_THEMES - len(told))
    while (note := _shortest(_note(facts, told, held_back), MOST_WORDS)).words > MOST_WORDS:
        told.pop()
    return note


def _in_order(facts: Facts, stories: Sequence[Story]) -> list[tuple[Story, Row, Row]]:
    """The stories with their rows of the logs: verified first, then news, then best evidenced."""
    frames, month = facts.judged.frames, facts.month
    actions, cases = frames["actions"], frames["cases"]
    actions = actions[(actions["valid_from"] <= month) & (month < actions["valid_to"])]
    near = actions["row"].isin([one.row for one in stories])
    near &= actions["source"].isin([one.source for one in stories])
    rows: dict[tuple[int, int], Row] = {
        (row["source"], row["row"]): {str(name): cell for name, cell in row.items()}
        for row in actions.loc[near, _OF_ACTIONS].to_dict("records")
    }
    wanted = {row["incident_case"] for row in rows.values()}
    by_case: dict[int, Row] = {
        row["case"]: {str(name): cell for name, cell in row.items()}
        for row in cases.loc[cases["case"].isin(wanted), _OF_CASES].to_dict("records")
    }
    found = [(story, rows[story.source, story.row]) for story in stories]
    ordered = sorted(found, key=lambda one: (not one[0].verdict, _age(one[0], one[1], month)))
    return [(story, row, by_case.get(row["incident_case"], {})) for story, row in ordered]


def _age(story: Story, action: Row, month: int) -> int:
    """0: made or verified in the month; 1: in the last few; 2: earlier."""
    days = [story.changed_on]
    if story.verdict:
        days.append(action["verified_on"].date())
    ago = month - max(day.year * 12 + day.month - 1 for day in days)
    return 0 if ago <= 0 else 1 if ago < _NEWS else 2


def _changed(texts: Sequence[str], facts: Facts, words: Words) -> str:
    """The first text that names nobody, else the first that may be told, else ""."""
    nameless = (text for text in texts if facts.masked(text) == text)
    for text in dict.fromkeys((*nameless, *texts)):
        if told := words.told(text, _WHERE):
            return unplaced(told)
    return ""


def _noticed(action: Row, case: Row, own: Counts | None, place: str, facts: Facts) -> str:
    """How often it came up before the change; where that may not be told, since when."""
    if own is not None and own.weeks_before and own.before not in (0, HELD_BACK):
        times = times_told(own.before, facts.settings.sharing.threshold)
        return came_up(times, f"{weeks_told(own.weeks_before, 'in the')} before", place)
    if case and pd.notna(case["day"]):
        return came_up("", f"in {case['day'].strftime('%B %Y')}", place)
    return raised_told(action["begun_on"], place)


def _known(story: Story, action: Row, own: Counts | None, facts: Facts) -> str:
    if not story.verdict:
        return "We have not yet checked if it helped."
    since = ""
    if own is not None and own.weeks_since and own.since != HELD_BACK:
        times = times_told(own.since, facts.settings.sharing.threshold)
        since = came_up(times, weeks_told(own.weeks_since))
    return f"{checked_told(action)} {verdict_told(story.verdict, since)}".rstrip()


def _only_noticed(
    themes: pd.DataFrame, seen: set[str], facts: Facts, words: Words, room: int
) -> list[NoteTheme]:
    """Themes that repeat now and have no finished change: said as they are."""
    out: list[NoteTheme] = []
    now = themes[themes["repeating"].astype(bool) & (themes["this_month"] > 0)]
    for theme, rows in now.groupby("theme", sort=False):
        if len(out) >= room:
            break
        shown = None if same_words(str(theme)) in seen else words.told(str(theme), _WHERE)
        if not shown:
            continue
        place = _place(facts, str(rows["service"].iloc[0]), words) if len(rows) == 1 else ""
        out.append(
            NoteTheme(
                shown, f"{f'At {place} it' if place else 'It'} keeps coming up.",
                "Our records show no finished change yet.", "There is nothing to check yet.",
            )
        )  # fmt: skip
    return out


def _place(facts: Facts, service: str, words: Words) -> str:
    """Where it was, in a provider with several services."""
    return "" if len(facts.judged.span.services) == 1 else words.service(service)


def _note(facts: Facts, told: Sequence[NoteTheme], held_back: bool) -> Note:
    provider = facts.settings.provider
    title = f"What changed: {month_name(facts.month)}"
    closing = [_HELD_BACK] if held_back and len(told) < MOST_THEMES else []
    if not told:
        return Note(title, provider or "Our services", (), (*(closing or _NOTHING),))
    number = ("One theme", "Two themes", "Three themes")[len(told) - 1]
    whose = f"{provider}. " if provider else ""
    if any(small in theme.noticed + theme.known for theme in told for small in SMALL):
        closing.append(_FEW)
    if len(told) > 1:
        closing.append(_CHOICE)
    return Note(title, f"{whose}{number} from our logs.", tuple(told), tuple(closing))


def _shortest(note: Note, most: int) -> Note:
    """The note within so many words if it can be: a theme is worth more than a remark."""
    short = _within(note, most)
    if short.words > most and _FEW in note.closing:
        short = _within(replace(note, closing=tuple(x for x in note.closing if x != _FEW)), most)
    return short


def _within(note: Note, most: int) -> Note:
    """The note with what changed cut so that it has at most so many words, headings included."""
    if note.words > most and note.closing[-1:] == (_CHOICE,):
        return _within(replace(note, closing=note.closing[:-1]), most)
    over = note.words - most
    lengths = [len(theme.changed.split()) for theme in note.themes]
    longest = max(lengths, default=0)
    while over > 0 and longest > _LEAST_CHANGED:
        longest -= 1
        over = note.words - most - sum(max(0, length - longest) for length in lengths)
    themes = tuple(replace(theme, changed=cut(theme.changed, longest)) for theme in note.themes)
    return replace(note, themes=themes)
