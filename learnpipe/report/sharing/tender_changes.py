"""Verified changes and learning stories as they may be shared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.calendar import month_end
from learnpipe.ground.frames import counted_in_order, each_row
from learnpipe.ground.terms import VERDICTS, counted, same_words
from learnpipe.report.sharing.known_windows import Windows
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.suppress import MET, Shared, Sharing
from learnpipe.report.sharing.tender_figures import MONTHS
from learnpipe.report.sheets.stories import STEPS, Story
from learnpipe.report.sheets.story_words import outcome_told

MOST_CHANGES, MOST_STORIES = 1_000, 20
GROUP, THEME = "theme_days.", "incidents.theme."
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


def may_be_told(held: pd.DataFrame, stories: Sequence[Story]) -> pd.DataFrame:
    """Those of the verified changes that a list or a story outside may tell of."""
    of_stories = pd.MultiIndex.from_tuples([(one.source, one.row) for one in stories] or [(-1, -1)])
    told = pd.MultiIndex.from_frame(held[["source", "row"]]).isin(of_stories)
    told[max(len(held) - MOST_CHANGES, 0) :] = True
    return held[told]


def held_counts(
    held: pd.DataFrame, alternatives: pd.DataFrame, cases: pd.DataFrame, sharing: Sharing
) -> dict[tuple[int, int], Counts]:
    """How the counts of each verified change are told, by source and row.

    The windows of changes for one theme at one service overlap: what could be worked out from them
    and from those of earlier editions is looked at together (`KnownTotals`), the change with the
    most signals first. ``alternatives``: how many small counts would give the verdict
    (`small_alternatives`).
    """
    sharing.windows = windows = _known_windows(cases, sharing)
    out = {}
    rows = list(zip(each_row(held), each_row(alternatives), strict=True))
    # The most signals first: of those most can be told. Then the latest.
    rows.reverse()
    rows.sort(key=lambda pair: -(pair[0].before + pair[0].after))
    for row, others in rows:
        if not isinstance(row.theme, str):
            continue
        group = (row.service, same_words(row.theme))
        key = _key(*group)
        done = row.completed_on.toordinal() - _DAY_ZERO
        told: list[int | str] = []
        for start, stop, count, same in (
            (done - row.before_days, done, row.before, others.before),
            (done + 1, done + 1 + row.after_days, row.after, others.after),
        ):
            if stop <= start:
                told.append(0)
            elif windows.tell(group, start, stop):
                sharing.shared.append(Shared(sharing.edition, key, MET, start, stop - 1, count))
                told.append(count)
            elif sharing.small(count) and same > 1:
                told.append(f"under {sharing.threshold}")
            else:
                told.append(HELD_BACK)
        weeks = (round(row.before_days / 7), round(row.after_days / 7))
        out[row.source, row.row] = Counts(told[0], weeks[0], told[1], weeks[1])
    return out


def _known_windows(cases: pd.DataFrame, sharing: Sharing) -> Windows:
    """What earlier editions told of themes: at a service by day, at all of them by month."""
    windows = Windows(sharing.threshold, _days_of(cases))
    marks = {_key(*group): group for group in windows.days}
    for row in sharing.earlier:
        if row.key in marks:
            windows.join(marks[row.key], row.first, row.last + 1)
        elif row.key.startswith(THEME) and row.part == MET:
            theme = same_words(row.key.removeprefix(THEME))
            windows.totals[theme].add(days_of_months(row.first, row.last))
    months = (sharing.edition - MONTHS + 1, sharing.edition)
    for key in [key for key in sharing.series if key.startswith(THEME)]:
        if sharing.may(key, (MET,), (months,)):  # told with the others in a picture of themes
            windows.totals[same_words(key.removeprefix(THEME))].add(days_of_months(*months))
    return windows


def bar_themes(sharing: Sharing) -> None:
    """Bar each theme whose total over the year would tell a small number beside windows told."""
    span = days_of_months(sharing.edition - MONTHS + 1, sharing.edition)
    for key in [key for key in sharing.series if key.startswith(THEME)]:
        if sharing.windows.small_rest(same_words(key.removeprefix(THEME)), *span):
            sharing.barred.add(key)


def days_of_months(first: int, last: int) -> tuple[int, int]:
    """The first day of months, and the day after them, since 1970."""
    begin, stop = (
        int(month_end(month).astype("datetime64[D]").astype(np.int64))
        for month in (first - 1, last)
    )
    return begin, stop


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
