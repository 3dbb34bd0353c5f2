"""Findings: what is wrong or worth a look, where it stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "blank", "note"]
SEVERITIES: tuple[Severity, ...] = ("stop", "blank", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: a file, and as far as is known its sheet, Excel row and letter."""

    file: str
    sheet: str | None = None
    row: int | None = None
    letter: str | None = None

    @property
    def cell(self) -> str:
        """The cell as Excel names it, or as much of it as is known.

        >>> Place("march.xlsx", "Log", 14, "E").cell
        'E14'
        >>> Place("march.xlsx", "Log", 14).cell
        'row 14'
        """
        if self.row is None:
            return f"column {self.letter}" if self.letter else ""
        return f"{self.letter}{self.row}" if self.letter else f"row {self.row}"

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f'sheet "{self.sheet}"')
        if self.cell:
            parts.append(self.cell if " " in self.cell else f"cell {self.cell}")
        return ", ".join(parts)

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """A sort key: file, sheet, row, then letter as Excel counts them."""
        letter = self.letter or ""
        return (self.file, self.sheet or "", self.row or 0, len(letter), letter)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know: ``stop`` cannot be used, ``blank`` set empty, ``note`` look.

    ``problem`` and ``fix`` are whole sentences in plain English; values of personal fields never
    stand in them.
    """

    code: str
    severity: Severity
    place: Place
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.fix}".rstrip()


class LearnpipeError(Exception):
    """The one exception that a user meets; it carries findings, each with place, problem, fix."""

    def __init__(self, findings: Finding | Sequence[Finding]) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def count_by_severity(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many findings of each severity there are, in the order stop, blank, note."""
    return {s: sum(finding.severity == s for finding in findings) for s in SEVERITIES}
