"""`run.json`, what was read and made, and the alt texts of the charts."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from learnpipe.ground.findings import Severity
from learnpipe.ground.tables import LedgerLine, ReadFile
from learnpipe.report.pictures.pictures import BeforeAfter, Breakdown
from learnpipe.report.shapes import ChartSpec


def run_record(
    month: str,
    as_of: str,
    settings_sha256: str,
    schemas_sha256: str,
    version: str,
    files: Sequence[ReadFile],
    ledger: Sequence[LedgerLine],
    findings: Mapping[Severity, int],
    masked: Callable[[str], str],
    previous_edition: str | None = None,
) -> dict[str, Any]:
    """The record of a run, without its outputs; names of people in file and sheet names masked.

    ``previous_edition``: the fingerprint of the edition that figures were held against.
    """
    lines: dict[str, list[LedgerLine]] = {}
    for line in ledger:
        lines.setdefault(line.file, []).append(line)
    return {
        "made_by": "learnpipe",
        "version": version,
        "month": month,
        "as_of": as_of,
        "settings_sha256": settings_sha256 or None,
        "schemas_sha256": schemas_sha256,
        "inputs": [
            {
                "file": masked(file.file),
                "sha256": file.sha256,
                "sheets": [
                    {
                        "sheet": None if line.sheet is None else masked(line.sheet),
                        "log": line.log,
                        "header_row": line.header_row,
                        "rows_read": line.read,
                        "rows_used": line.used,
                        "rows_superseded": line.superseded,
                        "rows_set_aside": line.set_aside,
                        "rows_blank": line.blank,
                    }
                    for line in lines.get(file.file, [])
                ],
            }
            for file in files
        ],
        "previous_edition": previous_edition,
        "findings": dict(findings),
    }


def alt_texts(charts: Sequence[ChartSpec | Breakdown | BeforeAfter]) -> bytes:
    """`charts/alt-text.csv`: what each picture shows, for those who cannot see it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("file", "alt_text"))
    writer.writerows((chart.file, chart.alt) for chart in charts)
    return buffer.getvalue().encode("utf-8")
