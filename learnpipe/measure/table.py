"""`data/measures.csv` as a table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from learnpipe import spc
from learnpipe.ground.calendar import month_text
from learnpipe.ground.measurements import Measures


def measures_table(measures: Measures) -> pd.DataFrame:
    """`data/measures.csv`: one row for each metric, service, All, and month."""
    lines, months = measures.value.shape
    names = [month_text(month) for month in measures.span.months]
    meaning = np.array(spc.MEANINGS, dtype=object)[measures.charts.meaning]
    variation = np.where(measures.charts.limited, meaning, "too few points")
    assurance = np.array([spc.ASSURANCES[code] or "" for code in measures.charts.assurance], object)
    shown = ~np.isnan(measures.value)
    columns = {
        "month": np.tile(np.array(names, dtype=object), lines),
        "service": np.repeat([line.service for line in measures.lines], months),
        "metric": np.repeat([line.key for line in measures.lines], months),
        "due": measures.due.ravel(),
        "met": measures.met.ravel(),
        "no_evidence": measures.no_evidence.ravel(),
        "not_yet_due": measures.not_yet_due.ravel(),
        "value": measures.value.ravel(),
        "unit": np.repeat([line.unit for line in measures.lines], months),
        "centre": np.where(shown, measures.charts.centre, np.nan).ravel(),
        "lower": np.where(shown, measures.charts.lower, np.nan).ravel(),
        "upper": np.where(shown, measures.charts.upper, np.nan).ravel(),
        "variation": np.where(shown, variation, "").ravel(),
        "assurance": np.where(shown & measures.charts.limited, assurance[:, None], "").ravel(),
    }
    return pd.DataFrame(columns)
