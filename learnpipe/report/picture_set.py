"""All pictures of a report: what to paint, how large, and where each goes once painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from learnpipe.report.icons import Icon
from learnpipe.report.paint_layout import chart_slot
from learnpipe.report.paint_row import row_icons
from learnpipe.report.pictures import BeforeAfter, Breakdown
from learnpipe.report.shapes import ChartSpec, Page
from learnpipe.report.theme import CHART_SIZE

Picture = ChartSpec | Breakdown | BeforeAfter | Icon
Job = tuple[Picture, tuple[float, float]]
"""What to paint, and the size in points at which it is printed."""


@dataclass(frozen=True)
class PictureSet:
    """The pictures of a page and those ``beside`` other sheets, by the sheet's name.

    ``outside``: those that may be files of their own; None: all of them.
    """

    page: Page
    beside: Mapping[str, Breakdown | BeforeAfter]
    outside: tuple[ChartSpec | Breakdown | BeforeAfter, ...] | None = None

    @property
    def shared(self) -> tuple[ChartSpec | Breakdown | BeforeAfter, ...]:
        """The pictures that are also files of their own, for slides."""
        if self.outside is not None:
            return self.outside
        return (*self.page.charts, *self.beside.values())

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """What to paint: the files of their own, then the page's charts at their size, icons."""
        return (
            *((one, own_size(one)) for one in self.shared),
            *((one, one.size) for one in self.beside.values() if one not in self.shared),
            *self.on_the_page,
        )

    @property
    def on_the_page(self) -> tuple[Job, ...]:
        """The page's charts at their size, then its icons."""
        slot = chart_slot(self.page)
        return (
            *((chart, slot) for chart in self.page.charts),
            *((icon, icon.size) for icon in page_icons(self.page)),
        )

    def files(self, painted: Sequence[bytes]) -> dict[str, bytes]:
        """The pictures that are files of their own, by name; ``painted`` as `jobs` order them."""
        return {one.file: png for one, png in zip(self.shared, painted, strict=False)}

    def in_workbook(self, painted: Sequence[bytes]) -> dict[str, bytes]:
        """The pictures that stand in the workbook, by name."""
        known = dict(zip((one for one, _ in self.jobs), painted, strict=True))
        of_page = painted[len(painted) - len(self.on_the_page) :]
        return {
            **{one.file: known[one] for one in self.beside.values()},
            **{one.file: png for (one, _), png in zip(self.on_the_page, of_page, strict=True)},
        }


def own_size(one: ChartSpec | Breakdown | BeforeAfter) -> tuple[float, float]:
    """The size in points of a picture that is a file of its own."""
    return CHART_SIZE if isinstance(one, ChartSpec) else one.size


def page_icons(page: Page) -> tuple[Icon, ...]:
    """The icons that a page shows, each once."""
    shown = (icon for row in page.rows for icon, _ in row_icons(row).values())
    return tuple(dict.fromkeys(shown))
