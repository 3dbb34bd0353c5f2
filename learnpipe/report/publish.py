"""The month's set, written beside and renamed into place: the old set or the new, never a mixture.

``2026-10`` is the set that stands, ``.2026-10.<random>.new`` the one being written, ``2026-10.old``
the earlier one between the two renames (the next run puts it back), ``.2026-10.<random>.gone`` one
on its way out. The system locks ``.2026-10.lock`` while a run lives, so no crash leaves it locked.
"""

from __future__ import annotations

import errno
import filecmp
import hashlib
import json
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.report.disk_errors import cannot_write, closed_quietly

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WINDOWS = os.name == "nt"
RUN_RECORD = "run.json"
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)  # seconds; a virus scanner holds new files for a moment
PROGRAMS = {".xlsx": " in Excel", ".csv": " in Excel", ".docx": " in Word"}
LOCK_FILES = ("~$", ".~lock.")  # of Excel and Word, of LibreOffice


@dataclass(frozen=True, slots=True)
class Staging:
    """A set being written: fill ``folder`` with files, and ``run`` with what run.json is to say.

    ``outputs`` is put into ``run`` at the end. ``earlier``: the month's folder that stands, if any.
    """

    folder: Path
    earlier: Path | None
    run: dict[str, Any] = field(default_factory=dict)


@contextmanager
def edition(output: Path, month: str) -> Iterator[Staging]:
    """A staging folder that becomes ``output/month`` if the block ends well, else is removed.

    Files of the standing folder that are not ours are kept. Raises `LearnpipeError` when another
    run is writing the month, a file of it is open on Windows, or the disk does not play along.
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", month):
        raise ValueError(f"month: expected YYYY-MM, got {month!r}")
    place = output / month
    with _said_plainly(place):
        output.mkdir(parents=True, exist_ok=True)
        with _locked(place):
            _recover(place)
            _refuse_if_open(place)
            staging = Staging(beside(place, "new"), place if place.is_dir() else None)
            try:
                staging.folder.mkdir()
                yield staging
                _seal(staging)
                _swap(staging.folder, place)
            except BaseException:
                _sweep(place)
                raise
            with suppress(OSError):  # the new set stands; what stays behind is swept next time
                _sync_folder(output)
                _retire(place)


def old_of(place: Path) -> Path:
    """Where a set stands between the two renames: ``2026-10.old`` for ``2026-10``."""
    return place.with_name(f"{place.name}.old")


def beside(place: Path, kind: str) -> Path:
    """A hidden path beside a month's folder that nobody uses; ``kind`` is "new" or "gone"."""
    return place.with_name(f".{place.name}.{secrets.token_hex(4)}.{kind}")


def kept_name(name: str) -> str:
    """What a file that is not ours is called when another file has its name.

    >>> kept_name("charts/harm.png"), kept_name("notes (kept)")
    ('charts/harm (kept).png', 'notes (kept) (kept)')
    """
    path = PurePosixPath(name)
    return path.with_name(f"{path.stem} (kept){path.suffix}").as_posix()


@contextmanager
def _said_plainly(place: Path) -> Iterator[None]:
    """Turn an error of the disk, bare or wrapped by a library that writes, into a finding."""
    try:
        yield
    except Exception as error:
        causes = (error, *error.args[:1])  # xlsxwriter raises FileCreateError(OSError(...))
        if not (found := [cause for cause in causes if isinstance(cause, OSError)]):
            raise
        closed_quietly(error)
        there, old = map(os.path.isdir, (place, old_of(place)))  # never raises, as pathlib's does
        standing = "The earlier edition still stands." if there else "Nothing was written."
        if old and not there:
            standing = f"The earlier edition is {old_of(place).name}; the next run puts it back."
        raise cannot_write(found[0], place, standing) from error


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Hold the month's lock; raises `LearnpipeError` if another run has it."""
    path = place.with_name(f".{place.name}.lock")
    with open(path, "ab") as file:
        with suppress(OSError):
            path.chmod(0o666)  # whoever shares the folder may take the lock
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            said = (f"Another run is writing {place.name}.", "Wait for its end, then run again.")
            raise _stop("another-run", place, *said) from error
        yield
    if WINDOWS:  # where a dot hides nothing, and what another run has open cannot be removed
        with suppress(OSError):
            path.unlink()


def _recover(place: Path) -> None:
    """Clear up after runs that were killed; only with the month's lock in hand."""
    _sweep(place)
    for folder in (place, old := old_of(place)):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(folder))
    _refuse_if_open(old)
    if old.exists() and place.exists():
        _carry(old, place)
        _retire(place)
    elif old.exists():
        _rename(old, place)


def _seal(staging: Staging) -> None:
    """Flush the set, add the files that are not ours, and write its record last of all."""
    folder = staging.folder
    names = sorted(name for name in _files(folder) if name != RUN_RECORD)
    outputs = [{"file": name, "sha256": _flushed(folder / name)} for name in names]
    if staging.earlier is not None:
        _carry(staging.earlier, folder)
    run = json.dumps({**staging.run, "outputs": outputs}, ensure_ascii=False, indent=1)
    with open(folder / RUN_RECORD, "wb") as file:
        file.write(f"{run}\n".encode(errors="backslashreplace"))  # of names that are no Unicode
    _flushed(folder / RUN_RECORD)
    for inner, _, _ in os.walk(folder, topdown=False):
        _sync_folder(Path(inner))


def _swap(staging: Path, place: Path) -> None:
    """Put the new set where the old one stands; if that fails, the old one goes back."""
    try:
        if place.is_dir():
            _rename(place, old_of(place))
        _rename(staging, place)
    except BaseException as error:
        if old_of(place).is_dir() and not place.exists():
            os.rename(old_of(place), place)
        if isinstance(error, PermissionError):
            _refuse_if_open(place)
        raise


def _carry(source: Path, target: Path) -> None:
    """Give ``target`` the files of ``source`` that are not ours; nothing is overwritten."""
    for name in sorted(set(_files(source)) - _listed(source)):
        file = source / name
        while os.path.lexists(goal := target / name):
            if file.exists() and goal.exists() and filecmp.cmp(file, goal, shallow=False):
                break
            name = kept_name(name)
        else:
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, goal, follow_symlinks=False)  # synchronised folders bear no links
            if not goal.is_symlink():
                _flushed(goal)
            shutil.copystat(file, goal, follow_symlinks=False)


def _listed(folder: Path) -> set[str]:
    """The names of the files that are ours, as the folder's own record has them."""
    try:
        run = json.loads((folder / RUN_RECORD).read_bytes())
        return {RUN_RECORD, *(str(output["file"]) for output in run["outputs"])}
    except (FileNotFoundError, ValueError, LookupError, TypeError, RecursionError):
        return {RUN_RECORD}


def _files(folder: Path, inside: str = "") -> Iterator[str]:
    """The files below a folder, with forward slashes; a link is a file, wherever it leads."""
    for entry in list(os.scandir(folder / inside)):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder, f"{inside}{entry.name}/")
        else:
            yield f"{inside}{entry.name}"


def _flushed(path: Path) -> str:
    """See a file onto the disk; its SHA-256."""
    with open(path, "r+b") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    """See a folder's names onto the disk, where the system can do that."""
    if not WINDOWS:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
                raise
        finally:
            os.close(handle)


def _retire(place: Path) -> None:
    """Remove the earlier set, out of sight first: no part of it can ever be taken for the whole."""
    if old_of(place).is_dir():
        _rename(old_of(place), beside(place, "gone"))
        _sweep(place)


def _sweep(place: Path) -> None:
    """Remove folders that were being written or removed, as far as that goes."""
    leftover = re.compile(rf"\.{place.name}\.[0-9a-f]{{8}}\.(new|gone)")
    with suppress(OSError):
        for folder in [path for path in place.parent.iterdir() if leftover.fullmatch(path.name)]:
            for path in folder.rglob("*") if WINDOWS else ():  # where read-only files stay else
                path.chmod(0o600)
            shutil.rmtree(folder, ignore_errors=True)


def _rename(source: Path, target: Path) -> None:
    for pause in PAUSES if WINDOWS else ():
        with suppress(PermissionError):
            return os.rename(source, target)
        time.sleep(pause)
    os.rename(source, target)


def _refuse_if_open(place: Path) -> None:
    """On Windows, name the files that are open; a lock file left behind alone is no reason."""
    names = sorted(_files(place)) if WINDOWS and place.is_dir() else []
    held = [name for name in names if _is_held(place / name)]
    if held := [name for name in held if not Path(name).name.startswith(LOCK_FILES)] or held:
        programs = {PROGRAMS.get(Path(name).suffix.lower(), "") for name in held}
        libre = any(Path(name).name.startswith(LOCK_FILES[1]) for name in names)
        program = " in LibreOffice" if libre else programs.pop() if len(programs) == 1 else ""
        files = " and ".join(held)
        fix = f"Close {files}{program} and run again; the earlier edition still stands."
        raise _stop("open-elsewhere", place, f"A program has {files} open.", fix)


def _is_held(path: Path) -> bool:
    """Whether Windows refuses to move or write a file, for another reason than read-only."""
    with suppress(PermissionError):
        os.rename(path, path)
        if os.access(path, os.W_OK):
            open(path, "r+b").close()
        return False
    return True


def _stop(code: str, place: Path, problem: str, fix: str) -> LearnpipeError:
    return LearnpipeError(Finding(code, "stop", Place(str(place)), problem, fix))
