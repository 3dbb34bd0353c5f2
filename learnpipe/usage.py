"""Wrong usage, said so that a person who has never used a terminal can put it right."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _Number = click.ParamType[int]
    _Name = click.ParamType[Path]
else:
    _Number = _Name = click.ParamType

_CANNOT_PRINT = (errno.ENOSPC, errno.EIO, errno.EINVAL)  # the last: a closed pipe in Windows


class Command(click.Command):
    """A command that recognises a name with a blank in it and no quotation marks around it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises `click.UsageError` for words that are too many."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            names = [str(one.name) for one in self.params if isinstance(one, click.Argument)]
            whole = " ".join([*(str(ctx.params[name]) for name in names), *rest])
            ctx.fail(f'Too many words. A name with a blank in it needs quotation marks: "{whole}".')
        return rest


class Commands(click.Group):
    """The commands as they stand in their file, not by name."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in order."""
        return list(self.commands)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; an answer that nobody can read any more ends it with 1."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            if error.errno not in _CANNOT_PRINT:
                raise
            _drop_answer()
            with suppress(OSError):
                click.echo(f"The answer could not be written ({error.strerror}).", err=True)
            sys.exit(1)


def _drop_answer() -> None:
    """Throw away what still waits to be printed: at the end it would fail again."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


class Whole(_Number):
    """A whole number from ``low`` to ``high``."""

    name = "number"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or what to write instead."""
        text = str(value).strip()
        if text.isascii() and text.isdigit() and self.low <= int(text) <= self.high:
            return int(text)
        self.fail(f'"{value}" is no whole number from {self.low} to {self.high}.', param, ctx)


class Named(_Name):
    """The path of a file or folder, as a person types it."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        r"""The path. A Windows shell hands ``"Our logs\"`` over with the last mark in the name."""
        text = str(value)
        if not text.strip():
            self.fail("The name is empty.", param, ctx)
        if '"' in text and not os.path.lexists(text):
            name, _, after = text.partition('"')
            if after:
                said = f'Leave out the \\ before the closing quotation mark: "{name}"{after}'
                self.fail(said, param, ctx)
            return Path(name)
        return Path(text)
