"""What a PDF says and how: its words, their sizes, its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Tag:
    """One element of a tagged PDF: its kind ("TH"), alt text, and what it holds."""

    kind: str
    alt: str
    inside: tuple[Tag, ...]

    def all(self, kind: str) -> Iterator[Tag]:
        """All elements of a kind, this one's own included, in reading order."""
        if self.kind == kind:
            yield self
        for tag in self.inside:
            yield from tag.all(kind)


def reader(pdf: bytes) -> PdfReader:
    """The PDF, opened."""
    return PdfReader(BytesIO(pdf))


def squeezed(text: str) -> str:
    """A text without blanks, of which a PDF has its own, and without places to break a word."""
    return re.sub(r"[\s\u200b]+", "", text)


def words(pdf: bytes) -> str:
    """All that the PDF's pages say, squeezed."""
    return squeezed("".join(page.extract_text() for page in reader(pdf).pages))


def sizes(pdf: bytes) -> dict[float, str]:
    """What is set in each size, in points as printed: the letters' height, not their width."""
    found: dict[float, str] = {}

    def note(text: str, outer: list[float], inner: list[float], _: Any, size: float) -> None:
        if text.strip():
            printed = round(abs(size * inner[3] * outer[3]), 2)
            found[printed] = found.get(printed, "") + text

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=note)
    return found


def tags(pdf: bytes) -> Tag:
    """The document's tags as a tree."""
    root: Any = reader(pdf).root_object["/StructTreeRoot"]
    return Tag("root", "", _inside(root))


def _inside(element: Any) -> tuple[Tag, ...]:
    kids = element.get("/K", [])
    kids = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]
    return tuple(
        Tag(kid["/S"][1:], str(kid.get("/Alt", "")), _inside(kid))
        for kid in kids
        if isinstance(kid, dict) and "/S" in kid
    )
