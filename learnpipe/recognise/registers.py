"""Registers of one kind of incident: what no column says, their name does ("Falls register")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

from learnpipe.ground.calendar import MONTH_NAMES
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import Grid
from learnpipe.recognise.called import titles_above
from learnpipe.recognise.columns import ColumnMap
from learnpipe.recognise.header_rows import Header
from learnpipe.recognise.values import plain

_LOG = "incidents"
_WHAT_HAPPENED = frozenset(("category", "theme", "summary"))
_OF_ANY_TABLE = frozenset(("ref", "service", "status", "closed_on"))
"""Fields that say nothing of an incident: a list of keys has them as well."""
_TELLING = frozenset(("person_affected", "location", "severity", "summary", "immediate_action"))
_BESIDE = 2  # columns of an incident beside its date: who, where, how badly, told by whom
_ANY_KIND = "incident"
_SAY_NOTHING = frozenset(
    "sheet log logs register registers record records data book tracker list export report reports"
    " responses form entries master main current all new old year month quarter q1 q2 q3 q4".split()
    + [part.casefold() for name in MONTH_NAMES for part in (name, name[:3])]
)
"""Words in a sheet's name that do not say what it is about."""
_BREAKS = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=\d)|[\W_]+")


def supply_by_name(schemas: Schemas, grid: Grid, header: Header, mapping: ColumnMap) -> None:
    """Take what happened from the sheet's titles or name, else its file's, if no column tells it.

    ``mapping`` is completed in place, or left as it is: where it lacks more than that, has not
    two columns of an incident beside the date (one may only perhaps be, or speak of it as "Injury"
    does), or no name says one kind. A log that tells what happened, but not whether it was a near
    miss or a safeguarding concern, has that from a name that says nothing else.
    """
    if mapping.log != _LOG:
        return
    there = {*mapping.fields.values(), *mapping.ticks.values()}
    if mapping.complete:
        kinds = () if "signal" in there else _kinds(schemas, grid, titles_above(grid, header))
        if len(kinds) == 1 and kinds[0] in schemas.words["signal"].order and kinds[0] != _ANY_KIND:
            mapping.supplied = {"signal": kinds[0]}
        return
    needs = schemas.logs[_LOG].needs
    if any(there.isdisjoint(group) for group in needs if _WHAT_HAPPENED.isdisjoint(group)):
        return
    dates = {name for name in there if schemas.logs[_LOG].fields[name].dated}
    sure = len(there - dates - _OF_ANY_TABLE)
    speaks = _beginning(schemas.logs[_LOG].speaking).search
    perhaps = sum(
        mapping.field_at(at) is None
        and (bool(_TELLING & {*mapping.candidates.get(at, ())}) or speaks(text) is not None)
        for at, text in enumerate(header.texts)
    )
    if sure + perhaps < _BESIDE + (not sure):
        return
    signals = schemas.words["signal"].order
    kinds = _kinds(schemas, grid, titles_above(grid, header))
    found = {
        "category": [kind for kind in kinds if kind not in signals],
        "signal": [kind for kind in kinds if kind in signals and "signal" not in there],
    }
    if len(found["signal"]) > 1 and "incident" in found["signal"]:
        found["signal"].remove("incident")  # "Near miss incidents" are near misses
    mapping.supplied = {name: told[0] for name, told in found.items() if len(told) == 1}
    mapping.complete = bool(kinds)


def _kinds(schemas: Schemas, grid: Grid, titles: Sequence[str]) -> Sequence[str]:
    """The kinds of incident that a sheet's titles and name say, else its file's.

    None where one of them names another list: the sheet "Visitors" of "Falls.xlsx" is no register.
    In a book of incidents a sheet of its own name may be about anything.
    """
    listed = schemas.words["register"]
    own = [_words(name) for name in (grid.sheet or "", *titles)]
    of_file = _words(PurePath(grid.file).stem)
    if any(map(_pattern(schemas.lists["no_register"]).search, (*own, of_file))):
        return ()

    def among(names: Sequence[str]) -> list[str]:
        return [
            kind
            for kind, words in listed.words.items()
            if any(map(_pattern((plain(kind), *words)).search, names))
        ]

    if kinds := among(own):
        return kinds
    nameless = all(word in _SAY_NOTHING or word.isdigit() for word in own[0].split())
    return [kind for kind in among([of_file]) if nameless or kind != _ANY_KIND]


def _words(name: str) -> str:
    return plain(_BREAKS.sub(" ", name))


@lru_cache
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
