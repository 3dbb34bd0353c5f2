"""What a marked copy of a log says: which cells, in which words; pure text, nothing is painted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from learnpipe.ground.findings import SEVERITIES, Finding, Severity
from learnpipe.ground.tables import ReadFile, Recognised
from learnpipe.ground.terms import counted
from learnpipe.report.paint_fit import line_count
from learnpipe.report.theme import SHEET_SIZE

LIST_SHEET = "To fix"
LIST_TABLE = "To_fix_by_learnpipe"
AUTHOR = "learnpipe"
HEADS = ("Sheet", "Cell", "What it means", "What is wrong", "What to do")
WIDTHS = (20, 11, 16, 52, 52)  # characters
POINTS_A_CHARACTER = 5.25
"""Of a column's width, where a workbook's own font is 11 points large."""
MEANING: dict[Severity, str] = {
    "stop": "Cannot be used",
    "blank": "Read as empty",
    "note": "Please look",
}
COUNTED: dict[Severity, str] = {
    "stop": "cannot be used",
    "blank": "read as empty",
    "note": "to look at",
}
MOST_LINES = 10_000
MOST_COMMENTS = 1_000
"""Comments on one workbook: Excel opens a file with many more of them slowly."""
KEEPS_ITS_NAME = (".xlsx", ".xlsm")
EDITION = "1"
"""To be raised when the same findings are to be painted in another way."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding as it is shown: ``cell`` in words, ``at`` the cell (row, letter) it is put on."""

    severity: Severity
    sheet: str | None
    cell: str
    at: tuple[int, str] | None
    problem: str
    fix: str

    @property
    def words(self) -> str:
        """What the comment on the cell says."""
        return f"{MEANING[self.severity]}: {self.problem}\n{self.fix}".rstrip()


@dataclass(frozen=True)
class Job:
    """One log to be marked; ``header_rows`` by sheet, for the copies that are made anew."""

    file: str
    sha256: str
    marks: tuple[Mark, ...]
    header_rows: dict[str | None, int]
    hidden: frozenset[str]

    @property
    def key(self) -> str:
        """Changes whenever the copy would: with the log's bytes, its findings, or our painting."""
        headers = sorted(self.header_rows.items(), key=str)
        told = (EDITION, self.file, self.sha256, self.marks, headers, sorted(self.hidden))
        return sha256(repr(told).encode(errors="backslashreplace")).hexdigest()

    @property
    def title(self) -> str:
        """The first line of the list."""
        return f"{LIST_SHEET} in {PurePosixPath(self.file).name}"

    @property
    def tally(self) -> str:
        """How many findings there are, by what they mean."""
        counts = Counter(mark.severity for mark in self.marks)
        parts = [f"{counts[kind]:,} {COUNTED[kind]}" for kind in SEVERITIES if counts[kind]]
        return f"{counted(len(self.marks), 'finding')}: {', '.join(parts)}."

    def shown_sheet(self, mark: Mark) -> str:
        """The name of a mark's sheet in the list; a link cannot lead to a hidden one."""
        if mark.sheet is None:
            return ""
        return f"{mark.sheet} (hidden)" if mark.sheet in self.hidden else mark.sheet

    def rows(self) -> Iterator[tuple[Mark, tuple[str, str, str, str, str]]]:
        """The lines of the list, as far as they go onto it."""
        for mark in self.marks[:MOST_LINES]:
            shown = mark.cell or ("whole sheet" if mark.sheet else "whole file")
            meaning = MEANING[mark.severity]
            yield mark, (self.shown_sheet(mark), shown, meaning, mark.problem, mark.fix)

    def by_cell(self) -> dict[tuple[str | None, int, str], list[Mark]]:
        """The marks by sheet, row and letter."""
        cells: dict[tuple[str | None, int, str], list[Mark]] = {}
        for mark in self.marks:
            if mark.at is not None:
                cells.setdefault((mark.sheet, *mark.at), []).append(mark)
        return cells

    def advice(self, anew: bool = False, why_list: str = "") -> tuple[str, ...]:
        """The lines under the title: what this file is, and what to do with it."""
        name = PurePosixPath(self.file).name
        own = "Put them right in your own log, not in this file, then run learnpipe again."
        if why_list:
            said = f"This is the list alone: {why_list}."
        elif anew:
            said = f"This copy holds the values of {name} alone. Coloured cells have a comment."
        else:
            said = "This is a copy of your log. Coloured cells have a comment that says what to do."
        lines = [self.tally, f"{said} {own}"]
        if not why_list and len(self.by_cell()) > MOST_COMMENTS:
            lines.append(f"Cells after the first {MOST_COMMENTS:,} are coloured without a comment.")
        if len(self.marks) > MOST_LINES:
            more = len(self.marks) - MOST_LINES
            lines.append(f"The list ends after {MOST_LINES:,}; {more:,} more were found.")
        return tuple(lines)


def copy_name(file: str, list_alone: bool) -> str:
    """The name of a log's copy, or of its list, below ``checked``.

    >>> copy_name("north/march.xlsx", False), copy_name("march.csv", False)
    ('north/march.xlsx', 'march.csv.xlsx')
    >>> copy_name("march.xlsx", True), copy_name("march.xlsm", True)
    ('march (list).xlsx', 'march.xlsm (list).xlsx')
    """
    suffix = PurePosixPath(file).suffix
    if list_alone:
        return f"{file.removesuffix(suffix) if suffix.lower() == '.xlsx' else file} (list).xlsx"
    return file if suffix.lower() in KEEPS_ITS_NAME else f"{file}.xlsx"


def jobs(files: Sequence[ReadFile], findings: Sequence[Finding]) -> tuple[Job, ...]:
    """The logs that have something to mark, in the order of ``files``.

    A file that could not be read has no copy; nor has one of which only the file as a whole is
    spoken of (it is open, it is a duplicate): there is nothing to point at.
    """
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        by_file.setdefault(finding.place.file, []).append(finding)
    made = []
    for file in files:
        own = by_file.get(file.file, ())
        places = [finding.place for finding in own]
        if file.included and any(one.sheet or one.row or one.letter for one in places):
            made.append(_job(file, own))
    return tuple(made)


def _job(file: ReadFile, findings: Sequence[Finding]) -> Job:
    sheets = {sheet.sheet: sheet for sheet in file.sheets}
    order = {sheet.sheet: at for at, sheet in enumerate(file.sheets)}

    def rank(finding: Finding) -> tuple[int, int, int, int, str]:
        place = finding.place
        return (
            SEVERITIES.index(finding.severity), order.get(place.sheet, -1), place.row or 0,
            len(place.letter or ""), place.letter or "",
        )  # fmt: skip

    marks = tuple(
        Mark(
            one.severity, one.place.sheet, one.place.cell,
            _at(one, sheets.get(one.place.sheet)), one.problem, one.fix,
        )
        for one in sorted(dict.fromkeys(findings), key=rank)
    )  # fmt: skip
    headers = {name: row for name, sheet in sheets.items() if (row := _header_row(sheet))}
    hidden = frozenset(name for name, sheet in sheets.items() if sheet.hidden and name)
    return Job(file.file, file.sha256, marks, headers, hidden)


def _at(finding: Finding, sheet: Recognised | None) -> tuple[int, str] | None:
    """The cell that stands for a finding's place: of a row its first, of a column its header."""
    row, letter = finding.place.row, finding.place.letter
    if row is not None:
        return row, letter or (_first_letter(sheet) if sheet else "A")
    if letter is None or sheet is None:
        return None
    for table in sheet.tables:
        if table.header_row and any(column.letter == letter for column in table.columns):
            return table.header_row, letter
    return None


def _first_letter(sheet: Recognised) -> str:
    letters = [column.letter for table in sheet.tables if table.log for column in table.columns[:1]]
    return min(letters, key=lambda letter: (len(letter), letter), default="A")


def _header_row(sheet: Recognised) -> int | None:
    return next((table.header_row for table in sheet.tables if table.log), None)


def comment_of(marks: Sequence[Mark]) -> str:
    """The one comment of a cell, whatever number of findings it has."""
    return "\n\n".join(mark.words for mark in marks)


def line_height(texts: Sequence[str]) -> float:
    """The height in points of a row of the list: LibreOffice does not find it by itself."""
    lines = 1
    for text, characters in zip(texts, WIDTHS, strict=True):
        room = characters * POINTS_A_CHARACTER - 8
        lines = max(lines, line_count(text, room, SHEET_SIZE))
    return 4 + 13.0 * lines


def comment_lines(text: str, characters: int = 46) -> int:
    """About how many lines a comment takes.

    >>> comment_lines("a" * 50 + chr(10) + "b")
    3
    """
    return sum(len(part) // characters + 1 for part in text.split("\n"))


def worst(marks: Sequence[Mark]) -> Severity:
    """The severity whose colour a cell takes."""
    return min((mark.severity for mark in marks), key=SEVERITIES.index)


def free_sheet_name(taken: Sequence[str]) -> str:
    """A name for the list that no sheet has, whatever its case.

    >>> free_sheet_name(["Log", "TO FIX"])
    'To fix (2)'
    """
    known = {name.casefold() for name in taken}
    name, number = LIST_SHEET, 1
    while name.casefold() in known:
        number += 1
        name = f"{LIST_SHEET} ({number})"
    return name


def target_of(sheet: str, cell: str) -> str:
    """Where a link to a cell of this workbook leads.

    >>> target_of("Jo's log", "E14")
    "'Jo''s log'!E14"
    """
    return "'{}'!{}".format(sheet.replace("'", "''"), cell)
