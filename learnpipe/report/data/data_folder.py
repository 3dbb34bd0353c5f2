"""The folder `data/`: every data file, and the package that describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from learnpipe.ground.tables import Source
from learnpipe.report.data.changes import changes_csv
from learnpipe.report.data.csv_table import CsvTable
from learnpipe.report.data.data import cases_csv, findings_csv, held_csv, measures_csv
from learnpipe.report.data.data_keys import metrics_csv, services_csv
from learnpipe.report.data.data_package import write_data_package
from learnpipe.report.facts import Facts
from learnpipe.report.sharing.shared_words import service_names


def data_tables(
    facts: Facts,
    sources: Sequence[Source],
    measures: pd.DataFrame,
    cases: pd.DataFrame,
    held: pd.DataFrame,
) -> tuple[CsvTable, ...]:
    """A month's data files as tables.

    ``measures``: `measures_table`; ``cases``: `case_table`; ``held``: `did_it_hold`.
    """
    masked = facts.masked
    tables = (
        measures_csv(measures, masked),
        metrics_csv(facts),
        services_csv(facts),
        cases_csv(cases, masked),
        held_csv(held, lambda number: sources[number].file, masked),
        findings_csv(facts.findings, masked),
        changes_csv(facts.judged.frames["changes"], sources, masked),
    )
    told = service_names(facts)
    if all(name == shown for name, shown in told.items()):
        return tables
    return tuple(_by_letter(table, told) for table in tables)


def _by_letter(table: CsvTable, told: Mapping[str, str]) -> CsvTable:
    """A table in which no service goes by the name of a person."""
    columns = dict(table.columns)
    if "service" in columns:
        columns["service"] = [told.get(name, name) for name in columns["service"]]
    return CsvTable(table.file, columns)


def write_data(
    folder: Path, facts: Facts, tables: Sequence[CsvTable], bodies: Sequence[bytes]
) -> None:
    """Write the data files and describe whatever CSV file of ours the folder then holds.

    ``bodies``: of each table what `csv_bytes` makes of it.
    """
    for table, body in zip(tables, bodies, strict=True):
        (folder / table.file).write_bytes(body)
    write_data_package(facts, folder)
