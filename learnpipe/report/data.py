"""The data files: measures, cases and findings as CSV. Internal, but without a personal field."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from learnpipe.ground.findings import Finding

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_measures(table: pd.DataFrame, path: Path, masked: Callable[[str], str]) -> None:
    """`measures.csv`: whole numbers without a point, other figures to six places, blanks empty."""
    shown = table.copy()
    for name in shown.columns:
        if shown[name].dtype.kind == "f":
            shown[name] = _figures(shown[name].to_numpy())
        else:
            told = {raw: masked(raw) for raw in shown[name].unique()} if name == "metric" else {}
            shown[name] = _safe(shown[name].map(told) if told else shown[name])
    _write(shown, path)


def write_cases(table: pd.DataFrame, path: Path, masked: Callable[[str], str]) -> None:
    """`cases.csv`: each case of the month with its records and where its chain breaks."""
    shown = table.copy()
    shown["day"] = shown["day"].map(lambda day: "" if pd.isna(day) else f"{day:%Y-%m-%d}")
    for name in ("tier", "expected_tier"):
        shown[name] = shown[name].map(lambda tier: "" if pd.isna(tier) else str(int(tier)))
    for name in ("theme", "file", "sheet", "where"):
        shown[name] = shown[name].map(lambda text: masked(text) if isinstance(text, str) else "")
    _write(shown.apply(_safe), path)


def write_held(
    table: pd.DataFrame, places: Callable[[int], str], path: Path, masked: Callable[[str], str]
) -> None:
    """`held.csv`: every verified change with its counts, interval and verdict; no free text."""
    shown = table.drop(columns=["source", "action"])
    shown.insert(0, "file", [masked(places(int(number))) for number in table["source"]])
    for name in ("completed_on", "verified_on"):
        shown[name] = shown[name].dt.strftime("%Y-%m-%d")
    for name in ("ratio", "low", "high", "before_per_1000", "after_per_1000"):
        shown[name] = _figures(shown[name].to_numpy())
    named = shown["theme"].notna()
    told = {raw: masked(raw) for raw in shown["theme"][named].unique()}
    shown["theme"] = shown["theme"].map(told)
    for name in ("before", "before_days", "after", "after_days"):
        shown[name] = shown[name].astype(object).where(named, "")
    _write(shown.apply(_safe), path)


def write_findings(findings: Sequence[Finding], path: Path, masked: Callable[[str], str]) -> None:
    """`findings.csv`: every finding with its place."""
    rows = [
        (one.severity, one.code, masked(one.place.file), masked(one.place.sheet or ""),
         one.place.cell, masked(one.problem), masked(one.fix))
        for one in findings
    ]  # fmt: skip
    names = ["severity", "code", "file", "sheet", "cell", "problem", "fix"]
    _write(pd.DataFrame(rows, columns=names).apply(_safe), path)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """A table as it is, its texts kept as texts."""
    _write(table.apply(_safe), path)


def _write(table: pd.DataFrame, path: Path) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*(table[name].tolist() for name in table.columns), strict=True))
    path.write_bytes(buffer.getvalue().encode("utf-8"))


def _figures(values: np.ndarray[Any, Any]) -> list[str]:
    return [
        ""
        if value != value
        else str(int(value))
        if value == int(value)
        else f"{value:.6f}".rstrip("0").removesuffix(".")
        for value in np.where(np.isinf(values), np.nan, values).tolist()
    ]


def _safe(column: pd.Series[Any]) -> pd.Series[Any]:
    """Text that a spreadsheet would take for a formula, kept as text by an apostrophe in front."""
    shown = {
        raw: f"'{raw}" if isinstance(raw, str) and raw.startswith(_FORMULA) else raw
        for raw in column.dropna().unique()
    }
    return column.map(shown).where(column.notna(), "")
