"""Values: what a cell means, by the kind of its field. Nothing is guessed; what fails is said."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from learnpipe.ground.schemas import Field, Schemas
from learnpipe.ground.tables import Cell
from learnpipe.recognise.dates import as_seconds, parse_date, parse_month_cell, parse_time
from learnpipe.recognise.scale import step_of

Column = np.ndarray[Any, Any]
Failures = list[tuple[int, str]]  # (position, code of the finding)

NOT_ON_LIST, NOT_A_NUMBER, DATE_BESIDE_WORD = "not-on-list", "not-a-number", "date-beside-word"
_WORD = re.compile(r"[^\w✓✔√☑✗✘☒☐+]+")
_BETWEEN = re.compile(r"\s*(?:[/,;&|\n]|\s-\s|\s–\s|:)\s*")
_NUMBER = re.compile(
    r"£?\s*(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)\s*(?:%|([a-z]+)\.?)?$", re.IGNORECASE
)
_DATE_IN_IT = (
    r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?[\s-]+[a-z]{3,9}[\s-]+\d{2,4})"
)
_WORD_AND_DATE = re.compile(
    rf"(?:(?P<word>\D*?[^\W\d_])[\s,:;(@–-]*(?:\bon\s+)?{_DATE_IN_IT}[\s).]*"
    rf"|{_DATE_IN_IT}[\s,:;–-]+(?P<last>[^\W\d_]\D*))$",
    re.IGNORECASE,
)
CROSS = "a cross"
"""What the letter x in a yes/no column is read as until the whole file says what it means."""
_CROSSES = frozenset("xX×")


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """A text without case, punctuation and runs of blanks, for looking words up.

    >>> plain("Closed /\\nResolved "), plain("✓"), plain(" N/A")
    ('closed resolved', '✓', 'n a')
    """
    return _WORD.sub(" ", text.casefold()).strip()


class ValueReader:
    """Reads cells by the words of one set of schemas (with a provider's own words put in)."""

    def __init__(self, schemas: Schemas) -> None:
        self._words = {
            name: {
                plain(theirs) or theirs.strip(): ours
                for ours, listed in words.words.items()
                for theirs in (*listed, ours)
            }
            for name, words in schemas.words.items()
        }
        self._empty = set(self._words.get("empty", {})) - {""}
        self._says_nothing: dict[str, bool] = {}
        self._placeholders = tuple(
            text.casefold() for text in schemas.lists.get("placeholders", ())
        )

    def is_empty(self, cell: Cell) -> bool:
        """Whether a cell says nothing: empty, ``Nil``, ``N/A``, ``-``, a template's placeholder."""
        if type(cell) is not str or len(cell) > 60:
            return cell is None
        if (known := self._says_nothing.get(cell)) is None:
            known = self._says_nothing[cell] = self._is_blank(cell.strip())
        return known

    def _is_blank(self, text: str) -> bool:
        word = plain(text)
        return (
            (word or text) in self._empty
            or (not word and all(mark in "-–—_./?*" for mark in text))
            or text.casefold().startswith(self._placeholders)
        )

    def choice(self, cell: Cell, words: str) -> str | None:
        """Our word for a provider's, or None where it is not on the list."""
        known = self._words[words]
        text = _text(cell)
        if (found := known.get(plain(text) or text.strip())) is not None:
            return found
        if self.is_empty(cell):
            return None
        if (word := word_beside_date(text)) is not None:
            return known.get(plain(word))
        parts = [plain(part) for part in _BETWEEN.split(text) if part.strip()]
        if len(parts) > 1:
            meant = {known[part] for part in parts if part in known}
            if len(meant) == 1 and (len(parts) == 2 or all(part in known for part in parts)):
                return meant.pop()
        return None

    def column(self, field: Field, cells: Sequence[Cell]) -> tuple[Column, Failures]:
        """A column as typed values; failures keep their raw text for choices, else are empty."""
        if field.kind in ("date", "datetime", "month"):
            return self._dates(field, cells)
        if field.kind == "number":
            return self._numbers(cells, field.units)
        if field.kind in ("choice", "yes_no"):
            return self._choices(field.words or "yes_no", cells)
        return self._texts(cells, field.kind), []

    def ticked(self, field: Field, cells: Sequence[Cell], told: Column | None) -> Column:
        """A choice whose word stands where a yes/no column says yes; elsewhere what was told."""
        out = np.empty(len(cells), dtype=object) if told is None else told.copy()
        for at, cell in enumerate(cells):
            if cell is not None and self.choice(cell, "yes_no") == "yes":
                out[at] = field.ticked
        return out

    def said(self, word: str, cells: Sequence[Cell], told: Column | None) -> Column:
        """A choice's column, with our word where a cell of another column says it."""
        out = np.empty(len(cells), dtype=object) if told is None else told.copy()
        for at, cell in enumerate(cells):
            if isinstance(cell, str) and plain(cell) == word:
                out[at] = word
        return out

    def _dates(self, field: Field, cells: Sequence[Cell]) -> tuple[Column, Failures]:
        failures: Failures = []
        out: list[int] = []
        read = parse_month_cell if field.kind == "month" else parse_date
        memo: dict[str, dt.date | str | None] = {}
        for at, cell in enumerate(cells):
            value: dt.date | str | None
            if type(cell) is dt.datetime or type(cell) is dt.date:
                value = cell
            elif cell is None:
                value = None
            elif isinstance(cell, str):
                if cell not in memo:
                    memo[cell] = None if self.is_empty(cell) else read(cell)
                value = memo[cell]
            elif _is_zero(cell):
                value = None
            else:
                value = read(cell)
            if isinstance(value, str):
                failures.append((at, value))
                value = None
            out.append(as_seconds(value))
        column = np.array(out, dtype=np.int64).view("datetime64[s]")
        if field.kind == "month":
            column = column.astype("datetime64[M]").astype("datetime64[s]")
        elif field.kind == "date":
            column = column.astype("datetime64[D]").astype("datetime64[s]")
        return column, failures

    def _numbers(self, cells: Sequence[Cell], units: tuple[str, ...]) -> tuple[Column, Failures]:
        out, failures = np.full(len(cells), np.nan), []
        for at, cell in enumerate(cells):
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                out[at] = cell
            elif not self.is_empty(cell):
                found = _NUMBER.match(cell.strip()) if isinstance(cell, str) else None
                if found and (not found[2] or found[2].casefold() in units):
                    out[at] = float(found[1].replace(",", ""))
                else:
                    failures.append((at, NOT_A_NUMBER))
        return out, failures

    def _choices(self, words: str, cells: Sequence[Cell]) -> tuple[Column, Failures]:
        memo: dict[tuple[type, Cell], tuple[str | None, str | None]] = {}
        out, failures = np.empty(len(cells), dtype=object), []
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            key = (type(cell), cell)
            if key not in memo:
                memo[key] = self._chosen(words, cell)
            out[at], code = memo[key]
            if code is not None:
                failures.append((at, code))
        return out, failures

    def _chosen(self, words: str, cell: Cell) -> tuple[str | None, str | None]:
        """Our word for a cell (its own text where it is on no list), and the code of a failure."""
        if words == "yes_no" and isinstance(cell, str) and cell.strip() in _CROSSES:
            return CROSS, None
        meant = self.choice(cell, words)
        if meant is None:
            return (None, None) if self.is_empty(cell) else (_text(cell), NOT_ON_LIST)
        dated = word_beside_date(_text(cell)) is not None
        dated = dated and plain(_text(cell)) not in self._words[words]
        return meant, DATE_BESIDE_WORD if dated else None

    def _texts(self, cells: Sequence[Cell], kind: str) -> Column:
        out = np.empty(len(cells), dtype=object)
        memo: dict[str, str | None] = {}
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, str):
                if cell not in memo:
                    tidy = cell.strip() if kind == "text" else " ".join(cell.split())
                    memo[cell] = None if self.is_empty(cell) else tidy
                out[at] = memo[cell]
            else:
                out[at] = _text(cell)
        return out


def with_times(dates: Column, cells: Sequence[Cell]) -> tuple[Column, list[int]]:
    """Dates with the times of a column of their own put in; and the positions that were no time.

    A date that already has a time of day keeps it.
    """
    bare = dates == dates.astype("datetime64[D]")
    seconds = np.zeros(len(dates), dtype="timedelta64[s]")
    failures = []
    for at, cell in enumerate(cells):
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        time = parse_time(cell)
        if time is None:
            failures.append(at)
        elif bare[at]:
            seconds[at] = time.hour * 3600 + time.minute * 60 + time.second
    return dates + seconds, failures


def word_beside_date(text: str) -> str | None:
    """The word that stands before or behind a date in one cell, or None.

    >>> [word_beside_date(text) for text in ("Closed 12/3/26", "12/03/2026 - done", "12/3/26")]
    ['Closed', 'done', None]
    """
    found = _WORD_AND_DATE.match(text.strip()) if text[-1:] and len(text) <= 60 else None
    return (found["word"] or found["last"]).strip() if found else None


def _is_zero(cell: Cell) -> bool:
    """Whether a cell is what a formula leaves below the data: 0 or 00:00:00."""
    if isinstance(cell, dt.time):
        return cell == dt.time(0)
    if isinstance(cell, dt.timedelta):
        return not cell
    return isinstance(cell, (int, float)) and cell == 0


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ") if cell.time() != dt.time(0) else cell.date().isoformat()
    return "" if cell is None else str(cell)


def is_substance(cell: Cell) -> bool:
    """Whether a cell could make its row a record: not empty, not a formula's zero, not False."""
    if type(cell) is str:
        return True
    return cell is not None and cell is not False and not _is_zero(cell)


Fits = Callable[[Cell], float]
_COULD_BE = 0.6  # enough not to contradict a header, too little to speak for one


def fits(reader: ValueReader, field: Field) -> Fits:
    """How much a cell looks like one of the field's, 0 to 1, for weighing a mapping."""
    if field.kind == "month":
        return lambda cell: not isinstance(parse_month_cell(cell), str)
    if field.kind in ("date", "datetime"):
        return lambda cell: not isinstance(parse_date(cell), str) or _nearly_a_date(cell)
    if field.kind == "number":
        return lambda cell: (
            isinstance(cell, (int, float))
            or (isinstance(cell, str) and bool(_NUMBER.match(cell.strip())))
        )
    if field.kind in ("choice", "yes_no"):
        words = field.words or "yes_no"
        if words == "severity":
            return lambda cell: 1 if reader.choice(cell, words) else (
                _COULD_BE if step_of(cell) is not None else 0
            )  # fmt: skip
        return lambda cell: reader.choice(cell, words) is not None
    if field.kind == "ref":
        return lambda cell: not isinstance(cell, (dt.date, dt.time)) and len(_text(cell)) <= 40
    if field.kind in ("person", "service"):
        return lambda cell: isinstance(cell, str) and isinstance(parse_date(cell), str)
    return lambda cell: isinstance(cell, str) and isinstance(parse_date(cell), str)


def _nearly_a_date(cell: Cell) -> bool:
    return isinstance(cell, str) and parse_date(cell) in ("no-such-day", "date-without-year",
                                                          "two-dates")  # fmt: skip
