"""How a file was understood and what was found in it, as JSON and as text for the terminal."""

from __future__ import annotations

from typing import Any

from learnpipe.ground.findings import Finding
from learnpipe.ground.schemas import Schemas
from learnpipe.ground.tables import ReadFile, Recognised, Table
from learnpipe.ground.terms import counted


def as_json(file: ReadFile) -> dict[str, Any]:
    """The answer of ``columns --json``; further tables of a sheet stand under ``tables``."""
    return {"file": file.file, "sheets": [_sheet(sheet) for sheet in file.sheets]}


def _sheet(sheet: Recognised) -> dict[str, Any]:
    first, *others = sheet.tables
    return {
        "sheet": sheet.sheet,
        **_table(first),
        "tables": [{"sheet": sheet.sheet, **_table(table)} for table in others],
    }


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


def as_text(file: ReadFile, schemas: Schemas) -> str:
    """The same for a person: each sheet, its columns and fields, and what to do about the rest."""
    lines = [file.file]
    asked: list[tuple[str, tuple[str, ...]]] = []
    for sheet in file.sheets:
        for table in sheet.tables:
            name = f'sheet "{sheet.sheet}"' if sheet.sheet else "text file"
            hidden = ", hidden" if sheet.hidden else ""
            if table.log is None:
                lines.append(f"\n{name}{hidden}: no log ({table.why})")
                continue
            title = schemas.logs[table.log].title
            lines.append(
                f"\n{name}{hidden}: {title}, header in row {table.header_row}, "
                f"{counted(table.records, 'record')}"
            )
            for column in table.columns:
                header = " ".join(column.header.split())
                shown = header if len(header) <= 38 else header[:37] + "…"
                said = column.field or "–"
                if column.candidates and not column.field:
                    said = f"? perhaps {' or '.join(column.candidates)}"
                    asked.append((header, column.candidates))
                lines.append(f"  {column.letter:>3}  {shown:<38}  {said}")
    if asked:
        header, candidates = asked[0]
        lines.append(
            f"\nTo settle a column marked ?, add to learnpipe.toml, for example:\n"
            f'[columns."{file.file}"]\n"{header}" = "{candidates[0]}"'
        )
    return "\n".join(lines)
