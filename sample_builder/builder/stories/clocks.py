"""Working days and the clocks that a provider writes into its logs."""

from __future__ import annotations

from datetime import date, timedelta

# GOV.UK, bank holidays: England and Wales; Scotland. Only the months that the sample covers.
_ENGLAND = """2024-12-25 2024-12-26 2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26
2025-08-25 2025-12-25 2025-12-26 2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25
2026-08-31 2026-12-25 2026-12-28""".split()
_SCOTLAND = """2024-12-02 2024-12-25 2024-12-26 2025-01-01 2025-01-02 2025-04-18 2025-05-05
2025-05-26 2025-08-04 2025-12-01 2025-12-25 2025-12-26 2026-01-01 2026-01-02 2026-04-03
2026-05-04 2026-05-25 2026-06-15 2026-08-03 2026-11-30 2026-12-25 2026-12-28""".split()
BANK_HOLIDAYS: dict[str, frozenset[date]] = {
    "England": frozenset(map(date.fromisoformat, _ENGLAND)),
    "Scotland": frozenset(map(date.fromisoformat, _SCOTLAND)),
}


def add_working_days(start: date, days: int, nation: str) -> date:
    """The day that lies `days` working days after `start`, weekends and bank holidays left out.

    >>> add_working_days(date(2026, 4, 2), 1, "England")
    datetime.date(2026, 4, 7)
    """
    day = start
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in BANK_HOLIDAYS[nation]:
            days -= 1
    return day


def review_due(start: date, tier: int, nation: str) -> date | None:
    """When a review falls due: 7 days (tier 1), 5 (tier 2) or 20 working days (tiers 3 and 4)."""
    if tier == 0:
        return None
    if tier == 1:
        return start + timedelta(days=7)
    return add_working_days(start, 5 if tier == 2 else 20, nation)


def recheck_window(completed: date, tier: int) -> tuple[date, date]:
    """First and last day of the re-check: 4 to 6 weeks for tier 2, else 6 to 8."""
    first, last = (4, 6) if tier == 2 else (6, 8)
    return completed + timedelta(weeks=first), completed + timedelta(weeks=last)
