"""Columns: which field each stands for, by its header and by what its cells look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from learnpipe.ground.schemas import Field, Schema
from learnpipe.recognise.assign import best_assignment
from learnpipe.recognise.headers import BY_CELLS, Hit, normal
from learnpipe.recognise.knowledge import ENOUGH, SURE, Knowledge, Samples

_TOLD = 10.0  # what the settings say outweighs everything
_BY_CONTENT = 1.1  # words that are those of no other field outweigh a header shared with one
_GUESS = 0.6  # a header of which some words are not known: a question, never an answer
_COMMON_WORDS = ("severity", "status", "tier", "result", "decision")


@dataclass
class ColumnMap:
    """How a table's columns were mapped for one log: position → field.

    ``times`` hold the time of day of a field's date, ``ticks`` a yes/no that stands for a word;
    ``candidates`` are questions, ``contradicted`` mappings that the cells rule out. ``score``:
    how strongly the headers speak for the log; ``complete``: whether all it needs is there.
    """

    log: str
    fields: dict[int, str] = field(default_factory=dict)
    times: dict[int, str] = field(default_factory=dict)
    ticks: dict[int, str] = field(default_factory=dict)
    candidates: dict[int, tuple[str, ...]] = field(default_factory=dict)
    contradicted: dict[int, str] = field(default_factory=dict)
    score: float = 0.0
    complete: bool = False

    def field_at(self, at: int) -> str | None:
        """The field for which a column stands in any way."""
        return self.fields.get(at) or self.times.get(at) or self.ticks.get(at)


def map_columns(
    know: Knowledge,
    schema: Schema,
    headers: Sequence[str],
    hits: Sequence[tuple[Hit, ...]],
    samples: Samples,
    settings: Mapping[str, str],
) -> ColumnMap:
    """Map headers to one log's fields, one to one, with the best total over the whole table.

    ``settings`` (header → field, or "" to leave it alone) overrule everything.
    """
    out = ColumnMap(schema.log)
    told = {normal(header): name for header, name in settings.items()}
    weights: dict[int, dict[str, float]] = {}
    maybe: dict[int, list[str]] = {}
    own = [[hit for hit in found if hit.log == schema.log] for found in hits]
    for at, header in enumerate(headers):
        if told and (name := told.get(normal(header))) is not None:
            if name in schema.fields:
                weights[at] = {name: _TOLD}
            continue
        for hit in own[at]:
            one = schema.fields[hit.field]
            if hit.role == "time":
                out.times[at] = hit.field
            elif hit.role == "tick":
                if samples.are_ticks(at):
                    out.ticks[at] = hit.field
            elif samples.contradict(at, one) or (
                hit.score == BY_CELLS and samples.agreement(at, one) < ENOUGH
            ):
                out.contradicted[at] = hit.field
            elif hit.role == "sure":
                agreement = samples.agreement(at, one)
                weights.setdefault(at, {})[hit.field] = hit.score * (0.7 + 0.3 * agreement)
            elif _telling(one) and samples.told[at] and samples.agreement(at, one) >= SURE:
                weights.setdefault(at, {})[hit.field] = _BY_CONTENT
            else:
                maybe.setdefault(at, []).append(hit.field)
    out.fields = _assign(weights)
    _accept_lone(schema, out.fields, maybe, samples)
    sure_of = [len(found) if all(hit.score > _GUESS for hit in found) else 0 for found in own]
    _accept_last(schema, out.fields, maybe, sure_of, samples)
    _tidy(out, maybe, schema)
    sure = [tuple(hit.log for hit in found if hit.role == "sure") for found in hits]
    for at, header in enumerate(headers):
        if name := told.get(normal(header)):
            sure[at] = tuple(log for log, one in know.schemas.logs.items() if name in one.fields)
    out.score = _score(out.fields, sure) + min(1.0, 0.2 * len(out.candidates))
    out.score -= len({normal(header) for header in headers} & know.index.against[schema.log])
    return out


def _tidy(out: ColumnMap, maybe: Mapping[int, list[str]], schema: Schema) -> None:
    """Drop what the chosen fields make void, and see whether all that is needed is there."""
    chosen = set(out.fields.values())
    out.times = {
        at: name for at, name in out.times.items() if at not in out.fields and name in chosen
    }
    out.ticks = {at: name for at, name in out.ticks.items() if at not in out.fields}
    out.candidates = {at: tuple(names) for at, names in maybe.items() if out.field_at(at) is None}
    out.contradicted = {
        at: name for at, name in out.contradicted.items() if out.field_at(at) is None
    }
    there = chosen | set(out.ticks.values())
    out.complete = all(any(name in there for name in group) for group in schema.needs)


def _assign(weights: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """Column → field with the best total; the assignment is only solved where columns compete."""
    claims: dict[str, list[int]] = {}
    for at, row in weights.items():
        for name in row:
            claims.setdefault(name, []).append(at)
    free = {
        at: next(iter(row))
        for at, row in weights.items()
        if len(row) == 1 and len(claims[next(iter(row))]) == 1
    }
    rows = [at for at in weights if at not in free]
    names = sorted({name for at in rows for name in weights[at]})
    solved = best_assignment([[weights[at].get(name, 0.0) for name in names] for at in rows])
    free |= {rows[i]: names[j] for i, j in enumerate(solved) if j is not None}
    return dict(sorted(free.items()))


def _accept_lone(
    schema: Schema, chosen: dict[int, str], maybe: Mapping[int, list[str]], samples: Samples
) -> None:
    """Take an unsure header where the log needs its field and nothing else could be it.

    The only date column of a log whose header is just "Date" is a thing a careful person is
    sure of; one of two such columns is not.
    """
    groups = (*schema.needs, *((name,) for name in schema.key))
    needed = {name for group in groups for name in group}
    for group in groups:
        if any(name in chosen.values() for name in group):
            continue
        for name in group:
            claims = [at for at, names in maybe.items() if name in names and at not in chosen]
            if len(claims) != 1 or not samples.told[claims[0]]:
                continue
            others = [other for other in maybe[claims[0]] if other in needed]
            if set(others) == {name} and samples.agreement(claims[0], schema.fields[name]) >= SURE:
                chosen[claims[0]] = name
                break


def _accept_last(
    schema: Schema,
    chosen: dict[int, str],
    maybe: Mapping[int, list[str]],
    readings: Sequence[int],
    samples: Samples,
) -> None:
    """Take an unsure header of which all readings but one are ruled out.

    "Date notified" beside a sure "Date reported" is the date of the notification; "SG raised"
    over dates is no yes or no.
    """
    taken = set(chosen.values())
    left = {
        at: [name for name in names if name not in taken]
        for at, names in maybe.items()
        if at not in chosen
    }
    for at, names in left.items():
        if len(names) != 1 or readings[at] < 2 or not samples.told[at]:
            continue
        alone = sum(names == other for other in left.values()) == 1
        if alone and samples.agreement(at, schema.fields[names[0]]) >= SURE:
            chosen[at] = names[0]


def _telling(one: Field) -> bool:
    """Whether a choice's words are its own: "near miss" is, "low" or "open" could be anything's."""
    return one.kind == "choice" and one.words not in _COMMON_WORDS


def _score(chosen: Mapping[int, str], logs: Sequence[tuple[str, ...]]) -> float:
    """How strongly the mapped columns speak for their log; one that all logs have speaks little.

    ``logs``: for each column those in which its header is known.
    """
    return sum(1.0 / len(set(logs[at])) if logs[at] else 0.3 for at in chosen)
