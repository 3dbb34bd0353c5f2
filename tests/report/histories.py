"""Histories of signals for tests of sentences and charts: so many a month, triaged in time or not.

One service is *Ash*, the other *Oak*; a history is a list of months, the last of them October 2026.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from learnpipe.ground.calendar import month_text, parse_month
from tests.builders import Got, Row, measured

MONTH = parse_month("2026-10")
USUAL = (9, 8, 9, 10, 9, 8, 9, 9, 10, 8, 9, 9, 8, 10, 9, 8, 9, 9, 10, 9)
"""Twenty months of triage in time, of ten signals each: nothing in them but noise."""


def triage(in_time: Sequence[int], of: int | Sequence[int] = 10, service: str = "Oak") -> list[Row]:
    """Signals on the second of each month, so many of them triaged in time, the rest late."""
    totals = [of] * len(in_time) if isinstance(of, int) else list(of)
    rows = []
    for back, (met, total) in enumerate(zip(reversed(in_time), reversed(totals), strict=True)):
        month = month_text(MONTH - back)
        for number in range(total):
            at = f"{month}-02 10:00"
            done = f"{month}-02 12:00" if number < met else f"{month}-05 12:00"
            rows.append(
                {"service": service, "occurred_at": at, "reported_at": at, "triaged_at": done,
                 "severity": "low", "category": f"Kind {number} in {month}"}
            )  # fmt: skip
    return rows


def history(*parts: list[Row], **logs: Any) -> Got:
    """The signals of several services measured together."""
    return measured("2026-10", incidents=[row for part in parts for row in part], **logs)
