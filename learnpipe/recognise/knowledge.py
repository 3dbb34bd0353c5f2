"""What recognising goes by, and how well a table's cells agree with a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from learnpipe.ground.schemas import Field, Schemas
from learnpipe.ground.tables import Cell
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.headers import HeaderIndex
from learnpipe.recognise.values import ValueReader, fits, is_substance

ENOUGH = 0.5
"""At least half of a column's cells must look like its field's, or they contradict its header."""
SURE = 0.8
"""So many of them let the cells decide where the header does not."""


@dataclass(frozen=True)
class Knowledge:
    """The schemas, their header index, and a reader of values."""

    schemas: Schemas
    index: HeaderIndex
    reader: ValueReader

    @classmethod
    def of(cls, schemas: Schemas) -> Knowledge:
        """The knowledge in a set of schemas."""
        return cls(schemas, HeaderIndex.of(schemas), ValueReader(schemas))


@dataclass
class Samples:
    """Some filled cells of each column of a table; what says nothing is left out."""

    know: Knowledge
    told: list[list[Cell]]
    _agreements: dict[tuple[int, str, str | None], float] = field(default_factory=dict)

    @classmethod
    def of(cls, know: Knowledge, columns: Sequence[Sequence[Cell]]) -> Samples:
        """The samples of a table's columns; the zeros that formulas leave say nothing either."""

        def says(cell: Cell) -> bool:
            return is_substance(cell) and not know.reader.is_empty(cell)

        return cls(know, [list(filter(says, cells)) for cells in columns])

    def agreement(self, at: int, one: Field) -> float:
        """The share of a column's cells that look like the field's; 1 for an empty column."""
        key = (at, one.kind, one.words)
        if key not in self._agreements:
            told = self.told[at]
            test = fits(self.know.reader, one)
            self._agreements[key] = sum(map(test, told)) / len(told) if told else 1.0
        return self._agreements[key]

    def are_ticks(self, at: int) -> bool:
        """Whether a column's cells are yes, no or a tick."""
        told, choice = self.told[at], self.know.reader.choice
        yes = sum(choice(cell, "yes_no") is not None for cell in told)
        return bool(told) and yes >= SURE * len(told)

    def contradict(self, at: int, one: Field) -> bool:
        """Whether a column's cells cannot be the field's.

        One cell alone contradicts nothing. Few different short words may be the provider's own
        for a choice: each becomes a finding that says how to add it. Dates or sentences contradict.
        """
        told = self.told[at]
        if len(told) <= 1 or self.agreement(at, one) >= ENOUGH:
            return False
        if one.kind not in ("choice", "yes_no"):
            return True
        words = {cell.strip() for cell in told if isinstance(cell, str)}
        short = all(len(word) <= 25 and isinstance(parse_date(word), str) for word in words)
        return not (words and short and len(words) <= max(3, len(told) // 4))
