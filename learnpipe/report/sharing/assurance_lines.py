"""The assurance lines: sentences for a bid, each with its figures, or what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from learnpipe.ground.calendar import months_of
from learnpipe.ground.terms import counted, percent
from learnpipe.report.facts import Facts
from learnpipe.report.sharing.suppress import Series
from learnpipe.report.sharing.tender_figures import MONTHS, NEAR_MISSES, NOT_SHOWN, Figure

OWNED = "owners_and_deadlines"
USUAL = 0.9
"""House: where no target is set, a practice is claimed from nine in ten on."""
LINES = (
    "We triage within 24 hours, assign owners and deadlines, verify via re-audit and observation, "
    "and publish ‘what changed’ learning notes monthly.",
    "We treat reporting as a positive act; staff see outcomes of reporting within the month.",
    "Learning from safeguarding outcomes is tracked in the action log and verified via re-audit "
    "across comparable cases.",
    "We noticed, we changed, we verified, and repeats reduced.",
)
"""Source: the article's assurance lines and its final thought."""


@dataclass(frozen=True)
class Line:
    """One sentence: whether it may be claimed, its figures, and what stands in the way."""

    sentence: str
    figures: str
    in_the_way: str

    @property
    def claimed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.in_the_way


def owned_series(facts: Facts) -> Series | None:
    """Actions with an owner and a due date, of those raised each month; None without the log."""
    if "actions" not in facts.judged.span.covered:
        return None
    actions, span = facts.judged.frames["actions"], facts.judged.span
    rows = actions[(actions["valid_from"] <= facts.month) & (facts.month < actions["valid_to"])]
    owned = (rows["owner"].notna() | rows["owner_role"].notna()) & rows["due_on"].notna()
    month, at = rows["raised_month"].to_numpy(), rows["at"].to_numpy()
    due = span.count(at, month).sum(axis=0)
    met = span.count(at[owned], month[owned]).sum(axis=0)
    return Series(span.first, met.astype(float), due.astype(float))


def months_with_notes(facts: Facts) -> int:
    """In how many of the twelve months a learning note was shared."""
    cases = facts.judged.frames["cases"]
    months = {
        int(month) for month in np.unique(months_of(cases["shared_on"].to_numpy()))
        if facts.month - MONTHS < month <= facts.month
    }  # fmt: skip
    return len(months)


def assurance_lines(
    facts: Facts, figures: Mapping[str, Figure], tally: Mapping[str, int]
) -> tuple[Line, ...]:
    """The four sentences, in the article's order."""
    notes = months_with_notes(facts)
    noted = f"learning notes shared in {notes} of {MONTHS} months"
    first = _line(LINES[0], [figures.get(key) for key in ("triaged_in_time", OWNED, "verified")])
    way = [first.in_the_way] if first.in_the_way else []
    if notes < MONTHS:
        way.append(noted)
    return (
        Line(LINES[0], f"{first.figures}; {noted}.", "; ".join(way)),
        _line(LINES[1], [figures.get("reporter_told")], figures.get(NEAR_MISSES)),
        _line(LINES[2], [figures.get("safeguarding_learning")]),
        _repeats(tally, figures.get("repeat_rate")),
    )


def _line(sentence: str, needed: list[Figure | None], beside: Figure | None = None) -> Line:
    told, way = [], []
    for one in needed:
        if one is None:
            way.append("the log for it was not supplied")
            continue
        told.append(figure_words(one))
        goal = one.target if one.target is not None else USUAL
        if one.blank:
            way.append(f"{one.title.lower()}: {one.note}")
        elif one.level is None:
            way.append(f"{one.title.lower()}: the number is too small to show")
        elif one.level < goal:
            way.append(f"{one.title.lower()} is {one.share}, below {percent(goal)}")
    if beside is not None and not beside.blank:
        told.append(figure_words(beside))
    return Line(sentence, "; ".join(told), "; ".join(way))


def figure_words(one: Figure) -> str:
    """A figure in words: its share never without its counts, as far as they may be told."""
    name = one.title[0].lower() + one.title[1:]
    if one.blank:
        return f"{name}: {one.note}"
    if one.shown.met is not None:
        return f"{name}: {one.met:,} of {one.due:,} ({one.share})"
    if one.shown.due is not None and one.share != NOT_SHOWN:
        return f"{name}: {one.share} of {one.due:,}"
    return f"{name}: {NOT_SHOWN} ({one.note})"


def _repeats(tally: Mapping[str, int], repeats: Figure | None) -> Line:
    held = tally.get("held", 0)
    lost = tally.get("worse", 0) + tally.get("came back", 0)
    whole = sum(tally.values())
    told = f"{counted(whole, 'verified change')}, of which {held} held and {lost} did not"
    if repeats is not None:
        told += f"; {figure_words(repeats)}"
    way = ""
    if not held:
        way = "no verified change has yet been followed by clearly fewer signals"
    elif held <= lost:
        way = f"{held} verified changes held, but {lost} got worse or came back"
    return Line(LINES[3], f"{told}.", way)
