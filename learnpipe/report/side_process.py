"""Pictures, PDF, tender workbook, note and data files, made in a process beside the workbook's.

matplotlib takes about as long to import as the rest of a report takes to make, so it is loaded
beside it. Should the process fail, all is made here instead: the same bytes.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from learnpipe.report.data.csv_table import CsvTable
    from learnpipe.report.page.picture_set import Job
    from learnpipe.report.shapes import Page
    from learnpipe.report.sharing.note_shapes import Note
    from learnpipe.report.sharing.tender_shapes import TenderBook


class SideProcess:
    """A process that loads matplotlib and waits for what to make; without one, makes it here.

    What was handed over is asked for in the order of the methods, each thing once.
    """

    def __init__(self) -> None:
        """Start nothing yet: until `start` is called, everything is made in this process."""
        self._process: subprocess.Popen[bytes] | None = None
        self._requests: SimpleQueue[Any] = SimpleQueue()
        self._teller: Thread | None = None
        self._jobs: tuple[Job, ...] = ()
        self._others: tuple[Job, ...] = ()
        self._palette = ""
        self._page: Page | None = None
        self._painted: list[bytes] | None = None
        self._note: Note | None = None
        self._tables: tuple[CsvTable, ...] = ()
        self._tender: TenderBook | None = None

    def start(self) -> None:
        """Start the process (pointless on one core)."""
        command = [sys.executable, "-m", "learnpipe.report.side_process"]
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            # A thread tells it, so that nobody waits while it is busy.
            told = (self._requests, self._process.stdin)
            self._teller = Thread(target=_tell, args=told, daemon=True)
            self._teller.start()

    def begin(self, jobs: Sequence[Job], palette: str, page: Page | None = None) -> None:
        """Hand over the charts and the page to print; they are painted while the caller goes on.

        ``palette``: the name of the colours, "" for the usual ones.
        """
        self._jobs, self._palette, self._page = tuple(jobs), palette, page
        self._ask((self._jobs, palette, page))

    def hand_over(
        self, others: Sequence[Job], note: Note, tables: Sequence[CsvTable] = (),
        tender: TenderBook | None = None,
    ) -> None:  # fmt: skip
        """Hand over what is known later: other charts, the note, data files, tender workbook."""
        self._others, self._note = tuple(others), note
        self._tables, self._tender = tuple(tables), tender
        self._ask((self._others, note, self._tables, tender))

    def _ask(self, request: Any) -> None:
        if self._process:
            self._requests.put(request)

    def pictures(self) -> list[bytes]:
        """The PNG of every chart handed over first, in their order; may be asked for again."""
        if self._painted is None:
            painted: list[bytes] | None = self._answer()
            self._painted = paint_jobs(self._jobs, self._palette) if painted is None else painted
        return self._painted

    def document(self) -> bytes:
        """The PDF of the page handed over."""
        if self._page is None:
            raise ValueError("no page was handed over")
        printed: bytes | None = self._answer()
        if printed is None:
            return print_page(self._page, self._jobs, self.pictures(), self._palette)
        return printed

    def others(self) -> list[bytes]:
        """The PNG of every other chart, in their order."""
        painted: list[bytes] | None = self._answer()
        return paint_jobs(self._others, self._palette) if painted is None else painted

    def note(self) -> bytes:
        """The note handed over, for Word."""
        if self._note is None:
            raise ValueError("no note was handed over")
        written: bytes | None = self._answer()
        return write_note(self._note) if written is None else written

    def data(self) -> list[bytes]:
        """The CSV of every table handed over, in their order."""
        written: list[bytes] | None = self._answer()
        return write_tables(self._tables) if written is None else written

    def tender(self) -> bytes:
        """The tender workbook handed over."""
        if self._tender is None:
            raise ValueError("no tender workbook was handed over")
        painted: bytes | None = self._answer()
        return write_tender(self._tender, self._palette) if painted is None else painted

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
            self._requests.put(None)
            if self._teller:
                self._teller.join()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None


def paint_jobs(jobs: Sequence[Job], palette: str) -> list[bytes]:
    """The PNG of every picture, in their order, in the colours of that name."""
    from learnpipe.report.pictures.paint_charts import paint_chart
    from learnpipe.report.theme import palette_named

    colours = palette_named(palette)
    return [paint_chart(spec, size, colours) for spec, size in jobs]


def print_page(page: Page, jobs: Sequence[Job], painted: Sequence[bytes], palette: str) -> bytes:
    """The PDF of a page; what of its pictures has been ``painted`` is not painted again."""
    from learnpipe.report.page.paint_pdf import paint_pdf
    from learnpipe.report.page.picture_set import PictureSet
    from learnpipe.report.theme import palette_named

    have = dict(zip(jobs, painted, strict=True))
    wanted = PictureSet(page, {}).on_the_page
    missing = [job for job in wanted if job not in have]
    have |= zip(missing, paint_jobs(missing, palette), strict=True)
    pictures = {job[0].file: have[job] for job in wanted}
    return paint_pdf(page, pictures, palette_named(palette))


def write_note(note: Note) -> bytes:
    """The note for Word."""
    from learnpipe.report.sharing.paint_note import paint_note

    return paint_note(note)


def write_tables(tables: Sequence[CsvTable]) -> list[bytes]:
    """The CSV of every table, in their order."""
    from learnpipe.report.data.csv_table import csv_bytes

    return [csv_bytes(table) for table in tables]


def write_tender(tender: TenderBook, palette: str) -> bytes:
    """The tender workbook in the colours of that name."""
    from learnpipe.report.sharing.paint_tender import paint_tender
    from learnpipe.report.theme import palette_named

    return paint_tender(tender, palette_named(palette))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Load matplotlib and fonts, then make what comes, while nobody waits: others go first."""
    gc.set_threshold(200_000, 20, 50)  # there is hardly a cycle to find
    if hasattr(os, "nice"):
        os.nice(5)
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401

    import learnpipe.report.pictures.paint_charts  # noqa: F401
    from learnpipe.report.page import paint_pdf
    from learnpipe.report.sharing import paint_note

    paint_pdf.fonts()
    paint_note.blank()
    told: SimpleQueue[Any] = SimpleQueue()
    # A thread tells the answers, so that painting goes on while nobody listens.
    teller = Thread(target=_tell, args=(told, answers))
    teller.start()
    with contextlib.suppress(EOFError):  # nobody has more to paint
        jobs, palette, page = pickle.load(requests)
        painted = paint_jobs(jobs, palette)
        told.put(painted)
        if page is not None:
            told.put(print_page(page, jobs, painted, palette))
        others, note, tables, tender = pickle.load(requests)
        told.put(paint_jobs(others, palette))
        told.put(write_note(note))
        told.put(write_tables(tables))
        if tender is not None:
            told.put(write_tender(tender, palette))
    told.put(None)
    teller.join()


def _tell(told: SimpleQueue[Any], listener: IO[bytes]) -> None:
    """Write what is told as it comes, up to the first that is None or that nobody hears."""
    with contextlib.suppress(OSError):
        while (one := told.get()) is not None:
            pickle.dump(one, listener)
            listener.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing to tidy up, and freeing a large heap takes long
