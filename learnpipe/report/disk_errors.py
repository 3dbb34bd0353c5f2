"""What the disk says when it cannot be written, in plain words, and what a failed write leaves."""

from __future__ import annotations

import errno
import sys
import traceback
from pathlib import Path
from typing import Any

from learnpipe.ground.findings import Finding, LearnpipeError, Place

REASONS = (
    ("ENOSPC EDQUOT EFBIG", "The disk is full.", "Free some space"),
    ("EACCES EPERM EROFS", "learnpipe may not write there.", "Close what is open there"),
    ("EEXIST ENOTDIR", "A file or link stands where a folder is needed.", "Move it away"),
    ("ENOENT ENAMETOOLONG", "The folder is gone, or its path is too long.", "Check the path"),
)  # fmt: skip


def cannot_write(error: OSError, place: Path, standing: str = "") -> LearnpipeError:
    """The error for a write that failed; ``standing`` says what became of the earlier edition."""
    name = errno.errorcode.get(error.errno or 0, "?")
    known = [(problem, fix) for names, problem, fix in REASONS if name in names.split()]
    said = f'The disk or network drive reports "{error.strerror or error}".'
    problem, fix = known[0] if known else (said, "Check the drive")
    fix = f"{fix} or choose another folder with --output, and run again. {standing}".rstrip()
    return LearnpipeError(Finding("cannot-write", "stop", Place(str(place)), problem, fix))


def closed_quietly(error: BaseException) -> None:
    """Close what the code that failed still held open, such as half a zip file.

    Left to the end of the program, each would print a traceback when its last write fails too.
    """
    hook = sys.unraisablehook

    def only_others(found: Any) -> None:
        if not isinstance(found.exc_value, OSError):
            hook(found)

    sys.unraisablehook = only_others
    try:
        seen: set[int] = set()
        causes: list[Any] = [error]
        while causes:
            one = causes.pop()
            if isinstance(one, BaseException) and id(one) not in seen:
                seen.add(id(one))
                traceback.clear_frames(one.__traceback__)
                causes += [one.__cause__, one.__context__, *one.args]
    finally:
        sys.unraisablehook = hook
