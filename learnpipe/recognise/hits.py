"""Hits: the fields that a header may stand for, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["sure", "maybe", "time", "tick"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One field that a header may stand for, and how good the match is (0 to 1)."""

    log: str
    field: str
    role: Role
    score: float


def hits_of(entries: Sequence[tuple[str, str, Role]], score: float) -> tuple[Hit, ...]:
    """The entries of an index as hits of one score."""
    return tuple(Hit(log, name, role, score) for log, name, role in entries)


def by_log(hits: tuple[Hit, ...]) -> dict[str, tuple[Hit, ...]]:
    """Log → its hits."""
    out: dict[str, tuple[Hit, ...]] = {}
    for hit in hits:
        out[hit.log] = (*out.get(hit.log, ()), hit)
    return out


def all_unsure(hits: tuple[Hit, ...]) -> bool:
    """Whether hits are all questions."""
    return all(hit.role == "maybe" for hit in hits)
