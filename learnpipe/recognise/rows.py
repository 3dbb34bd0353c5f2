"""Rows: which hold a record, which are blank or phantom, which are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from learnpipe.ground.schemas import Schema
from learnpipe.ground.tables import Cell
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.knowledge import Knowledge
from learnpipe.recognise.phantoms import waiting_rows
from learnpipe.recognise.values import is_substance, plain

_ENOUGH = 3  # so many cells that say something make a record
_LONGEST_NAME = 5  # words
_KEY = re.compile(r"[^=]{1,15}\s=\s\S")
_NO_RECORD_ALONE = ("ref", "service", "choice", "yes_no")


@dataclass(frozen=True)
class Rows:
    """Positions of the records among the rows below a header, and how many others there were."""

    records: list[int]
    set_aside: int
    blank: int


def sort_rows(
    know: Knowledge,
    schema: Schema,
    fields: dict[int, str],
    headers: Sequence[str],
    body: Sequence[Sequence[Cell]],
) -> Rows:
    """Sort the rows below a header into records, set aside and blank.

    *Blank*: empty, or phantom: an id, a formula zero, a default, a template's placeholder alone.
    *Set aside*: totals, the header repeated, footnotes. Everything else is a record.
    """
    records: list[int] = []
    set_aside = blank = 0
    substance = [
        at for at, name in fields.items()
        if schema.fields[name].kind not in _NO_RECORD_ALONE or _is_its_subject(schema, name)
    ]  # fmt: skip
    subject = {at for at in substance if _is_its_subject(schema, fields[at])}
    weak = [at for at in fields if at not in substance]
    texts = {at for at, name in fields.items() if schema.fields[name].kind == "text"}
    totals = {plain(word) for word in know.schemas.lists.get("totals", ())}
    header_words = [{plain(part) for part in (header, *header.split(" / "))} for header in headers]
    dated = {at for at, name in fields.items() if schema.fields[name].dated}
    needed = [[at for at, name in fields.items() if name in group] for group in schema.needs]
    width = len(headers)
    is_empty = know.reader.is_empty

    def telling(row: Sequence[Cell]) -> Iterator[int]:
        length = len(row)
        for at in substance:
            if (
                at < length
                and (cell := row[at]) is not None
                and (not is_empty(cell) if type(cell) is str else is_substance(cell))
            ):
                yield at

    for position, row in enumerate(body):
        filled = list(islice(telling(row), _ENOUGH))
        if len(filled) == _ENOUGH and not (
            isinstance(cell := row[filled[0]], str)
            and plain(cell) in header_words[filled[0]]
            and _repeats_header(row, header_words, list(telling(row)))
        ):
            if isinstance(first := row[0] or _first(row), str) and plain(first) in totals:
                set_aside += 1
            else:
                records.append(position)
            continue
        present = [
            at for at, cell in enumerate(row)
            if cell is not None and is_substance(cell) and not know.reader.is_empty(cell)
        ]  # fmt: skip
        if not present:
            blank += 1
        elif _repeats_header(row, header_words, present) or _is_total(
            row, totals, any(at in dated and _is_date(row[at]) for at in filled)
        ):
            set_aside += 1
        elif not filled and all(_any_told(know, row, group, weak) for group in needed):
            records.append(position)
        elif not filled:
            if _is_footnote(row, present, weak) or (
                any(isinstance(row[at], str) and at >= width for at in present)
            ):
                set_aside += 1
            else:
                blank += 1
        elif (
            len(present) == 1
            and _is_note(row[present[0]])
            and (present[0] not in texts or present[0] == 0)
            and not (present[0] in subject and _is_name(row[present[0]]))
        ) or (len(present) > 1 and all(_is_key(row[at]) for at in present)):
            set_aside += 1
        else:
            records.append(position)

    def says(cell: Cell) -> bool:
        return is_substance(cell) and not know.reader.is_empty(cell)

    if waiting := waiting_rows(schema, fields, body, records, says):
        del records[-waiting:]
    return Rows(records, set_aside, blank + waiting)


def _is_its_subject(schema: Schema, name: str) -> bool:
    """Whether the rows of a log are what a field names: a list of services has no dates."""
    return not schema.dates and schema.fields[name].kind == "service"


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell.split()) <= _LONGEST_NAME and cell[-1:] not in ".:"


def _first(row: Sequence[Cell]) -> Cell:
    return next((cell for cell in row if cell is not None), None)


def _is_date(cell: Cell) -> bool:
    return not isinstance(parse_date(cell), str)


def _any_told(
    know: Knowledge, row: Sequence[Cell], columns: Sequence[int], weak: Sequence[int]
) -> bool:
    """Whether one of these cells says something; among answers, "no", False and 0 do."""
    return any(
        (at in weak or is_substance(row[at])) and not know.reader.is_empty(row[at])
        for at in columns
        if at < len(row)
    )


def _is_total(row: Sequence[Cell], totals: set[str], dated: bool) -> bool:
    """Whether a row starts like a total; one with a date must be called so and no more."""
    said = [plain(cell) for cell in [c for c in row if c is not None][:2] if isinstance(cell, str)]
    return any(text in totals or (not dated and text.split(" ")[0] in totals) for text in said)


def _is_note(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell.split()) >= 2


def _is_key(cell: Cell) -> bool:
    """Whether a cell says what a code stands for: "D = wrong dose"."""
    return isinstance(cell, str) and _KEY.match(cell) is not None


def _is_footnote(row: Sequence[Cell], present: list[int], weak: list[int]) -> bool:
    """Whether the row is a remark under the table: words where no record has any."""
    return any(
        isinstance(cell := row[at], str) and (at not in weak or len(cell.split()) >= 4)
        for at in present
    )


def _repeats_header(
    row: Sequence[Cell], header_words: Sequence[set[str]], present: Sequence[int]
) -> bool:
    """Whether a row is the header again, or one of the rows of which a header was joined."""
    told = [at for at in present if at < len(header_words) and header_words[at] - {""}]
    if len(told) < 2:
        return False
    same = sum(isinstance(cell := row[at], str) and plain(cell) in header_words[at] for at in told)
    return same >= 0.6 * len(told)
