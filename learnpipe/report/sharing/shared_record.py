"""`data/shared.csv`: which figures have left the building, for the editions that come after.

It is internal. It tells keys and counts alone, and carries the earlier editions' lines along, so
that they are known when an earlier edition is no longer in the output folder. A month may be made
again, or after a later one: the lines of those editions are read too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from os.path import isfile  # of pathlib's, a path that is too long would raise
from pathlib import Path

import numpy as np

from learnpipe.ground.calendar import month_text, parse_month
from learnpipe.report.sharing.suppress import Shared
from learnpipe.report.sharing.tender_changes import GROUP

COLUMNS = ("edition", "key", "part", "first", "last", "figure")
FILE = "shared.csv"
REMEMBERED = 36
"""Months: windows of twelve months that ended longer ago share no month with those to come."""
YEAR = 12


@dataclass(frozen=True)
class Editions:
    """What the editions in an output folder shared: those before a month, of it, and after it.

    ``fingerprint``: of the latest before, whose record carries what came before it.
    """

    before: tuple[Shared, ...] = ()
    own: tuple[Shared, ...] = ()
    after: tuple[Shared, ...] = ()
    fingerprint: str | None = None


def editions_beside(output: Path, month: int) -> Editions:
    """What has been shared so far: by the latest edition's record, and by what each one added."""
    before: list[Shared] = []
    own: list[Shared] = []
    after: list[Shared] = []
    fingerprint = None
    near = range(month - REMEMBERED, month + REMEMBERED + 1)
    folders = {at: output / month_text(at) for at in near}
    there = [at for at in near if isfile(folders[at] / "run.json")
             and isfile(folders[at] / "data" / FILE)]  # fmt: skip
    latest = max((at for at in there if month - YEAR < at < month), default=None)
    for at in there:
        file = folders[at] / "data" / FILE
        if at == latest:
            before += [row for row in _read(file) if row.edition < month]
            fingerprint = sha256((folders[at] / "run.json").read_bytes()).hexdigest()
            continue
        rows = [row for row in _read(file, month_text(at)) if row.edition == at]
        (before if at < month else after if at > month else own).extend(rows)
    return Editions(tuple(dict.fromkeys(before)), tuple(own), tuple(after), fingerprint)


def shared_lines(edition: int, earlier: Sequence[Shared], shared: Iterable[Shared]) -> bytes:
    """The file's content: the figures of this edition, also as made before, and the earlier."""
    kept = [row for row in earlier if edition - REMEMBERED < row.edition <= edition]
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


def _read(file: Path, beginning: str = "") -> Iterable[Shared]:
    """The lines of an edition that begin so; one that somebody has spoilt is passed over."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        own = (line for at, line in enumerate(lines) if not at or line.startswith(beginning))
        for row in csv.DictReader(own):
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
