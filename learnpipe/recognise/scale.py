"""Severity told in numbers or Roman numerals: which end is worse is asked, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from learnpipe.ground.asking import toml_text
from learnpipe.ground.tables import Cell

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_HIGHEST = 5


def step_of(cell: Cell) -> int | None:
    """The step of a scale of severity that a cell tells, or None.

    >>> [step_of(cell) for cell in (3.0, "3", "IV", 12, "low", True, None)]
    [3, 3, 4, None, None, None, None]
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return int(cell) if 0 <= cell <= _HIGHEST and cell == int(cell) else None
    text = cell.strip() if isinstance(cell, str) else ""
    if text.isascii() and text.isdigit():
        return int(text) if int(text) <= _HIGHEST else None
    return _ROMAN.get(text.casefold())


def direction_lines(cells: Sequence[Cell], words: str, order: Sequence[str]) -> tuple[str, ...]:
    """How a scale is told, its lowest and highest step, and the settings for either direction.

    ``order``: our words, mildest first. Two texts of lines to paste: for the highest step as the
    worst, and for the lowest.
    """
    spelt = {step: str(cell).strip() for cell in cells if (step := step_of(cell)) is not None}
    roman = any(not text[0].isdigit() for text in spelt.values())
    first = 0 if 0 in spelt else 1
    steps = list(range(first, max(*spelt, first + 2) + 1))
    numeral = {step: name.upper() for name, step in _ROMAN.items()}
    names = [numeral[step] if roman else str(step) for step in steps]
    fitting = _words_for(len(names), first, order)
    return (
        "Roman numerals" if roman else "numbers",
        names[0],
        names[-1],
        _lines(words, fitting, names),
        _lines(words, fitting, names[::-1]),
    )


def _words_for(steps: int, first: int, order: Sequence[str]) -> list[str]:
    """A word for each step: a scale of five has them all, a shorter one from 1 has no "none"."""
    if steps > len(order):
        return [order[0]] * (steps - len(order)) + list(order)
    if first == 0 or steps == len(order):
        return list(order[:steps])
    return list(order[1 : steps + 1])


def _lines(words: str, fitting: Sequence[str], names: Sequence[str]) -> str:
    told: dict[str, list[str]] = {}
    for word, name in zip(fitting, names, strict=True):
        told.setdefault(word, []).append(toml_text(name))
    return "\n".join(
        [f"[words.{words}]", *(f"{word} = [{', '.join(own)}]" for word, own in told.items())]
    )
