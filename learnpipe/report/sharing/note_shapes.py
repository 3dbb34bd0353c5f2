"""The "what changed" note, as pure data."""

from __future__ import annotations

from dataclasses import dataclass

NOTICED, CHANGED, KNOWN = "What we noticed", "What changed", "How we know"


@dataclass(frozen=True)
class NoteTheme:
    """One theme of the note, in three sentences or so."""

    title: str
    noticed: str
    changed: str
    known: str

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """The three steps, each with its heading."""
        return (NOTICED, self.noticed), (CHANGED, self.changed), (KNOWN, self.known)


@dataclass(frozen=True)
class Note:
    """The whole note as text: it may be shared as it is."""

    title: str
    intro: str
    themes: tuple[NoteTheme, ...]
    closing: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All that it says, line by line."""
        out = [self.title, self.intro]
        for theme in self.themes:
            out += [theme.title, *(f"{step}: {told}" for step, told in theme.points)]
        return (*out, *self.closing)

    @property
    def words(self) -> int:
        """How many words it has, headings included."""
        return sum(len(line.split()) for line in self.lines)

    @property
    def text(self) -> str:
        """The note as plain text, for pasting."""
        parts = [self.title, self.intro]
        for theme in self.themes:
            parts.append("\n".join(
                [theme.title, *(f"{step}: {told}" for step, told in theme.points)]
            ))  # fmt: skip
        if self.closing:
            parts.append("\n".join(self.closing))
        return "\n\n".join(parts) + "\n"
