"""References: the same one however it is typed, and which record another log means by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

Ints = np.ndarray[Any, np.dtype[np.int64]]
_BETWEEN = "\x00"
_USUAL = "- /_."
_NOT_WORD = re.compile(r"(?:[^\w\x00]|_)+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NUMBER = re.compile(r"\d+$")


def ref_key(ref: str) -> str:
    """A reference without case, blanks, punctuation and zeros in front of its numbers.

    >>> ref_key("AH-0062") == ref_key("ah 0062") == ref_key("AH62")
    True
    """
    return _keys_of([ref])[0]


def ref_keys(refs: pd.Series[Any]) -> pd.Series[Any]:
    """`ref_key` of each; None where there is no reference."""
    codes, keys = key_codes(refs)
    told = np.array([*keys, None], dtype=object)[codes]
    return pd.Series(told, index=refs.index, dtype=object)


def key_codes(refs: pd.Series[Any]) -> tuple[Ints, list[str]]:
    """For each reference the number of its key (−1: no reference), and the keys by number."""
    codes, spellings = pd.factorize(refs.to_numpy())
    key_of_spelling, keys = _numbered(_keys_of([str(one) for one in spellings]))
    return np.append(key_of_spelling, -1)[codes], keys


def name_codes(*names: pd.Series[Any]) -> list[Ints]:
    """Numbers for names without their case, over all the series; no name is 0."""
    codes, spellings = pd.factorize(np.concatenate([one.to_numpy() for one in names]))
    folded, _ = _numbered([str(one).casefold() for one in spellings])
    numbers = np.append(folded + 1, 0)[codes].astype(np.int64)
    return np.split(numbers, np.cumsum([len(one) for one in names])[:-1])


def pair_codes(ones: Ints, others: Ints) -> Ints:
    """One number for each pair of numbers from 0 up; −1 where either is below 0."""
    pairs = ones * (int(others.max(initial=0)) + 1) + others
    return np.where((ones < 0) | (others < 0), -1, pairs)


def cases_meant(refs: pd.Series[Any], services: pd.Series[Any], known: pd.DataFrame) -> Ints:
    """For each reference the case it means, −1 where none or more than one could be meant.

    By service and reference; else by reference at any service; else by its number alone at its
    service. ``known``: `ref`, `service`, `case`, one row a case.
    """
    split = len(known)
    keys, told = key_codes(pd.concat([known["ref"], refs], ignore_index=True))
    service = np.concatenate(name_codes(known["service"], services))
    cases = known["case"].to_numpy()
    found = _look_up(pair_codes(service, keys), cases, split)
    found = np.where(found >= 0, found, _look_up(keys, cases, split))
    if any(key.isdigit() for key in told) and (found < 0).any():
        # A bare number means the reference of its service that ends with it.
        ends = [number[0] if (number := _NUMBER.findall(key)) else key for key in told]
        numbers = np.append(_numbered(ends)[0], -1)[keys]
        bare = np.append([key.isdigit() for key in told], False)[keys]
        bare[:split] = True
        by_number = _look_up(pair_codes(service, np.where(bare, numbers, -1)), cases, split)
        found = np.where(found >= 0, found, by_number)
    return found


def _look_up(codes: Ints, cases: Ints, split: int) -> Ints:
    """The cases of the codes from ``split`` on; the codes before it stand for ``cases``.

    A code below 0, or one that stands for more than one case, means none (−1).
    """
    numbers, present = pd.factorize(codes)
    numbers = np.where(codes < 0, len(present), numbers)
    known, wanted = numbers[:split], numbers[split:]
    table = np.full(len(present) + 1, -1, dtype=np.int64)
    table[known] = cases
    table[np.bincount(known, minlength=len(table)) > 1] = -1
    table[-1] = -1
    return table[wanted]


def _numbered(texts: Sequence[str]) -> tuple[Ints, list[str]]:
    """The number of each text, and the different texts by number."""
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(text, len(numbers)) for text in texts]
    return np.array(codes, dtype=np.int64), list(numbers)


def _keys_of(refs: Sequence[str]) -> list[str]:
    """The keys of references, all in one go: a call a reference takes ten times as long."""
    if not refs:
        return []
    text = _BETWEEN.join(refs)
    if text.count(_BETWEEN) >= len(refs):
        text = _BETWEEN.join(ref.replace(_BETWEEN, "") for ref in refs)
    text = text.casefold()
    for mark in _USUAL:
        text = text.replace(mark, "")
    if not text.replace(_BETWEEN, "").isalnum():
        text = _NOT_WORD.sub("", text)
    return _ZEROS.sub("", text).split(_BETWEEN)
