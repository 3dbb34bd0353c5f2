"""Last month's edition in the output folder: what it said, to mark what late entries changed."""

from __future__ import annotations

import csv
from hashlib import sha256
from math import isfinite
from os.path import isfile  # of pathlib's, a path that is too long would raise
from pathlib import Path

from learnpipe.ground.calendar import month_text
from learnpipe.ground.measurements import ALL


def said_before(output: Path, month: int) -> dict[str, float]:
    """Metric → value of all services that the edition of the month before gave for its month."""
    name = month_text(month - 1)
    path = output / name / "data" / "measures.csv"
    if not isfile(path):
        return {}
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row.get("month") == name and row.get("service") == ALL
        ]
    told = ((row.get("metric"), _number(row.get("value"))) for row in rows)
    return {metric: value for metric, value in told if metric and value is not None}


def fingerprint_before(output: Path, month: int) -> str | None:
    """The fingerprint of the edition of the month before: the SHA-256 of its record; None without.

    It stands in ``run.json`` where that edition was used.
    """
    record = output / month_text(month - 1) / "run.json"
    return sha256(record.read_bytes()).hexdigest() if isfile(record) else None


def _number(text: str | None) -> float | None:
    """A figure as the file has it; what a person typed over it is no figure."""
    try:
        value = float(text or "nan")
    except ValueError:
        return None
    return value if isfinite(value) else None
