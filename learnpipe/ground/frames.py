"""Small things done with data frames in more than one room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame one by one, their columns as attributes; for lists that are shown."""
    return iter(frame.itertuples())


def counted_in_order(column: pd.Series[Any], order: Sequence[str]) -> dict[str, int]:
    """How many rows hold each word, in an order of the words; those that nothing holds left out."""
    counts = column.value_counts()
    return {word: int(counts[word]) for word in order if word in counts}


def plain_frame(columns: Mapping[str, Any]) -> pd.DataFrame:
    """A frame of arrays as they are: texts stay objects, which is quicker than looking at each."""
    import pandas as pd

    return pd.DataFrame(
        {
            name: pd.Series(values, dtype=object) if values.dtype == object else values
            for name, values in columns.items()
        }
    )
