"""How wide text is in Arial, and how it wraps: so that a page fits before it is painted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

Measure = Callable[[str, float, bool], float]
"""How wide a line of text is in points: text, size, bold."""

# Adobe's Helvetica font metrics (AFM), which Arial and Liberation Sans share: thousandths of the
# font size, from the blank (32) to the tilde (126).
_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 "
    "556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 "
    "667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 "
    "556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 "
    "500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 "
    "556 556 556 556 556 556 556 556 556 556 333 333 584 584 584 611 975 "
    "722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 "
    "556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 333 611 556 778 "
    "556 556 500 389 280 389 584"
)


class _Widths(dict[str, float]):
    """Widths by character; what the metrics do not list is looked at once."""

    def __missing__(self, character: str) -> float:
        self[character] = width = _unlisted(character)
        return width


def _unlisted(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    plain = unicodedata.normalize("NFKD", character)[:1]
    return _WIDTHS[True][plain] if plain and plain != character else 0.75


_WIDTHS = {
    bold: _Widths((chr(32 + at), int(width) / 1000) for at, width in enumerate(table.split()))
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
for _table in _WIDTHS.values():
    _table |= {"…": 1.0, "—": 1.0, "▲": 0.99, "■": 0.604, "○": 0.604,
               "◊": 0.494, "’": 0.278, "‘": 0.278, "“": 0.5, "”": 0.5, "·": 0.333, "–": 0.556,
               "≤": 0.549, "≥": 0.549, "✓": 0.8, "✗": 0.8}  # fmt: skip
# Excel and LibreOffice round each glyph to their device: lines come out up to this much longer.
_SLACK = 1.02
ELLIPSIS = "…"


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text in points, a little generous.

    >>> round(text_width("100%", 8), 1)
    20.9
    """
    total: float = sum(map(_WIDTHS[bold].__getitem__, text))
    return total * size * _SLACK


def wrap(
    text: str, width: float, size: float, bold: bool = False, measure: Measure = text_width
) -> list[str]:
    """The lines that ``text`` takes in ``width`` points; words longer than a line are broken.

    ``measure``: how wide a text is, in another font than the page's.

    >>> wrap("one two", 16, 8)
    ['one', 'two']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if measure(longer, size, bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            while measure(word, size, bold) > width and len(word) > 1:
                at = _fitting(word, width, size, bold, measure)
                lines.append(word[:at])
                word = word[at:]
            line = word
        lines.append(line)
    return lines


def _fitting(word: str, width: float, size: float, bold: bool, measure: Measure) -> int:
    at = 1
    while at < len(word) - 1 and measure(word[: at + 1], size, bold) <= width:
        at += 1
    return at


def line_count(
    text: str, width: float, size: float, bold: bool = False, measure: Measure = text_width
) -> int:
    """How many lines ``text`` takes in ``width`` points."""
    return len(wrap(text, width, size, bold, measure))


def shorten(
    text: str, width: float, size: float, lines: int, bold: bool = False,
    measure: Measure = text_width,
) -> str:  # fmt: skip
    """``text``, cut at a word with an ellipsis if it takes more than so many lines.

    >>> shorten("one two three", 22, 8, 1)
    'one…'
    """
    if line_count(text, width, size, bold, measure) <= lines:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        cut = text[:middle].rstrip(" ,;:.–-") + ELLIPSIS
        fits = line_count(cut, width, size, bold, measure) <= lines
        low, high = (middle, high) if fits else (low, middle - 1)
    cut = text[:low]
    blank = max(cut.rfind(" "), cut.rfind("\n"))
    if low < len(text) and text[low] not in " \n" and blank > low // 2:
        cut = cut[:blank]
    return cut.rstrip(" ,;:.–-") + ELLIPSIS


def narrowest(text: str, size: float, lines: int, bold: bool = False) -> float:
    """The least width in points in which ``text`` takes at most so many lines, words unbroken."""
    width = max((text_width(word, size, bold) for word in text.split()), default=0.0)
    full = text_width(text, size, bold)
    while line_count(text, width, size, bold) > lines and width < full:
        width += 2
    return min(width, full) if full > 0 else 0.0
