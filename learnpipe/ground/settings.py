"""The provider's settings: ``learnpipe.toml``, read strictly, and what they change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import Any

from learnpipe.ground.calendar import NATIONS, nation_of, parse_month
from learnpipe.ground.schemas import LOGS, Schemas, Standard
from learnpipe.ground.toml import check_keys, check_type, load_toml, toml_error

FILE_NAME = "learnpipe.toml"
_KEYS = ("provider", "next_meeting", "page", "standards", "words", "services", "columns", "dates",
         "rebase", "palette", "sharing")  # fmt: skip
BY_NAME, BY_LETTER = "names", "letters"
LEAST_THRESHOLD = 3
"""Below it a hidden count could only be 1, and would not be hidden."""
PALETTES = ("making data count", "high contrast")
"""The colours that a report can have; the first where nothing is set."""
SWAPPED, MONTH_FIRST = "swapped", "month first"
DATE_ORDERS = (SWAPPED, MONTH_FIRST, f"{MONTH_FIRST}, {SWAPPED}", "as it stands")
"""How a column's dates are to be read: the true dates with a day up to 12 with day and month
changed round; the texts month first; both; or as they stand, so that it is not asked again."""


@dataclass(frozen=True)
class ServiceSetting:
    """What the settings say of one service."""

    also_known_as: tuple[str, ...] = ()
    nation: str | None = None


@dataclass(frozen=True)
class Rebase:
    """Where the limits of one series begin anew, and why.

    ``month``: the month number that they begin with. ``file``, ``where``: the setting, for errors.
    """

    metric: str
    service: str
    month: int
    reason: str
    file: str = FILE_NAME
    where: str = "rebase"


@dataclass(frozen=True)
class Sharing:
    """What may leave the building: counts from 1 to ``threshold`` − 1 may not.

    ``services``: `BY_NAME` or `BY_LETTER`. ``cleared``: words that a person has looked at and found
    to be no name.
    """

    threshold: int = 5
    services: str = BY_NAME
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What a provider may set; every part is optional.

    ``columns``: (file pattern, {header as typed: field, or "" to leave it alone}). ``page``: the
    metrics on the one page, in order of family. ``dates``: (file pattern, {header: one of
    `DATE_ORDERS`}). ``palette``: one of `PALETTES`.
    """

    provider: str = ""
    next_meeting: dt.date | None = None
    page: tuple[str, ...] = ()
    standards: Mapping[str, float | int | str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    services: Mapping[str, ServiceSetting] = field(default_factory=dict)
    columns: tuple[tuple[str, Mapping[str, str]], ...] = ()
    dates: tuple[tuple[str, Mapping[str, str]], ...] = ()
    rebase: tuple[Rebase, ...] = ()
    palette: str = PALETTES[0]
    sharing: Sharing = Sharing()
    sha256: str = ""

    def columns_for(self, file: str, sheet: str | None) -> dict[str, str]:
        """Header → field for one sheet; patterns match the file's path, its name, or file#sheet."""
        return _for_sheet(self.columns, file, sheet)

    def dates_for(self, file: str, sheet: str | None) -> dict[str, str]:
        """Header → how its dates are to be read, for one sheet; patterns as for columns."""
        return _for_sheet(self.dates, file, sheet)

    def applied_to(self, schemas: Schemas) -> Schemas:
        """The schemas with this provider's standards and words put in."""
        if not self.standards and not self.words:
            return schemas
        standards = dict(schemas.standards)
        for name, value in self.standards.items():
            old = standards[name]
            standards[name] = Standard(name, value, old.unit, "this provider's setting", old.means)
        words = dict(schemas.words)
        for name, added in self.words.items():
            old_words = words[name]
            merged = {
                ours: (*old_words.words[ours], *added.get(ours, ())) for ours in old_words.order
            }
            words[name] = replace(old_words, words=merged)
        return replace(schemas, standards=standards, words=words)


def _for_sheet(
    by_pattern: tuple[tuple[str, Mapping[str, str]], ...], file: str, sheet: str | None
) -> dict[str, str]:
    name = file.rsplit("/", 1)[-1]
    found: dict[str, str] = {}
    for pattern, mapping in by_pattern:
        wanted = pattern.casefold()
        if any(
            fnmatchcase(text.casefold(), wanted)
            for text in (file, name, f"{file}#{sheet}", f"{name}#{sheet}")
        ):
            found.update(mapping)
    return found


def load_settings(path: Path | None, schemas: Schemas) -> Settings:
    """Read a settings file; no file gives the defaults. Raises `LearnpipeError`, naming the key."""
    if path is None:
        return Settings()
    if not path.is_file():
        raise toml_error(str(path), "There is no such settings file.", "Check the path.")
    raw, file = load_toml(path), path.name
    check_keys(file, "Top level", raw, _KEYS)
    for key, kind in (("provider", str), ("page", list), ("standards", dict), ("words", dict),
                      ("services", dict), ("columns", dict), ("dates", dict),
                      ("rebase", list), ("palette", str), ("sharing", dict)):  # fmt: skip
        if key in raw:
            check_type(file, key, raw[key], kind)
    palette = raw.get("palette", PALETTES[0])
    check_keys(file, "palette", {palette: None}, PALETTES)
    meeting = raw.get("next_meeting")
    if meeting is not None and type(meeting) is not dt.date:
        raise toml_error(file, "next_meeting is not a date.", "Write it like 2026-11-15.")
    return Settings(
        provider=raw.get("provider", "").strip(),
        next_meeting=meeting,
        page=tuple(raw.get("page", ())),
        standards=_standards(file, raw.get("standards", {}), schemas),
        words=_words(file, raw.get("words", {}), schemas),
        services=_services(file, raw.get("services", {})),
        columns=_columns(file, raw.get("columns", {}), schemas),
        dates=_dates(file, raw.get("dates", {})),
        sharing=_sharing(file, raw.get("sharing", {})),
        rebase=_rebase(file, raw.get("rebase", [])),
        palette=palette,
        sha256=sha256(path.read_bytes()).hexdigest(),
    )


def _standards(file: str, raw: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    check_keys(file, "standards", raw, schemas.standards)
    for name, value in raw.items():
        wanted = schemas.standards[name].value
        check_type(
            file, f"standards.{name}", value, str if isinstance(wanted, str) else (int, float)
        )
        if not isinstance(value, str) and value < 0:
            raise toml_error(file, f"standards.{name} is below zero.", "Give a number from 0 up.")
    return raw


def _words(file: str, raw: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    check_keys(file, "words", raw, schemas.words)
    out: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, table in raw.items():
        check_type(file, f"words.{name}", table, dict)
        check_keys(file, f"words.{name}", table, schemas.words[name].order)
        for ours, theirs in table.items():
            check_type(file, f"words.{name}.{ours}", theirs, list)
        out[name] = {ours: tuple(map(str, theirs)) for ours, theirs in table.items()}
    return out


def _services(file: str, raw: dict[str, Any]) -> dict[str, ServiceSetting]:
    out = {}
    for name, table in raw.items():
        where = f'services."{name}"'
        check_type(file, where, table, dict)
        check_keys(file, where, table, ("also_known_as", "nation"))
        nation = table.get("nation")
        if nation is not None and nation_of(str(nation)) is None:
            raise toml_error(
                file, f"{where}: nation is {nation!r}.", f"One of {', '.join(NATIONS)}."
            )
        out[name] = ServiceSetting(
            tuple(table.get("also_known_as", ())), nation_of(nation) if nation else None
        )
    return out


def _sharing(file: str, raw: dict[str, Any]) -> Sharing:
    check_keys(file, "sharing", raw, ("threshold", "services", "cleared"))
    usual = Sharing()
    threshold = raw.get("threshold", usual.threshold)
    check_type(file, "sharing.threshold", threshold, int)
    if threshold < LEAST_THRESHOLD:
        fix = f"Give {LEAST_THRESHOLD} or more; {usual.threshold} hides the counts 1 to 4."
        raise toml_error(file, f"sharing.threshold is below {LEAST_THRESHOLD}.", fix)
    services = raw.get("services", usual.services)
    check_type(file, "sharing.services", services, str)
    check_keys(file, "sharing.services", {services: None}, (BY_NAME, BY_LETTER))
    cleared = raw.get("cleared", [])
    check_type(file, "sharing.cleared", cleared, list)
    return Sharing(threshold, services, tuple(map(str, cleared)))


def _columns(
    file: str, raw: dict[str, Any], schemas: Schemas
) -> tuple[tuple[str, Mapping[str, str]], ...]:
    known = {name for log in LOGS for name in schemas.logs[log].fields} | {""}
    for pattern, table in raw.items():
        where = f'columns."{pattern}"'
        check_type(file, where, table, dict)
        for header, name in table.items():
            check_type(file, f'{where}."{header}"', name, str)
            check_keys(file, f'{where}."{header}"', {name: None}, known)
    return tuple((re.sub(r"\\", "/", pattern), table) for pattern, table in raw.items())


def _dates(file: str, raw: dict[str, Any]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    for pattern, table in raw.items():
        where = f'dates."{pattern}"'
        check_type(file, where, table, dict)
        for header, order in table.items():
            check_type(file, f'{where}."{header}"', order, str)
            check_keys(file, f'{where}."{header}"', {order: None}, DATE_ORDERS)
    return tuple((re.sub(r"\\", "/", pattern), table) for pattern, table in raw.items())


def _rebase(file: str, raw: list[Any]) -> tuple[Rebase, ...]:
    """Each is dated and has a reason: limits are never moved for their looks."""
    needed = ("metric", "month", "reason")
    found: dict[tuple[str, str, int], Rebase] = {}
    for number, table in enumerate(raw, start=1):
        where = f"rebase {number}" if len(raw) > 1 else "rebase"
        check_type(file, where, table, dict)
        check_keys(file, where, table, (*needed, "service"))
        for key in (*needed, "service"):
            if key not in table and key != "service":
                fix = 'It needs metric, month and reason: reason = "New falls pathway".'
                raise toml_error(file, f"{where} has no {key}.", fix)
            check_type(file, f"{where}.{key}", table.get(key, ""), str)
            if key in table and not table[key].strip():
                raise toml_error(file, f"{where}.{key} is empty.", "Fill it in.")
        try:
            month = parse_month(table["month"])
        except ValueError as error:
            fix = "It is the first month of the new limits."
            raise toml_error(file, f"{where}.month: {error}", fix) from None
        metric, service, reason = (
            " ".join(table.get(key, "All").split()) for key in ("metric", "service", "reason")
        )
        if (metric, service, month) in found:
            fix = "Delete one of them."
            raise toml_error(file, f"{where} says again when {metric} begins anew.", fix)
        found[metric, service, month] = Rebase(metric, service, month, reason, file, where)
    return tuple(found.values())
