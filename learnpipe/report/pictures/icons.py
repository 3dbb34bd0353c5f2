"""Which icon stands beside a metric: pure data."""

from __future__ import annotations

from dataclasses import dataclass

ICON_SIZE = 12.0
"""Points, square."""


@dataclass(frozen=True)
class Icon:
    """One icon: ``group`` variation or assurance, ``meaning`` as on the page, ``side`` H or L."""

    group: str
    meaning: str
    side: str = ""

    @property
    def file(self) -> str:
        """A name for the picture; the page embeds it, no file is written."""
        return f"icon {self.group} {self.meaning} {self.side}".strip()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return ICON_SIZE, ICON_SIZE


def variation_icon(meaning: str, words: str) -> Icon | None:
    """The icon for a meaning and its words ("Concern: high"); None where nothing is said."""
    if meaning in ("", "too few points"):
        return None
    if meaning == "common":
        return Icon("variation", meaning)
    return Icon("variation", meaning, "H" if words.casefold().endswith("high") else "L")


def assurance_icon(word: str) -> Icon | None:
    """The icon for met, missed, or hit and miss; None where there is no target."""
    return Icon("assurance", word) if word else None
