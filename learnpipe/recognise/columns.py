"""Columns: which field each stands for, by its header and by what its cells look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learnpipe.ground.schemas import Field, Schema, Schemas
from learnpipe.ground.tables import Cell
from learnpipe.recognise.assign import best_assignment
from learnpipe.recognise.dates import parse_date
from learnpipe.recognise.headers import HeaderIndex, Hit, normal
from learnpipe.recognise.values import ValueReader, fits

SAMPLE = 60
_ENOUGH = 0.5  # at least half of the cells must look like the field's
_SURE = 0.8
_COMMON_WORDS = ("severity", "status", "tier", "result", "decision")


@dataclass(frozen=True)
class Knowledge:
    """What recognising needs: the schemas, their header index, a value reader."""

    schemas: Schemas
    index: HeaderIndex
    reader: ValueReader

    @classmethod
    def of(cls, schemas: Schemas) -> Knowledge:
        """The knowledge in a set of schemas."""
        return cls(schemas, HeaderIndex.of(schemas), ValueReader(schemas))


@dataclass(frozen=True)
class Mapping_:
    """How a table's columns were mapped for one log: positions → fields.

    ``times`` hold the time of day of a field's date, ``ticks`` a yes/no that stands for a word.
    """

    log: str
    fields: dict[int, str]
    times: dict[int, str]
    ticks: dict[int, str]
    candidates: dict[int, tuple[str, ...]]
    contradicted: dict[int, str]
    score: float
    complete: bool


def map_columns(
    know: Knowledge,
    schema: Schema,
    headers: Sequence[str],
    hits: Sequence[tuple[Hit, ...]],
    samples: Sequence[Sequence[Cell]],
    settings: Mapping[str, str],
) -> Mapping_:
    """Map headers to one log's fields, one to one, with the best total over the whole table.

    ``samples`` are some filled cells of each column. ``settings`` (header → field, or "" to
    leave it alone) overrule everything.
    """
    own = [[hit for hit in found if hit.log == schema.log] for found in hits]
    told = {normal(header): name for header, name in settings.items()}
    names = list(schema.fields)
    position = {name: at for at, name in enumerate(names)}
    weights = [[0.0] * len(names) for _ in headers]
    maybe: dict[int, list[str]] = {}
    doubted: dict[int, int] = {}
    contradicted: dict[int, str] = {}
    times: dict[int, str] = {}
    ticks: dict[int, str] = {}
    for at, header in enumerate(headers):
        if normal(header) in told:
            if (name := told[normal(header)]) in position:
                weights[at][position[name]] = 10.0
            continue
        doubted[at] = len(own[at]) if all(hit.score > 0.6 for hit in own[at]) else 0
        for hit in own[at]:
            field = schema.fields[hit.field]
            if hit.role == "time":
                times[at] = hit.field
                continue
            if hit.role == "tick":
                if _are_ticks(know, samples[at]):
                    ticks[at] = hit.field
                continue
            agreement = _agreement(know, field, samples[at])
            if agreement < _ENOUGH and not _worth_keeping(know, field, samples[at]):
                contradicted[at] = hit.field
            elif hit.role == "sure":
                weights[at][position[hit.field]] = hit.score * (0.7 + 0.3 * agreement)
            elif _telling(field) and agreement >= _SURE and samples[at]:
                weights[at][position[hit.field]] = 1.1  # its words are those of no other field
            else:
                maybe.setdefault(at, []).append(hit.field)
    chosen = _assign(weights, names)
    _accept_lone_maybes(schema, chosen, maybe, samples, know)
    _accept_last_maybes(schema, chosen, maybe, doubted, samples, know)
    times = {
        at: name
        for at, name in times.items()
        if at not in chosen and name in chosen.values() and normal(headers[at]) not in told
    }
    ticks = {at: name for at, name in ticks.items() if at not in chosen}
    taken = set(chosen.values()) | set(ticks.values())
    candidates = {
        at: tuple(fields) for at, fields in maybe.items() if at not in chosen and at not in times and at not in ticks
    }
    complete = all(any(name in taken for name in group) for group in schema.needs)
    return Mapping_(
        schema.log, chosen, times, ticks, candidates,
        {at: name for at, name in contradicted.items() if at not in chosen},
        _score(know, schema, chosen, headers) + min(1.0, 0.2 * len(candidates)), complete,
    )  # fmt: skip


def _assign(weights: list[list[float]], names: list[str]) -> dict[int, str]:
    """Column → field with the best total; the assignment is only solved where columns compete."""
    rows = [at for at, row in enumerate(weights) if any(row)]
    wanted = sorted({f for at in rows for f, w in enumerate(weights[at]) if w})
    single = [[f for f in wanted if weights[at][f]] for at in rows]
    flat = [fields[0] for fields in single if len(fields) == 1]
    if len(flat) == len(rows) and len(set(flat)) == len(flat):
        return {at: names[f] for at, f in zip(rows, flat, strict=True)}
    solved = best_assignment([[weights[at][f] for f in wanted] for at in rows])
    return {rows[i]: names[wanted[f]] for i, f in enumerate(solved) if f is not None}


def _accept_lone_maybes(
    schema: Schema,
    chosen: dict[int, str],
    maybe: dict[int, list[str]],
    samples: Sequence[Sequence[Cell]],
    know: Knowledge,
) -> None:
    """Take an unsure header where the log needs its field and nothing else could be it.

    The only date column of a log whose header is just "Date" is a thing a careful person is
    sure of; one of two such columns is not.
    """
    needed = {name for group in schema.needs for name in group} | set(schema.key)
    for group in (*schema.needs, *((name,) for name in schema.key)):
        if any(name in chosen.values() for name in group):
            continue
        for name in group:
            claims = [at for at, fields in maybe.items() if name in fields and at not in chosen]
            open_fields = [f for at in claims for f in maybe[at] if f in needed]
            if (
                len(claims) == 1
                and set(open_fields) == {name}
                and name not in chosen.values()
                and samples[claims[0]]
                and _agreement(know, schema.fields[name], samples[claims[0]]) >= _SURE
            ):
                chosen[claims[0]] = name
                break


def _accept_last_maybes(
    schema: Schema,
    chosen: dict[int, str],
    maybe: dict[int, list[str]],
    doubted: Mapping[int, int],
    samples: Sequence[Sequence[Cell]],
    know: Knowledge,
) -> None:
    """Take an unsure header of which all but one reading is ruled out.

    "Date notified" beside a sure "Date reported" is the date of the notification; "SG raised"
    over dates is no yes or no.
    """
    left = {
        at: [name for name in fields if name not in chosen.values()]
        for at, fields in maybe.items()
        if at not in chosen
    }
    for at, fields in left.items():
        claims = sum(fields == other for other in left.values())
        if (
            len(fields) == 1
            and doubted[at] > 1
            and claims == 1
            and samples[at]
            and _agreement(know, schema.fields[fields[0]], samples[at]) >= _SURE
        ):
            chosen[at] = fields[0]


def _telling(field: Field) -> bool:
    """Whether a choice's words are its own: "near miss" is, "low" or "open" could be anything's."""
    return field.kind == "choice" and field.words not in _COMMON_WORDS


def _agreement(know: Knowledge, field: Field, sample: Sequence[Cell]) -> float:
    """The share of a column's filled cells that look like the field's; 1 for an empty column."""
    told = [cell for cell in sample if not know.reader.is_empty(cell)]
    if not told:
        return 1.0
    test = fits(know.reader, field)
    return sum(map(test, told)) / len(told)


def _are_ticks(know: Knowledge, sample: Sequence[Cell]) -> bool:
    """Whether a column's filled cells are yes, no or a tick."""
    told = [cell for cell in sample if not know.reader.is_empty(cell)]
    yes = sum(know.reader.choice(cell, "yes_no") is not None for cell in told)
    return bool(told) and yes >= _SURE * len(told)


def _worth_keeping(know: Knowledge, field: Field, sample: Sequence[Cell]) -> bool:
    """Whether cells that do not look like the field's may still be its.

    One cell alone contradicts nothing. Few different short words may be the provider's own for a
    choice: each becomes a finding that says how to add it. Dates or sentences contradict.
    """
    told = [cell for cell in sample if not know.reader.is_empty(cell)]
    if len(told) <= 1:
        return True
    if field.kind not in ("choice", "yes_no"):
        return False
    words = {cell.strip() for cell in told if isinstance(cell, str)}
    short = all(len(word) <= 25 and isinstance(parse_date(word), str) for word in words)
    return bool(words) and short and len(words) <= max(3, len(told) // 4)


def _score(know: Knowledge, schema: Schema, chosen: dict[int, str], headers: Sequence[str]) -> float:
    """How strongly the mapped headers speak for this log; one that all logs have speaks little."""
    total = 0.0
    for at in chosen:
        logs = {hit.log for hit in know.index.find(headers[at]) if hit.role == "sure"}
        total += 1.0 / max(1, len(logs)) if logs else 0.3
    present = {normal(header) for header in headers}
    return total - 1.0 * len(present & know.index.against[schema.log])
