"""Painting the charts in a process of their own, while this one fills the workbook.

matplotlib takes about as long to import as the rest of a report takes to make, so it is loaded
beside it. Should the process fail, the charts are painted here instead: the same bytes.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from typing import IO

from learnpipe.report.paint_charts import paint_chart
from learnpipe.report.shapes import ChartSpec

Job = tuple[ChartSpec, tuple[float, float]]
"""A chart and the size in points at which it is drawn."""


class ChartProcess:
    """A process that loads matplotlib and waits for charts to paint; without one, paints here."""

    def __init__(self) -> None:
        """Start nothing yet: until `start` is called, charts are painted in this process."""
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs: tuple[Job, ...] = ()

    def start(self) -> None:
        """Start the process (pointless on one core)."""
        command = [sys.executable, "-m", "learnpipe.report.chart_process"]
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )

    def begin(self, jobs: Sequence[Job]) -> None:
        """Hand the charts over; they are painted while the caller goes on."""
        self._jobs = tuple(jobs)
        if self._process and self._process.stdin:
            try:
                pickle.dump(self._jobs, self._process.stdin)
                self._process.stdin.close()
            except OSError:
                self.end()

    def pictures(self) -> list[bytes]:
        """The PNG of every chart handed over, in their order."""
        if self._process and self._process.stdout:
            try:
                painted: list[bytes] = pickle.load(self._process.stdout)
                return painted
            except (OSError, EOFError, pickle.UnpicklingError):
                pass
            finally:
                self.end()
        return [paint_chart(spec, size) for spec, size in self._jobs]

    def end(self) -> None:
        """End the process, painted or not."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Load matplotlib, then paint what comes, while nobody waits: others go first."""
    if hasattr(os, "nice"):
        os.nice(5)
    import matplotlib.backends.backend_agg
    import matplotlib.figure  # noqa: F401

    jobs: tuple[Job, ...] = pickle.load(requests)
    pickle.dump([paint_chart(spec, size) for spec, size in jobs], answers)
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # nothing to tidy up, and freeing a large heap takes long
