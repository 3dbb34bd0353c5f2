"""The folder `data/`: every data file, and the package that describes them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from learnpipe.ground.tables import Source
from learnpipe.report.changes import write_changes
from learnpipe.report.data import write_cases, write_findings, write_held, write_measures
from learnpipe.report.data_keys import write_metrics, write_services
from learnpipe.report.data_package import write_data_package
from learnpipe.report.page import Facts


def write_data(
    folder: Path,
    facts: Facts,
    sources: Sequence[Source],
    measures: pd.DataFrame,
    cases: pd.DataFrame,
    held: pd.DataFrame,
) -> None:
    """Write a month's data files and describe whatever CSV file the folder then holds.

    ``measures``: `measures_table`; ``cases``: `case_table`; ``held``: `did_it_hold`.
    """
    masked = facts.masked
    write_measures(measures, folder / "measures.csv", masked)
    write_metrics(facts, folder / "metrics.csv")
    write_services(facts, folder / "services.csv")
    write_cases(cases, folder / "cases.csv", masked)
    write_held(held, lambda number: sources[number].file, folder / "held.csv", masked)
    write_findings(facts.findings, folder / "findings.csv", masked)
    write_changes(facts.judged.frames["changes"], sources, folder / "changes.csv", masked)
    write_data_package(facts, folder)
