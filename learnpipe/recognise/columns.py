"""Columns: which field each stands for, by its header and by what its cells look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from learnpipe.ground.schemas import Field, Schema
from learnpipe.ground.tables import letter_of
from learnpipe.recognise.assign import best_assignment
from learnpipe.recognise.header_words import normal
from learnpipe.recognise.headers import BY_CELLS
from learnpipe.recognise.hints import (
    asks_date,
    counts_people,
    has_other_answers,
    has_own_answers,
    to_the_point,
)
from learnpipe.recognise.hits import Hit
from learnpipe.recognise.knowledge import ENOUGH, SURE, Knowledge, Samples
from learnpipe.recognise.telling import accept_by_words, accept_listed, accept_lone_time
from learnpipe.recognise.two_facts import TwoFacts, facts_in_header, split_of
from learnpipe.recognise.unsure import (
    accept_first_fact,
    accept_first_id,
    accept_incident,
    accept_last,
    accept_lone,
    accept_only_date,
    names_an_id,
)

_TOLD = 10.0  # what the settings say outweighs everything
_BY_CONTENT = 1.1  # words that are those of no other field outweigh a header shared with one
_GUESS = 0.6  # a header of which some words are not known: a question, never an answer
_LOOSELY = 0.4  # how much a header known by its words in another order says of its log
_BY_CELLS_ALONE = 0.3
_TO_THE_MINUTE = 0.8  # a "time" that holds whole dates is the date, where no other column is
_ITS_OWN = 0.9
_COUNTS_OTHERS = 4.0
_OF_OTHERS = 1.0
_ONE_COLUMN = re.compile(r"(.+)\(column ([A-Z]{1,3})\)\s*$", re.IGNORECASE)
_COMMON_WORDS = ("severity", "status", "tier", "result", "decision")


@dataclass
class ColumnMap:
    """How a table's columns were mapped for one log: position → field.

    ``times`` hold the time of day of a field's date, ``ticks`` a yes/no that stands for a word;
    ``candidates`` are questions, ``contradicted`` mappings that the cells rule out. ``splits``
    hold columns with two facts in each cell, of which ``fields`` has the first. ``supplied``:
    field → the word that the sheet's name says for all rows where no column does. ``told``: columns
    that the settings speak of. ``score``: how strongly the headers speak for the log; ``complete``:
    whether all it needs is there.
    """

    log: str
    fields: dict[int, str] = field(default_factory=dict)
    times: dict[int, str] = field(default_factory=dict)
    ticks: dict[int, str] = field(default_factory=dict)
    candidates: dict[int, tuple[str, ...]] = field(default_factory=dict)
    contradicted: dict[int, str] = field(default_factory=dict)
    splits: dict[int, TwoFacts] = field(default_factory=dict)
    supplied: dict[str, str] = field(default_factory=dict)
    told: frozenset[int] = frozenset()
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
    told = told_fields(settings, headers) if settings else {}
    weights: dict[int, dict[str, float]] = {}
    maybe: dict[int, list[str]] = {}
    doubles: dict[int, tuple[str, ...]] = {}
    own = [[hit for hit in found if hit.log == schema.log] for found in hits]
    for at, header in enumerate(headers):
        if (name := told.get(at)) is not None:
            if name in schema.fields:
                weights[at] = {name: _TOLD}
            continue
        if all(hit.score <= BY_CELLS for hit in own[at]) and (
            names := facts_in_header(know, schema, header)
        ):
            doubles[at] = names
            continue
        for hit in own[at]:
            one = schema.fields[hit.field]
            if hit.role == "time":
                if samples.told(at) and samples.agreement(at, one) >= SURE:
                    weights.setdefault(at, {})[hit.field] = hit.score * _TO_THE_MINUTE
                elif samples.could_be_times(at):
                    out.times[at] = hit.field
                else:
                    out.contradicted[at] = hit.field
            elif hit.role == "tick":
                if samples.are_ticks(at):
                    out.ticks[at] = hit.field
            elif has_other_answers(know, header, one) or counts_people(header, one, samples, at):
                continue
            elif samples.contradict(at, one) or (
                hit.score == BY_CELLS and samples.agreement(at, one) < ENOUGH
            ):
                out.contradicted[at] = hit.field
            elif hit.role == "sure":
                agreement = samples.agreement(at, one)
                weight = hit.score * (0.7 + 0.3 * agreement)
                weights.setdefault(at, {})[hit.field] = weight + to_the_point(header, hit.field)
            elif (
                (
                    _telling(one)
                    or has_own_answers(know, header, one)
                    or (one.dated and asks_date(know, header, own[at]))
                )
                and samples.told(at)
                and samples.agreement(at, one) >= SURE
            ):
                weights.setdefault(at, {})[hit.field] = _BY_CONTENT
            else:
                maybe.setdefault(at, []).append(hit.field)
    out.fields = _assign(weights)
    for at in weights.keys() - out.fields.keys():
        # Another column took its field: it is asked about, not passed over.
        maybe.setdefault(at, []).extend(weights[at])
    for at, names in doubles.items():
        split = split_of(know, schema, names, samples, at)
        if split and not {split.first, split.second} & set(out.fields.values()):
            out.fields[at], out.splits[at] = split.first, split
        else:
            maybe[at] = list(names)
    accept_first_fact(schema, out.fields, doubles, samples)
    accept_incident(schema, out.fields, maybe, headers, samples)
    accept_listed(schema, out.fields, maybe, headers, samples)
    no_other = {at for at, found in enumerate(hits) if {hit.log for hit in found} == {schema.log}}
    sure_of = [len(found) if all(hit.score > _GUESS for hit in found) else 0 for found in own]
    guesses = {at for at, count in enumerate(sure_of) if not count}
    accept_lone(schema, out.fields, maybe, headers, samples, no_other, guesses)
    accept_last(schema, out.fields, maybe, sure_of, headers, samples)
    _tidy(out, maybe, schema)
    says = [_says_of(found) for found in hits]
    for at, name in told.items():
        says[at] = {log: 1.0 for log, one in know.schemas.logs.items() if name in one.fields}
    out.score = _score(schema.log, out.fields, says) + min(1.0, 0.2 * len(out.candidates))
    out.score -= _against(know, schema.log, headers)
    out.told = frozenset(told)
    if out.complete:
        settle(schema, out, headers, samples)
    return out


def settle(schema: Schema, out: ColumnMap, headers: Sequence[str], samples: Samples) -> None:
    """Take what can be taken where the log is known, and drop the questions that are left over."""
    accept_first_id(schema, out.fields, headers, samples)
    accept_only_date(schema, out.fields, out.candidates, samples)
    accept_by_words(
        schema,
        out.fields,
        out.candidates,
        out.contradicted.keys(),
        {*out.times, *out.ticks, *out.told},
        headers,
        samples,
    )
    accept_lone_time(schema, out.fields, out.times, headers, samples)
    out.contradicted = {
        at: name for at, name in out.contradicted.items() if out.field_at(at) is None
    }
    out.candidates = {
        at: names
        for at, names in out.candidates.items()
        if out.field_at(at) is None and not samples.is_blank(at)
    }


def _against(know: Knowledge, log: str, headers: Sequence[str]) -> float:
    """How much headers speak against a log; what a row is of stands in front, its number most."""
    words = [text for header in headers if (text := normal(header))]
    against = know.index.against[log]
    first = _OF_OTHERS if words and words[0] in against else 0.0
    if first and names_an_id(words[0]):
        first = _COUNTS_OTHERS
    return len(set(words) & against) + first


def told_fields(settings: Mapping[str, str], headers: Sequence[str]) -> dict[int, str]:
    """Position → field as the settings say; "Closed (column E)" means one of several "Closed".

    >>> told_fields({"closed": "closed_on", "Closed (column B)": ""}, ["Closed", "Closed"])
    {0: 'closed_on', 1: ''}
    """
    by_column = {
        (normal(found[1]), found[2].upper()): name
        for header, name in settings.items()
        if (found := _ONE_COLUMN.match(header))
    }
    by_header = {
        normal(header): name for header, name in settings.items() if not _ONE_COLUMN.match(header)
    }
    out = {}
    for at, header in enumerate(headers):
        text = normal(header) if header else ""
        name = by_column.get((text, letter_of(at)), by_header.get(text))
        if text and name is not None:
            out[at] = name
    return out


def _tidy(out: ColumnMap, maybe: Mapping[int, list[str]], schema: Schema) -> None:
    """Drop what the chosen fields make void, and see whether all that is needed is there."""
    chosen = set(out.fields.values())
    out.times = {
        at: name for at, name in out.times.items() if at not in out.fields and name in chosen
    }
    out.ticks = {at: name for at, name in out.ticks.items() if at not in out.fields}
    out.candidates = {
        at: tuple(dict.fromkeys(names)) for at, names in maybe.items() if out.field_at(at) is None
    }
    out.contradicted = {
        at: name for at, name in out.contradicted.items() if out.field_at(at) is None
    }
    there = chosen | set(out.ticks.values()) | {facts.second for facts in out.splits.values()}
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


def _telling(one: Field) -> bool:
    """Whether a choice's words are its own: "near miss" is, "low" or "open" could be anything's."""
    return one.kind == "choice" and one.words not in _COMMON_WORDS


def _says_of(hits: Sequence[Hit]) -> dict[str, float]:
    """How strongly a header speaks for each log that has it; its words in order say more.

    One that may be a field of this log, and is none of any other, speaks for it too.
    """
    out: dict[str, float] = {}
    for hit in hits:
        if hit.role == "sure":
            own = 1.0 if hit.score == 1.0 else _LOOSELY
            out[hit.log] = max(own, out.get(hit.log, 0.0))
    if 1.0 in out.values():
        return {log: own if own == 1.0 else 0.0 for log, own in out.items()}
    logs = {hit.log for hit in hits if hit.score == 1.0}
    return out or ({logs.pop(): _ITS_OWN} if len(logs) == 1 else {})


def _score(log: str, chosen: Mapping[int, str], says: Sequence[Mapping[str, float]]) -> float:
    """How strongly the mapped columns speak for their log; one that all logs have speaks little.

    ``says``: for each column how strongly its header speaks for each log.
    """
    return sum((_share(log, says[at]) if log in says[at] else _BY_CELLS_ALONE) for at in chosen)


def _share(log: str, says: Mapping[str, float]) -> float:
    """A log's share of what a header says; one that is only perhaps its own says less than all."""
    return _ITS_OWN if says == {log: _ITS_OWN} else says[log] / sum(says.values())
