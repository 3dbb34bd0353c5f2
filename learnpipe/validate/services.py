"""Services: one name each, however it is spelt; what is unsure is asked, never merged silently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from learnpipe.ground.calendar import nation_of
from learnpipe.ground.findings import Finding
from learnpipe.ground.frames import each_row
from learnpipe.ground.measurements import ALL
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import Source

NOT_STATED = "Service not stated"
_NOT_WORD = re.compile(r"[\W_]+")
_EVERY = {"all", "all services", "all sites", "all homes", "organisation", "provider", "overall"}
_SPLIT = re.compile(r"\s*[;,/|\n]\s*")
_NEAR = 82.0


@dataclass(frozen=True)
class Services:
    """The services there are: canonical names by key, and the nation of each where it is known."""

    names: Mapping[str, str]
    nations: Mapping[str, str]


def key_of(name: str) -> str:
    """A service's name without case, punctuation and blanks at its ends."""
    return _NOT_WORD.sub(" ", name.casefold()).strip()


def known_services(log: pd.DataFrame | None, settings: Settings) -> Services:
    """The services that the `services` log and the settings name, with their other names."""
    names: dict[str, str] = {}
    nations: dict[str, str] = {}
    if log is not None:
        for service, other, nation in zip(
            log["service"], log["also_known_as"], log["nation"], strict=True
        ):
            if not isinstance(service, str):
                continue
            names.setdefault(key_of(service), service)
            canonical = names[key_of(service)]
            for part in _SPLIT.split(other) if isinstance(other, str) else ():
                if part:
                    names.setdefault(key_of(part), canonical)
            if isinstance(nation, str) and (known := nation_of(nation)):
                nations[canonical] = known
    for service, setting in settings.services.items():
        canonical = names.setdefault(key_of(service), service)
        for part in setting.also_known_as:
            names[key_of(part)] = canonical
        if setting.nation:
            nations[canonical] = setting.nation
    return Services(names, nations)


def name_services(
    logs: dict[str, pd.DataFrame], sources: Sequence[Source], settings: Settings
) -> tuple[dict[str, pd.DataFrame], Services, list[Finding]]:
    """Give every row its service's name, from its cell, else its sheet, file or folder."""
    known = known_services(logs.get("services"), settings)
    names = dict(known.names)
    spellings = _spellings(logs)
    for key, counter in spellings.items():
        if key not in names and key not in _EVERY:
            names[key] = min(counter, key=lambda spelling: (-counter[spelling], spelling))
    findings = _near_misses(logs, sources, spellings, known.names, names)
    by_source = {source.number: _in_path(source, names) for source in sources}
    canonical = set(names.values())
    lone = next(iter(canonical)) if len(canonical) == 1 else None
    out = {}
    for log, frame in logs.items():
        if "service" not in frame or log == "services":
            out[log] = frame
            continue
        told = frame["service"].map(
            {raw: ALL if key_of(raw) in _EVERY else names.get(key_of(raw)) for raw in
             frame["service"].dropna().unique()}
        ).astype(object)  # fmt: skip
        fallback = frame["source"].map(by_source).astype(object)
        default = ALL if log == "commentary" else (lone or NOT_STATED)
        filled = told.where(told.notna(), fallback)
        out[log] = frame.assign(service=filled.where(filled.notna(), default))
    return out, Services(names, known.nations), findings


def _spellings(logs: dict[str, pd.DataFrame]) -> dict[str, Counter[str]]:
    """For each key the spellings in which it stands in the logs, counted."""
    out: dict[str, Counter[str]] = {}
    for log, frame in logs.items():
        if "service" not in frame or log == "services":
            continue
        for raw, count in frame["service"].value_counts().items():
            out.setdefault(key_of(str(raw)), Counter())[str(raw)] += int(count)
    out.pop("", None)
    return out


def _near_misses(
    logs: dict[str, pd.DataFrame],
    sources: Sequence[Source],
    spellings: dict[str, Counter[str]],
    sure: Mapping[str, str],
    names: Mapping[str, str],
) -> list[Finding]:
    """A question for each rare name that is nearly that of a service that is known or common."""
    from rapidfuzz import fuzz

    findings = []
    common = set(sure) or {key for key, counter in spellings.items() if counter.total() >= 10}
    for key, counter in sorted(spellings.items()):
        if key in sure or key in common or key in _EVERY:
            continue
        near = max(common, key=lambda other: (fuzz.ratio(key, other), other), default=None)
        if near is None or fuzz.ratio(key, near) < _NEAR:
            continue
        raw = min(counter)
        place = next(
            sources[int(row.source)].place(int(row.row), "service")
            for frame in logs.values() if "service" in frame
            for row in each_row(frame.loc[frame["service"] == raw, ["source", "row"]].head(1))
        )  # fmt: skip
        findings.append(
            Finding(
                "service-near-miss",
                "note",
                place,
                f'"{raw}" looks like "{names[near]}", but is counted as a service of its own.',
                f'If it is the same, add to learnpipe.toml: [services."{names[near]}"] '
                f'also_known_as = ["{raw}"].',
            )
        )
    return findings


def _in_path(source: Source, names: Mapping[str, str]) -> str | None:
    """The one service that a sheet, file or folder is named after, nearest first."""
    for text in (source.sheet or "", *reversed(source.file.rsplit(".", 1)[0].split("/"))):
        words = f" {key_of(text)} "
        found = {name for key, name in names.items() if key and f" {key} " in words}
        if len(found) == 1:
            return found.pop()
    return None
