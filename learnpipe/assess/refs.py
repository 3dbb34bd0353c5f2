"""References: the same one however it is typed, and which record another log means by it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

_NOT_WORD = re.compile(r"[\W_]+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NUMBER = re.compile(r"\d+$")


def ref_key(ref: str) -> str:
    """A reference without case, blanks, punctuation and zeros in front of its numbers.

    >>> ref_key("AH-0062") == ref_key("ah 0062") == ref_key("AH62")
    True
    """
    return _ZEROS.sub("", _NOT_WORD.sub("", ref.casefold()))


def ref_keys(refs: pd.Series[Any]) -> pd.Series[Any]:
    """`ref_key` of each; None where there is no reference."""
    keys = {raw: ref_key(str(raw)) for raw in refs.dropna().unique()}
    return refs.map(keys).astype(object)


def cases_meant(
    refs: pd.Series[Any], services: pd.Series[Any], known: pd.DataFrame
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """For each reference the case it means, −1 where none or more than one could be meant.

    By service and reference; else by reference at any service; else by its number alone at its
    service. ``known``: `ref`, `service`, `case`, one row a case.
    """
    known = known[known["ref"].notna()]
    wanted = ref_keys(refs)
    keys = ref_keys(known["ref"])
    found = _look_up(_both(services, wanted), _both(known["service"], keys), known["case"])
    found = found.where(found.notna(), _look_up(wanted, keys, known["case"]))
    numbers = {raw: key for raw, key in zip(refs, wanted, strict=True) if str(key).isdigit()}
    if numbers:
        bare = _both(services, refs.map(numbers))
        ends = {key: (n[0] if (n := _NUMBER.findall(key)) else key) for key in keys.unique()}
        found = found.where(
            found.notna(), _look_up(bare, _both(known["service"], keys.map(ends)), known["case"])
        )
    return found.fillna(-1).to_numpy().astype(np.int64)


def _both(services: pd.Series[Any], keys: pd.Series[Any]) -> pd.Series[Any]:
    joined = services.astype(str).str.casefold() + "\x1f" + keys.astype(str)
    return joined.where(keys.notna())


def _look_up(wanted: pd.Series[Any], keys: pd.Series[Any], cases: pd.Series[Any]) -> pd.Series[Any]:
    """Key → case, for keys that stand for one case only."""
    table = pd.Series(cases.to_numpy(), index=keys.to_numpy())
    table = table[table.index.notna()]
    table = table[~table.index.duplicated(keep=False)]
    return wanted.map(table)
