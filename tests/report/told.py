"""Small logs as the facts that a report is made of, with their sources."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from learnpipe.assess import judge
from learnpipe.ground.calendar import parse_month
from learnpipe.ground.schemas import load_schemas
from learnpipe.ground.settings import Settings
from learnpipe.ground.tables import Source
from learnpipe.measure import load_metrics, measure
from learnpipe.measure.held import did_it_hold
from learnpipe.report.facts import Facts
from tests.builders import Row, evidence


@dataclass(frozen=True)
class Told:
    """The facts of a month, and where their rows stand."""

    facts: Facts
    sources: tuple[Source, ...]

    @property
    def held(self) -> pd.DataFrame:
        """Every verified change with its verdict."""
        frames = self.facts.judged.frames
        return did_it_hold(
            frames["actions"], frames["cases"], self.facts.judged.span, self.facts.schemas,
            frames["activity"],
        )  # fmt: skip


def told(
    month: str = "2026-10",
    nations: dict[str, str] | None = None,
    settings: Settings | None = None,
    **logs: list[Row],
) -> Told:
    """The facts of some rows, as at the end of a month; services are in England."""
    settings = settings or Settings()
    plain = load_schemas()
    schemas = settings.applied_to(plain)
    rows = evidence(schemas, **logs)
    judged = judge(rows, schemas, nations or {}, parse_month(month))
    metrics = load_metrics()
    facts = Facts(
        month=judged.month, judged=judged,
        measures=measure(judged.frames, judged.span, metrics, schemas, tuple(logs)),
        metrics=metrics, schemas=schemas, settings=settings, files=(), ledger=(), findings=(),
        left_out=(), nations=nations or {}, fingerprint="0" * 64, version="0.0.0", previous={},
        masked=str,
    )  # fmt: skip
    return Told(facts, rows.sources)
