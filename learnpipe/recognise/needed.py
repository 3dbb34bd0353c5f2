"""What a sheet needs to be the log it calls itself: told by the cells of the only column left."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from learnpipe.ground.schemas import Field, Schema
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.knowledge import SURE, Samples

_MAIN_TEXTS = ("summary", "action", "behaviour")
"""The fields of sentences that a log is kept for; any other text could be anything."""
_RESULTS = ("result",)
_ASIDE = re.compile(r"\b(?:comment|note|remark|further|other|taken)", re.IGNORECASE)
_FEWEST = 2  # columns that must be known before one is told by its cells alone
_ENOUGH_CELLS = 3
_NEARLY_ALL = 0.9  # of the rows
_SOON = 60  # days
_OTHER_DATES = re.compile(
    r"birth|dob|admi|join|start|hire|review|due|expir|enter|creat|updat|open", re.IGNORECASE
)
_STRONG = 2.0
_TELLING = 20  # characters


def complete_by_cells(
    schema: Schema, mapping: ColumnMap, headers: Sequence[str], samples: Samples
) -> None:
    """Take the one column of dates, sentences or results for a field the log cannot do without.

    Only where no other column could be it; among dates, the one that comes first in the rows.
    ``mapping`` is completed in place, or left as it is.
    """
    there = {*mapping.fields.values(), *mapping.ticks.values()}
    missing = [group for group in schema.needs if there.isdisjoint(group)]
    if len(missing) != 1 or len(there) < _FEWEST:
        return
    for name in missing[0]:
        one = schema.fields[name]
        if not (name in schema.dates or name in _MAIN_TEXTS or one.words in _RESULTS):
            continue
        at = _only_column(one, mapping, headers, samples)
        if at is None and schema.dates[:1] == (name,):
            at = _earliest(one, mapping, headers, samples)
        if at is not None:
            mapping.fields[at] = name
            mapping.candidates.pop(at, None)
            mapping.complete = True
            return


def _only_column(
    one: Field, mapping: ColumnMap, headers: Sequence[str], samples: Samples
) -> int | None:
    """The only column whose cells are such a field's, if it stands for no other field."""
    if one.dated:
        could = [at for at in range(len(headers)) if samples.only_dates(at)]
    elif one.kind == "choice":
        could = [
            at
            for at in range(len(headers))
            if samples.told(at) and samples.agreement(at, one) >= SURE
        ]
    else:
        could = [
            at
            for at, header in enumerate(headers)
            if not _ASIDE.search(header)
            and mapping.field_at(at) is None
            and samples.are_sentences(at)
            and _are_long(samples, at)
        ]
    if len(could) != 1:
        return None
    return could[0] if _is_free(one, could[0], mapping, headers, samples) else None


def _are_long(samples: Samples, at: int) -> bool:
    """Whether a column's texts tell something, as "Bay 2 bed 4" does not."""
    lengths = sorted(len(str(cell)) for cell in samples.told(at))
    return lengths[len(lengths) // 2] >= _TELLING


def _is_free(
    one: Field, at: int, mapping: ColumnMap, headers: Sequence[str], samples: Samples
) -> bool:
    """Whether a column of such cells stands for no other field, and could for none."""
    free = headers[at] and mapping.field_at(at) is None and at not in mapping.contradicted
    others = set(mapping.candidates.get(at, ())) - {one.name}
    enough = len(samples.told(at)) >= _ENOUGH_CELLS and samples.agreement(at, one) >= SURE
    return bool(free) and enough and not others


def _earliest(
    one: Field, mapping: ColumnMap, headers: Sequence[str], samples: Samples
) -> int | None:
    """The date that comes first in the rows, and soon before the next: what all else follows."""
    dated = [
        at
        for at in range(len(headers))
        if len(samples.told(at)) >= _ENOUGH_CELLS and samples.agreement(at, one) >= SURE
    ]
    gaps: dict[int, list[int]] = {}
    for row in samples.rows:
        days = sorted(
            (read, at) for at in dated if at < len(row)
            and isinstance(read := parse_date(row[at]), dt.datetime)
        )  # fmt: skip
        if len(days) > 1:
            gaps.setdefault(days[0][1], []).append((days[1][0] - days[0][0]).days)
    rows = sum(map(len, gaps.values()))
    for at, told in gaps.items():
        first = len(told) >= max(_ENOUGH_CELLS, _NEARLY_ALL * rows)
        soon = sorted(told)[len(told) // 2] <= _SOON
        if first and soon and not _OTHER_DATES.search(headers[at]):
            return at if _is_free(one, at, mapping, headers, samples) else None
    return None


def is_strong(schema: Schema, mapping: ColumnMap) -> bool:
    """Whether a sheet's columns leave little doubt of the log, but for what it lacks."""
    names = {*mapping.fields.values(), *mapping.ticks.values()}
    return bool(schema.speaking) and mapping.score >= _STRONG and not names <= set(schema.common)
