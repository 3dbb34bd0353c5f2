"""Which files of a folder are read, which are left out, and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from learnpipe.ground.findings import Finding, LearnpipeError, Place

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
TEXTS = frozenset({".csv", ".tsv"})
QUIET = frozenset({"learnpipe.toml", "desktop.ini", "thumbs.db"})
MISNAMED = frozenset({"learnpipe.toml.txt", "learnpipe.txt", "learnpipe"})
"""What a text editor makes of learnpipe.toml, where Windows hides the ending of names."""
CHECKED = "checked"
RUN_RECORD = "run.json"
RUN_RECORD_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileToRead:
    """One file of the folder; ``name`` is its path inside the folder, with forward slashes."""

    path: Path
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Listing:
    """The files to read, in an order that is the same on every system, and what was left out."""

    files: tuple[FileToRead, ...]
    findings: tuple[Finding, ...]


def list_files(folder: Path, own_outputs: Sequence[Path] = ()) -> Listing:
    """Every spreadsheet below ``folder``, to any depth; what else is there is said or skipped.

    Hidden files, ``learnpipe.toml`` and learnpipe's own outputs (``own_outputs``, and any folder
    with learnpipe's ``run.json``) are skipped quietly. Links are not followed. Raises
    `LearnpipeError` if the folder cannot be read.
    """
    root = _usable(folder)
    files: list[FileToRead] = []
    findings: list[Finding] = []
    for entry in _walk(root, _own(root, own_outputs), findings):
        name = _name(entry, root)
        left_out = _why_left_out(entry, name)
        if left_out is not None:
            findings.append(left_out)
        elif _is_spreadsheet(entry.name):
            files.append(
                FileToRead(Path(entry.path), name, entry.stat(follow_symlinks=False).st_size)
            )
    files.sort(key=lambda file: (file.name.casefold(), file.name))
    findings.sort(key=lambda finding: (finding.place.file.casefold(), finding.place.order))
    return Listing(tuple(files), tuple(dict.fromkeys(findings)))


def _usable(folder: Path) -> Path:
    """The folder's real path, once it is sure that it can be listed and holds no output of ours."""
    shown = str(folder)
    if not folder.exists():
        fix = f"Check the spelling. It was looked for in {folder.absolute().parent}."
        raise _stop("folder-missing", shown, "There is no such folder.", fix)
    if not folder.is_dir():
        problem = "This is a file, not a folder."
        fix = f'Give the folder it is in: "{folder.absolute().parent}".'
        raise _stop("not-a-folder", shown, problem, fix)
    root = Path(os.path.realpath(folder))
    try:
        os.scandir(root).close()
    except OSError as error:
        problem = f"The folder cannot be opened ({error.strerror or 'no access'})."
        fix = (
            "Ask whoever looks after this computer for access, or copy the logs to your own folder."
        )
        raise _stop("folder-unreadable", shown, problem, fix) from error
    if _is_our_output(root):
        problem = "The folder holds a report that learnpipe wrote, not logs."
        raise _stop("own-output", shown, problem, "Give the folder that your logs are in.")
    return root


def _stop(code: str, file: str, problem: str, fix: str) -> LearnpipeError:
    return LearnpipeError(Finding(code, "stop", Place(file), problem, fix))


def _own(root: Path, own_outputs: Sequence[Path]) -> frozenset[str]:
    """The real paths of the folders that are ours; the root itself never is."""
    own: set[str] = set()
    for output in own_outputs:
        real = Path(os.path.realpath(output))
        own.update(str(path) for path in (real, real / CHECKED) if not root.is_relative_to(path))
    return frozenset(own)


def _is_our_output(folder: str | Path) -> bool:
    record = os.path.join(folder, RUN_RECORD)
    try:
        if not stat.S_ISREG(os.lstat(record).st_mode):
            return False
        with open(record, "rb") as file:
            return b"learnpipe" in file.read(RUN_RECORD_BYTES)
    except OSError:
        return False


def _walk(root: Path, own: frozenset[str], findings: list[Finding]) -> Iterator[os.DirEntry[str]]:
    """Every entry that is no folder of the tree; what cannot be opened is added to ``findings``."""
    waiting, seen = [str(root)], {str(root)}
    while waiting:
        try:
            with os.scandir(waiting.pop()) as scan:
                entries = list(scan)
        except OSError as error:
            findings.append(_unreadable(str(error.filename), root, error))
            continue
        for entry in entries:
            if _is_hidden(entry) and not _lock_owner(entry.name):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield entry
                continue
            real = os.path.realpath(entry.path)
            inside = Path(real).is_relative_to(root)
            if inside and real not in seen and real not in own and not _is_our_output(real):
                seen.add(real)
                waiting.append(entry.path)
            elif not inside:
                findings.append(_link(_name(entry, root)))


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _is_spreadsheet(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in WORKBOOKS | TEXTS


def _lock_owner(name: str) -> tuple[str, str] | None:
    """The workbook that a lock file stands for, and the program that holds it.

    >>> _lock_owner("~$march.xlsx"), _lock_owner(".~lock.march.ods#"), _lock_owner("~$note.docx")
    (('march.xlsx', 'Excel'), ('march.ods', 'LibreOffice'), None)
    """
    if name.startswith("~$"):
        workbook, program = name.removeprefix("~$"), "Excel"
    elif name.startswith(".~lock.") and name.endswith("#"):
        workbook, program = name.removeprefix(".~lock.").removesuffix("#"), "LibreOffice"
    else:
        return None
    return (workbook, program) if _is_spreadsheet(workbook) else None


def _why_left_out(entry: os.DirEntry[str], name: str) -> Finding | None:
    """The finding for an entry that is not read, or None; a file skipped quietly has none."""
    locked = _lock_owner(entry.name)
    if locked is not None:
        workbook, program = locked
        place = Place(name.removesuffix(name.rpartition("/")[2]) + workbook)
        problem = f"The file is open in {program}; changes not yet saved are not included."
        return Finding(
            "open-in-excel", "note", place, problem, "Save and close it, then run again."
        )
    if entry.name.startswith("~$") or entry.name.lower() in QUIET:
        return None
    if entry.is_symlink():
        return _link(name)
    if not entry.is_file(follow_symlinks=False):
        problem = "This is not an ordinary file (a pipe or a device), so it was not opened."
        return Finding("not-a-file", "note", Place(name), problem, "Remove it from the folder.")
    if not _is_spreadsheet(entry.name):
        problem = "This is not a spreadsheet, so it was not read."
        fix = "Save it as .xlsx if it is a log."
        if entry.name.lower() in MISNAMED:
            fix = "If it holds your settings, rename it to learnpipe.toml, with nothing behind it."
        return Finding("not-a-spreadsheet", "note", Place(name), problem, fix)
    return None


def _link(name: str) -> Finding:
    problem = "This is a link to somewhere else, and links are not followed."
    fix = "Put the file itself into the folder if it is a log."
    return Finding("link-not-followed", "note", Place(name), problem, fix)


def _unreadable(path: str, root: Path, error: OSError) -> Finding:
    problem = (
        f"The folder cannot be opened ({error.strerror or 'no access'}), so nothing in it was read."
    )
    fix = "Ask for access to it, or copy its logs into a folder of your own."
    return Finding("folder-unreadable", "stop", Place(_relative(path, root)), problem, fix)


def _name(entry: os.DirEntry[str], root: Path) -> str:
    return _relative(entry.path, root)


def _relative(path: str, root: Path) -> str:
    """The path inside the folder, with forward slashes; bytes that are no text become �."""
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    return os.fsencode(inside).decode("utf-8", "replace")
