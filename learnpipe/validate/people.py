"""The people whom the personal fields name: to keep them out of whatever leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from learnpipe.ground.schemas import Schemas

_SPLIT = re.compile(r"\s*(?:[/,;&+\n]|\band\b)\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class People:
    """Whole names of known people, two words or more, longest first."""

    names: tuple[str, ...]

    @classmethod
    def in_logs(cls, logs: dict[str, pd.DataFrame], schemas: Schemas) -> People:
        """Those named in the personal fields; role words are never names."""
        roles = {word.casefold() for word in schemas.lists.get("role_words", ())}
        found: set[str] = set()
        for log, frame in logs.items():
            for field in schemas.logs[log].personal:
                for cell in frame[field].dropna().unique():
                    found.update(_names_in(str(cell), roles))
        return cls(tuple(sorted(found, key=lambda name: (-len(name), name))))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Any of the names, in any case, their parts apart by blanks, dots, dashes, underscores."""
        if not self.names:
            return None
        whole = (r"[\s_.\-]+".join(map(re.escape, name.split())) for name in self.names)
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(whole)})(?![^\W_])", re.IGNORECASE)

    def masked(self, text: str) -> str:
        """A text, or a file's name, with whole names of known people put out."""
        return self._pattern.sub("[name]", text) if self._pattern else text


def _names_in(cell: str, roles: set[str]) -> Iterable[str]:
    for part in _SPLIT.split(cell):
        words = [word for word in _WORD.findall(part) if word.casefold() not in roles]
        if len(words) >= 2:
            yield " ".join(words)
