"""Small logs for tests: rows as people would say them, judged and measured like real ones.

    got = measured("2026-10", incidents=[dict(service="Oak", occurred_at="2026-10-03 10:00")])
    got.row("triaged_in_time")  ->  Measurement

Every row stands in its own made-up sheet row; `snapshot="2026-09"` puts it into the file of that
month, so that the same ref in two snapshots is one case. Dates are texts; empty is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.assess import judge
from learnpipe.ground.calendar import parse_month
from learnpipe.ground.measurements import ALL, Measurement, Measures
from learnpipe.ground.schemas import Schema, Schemas, Standard, load_schemas
from learnpipe.ground.settings import Rebase
from learnpipe.ground.tables import Evidence, Judged, Source
from learnpipe.measure import load_metrics, measure
from learnpipe.validate.join import blank_column

Row = dict[str, Any]


def with_standards(**values: float) -> Schemas:
    """The built-in schemas with some standards changed, as a provider's settings would."""
    schemas = load_schemas()
    changed = {
        name: Standard(name, value, old.unit, "test", old.means)
        for name, value in values.items()
        for old in [schemas.standards[name]]
    }
    return replace(schemas, standards={**schemas.standards, **changed})


def evidence(schemas: Schemas | None = None, **logs: list[Row]) -> Evidence:
    """Checked logs as the validate room hands them on; one source a log and snapshot."""
    schemas = schemas or load_schemas()
    sources: list[Source] = []
    frames: dict[str, pd.DataFrame] = {}
    for log, rows in logs.items():
        schema = schemas.logs[log]
        numbers: dict[str | None, int] = {}
        of_row, declared = [], {}
        for row in rows:
            snapshot = row.get("snapshot")
            if snapshot not in numbers:
                numbers[snapshot] = len(sources)
                declared[snapshot] = parse_month(snapshot) if snapshot else None
                sources.append(
                    Source(
                        number=len(sources), log=log, file=f"{log} {snapshot or 'all'}.xlsx",
                        sheet="Log", period=declared[snapshot] or 0,
                        letters={name: chr(65 + at % 26) for at, name in enumerate(schema.fields)},
                        declared=declared[snapshot],
                    )
                )  # fmt: skip
            of_row.append(numbers[snapshot])
        frames[log] = _frame(schema, rows, of_row)
    return Evidence(frames, tuple(sources), ())


def _frame(schema: Schema, rows: list[Row], of_row: list[int]) -> pd.DataFrame:
    unknown = {name for row in rows for name in row} - set(schema.fields) - {"snapshot"}
    assert not unknown, f"no field of {schema.log}: {unknown}"
    columns: dict[str, Any] = {
        "source": np.array(of_row, dtype=np.int64),
        "row": np.arange(2, len(rows) + 2, dtype=np.int64),
    }
    for name, field in schema.fields.items():
        cells = [row.get(name) for row in rows]
        if all(cell is None for cell in cells):
            columns[name] = blank_column(field, len(rows))
        elif field.dated:
            columns[name] = np.array(cells, dtype="datetime64[s]")
        elif field.kind == "number":
            columns[name] = np.array(
                [np.nan if cell is None else float(cell) for cell in cells], dtype=float
            )
        else:
            columns[name] = pd.Series(cells, dtype=object)
    frame = pd.DataFrame(columns)
    if "service" in frame and schema.log != "commentary":
        frame["service"] = frame["service"].where(frame["service"].notna(), "Oak").astype(object)
    return frame


def judged(
    month: str = "2026-10",
    nations: dict[str, str] | None = None,
    schemas: Schemas | None = None,
    **logs: list[Row],
) -> Judged:
    """The judged frames of some rows, as at the end of a month; services are in England."""
    schemas = schemas or load_schemas()
    return judge(evidence(schemas, **logs), schemas, nations or {}, parse_month(month))


@dataclass(frozen=True)
class Got:
    """Measures with a short way to ask for one."""

    month: str
    measures: Measures
    judged: Judged

    def row(self, metric: str, service: str = ALL, month: str | None = None) -> Measurement:
        """One measurement; all services and the report's month unless told."""
        return self.measures.at(metric, service, parse_month(month or self.month))

    def counts(
        self, metric: str, service: str = ALL, month: str | None = None
    ) -> tuple[float | None, float | None, int | None, int | None]:
        """met, due, no evidence, not yet due."""
        one = self.row(metric, service, month)
        return one.met, one.due, one.no_evidence, one.not_yet_due


def measured(
    month: str = "2026-10",
    nations: dict[str, str] | None = None,
    schemas: Schemas | None = None,
    rebase: Sequence[Rebase] = (),
    **logs: list[Row],
) -> Got:
    """Rows measured as at the end of a month."""
    schemas = schemas or load_schemas()
    one = judged(month, nations, schemas, **logs)
    measures = measure(one.frames, one.span, load_metrics(), schemas, tuple(logs), rebase)
    return Got(month, measures, one)
