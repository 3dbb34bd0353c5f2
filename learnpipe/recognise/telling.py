"""Headers that nobody listed: the words in them that tell, where cells and company agree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from learnpipe.ground.schemas import Field, Schema
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.knowledge import SURE, Samples

_GROUPS = ("category", "theme")
_FEWEST_CELLS = 2
_ANSWERS = re.compile(r"\([^()]*[/,][^()]*\)")  # "Area (clinical/admin)" is no place
_BETWEEN = re.compile(r"\s*/\s*|\s+or\s+", re.IGNORECASE)
_TIME = re.compile(r"\btime", re.IGNORECASE)
_OTHER_TIMES = re.compile(
    r"stamp|\blast|since|shift|report|return|finish|\bend|left|arriv|attend|\boff|\bout|due|notif"
    r"|inform|call|told|lost|clos",
    re.IGNORECASE,
)


def accept_by_words(
    schema: Schema,
    chosen: dict[int, str],
    asked: Mapping[int, tuple[str, ...]],
    contradicted: Set[int],
    others: Set[int],
    headers: Sequence[str],
    samples: Samples,
) -> None:
    """Take a column of which nothing is sure for the one field whose telling words it holds.

    Its cells must be such a field's, no other column may have the field or the words, and what it
    is asked about must be that field. ``contradicted`` are columns of which only a date can still
    be told, ``others`` those that stand for something already.
    """
    telling = samples.know.index.telling[schema.log]
    taken = set(chosen.values())
    claims: dict[str, list[int]] = {}
    for at, header in enumerate(headers):
        if not header or at in chosen or at in others:
            continue
        fields = [
            name
            for name in telling.fields_in(header)
            if name not in taken
            and (at not in contradicted or schema.fields[name].dated)
            and not (name == "location" and _ANSWERS.search(header))
        ]
        if len(fields) == 1 and fields[0] in asked.get(at, fields):
            claims.setdefault(fields[0], []).append(at)
    for name, columns in claims.items():
        if len(columns) == 1 and _agree(schema.fields[name], columns[0], samples):
            chosen[columns[0]] = name


def accept_listed(
    schema: Schema,
    chosen: dict[int, str],
    maybe: Mapping[int, Sequence[str]],
    headers: Sequence[str],
    samples: Samples,
) -> None:
    """Take a column for the category whose header lists its answers: "Skin tear / bruise / other".

    Where nothing else may be the category; one of the answers must speak of what the log is about.
    """
    if not schema.speaking or "category" not in schema.fields:
        return
    said = {*chosen.values(), *(name for names in maybe.values() for name in names)}
    if not said.isdisjoint(_GROUPS):
        return
    for at, header in enumerate(headers):
        if at in chosen or at in maybe or not _BETWEEN.search(header):
            continue
        listed = {normal(part) for part in _BETWEEN.split(header)}
        told = [normal(str(cell)) for cell in samples.told(at)]
        if (
            len(listed) > 1
            and len(told) >= _FEWEST_CELLS
            and sum(cell in listed for cell in told) >= SURE * len(told)
            and any(map(_beginnings(schema.speaking).match, listed))
            and not any({f"un{one}", f"not {one}", f"non {one}"} & listed for one in listed)
        ):
            chosen[at] = "category"
            return


def accept_lone_time(
    schema: Schema,
    chosen: Mapping[int, str],
    times: dict[int, str],
    headers: Sequence[str],
    samples: Samples,
) -> None:
    """Take the only column of clock times that is no other time, as the time of the log's date."""
    dated = [name for name in schema.dates if name in chosen.values()]
    if not dated or not schema.fields[dated[0]].time_headers or dated[0] in times.values():
        return
    free = [
        at for at, header in enumerate(headers) if header and at not in chosen and at not in times
    ]
    named = [
        at for at in free if _TIME.search(headers[at]) and not _OTHER_TIMES.search(headers[at])
    ]
    if len(named) == 1 and [at for at in free if samples.are_times(at)] == named:
        times[named[0]] = dated[0]


@lru_cache
def _beginnings(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _agree(one: Field, at: int, samples: Samples) -> bool:
    told = samples.told(at)
    if len(told) < _FEWEST_CELLS or samples.agreement(at, one) < SURE:
        return False
    if one.name in _GROUPS and not samples.are_groups(at):
        return False
    return one.kind != "text" or not (samples.are_ticks(at) or samples.are_numbers(at))
