"""Services: one name each, however it is spelt; what is unsure is asked, never merged silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.asking import toml_text
from learnpipe.ground.findings import Finding
from learnpipe.ground.measurements import ALL
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import Source
from learnpipe.ground.terms import counted
from learnpipe.validate.service_list import Services, key_of, known_services
from learnpipe.validate.service_paths import known_in_path, name_in_path
from learnpipe.validate.service_questions import Spelling, questions

__all__ = ["NOT_STATED", "Services", "name_services"]
NOT_STATED = "Service not stated"
_EVERY = {"all", "all services", "all sites", "all homes", "organisation", "provider", "overall"}
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class _Told:
    """The service cells of all logs, one after the other: which spelling stands in which row."""

    codes: Array
    source: Array
    row: Array
    spellings: list[str]
    keys: list[str]


def name_services(
    logs: dict[str, pd.DataFrame], sources: Sequence[Source], settings: Settings
) -> tuple[dict[str, pd.DataFrame], Services, list[Finding]]:
    """Give every row its service's name, from its cell, else its sheet, file or folder.

    Else from the only service that its sheet or file names, else from the only one there is; a
    service that was taken from elsewhere than a cell or a known name is told in a note.
    """
    known, findings = known_services(logs.get("services"), sources, settings)
    own = {log: frame for log, frame in logs.items() if "service" in frame and log != "services"}
    if not own:
        return logs, known, findings
    told = _told(own)
    spellings = _spellings(told, sources)
    names = dict(known.names) | {
        key: one.raw for key, one in spellings.items() if key not in known.names
    }
    findings += questions(spellings, set(known.names), names, settings)
    by_code = np.array(
        [ALL if key in _EVERY else names.get(key) for key in told.keys] + [None], dtype=object
    )
    named = by_code[told.codes]
    missing = np.flatnonzero(pd.isna(named))
    if len(missing):
        found, notes = _elsewhere(named, told.source, missing, names, sources)
        named[missing] = found
        findings += notes
    parts = np.split(named, np.cumsum([len(frame) for frame in own.values()])[:-1])
    out = dict(logs)
    for (log, frame), part in zip(own.items(), parts, strict=True):
        out[log] = frame.assign(service=pd.Series(part, index=frame.index, dtype=object))
    return out, Services(names, known.nations), findings


def _told(own: Mapping[str, pd.DataFrame]) -> _Told:
    def joined(name: str) -> Array:
        return np.concatenate([frame[name].to_numpy() for frame in own.values()])

    codes, spellings = pd.factorize(joined("service"))
    texts = [str(one) for one in spellings]
    return _Told(codes, joined("source"), joined("row"), texts, [key_of(one) for one in texts])


def _spellings(told: _Told, sources: Sequence[Source]) -> dict[str, Spelling]:
    """For each key that may be a service its commonest spelling, its rows and its first place."""
    rows = np.bincount(told.codes + 1, minlength=len(told.spellings) + 1)[1:].tolist()
    known = np.flatnonzero(told.codes >= 0)
    first = known[np.unique(told.codes[known], return_index=True)[1]]
    of_key: dict[str, list[int]] = {}
    for code, key in enumerate(told.keys):
        if key and key not in _EVERY:
            of_key.setdefault(key, []).append(code)
    out = {}
    for key, codes in of_key.items():
        common = min(codes, key=lambda code: (-rows[code], told.spellings[code]))
        at = first[codes[0]]
        place = sources[int(told.source[at])].place(int(told.row[at]), "service")
        out[key] = Spelling(told.spellings[common], sum(rows[code] for code in codes), place)
    return out


def _elsewhere(
    named: Array,
    source: Array,
    missing: Array,
    names: Mapping[str, str],
    sources: Sequence[Source],
) -> tuple[Array, list[Finding]]:
    """The services of the rows whose cells name none, and what is to be said about them."""
    counts = np.bincount(source[missing], minlength=len(sources))
    on_sheet, in_file = _named_in(named, source, sources)
    everywhere = set(names.values())
    lone = next(iter(everywhere)) if len(everywhere) == 1 else None
    found = np.full(len(sources), None, dtype=object)
    findings = []
    for number in np.flatnonzero(counts).tolist():
        one, rows = sources[number], int(counts[number])
        if name := known_in_path(one, names):
            found[number] = name
            continue
        if one.log == "commentary":
            found[number] = ALL
            continue
        if name := name_in_path(one):
            name = names.get(key_of(name), name)
            findings.append(_from_the_path(one, rows, name))
        elif lone:
            name = lone
        elif name := _only(on_sheet.get(number)) or _only(in_file.get(one.file)):
            findings.append(_only_one(one, rows, name))
        else:
            name = NOT_STATED
            if everywhere:
                findings.append(_not_stated(one, rows))
        found[number] = name
    return found[source[missing]], findings


def _named_in(
    named: Array, source: Array, sources: Sequence[Source]
) -> tuple[dict[int, set[str]], dict[str, set[str]]]:
    """The services that the cells of each sheet, and of each file, name."""
    table = pd.DataFrame({"source": source, "name": pd.Series(named, dtype=object)})
    on_sheet: dict[int, set[str]] = {}
    in_file: dict[str, set[str]] = {}
    for number, name in table.dropna().drop_duplicates().itertuples(index=False, name=None):
        if name != ALL:
            on_sheet.setdefault(number, set()).add(name)
            in_file.setdefault(sources[number].file, set()).add(name)
    return on_sheet, in_file


def _only(names: set[str] | None) -> str | None:
    return next(iter(names)) if names and len(names) == 1 else None


def _from_the_path(source: Source, rows: int, name: str) -> Finding:
    return Finding(
        "service-from-name",
        "note",
        source.place(),
        f'No cell names the service of {counted(rows, "row")}; "{name}" is taken from the name '
        "of the sheet, file or folder.",
        f"If that is right, put into learnpipe.toml: [services.{toml_text(name)}]\n"
        "Otherwise add a column with the service.",
    )


def _only_one(source: Source, rows: int, name: str) -> Finding:
    return Finding(
        "service-left-empty",
        "note",
        source.place(None, "service"),
        f'No cell names the service of {counted(rows, "row")}; "{name}" is taken, the only one '
        "that this file names.",
        "Fill in the service in these rows.",
    )


def _not_stated(source: Source, rows: int) -> Finding:
    return Finding(
        "service-not-stated",
        "note",
        source.place(None, "service"),
        f"Neither a cell nor the name of the sheet or file tells the service of "
        f'{counted(rows, "row")}; they are counted under "{NOT_STATED}".',
        "Fill in the service, or put the service's name into the file's name.",
    )
