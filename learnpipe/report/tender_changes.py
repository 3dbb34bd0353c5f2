"""Verified changes and learning stories as they may be shared."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.frames import counted_in_order, each_row
from learnpipe.ground.terms import VERDICTS, counted, same_words
from learnpipe.report.known_sums import KnownTotals
from learnpipe.report.shared_words import Words
from learnpipe.report.stories import STEPS, Story
from learnpipe.report.story_words import outcome_told
from learnpipe.report.suppress import MET, Shared, Sharing

MOST_CHANGES, MOST_STORIES = 1_000, 20
GROUP = "theme_days."
HELD_BACK = "not shown"
TO_CLEAR = "(to be cleared: see Before you share)"
_DAY_ZERO = dt.date(1970, 1, 1).toordinal()
_WORDS = {
    "held": "it held: fewer than before, and more than chance would explain",
    "worse": "worse: more than before, and more than chance would explain",
    "came back": "it held at eight weeks and has come back since",
    "no clear change": "no clear change: the difference could be chance",
    "too few to tell": "too few to tell",
}


@dataclass(frozen=True)
class Counts:
    """The signals before a change and since, as they are told: a number, "under 5", or `HELD_BACK`.

    ``weeks_before`` and ``weeks_since`` are the spans that they are counted over.
    """

    before: int | str
    weeks_before: int
    since: int | str
    weeks_since: int


@dataclass(frozen=True)
class Change:
    """One verified change as it is shared; ``counts`` is None where there is nothing to count."""

    service: str
    theme: str
    change: str
    completed: str
    verified_by: str
    verdict: str
    counts: Counts | None


def held_counts(
    held: pd.DataFrame, alternatives: pd.DataFrame, cases: pd.DataFrame, sharing: Sharing
) -> dict[tuple[int, int], Counts]:
    """How the counts of each verified change are told, by source and row.

    The windows of changes for one theme at one service overlap: what could be worked out from them
    and from those of earlier editions is looked at together (`KnownTotals`), the change with the
    most signals first. ``alternatives``: how many small counts would give the verdict
    (`small_alternatives`).
    """
    days = _days_of(cases)
    earlier: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in sharing.earlier:
        if row.key.startswith(GROUP):
            earlier[row.key].append((row.first, row.last + 1))
    known: dict[str, KnownTotals] = {}
    out = {}
    rows = list(zip(each_row(held), each_row(alternatives), strict=True))
    # The most signals first: of those most can be told. Then the latest.
    rows.reverse()
    rows.sort(key=lambda pair: -(pair[0].before + pair[0].after))
    for row, others in rows:
        if not isinstance(row.theme, str):
            continue
        group = (row.service, same_words(row.theme))
        key, own = _key(*group), days.get(group, [])
        if key not in known:
            known[key] = KnownTotals(sharing.threshold)
            for start, stop in earlier.get(key, ()):
                known[key].join(bisect_left(own, start), bisect_left(own, stop))
        done = row.completed_on.toordinal() - _DAY_ZERO
        told: list[int | str] = []
        for start, stop, count, same in (
            (done - row.before_days, done, row.before, others.before),
            (done + 1, done + 1 + row.after_days, row.after, others.after),
        ):
            if stop <= start:
                told.append(0)
            elif known[key].try_join(bisect_left(own, start), bisect_left(own, stop)):
                sharing.shared.append(Shared(sharing.edition, key, MET, start, stop - 1, count))
                told.append(count)
            elif sharing.small(count) and same > 1:
                told.append(f"under {sharing.threshold}")
            else:
                told.append(HELD_BACK)
        weeks = (round(row.before_days / 7), round(row.after_days / 7))
        out[row.source, row.row] = Counts(told[0], weeks[0], told[1], weeks[1])
    return out


def _days_of(cases: pd.DataFrame) -> dict[tuple[str, str], list[int]]:
    """The days (since 1970) of the signals of each theme at each service, in order."""
    known = cases[cases["day"].notna() & cases["theme_or_category"].notna()]
    day = known["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    order = np.argsort(day, kind="stable")
    out: dict[tuple[str, str], list[int]] = defaultdict(list)
    groups = zip(known["service"].to_numpy(object)[order],
                 known["theme_or_category"].to_numpy(object)[order], strict=True)  # fmt: skip
    for group, one in zip(groups, day[order].tolist(), strict=True):
        out[group].append(one)
    return out


def _key(service: str, theme: str) -> str:
    """A theme's mark at a service, over editions; it does not tell its words."""
    return f"{GROUP}{sha256(f'{service}{chr(31)}{theme}'.encode()).hexdigest()[:16]}"


def shared_changes(
    held: pd.DataFrame, counts: Mapping[tuple[int, int], Counts], words: Words
) -> tuple[Change, ...]:
    """Every verified change, the latest first, with words and counts as far as they may be told."""
    rows = []
    for row in each_row(held.iloc[::-1].head(MOST_CHANGES)):
        known = isinstance(row.theme, str)
        theme = words.told(row.theme, "theme of a verified change") if known else "no theme"
        action = row.action if isinstance(row.action, str) else ""
        rows.append(
            Change(
                words.service(row.service),
                theme or TO_CLEAR,
                (words.told(action, "verified change") or TO_CLEAR) if action else "",
                row.completed_on.strftime("%b %Y"),
                row.verify_by,
                row.verdict,
                counts.get((int(row.source), int(row.row))),
            )
        )
    return tuple(rows)


def tally_of(held: pd.DataFrame) -> dict[str, int]:
    """How many verified changes have each verdict: of all of them, not a choice."""
    return counted_in_order(held["verdict"], VERDICTS)


def tally_words(held: pd.DataFrame) -> str:
    """The tally in a sentence."""
    told = "; ".join(f"{number} {verdict}" for verdict, number in tally_of(held).items())
    return f"{counted(len(held), 'verified change')} in all{f': {told}' if told else ''}."


def shared_stories(
    stories: Sequence[Story], counts: Mapping[tuple[int, int], Counts], words: Words
) -> tuple[tuple[Story, ...], int]:
    """The first stories that may be shared, and how many before wait for a word to be cleared.

    Those that miss no step come first anyway: they are the best-evidenced.
    """
    out: list[Story] = []
    waiting = 0
    for number, story in enumerate(stories):
        if len(out) == MOST_STORIES:
            break
        where = f"learning story {number + 1} ({words.service(story.service)})"
        outcome = _outcome(story, counts.get((story.source, story.row)))
        told: dict[str, Any] = {}
        for step in ("theme", *STEPS[:-1]):
            told[step] = words.told(getattr(story, step), where)
        if None in told.values():
            waiting += 1
            continue
        out.append(
            replace(
                story, service=words.service(story.service), outcome=outcome,
                before=0, after=0, before_days=0, after_days=0, incident_ref="", action_ref="",
                **told,
            )
        )  # fmt: skip
    return tuple(out), waiting


def _outcome(story: Story, counts: Counts | None) -> str:
    """The outcome with its counts as far as they may be told, and what may be said of them."""
    verdict = _WORDS.get(story.verdict, "")
    if not story.outcome or counts is None or not verdict:
        return ""
    if isinstance(counts.before, int) and isinstance(counts.since, int):
        return outcome_told(
            counts.before, story.before_days, counts.since, story.after_days, story.verdict
        )
    weeks = counted(counts.weeks_since, "week")
    if counts.before == HELD_BACK or counts.since == HELD_BACK:
        return f"{verdict[0].upper()}{verdict[1:]} ({weeks} since; small numbers are not shown)."
    spans = (counts.weeks_before, counts.weeks_since)
    before, since = (
        f"{number if isinstance(number, str) else counted(number, 'signal')} in "
        f"{counted(span, 'week')}"
        for number, span in zip((counts.before, counts.since), spans, strict=True)
    )
    return f"From {before} before to {since} since: {verdict}."
