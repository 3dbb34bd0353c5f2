"""How a file was understood and what was found in it, as JSON and as text for the terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from learnpipe.ground.asking import column_key, column_lines, file_pattern
from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.settings import FILE_NAME
from learnpipe.ground.tables import ColumnRead, ReadFile, Recognised, Table
from learnpipe.ground.terms import by_name, counted, list_words

SHEETS = 3
"""So many sheets that were understood alike are named."""


def as_json(file: ReadFile) -> dict[str, Any]:
    """The answer of ``columns --json``; further tables of a sheet stand under ``tables``."""
    return {"file": file.file, "sheets": [_sheet(sheet) for sheet in file.sheets]}


def _sheet(sheet: Recognised) -> dict[str, Any]:
    first, *others = [{"sheet": sheet.sheet, **_table(table)} for table in sheet.tables]
    return {**first, "tables": [{**other, "tables": []} for other in others]}


def _table(table: Table) -> dict[str, Any]:
    return {
        "log": table.log,
        "why": table.why,
        "header_row": table.header_row,
        "records": table.records,
        "columns": [
            {
                "letter": column.letter,
                "header": column.header,
                "field": column.field,
                "sure": column.sure,
                "candidates": list(column.candidates),
            }
            for column in table.columns
        ],
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """One entry of the answer of ``check --json``."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell or None,
        "problem": finding.problem,
        "fix": finding.fix,
    }


@dataclass
class _Alike:
    """Tables of several sheets that have the same headers, or the same reason to be no log."""

    log: str | None
    why: str
    places: list[tuple[Recognised, Table]] = field(default_factory=list)

    @property
    def records(self) -> int:
        """How many records they have."""
        return sum(table.records for _, table in self.places)

    def columns(self) -> Iterator[list[ColumnRead]]:
        """The same column on every sheet, column by column."""
        return (list(same) for same in zip(*(t.columns for _, t in self.places), strict=True))


def as_text(file: ReadFile, schemas: Schemas, settings_file: Path | None, width: int) -> str:
    """The same for a person: each sheet, its columns and fields, and what to do about the rest.

    ``width``: characters of a line. Sheets with the same headers are shown once.
    """
    used = f"Settings used: {settings_file}" if settings_file else "No settings file was used."
    lines = [file.file, used]
    groups = _alike(file)
    for group in groups:
        lines.append("")
        lines += _filled(_heading(group, schemas), width)
        if group.log is not None:
            lines += _columns(group, width)
    return "\n".join([*lines, *_questions(file.file, groups, width)])


def _alike(file: ReadFile) -> list[_Alike]:
    groups: dict[Any, _Alike] = {}
    for sheet in file.sheets:
        for table in sheet.tables:
            headers = tuple((column.letter, column.header) for column in table.columns)
            key = (table.log, headers) if table.log else table.why
            groups.setdefault(key, _Alike(table.log, table.why)).places.append((sheet, table))
    return sorted(groups.values(), key=lambda group: group.log is None)


def _heading(group: _Alike, schemas: Schemas) -> str:
    names = list(dict.fromkeys(_name(sheet, table) for sheet, table in group.places))
    who = list_words(names)
    if len(names) > SHEETS:
        who = f"{len(names)} sheets: {', '.join(names[:SHEETS])} and {len(names) - SHEETS} more"
    if group.log is None:
        return f"{who}: no log ({group.why})."
    rows = sorted({table.header_row for _, table in group.places if table.header_row})
    at = list_words([f"{row}" for row in rows])
    said = {"; " + told for _, table in group.places if (told := by_name(table.supplied))}
    return (
        f"{who}: {schemas.logs[group.log].title}, header in row{'s' * (len(rows) > 1)} {at}, "
        f"{counted(group.records, 'record')}{''.join(sorted(said))}."
    )


def _name(sheet: Recognised, table: Table) -> str:
    name = f'sheet "{sheet.sheet}"' if sheet.sheet else "text file"
    if table is not sheet.tables[0]:
        at = table.columns[0].letter if table.columns else ""
        name += f", table at {at}{table.header_row}" if table.header_row else ", another table"
    return f"{name} (hidden)" if sheet.hidden else name


def _columns(group: _Alike, width: int) -> list[str]:
    rows = [(same[0], _said(same)) for same in group.columns()]
    longest = max((len(_one_line(column.header)) for column, _ in rows), default=0)
    room = min(max(longest, 11), (width - 10) // 2)
    lines = [f"       {'Your header':<{room}}  Field"]
    for column, said in rows:
        shown = _one_line(column.header)
        shown = shown if len(shown) <= room else shown[: room - 1] + "…"
        lines += textwrap.wrap(
            said, width, initial_indent=f"  {column.letter:>3}  {shown:<{room}}  ",
            subsequent_indent=" " * (room + 12), break_on_hyphens=False, break_long_words=False,
        )  # fmt: skip
    return lines


def _said(same: Sequence[ColumnRead]) -> str:
    """What became of a column on the sheets that have it."""
    fields = list(dict.fromkeys(column.field for column in same if column.field))
    unsure = [column for column in same if column.field is None and column.candidates]
    if not unsure:
        return list_words(fields, "or") or "–  not used"
    if fields:
        return f"{list_words(fields, 'or')}; ? on {counted(len(unsure), 'sheet')}"
    if any(column.contradicted for column in unsure):
        return f"?  called {unsure[0].candidates[0]}, but its cells look like something else"
    return f"?  perhaps {list_words(_candidates(unsure), 'or')}"


def _candidates(columns: Sequence[ColumnRead]) -> list[str]:
    return list(dict.fromkeys(name for column in columns for name in column.candidates))


def _questions(file: str, groups: Sequence[_Alike], width: int) -> list[str]:
    """The lines that settle every unsure column, ready to paste; the likeliest field stands there.

    A field that another column has already is offered, but not put in.
    """
    asked: dict[str, list[ColumnRead]] = {}
    told: dict[str, list[str]] = {}
    for group in groups:
        alike = list(group.columns()) if group.log and group.records else []
        headers = Counter(_one_line(same[0].header) for same in alike)
        for same in alike:
            header = _one_line(same[0].header)
            if headers[header] > 1:
                header = column_key(header, same[0].letter)
            told.setdefault(header, []).extend(column.field for column in same if column.field)
            if unsure := [one for one in same if one.field is None and one.candidates]:
                asked.setdefault(header, []).extend(unsure)
    if not asked:
        return []
    taken = {name for header, names in told.items() if header not in asked for name in names}
    fields, others = {}, {}
    for header, columns in asked.items():
        names = list(dict.fromkeys([*told[header], *_candidates(columns)]))
        likely = told[header] if any(one.contradicted for one in columns) else names
        free = [name for name in likely if name not in taken]
        fields[header] = free[0] if free else ""
        taken.add(fields[header])
        others[header] = [f'"{name}"' for name in names if name != fields[header]]
    which = "a column" if len(asked) == 1 else f"{len(asked)} columns"
    lines = _filled(
        f"Unsure about {which}, marked ?: not used until you say what it is. Paste into "
        f'{FILE_NAME} in the folder with your logs, with the right field behind the "=" '
        '("" leaves the column alone):', width,
    )  # fmt: skip
    first, *pasted = column_lines(file_pattern(file), fields).splitlines()
    for at, (header, line) in enumerate(zip(asked, pasted, strict=True)):
        if others[header]:
            pasted[at] = f"{line}  # or {list_words(others[header], 'or')}"
    return ["", *lines, "", first, *pasted]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _filled(text: str, width: int) -> list[str]:
    return textwrap.wrap(text[:1].upper() + text[1:], width, break_on_hyphens=False)
