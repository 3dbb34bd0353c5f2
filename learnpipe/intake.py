"""The intake: a folder's files read, recognised and validated, as far as checking goes.

Heavy libraries are imported while the children read, so that neither waits for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnpipe.context import WORK, Context
from learnpipe.ground.findings import Finding, LearnpipeError, Place
from learnpipe.ground.schemas import Schemas, schemas_in
from learnpipe.ground.settings import FILE_NAME, Settings, load_settings
from learnpipe.ground.tables import Evidence, ReadFile
from learnpipe.read.children import start
from learnpipe.read.folder import FileToRead, Listing, list_files

Progress = Callable[[str, int, int], None]
SIZE_FOR_A_CHILD = 2_000_000
"""Bytes of files for which another child is worth starting."""
FOLDERS_ABOVE = 4


@dataclass(frozen=True)
class Understood:
    """A folder as far as checking goes: its files, evidence, findings, services' nations."""

    listing: Listing
    files: tuple[ReadFile, ...]
    evidence: Evidence
    nations: dict[str, str]
    schemas: Schemas
    settings: Settings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far: of the folder, the files, the cells."""
        return (*self.listing.findings, *self.evidence.findings)


def settings_for(folder: Path, given: Path | None, schemas: Schemas) -> Settings:
    """The settings file that was named, else the one in the folder, else the defaults."""
    beside = folder / FILE_NAME
    return load_settings(given or (beside if beside.is_file() else None), schemas)


def understand(
    folder: Path,
    output: Path,
    settings_file: Path | None = None,
    schemas_folder: Path | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Understood:
    """Read, recognise and validate a folder. Raises `LearnpipeError` where nothing is usable.

    ``meanwhile`` is called when this process has nothing left to do but to wait for the readers.
    """
    schemas = schemas_in(schemas_folder)
    listing = list_files(folder, (output,))
    settings = settings_for(folder, settings_file, schemas)
    schemas = settings.applied_to(schemas)
    if not listing.files:
        raise LearnpipeError((*listing.findings, _nothing(folder)))
    files = _read(listing.files, schemas, settings, workers, progress, meanwhile)
    from learnpipe.validate import gather

    evidence, services = gather(files, schemas, settings)
    return Understood(listing, files, evidence, dict(services.nations), schemas, settings)


def _nothing(folder: Path) -> Finding:
    return Finding(
        "nothing-to-read", "stop", Place(folder.name or str(folder)),
        "There is no spreadsheet in this folder.",
        "Put your logs into it (.xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .tsv) and run again.",
    )  # fmt: skip


def _read(
    files: Sequence[FileToRead],
    schemas: Schemas,
    settings: Settings,
    workers: int,
    progress: Progress | None,
    meanwhile: Callable[[], None] | None,
) -> tuple[ReadFile, ...]:
    """Every file as understood, in the children; meanwhile this process loads its libraries."""
    done = 0

    def told(file: FileToRead) -> None:
        nonlocal done
        done += 1
        if progress:
            progress("Reading", done, len(files))

    # This process is busy importing meanwhile: a second child earns its start only later.
    children = 1 + sum(file.size for file in files) // SIZE_FOR_A_CHILD
    with start(files, WORK, Context(schemas, settings), min(workers, children)) as reading:
        _load_libraries(schemas)
        if meanwhile:
            meanwhile()
        answers = reading.results(told)
    # Of exact copies the shortest name counts: "March.xlsx" before "Copy of March.xlsx".
    original: dict[str, str] = {}
    for answer in sorted(answers, key=lambda one: (len(one.file.name), one.file.name)):
        original.setdefault(answer.sha256, answer.file.name)
    out = []
    for answer in answers:
        name, twin = answer.file.name, original[answer.sha256] if answer.sha256 else None
        sheets: Any = answer.value or ()
        out.append(
            ReadFile(
                name, answer.sha256, tuple(sheets), answer.findings, None if twin == name else twin
            )
        )
    return tuple(out)


def _load_libraries(schemas: Schemas) -> None:
    """Import what the later rooms need, down to what they would only import on first use."""
    import learnpipe.assess
    import learnpipe.measure
    import learnpipe.report.page.paint_workbook
    import learnpipe.validate
    from learnpipe.ground.calendar import NATIONS, bank_holidays

    learnpipe.validate.warm_up(schemas)
    bank_holidays(NATIONS[0], 2026, 2026)


@dataclass(frozen=True)
class OneFile:
    """One file as understood, with the settings file that was used, if there is one."""

    file: ReadFile
    schemas: Schemas
    settings_file: Path | None


def settings_above(file: Path) -> Path | None:
    """The nearest settings file beside a log or up to four folders above it."""
    folders = [file.parent, *list(file.parent.parents)[:FOLDERS_ABOVE]]
    return next((path for folder in folders if (path := folder / FILE_NAME).is_file()), None)


def columns(path: Path, settings_file: Path | None, schemas_folder: Path | None) -> OneFile:
    """How each sheet and column of one file is understood. Raises where the file is refused."""
    if not path.is_file():
        raise LearnpipeError(_no_file(path))
    schemas, path = schemas_in(schemas_folder), path.resolve()
    used = settings_file or settings_above(path)
    settings = load_settings(used, schemas)
    schemas = settings.applied_to(schemas)
    # Patterns of the settings may name folders, as seen from where the settings file is.
    top = used.resolve().parent if used else path.parent
    name = path.relative_to(top).as_posix() if path.is_relative_to(top) else path.name
    file = FileToRead(path, name, path.stat().st_size)
    with start([file], WORK, Context(schemas, settings), 1) as reading:
        answer = reading.results()[0]
    if answer.findings:
        raise LearnpipeError(answer.findings)
    sheets: Any = answer.value
    return OneFile(ReadFile(path.name, answer.sha256, tuple(sheets)), schemas, used)


def _no_file(path: Path) -> Finding:
    if path.is_dir():
        problem, fix = "This is a folder.", f'Name a file in it, or use: learnpipe check "{path}"'
    else:
        problem = "There is no such file."
        fix = f"Check the name. It was looked for in {path.absolute().parent}."
    return Finding("no-file", "stop", Place(str(path)), problem, fix)
