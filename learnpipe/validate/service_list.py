"""The list of services: the names that the `services` log and the settings give, and nations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from learnpipe.ground.calendar import nation_of
from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.settings import FILE_NAME, Settings
from learnpipe.ground.tables import Source

_NOT_WORD = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile(r"['’‘`]")
_SPLIT = re.compile(r"\s*[;,/|\n]\s*")


@dataclass(frozen=True)
class Services:
    """The services there are: canonical names by key, and the nation of each where it is known."""

    names: Mapping[str, str]
    nations: Mapping[str, str]


def key_of(name: str) -> str:
    """A service's name without case, accents, punctuation and blanks at its ends.

    >>> key_of(" St Mary’s & Tŷ-Newydd ") == key_of("st marys and ty newydd")
    True
    """
    plain = _APOSTROPHE.sub("", name).replace("&", " and ")
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


@dataclass
class _Listing:
    """The list as it grows: own names, other names and what they stand for, nations, findings."""

    own: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    nations: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """One line of the `services` log."""

    service: str
    others: tuple[str, ...]
    nation: str | None
    source: int
    row: int


def known_services(
    log: pd.DataFrame | None, sources: Sequence[Source], settings: Settings
) -> tuple[Services, list[Finding]]:
    """The services that the `services` log and the settings name, with their other names.

    A name with a line of its own is a service of its own, whoever else goes by it; lines that name
    each other in a circle are one service, by the first of its names. Settings go before the log.
    """
    lines = list(_lines(log))
    listing = _Listing()
    for line in lines:
        listing.own.setdefault(key_of(line.service), line.service)
    first = _first_in_circle(lines, listing.own)
    for line in lines:
        place = sources[line.source].place(line.row, "also_known_as")
        _add_line(listing, line, first, place)
    names = listing.others | {
        key: listing.own[first.get(key, key)] for key in listing.own
    }  # fmt: skip
    nations = {names[key]: nation for key, nation in listing.nations.items()}
    findings = listing.findings + _add_settings(names, nations, settings)
    return Services(names, nations), findings


def _lines(log: pd.DataFrame | None) -> Iterator[_Line]:
    if log is None:
        return
    columns = (log[name] for name in ("service", "also_known_as", "nation", "source", "row"))
    for service, others, nation, source, row in zip(*columns, strict=True):
        if isinstance(service, str) and key_of(service):
            parts = _SPLIT.split(others) if isinstance(others, str) else []
            known = nation_of(nation) if isinstance(nation, str) else None
            yield _Line(service, tuple(p for p in parts if key_of(p)), known, source, row)


def _first_in_circle(lines: Sequence[_Line], own: Mapping[str, str]) -> dict[str, str]:
    """For each own name in a circle of lines that name each other, the circle's first name."""
    leads: dict[str, set[str]] = {key: set() for key in own}
    for line in lines:
        leads[key_of(line.service)].update(key_of(part) for part in line.others)
    reach: dict[str, set[str]] = {}
    for start in own:
        seen: set[str] = set()
        waiting = [other for other in leads[start] if other in own and other != start]
        while waiting:
            if (key := waiting.pop()) not in seen:
                seen.add(key)
                waiting += [other for other in leads[key] if other in own]
        reach[start] = seen
    order = list(own)
    out: dict[str, str] = {}
    for key in order:
        circle = [other for other in order if other in reach[key] and key in reach[other]]
        if circle:
            out[key] = min((key, *circle), key=order.index)
    return out


def _add_line(listing: _Listing, line: _Line, first: Mapping[str, str], place: Place) -> None:
    key = key_of(line.service)
    name = listing.own[first.get(key, key)]
    if line.nation:
        listing.nations.setdefault(key, line.nation)
    for part in line.others:
        other = key_of(part)
        if other == key:
            continue
        if key in first and first[key] == first.get(other):
            if first[key] == other:
                listing.findings.append(_circular(place, line.service, part))
        elif other in listing.own:
            listing.findings.append(_alias_twice(place, part, name, listing.own[other]))
        elif listing.others.setdefault(other, name) != name:
            listing.findings.append(_alias_twice(place, part, name, listing.others[other]))


def _circular(place: Place, service: str, part: str) -> Finding:
    return Finding(
        "service-alias-circular",
        "note",
        place,
        f'"{service}" and "{part}" are each said to be another name of the other; they are '
        f'counted as one service, "{part}".',
        "Keep one line for the service, with its other names beside it.",
    )


def _alias_twice(place: Place, part: str, name: str, taken: str) -> Finding:
    return Finding(
        "service-alias-twice",
        "note",
        place,
        f'"{part}" is given as another name of "{name}", but it already means "{taken}", and '
        "is counted there.",
        "Leave the name with one service only.",
    )


def _add_settings(
    names: dict[str, str], nations: dict[str, str], settings: Settings
) -> list[Finding]:
    findings = []
    given: dict[str, str] = {}
    for service, setting in settings.services.items():
        canonical = names.setdefault(key_of(service), service)
        if setting.nation:
            nations[canonical] = setting.nation
        for part in setting.also_known_as:
            if given.setdefault(key_of(part), canonical) != canonical:
                place = Place(FILE_NAME)
                findings.append(_alias_twice(place, part, canonical, given[key_of(part)]))
    names |= given
    return findings
