"""The sheet *Before you share*: words that may be names, and what is kept out of what is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from learnpipe.ground.calendar import month_name
from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.suppress import HIDDEN, Sharing
from learnpipe.report.sharing.tender_figures import NOT_SHOWN, Figure, TierDuty

_CLEAR = (
    'If it is no name, add it to learnpipe.toml under [sharing]: cleared = ["{word}"]. If it is '
    "one, add the person to the log's column of names."
)
_LATE = (
    "Late entries changed it by a small number: who has both editions can work out how many there "
    "were. Where that would tell of a person, do not share this edition with whoever has the other."
)
_AGAIN = (
    "This month was reported before, and the figure was another by a small number. Share one of "
    "the two only."
)


def before_you_share(
    words: Words, sharing: Sharing, figures: Mapping[str, Figure], tiers: Sequence[TierDuty],
    not_drawn: Sequence[tuple[str, str]],
) -> Sheet:  # fmt: skip
    """What a person has to look at before anything leaves, and what is hidden and why."""
    rows: list[tuple[Cell, ...]] = [
        *_words(words.waiting, "May be a name: look at it", _CLEAR),
        *_words(words.looked_at, "Cleared", "Cleared in learnpipe.toml."),
    ]
    for one in figures.values():
        if one.shown.why and not one.blank:
            rows.append(("Suppressed", one.title, "twelve months, all services", None,
                         _hidden(one.note, one.share)))  # fmt: skip
    for duty in tiers:
        if duty.figure.shown.why and not duty.figure.blank:
            rows.append(("Suppressed", f"{duty.tier}: {duty.duty}", "Tier compliance", None,
                         _hidden(duty.figure.note, duty.figure.share)))  # fmt: skip
    rows += [("Not drawn", title, "charts", None, f"{why[0].upper()}{why[1:]}.")
             for title, why in not_drawn]  # fmt: skip
    rows += _restated(sharing, {key: one.title for key, one in figures.items()})
    changes = sum(row.part == HIDDEN for row in sharing.shared)
    return Sheet(
        "Before you share", "Before you share",
        f"Words with a capital that may still be a name: texts with one stay out of what is "
        f"shared until it is cleared. Then what is suppressed: counts from 1 to "
        f"{sharing.threshold - 1}, and whatever would give them away ({changes} measures).",
        (
            SheetColumn("What", width=24), SheetColumn("Word or figure", width=40),
            SheetColumn("Where", "long text", 44), SheetColumn("How often", "whole", 10),
            SheetColumn("What to do", "long text", 70),
        ),
        tuple(rows),
        "No word needs to be looked at, and nothing is suppressed.",
    )  # fmt: skip


def _restated(sharing: Sharing, titles: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    """The measures of which a figure differs by a small number from the one that was shared."""
    now = {(row.key, row.part, row.first, row.last): row.figure for row in sharing.shared}
    changed: Counter[tuple[int, str]] = Counter()
    for row in sharing.earlier:
        figure = now.get((row.key, row.part, row.first, row.last))
        if figure is not None and row.figure is not None:
            changed[row.edition, row.key] += sharing.small(abs(figure - row.figure))
    return [
        ("Changed since", titles.get(key, key.replace("_", " ")), f"edition of {month_name(month)}",
         number, _AGAIN if month == sharing.edition else _LATE)
        for (month, key), number in sorted(changed.items()) if number
    ]  # fmt: skip


def _hidden(note: str, share: str) -> str:
    """Why a figure is hidden, and what stands in its place.

    >>> _hidden("small number", "at least 92%"), _hidden("small number", NOT_SHOWN)
    ('Small number; shown as at least 92%.', 'Small number; not shown.')
    """
    instead = share if share == NOT_SHOWN else f"shown as {share}"
    return f"{note[0].upper()}{note[1:]}; {instead}."


def _words(found: Mapping[str, Counter[str]], what: str, todo: str) -> list[tuple[Cell, ...]]:
    ordered = sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return [
        (what, word, "; ".join(places), sum(places.values()), todo.replace("{word}", word))
        for word, places in ordered
    ]
