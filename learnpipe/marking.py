"""Marked copies of the logs with findings: planned here, made in children, put into ``checked``.

A log is parsed and written again in a child process, like any stranger's file; what has not
changed since the last time is not made again.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from learnpipe.ground.findings import Finding, Place
from learnpipe.ground.tables import ReadFile
from learnpipe.read.child_process import Answer
from learnpipe.read.children import Reading, start
from learnpipe.read.folder import FileToRead
from learnpipe.report.marked.marked import Job, copy_name, jobs
from learnpipe.report.marked.marked_folder import (
    CHECKED,
    Fresh,
    Shelved,
    hold,
    not_written,
    shelve,
    standing,
    sweep,
)

__all__ = ["IN_A_RUN", "Marked", "Marking", "Shelved", "mark_file"]

WORK = "learnpipe.marking:mark_file"
WHY = {
    "too-slow": "copying the log took too long",
    "too-large": "copying the log took too much memory",
}
BOOK_PART = "xl/workbook.xml"
BATCH = 50
"""Copies that are in memory at once."""
IN_A_RUN = 1 << 20
"""Bytes of logs that a run marks: a megabyte takes openpyxl some four seconds."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What became of one log: its marked copy, or why there is none, in half a sentence."""

    body: bytes | None
    why: str = ""


class Marking:
    """Copies being made by children; `finish` puts them into the folder. Use it in a ``with``.

    With ``most_bytes``, logs are marked from the smallest on, up to so many bytes of them.
    """

    def __init__(
        self,
        files: Sequence[ReadFile],
        sources: Sequence[FileToRead],
        findings: Sequence[Finding],
        output: Path,
        workers: int = 1,
        most_bytes: int | None = None,
    ) -> None:
        self._folder, self._workers = output / CHECKED, workers
        self._before = standing(self._folder)
        made = {(one.copy_of, one.key): one for one in self._before}
        wanted = {job.file: job for job in jobs(files, findings)}
        self._kept = [made[key] for job in wanted.values() if (key := (job.file, job.key)) in made]
        self._jobs = {name: job for name, job in wanted.items() if (job.file, job.key) not in made}
        todo = [source for source in sources if source.name in self._jobs]
        within = todo if most_bytes is None else _within(todo, most_bytes)
        self._waiting = len(todo) - len(within)
        self._batches = [within[at : at + BATCH] for at in range(0, len(within), BATCH)]
        self._reading = self._begin()

    def finish(self) -> Shelved:
        """Wait for the copies, and put them into the folder in place of the earlier ones."""
        fresh: list[Fresh] = []
        missed: list[Finding] = []
        sweep(self._folder)
        try:
            for answer in self._answers():
                job = self._jobs[answer.file.name]
                if any(finding.code in ("gone", "changed") for finding in answer.findings):
                    missed.append(_changed(job.file))
                else:
                    fresh.append(_fresh(self._folder, job, answer))
        except OSError as error:
            return not_written(self._folder, error)
        done = shelve(self._folder, self._before, self._kept, fresh)
        return replace(done, findings=(*missed, *done.findings), waiting=self._waiting)

    def close(self) -> None:
        """End the children; nothing is put into the folder."""
        if self._reading:
            self._reading.close()

    def __enter__(self) -> Marking:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self) -> Reading | None:
        """Let children begin with the next batch of logs, if there is one."""
        batch = self._batches.pop(0) if self._batches else []
        return start(batch, WORK, self._jobs, self._workers) if batch else None

    def _answers(self) -> Iterator[Answer]:
        while self._reading:
            yield from self._reading.results()
            self._reading = self._begin()


def _within(sources: Sequence[FileToRead], most_bytes: int) -> list[FileToRead]:
    """The smallest of the logs, as far as they come to no more than so many bytes."""
    taken, total = [], 0
    for source in sorted(sources, key=lambda one: (one.size, one.name)):
        total += source.size
        if total > most_bytes:
            break
        taken.append(source)
    return taken


def _fresh(folder: Path, job: Job, answer: Answer) -> Fresh:
    """The copy that a child made; where it could not make one, the list alone."""
    if isinstance(answer.value, Marked):
        marked = answer.value
    else:
        known = [WHY[finding.code] for finding in answer.findings if finding.code in WHY]
        marked = Marked(None, known[0] if known else "the log cannot be copied")
    if marked.body is not None:
        return hold(folder, job.file, job.key, copy_name(job.file, False), marked.body)
    from learnpipe.report.marked.paint_marked import paint_list

    body = paint_list(job, marked.why)
    return hold(folder, job.file, job.key, copy_name(job.file, True), body)


def _changed(file: str) -> Finding:
    problem = "The file was changed while it was being checked, so it has no marked copy."
    return Finding("changed", "note", Place(file), problem, "Run again.")


def mark_file(path: str, name: str, wanted: dict[str, Job]) -> Marked:
    """The marked copy of one log; it runs in the child process that may die of the file."""
    from learnpipe.ground.findings import LearnpipeError
    from learnpipe.report.marked.marked_safety import NotCopied

    job = wanted[name]
    body = Path(path).read_bytes()
    if hashlib.sha256(body).hexdigest() != job.sha256:
        raise LearnpipeError(_changed(name))
    try:
        if _is_workbook(path):
            from learnpipe.report.marked.marked_copy import marked_copy

            return Marked(marked_copy(body, job))
        from learnpipe.read.workbooks import read_grids
        from learnpipe.report.marked.paint_marked import paint_anew

        return Marked(paint_anew(job, read_grids(Path(path), name)))
    except NotCopied as reason:
        return Marked(None, str(reason))


def _is_workbook(path: str) -> bool:
    """Whether the bytes, whatever their name, are a workbook that can be copied as it is."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return BOOK_PART in archive.namelist()
