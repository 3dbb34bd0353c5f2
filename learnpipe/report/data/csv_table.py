"""A data file as plain columns, and as the bytes of a CSV that every tool reads as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Column = Sequence[Any] | np.ndarray[Any, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class CsvTable:
    """A file's name and its columns, all of one length.

    An array of floats is told in figures; anything else as it is, None as nothing.
    """

    file: str
    columns: Mapping[str, Column]


def csv_bytes(table: CsvTable) -> bytes:
    """The table in UTF-8: figures to six places and without a needless point, blanks empty.

    Text that a spreadsheet would take for a formula is kept as text by an apostrophe in front.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(zip(*map(_told, table.columns.values()), strict=True))
    return buffer.getvalue().encode("utf-8")


def _told(column: Column) -> Iterable[Any]:
    if isinstance(column, np.ndarray) and column.dtype.kind == "f":
        return _figures(column)
    values = column.tolist() if isinstance(column, np.ndarray) else column
    unsafe = {text for text in values if type(text) is str and text.startswith(_FORMULA)}
    if not unsafe:
        return values
    return (f"'{text}" if type(text) is str and text in unsafe else text for text in values)


def _figures(values: np.ndarray[Any, Any]) -> list[str]:
    known: dict[float, str] = {}
    out = []
    for value in values.tolist():
        if (text := known.get(value)) is None:
            text = known[value] = _figure(value)
        out.append(text)
    return out


def _figure(value: float) -> str:
    if value != value or value in (np.inf, -np.inf):
        return ""
    if value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0").removesuffix(".")
