"""`datapackage.json`: the data files as a Frictionless Data Package, each with its Table Schema.

Source of the format: specs.frictionlessdata.io, Tabular Data Package, version 1, which the tools
for Python, R and others all read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from learnpipe.ground.calendar import month_end, month_name, month_text
from learnpipe.ground.schemas import Schemas
from learnpipe.report.data.data_columns import DATA_FILES, Column, DataFile
from learnpipe.report.facts import Facts

FILE = "datapackage.json"
_DIALECT = {
    "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
    "skipInitialSpace": False, "header": True,
}  # fmt: skip


def write_data_package(facts: Facts, folder: Path) -> None:
    """Describe the CSV files of a folder in the order of `DATA_FILES`, those that are there."""
    month, provider = month_text(facts.month), facts.settings.provider or "Our services"
    there = [name for name in DATA_FILES if (folder / f"{name}.csv").is_file()]
    lines = [(facts.masked(line.key), line.service) for line in facts.measures.lines]
    shared = {"measures"} if len(set(lines)) < len(lines) else set()
    described = {
        "profile": "tabular-data-package",
        "name": f"learnpipe-{month}",
        "title": f"{provider}: learning and governance, {month_name(facts.month)}",
        "description": (
            "Measures, cases and findings of one month, by learnpipe. Internal: it carries no "
            "personal field, but small numbers are not suppressed. A text that begins with =, +, "
            "- or @ has an apostrophe before it, so that no spreadsheet takes it for a formula."
        ),
        "version": month,
        "as_of": str(month_end(facts.month)),
        "made_by": f"learnpipe {facts.version}",
        "resources": [_resource(name, facts.schemas, there, name in shared) for name in there],
    }
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (folder / FILE).write_bytes(f"{text}\n".encode())


def _resource(
    name: str, schemas: Schemas, there: Sequence[str], key_shared: bool
) -> dict[str, Any]:
    file = DATA_FILES[name]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": file.title,
        "description": file.means,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": _schema(file, schemas, there, key_shared),
    }


def _schema(
    file: DataFile, schemas: Schemas, there: Sequence[str], key_shared: bool
) -> dict[str, Any]:
    """The Table Schema; no key is claimed that masked names may have made two rows share."""
    schema: dict[str, Any] = {
        "fields": [_field(column, schemas) for column in file.columns],
        "missingValues": [""],
    }
    if file.key and not key_shared:
        schema["primaryKey"] = list(file.key)
    links = [column for column in file.columns if column.leads_to in there]
    if links:
        schema["foreignKeys"] = [
            {
                "fields": [column.name],
                "reference": {
                    "resource": column.leads_to, "fields": [*DATA_FILES[column.leads_to].key]
                },
            }
            for column in links
        ]  # fmt: skip
    return schema


def _field(column: Column, schemas: Schemas) -> dict[str, Any]:
    ours = schemas.logs[column.of[0]].fields[column.of[1]] if column.of else None
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": ours.title if ours else column.name.replace("_", " ").capitalize(),
        "description": column.means or (ours.means if ours else ""),
    }
    if column.unit:
        field["unit"] = column.unit
    if column.type == "boolean":
        field |= {"trueValues": ["True", "true"], "falseValues": ["False", "false"]}
    constraints: dict[str, Any] = {"required": True} if column.needed else {}
    if column.among:
        constraints["enum"] = list(column.among)
    if constraints:
        field["constraints"] = constraints
    return field
