"""`changes.csv`: what a later file says otherwise of a record than the file before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from learnpipe.ground.tables import Source
from learnpipe.report.data.csv_table import CsvTable
from learnpipe.report.data.data import plain_columns

COLUMNS = (
    "log", "service", "ref", "field", "how", "said", "now",
    "said_file", "said_sheet", "said_cell", "file", "sheet", "cell",
)  # fmt: skip


def changes_csv(
    changes: pd.DataFrame, sources: Sequence[Source], masked: Callable[[str], str]
) -> CsvTable:
    """Every change between files with both places, in the order of file, sheet and row.

    ``changes``: the judged frame of that name. What stories and people said is not told.
    """
    order = np.lexsort((changes["row"], changes["source"], changes["log"].astype(str)))
    told = changes.iloc[order]
    files = [masked(source.file) for source in sources]
    sheets = [masked(source.sheet or "") for source in sources]
    table = {name: told[name].astype(object) for name in COLUMNS if name in told}
    for name in ("ref", "said", "now"):
        known = {raw: masked(str(raw)) for raw in told[name].dropna().unique()}
        table[name] = told[name].map(known).astype(object)
    for which in ("said_", ""):
        numbers, rows = told[f"{which}source"], told[f"{which}row"]
        places = zip(numbers, rows, told["field"], strict=True)
        table[f"{which}file"] = pd.Series([files[n] for n in numbers], told.index, dtype=object)
        table[f"{which}sheet"] = pd.Series([sheets[n] for n in numbers], told.index, dtype=object)
        table[f"{which}cell"] = pd.Series(
            [sources[n].place(row, field).cell for n, row, field in places],
            told.index, dtype=object,
        )  # fmt: skip
    return CsvTable("changes.csv", plain_columns(pd.DataFrame(table, columns=list(COLUMNS))))
