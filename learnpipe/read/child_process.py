"""One child process as its parent sees it: files are handed over, answers are heard."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from learnpipe.ground.findings import Finding
from learnpipe.read.child import receive, send
from learnpipe.read.folder import FileToRead

START_TIMEOUT = 60.0
ANSWERS_WAITING = 1 << 20
"""Bytes of answers that a pipe holds, so that a child need not wait to be heard."""
ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: what ``work`` made of it, or the findings that say why not."""

    file: FileToRead
    sha256: str
    value: object | None
    findings: tuple[Finding, ...] = ()

    @property
    def finding(self) -> Finding | None:
        """The first finding, if there is one."""
        return self.findings[0] if self.findings else None


class ChildGone(Exception):
    """The child ended without an answer; ``timed_out`` says whether it was made to."""

    def __init__(self, timed_out: bool) -> None:
        super().__init__("timed out" if timed_out else "ended")
        self.timed_out = timed_out


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold more, where the system can do that and allows it."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        if pipe is not None:
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, ANSWERS_WAITING)


Numbered = tuple[int, FileToRead]


class Child:
    """One child process, which imports the module of its ``work`` while it waits to be greeted."""

    def __init__(self, work: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        command = [sys.executable, "-P", "-m", "learnpipe.read.child", work]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": paths},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        _widen(self.process.stdout)
        self.work = work
        self.at_hand: deque[Numbered] = deque()
        self.files_done = 0

    def greet(self, hello: bytes) -> None:
        """Tell the child what to do; raises RuntimeError if it cannot (a bug of ours)."""
        self._send(hello)
        problem = pickle.loads(self._receive(START_TIMEOUT))
        if problem is not None:
            raise RuntimeError(f"the child process could not start:\n{problem}")

    def hand(self, one: Numbered) -> None:
        """Hand over one file more; it is read once those before it are."""
        self.at_hand.append(one)
        self._send(pickle.dumps((str(one[1].path), one[1].name)))

    def answer(self, timeout: float) -> Answer:
        """What became of the first file at hand; raises `ChildGone` if that ended the child."""
        sha256, value, findings = pickle.loads(self._receive(timeout))
        self.files_done += 1
        return Answer(self.at_hand.popleft()[1], sha256, value, findings)

    def _send(self, request: bytes) -> None:
        # A child that is gone is noticed when its answer is asked for.
        with contextlib.suppress(OSError):
            send(cast(BinaryIO, self.process.stdin), request)

    def _receive(self, timeout: float) -> bytes:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(timeout, stop)
        timer.daemon = True
        timer.start()
        try:
            return receive(cast(BinaryIO, self.process.stdout))
        except (OSError, EOFError) as error:
            raise ChildGone(late.is_set()) from error
        finally:
            timer.cancel()

    def end(self) -> None:
        """End the process, if it still runs, and close its pipes."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self.process.wait()
