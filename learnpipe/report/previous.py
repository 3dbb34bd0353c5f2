"""Last month's edition in the output folder: what it said, to mark what late entries changed."""

from __future__ import annotations

import csv
from pathlib import Path

from learnpipe.ground.calendar import month_text
from learnpipe.ground.measurements import ALL


def said_before(output: Path, month: int) -> dict[str, float]:
    """Metric → value of all services that the edition of the month before gave for its month."""
    name = month_text(month - 1)
    path = output / name / "data" / "measures.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["metric"]: float(row["value"])
            for row in csv.DictReader(file)
            if row.get("month") == name and row.get("service") == ALL and row.get("value")
        }
