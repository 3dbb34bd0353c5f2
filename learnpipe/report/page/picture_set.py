"""All pictures of a report: what to paint, how large, and where each goes once painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from learnpipe.report.page.paint_layout import chart_slot
from learnpipe.report.page.paint_row import row_icons
from learnpipe.report.pictures.icons import Icon
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown, Picture
from learnpipe.report.shapes import ChartSpec, Page
from learnpipe.report.theme import CHART_SIZE

Job = tuple[Picture, tuple[float, float]]
"""What to paint, and the size in points at which it is printed."""


Shared = ChartSpec | Breakdown | BeforeAfter
"""A picture that may also be a file of its own, for slides."""


@dataclass(frozen=True)
class PictureSet:
    """The pictures of a page and those ``beside`` other sheets, by the sheet's name."""

    page: Page
    beside: Mapping[str, Breakdown | BeforeAfter]

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """What to paint: what stands beside sheets, the page's charts at their size, icons."""
        return (*((one, one.size) for one in self.beside.values()), *self.on_the_page)

    @cached_property
    def on_the_page(self) -> tuple[Job, ...]:
        """The page's charts at their size, then its icons."""
        slot = chart_slot(self.page)
        return (
            *((chart, slot) for chart in self.page.charts),
            *((icon, icon.size) for icon in page_icons(self.page)),
        )

    def others(self, shared: Sequence[Shared]) -> tuple[Job, ...]:
        """What is yet to be painted where these are to be files of their own."""
        jobs = ((one, own_size(one)) for one in shared)
        return tuple(job for job in jobs if job not in self.jobs)

    def in_workbook(self, painted: Sequence[bytes]) -> dict[str, bytes]:
        """The pictures that stand in the workbook, by name; ``painted`` as `jobs` order them."""
        return {one.file: png for (one, _), png in zip(self.jobs, painted, strict=True)}

    def files(
        self, shared: Sequence[Shared], painted: Sequence[bytes], others: Sequence[bytes]
    ) -> dict[str, bytes]:
        """The pictures that are files of their own, by name; ``others`` as `others` order them."""
        known = dict(zip((*self.jobs, *self.others(shared)), (*painted, *others), strict=True))
        return {one.file: known[one, own_size(one)] for one in shared}


def own_size(one: Shared) -> tuple[float, float]:
    """The size in points of a picture that is a file of its own."""
    return CHART_SIZE if isinstance(one, ChartSpec) else one.size


def page_icons(page: Page) -> tuple[Icon, ...]:
    """The icons that a page shows, each once."""
    shown = (icon for row in page.rows for icon, _ in row_icons(row).values())
    return tuple(dict.fromkeys(shown))
