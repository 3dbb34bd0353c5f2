"""What leaves the building: decided once, told on *Before you share*, written beside the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from learnpipe.report.facts import Facts
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown, theme_picture
from learnpipe.report.record import alt_texts
from learnpipe.report.shapes import ChartSpec, Page, Sheet
from learnpipe.report.sharing.before_you_share import before_you_share
from learnpipe.report.sharing.shared_record import FILE, editions_beside, shared_lines
from learnpipe.report.sharing.shared_words import Words
from learnpipe.report.sharing.suppress import Shared, Sharing
from learnpipe.report.sharing.tender import Decided, Tender, build_tender, decide
from learnpipe.report.sharing.tender_changes import bar_themes
from learnpipe.report.sharing.tender_charts import shared_charts, shared_themes
from learnpipe.report.sheets.stories import Story

PARTS_OF_STOCKS = (("actions_open", "actions_overdue"),)


@dataclass(frozen=True)
class Outside:
    """What leaves: the tender workbook, and the pictures that may be files of their own.

    ``earlier``: what earlier editions shared; ``previous``: the fingerprint of the one it was taken
    from. Words are made of it only when asked for, so that the pictures can be painted meanwhile.
    """

    facts: Facts
    held: pd.DataFrame
    stories: Sequence[Story]
    decided: Decided
    pictures: tuple[ChartSpec | Breakdown | BeforeAfter, ...]
    stay: tuple[tuple[str, str], ...]
    earlier: Sequence[Shared]
    previous: str | None

    @cached_property
    def _told(self) -> tuple[Tender, Words]:
        words = Words.of(self.facts)
        return build_tender(self.facts, self.held, self.stories, self.decided, words), words

    @property
    def tender(self) -> Tender:
        """The tender workbook."""
        return self._told[0]

    @property
    def words(self) -> Words:
        """What free text becomes before it is shared."""
        return self._told[1]

    @property
    def sheet(self) -> Sheet:
        """The sheet *Before you share*: what is held back and why."""
        decided = self.decided
        return before_you_share(
            self._told[1], decided.sharing, decided.figures, decided.tiers,
            (*decided.not_drawn, *self.stay),
        )  # fmt: skip

    def write(self, folder: Path) -> None:
        """Write the pictures' texts, and among the data what was shared."""
        for part in ("charts", "data"):
            (folder / part).mkdir()
        (folder / "charts" / "alt-text.csv").write_bytes(alt_texts(self.pictures))
        lines = shared_lines(self.facts.month, self.earlier, self.decided.sharing.shared)
        (folder / "data" / FILE).write_bytes(lines)


def what_leaves(
    facts: Facts,
    page: Page,
    held: pd.DataFrame,
    alternatives: pd.DataFrame,
    themes: pd.DataFrame,
    stories: Sequence[Story],
    output: Path,
) -> Outside:
    """Decide what may leave, held against what the editions in the output folder have shared.

    ``alternatives``: of each verified change that `may_be_told`, how many small counts would give
    its verdict.
    """
    editions = editions_beside(output, facts.month)

    def decided_with(earlier: Sequence[Shared]) -> Outside:
        decided = decide(facts, held.loc[alternatives.index], alternatives, earlier)
        pictures, stay = shared_charts(page.charts, facts, decided.sharing)
        pictures, beside = without_small_rests(pictures, decided.sharing)
        stay = (*stay, *beside)
        drawn: list[ChartSpec | Breakdown | BeforeAfter] = list(pictures)
        bar_themes(decided.sharing)
        told = shared_themes(facts, decided.sharing, themes)
        picture = theme_picture(told[0], facts.masked, told[1]) if told else None
        if picture is not None and not _doubtful(picture, facts):
            drawn.append(picture)
        return Outside(
            facts, held, stories, decided, tuple(drawn), stay, earlier, editions.fingerprint
        )

    found = decided_with(editions.before)
    others = (*editions.own, *editions.after)
    if not others or set(found.decided.sharing.shared) == set(editions.own):
        return found  # the same again, byte for byte
    return decided_with((*editions.before, *others))


def without_small_rests(
    charts: Sequence[ChartSpec], sharing: Sharing
) -> tuple[tuple[ChartSpec, ...], tuple[tuple[str, str], ...]]:
    """The charts but those that leave a small number of another's, and these with the reason."""
    by_key = {chart.key: dict(zip(reversed(chart.months), reversed(chart.values), strict=True))
              for chart in charts}  # fmt: skip
    left = {
        part for whole, part in PARTS_OF_STOCKS
        if whole in by_key and part in by_key and any(
            every is not None and some is not None and sharing.small(round(every - some))
            for month, some in by_key[part].items()
            for every in (by_key[whole].get(month),)
        )
    }  # fmt: skip
    reason = "beside the chart of all it would tell a small number"
    return (
        tuple(chart for chart in charts if chart.key not in left),
        tuple((chart.title, reason) for chart in charts if chart.key in left),
    )


def _doubtful(picture: Breakdown, facts: Facts) -> bool:
    """Whether a word in a picture has yet to be cleared."""
    cleared = {word.casefold() for word in facts.settings.sharing.cleared}
    return any(
        word.casefold() not in cleared for name, _ in picture.bars for word in facts.doubtful(name)
    )
