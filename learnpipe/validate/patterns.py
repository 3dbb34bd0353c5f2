"""File patterns for the settings: few lines that mean many files and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from learnpipe.ground.asking import file_pattern
from learnpipe.ground.calendar import MONTH_NAMES

LINES = 3
"""So many patterns are written out; the rest of the files would be told the same way."""
_LEAST_SHARED = 4
_MONTHS = "|".join(
    sorted({*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), "Sept"}, key=len)[::-1]
)
_MOVING = re.compile(rf"(?:\d+|(?<![^\W\d_])(?:{_MONTHS})(?![^\W\d_]))", re.IGNORECASE)
_STARS = re.compile(r"\*(?:[\s_.\-–]*\*)+")


def covering(files: Sequence[str], sparing: Callable[[str], bool]) -> list[str]:
    """The fewest patterns that mean all these files, as far as they spare all others.

    ``files``: paths. ``sparing``: whether a pattern means nothing that it should not. Months and
    numbers in a name are what changes from file to file.

    >>> covering(["a/Falls Sept 2026.xlsx", "a/Falls October 2026.xlsx"], bool)
    ['Falls *.xlsx']
    >>> covering([f"{home}/{home} plan.csv" for home in ("Ash", "Elm", "Fir", "Oak")], bool)
    ['*plan*.csv']
    >>> covering(["a/plan 1.csv", "b/my plan.csv"], lambda pattern: "*" not in pattern)
    ['a/plan 1.csv', 'b/my plan.csv']
    """
    if len(files) == 1:
        return [file_pattern(files[0])]
    shapes: dict[str, list[str]] = {}
    for file in files:
        shapes.setdefault(_shape(file), []).append(file)
    for one in (sorted(shapes), _shared(list(shapes))):
        if one and len(one) <= LINES and all(sparing(pattern) for pattern in one):
            return one
    return [file_pattern(file) for file in files]


def means(pattern: str, file: str, sheet: str | None) -> bool:
    """Whether a pattern means this sheet: by the file's path, its name, or file#sheet."""
    name = file.rsplit("/", 1)[-1]
    texts = (file, name, f"{file}#{sheet}", f"{name}#{sheet}")
    return any(fnmatchcase(text.casefold(), pattern.casefold()) for text in texts)


def _shape(file: str) -> str:
    """A file's name with stars for its numbers and months; where little else is left, its path.

    >>> _shape("north/ALD incidents 2026-03.xlsx"), _shape("north/2026-03.xlsx")
    ('ALD incidents *.xlsx', 'north/*.xlsx')
    """
    folder, slash, name = file.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    told = _MOVING.split(stem)
    shape = _STARS.sub("*", "*".join(map(file_pattern, told))) + dot + ending
    letters = sum(mark.isalpha() for part in told for mark in part)
    return shape if letters >= _LEAST_SHARED else file_pattern(folder) + slash + shape


def _shared(shapes: Sequence[str]) -> list[str]:
    """The longest piece that all the shapes share, between stars; nothing where it is short."""
    endings = {shape.rpartition(".")[2] for shape in shapes}
    stems = [shape.rpartition(".")[0] for shape in shapes]
    least = min(stems, key=len)
    for size in range(len(least), _LEAST_SHARED - 1, -1):
        for start in range(len(least) - size + 1):
            piece = least[start : start + size].strip(" *")
            if len(piece) >= _LEAST_SHARED and all(piece in stem for stem in stems):
                return sorted(f"*{piece}*.{ending}" for ending in endings)
    return []
