"""The tender workbook as pure data: aggregates and cleared text only, small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from learnpipe.ground.calendar import month_name
from learnpipe.ground.settings import BY_LETTER
from learnpipe.ground.terms import counted, list_words
from learnpipe.report.facts import Facts
from learnpipe.report.sharing.assurance_lines import (
    LINES,
    OWNED,
    Line,
    assurance_lines,
    owned_series,
)
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.suppress import HIDDEN, Shared, Sharing
from learnpipe.report.sharing.tender_changes import (
    Change,
    Counts,
    held_counts,
    shared_changes,
    shared_stories,
    tally_of,
    tally_words,
)
from learnpipe.report.sharing.tender_charts import SMALL, drawn_points
from learnpipe.report.sharing.tender_figures import (
    LOOP,
    TIMELINESS,
    VERIFICATION,
    Figure,
    TierDuty,
    figures,
    period,
    series_of,
    tier_duties,
)
from learnpipe.report.sharing.tender_shapes import Points
from learnpipe.report.sheets.stories import STEPS, Story

_MOST_ROUNDS = 6


@dataclass(frozen=True)
class Tender:
    """All that the workbook says; ``waiting`` stories are held back until a word is cleared."""

    provider: str
    month: str
    period: str
    services: str
    loop: tuple[tuple[str, str, tuple[Figure, ...]], ...]
    tiers: tuple[TierDuty, ...]
    timeliness: tuple[Figure, ...]
    verification: tuple[Figure, ...]
    tally: str
    changes: tuple[Change, ...]
    stories: tuple[Story, ...]
    waiting: int
    lines: tuple[Line, ...]
    points: tuple[Points, ...]
    not_drawn: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str, str, str], ...]
    safe: tuple[tuple[str, str], ...]
    threshold: int
    version: str


@dataclass(frozen=True)
class Decided:
    """What may leave: the figures, and the sharing that remembers them."""

    sharing: Sharing
    figures: Mapping[str, Figure]
    tiers: tuple[TierDuty, ...]
    counts: Mapping[tuple[int, int], Counts]
    points: tuple[Points, ...]
    not_drawn: tuple[tuple[str, str], ...]


def decide(
    facts: Facts, held: pd.DataFrame, alternatives: pd.DataFrame, earlier: Sequence[Shared]
) -> Decided:
    """Decide every figure; again until none tells what another hides."""
    series = series_of(facts.measures)
    owned = owned_series(facts)
    if owned is not None:
        series[OWNED] = owned
    sharing = Sharing(facts.settings.sharing.threshold, facts.month, series, earlier)
    for _ in range(_MOST_ROUNDS):
        told = figures(facts, sharing)
        if owned is not None:
            told[OWNED] = _owned_figure(facts, sharing)
        tiers = tier_duties(facts, sharing)
        points, not_drawn = drawn_points(facts, sharing)
        if sharing.settled:
            break
        sharing = sharing.again()
    counts = held_counts(held, alternatives, facts.judged.frames["cases"], sharing)
    return Decided(sharing, told, tiers, counts, points, not_drawn)


def _owned_figure(facts: Facts, sharing: Sharing) -> Figure:
    shown = sharing.share(OWNED, facts.month - 11, facts.month)
    return Figure(
        OWNED, "Actions with an owner and a deadline", "Is each action owned and dated?", shown
    )


def build_tender(
    facts: Facts, held: pd.DataFrame, stories: Sequence[Story], decided: Decided, words: Words
) -> Tender:
    """The workbook of a month."""
    told = decided.figures
    shared, waiting = shared_stories(stories, decided.counts, words)
    changes = shared_changes(held, decided.counts, words)
    return Tender(
        provider=facts.settings.provider or "Our services",
        month=month_name(facts.month),
        period=period(facts.month),
        services=_services(facts, words),
        loop=tuple(
            (step, what, tuple(told[key] for key in _of_step(step, keys) if key in told))
            for step, what, keys in LOOP
        ),
        tiers=decided.tiers,
        timeliness=tuple(told[key] for key in TIMELINESS if key in told),
        verification=tuple(told[key] for key in VERIFICATION if key in told),
        tally=tally_words(held),
        changes=changes,
        stories=shared,
        waiting=waiting,
        lines=assurance_lines(facts, told, tally_of(held)),
        points=decided.points,
        not_drawn=decided.not_drawn,
        definitions=_definitions(facts, told),
        safe=safe_to_share(facts, decided, words, len(changes), waiting),
        threshold=facts.settings.sharing.threshold,
        version=facts.version,
    )


def _of_step(step: str, keys: Sequence[str]) -> tuple[str, ...]:
    return (OWNED, *keys) if step == "Action" else tuple(keys)


def _services(facts: Facts, words: Words) -> str:
    names = [words.service(name) for name in facts.judged.span.services]
    if len(names) <= 6:
        return list_words(names)
    return f"{len(names)} services"


def _definitions(facts: Facts, told: Mapping[str, Figure]) -> tuple[tuple[str, str, str, str], ...]:
    """Of each measure told: title, question, definition, source."""
    rows = [
        (one.title, one.question, " ".join(one.definition.split()), one.source)
        for key, one in facts.metrics.items()
        if key in told or key == "incidents"
    ]
    rows.append(
        ("Near misses among all signals", "How much do we hear of before anybody is harmed?",
         "Signals recorded as a near miss, of all signals.", "Article: a near miss is a signal")
    )  # fmt: skip
    rows.append(
        ("Actions with an owner and a deadline", "Is each action owned and dated?",
         "Actions raised in the twelve months with an owner (or an owner's role) and a due date, "
         "of all actions raised.", "Article: owners and deadlines")
    )  # fmt: skip
    return tuple(rows)


def safe_to_share(
    facts: Facts, decided: Decided, words: Words, changes: int, waiting: int
) -> tuple[tuple[str, str], ...]:
    """What was removed and what was hidden, in numbers: (what, how much)."""
    sharing, threshold = decided.sharing, decided.sharing.threshold
    hidden = len({row.key for row in sharing.shared if row.part == HIDDEN})
    figures_told = sum(row.figure is not None for row in sharing.shared)
    no_counts = sum(
        isinstance(number, str) for one in decided.counts.values()
        for number in (one.before, one.since)
    )  # fmt: skip
    letters = facts.settings.sharing.services == BY_LETTER
    small = sum(why == SMALL for _, why in decided.not_drawn)
    looked, editions = len(words.looked_at), len({row.edition for row in sharing.earlier})
    return (
        ("Names and personal details",
         f"{counted(words.removed, 'name or detail', 'names or details')} taken out of the texts "
         "that are shared: people named in the logs, e-mail addresses, telephone and other "
         "personal numbers, postcodes, dates of birth, ages over 89, rooms. Days are told as "
         "months."),
        ("Words that may be a name",
         f"{counted(waiting, 'learning story', 'learning stories')} held back until a person has "
         f"looked at {counted(len(words.waiting), 'word')}; {counted(looked, 'word')} looked at "
         "and cleared."),
        ("Small numbers",
         f"Counts from 1 to {threshold - 1} are not shown, nor what would give them away: "
         f"{counted(figures_told, 'figure')} shown, {counted(hidden, 'measure')} hidden in part or "
         "whole. Zero is shown. “At least” and “at most” stand for a share of which one side is "
         "small: the bound is the same whichever small number it is."),
        ("Verified changes",
         f"{counted(changes, 'change')} listed, none left out for its result; "
         f"{counted(no_counts, 'count')} of signals before or since not shown. How many changes "
         "there were is shown even if few: a change is ours, not a person's."),
        ("Charts",
         f"{counted(len(decided.points), 'chart')} drawn, {counted(small, 'chart')} not drawn "
         "because a point would be small."),
        ("Earlier editions",
         f"{counted(editions, 'edition')} held against this one, so that no difference between "
         "them gives a small number away."),
        ("Services", "shown by letter" if letters else "shown by name"),
        ("Limits",
         "A person should still read the texts before they are sent: somebody who was there may "
         "recognise an event without any name."),
    )  # fmt: skip


def tender_story(story: Story) -> str:
    """A story as plain text, in the bid-ready order; the masked one says what is missing."""
    told = [f"{story.theme}, {story.service}."]
    told += [f"{step.capitalize()}: {text}" for step in STEPS if (text := getattr(story, step))]
    if story.missing:
        told.append(f"Not shown by the logs: {list_words(story.missing)}.")
    return "\n".join(told)


__all__ = ["LINES", "Decided", "Tender", "build_tender", "decide", "tender_story"]
