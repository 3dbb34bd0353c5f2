"""What the tender workbook shows, put together for painting."""

from __future__ import annotations

from learnpipe.report.sharing.tender import Tender
from learnpipe.report.sharing.tender_cover import cover
from learnpipe.report.sharing.tender_shapes import TenderBook
from learnpipe.report.sharing.tender_sheets import FIGURES, tender_sheets


def tender_book(tender: Tender) -> TenderBook:
    """A tender as it is painted."""
    return TenderBook(
        f"{tender.provider}: evidence of learning, {tender.period}",
        tender.period,
        cover(tender),
        tender_sheets(tender),
        FIGURES,
        tender.points,
        tender.not_drawn,
    )
