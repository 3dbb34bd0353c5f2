"""What leaves the building: decided once, told on *Before you share*, written beside the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from learnpipe.report.before_you_share import before_you_share
from learnpipe.report.page import Facts
from learnpipe.report.pictures import BeforeAfter, Breakdown, theme_picture
from learnpipe.report.record import alt_texts
from learnpipe.report.shapes import ChartSpec, Page, Sheet
from learnpipe.report.shared_record import FILE, edition_before, shared_lines
from learnpipe.report.shared_words import Words
from learnpipe.report.stories import Story
from learnpipe.report.suppress import Shared
from learnpipe.report.tender import Decided, Tender, build_tender, decide
from learnpipe.report.tender_charts import shared_charts, shared_themes
from learnpipe.report.theme import palette_named


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

    def write(self, folder: Path, name: str) -> None:
        """Write the tender workbook, the pictures' texts, and among the data what was shared."""
        from learnpipe.report.paint_tender import paint_tender

        for part in ("charts", "data"):
            (folder / part).mkdir()
        (folder / "charts" / "alt-text.csv").write_bytes(alt_texts(self.pictures))
        palette = palette_named(self.facts.settings.palette)
        paint_tender(self.tender, folder / f"tender-evidence-{name}.xlsx", palette)
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
    """Decide what may leave, held against the earlier edition in the output folder.

    ``alternatives``: of each verified change, how many small counts would give its verdict.
    """
    earlier, previous = edition_before(output, facts.month)
    decided = decide(facts, held, alternatives, earlier)
    pictures, stay = shared_charts(page.charts, facts, decided.sharing)
    drawn: list[ChartSpec | Breakdown | BeforeAfter] = list(pictures)
    told = shared_themes(facts, decided.sharing, themes)
    picture = theme_picture(told[0], facts.masked, told[1]) if told else None
    if picture is not None and not _doubtful(picture, facts):
        drawn.append(picture)
    return Outside(facts, held, stories, decided, tuple(drawn), stay, earlier, previous)


def _doubtful(picture: Breakdown, facts: Facts) -> bool:
    """Whether a word in a picture has yet to be cleared."""
    cleared = {word.casefold() for word in facts.settings.sharing.cleared}
    return any(
        word.casefold() not in cleared for name, _ in picture.bars for word in facts.doubtful(name)
    )
