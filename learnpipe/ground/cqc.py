"""The regulator's framework: which statement our evidence speaks for, as a dated file says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from learnpipe.ground.schemas import built_in_folder
from learnpipe.ground.toml import check_keys, check_type, load_toml, toml_error

QUESTIONS = ("Safe", "Effective", "Caring", "Responsive", "Well-led")
"""The five key questions of the Care Quality Commission."""
_FILE = "cqc.toml"


@dataclass(frozen=True)
class Statement:
    """One statement under a key question, and the metrics and sheets that speak for it."""

    question: str
    statement: str
    evidence: tuple[str, ...]
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Framework:
    """A framework as it was on a day; ``dated`` is when the file was last held against it."""

    framework: str
    dated: dt.date
    source: str
    statements: tuple[Statement, ...]

    def of_metric(self, key: str) -> tuple[Statement, ...]:
        """The statements that a metric speaks for."""
        return tuple(one for one in self.statements if key in one.evidence)


@cache
def load_framework(folder: Path | None = None) -> Framework:
    """The framework of a folder of schemas (the built-in one by default).

    Raises `LearnpipeError` for a key or a question that is not known, a date that is none, and a
    statement that stands there twice.
    """
    path = (folder or built_in_folder()) / _FILE
    raw = load_toml(path)
    check_keys(path.name, "Top level", raw, ("framework", "dated", "source", "statements"))
    if type(raw.get("dated")) is not dt.date:
        raise toml_error(path.name, "dated is not a date.", "Write it like 2026-11-15.")
    found: dict[str, Statement] = {}
    for at, one in enumerate(raw.get("statements", []), 1):
        where = f"statements, number {at}"
        check_keys(path.name, where, one, ("question", "statement", "evidence", "sheets"))
        check_type(path.name, f"{where}: evidence", one.get("evidence"), list)
        name, question = one.get("statement", ""), one.get("question")
        if question not in QUESTIONS:
            raise toml_error(
                path.name,
                f"{where}: {question!r} is no key question.",
                f"One of {', '.join(QUESTIONS)}.",
            )
        if not name or name in found:
            raise toml_error(
                path.name, f"{where}: {name!r} is no statement of its own.", "Name each once."
            )
        found[name] = Statement(
            question, name, tuple(one["evidence"]), tuple(one.get("sheets", ()))
        )
    return Framework(raw["framework"], raw["dated"], raw["source"], tuple(found.values()))
