"""`data/shared.csv`: which figures have left the building, for the editions that come after.

It is internal. It tells keys and counts alone, and carries the earlier editions' lines along, so
that the latest edition in the output folder is all that the next one needs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from learnpipe.ground.calendar import month_text, parse_month
from learnpipe.report.suppress import Shared
from learnpipe.report.tender_changes import GROUP

COLUMNS = ("edition", "key", "part", "first", "last", "figure")
FILE = "shared.csv"
REMEMBERED = 36
"""Months: windows of twelve months that ended longer ago share no month with those to come."""


def edition_before(output: Path, month: int) -> tuple[tuple[Shared, ...], str | None]:
    """What the latest edition before a month had shared, and that edition's fingerprint."""
    for before in range(month - 1, month - 13, -1):
        folder = output / month_text(before)
        record, file = folder / "run.json", folder / "data" / FILE
        if record.is_file() and file.is_file():
            rows = tuple(row for row in _read(file) if row.edition < month)
            return rows, sha256(record.read_bytes()).hexdigest()
    return (), None


def shared_lines(edition: int, earlier: Sequence[Shared], shared: Iterable[Shared]) -> bytes:
    """The file's content: the figures of this edition and those of the earlier ones."""
    kept = [row for row in earlier if row.edition > edition - REMEMBERED]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sorted({*kept, *shared}, key=_order):
        writer.writerow(
            (month_text(row.edition), row.key, row.part, _told(row.key, row.first),
             _told(row.key, row.last), "" if row.figure is None else row.figure)
        )  # fmt: skip
    return buffer.getvalue().encode("utf-8")


def _order(row: Shared) -> tuple[int, str, str, int, int]:
    return row.edition, row.key, row.part, row.first, row.last


def _read(file: Path) -> Iterable[Shared]:
    """The lines of an earlier edition; one that somebody has spoilt is passed over."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key, figure = row.get("key") or "", row.get("figure") or ""
            try:
                edition = parse_month(row.get("edition") or "")
                first, last = (_number(key, row.get(name) or "") for name in ("first", "last"))
            except ValueError:
                continue
            number = int(figure) if re.fullmatch(r"\d{1,9}", figure) else None
            yield Shared(edition, key, row.get("part") or "", first, last, number)


def _told(key: str, number: int) -> str:
    """A month, or a day of what is counted by day, as the file has it."""
    return str(np.datetime64(number, "D")) if key.startswith(GROUP) else month_text(number)


def _number(key: str, text: str) -> int:
    if key.startswith(GROUP):
        return int(np.datetime64(text, "D").astype(np.int64))
    return parse_month(text)
