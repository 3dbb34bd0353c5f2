"""The schemas: for each log its fields, the headers they go by, allowed words and rules."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, cast

from learnpipe.ground.findings import Severity
from learnpipe.ground.toml import check_keys, check_type, load_toml, toml_error

Kind = Literal[
    "ref", "text", "service", "person", "choice", "yes_no", "datetime", "date", "month", "number"
]
KINDS = ("ref", "text", "service", "person", "choice", "yes_no", "datetime", "date", "month",
         "number")  # fmt: skip
DATED_KINDS = ("datetime", "date", "month")
LOGS = (
    "incidents", "actions", "feedback", "training", "observations", "supervisions", "activity",
    "micro_tests", "case_samples", "commentary", "services",
)  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field: what it means, its kind, and the headers (theirs) by which it goes.

    ``headers`` are sure, ``maybe`` only candidates to ask about. ``time_headers`` name a column
    with the time of day of this date. ``words`` names the file in ``schemas/words`` that holds a
    choice's words. ``tick_headers`` name a yes/no column whose yes means the word ``ticked``.
    ``telling``: words that together in any header tell it where its cells agree ("-word": without).
    ``says``: a provider's word here that is also ours for another field. ``low`` and ``high`` bound
    a number, ``units`` may stand behind it. ``may_be_number``: a text that may be a bare number.
    """

    name: str
    title: str
    kind: Kind
    means: str
    headers: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    time_headers: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    words: str | None = None
    tick_headers: tuple[str, ...] = ()
    ticked: str | None = None
    says: Mapping[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    may_be_number: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def personal(self) -> bool:
        """Whether it holds a person's name, which never leaves the internal sheets."""
        return self.kind == "person"

    @property
    def dated(self) -> bool:
        """Whether it holds a date."""
        return self.kind in DATED_KINDS


@dataclass(frozen=True)
class Rule:
    """A rule across fields; the finding points at ``field``.

    ``check``: ``not_before`` field ≥ other; ``at_most`` field ≤ other; ``filled_when`` field is
    filled where ``other`` is one of ``values``; ``empty_when`` the opposite. ``breaks`` is put
    over the log's example to break the rule in a test.
    """

    code: str
    check: Literal["not_before", "at_most", "filled_when", "empty_when"]
    field: str
    other: str
    severity: Severity
    problem: str
    fix: str
    breaks: dict[str, Any]
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """One log: what a row is, what it needs, its fields and rules.

    ``needs``: of each group at least one field must be there. ``dates``: the fields that date a
    row, first choice first. ``key``: the fields that make a record one and the same over
    snapshots (empty: never merged). ``example`` is a valid row. Where only fields that other
    tables have too (``common``) are found, one of the words (``speaking``) must be. A sheet that is
    ``called`` by one of these words is likely one.
    """

    log: str
    title: str
    row: str
    needs: tuple[tuple[str, ...], ...]
    dates: tuple[str, ...]
    key: tuple[str, ...]
    fields: dict[str, Field]
    rules: tuple[Rule, ...] = ()
    example: dict[str, Any] = field(default_factory=dict)
    marks_against: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def personal(self) -> tuple[str, ...]:
        """The personal fields."""
        return tuple(name for name, one in self.fields.items() if one.personal)


@dataclass(frozen=True)
class Words:
    """Providers' words for one idea → ours; ``order`` lists ours, mildest first."""

    name: str
    title: str
    order: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Standard:
    """A number from outside: its value, unit, source and what it means."""

    name: str
    value: float | int | str
    unit: str
    source: str
    means: str


@dataclass(frozen=True)
class NotALog:
    """A kind of sheet that is no log of ours, and the headers that give it away."""

    kind: str
    headers: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Schemas:
    """All that ``schemas/`` holds; each is itself alone, so that what is made of it can be kept."""

    logs: dict[str, Schema]
    words: dict[str, Words]
    standards: dict[str, Standard]
    not_logs: tuple[NotALog, ...]
    lists: dict[str, tuple[str, ...]]
    sha256: str

    def number(self, name: str) -> float:
        """The value of a standard that is a number."""
        return float(self.standards[name].value)


def built_in_folder() -> Path:
    """Where the schemas stand: beside the code when installed, else at the top of the project."""
    inside = Path(__file__).resolve().parent.parent / "schemas"
    return inside if inside.is_dir() else inside.parent.parent / "schemas"


@cache
def load_schemas(folder: Path | None = None) -> Schemas:
    """Read a folder of schemas (the built-in one by default).

    Raises `LearnpipeError` for a key that is not known, a log that is missing, or a field whose
    words are not there.
    """
    folder = folder or built_in_folder()
    if not folder.is_dir():
        raise toml_error(
            str(folder), "There is no such folder of schemas.", "Check the path after --schemas."
        )
    words = {path.stem: _words(path) for path in sorted((folder / "words").glob("*.toml"))}
    logs = {}
    for name in LOGS:
        path = folder / f"{name}.toml"
        if not path.is_file():
            raise toml_error(
                f"{name}.toml", "This schema is missing.", f"Put it back into {folder}."
            )
        logs[name] = _schema(path, words)
    return Schemas(
        logs=logs,
        words=words,
        standards=_standards(folder / "standards.toml"),
        not_logs=_not_logs(folder / "not_logs.toml"),
        lists=_lists(folder / "lists.toml"),
        sha256=_fingerprint(folder),
    )


def _fingerprint(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*.toml"), key=lambda one: one.relative_to(folder).as_posix()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _known(shape: type) -> set[str]:
    return {one.name for one in fields(shape)}


def _schema(path: Path, words: Mapping[str, Words]) -> Schema:
    raw = load_toml(path)
    check_keys(path.name, "Top level", raw, _known(Schema))
    found: dict[str, Field] = {}
    for name, one in raw.get("fields", {}).items():
        where = f"fields.{name}"
        check_type(path.name, where, one, dict)
        check_keys(path.name, where, one, _known(Field) - {"name"})
        if one.get("kind") not in KINDS:
            raise toml_error(
                path.name, f"{where}: kind is {one.get('kind')!r}.", f"One of {', '.join(KINDS)}."
            )
        found[name] = Field(name=name, **_tuples(one))
        listed = found[name].words
        if (listed is None) != (found[name].kind != "choice") or (listed and listed not in words):
            raise toml_error(
                path.name, f"{where}: its words are not there.",
                "A choice names a file of schemas/words; no other kind does.",
            )  # fmt: skip
    rules = []
    for one in raw.get("rules", []):
        check_keys(path.name, f"rules, {one.get('code')}", one, _known(Rule))
        rules.append(Rule(**_tuples(one)))
    for name in [f for rule in rules for f in (rule.field, rule.other)] + [
        f for group in raw["needs"] for f in group
    ]:
        if name not in found:
            raise toml_error(path.name, f'"{name}" is no field of this log.', "Check its spelling.")
    return Schema(
        log=raw["log"],
        title=raw["title"],
        row=raw["row"],
        needs=tuple(tuple(group) for group in raw["needs"]),
        dates=tuple(raw["dates"]),
        key=tuple(raw.get("key", ())),
        fields=found,
        rules=tuple(rules),
        example=raw.get("example", {}),
        marks_against=tuple(raw.get("marks_against", ())),
        speaking=tuple(raw.get("speaking", ())),
        common=tuple(raw.get("common", ())),
        called=tuple(raw.get("called", ())),
    )


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}


def _words(path: Path) -> Words:
    raw = load_toml(path)
    check_keys(path.name, "Top level", raw, ("title", "order", "words"))
    return Words(path.stem, raw["title"], tuple(raw["order"]),
                 {ours: tuple(raw["words"].get(ours, ())) for ours in raw["order"]})  # fmt: skip


def _standards(path: Path) -> dict[str, Standard]:
    out = {}
    for name, one in load_toml(path).items():
        check_keys(path.name, name, one, ("value", "unit", "source", "means"))
        out[name] = Standard(name, **one)
    return out


def _not_logs(path: Path) -> tuple[NotALog, ...]:
    return tuple(
        NotALog(kind.replace("_", " "), tuple(headers)) for kind, headers in load_toml(path).items()
    )


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    return {name: tuple(cast("list[str]", words)) for name, words in load_toml(path).items()}


def schemas_in(folder: str | os.PathLike[str] | None) -> Schemas:
    """`load_schemas` for a folder given as text, or the built-in ones."""
    return load_schemas(Path(folder).resolve() if folder else None)
