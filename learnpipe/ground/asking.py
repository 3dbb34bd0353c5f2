"""Asking: the exact lines for ``learnpipe.toml`` that settle what could not be decided."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WILD = re.compile(r"([*?[])")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def settings_line(file: str, sheet: str | None, header: str, field: str) -> str:
    """The lines that say which field a header stands for, ready to paste; "" leaves it alone.

    ``sheet`` None speaks for all sheets of the file.

    >>> print(settings_line("march.xlsx", None, 'Date\\n"seen"', "occurred_at"))
    [columns."march.xlsx"]
    "Date \\"seen\\"" = "occurred_at"
    >>> print(settings_line("log [old].xlsx", "Falls", "Type", "category").splitlines()[0])
    [columns."log [[]old].xlsx#Falls"]
    """
    return column_lines(file_pattern(file, sheet), {header: field})


def column_lines(pattern: str, fields: Mapping[str, str]) -> str:
    """The lines for several headers of the files that a pattern covers."""
    lines = [f"[columns.{toml_text(pattern)}]"]
    lines += [
        f"{toml_text(' '.join(header.split()))} = {toml_text(name)}"
        for header, name in fields.items()
    ]
    return "\n".join(lines)


def column_key(header: str, letter: str) -> str:
    """How settings name one of several columns with the same header.

    >>> column_key("Date  closed", "E")
    'Date closed (column E)'
    """
    return f"{' '.join(header.split())} (column {letter})"


def file_pattern(file: str, sheet: str | None = None) -> str:
    """The pattern that means this file (or one sheet of it) and no other.

    >>> file_pattern("north/Is it? [1].csv"), file_pattern("march.xlsx", "Falls")
    ('north/Is it[?] [[]1].csv', 'march.xlsx#Falls')
    """
    return _WILD.sub(r"[\1]", file if sheet is None else f"{file}#{sheet}")


def toml_text(text: str) -> str:
    """A text in quotation marks as TOML reads it.

    >>> print(toml_text('a "b" \\\\ c\\x07'))
    "a \\"b\\" \\\\ c\\u0007"
    """
    return '"' + "".join(_ESCAPES.get(mark) or _plain(mark) for mark in text) + '"'


def _plain(mark: str) -> str:
    return f"\\u{ord(mark):04x}" if mark < " " or mark == "\x7f" else mark
