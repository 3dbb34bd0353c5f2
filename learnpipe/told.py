"""Findings as a person reads them in a terminal: by file, the worst first, like things together."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from learnpipe.ground.calendar import month_name, month_number, parse_month
from learnpipe.ground.findings import SEVERITIES, Finding, Severity, count_by_severity
from learnpipe.ground.tables import LedgerLine, ReadFile
from learnpipe.ground.terms import counted, list_words

HEADS: dict[Severity, str] = {
    "stop": "cannot be used",
    "blank": "set blank, counted as no evidence",
    "note": "worth a look",
}
LABELS: dict[Severity, str] = {"stop": "STOP", "blank": "BLANK", "note": "note"}
FULL_FILES, FULL_KINDS, ROW_FILES = 10, 8, 30
"""So many files are shown in full, so many kinds of finding in each, and so many files by count."""
CELLS, EXAMPLES, SEVERAL_FILES, MANY_FILES = 6, 3, 3, 6
SHOWN: dict[Severity, int] = {"stop": 12, "blank": 12, "note": 5}
"""So many findings of each severity are shown after a run; all are in the workbook."""
_INDENT = 9

Style = Literal["head", "stop", "blank", "note", "plain"]


@dataclass(frozen=True)
class Line:
    """A line for the terminal, and what it is: only a terminal with colours shows the style."""

    text: str
    style: Style = "plain"


@dataclass
class _Kind:
    """Findings with one remedy: one entry. ``findings`` by what is wrong."""

    severity: Severity
    fix: str
    findings: dict[str, list[Finding]] = field(default_factory=dict)

    @property
    def all(self) -> list[Finding]:
        """All of its findings."""
        return [finding for own in self.findings.values() for finding in own]

    @property
    def worst(self) -> tuple[int, int]:
        """A sort key: the severity, then how often."""
        return SEVERITIES.index(self.severity), -len(self.all)


def by_file(findings: Sequence[Finding], width: int) -> list[Line]:
    """Every finding, in few lines: what is the same in several files first, then file by file.

    ``width``: characters of a line. A finding on many cells is one entry with the first of them;
    of very many files the least bad are only counted. Nothing is left out without a number.
    """
    several, rest = _in_several_files(findings)
    lines: list[Line] = []
    if several:
        lines.append(Line("\nIn several files", "head"))
        for kind in several[:FULL_KINDS]:
            lines += _entry(kind, _files, width)
        for kind in several[FULL_KINDS:]:
            rest += kind.all
    files: dict[str, list[Finding]] = {}
    for finding in rest:
        files.setdefault(finding.place.file, []).append(finding)
    ranked = sorted(files.items(), key=lambda item: (_badness(item[1]), item[0]))
    full = FULL_FILES if len(ranked) > FULL_FILES + 2 else len(ranked)
    for file, own in ranked[:full]:
        lines.append(Line(f"\n{file}", "head"))
        lines += _of_file(own, width)
    lines += _only_counted(ranked[full:], width)
    return lines


def by_severity(findings: Sequence[Finding], width: int, everything: bool = False) -> list[Line]:
    """Findings the worst first, the same in one sheet as one; few of each unless all are asked for.

    ``width``: characters of a line.
    """
    lines = []
    for severity in SEVERITIES:
        own = [finding for finding in findings if finding.severity == severity]
        if not own:
            continue
        lines.append(Line(f"\n{counted(len(own), 'finding')}: {HEADS[severity]}", "head"))
        alike: dict[object, list[Finding]] = {}
        for one in own:
            same = one.place.file, one.place.sheet, one.problem, one.fix
            alike.setdefault(same, []).append(one)
        groups = list(alike.values())
        shown = groups if everything else groups[: SHOWN[severity]]
        for group in shown:
            where = ", ".join(part for part in (group[0].place.file, _places(group)) if part)
            lines += _paragraph(f"{where}: {group[0].problem} {group[0].fix}", width, "  - ")
        if left := sum(len(group) for group in groups[len(shown) :]):
            lines.append(Line(f"  … {left:,} more: sheet Data quality"))
    return lines


def why_stopped(findings: Sequence[Finding], closing: str, width: int) -> list[Line]:
    """Why a command could not do its work, and what to do; ``closing`` stands last."""
    if len(findings) == 1 and findings[0].severity == "stop":
        lines = _paragraph(str(findings[0]), width, "")
    else:
        lines = by_severity(findings, width, everything=True)
    return [*lines, Line(f"\n{closing}")] if closing else lines


def about_month(month: str, today: dt.date, covered: bool, width: int) -> list[Line]:
    """What a person should know of a report's month (``YYYY-MM``), if there is anything."""
    number = parse_month(month)
    said = []
    if not covered:
        said.append(
            f"No incident log has a row for {month_name(number)}, so most of the page is blank. "
            "Another month: --month YYYY-MM."
        )
    if number >= month_number(today.year, today.month):
        said.append(
            f"{month_name(number)} has not ended yet: what is still to come is missing, and what "
            "falls due by its end counts as due."
        )
    return [Line(_filled(f"Please note: {one}", width, "", "")) for one in said]


def _paragraph(text: str, width: int, mark: str) -> list[Line]:
    """A text with its own line breaks: they stand in lines to paste."""
    first, *more = (line.strip() for line in text.splitlines())
    indent = " " * len(mark)
    return [
        Line(_filled(first, width, mark, indent)),
        *(Line(_filled(part, width, indent, indent)) for part in more),
    ]


def files_and_rows(files: Sequence[ReadFile], ledger: Sequence[LedgerLine]) -> str:
    """How many files are not included, if any, and what became of the rows of all logs."""
    lost = sum(not file.included for file in files)
    told = f"{lost} of {len(files)} files not included.\n" if lost else ""
    return f"{told}\n{rows_text(ledger)}"


def rows_text(ledger: Sequence[LedgerLine]) -> str:
    """What became of the rows of all logs."""
    logs = [line for line in ledger if line.log]
    read, used = sum(line.read for line in logs), sum(line.used for line in logs)
    superseded = sum(line.superseded for line in logs)
    aside = sum(line.set_aside for line in logs)
    blank = sum(line.blank for line in logs)
    return (
        f"{read:,} rows read: {used:,} used, {superseded:,} superseded by a newer file, "
        f"{aside:,} set aside, {blank:,} blank."
    )


def summary(findings: Sequence[Finding], width: int) -> str:
    """How many findings of each severity there are, in one sentence."""
    counts = count_by_severity(findings)
    parts = [f"{counts[one]:,} {LABELS[one]} ({HEADS[one]})" for one in SEVERITIES if counts[one]]
    return _filled(f"{counted(len(findings), 'finding')}: {list_words(parts)}.", width, "", "")


def _badness(findings: Sequence[Finding]) -> tuple[int, ...]:
    counts = count_by_severity(findings)
    return tuple(-counts[severity] for severity in SEVERITIES)


def _in_several_files(findings: Sequence[Finding]) -> tuple[list[_Kind], list[Finding]]:
    """What is the same in several files, or alike in many, and all the other findings."""
    several: list[_Kind] = []
    left = list(findings)
    for alike, least in ((_one_remedy, MANY_FILES), (_same, SEVERAL_FILES)):
        groups: dict[object, list[Finding]] = {}
        for finding in left:
            groups.setdefault(alike(finding), []).append(finding)
        left = []
        for own in groups.values():
            if len({finding.place.file for finding in own}) >= least:
                kind = _Kind(own[0].severity, own[0].fix)
                for finding in own:
                    kind.findings.setdefault(finding.problem, []).append(finding)
                several.append(kind)
            else:
                left += own
    return sorted(several, key=lambda kind: kind.worst), left


def _same(finding: Finding) -> object:
    return finding.severity, finding.problem, finding.fix


def _one_remedy(finding: Finding) -> object:
    return finding.severity, finding.fix


def _of_file(findings: Sequence[Finding], width: int) -> Iterator[Line]:
    kinds: dict[tuple[str, str], _Kind] = {}
    for one in findings:
        kind = kinds.setdefault((one.severity, one.fix), _Kind(one.severity, one.fix))
        kind.findings.setdefault(one.problem, []).append(one)
    ranked = sorted(kinds.values(), key=lambda kind: kind.worst)
    full = FULL_KINDS if len(ranked) > FULL_KINDS + 2 else len(ranked)
    for kind in ranked[:full]:
        yield from _entry(kind, _places, width)
    if left := ranked[full:]:
        more = sum(len(kind.all) for kind in left)
        yield Line(" " * _INDENT + f"and {counted(more, 'more finding')} in this file")


def _entry(kind: _Kind, where: Callable[[Sequence[Finding]], str], width: int) -> Iterator[Line]:
    label = f"  {LABELS[kind.severity] + ':':<{_INDENT - 2}}"
    problems = _various(kind)
    for problem, own in problems[:EXAMPLES]:
        place = where(own)
        said = f"{place}: {problem}" if place else problem
        yield Line(_filled(said, width, label), kind.severity)
        label = " " * _INDENT
    if others := [finding for _, own in problems[EXAMPLES:] for finding in own]:
        yield Line(_filled(f"{len(others):,} more like it: {where(others)}", width), kind.severity)
    # Lines to paste into the settings keep their breaks.
    for at, part in enumerate(kind.fix.splitlines()):
        yield Line(_filled(part if at else f"Fix: {part}", width))


def _various(kind: _Kind) -> list[tuple[str, list[Finding]]]:
    """What is wrong and where, with one of each code first: examples should differ."""
    first: dict[str, str] = {}
    for problem, own in kind.findings.items():
        first.setdefault(own[0].code, problem)
    return sorted(kind.findings.items(), key=lambda item: first[item[1][0].code] != item[0])


def _filled(text: str, width: int, first: str = " " * _INDENT, then: str = " " * _INDENT) -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=then,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


def _places(findings: Sequence[Finding]) -> str:
    """The first cells of an entry by sheet, and how many more there are."""
    by_sheet: dict[str | None, list[str]] = {}
    for finding in sorted(findings, key=lambda one: one.place.order)[:CELLS]:
        by_sheet.setdefault(finding.place.sheet, []).append(finding.place.cell)
    parts = []
    for sheet, cells in by_sheet.items():
        named = [f'sheet "{sheet}"'] if sheet else []
        told = [cell for cell in cells if cell]
        plain = [cell for cell in told if " " not in cell]
        if plain:
            told = [f"cell{'s' if len(plain) > 1 else ''} {', '.join(plain)}"] + [
                cell for cell in told if " " in cell
            ]
        parts.append(", ".join([*named, *told]))
    said = "; ".join(part for part in parts if part)
    more = len(findings) - CELLS
    return f"{said} and {more:,} more" if more > 0 else said


def _files(findings: Sequence[Finding]) -> str:
    files = list(dict.fromkeys(finding.place.file for finding in findings))
    if len(files) == 1:
        return ", ".join(part for part in (files[0], _places(findings)) if part)
    said = f"{len(files):,} files: {', '.join(files[:3])}"
    return f"{said} and {len(files) - 3:,} more" if len(files) > 3 else said


def _only_counted(files: Sequence[tuple[str, list[Finding]]], width: int) -> Iterator[Line]:
    if not files:
        return
    yield Line("\nOther files", "head")
    for file, own in files[:ROW_FILES]:
        counts = count_by_severity(own)
        said = ", ".join(f"{counts[one]:,} {LABELS[one]}" for one in SEVERITIES if counts[one])
        yield Line(_filled(f"{file}: {said}", width, "  "))
    if left := files[ROW_FILES:]:
        number = sum(len(own) for _, own in left)
        yield Line(f"  and {counted(number, 'finding')} in {counted(len(left), 'more file')}")
