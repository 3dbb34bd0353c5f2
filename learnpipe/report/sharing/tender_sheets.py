"""The sheets of the tender workbook behind its cover: each one table, as pure data.

Columns are together so wide that their text, of ten points, is printed in eight or more.
"""

from __future__ import annotations

from collections.abc import Sequence

from learnpipe.report.shapes import Cell, Sheet, SheetColumn
from learnpipe.report.sharing.tender import Tender, tender_story
from learnpipe.report.sharing.tender_figures import Figure, target_words
from learnpipe.report.sheets.stories import STEPS

FIGURES = "Chart figures"


def tender_sheets(tender: Tender) -> tuple[Sheet, ...]:
    """All sheets behind the cover, in their order."""
    return (
        _loop(tender),
        _tiers(tender),
        _measures("Timeliness", "How fast we look, act and answer", tender.timeliness, tender),
        _measures("Verification", "How we know that changes stuck", tender.verification, tender),
        _held(tender),
        _stories(tender),
        _lines(tender),
        _points(tender),
        _definitions(tender),
        _safe(tender),
    )


def _figure_cells(one: Figure) -> tuple[Cell, ...]:
    return one.met, one.due, one.share or None, one.note or None


_FIGURE_COLUMNS = (
    SheetColumn("Met", "figure", 11), SheetColumn("Of", "figure", 11),
    SheetColumn("Share", "figure", 14),
)  # fmt: skip
_NOTE = SheetColumn("Note", "long text", 30)


def _loop(tender: Tender) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for number, (step, what, figures) in enumerate(tender.loop, start=1):
        for one in figures:
            met, due, share, note = _figure_cells(one)
            rows.append((f"{number} {step}", what, one.title, met, due, share, note))
    return Sheet(
        "The loop", f"The risk-to-learning loop, {tender.period}",
        "Each step of the loop with its figures over twelve months, all services together.",
        (
            SheetColumn("Step", width=12), SheetColumn("What we do", "long text", 40),
            SheetColumn("Measure", "long text", 36), *_FIGURE_COLUMNS, _NOTE,
        ),
        tuple(rows),
        "No log that these measures need was supplied.",
    )  # fmt: skip


def _tiers(tender: Tender) -> Sheet:
    rows = tuple((one.tier, one.duty, *_figure_cells(one.figure)) for one in tender.tiers)
    return Sheet(
        "Tier compliance", f"Tier compliance, {tender.period}",
        "Proportionate review: what each tier asks for, and how often it was done on time, of "
        "what fell due in the twelve months, all services together.",
        (
            SheetColumn("Tier", width=26), SheetColumn("Duty", width=26), *_FIGURE_COLUMNS, _NOTE,
        ),
        rows,
        "Nothing fell due in the twelve months.",
    )  # fmt: skip


def _measures(name: str, title: str, figures: Sequence[Figure], tender: Tender) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in figures:
        met, due, share, note = _figure_cells(one)
        rows.append((one.title, one.question, met, due, share, target_words(one) or None, note))
    return Sheet(
        name, f"{title}, {tender.period}",
        f"{title}: twelve months, all services together, with the target where there is one.",
        (
            SheetColumn("Measure", "long text", 37), SheetColumn("What it asks", "long text", 40),
            *_FIGURE_COLUMNS, SheetColumn("Target", "figure", 10), _NOTE,
        ),
        tuple(rows),
        "No log that these measures need was supplied.",
    )  # fmt: skip


def _held(tender: Tender) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in tender.changes:
        told = one.counts
        numbers = (None,) * 4 if told is None else (
            told.before, told.weeks_before, told.since, told.weeks_since
        )  # fmt: skip
        rows.append((one.verdict, one.service, one.theme, one.change or None, one.completed,
                     one.verified_by, *numbers))  # fmt: skip
    return Sheet(
        "Did it hold", "Did it hold?",
        f"{tender.tally} Every verified change, the latest first, not a choice of them. Signals of "
        "its theme at its service before the change and since; held and worse: the 95% interval "
        "of the rate ratio lies below, or above, 1. Changes made after a cluster look better than "
        "they are.",
        (
            SheetColumn("Verdict", width=15), SheetColumn("Service", width=14),
            SheetColumn("Theme", width=22), SheetColumn("Change", "long text", 39),
            SheetColumn("Completed", "figure", 12), SheetColumn("Verified by", width=12),
            SheetColumn("Signals before", "figure", 10), SheetColumn("In weeks", "whole", 8),
            SheetColumn("Signals since", "figure", 10), SheetColumn("In weeks since", "whole", 8),
        ),
        tuple(rows),
        "No change has been verified yet.",
    )  # fmt: skip


def _stories(tender: Tender) -> Sheet:
    above: tuple[Cell, ...] = (
        "All", "All", None, "Tally", f"{tender.tally} Sheet Did it hold has each of them.", None
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [above] if tender.stories else []
    for number, one in enumerate(tender.stories, start=1):
        for step in STEPS:
            text = getattr(one, step) or "Not shown by the logs."
            rows.append((one.theme, one.service, number, _STEP_TITLES[step], text, None))
        text = tender_story(one)
        rows.append((one.theme, one.service, number, TO_PASTE, text, len(text.split())))
    held_back = (
        f" {tender.waiting} wait until a person has looked at a word that may be a name."
        if tender.waiting else ""
    )  # fmt: skip
    return Sheet(
        "Learning stories", "Learning stories: trigger, review, change, verification, spread, "
        "outcome",
        f"{tender.tally} The stories are the best-evidenced changes of the last twelve months, "
        f"whatever came of them, one a theme and service.{held_back}",
        (
            SheetColumn("Theme", "long text", 22), SheetColumn("Service", "long text", 16),
            SheetColumn("Story", "whole", 7), SheetColumn("Step", "long text", 15),
            SheetColumn("What the logs show", "long text", 86), SheetColumn("Words", "whole", 8),
        ),
        tuple(rows),
        NO_STORY,
    )  # fmt: skip


TO_PASTE = "To paste"
NO_STORY = (
    "No story may be shared yet: either no change with a theme was completed in the twelve "
    "months, or a word in each has to be cleared first (see Before you share)."
)
_STEP_TITLES = {
    "trigger": "Trigger", "review": "Review", "change": "Change", "verification": "Verification",
    "spread": "Learning spread", "outcome": "Outcome trend",
}  # fmt: skip


def _lines(tender: Tender) -> Sheet:
    rows = tuple(
        (f"“{one.sentence}”", "can be claimed" if one.claimed else "cannot be claimed",
         one.figures, None if one.claimed else f"Cannot be claimed: {one.in_the_way}.")
        for one in tender.lines
    )  # fmt: skip
    return Sheet(
        "Assurance lines", "Assurance lines",
        "Sentences for a bid, each with the figures behind it, or with what stands in the way of "
        "claiming it today.",
        (
            SheetColumn("Sentence", "long text", 46), SheetColumn("Standing", width=17),
            SheetColumn("Figures", "long text", 49), SheetColumn("In the way", "long text", 46),
        ),
        rows,
    )  # fmt: skip


def _points(tender: Tender) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in tender.points:
        for label, value in zip(one.labels, one.values, strict=True):
            told = (None, value, one.target) if one.percent else (int(value), None, None)
            rows.append((one.title, one.by, label, *told))
    for title, why in tender.not_drawn:
        rows.append((title, f"not drawn: {why}", None, None, None, None))
    return Sheet(
        FIGURES, f"Figures of the charts, {tender.period}",
        "What the charts are drawn from: by month where no point is a small number, else by "
        "quarter, else not drawn. All services together.",
        (
            SheetColumn("Measure", "long text", 34), SheetColumn("By", "long text", 12),
            SheetColumn("Period", "figure", 14), SheetColumn("Count", "whole", 9),
            SheetColumn("Share", "share", 9), SheetColumn("Target", "share", 9),
        ),
        tuple(rows),
        "Nothing can be drawn without a small number.",
    )  # fmt: skip


VERDICTS = (
    "Did it hold: the verdicts", "Did a verified change last?",
    "Signals of the change's theme at its service in the weeks before it was completed and in "
    "those since, as the sheet tells them. Held: the 95% interval of the rate ratio lies below 1. "
    "Worse: it lies above 1. Came back: it held at first and no longer does. No clear change: the "
    "difference could be chance. Too few to tell: no outcome could have shown a difference. Too "
    "early: not enough weeks since. Changes made after a cluster look better than they are.",
    "Exact interval of two counts (conditional binomial)",
)  # fmt: skip


def _definitions(tender: Tender) -> Sheet:
    return Sheet(
        "Definitions", "Definitions",
        "How each measure is counted: what counts and what does not, and where it comes from.",
        (
            SheetColumn("Measure", "long text", 28), SheetColumn("What it asks", "long text", 30),
            SheetColumn("Definition", "long text", 70), SheetColumn("Source", "long text", 30),
        ),
        (*tender.definitions, VERDICTS),
    )  # fmt: skip


def _safe(tender: Tender) -> Sheet:
    return Sheet(
        "Safe to share",
        "Safe to share?",
        "What was taken out and what is hidden before this workbook was made, in numbers.",
        (SheetColumn("What", "long text", 30), SheetColumn("In numbers", "long text", 100)),
        tender.safe,
    )
