"""What recognising goes by, and how well a table's cells agree with a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from learnpipe.ground.schemas import Field, Schemas
from learnpipe.ground.tables import Cell
from learnpipe.recognise.dates import parse_date, parse_time
from learnpipe.recognise.headers import HeaderIndex
from learnpipe.recognise.values import ValueReader, fits, is_substance, plain

ENOUGH = 0.5
"""At least half of a column's cells must look like its field's, or they contradict its header."""
SURE = 0.8
"""So many of them let the cells decide where the header does not."""


SAMPLE = 40
"""So many cells of a column are weighed."""
_ALIKE = {"datetime": "date", "service": "text"}
_FIGURE = re.compile(r"\d")
_LONGEST_DATE = 60
_ID = re.compile(r"(?=.*\d)[A-Za-z][\w/.-]{2,24}\s*$")
_LONGEST_GROUP = 40
_NAMING, _WORDED = ("service", "person", "ref"), ("location", "category", "theme", "summary")
_PLACES = ("service", "location")
_SIDE = frozenset("left right l r upper lower inner outer both side of and".split())
_GRADE = re.compile(
    r"(?:cat(?:egory)?|grade|stage)\.? ?(?:[1-4][ab]?|i{1,3}|iv)$|s?dti$|unstageable$|ungradeable$",
    re.IGNORECASE,
)
_MARKS = frozenset("xX✓✔√☑☒")
"""What is put into one of several columns to choose it: no name and no account."""
_FEW = 3  # cells from which nothing can be told
_NEARLY = ("no-such-day", "date-without-year", "two-dates")
DateOrders = Callable[[str, str | None], Mapping[str, str]]


def _as_they_stand(file: str, sheet: str | None) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Knowledge:
    """The schemas, their header index, and a reader of values.

    ``dates_for``: file and sheet → how the settings want the dates under each header to be read.
    """

    schemas: Schemas
    index: HeaderIndex
    reader: ValueReader
    dates_for: DateOrders = _as_they_stand

    @classmethod
    def of(cls, schemas: Schemas, dates_for: DateOrders = _as_they_stand) -> Knowledge:
        """The knowledge in a set of schemas."""
        return cls(schemas, HeaderIndex.of(schemas), ValueReader(schemas), dates_for)


@dataclass
class Samples:
    """Some filled cells of each column of a table; they are only looked at where it matters."""

    know: Knowledge
    rows: Sequence[Sequence[Cell]]
    header: Sequence[Cell] = ()
    all_rows: Sequence[Sequence[Cell]] = ()
    _told: dict[int, list[Cell]] = field(default_factory=dict)
    _dates: dict[int, list[bool]] = field(default_factory=dict)
    _agreements: dict[tuple[int, str, str | None], float] = field(default_factory=dict)

    @classmethod
    def below(
        cls, know: Knowledge, cells: Sequence[Sequence[Cell]], header: int, stop: int | None
    ) -> Samples:
        """Rows from all over the table below a header's lowest row, up to ``stop``."""
        rows = (stop or len(cells)) - header - 1
        step = max(1, rows // (3 * SAMPLE))
        every = cells[header + 1 : stop]
        return cls(know, every[::step] if step > 1 else every, cells[header], every)

    def told(self, at: int) -> list[Cell]:
        """Some of a column's cells that say something, without the header repeated below.

        The zeros that formulas leave say nothing either.
        """
        if at not in self._told:
            own = self.header[at] if at < len(self.header) else None
            filled: list[Cell] = [
                cell for row in self.rows if at < len(row) and (cell := row[at]) is not None
            ]
            is_empty = self.know.reader.is_empty
            telling = (
                cell
                for cell in filled[: 2 * SAMPLE]
                if cell != own and (not is_empty(cell) if type(cell) is str else is_substance(cell))
            )
            self._told[at] = list(islice(telling, SAMPLE))
        return self._told[at]

    def is_blank(self, at: int) -> bool:
        """Whether a column has no cell that says something, in any row."""
        return not self.told(at) and not any(
            at < len(row) and (cell := row[at]) is not None and not self.know.reader.is_empty(cell)
            for row in self.all_rows
        )

    def agreement(self, at: int, one: Field) -> float:
        """The share of a column's cells that look like the field's; 1 for an empty column."""
        kind = "person" if one.may_be_number else _ALIKE.get(one.kind, one.kind)
        key = (at, kind, one.words)
        if key not in self._agreements:
            told = self.told(at)
            self._agreements[key] = self._share(at, told, one) if told else 1.0
        return self._agreements[key]

    def _share(self, at: int, told: list[Cell], one: Field) -> float:
        kind = _ALIKE.get(one.kind, one.kind)
        if kind not in ("text", "person", "date"):
            return sum(map(fits(self.know.reader, one), told)) / len(told)
        dates = self._are_dates(at)
        if kind == "date":
            return sum(dates) / len(told)
        # A person may go by a number, as in "Patient ID", and a room.
        by_number = one.kind == "person" or one.may_be_number
        kinds = (str, int, float) if by_number else (str,)
        texts = (type(cell) in kinds and not date for cell, date in zip(told, dates, strict=True))
        return sum(texts) / len(told)

    def are_ticks(self, at: int) -> bool:
        """Whether a column's cells are yes, no or a tick."""
        told, choice = self.told(at), self.know.reader.choice
        yes = sum(choice(cell, "yes_no") is not None for cell in told)
        return bool(told) and yes >= SURE * len(told)

    def could_be_times(self, at: int) -> bool:
        """Whether some cell of a column is a time of day, or hardly any tells."""
        told = self.told(at)
        return len(told) < 2 or any(parse_time(cell) is not None for cell in told)

    def are_times(self, at: int) -> bool:
        """Whether all of a column's cells, two or more, are times of day without a date."""
        told = self.told(at)
        return (
            len(told) > 1
            and not self._mostly_dates(at)
            and all(parse_time(cell) is not None for cell in told)
        )

    def only_dates(self, at: int) -> bool:
        """Whether a column holds dates and no other column of the table does."""
        width = max(map(len, self.rows), default=0)
        return all(self._mostly_dates(one) == (one == at) for one in range(width))

    def _mostly_dates(self, at: int) -> bool:
        told = self.told(at)
        return bool(told) and sum(self._are_dates(at)) >= ENOUGH * len(told)

    def _are_dates(self, at: int) -> list[bool]:
        if at not in self._dates:
            self._dates[at] = [_is_date(cell) for cell in self.told(at)]
        return self._dates[at]

    def are_numbers(self, at: int) -> bool:
        """Whether all of a column's cells are numbers, also as text files have them."""
        told = self.told(at)
        return bool(told) and all(
            cell.replace(".", "", 1).isdigit() if type(cell) is str else type(cell) in (int, float)
            for cell in told
        )

    def are_groups(self, at: int) -> bool:
        """Whether a column holds few short words over and over, as what sorts rows does."""
        told = self.told(at)
        few = len(set(map(str, told))) <= ENOUGH * len(told)
        return (
            few
            and len(told) > _FEW
            and all(
                isinstance(cell, str) and len(cell) <= _LONGEST_GROUP and not cell[:1].isdigit()
                for cell in told
            )
        )

    def are_ids(self, at: int) -> bool:
        """Whether a column's cells are one short word each with letters and figures: "INC-012"."""
        told = self.told(at)
        return len(told) > 1 and all(isinstance(cell, str) and _ID.match(cell) for cell in told)

    def are_sentences(self, at: int) -> bool:
        """Whether most of a column's cells have three words or more."""
        told = self.told(at)
        long = sum(isinstance(cell, str) and len(cell.split()) > 2 for cell in told)
        return bool(told) and long > ENOUGH * len(told)

    def _are_body_parts(self, at: int) -> bool:
        """Whether a column says where on the body: "Sacrum", "Left heel"."""
        told = [set(plain(str(cell)).split()) - _SIDE for cell in self.told(at)]
        parts = self.know.schemas.lists["body_parts"]
        on_body = sum(bool(words) and words.issubset(parts) for words in told)
        return len(told) > 1 and on_body >= SURE * len(told)

    def contradict(self, at: int, one: Field) -> bool:
        """Whether a column's cells cannot be the field's.

        One cell alone contradicts nothing. Few different short words may be the provider's own
        for a choice: each becomes a finding that says how to add it. Dates or sentences contradict.
        """
        told = self.told(at)
        if one.kind == "ref" and self.are_groups(at) and not any(map(_has_figure, told)):
            return True  # the same word over and over is no number of a row
        if told and (one.kind in _NAMING or one.name in _WORDED) and all(c in _MARKS for c in told):
            return True
        if one.name in _PLACES and self._are_body_parts(at):
            return True
        if one.name == "category" and len(told) > 1 and all(_GRADE.match(str(c)) for c in told):
            return True  # a pressure ulcer's "Category 2" is how deep it is
        if len(told) <= 1 or self.agreement(at, one) >= ENOUGH:
            return False
        if 2 <= len(different := list(dict.fromkeys(told))) < len(told):
            # "TBD" over and over is one thing that is no date, as is a total under each month.
            test = fits(self.know.reader, one)
            if sum(map(test, different)) >= ENOUGH * len(different):
                return False
        if one.kind not in ("choice", "yes_no"):
            return True
        words = {cell.strip() for cell in told if isinstance(cell, str)}
        short = all(len(word) <= 25 and isinstance(parse_date(word), str) for word in words)
        return not (words and short and len(words) <= max(3, len(told) // 4))


def _has_figure(cell: Cell) -> bool:
    return _FIGURE.search(str(cell)) is not None


def _is_date(cell: Cell) -> bool:
    """Whether a cell is a date, or would be one but for its typing; no date is without a figure."""
    if isinstance(cell, str):
        return len(cell) <= _LONGEST_DATE and bool(_FIGURE.search(cell)) and _text_is_date(cell)
    return not isinstance(parse_date(cell), str)


@lru_cache(maxsize=1 << 14)
def _text_is_date(text: str) -> bool:
    read = parse_date(text)
    return not isinstance(read, str) or read in _NEARLY
