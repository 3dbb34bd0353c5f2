"""Painting charts, the PDF and the note in a process of their own, beside the workbook.

matplotlib takes about as long to import as the rest of a report takes to make, so it is loaded
beside it. Should the process fail, all is painted here instead: the same bytes.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learnpipe.report.note_shapes import Note
    from learnpipe.report.picture_set import Job
    from learnpipe.report.shapes import Page


class ChartProcess:
    """A process that loads matplotlib and waits for what to paint; without one, paints here."""

    def __init__(self) -> None:
        """Start nothing yet: until `start` is called, charts are painted in this process."""
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs: tuple[Job, ...] = ()
        self._palette = ""
        self._page: Page | None = None
        self._painted: list[bytes] = []
        self._note: Note | None = None

    def start(self) -> None:
        """Start the process (pointless on one core)."""
        command = [sys.executable, "-m", "learnpipe.report.chart_process"]
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )

    def begin(self, jobs: Sequence[Job], palette: str, page: Page | None = None) -> None:
        """Hand over the charts and the page to print; they are painted while the caller goes on.

        ``palette``: the name of the colours, "" for the usual ones.
        """
        self._jobs, self._palette, self._page = tuple(jobs), palette, page
        if self._process and self._process.stdin:
            try:
                pickle.dump((self._jobs, palette, page), self._process.stdin)
                self._process.stdin.flush()
            except OSError:
                self.end()

    def hand_over(self, note: Note) -> None:
        """Hand over the note too, once it is known; it is painted after all else."""
        self._note = note
        if self._process and self._process.stdin:
            try:
                pickle.dump(note, self._process.stdin)
                self._process.stdin.close()
            except OSError:
                self.end()

    def pictures(self) -> list[bytes]:
        """The PNG of every chart handed over, in their order."""
        painted: list[bytes] | None = self._answer()
        self._painted = paint_jobs(self._jobs, self._palette) if painted is None else painted
        return self._painted

    def document(self) -> bytes:
        """The PDF of the page handed over; to be asked for after the pictures, and once."""
        if self._page is None:
            raise ValueError("no page was handed over")
        printed: bytes | None = self._answer()
        if printed is None:
            return print_page(self._page, self._jobs, self._painted, self._palette)
        return printed

    def note(self) -> bytes:
        """The note handed over, for Word; to be asked for last, and once."""
        if self._note is None:
            raise ValueError("no note was handed over")
        written: bytes | None = self._answer()
        self.end()
        return write_note(self._note) if written is None else written

    def _answer(self) -> Any:
        """The next thing that the process has painted; None if there is no process, or no more."""
        if self._process and self._process.stdout:
            try:
                return pickle.load(self._process.stdout)
            except (OSError, EOFError, pickle.UnpicklingError):
                self.end()
        return None

    def end(self) -> None:
        """End the process, painted or not."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None


def paint_jobs(jobs: Sequence[Job], palette: str) -> list[bytes]:
    """The PNG of every picture, in their order, in the colours of that name."""
    from learnpipe.report.paint_charts import paint_chart
    from learnpipe.report.theme import palette_named

    colours = palette_named(palette)
    return [paint_chart(spec, size, colours) for spec, size in jobs]


def print_page(page: Page, jobs: Sequence[Job], painted: Sequence[bytes], palette: str) -> bytes:
    """The PDF of a page; what of its pictures has been ``painted`` is not painted again."""
    from learnpipe.report.paint_pdf import paint_pdf
    from learnpipe.report.picture_set import PictureSet
    from learnpipe.report.theme import palette_named

    have = dict(zip(jobs, painted, strict=True))
    wanted = PictureSet(page, {}).on_the_page
    missing = [job for job in wanted if job not in have]
    have |= zip(missing, paint_jobs(missing, palette), strict=True)
    pictures = {job[0].file: have[job] for job in wanted}
    return paint_pdf(page, pictures, palette_named(palette))


def write_note(note: Note) -> bytes:
    """The note for Word."""
    from learnpipe.report.paint_note import paint_note

    return paint_note(note)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Load matplotlib and fonts, then paint what comes, while nobody waits: others go first."""
    if hasattr(os, "nice"):
        os.nice(5)
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401

    import learnpipe.report.paint_charts  # noqa: F401
    from learnpipe.report import paint_note, paint_pdf

    paint_pdf.fonts()
    paint_note.blank()
    jobs, palette, page = pickle.load(requests)
    painted = paint_jobs(jobs, palette)
    pickle.dump(painted, answers)
    answers.flush()
    if page is not None:
        pickle.dump(print_page(page, jobs, painted, palette), answers)
        answers.flush()
    with contextlib.suppress(EOFError):  # nobody has a note to write
        pickle.dump(write_note(pickle.load(requests)), answers)
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing to tidy up, and freeing a large heap takes long
