"""The folder of marked copies: what is ours in it is replaced or removed, what is not stays.

``run.json`` in it says which files we made and from what. A copy that somebody has changed since
is theirs from then on. The record names what is about to be written before it is written: after a
crash, what stands is still known to be ours.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.terms import counted
from learnpipe.report.publish import PAUSES, RUN_RECORD

CHECKED = "checked"
MADE_BY = "learnpipe"
_LEFT_BEHIND = re.compile(r"\.[0-9a-f]{8}\.marking")


@dataclass(frozen=True, slots=True)
class Made:
    """One file of ours: its path below the folder, whose copy it is, from what, and its bytes'
    SHA-256."""

    file: str
    copy_of: str
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A copy that is to stand in the folder as ``wanted``, or a name near it; `hold` makes it.

    ``held`` is where its bytes wait, so that a thousand copies need not be in memory at once.
    """

    copy_of: str
    key: str
    wanted: str
    held: Path
    sha256: str


@dataclass(frozen=True)
class Shelved:
    """What stands in the folder now, and what could not be put there or had to be put aside."""

    copies: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    failed: bool = False
    folder: Path = Path()
    waiting: int = 0

    @property
    def summary(self) -> str:
        """How many copies there are, and where; ``waiting`` logs have findings but no copy yet."""
        count = counted(len(self.copies), "marked copy", "marked copies")
        said = f"{count} in {self.folder.as_posix()}/"
        if not self.waiting:
            return said
        more = counted(self.waiting, "more log has", "more logs have")
        return f"{said}; {more} findings: learnpipe check marks all of them"


def standing(folder: Path) -> tuple[Made, ...]:
    """The files of ours that stand in the folder as we made them."""
    found = []
    for made in _recorded(folder):
        path = _path(folder, made.file)
        if not path.is_symlink() and path.is_file() and _is_as_made(path, made.sha256):
            found.append(made)
    return tuple(dict.fromkeys(found))


def hold(folder: Path, copy_of: str, key: str, wanted: str, body: bytes) -> Fresh:
    """Write a copy's bytes where they wait to be put in place. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    held = folder / f".{secrets.token_hex(4)}.marking"
    try:
        with open(held, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        held.unlink(missing_ok=True)
        raise
    return Fresh(copy_of, key, wanted, held, hashlib.sha256(body).hexdigest())


def shelve(
    folder: Path, before: Sequence[Made], kept: Sequence[Made], fresh: Sequence[Fresh]
) -> Shelved:
    """Put the ``fresh`` copies beside the ``kept`` ones, and remove what else was ours ``before``.

    Never raises for the disk: what could not be written is a finding.
    """
    if not (before or fresh):
        return Shelved()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _shelve(folder, before, kept, fresh)
    except OSError as error:
        return not_written(folder, error)
    finally:
        for one in fresh:
            with suppress(OSError):
                one.held.unlink(missing_ok=True)


def not_written(folder: Path, error: OSError) -> Shelved:
    """What is told where the folder cannot be written to at all."""
    return Shelved(findings=(_cannot_write(folder, error),), failed=True, folder=folder)


def _shelve(
    folder: Path, before: Sequence[Made], kept: Sequence[Made], fresh: Sequence[Fresh]
) -> Shelved:
    ours = {made.file for made in before}
    taken = {made.file.casefold() for made in kept}
    planned: list[tuple[Made, Fresh]] = []
    findings: list[Finding] = []
    for one in fresh:
        name = _free_name(folder, one, ours, taken)
        if name != one.wanted and one.wanted.casefold() not in taken:
            findings.append(_was_changed(folder, one.wanted, name))
        taken.add(name.casefold())
        planned.append((Made(name, one.copy_of, one.key, one.sha256), one))
    _write_record(folder, {*before, *kept, *(made for made, _ in planned)})
    stand, failed = list(kept), False
    for made, one in planned:
        try:
            _put(folder, made.file, one.held)
            stand.append(made)
        except OSError as error:
            failed = True
            findings.append(_not_replaced(folder, made.file, error))
            stand.extend(old for old in before if old.file == made.file)
    names = {made.file for made in stand}
    for old in before:
        if old.file not in names and not _removed(folder, old.file):
            stand.append(old)
    _finish(folder, stand)
    copies = tuple(folder / made.file for made in sorted(stand, key=lambda made: made.file))
    return Shelved(copies, tuple(findings), failed, folder)


def _recorded(folder: Path) -> list[Made]:
    """What the folder's record says; nothing if it is not there or is not one of ours."""
    try:
        record = json.loads((folder / RUN_RECORD).read_bytes())
        entries = record["copies"] if record["made_by"] == MADE_BY else ()
        made = [Made(**{key: str(value) for key, value in entry.items()}) for entry in entries]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []
    return [one for one in made if _is_inside(one.file)]


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and not {"..", "."} & set(path.parts)


def _write_record(folder: Path, made: Iterable[Made]) -> None:
    copies = [asdict(one) for one in sorted(set(made), key=lambda one: (one.file, one.sha256))]
    record: dict[str, Any] = {"made_by": MADE_BY, "what": "marked copies", "copies": copies}
    text = json.dumps(record, ensure_ascii=False, indent=1)
    body = f"{text}\n".encode(errors="backslashreplace")
    _put(folder, RUN_RECORD, hold(folder, "", "", RUN_RECORD, body).held)


def _finish(folder: Path, stand: Sequence[Made]) -> None:
    """Write the record of what stands, or take it and empty folders away if nothing does."""
    if stand:
        _write_record(folder, stand)
        return
    (folder / RUN_RECORD).unlink(missing_ok=True)
    with suppress(OSError):  # what is not ours may be left in it
        folder.rmdir()


def _free_name(folder: Path, fresh: Fresh, ours: set[str], taken: set[str]) -> str:
    """The first name that is free, or stands on a file of ours, or on the very same bytes."""
    path, number, name = PurePosixPath(fresh.wanted), 1, fresh.wanted
    while name.casefold() in taken or not _may_stand(_path(folder, name), name, fresh, ours):
        number += 1
        name = path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()
    return name


def _may_stand(path: Path, name: str, fresh: Fresh, ours: set[str]) -> bool:
    if name in ours or not os.path.lexists(path):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    return _is_as_made(path, fresh.sha256, if_held=False)


def _path(folder: Path, name: str) -> Path:
    """The path of a copy, also where the system's own code page lacks a letter of its name."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        name = os.fsdecode(name.encode("utf-8"))
    return folder / name


def _put(folder: Path, name: str, held: Path) -> None:
    """Move what was held to its place."""
    place = _path(folder, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not Path(os.path.realpath(place.parent)).is_relative_to(os.path.realpath(folder)):
        raise NotADirectoryError(errno.ENOTDIR, "a link to another folder", str(place.parent))
    try:
        _replace(held, place)
    finally:
        held.unlink(missing_ok=True)


def _replace(source: Path, target: Path) -> None:
    for pause in PAUSES[:3] if sys.platform == "win32" else ():
        with suppress(PermissionError):
            return os.replace(source, target)
        time.sleep(pause)
    os.replace(source, target)


def _removed(folder: Path, name: str) -> bool:
    """Remove a file of ours, and the folders that are empty without it."""
    try:
        _path(folder, name).unlink(missing_ok=True)
    except OSError:
        return False
    for parent in _path(folder, name).parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break
    return True


def sweep(folder: Path) -> None:
    """Remove what a process that was ended left half-written."""
    with suppress(OSError):
        for path in [path for path in folder.iterdir() if _LEFT_BEHIND.fullmatch(path.name)]:
            path.unlink()


def _is_as_made(path: Path, sha256: str, if_held: bool = True) -> bool:
    """Whether a file has these bytes; ``if_held`` is the answer where a program lets nobody look.

    A copy of ours that is held so is still ours: that it cannot be replaced is told by name.
    """
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return if_held


def _was_changed(folder: Path, wanted: str, name: str) -> Finding:
    place = Place((folder / wanted).as_posix())
    problem = "This file was changed by somebody, or was not made by learnpipe, so it was kept."
    fix = f'The new marked copy is "{PurePosixPath(name).name}" beside it.'
    return Finding("copy-was-changed", "note", place, problem, fix)


def _not_replaced(folder: Path, name: str, error: OSError) -> Finding:
    place = Place((folder / name).as_posix())
    if isinstance(error, PermissionError):
        problem = "The marked copy could not be replaced: it is open, or may not be written."
        return Finding("open-elsewhere", "stop", place, problem, "Close it and run again.")
    return _cannot_write(folder / name, error)


def _cannot_write(place: Path, error: OSError) -> Finding:
    problem = f"The marked copy could not be written ({error.strerror or 'the disk refuses'})."
    fix = "Free space or close what is open there, or choose another folder with --output."
    return Finding("cannot-write", "stop", Place(place.as_posix()), problem, fix)
