"""A folder to start fresh in: a settings file and blank logs; what is there is never replaced."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.schemas import schemas_in
from learnpipe.ground.settings import FILE_NAME


@dataclass(frozen=True)
class Fresh:
    """What was written into a folder, and what stood there already and was left as it was."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def start_fresh(
    folder: Path,
    provider: str = "",
    services: Sequence[str] = (),
    schemas_folder: Path | None = None,
) -> Fresh:
    """Write the settings file and the blank logs that are not there yet, making the folder.

    Raises `LearnpipeError` where the folder cannot be made or written to.
    """
    from learnpipe.measure import load_metrics
    from learnpipe.report.blank.blank_logs import blank_logs
    from learnpipe.report.blank.blank_settings import blank_settings
    from learnpipe.report.blank.paint_blank import paint_blank_log

    schemas = schemas_in(schemas_folder)
    titles = {key: metric.title for key, metric in load_metrics().items()}
    names = tuple(dict.fromkeys(" ".join(name.split()) for name in services if name.strip()))
    wanted: dict[str, Callable[[], bytes]] = {
        FILE_NAME: lambda: blank_settings(schemas, titles, provider.strip()).encode("utf-8")
    }
    for log in blank_logs(schemas, tuple(titles.values()), names):
        wanted[log.file] = partial(paint_blank_log, log)
    written: list[str] = []
    kept: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in wanted.items():
            (written if _write_new(folder / name, content) else kept).append(name)
    except OSError as error:
        raise LearnpipeError(_cannot_write(folder, error)) from error
    return Fresh(folder, tuple(written), tuple(kept))


def _write_new(path: Path, content: Callable[[], bytes]) -> bool:
    """Write a file that is not there yet, whole or not at all; False where there is one."""
    if path.exists() or path.is_symlink():
        return False
    ready = content()
    try:
        file = path.open("xb")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(ready)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True


def _cannot_write(folder: Path, error: OSError) -> Finding:
    if folder.exists() and not folder.is_dir():
        problem, fix = "This is a file, not a folder.", "Give a folder, or a name that is free."
    else:
        problem = f"learnpipe cannot write there ({error.strerror or 'no access'})."
        fix = "Choose a folder of your own, such as one in your documents."
    return Finding("cannot-start-there", "stop", Place(str(folder)), problem, fix)


def as_text(fresh: Fresh, width: int) -> str:
    """What was written, what was left alone, and what to do next."""
    lines = []
    if fresh.written:
        lines.append(f"Written into {fresh.folder}:")
        lines += [f"  {name}" for name in fresh.written]
    if fresh.kept:
        lines.append("Already there, and left as it is:" if len(fresh.kept) == 1
                     else "Already there, and left as they are:")  # fmt: skip
        lines += [f"  {name}" for name in fresh.kept]
    if not fresh.written:
        return "\n".join(lines)
    shown = f'"{fresh.folder}"' if " " in str(fresh.folder) else f"{fresh.folder}"
    lines.append("")
    for step in (
        "1. Keep the incident log; delete the logs that you do not need. A log that is not "
        "kept leaves its part of the page blank and says so.",
        "2. Fill in a row for each incident, action and so on. What each column means stands "
        "above it and in its drop-down or message.",
        f"3. Check what you typed:  learnpipe check {shown}",
        f"4. Make the month's page:  learnpipe run {shown}",
    ):
        lines.append(textwrap.fill(step, width, subsequent_indent="   ", break_on_hyphens=False))
    return "\n".join(lines)
