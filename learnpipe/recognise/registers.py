"""Registers of one kind of incident: what no column says, their name does ("Falls register")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Grid
from learnpipe.recognise.called import beginning_with, titles_above
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.header_rows import Header
from learnpipe.recognise.values import plain

_LOG = "incidents"
_WHAT_HAPPENED = frozenset(("category", "theme", "summary"))
_OF_ANY_TABLE = frozenset(("ref", "service", "status", "closed_on"))
"""Fields that say nothing of an incident: a list of keys has them as well."""
_OF_ANYBODY = frozenset(("person_affected", "location"))
"""Fields that a list of people in training has, or one of their mattresses."""
_PLACES = ("service", "location")
_TELLING = frozenset(("severity", "summary", "immediate_action"))
_BESIDE = 2  # columns of an incident beside its date: who, where, how badly, told by whom
_ANY_KIND = "incident"
_A_RECORD = frozenset(
    "log logs register registers record records report reports book tracker".split()
)
_SAY_NOTHING = _A_RECORD.union(
    "sheet data list export responses form entries master main current all new old copy of year"
    " month week wk quarter qtr q1 q2 q3 q4 sept".split(),
    (part.casefold() for name in MONTH_NAMES for part in (name, name[:3])),
)
"""Words in a sheet's name that do not say what it is about."""
_CONCERNS = frozenset(
    "concern concerns alert alerts referral referrals enquiry enquiries allegation"
    " allegations".split()
)
"""What a safeguarding log holds: joined with them, its name says nothing else."""
_BREAKS = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=\d)|[\W_]+")
_JOINS, _JOINING = re.compile(r"[&+/]"), frozenset(("and", "or"))
_NO_NAME = re.compile(
    r":|\d{5}|.\ball\b|^(?:report|record) (?!of|on|for|\d)|\b(?:also|any|complete|completed|contact"
    r"|do not|fill|here|if|include|please|see|should|must|to be|to the|too|use (?!of)|your?)\b",
    re.IGNORECASE,
)
"""Lines above a header that label or ask for something: "Report any falls to the office"."""


class _Said(NamedTuple):
    """What the names of a table say it is a register of.

    ``joined``: they join it with something else ("Falls and near misses"), so that no row need be
    of it. ``as_register``: a name calls it one, as "Falls register" and "Log of falls" do.
    """

    kinds: tuple[str, ...] = ()
    joined: bool = False
    as_register: bool = False


def supply_by_name(schemas: Schemas, grid: Grid, header: Header, mapping: ColumnMap) -> None:
    """Take what happened from the sheet's titles or name, else its file's, if no column tells it.

    ``mapping`` is completed in place, or left as it is: where it lacks more than that, has not
    two columns of an incident beside the date (one may only perhaps be, or speak of it as "Injury"
    does), or no name says one kind. Where the columns only say who and where, the name must be
    that of a register, or no column be foreign. A log that tells what happened, but not whether it
    was a near miss or a safeguarding concern, has that from a name that says nothing else.
    """
    if mapping.log != _LOG:
        return
    schema, signals = schemas.logs[_LOG], schemas.words["signal"].order
    there = {*mapping.fields.values(), *mapping.ticks.values()}
    if mapping.complete:
        said = _Said() if "signal" in there else _said(schemas, grid, header)
        if (
            len(said.kinds) == 1
            and not said.joined
            and said.kinds[0] in signals
            and said.kinds[0] != _ANY_KIND
        ):
            mapping.supplied = {"signal": said.kinds[0]}
        return
    if any(there.isdisjoint(group) for group in schema.needs if _WHAT_HAPPENED.isdisjoint(group)):
        return
    own = {name for name in there - _OF_ANY_TABLE if not schema.fields[name].dated}
    speaks = beginning_with(schema.speaking).search
    free = [at for at, text in enumerate(header.texts) if text and mapping.field_at(at) is None]
    maybe = {at: {*mapping.candidates.get(at, ())} for at in free}
    telling = [
        at
        for at in free
        if maybe[at] & _TELLING
        or speaks(header.texts[at])
        or mapping.contradicted.get(at) in _PLACES  # where on the body
    ]
    perhaps = len({*telling, *(at for at in free if maybe[at] & _OF_ANYBODY)})
    if len(own) + perhaps < _BESIDE + (not own):
        return
    said = _said(schemas, grid, header)
    tells = bool(own - _OF_ANYBODY or telling or mapping.times)
    if not (tells or said.as_register or all(maybe.values())):
        return
    mapping.complete = bool(said.kinds)
    if said.joined and len(said.kinds) > 1:
        return
    found = {
        "category": [kind for kind in said.kinds if kind not in signals],
        "signal": [kind for kind in said.kinds if kind in signals and not said.joined],
    }
    mapping.supplied = {
        name: told[0] for name, told in found.items() if len(told) == 1 and name not in there
    }


def _said(schemas: Schemas, grid: Grid, header: Header) -> _Said:
    """What a sheet's titles and name say, else its file's.

    Nothing where one of them names another list: the sheet "Visitors" of "Falls.xlsx" is no
    register. In a book of incidents a sheet of its own name may be about anything.
    """
    titles = [text for text in titles_above(grid, header) if not _NO_NAME.search(text)]
    own = [_words(name) for name in (grid.sheet or "", *titles)]
    of_file = _words(PurePath(grid.file).stem)
    if any(map(_pattern(schemas.lists["no_register"]).search, (*own, of_file))):
        return _Said()
    if (said := _among(schemas, own)).kinds:
        return said
    said = _among(schemas, [of_file])
    nameless = all(word in _SAY_NOTHING or word.isdigit() for word in own[0].split())
    if nameless:
        return said
    return said._replace(kinds=tuple(kind for kind in said.kinds if kind != _ANY_KIND))


def _among(schemas: Schemas, names: Sequence[str]) -> _Said:
    patterns = {
        kind: _pattern((plain(kind), *words))
        for kind, words in schemas.words["register"].words.items()
    }
    signals, kinds = schemas.words["signal"].order, dict[str, None]()
    joined = as_register = False
    for name in names:
        spans = {
            kind: [found.span() for found in pattern.finditer(name)]
            for kind, pattern in patterns.items()
            if pattern.search(name)
        }
        if not spans:
            continue
        rest = _without(name, [span for told in spans.values() for span in told])
        more = [word for word in rest if word not in _SAY_NOTHING and not word.isdigit()]
        others = set(more) - _JOINING - _CONCERNS
        joined |= not _JOINING.isdisjoint(more) and (bool(others) or len(spans) > 1)
        as_register |= any(_is_register(name, *span) for told in spans.values() for span in told)
        ends = {end for kind in signals if kind in spans for _, end in spans[kind]}
        if any(start - 1 in ends for start, _ in spans.get(_ANY_KIND, ())):
            del spans[_ANY_KIND]  # "Near miss incidents" are near misses
        kinds |= dict.fromkeys(spans)
    return _Said(tuple(kinds), joined, as_register)


def _is_register(name: str, start: int, end: int) -> bool:
    """Whether a word for a register ends a kind, stands behind it or, with "of", before it."""
    beside = (*name[start:end].split()[-1:], *name[end:].split()[:1], *name[:start].split()[-2:])
    return not _A_RECORD.isdisjoint(beside)


def _without(name: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The words of a name that stand in none of the spans."""
    for start, end in spans:
        name = name[:start] + " " * (end - start) + name[end:]
    return name.split()


def _words(name: str) -> str:
    return plain(_BREAKS.sub(" ", _JOINS.sub(" and ", name)))


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
