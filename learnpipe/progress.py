"""The line of progress in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]


@contextmanager
def progress_line(quiet: bool) -> Iterator[Progress | None]:
    """A line of progress on standard error, where somebody is looking and it can be taken back."""
    looking = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    if quiet or not looking:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[files]}"),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("Looking", total=None, files="")

        def told(step: str, done: int, total: int) -> None:
            files = f"{done:,} of {total:,} files" if total > 1 else ""
            bar.update(task, description=step, completed=done, total=total, files=files)

        yield told
