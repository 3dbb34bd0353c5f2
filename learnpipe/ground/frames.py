"""Small things done with data frames in more than one room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame one by one, their columns as attributes; for lists that are shown."""
    return iter(frame.itertuples())
