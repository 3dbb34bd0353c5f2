"""The data files as tables: measures, cases, findings. Internal, but without a personal field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.findings import Finding
from learnpipe.report.data.csv_table import CsvTable

_FINDING = ("severity", "code", "file", "sheet", "cell", "problem", "fix")


def measures_csv(table: pd.DataFrame, masked: Callable[[str], str]) -> CsvTable:
    """`measures.csv`: each metric, service and month with its figures."""
    columns: dict[str, Any] = {
        str(name): values if values.dtype.kind == "f" else values.tolist()
        for name in table.columns
        if (values := table[name].to_numpy()) is not None
    }
    told = {raw: masked(raw) for raw in table["metric"].unique()}
    columns["metric"] = [told[raw] for raw in columns["metric"]]
    return CsvTable("measures.csv", columns)


def cases_csv(table: pd.DataFrame, masked: Callable[[str], str]) -> CsvTable:
    """`cases.csv`: each case of the month with its records and where its chain breaks."""
    columns: dict[str, Any] = plain_columns(table)
    columns["day"] = ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in table["day"]]
    for name in ("tier", "expected_tier"):
        columns[name] = ["" if pd.isna(tier) else str(int(tier)) for tier in table[name]]
    for name in ("ref", "theme", "file", "sheet", "where"):
        columns[name] = [masked(text) if isinstance(text, str) else "" for text in table[name]]
    return CsvTable("cases.csv", columns)


def held_csv(
    table: pd.DataFrame, places: Callable[[int], str], masked: Callable[[str], str]
) -> CsvTable:
    """`held.csv`: every verified change with its counts, interval and verdict; no free text."""
    columns: dict[str, Any] = plain_columns(table.drop(columns=["source", "action"]))
    files = {number: masked(places(int(number))) for number in table["source"].unique()}
    for name in ("completed_on", "verified_on"):
        columns[name] = _days(table[name])
    for name in ("ratio", "low", "high", "before_per_1000", "after_per_1000"):
        columns[name] = table[name].to_numpy(dtype=float)
    named = table["theme"].notna().to_numpy()
    told = {raw: masked(raw) for raw in table["theme"][named].unique()}
    columns["theme"] = [told.get(raw) for raw in columns["theme"]]
    for name in ("before", "before_days", "after", "after_days"):
        columns[name] = np.where(named, table[name].to_numpy(dtype=float), np.nan)
    return CsvTable("held.csv", {"file": [files[at] for at in table["source"]], **columns})


def findings_csv(findings: Sequence[Finding], masked: Callable[[str], str]) -> CsvTable:
    """`findings.csv`: every finding with its place."""
    rows = [
        (one.severity, one.code, masked(one.place.file), masked(one.place.sheet or ""),
         one.place.cell, masked(one.problem), masked(one.fix))
        for one in findings
    ]  # fmt: skip
    return csv_of_rows("findings.csv", _FINDING, rows)


def csv_of_rows(file: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> CsvTable:
    """A data file of a few rows."""
    return CsvTable(file, {name: [row[at] for row in rows] for at, name in enumerate(names)})


def plain_columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    """A table's columns as lists, with None for what is missing."""
    return {
        str(name): table[name].astype(object).where(table[name].notna(), None).tolist()
        for name in table.columns
    }


def _days(column: pd.Series[Any]) -> list[str]:
    days = column.to_numpy().astype("datetime64[D]")
    told: list[str] = np.where(np.isnat(days), "", days.astype(str)).tolist()
    return told
