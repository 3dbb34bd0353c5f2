"""What stands in the terminal: its width, its colours, and the signs that it has."""

from __future__ import annotations

import codecs
import io
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from learnpipe.told import Line

NARROWEST, WIDEST = 40, 100
"""Characters of a line; a wider terminal is left empty, as longer lines are hard to read."""
PLAIN = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...",
    "≥": ">=", "≤": "<=", "×": "x", "·": "-", "→": "->", "÷": "/",
}  # fmt: skip
"""What a terminal shows that lacks the sign."""
_COLOURS = {"stop": "red", "blank": "yellow"}


def prepare_streams() -> None:
    """Let no sign that a terminal or a file lacks end a command."""
    codecs.register_error("plain", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plain")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign, "?") for sign in lacking), error.end


def width() -> int:
    """The characters that a line may have."""
    import shutil

    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def say(text: str) -> None:
    """A text for the person at the terminal: on standard error."""
    click.echo(text, err=True)


def say_lines(lines: Iterable[Line]) -> None:
    """Findings on standard error, in colours where they are wanted."""
    coloured = None if _wants_colours() else False
    for line in lines:
        head = line.style == "head" or None
        text = click.style(line.text, fg=_COLOURS.get(line.style), bold=head)
        click.echo(text, err=True, color=coloured)


def print_json(answer: Any) -> None:
    """In plain ASCII, which every program and every code page reads alike."""
    import json

    click.echo(json.dumps(answer, indent=1))


def _wants_colours() -> bool:
    """Whether nobody has asked for none (https://no-color.org), and the terminal has some."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
