"""The sheet *Before you share*: words that may be names, and what is kept out of what is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.shared_words import Words
from learnpipe.report.suppress import HIDDEN, Sharing
from learnpipe.report.tender_figures import Figure, TierDuty

_CLEAR = (
    'If it is no name, add it to learnpipe.toml under [sharing]: cleared = ["{word}"]. If it is '
    "one, add the person to the log's column of names."
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
                         f"{one.note[0].upper()}{one.note[1:]}; shown: {one.share}."))  # fmt: skip
    for duty in tiers:
        if duty.figure.shown.why and not duty.figure.blank:
            note = duty.figure.note
            rows.append(("Suppressed", f"{duty.tier}: {duty.duty}", "Tier compliance", None,
                         f"{note[0].upper()}{note[1:]}; shown: {duty.figure.share}."))  # fmt: skip
    rows += [("Not drawn", title, "charts", None, f"{why[0].upper()}{why[1:]}.")
             for title, why in not_drawn]  # fmt: skip
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


def _words(found: Mapping[str, Counter[str]], what: str, todo: str) -> list[tuple[Cell, ...]]:
    ordered = sorted(found.items(), key=lambda one: (-sum(one[1].values()), one[0]))
    return [
        (what, word, "; ".join(places), sum(places.values()), todo.replace("{word}", word))
        for word, places in ordered
    ]
